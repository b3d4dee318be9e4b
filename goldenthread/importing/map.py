"""A map as it is used: which files it reads, what it makes of their columns, and into which tables that goes.

Every class stands for one table of the TOML, described in docs/importing.md; ``maps`` reads them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fnmatch import fnmatchcase

from goldenthread.domain.words import Missing, State
from goldenthread.importing.templates import Template
from goldenthread.package.tables import Table

#: What ``read_label`` takes: readers in the order in which to try them, or readers for each shape of label.
Readers = tuple[str, ...] | Mapping[str, tuple[str, ...]]


class Shape(StrEnum):
    LONG = "long"
    WIDE = "wide"
    BLOCKS = "blocks"
    ONE_FILE_A_MEASURE = "one_file_a_measure"


class Format(StrEnum):
    CSV = "csv"
    WORKBOOK = "workbook"
    FRONT_MATTER = "front_matter"


class OnFault(StrEnum):
    REFUSE = "refuse"
    SKIP = "skip"


class Repeated(StrEnum):
    """What becomes of rows of one key with the same content; those with another content are always faults."""

    ONCE = "once"
    CHANGES = "changes"


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """What ``--set name=value`` gives; without a default it must be given. ``one_of`` is a lookup of what it may be."""

    name: str
    about: str
    default: str | None
    one_of: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """A text for each text: written in the map, or two columns of a CSV file beside it or beside the files imported.

    Without a ``value`` it finds the whole row of the file. ``otherwise`` stands for what is not there; None refuses it.
    """

    name: str
    values: Mapping[str, str]
    file: str
    key: Template
    value: Template | None
    otherwise: str | None
    ignore_case: bool
    line: int


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A test of each row: ``words`` are what the value may be, ``pattern`` what it must hold; ``negated`` turns it."""

    value: Template
    words: tuple[Template, ...] | None
    pattern: re.Pattern[str] | None
    lookup: str
    negated: bool
    because: str
    line: int


@dataclass(frozen=True, kw_only=True)
class AsPeriod:
    readers: Readers
    by_file: tuple[tuple[str, Readers], ...]

    def readers_for(self, file: str) -> Readers:
        return next((readers for pattern, readers in self.by_file if fnmatchcase(file, pattern)), self.readers)


@dataclass(frozen=True, kw_only=True)
class AsNumber:
    missing: Mapping[str, Missing]
    values: Mapping[str, Decimal]
    units: Mapping[str, Decimal]
    states: Mapping[str, State] | None
    brackets_negative: bool
    exponents: bool
    texts: bool
    scale: Template | None


@dataclass(frozen=True, kw_only=True)
class AsDate:
    formats: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AsParts:
    pattern: re.Pattern[str]


@dataclass(frozen=True, kw_only=True)
class AsRatio:
    numerator: Template
    denominator: Template
    factor: Template


Reading = AsPeriod | AsNumber | AsDate | AsParts | AsRatio


@dataclass(frozen=True, kw_only=True)
class Make:
    """A value made for each row: the first of ``given`` that is not empty, cleaned up, and then read as one thing."""

    name: str
    given: tuple[Template, ...]
    remove: re.Pattern[str] | None
    keep: re.Pattern[str] | None
    replace: tuple[tuple[str, str], ...]
    case: str
    lookup: str
    otherwise: str | None
    reading: Reading | None
    line: int

    @property
    def templates(self) -> tuple[Template, ...]:
        """Every template that it is made from."""
        reading = self.reading
        if isinstance(reading, AsRatio):
            return (*self.given, reading.numerator, reading.denominator, reading.factor)
        if isinstance(reading, AsNumber) and reading.scale is not None:
            return (*self.given, reading.scale)
        return self.given

    @property
    def changes_text(self) -> bool:
        return bool(self.remove or self.keep or self.replace or self.case or self.lookup)


@dataclass(frozen=True, kw_only=True)
class SchemeFrom:
    """A scheme of categories and where its category stands in a row."""

    scheme: str
    title: str
    value: Template
    whole: frozenset[str]
    lookup: str
    parts: str


@dataclass(frozen=True, kw_only=True)
class Categories:
    """``named`` schemes; ``columns``, and with ``others`` every column that nothing else reads, are schemes too.

    ``unless_constant`` are columns that are a scheme only where a file has more than one value in them.
    """

    named: tuple[SchemeFrom, ...]
    columns: tuple[str, ...]
    others: bool
    exempt: tuple[str, ...]
    whole: frozenset[str]
    parts: str
    unless_constant: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Output:
    """Rows of a table: for each row that passes ``where`` and is not left out.

    With ``completes`` it adds to definitions that other outputs made, and its cells count before theirs; with
    ``first_counts`` rows of one key may differ, as spellings of a name do.
    """

    table: Table
    where: tuple[Condition, ...]
    leave_out: tuple[Condition, ...]
    columns: Mapping[str, Template]
    repeated: Repeated
    completes: bool
    first_counts: bool
    line: int


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a file is laid out. ``header`` are the rows of the header; empty: the first that is not blank."""

    format: Format | None
    encoding: str
    delimiter: str
    sheet: str
    header: tuple[int, ...]
    join: str
    fill_header: bool
    fill_down: tuple[str, ...]
    merged: bool


@dataclass(frozen=True, kw_only=True)
class FilePattern:
    """Names of files, with ``*`` for anything and ``{name}`` for a part that is used as a value."""

    text: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, kw_only=True)
class Source:
    """What is read from files of one kind. ``makes`` are worked out only where something asks for them."""

    files: tuple[FilePattern, ...]
    shape: Shape
    layout: Layout
    optional: tuple[str, ...]
    alias: Mapping[str, tuple[str, ...]]
    ignore: tuple[str, ...]
    across: Mapping[str, Template]
    labels: tuple[str, ...]
    in_order_of: Template | None
    until: Condition | None
    where: tuple[Condition, ...]
    leave_out: tuple[Condition, ...]
    makes: tuple[Make, ...]
    categories: Categories | None
    outputs: tuple[Output, ...]
    line: int

    @property
    def names(self) -> set[str]:
        """Every name that what is made of the files rests on, with the spellings of columns that have several."""
        conditions = [*self.where, *self.leave_out, *filter(None, [self.until])]
        conditions += [one for output in self.outputs for one in (*output.where, *output.leave_out)]
        templates = [template for one in conditions for template in (one.value, *(one.words or ()))]
        templates += [template for output in self.outputs for template in output.columns.values()]
        templates += [self.in_order_of] if self.in_order_of else []
        templates += [scheme.value for scheme in self.categories.named] if self.categories else []
        made = {make.name: make for make in self.makes}
        found: set[str] = set()
        while templates:
            for name in templates.pop().names:
                if name not in found:
                    found.add(name)
                    make = made.pop(name.partition(".")[0], None)
                    templates += make.templates if make else ()
        return found | {spelling for name in found for spelling in self.alias.get(name, ())}

    def match(self, file: str) -> re.Match[str] | None:
        """The match of a file's name with the first pattern it fits."""
        return next((match for one in self.files if (match := one.pattern.fullmatch(file))), None)


@dataclass(frozen=True, kw_only=True)
class LiteralRow:
    """A row that stands in the map itself, such as a rule."""

    table: Table
    columns: Mapping[str, Template]
    line: int


@dataclass(frozen=True, kw_only=True)
class Map:
    file: str
    folder: str
    title: str
    about: str
    on_fault: OnFault
    parameters: tuple[Parameter, ...]
    lookups: Mapping[str, Lookup] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    rows: tuple[LiteralRow, ...] = ()
