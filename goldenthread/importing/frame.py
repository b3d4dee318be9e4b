"""A file while it is worked on: columns by name, made values beside them, a value a row.

Whole columns are worked out at a time, and each distinct cell once: files have many rows and few different cells.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Protocol

from goldenthread.importing.sheets import Cell, Sheet, as_text
from goldenthread.importing.templates import Template
from goldenthread.package.faults import quoted


@dataclass(frozen=True, slots=True)
class Wrong:
    """Stands for a value that could not be made: what is wrong, and with which column."""

    column: str
    message: str


class UnknownName(Exception):
    """A template names what the file does not have."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        names = [one for one in known if one]
        close = get_close_matches(name[:60], names, 1, 0.75)
        advice = f"write {close[0]}" if close else f"there are {', '.join(names)}"
        super().__init__(f"there is no column {quoted(name)}: {advice}")


Column = list[Any]


class Once(dict[Any, Any]):
    """What becomes of each distinct value, worked out once."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, value: Any) -> Any:
        self[value] = made = value if type(value) is Wrong else self._work(value)
        return made


class Maker(Protocol):
    """What works out a made value, and its parts, and adds them to a frame."""

    def apply(self, frame: "Frame") -> None: ...


class Frame:
    """Columns of equal length. ``used`` are the file's own columns that something asked for.

    ``makers`` are asked when something needs what they make. What a value is made from may bear its name: then it is
    the file's column.
    """

    def __init__(
        self,
        sheet: Sheet,
        aliases: Mapping[str, str] = MappingProxyType({}),
        optional: Iterable[str] = (),
        constants: Mapping[str, str] = MappingProxyType({}),
        makers: Mapping[str, Maker] = MappingProxyType({}),
    ) -> None:
        self.sheet = sheet
        self.lines = sheet.lines
        self.used: set[str] = set()
        self._places: Sequence[int] | None = None
        self._cells: list[Sequence[Cell]] | None = None
        self._aliases = aliases
        self._optional = set(optional)
        self._constants = dict(constants)
        self._makers = makers
        self._making: set[str] = set()
        self._made: dict[str, Column] = {}
        self._own: dict[str, Column] = {}
        self._read: dict[str, Column] = {}
        self._parts: dict[str, tuple[str, int]] = {}
        self._filled: dict[Template, Once] = {}
        self._origin: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self.lines)

    # Names

    def column(self, name: str) -> Column:
        """The value of ``name`` in each row. Raises UnknownName."""
        made_from = name.partition(".")[0]
        if made_from in self._makers and made_from not in self._making and not self._is_made(name):
            self._making.add(made_from)
            self._makers[made_from].apply(self)
            self._making.discard(made_from)
        if made_from not in self._making:
            if name in self._made:
                return self._made[name]
            if name in self._parts:
                return self._part(name)
        if name in self._constants:
            return [self._constants[name]] * len(self)
        if name in self._own:
            return self._own[name]
        return self._from_file(name)

    def _is_made(self, name: str) -> bool:
        return name in self._made or name in self._parts

    def _from_file(self, name: str) -> Column:
        own = self._aliases.get(name, name)
        if own in self.sheet.header:
            self.used.add(own)
            column = self._file_column(self.sheet.header.index(own))
        elif name in self._optional:
            column = [""] * len(self)
        elif name == "row":
            column = list(map(str, self.lines))
        elif name.startswith("only."):
            column = [self.constant(name.removeprefix("only."))] * len(self)
        else:
            known = [*self.sheet.header, *self._makers, *self._made, *self._constants]
            raise UnknownName(name, dict.fromkeys(known))
        self._own[name] = column
        return column

    def _file_column(self, place: int) -> Column:
        if self._cells is None:
            self._cells = self.sheet.columns()
        cells = self._cells[place]
        return list(cells) if self._places is None else [cells[row] for row in self._places]

    def constant(self, name: str) -> str:
        """The one value that a column has in all the file; empty where it has several."""
        values = set(self.column(name))
        return as_text(values.pop()) if len(values) == 1 else ""

    def add(self, name: str, column: Column, origin: str = "") -> None:
        """Make ``column`` known as ``name``; ``origin`` is the file's column that a refusal of it names."""
        self._made[name] = column
        if origin:
            self._origin[name] = origin

    def add_read(self, name: str, parts: Sequence[str], found: Column, origin: str) -> None:
        """Make what was read known as ``name``: the first of each row's tuple as such, the others by their part."""
        self._read[name] = found
        for place, part in enumerate(("", *parts)):
            called = f"{name}.{part}" if part else name
            self._parts[called] = (name, place)
            self._origin[called] = origin

    def _part(self, name: str) -> Column:
        read, place = self._parts[name]
        self._made[name] = column = [one if type(one) is Wrong else one[place] for one in self._read[read]]
        return column

    def origin(self, template: Template) -> str:
        """The file's column that a template reads first, for refusals."""
        for name in template.names:
            if name in self._origin:
                return self._origin[name]
            if name not in self._constants:
                return self._aliases.get(name, name)
        return ""

    def has(self, name: str) -> bool:
        """Whether the file has a column of that name, or something adds one."""
        return name in self._made or self._aliases.get(name, name) in self.sheet.header

    # Templates

    def fill(self, template: Template) -> Column:
        """``template`` in each row; a cell that is all there is to it stays as it is. Raises UnknownName."""
        if template.only_name is not None:
            return self.column(template.only_name)
        names = template.names
        if not names:
            return [
                template.text if "{" not in template.text and "}" not in template.text else template.fill({})
            ] * len(self)
        columns = [self.column(name) for name in names]
        if template not in self._filled:
            self._filled[template] = Once(lambda cells: _filled(template, names, cells))
        filled = self._filled[template]
        return list(map(filled.__getitem__, zip(*columns, strict=True)))

    # Rows

    def keep(self, places: Sequence[int]) -> None:
        """Go on with the rows at ``places`` only, in that order."""
        self._places = places if self._places is None else [self._places[place] for place in places]
        self.lines = [self.lines[place] for place in places]
        for columns in (self._made, self._own, self._read):
            columns.update({name: [column[place] for place in places] for name, column in columns.items()})

    def repeat(self, times: int) -> None:
        """Every row so many times over, one after the other."""
        self.keep([place for place in range(len(self)) for _ in range(times)])


def _filled(template: Template, names: tuple[str, ...], cells: tuple[Cell, ...]) -> str | Wrong:
    wrong = next((cell for cell in cells if type(cell) is Wrong), None)
    if wrong is not None:
        return wrong
    return template.fill({name: as_text(cell) for name, cell in zip(names, cells, strict=True)})
