"""Files read as a map says: from cells to rows of the data package's tables, nothing kept and nothing guessed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import compress
from pathlib import Path
from typing import Any

from goldenthread.importing.categories import LONGEST_NAME, Breakdown, Broken
from goldenthread.importing.frame import Column, Frame, Once, UnknownName, Wrong
from goldenthread.importing.gathered import Origin, TableOfDefinitions, TableOfRecords, table_for
from goldenthread.importing.lookups import Found, find_lookups
from goldenthread.importing.map import Condition, LiteralRow, Map, OnFault, Output, Repeated, Source
from goldenthread.importing.sheets import SheetFault, as_text, digest_of, read_bytes, read_sheet
from goldenthread.importing.spread import spread
from goldenthread.importing.steps import Steps
from goldenthread.importing.templates import Template
from goldenthread.package import tables
from goldenthread.package.columns import Column as Declared
from goldenthread.package.faults import Faults, Misused, quoted
from goldenthread.package.reading import Rows
from goldenthread.package.tables import Progress

#: The columns that tell where a figure was read, filled wherever a table has them.
WHENCE = {"source_file": "{file.name}", "source_row": "{row}"}
AFTER_THE_END = "after the end of the table"


@dataclass
class FileRead:
    """What became of one file's rows. ``left_out`` counts them by the reason that the map gives."""

    file: str
    rows: int = 0
    blank: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    skipped: int = 0


@dataclass
class Gathering:
    """Everything read. ``faults`` stop the import; ``skipped`` are those of rows that the map lets be passed over."""

    map: Map
    faults: Faults
    skipped: Faults = field(default_factory=Faults)
    files: dict[str, FileRead] = field(default_factory=dict)
    tables: dict[str, TableOfRecords | TableOfDefinitions] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def skips(self) -> bool:
        return self.map.on_fault is OnFault.SKIP

    def tell(self, origin: Origin, column: str, message: str) -> None:
        (self.skipped if self.skips else self.faults).add(*origin, column, message)

    def skip(self, origins: set[Origin], definitions: Iterable[str] = ()) -> None:
        """Leave out every record that comes from these rows, and the ``definitions`` of these tables."""
        for file, _line in origins:
            if file in self.files:
                self.files[file].skipped += 1
        for name, table in self.tables.items():
            if isinstance(table, TableOfRecords) or name in definitions:
                table.drop(origins)

    @property
    def repeated(self) -> int:
        """How many rows said again what an earlier one had said."""
        return sum(table.repeated for table in self.tables.values())

    @property
    def digest(self) -> str:
        """The SHA-256 of the one file, or of the list that ``sha256sum FILES`` prints."""
        if len(self.digests) == 1:
            return next(iter(self.digests.values()))
        listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.digests.items()))
        return digest_of(listed.encode("utf-8", "surrogateescape"))

    def rows(self) -> dict[str, Rows]:
        """Each table's rows in the form in which the load service takes them."""
        return {name: table.rows(self.map.file, self.faults) for name, table in self.tables.items() if len(table)}


def gather(
    read: Map,
    files: Sequence[Path],
    given: Mapping[str, str],
    faults: Faults,
    progress: Progress = lambda step, done, total: None,
) -> Gathering:
    """The rows that the map ``read`` makes of ``files``, with ``given`` for its parameters. Raises Misused."""
    gathering = Gathering(read, faults)
    constants = _constants(read, given)
    folders = dict.fromkeys(
        [Path(read.folder), *(path.parent for path in files), *(path.parent.parent for path in files)]
    )
    lookups = find_lookups(read.lookups.values(), constants, folders, read.file, faults)
    _check_parameters(read, constants, lookups, faults)
    chosen = _chosen(read, files, faults)
    for row in read.rows:
        _LiteralRows(gathering, constants).take(row)
    for place, source in enumerate(read.sources):
        reader = _SourceReader(source, place, lookups, constants, gathering)
        mine = [path for path in files if chosen.get(path.name) is source]
        for number, path in enumerate(mine):
            progress(f"Reading {path.name}", number, len(mine))
            reader.read(path)
    _settle(gathering)
    return gathering


def _constants(read: Map, given: Mapping[str, str]) -> dict[str, str]:
    known = {one.name for one in read.parameters}
    for name in given:
        if name not in known:
            listed = ", ".join(sorted(known)) or "none"
            raise Misused(f"--set {name}: {read.file} has no such parameter; it has {listed}")
    constants = {}
    for one in read.parameters:
        value = given.get(one.name, one.default)
        if value is None:
            raise Misused(f"{read.file} needs --set {one.name}=…{': ' + one.about if one.about else ''}")
        constants[f"set.{one.name}"] = value
    return constants


def _check_parameters(read: Map, constants: Mapping[str, str], lookups: Mapping[str, Found], faults: Faults) -> None:
    for one in read.parameters:
        value = constants[f"set.{one.name}"]
        if one.one_of and value not in lookups[one.one_of]:
            advice = lookups[one.one_of].advice(value)
            faults.add(read.file, one.line, f"set.{one.name}", f"{quoted(value)} is not one that it can be: {advice}")


def _chosen(read: Map, files: Iterable[Path], faults: Faults) -> dict[str, Source]:
    """The first source that reads each file, by its name; other files are faults, and so are two of one name."""
    chosen: dict[str, Source] = {}
    for path in files:
        source = next((source for source in read.sources if source.match(path.name)), None)
        if path.name in chosen:
            faults.add(path.name, 0, "", "two files have this name, and rows could not be told apart: rename one")
        elif source is not None:
            chosen[path.name] = source
        else:
            patterns = ", ".join(one.text for source in read.sources for one in source.files)
            faults.add(path.name, 0, "", f"{read.file} says nothing of such a file: it reads {patterns}")
    return chosen


def _settle(gathering: Gathering) -> None:
    bad: set[Origin] = set()
    for table in gathering.tables.values():
        for origin, column, message in table.settle():
            gathering.tell(origin, column, message)
            bad.add(origin)
    if bad and gathering.skips:
        gathering.skip(bad)


class _Typed(dict[Any, Any]):
    """The value of each distinct text of a table's column, read once."""

    def __init__(self, column: Declared, *, required: bool) -> None:
        super().__init__()
        self._column = column
        self._required = required

    def __missing__(self, cell: Any) -> Any:
        value: Any = cell
        if type(cell) is not Wrong:
            value = self._parsed(as_text(cell))
        self[cell] = value
        return value

    def _parsed(self, text: str) -> Any:
        column = self._column
        try:
            if text:
                return column.parse(text)
            if self._required:
                raise ValueError("is empty: every row needs one")
            return column.empty
        except ValueError as fault:
            return Wrong("", str(fault))


class _SourceReader:
    """Reads the files of one source."""

    def __init__(
        self, source: Source, place: int, lookups: Mapping[str, Found], constants: dict[str, str], gathering: Gathering
    ) -> None:
        self._source, self._place, self._constants, self._gathering = source, place, constants, gathering
        self._lookups = lookups
        self._steps = {make.name: Steps(make, lookups) for make in source.makes}
        self._breakdown = Breakdown(source.categories, lookups) if source.categories else None
        self._typed: dict[tuple[str, str, bool], _Typed] = {}
        self._tests: dict[Condition, Once] = {}
        self._names = source.names

    def read(self, path: Path) -> None:
        gathering, source = self._gathering, self._source
        read = gathering.files.setdefault(path.name, FileRead(path.name))
        try:
            content = read_bytes(path)
        except SheetFault as fault:
            gathering.faults.add(path.name, fault.line, "", str(fault))
            return
        gathering.digests[path.name] = digest_of(content)
        sheet = read_sheet(path.name, content, source.layout, gathering.faults)
        if sheet is None:
            return
        read.blank += sheet.blank
        read.rows += len(sheet.rows)
        match = source.match(path.name)
        named = match.groupdict() if match else {}
        own = {
            **self._constants,
            **named,
            "file.name": path.name,
            "file.stem": path.stem,
            "file.folder": path.parent.name,
        }
        frame = Frame(sheet, self._aliases(sheet.header), source.optional, own, self._steps)
        try:
            self._work(frame, read)
        except UnknownName as fault:
            gathering.faults.add(path.name, sheet.header_line, fault.name, str(fault))

    def _aliases(self, header: list[str]) -> dict[str, str]:
        """The file's own column for each name that the map uses for several spellings of it."""
        spelled = {
            name: next((one for one in others if one in header), None) for name, others in self._source.alias.items()
        }
        return {name: one for name, one in spelled.items() if one is not None and name not in header}

    def _work(self, frame: Frame, read: FileRead) -> None:
        source = self._source
        self._refuse_twice(frame)
        self._stop_at_the_end(frame, read)
        across = spread(frame, source, self._names) if source.across else None
        if across is not None:
            for message in across.faults:
                self._gathering.faults.add(frame.sheet.file, frame.sheet.header_line, "", message)
        if source.in_order_of is not None:
            order = [_sortable(cell) for cell in frame.fill(source.in_order_of)]
            frame.keep(sorted(range(len(frame)), key=order.__getitem__))
        keep = [True] * len(frame)
        wrong: dict[int, list[Wrong]] = {}
        self._narrow(frame, source.where, keep, wrong)
        self._leave_out(frame, source.leave_out, keep, wrong, read)
        broken = self._breakdown.apply(frame, self._names | frame.used) if self._breakdown else []
        outputs = [self._output(frame, output, keep, wrong, read) for output in source.outputs]
        bad = self._tell(frame, wrong, read, across)
        for output, names, columns, places in outputs:
            self._take(frame, output, names, columns, places, bad)
        kept = [place for place in compress(range(len(frame)), keep) if place not in bad]
        for one in broken:
            self._take_scheme(frame, one, kept)
        if across is not None:
            self._refuse_unread(frame, across.headers)

    # Rows

    def _refuse_twice(self, frame: Frame) -> None:
        """Refuse a header that has a column twice which the map reads."""
        for name, count in Counter(frame.sheet.header).items():
            if count > 1 and (name in self._names or (name and self._breakdown is not None)):
                message = "this column is there twice: rename one of the two"
                self._gathering.faults.add(frame.sheet.file, frame.sheet.header_line, name, message)

    def _refuse_unread(self, frame: Frame, across: set[str]) -> None:
        """Refuse columns of a wide file that nothing reads: one of them may be a period spelled in another way."""
        for name in frame.sheet.header:
            ignored = any(fnmatchcase(name, pattern) for pattern in self._source.ignore)
            if name and name not in frame.used and name not in across and not ignored:
                message = "nothing reads this column: correct its name, or list it under ignore"
                self._gathering.faults.add(frame.sheet.file, frame.sheet.header_line, name, message)

    def _stop_at_the_end(self, frame: Frame, read: FileRead) -> None:
        if self._source.until is None:
            return
        reached = self._test(frame, self._source.until)
        end = next((place for place, one in enumerate(reached) if one is True), len(frame))
        if end < len(frame):
            read.left_out[AFTER_THE_END] += len(frame) - end
            frame.keep(range(end))

    def _test(self, frame: Frame, condition: Condition) -> list[bool | Wrong]:
        column = frame.fill(condition.value)
        words = condition.words or ()
        if any(word.names for word in words):
            choices = zip(*(frame.fill(word) for word in words), strict=True)
            return [
                cell if type(cell) is Wrong else (as_text(cell) in map(as_text, choice)) is not condition.negated
                for cell, choice in zip(column, choices, strict=True)
            ]
        if condition.words is not None and set(map(type, column)) <= {str}:
            passed = frozenset(word.fill({}) for word in condition.words).__contains__
            return [not passed(text) for text in column] if condition.negated else list(map(passed, column))
        if condition not in self._tests:
            self._tests[condition] = Once(lambda cell: self._passes(condition, as_text(cell)) is not condition.negated)
        return list(map(self._tests[condition].__getitem__, column))

    def _passes(self, condition: Condition, text: str) -> bool:
        if condition.lookup:
            return text in self._lookups[condition.lookup]
        if condition.pattern is not None:
            return condition.pattern.search(text) is not None
        return any(word.fill({}) == text for word in condition.words or ())

    def _narrow(
        self, frame: Frame, conditions: Iterable[Condition], keep: list[bool], wrong: dict[int, list[Wrong]]
    ) -> None:
        for condition in conditions:
            tested = self._test(frame, condition)
            for place, passed in enumerate(tested) if tested.count(True) < len(tested) else ():
                if keep[place] and passed is not True:
                    keep[place] = False
                    if type(passed) is Wrong:
                        wrong.setdefault(place, []).append(passed)

    def _leave_out(
        self,
        frame: Frame,
        conditions: Iterable[Condition],
        keep: list[bool],
        wrong: dict[int, list[Wrong]],
        read: FileRead,
    ) -> None:
        for condition in conditions:
            tested = self._test(frame, condition)
            for place, left_out in enumerate(tested) if tested.count(False) < len(tested) else ():
                if keep[place] and left_out is not False:
                    keep[place] = False
                    if type(left_out) is Wrong:
                        wrong.setdefault(place, []).append(left_out)
                    else:
                        read.left_out[condition.because] += 1

    def _tell(self, frame: Frame, wrong: dict[int, list[Wrong]], read: FileRead, across: Any) -> set[int]:
        """Tell what is wrong with each row; the places of these rows."""
        file = frame.sheet.file
        for place in sorted(wrong):
            for one in dict.fromkeys(wrong[place]):
                column = across.header_at(place, frame, one.column) if across is not None else one.column
                self._gathering.tell((file, frame.lines[place]), column, one.message)
        if self._gathering.skips:
            read.skipped += len({frame.lines[place] for place in wrong})
        return set(wrong)

    # Tables

    def _output(
        self, frame: Frame, output: Output, keep: list[bool], wrong: dict[int, list[Wrong]], read: FileRead
    ) -> tuple[Output, list[str], list[Column], list[int]]:
        """The typed cells of each of the table's columns, and the places of the rows they are of."""
        mine = list(keep)
        self._narrow(frame, output.where, mine, wrong)
        self._leave_out(frame, output.leave_out, mine, wrong, read)
        places = list(compress(range(len(mine)), mine))
        names, columns = [], []
        for name, template in _with_whence(output).items():
            typed = self._typed_cells(output, output.table.by_name[name])
            cells = frame.fill(template)
            column = list(map(typed.__getitem__, compress(cells, mine)))
            if Wrong in set(map(type, column)):
                for place, cell in zip(places, column, strict=True):
                    if type(cell) is Wrong:
                        origin = cell.column or frame.origin(template) or f"{output.table.name} {name}"
                        wrong.setdefault(place, []).append(Wrong(origin, cell.message))
            names.append(name)
            columns.append(column)
        return output, names, columns, places

    def _typed_cells(self, output: Output, column: Declared) -> _Typed:
        """What completes a definition may leave empty what every definition needs, but its key."""
        required = column.required and (not output.completes or column.name in output.table.key)
        key = (output.table.name, column.name, required)
        if key not in self._typed:
            self._typed[key] = _Typed(column, required=required)
        return self._typed[key]

    def _take(
        self, frame: Frame, output: Output, names: list[str], columns: list[Column], places: list[int], bad: set[int]
    ) -> None:
        if bad:
            good = [number for number, place in enumerate(places) if place not in bad]
            columns = [[column[number] for number in good] for column in columns]
            places = [places[number] for number in good]
        if not places:
            return
        lines = [frame.lines[place] for place in places] if len(places) < len(frame) else frame.lines
        into = self._gathering.tables.setdefault(output.table.name, table_for(output.table))
        if isinstance(into, TableOfRecords):
            into.take(names, columns, frame.sheet.file, lines, output.repeated)
            return
        source = None if output.first_counts else self._place
        faults = into.take(names, columns, frame.sheet.file, lines, source=source, completes=output.completes)
        for origin, column, message in faults:
            self._gathering.tell(origin, column, message)

    def _take_scheme(self, frame: Frame, broken: Broken, places: list[int]) -> None:
        """The scheme and its categories, as rows of their tables."""
        codes = [broken.codes[place] for place in reversed(places)]
        first = dict(zip(codes, reversed(places), strict=True))
        first = {code: place for code, place in first.items() if code and type(code) is str}
        if not first:
            return
        file, lines = frame.sheet.file, [frame.lines[place] for place in first.values()]
        called = [as_text(broken.names[place])[:LONGEST_NAME] for place in first.values()]
        schemes, categories = self._definitions("schemes"), self._definitions("categories")
        schemes.take(["scheme", "title", "parts"], [[broken.scheme], [broken.title], [broken.parts]], file, lines[:1])
        columns = [list(first), [broken.scheme] * len(first), called]
        categories.take(["category", "scheme", "name"], columns, file, lines)

    def _definitions(self, name: str) -> TableOfDefinitions:
        found = self._gathering.tables.setdefault(name, table_for(tables.tables()[name]))
        assert isinstance(found, TableOfDefinitions)
        return found


class _LiteralRows:
    """Rows that stand in the map itself."""

    def __init__(self, gathering: Gathering, constants: Mapping[str, str]) -> None:
        self._gathering, self._constants = gathering, constants

    def take(self, row: LiteralRow) -> None:
        gathering = self._gathering
        origin = (gathering.map.file, row.line)
        values = []
        for name, template in row.columns.items():
            try:
                cell = _Typed(row.table.by_name[name], required=row.table.by_name[name].required)[
                    template.fill(self._constants)
                ]
            except KeyError as fault:
                cell = Wrong("", f"there is no value {quoted(str(fault.args[0]))} to put in here")
            if type(cell) is Wrong:
                gathering.faults.add(*origin, f"{row.table.name} {name}", cell.message)
                return
            values.append([cell])
        into = gathering.tables.setdefault(row.table.name, table_for(row.table))
        if isinstance(into, TableOfDefinitions):
            into.take(list(row.columns), values, origin[0], [origin[1]], source=-1)
        else:
            into.take(list(row.columns), values, origin[0], [origin[1]], Repeated.ONCE)


def _with_whence(output: Output) -> dict[str, Template]:
    given = dict(output.columns)
    for name, text in WHENCE.items():
        if name in output.table.by_name and name not in given:
            given[name] = Template.parse(text)
    return given


def _sortable(cell: Any) -> str:
    return cell.message if type(cell) is Wrong else as_text(cell)
