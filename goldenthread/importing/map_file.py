"""Reading a map: TOML in, a ``Map`` out, and every fault of it named by its line before any file is looked at."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from goldenthread.domain.labels import READERS
from goldenthread.domain.words import Missing, State
from goldenthread.importing.keys import Keys
from goldenthread.importing.map import (
    AsDate,
    AsNumber,
    AsParts,
    AsPeriod,
    AsRatio,
    Categories,
    Condition,
    FilePattern,
    Format,
    Layout,
    LiteralRow,
    Lookup,
    Make,
    Map,
    OnFault,
    Output,
    Parameter,
    Readers,
    Reading,
    Repeated,
    SchemeFrom,
    Shape,
    Source,
)
from goldenthread.importing.places import key_lines
from goldenthread.importing.templates import Template, TemplateFault
from goldenthread.package import tables
from goldenthread.package.faults import Faults, Misused, Refused, quoted
from goldenthread.package.tables import Table

#: The maps that come with the product.
SHIPPED = Path(__file__).parent / "maps"
#: The longest map, in bytes.
LONGEST = 2_000_000
#: As long as the title of a scheme is kept.
LONGEST_TITLE = 200

Word = TypeVar("Word", bound=StrEnum)


def find_map(name: str) -> Path:
    """The file of a map: a path, or the name of one that comes with the product. Raises Misused."""
    path = Path(name)
    try:
        if path.is_file():
            return path
        shipped = SHIPPED / f"{name}.toml"
        if re.fullmatch(r"[\w-]+", name) and shipped.is_file():
            return shipped
    except (OSError, ValueError):
        pass
    known = ", ".join(sorted(path.stem for path in SHIPPED.glob("*.toml")))
    raise Misused(f"{name}: there is no such map; write the path of a .toml file, or one that is shipped: {known}")


def read_map(path: Path) -> Map:
    """The map in ``path``. Raises Refused with every fault."""
    faults = Faults()
    try:
        with path.open("rb") as file:
            text = file.read(LONGEST + 1)
    except OSError as fault:
        raise Misused(f"{path}: {fault.strerror}") from None
    found = parse_map(text, path.name, str(path.parent), faults)
    if found is None or faults:
        raise Refused(faults)
    return found


def parse_map(content: bytes, file: str, folder: str, faults: Faults) -> Map | None:
    """The map in ``content``; None where it is no TOML. Faults are added to ``faults``."""
    if len(content) > LONGEST:
        faults.add(file, 0, "", f"is longer than {LONGEST:,} bytes: a map is a page or two")
        return None
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        values = tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError:
        faults.add(file, 0, "", "is not UTF-8: save it as UTF-8")
        return None
    except tomllib.TOMLDecodeError as fault:
        line = re.search(r"line (\d+)", str(fault))
        faults.add(file, int(line[1]) if line else 0, "", f"is not TOML here: {fault}")
        return None
    except (RecursionError, ValueError) as fault:
        faults.add(file, 0, "", f"is not TOML: {fault}")
        return None
    return _Maps(Keys(values, (), file, key_lines(text), faults), folder).read()


class _Maps:
    """Reads one map."""

    def __init__(self, keys: Keys, folder: str) -> None:
        self._keys, self._folder = keys, folder
        self._declared = tables.tables()
        self._lookups: set[str] = set()
        self._shared: tuple[Make, ...] = ()

    def read(self) -> Map:
        keys = self._keys
        title = keys.text("title", required=True)
        about = keys.text("about")
        on_fault = _word(keys, "on_fault", OnFault, OnFault.REFUSE)
        lookups = keys.table("lookup")
        self._lookups = set(lookups.names()) if lookups else set()
        self._shared = self._each(keys, "make", self._make)
        found = Map(
            file=keys.file,
            folder=self._folder,
            title=title,
            about=about,
            on_fault=on_fault,
            parameters=self._each(keys, "set", self._parameter),
            lookups={one.name: one for one in self._each(keys, "lookup", self._lookup)},
            sources=tuple(self._source(one) for one in keys.tables("source")),
            rows=tuple(row for one in keys.tables("row") if (row := self._literal(one))),
        )
        if not found.sources:
            keys.fault("", "there is no [[source]]: a map says what it reads from which files")
        keys.done()
        return found

    def _each(self, keys: Keys, name: str, read: Callable[[str, Keys], Any]) -> tuple[Any, ...]:
        """What ``read`` makes of each table below the table ``name``."""
        table = keys.table(name)
        if table is None:
            return ()
        below = [(one, table.table(one)) for one in table.names()]
        return tuple(read(one, each) for one, each in below if each is not None)

    # What is read

    def _parameter(self, name: str, keys: Keys) -> Parameter:
        found = Parameter(
            name=name,
            about=keys.text("about"),
            default=keys.plain("default"),
            one_of=self._lookup_name(keys, "one_of"),
            line=keys.line(),
        )
        keys.done()
        return found

    def _lookup(self, name: str, keys: Keys) -> Lookup:
        values = keys.mapping("values")
        file = keys.text("file")
        if bool(file) == ("values" in keys):
            keys.fault("", "a lookup has either values or a file: give one of the two")
        found = Lookup(
            name=name,
            values=values,
            file=file,
            key=self._template(keys, "key", required=bool(file)),
            value=self._optional_template(keys, "value"),
            otherwise=keys.plain("otherwise"),
            ignore_case=keys.flag("ignore_case"),
            line=keys.line(),
        )
        keys.done()
        return found

    def _source(self, keys: Keys) -> Source:
        patterns = tuple(one for text in keys.texts("files") if (one := _file_pattern(keys, text)))
        if "files" not in keys:
            keys.fault("files", "this key is missing: say which files are read, such as kpis.csv or *.csv")
        shape = _word(keys, "shape", Shape, Shape.LONG)
        across = self._templates(keys, "across")
        found = Source(
            files=patterns,
            shape=shape,
            layout=self._layout(keys),
            optional=keys.texts("optional"),
            alias=self._lists(keys, "alias"),
            ignore=keys.texts("ignore"),
            across=across,
            labels=keys.texts("labels"),
            in_order_of=self._optional_template(keys, "in_order_of"),
            until=self._condition(keys.table("until"), reasoned=False),
            where=self._conditions(keys, "where"),
            leave_out=self._conditions(keys, "leave_out", reasoned=True),
            makes=self._makes(keys),
            categories=self._categories(keys.table("categories")),
            outputs=tuple(output for one in keys.tables("table") if (output := self._output(one))),
            line=keys.line(),
        )
        self._check_shape(keys, found)
        keys.done()
        return found

    def _makes(self, keys: Keys) -> tuple[Make, ...]:
        """What the source makes, and what the map makes for every source, of which its own count first."""
        own = self._each(keys, "make", self._make)
        return (*own, *(make for make in self._shared if make.name not in {one.name for one in own}))

    def _check_shape(self, keys: Keys, source: Source) -> None:
        is_across = source.shape in (Shape.WIDE, Shape.BLOCKS)
        if is_across and not source.across:
            keys.fault("across", f"a {source.shape} source says which columns repeat: write across.value or the like")
        if source.across and not is_across:
            keys.fault("across", f'a {source.shape} source has no repeated columns: write shape = "wide" or "blocks"')
        for name, template in source.across.items():
            if "{label}" not in template.text or template.names != ("label",):
                keys.fault("across", f"{name} does not say where the label of the block stands: write {{label}} in it")
        if source.shape is Shape.ONE_FILE_A_MEASURE and not all(one.pattern.groupindex for one in source.files):
            keys.fault(
                "files", "one file a measure: name the part that tells the measure, such as indicator_{code}.csv"
            )
        if not source.outputs:
            keys.fault("table", "nothing is made of these files: write [[source.table]]")

    def _layout(self, keys: Keys) -> Layout:
        delimiter = keys.text("delimiter", ",")
        if len(delimiter) != 1 or delimiter in '\r\n"':
            keys.fault("delimiter", f"{quoted(delimiter)} does not part cells: write one character, such as ; or \\t")
            delimiter = ","
        encoding = keys.text("encoding", "utf-8")
        try:
            "".encode(encoding)
        except (LookupError, ValueError):
            keys.fault("encoding", f"there is no encoding {quoted(encoding)}: write utf-8, cp1252 or the like")
            encoding = "utf-8"
        return Layout(
            format=_word(keys, "format", Format, None),
            encoding=encoding,
            delimiter=delimiter,
            sheet=keys.text("sheet"),
            header=keys.wholes("header"),
            join=keys.text("join", " | "),
            fill_header=keys.flag("fill_header"),
            fill_down=keys.texts("fill_down"),
            merged=keys.flag("merged"),
        )

    # What is made of it

    def _make(self, name: str, keys: Keys) -> Make:
        if not re.fullmatch(r"\w+", name, re.ASCII):
            keys.fault("", f"{quoted(name)} cannot be named in braces: write letters, digits and _")
        given = [keys.text("from")] if "from" in keys else list(keys.texts("first"))
        if ("from" in keys) == ("first" in keys):
            keys.fault("from", "say what it is made from: write from, or first for the first that is not empty")
        keys.texts("first")
        keys.text("from")
        replace = keys.mapping("replace")
        found = Make(
            name=name,
            given=tuple(self._parsed(keys, "from", text) for text in given),
            remove=self._pattern(keys, "remove"),
            keep=self._pattern(keys, "keep"),
            replace=tuple(replace.items()),
            case=keys.text("case", choices=("lower", "upper", "slug")),
            lookup=self._lookup_name(keys, "lookup"),
            otherwise=keys.plain("otherwise"),
            reading=self._reading(keys),
            line=keys.line(),
        )
        keys.done()
        return found

    def _reading(self, keys: Keys) -> Reading | None:
        kinds = [name for name in ("period", "number", "date", "parts", "ratio") if name in keys]
        if len(kinds) > 1:
            keys.fault(kinds[1], f"it is read as a {kinds[0]} already: make one value of each")
        readings = (self._as_period(keys), self._as_number(keys), self._as_date(keys), self._as_parts(keys))
        return next((one for one in (*readings, self._as_ratio(keys)) if one is not None), None)

    def _as_period(self, keys: Keys) -> AsPeriod | None:
        readers = self._readers(keys, "period")
        by_file = keys.table("period_by_file")
        if "period" not in keys:
            if by_file is not None:
                keys.fault("period_by_file", "say too how the other files are read: write period")
            return None
        exceptions = [(one, self._readers(by_file, one)) for one in by_file.names()] if by_file else []
        return AsPeriod(readers=readers, by_file=tuple(exceptions))

    def _readers(self, keys: Keys, name: str) -> Readers:
        if keys.is_table(name):
            shapes = keys.table(name)
            return shapes.all(lambda below, shape: self._known_readers(below, shape)) if shapes else {}
        return self._known_readers(keys, name)

    def _known_readers(self, keys: Keys, name: str) -> tuple[str, ...]:
        names = keys.texts(name)
        if name in keys and not names:
            keys.fault(name, "no reader is named: write one, such as financial_year")
        for one in names:
            if one not in READERS:
                close = get_close_matches(one[:40], list(READERS), 1)
                advice = f"write {close[0]}" if close else f"the readers are {', '.join(READERS)}"
                keys.fault(name, f"there is no reader of periods {quoted(one)}: {advice}")
        return tuple(one for one in names if one in READERS)

    def _as_number(self, keys: Keys) -> AsNumber | None:
        if "number" not in keys:
            return None
        options = keys.table("number") if keys.is_table("number") else None
        if options is None:
            if not keys.flag("number"):
                keys.fault("number", "write true, or a table of what is to be known of the numbers")
            options = Keys({}, keys.place, keys.file, keys.lines, keys.faults)
        found = AsNumber(
            missing=_words(options, "missing", Missing),
            values=_decimals(options, "values"),
            units=_decimals(options, "units"),
            states=_words(options, "states", State) if "states" in options else None,
            brackets_negative=options.flag("brackets_negative"),
            exponents=options.flag("exponents"),
            texts=options.flag("texts"),
            scale=self._optional_template(options, "scale"),
        )
        for name in ("states",):
            options.table(name)
        options.done()
        return found

    def _as_date(self, keys: Keys) -> AsDate | None:
        formats = keys.texts("date")
        for one in formats:
            if "%" not in one:
                keys.fault("date", f"{quoted(one)} is no form of a date: write one like %d/%m/%Y")
        return AsDate(formats=formats) if formats else None

    def _as_parts(self, keys: Keys) -> AsParts | None:
        pattern = self._pattern(keys, "parts")
        if pattern is None:
            return None
        if not pattern.groupindex:
            keys.fault("parts", "no part has a name: write (?P<name>…) around each")
        return AsParts(pattern=pattern)

    def _as_ratio(self, keys: Keys) -> AsRatio | None:
        options = keys.table("ratio")
        if options is None:
            return None
        found = AsRatio(
            numerator=self._template(options, "numerator", required=True),
            denominator=self._template(options, "denominator", required=True),
            factor=self._optional_template(options, "factor") or Template.parse("1"),
        )
        options.done()
        return found

    def _categories(self, keys: Keys | None) -> Categories | None:
        if keys is None:
            return None
        found = Categories(
            named=self._each(keys, "scheme", self._scheme),
            columns=keys.texts("columns"),
            others=keys.flag("others"),
            exempt=keys.texts("except"),
            whole=frozenset(keys.texts("whole")),
            parts=keys.text("parts", "overlapping", choices=("complete", "overlapping")),
            unless_constant=keys.texts("unless_constant"),
        )
        keys.done()
        return found

    def _scheme(self, name: str, keys: Keys) -> SchemeFrom:
        if not re.fullmatch(r"[\w.-]{1,60}", name, re.ASCII):
            keys.fault("", f"{quoted(name)} is no code of a scheme: write letters, digits, - and _, 60 at most")
        title = keys.text("title", name)
        if len(title) > LONGEST_TITLE:
            keys.fault("title", f"it is {len(title)} characters long: write {LONGEST_TITLE} at most")
        found = SchemeFrom(
            scheme=name,
            title=title,
            value=self._template(keys, "from", required=True),
            whole=frozenset(keys.texts("whole")),
            lookup=self._lookup_name(keys, "lookup"),
            parts=keys.text("parts", "overlapping", choices=("complete", "overlapping")),
        )
        keys.done()
        return found

    # Where it goes

    def _output(self, keys: Keys) -> Output | None:
        table = self._table(keys, "name")
        if table is None:
            return None
        found = Output(
            table=table,
            where=self._conditions(keys, "where"),
            leave_out=self._conditions(keys, "leave_out", reasoned=True),
            columns=self._columns(keys, table),
            repeated=_word(keys, "repeated", Repeated, Repeated.ONCE),
            completes=keys.flag("completes"),
            first_counts=keys.flag("first_counts"),
            line=keys.line(),
        )
        keys.done()
        return found

    def _literal(self, keys: Keys) -> LiteralRow | None:
        table = self._table(keys, "table")
        if table is None:
            return None
        found = LiteralRow(table=table, columns=self._columns(keys, table), line=keys.line())
        keys.done()
        return found

    def _table(self, keys: Keys, key: str) -> Table | None:
        name = keys.text(key, required=True)
        if name in self._declared or not name:
            return self._declared.get(name)
        close = get_close_matches(name[:40], list(self._declared), 1)
        advice = f"write {close[0]}" if close else f"the tables are {', '.join(sorted(self._declared))}"
        keys.fault(key, f"there is no table {quoted(name)}: {advice}")
        return None

    def _columns(self, keys: Keys, table: Table) -> dict[str, Template]:
        columns = keys.table("columns")
        if columns is None:
            keys.fault("columns", "this key is missing: say what goes into which column")
            return {}
        found = {}
        for name in columns.names():
            text = columns.plain(name)
            if name not in table.by_name:
                close = get_close_matches(name[:40], list(table.by_name), 1)
                advice = f"write {close[0]}" if close else f"it has {', '.join(table.by_name)}"
                columns.fault(name, f"{quoted(name)} is not a column of {table.name}: {advice}")
            elif text is not None:
                found[name] = self._parsed(columns, name, text)
        for column in table.columns:
            if column.required and column.name not in columns:
                columns.fault(column.name, f"this column is missing: every row of {table.name} needs one")
        return found

    # Pieces

    def _conditions(self, keys: Keys, name: str, *, reasoned: bool = False) -> tuple[Condition, ...]:
        found = (self._condition(one, reasoned=reasoned) for one in keys.tables(name))
        return tuple(one for one in found if one is not None)

    def _condition(self, keys: Keys | None, *, reasoned: bool) -> Condition | None:
        if keys is None:
            return None
        tests = [name for name in ("is", "is_not", "in", "not_in", "matches", "not_matches", "known") if name in keys]
        if len(tests) != 1:
            keys.fault(
                "", "a condition tests one thing: write one of is, is_not, in, not_in, matches, not_matches, known"
            )
        words = {
            name: tuple(self._parsed(keys, name, text) for text in keys.texts(name))
            for name in ("is", "is_not", "in", "not_in")
        }
        patterns = {name: self._pattern(keys, name) for name in ("matches", "not_matches")}
        lookup = self._lookup_name(keys, "known")
        test = tests[0] if tests else "is"
        found = Condition(
            value=self._template(keys, "value", required=True),
            words=words.get(test),
            pattern=patterns.get(test),
            lookup=lookup,
            negated=test in ("is_not", "not_in", "not_matches"),
            because=keys.text("because", required=reasoned) if reasoned else "",
            line=keys.line(),
        )
        keys.done()
        return found

    def _lookup_name(self, keys: Keys, name: str) -> str:
        lookup = keys.text(name)
        if lookup and lookup not in self._lookups:
            keys.fault(name, f"there is no lookup {quoted(lookup)}: {_advice(lookup, self._lookups, 'lookups')}")
            return ""
        return lookup

    def _template(self, keys: Keys, name: str, *, required: bool = False) -> Template:
        return self._parsed(keys, name, keys.text(name, required=required))

    def _optional_template(self, keys: Keys, name: str) -> Template | None:
        text = keys.plain(name)
        return None if text is None else self._parsed(keys, name, text)

    def _templates(self, keys: Keys, name: str) -> dict[str, Template]:
        table = keys.table(name)
        return {} if table is None else {one: self._template(table, one) for one in table.names()}

    def _lists(self, keys: Keys, name: str) -> dict[str, tuple[str, ...]]:
        table = keys.table(name)
        return {} if table is None else {one: table.texts(one) for one in table.names()}

    def _parsed(self, keys: Keys, name: str, text: str) -> Template:
        try:
            return Template.parse(text)
        except TemplateFault as fault:
            keys.fault(name, str(fault))
            return Template(text, ("",))

    def _pattern(self, keys: Keys, name: str) -> re.Pattern[str] | None:
        text = keys.text(name)
        if name not in keys:
            return None
        try:
            return re.compile(text)
        except (re.error, RecursionError, OverflowError) as fault:
            keys.fault(name, f"{quoted(text)} is no regular expression: {fault}")
            return None


def _file_pattern(keys: Keys, text: str) -> FilePattern | None:
    pattern = ""
    for place, piece in enumerate(re.split(r"\{(\w+)\}", text, flags=re.ASCII)):
        pattern += f"(?P<{piece}>.+?)" if place % 2 else ".*".join(map(re.escape, piece.split("*")))
    try:
        return FilePattern(text=text, pattern=re.compile(pattern, re.DOTALL))
    except re.error:
        keys.fault(
            "files", f"{quoted(text)} is no pattern of file names: write one like indicator_{{code}}.csv or *.csv"
        )
        return None


def _word(keys: Keys, name: str, kind: type[Word], default: Word | None) -> Any:
    text = keys.text(name, choices=[word.value for word in kind])
    return kind(text) if text else default


def _words(keys: Keys, name: str, kind: type[Word]) -> dict[str, Word]:
    found = {}
    for text, word in keys.mapping(name).items():
        try:
            found[text] = kind(word)
        except ValueError:
            keys.fault(
                name, f"{quoted(word)} is not one of the words used here: {', '.join(one.value for one in kind)}"
            )
    return found


def _decimals(keys: Keys, name: str) -> Mapping[str, Decimal]:
    found = {}
    for text, number in keys.mapping(name).items():
        try:
            found[text] = Decimal(number)
        except InvalidOperation:
            keys.fault(name, f"{quoted(number)} is no number: write one such as 1000")
    return {text: number for text, number in found.items() if number.is_finite()}


def _advice(name: str, known: Iterable[str], what: str) -> str:
    close = get_close_matches(name[:40], list(known), 1)
    return f"write {close[0]}" if close else f"the {what} are {', '.join(sorted(known)) or 'none'}"
