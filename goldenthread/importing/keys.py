"""Reading a table of a map strictly: each key by its kind, and every key that is not known refused with its line."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, TypeVar

from goldenthread.importing.places import Place
from goldenthread.package.faults import Faults, quoted

Read = TypeVar("Read")


class Keys:
    """One table of a map. What is asked for is known; ``done`` refuses the rest."""

    def __init__(self, values: Mapping[str, Any], place: Place, file: str, lines: Mapping[Place, int], faults: Faults):
        self._values = values
        self._asked: dict[str, None] = {}
        self.place, self.file, self.lines, self.faults = place, file, lines, faults

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def names(self) -> list[str]:
        """Every key of a table whose keys are names of the map's own making."""
        return list(self._values)

    def line(self, *further: str | int) -> int:
        """The line on which a key stands, or the nearest table that holds it."""
        place = (*self.place, *further)
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 0)

    def fault(self, name: str, message: str) -> None:
        names = (str(part) for part in (*self.place, *filter(None, [name])) if isinstance(part, str))
        self.faults.add(self.file, self.line(*filter(None, [name])), ".".join(names), message)

    def done(self) -> None:
        """Refuse every key that was not asked for."""
        for name in self._values:
            if name not in self._asked:
                close = get_close_matches(name[:40], list(self._asked), 1, 0.7)
                advice = f"write {close[0]}" if close else f"the keys here are {', '.join(self._asked)}"
                self.fault(name, f"there is no key {quoted(name)} here: {advice}")

    def _take(self, name: str, kinds: type | tuple[type, ...], what: str) -> Any:
        self._asked[name] = None
        value = self._values.get(name)
        if value is None or (isinstance(value, kinds) and not (isinstance(value, bool) and kinds is int)):
            return value
        self.fault(name, f"{quoted(str(value))} is not {what}: write {what}")
        return None

    def text(self, name: str, default: str = "", *, required: bool = False, choices: Iterable[str] = ()) -> str:
        value = self._take(name, str, "text in quotation marks")
        if value is None:
            if required and name not in self._values:
                self.fault(name, "this key is missing: every table of this kind needs it")
            return default
        words = list(choices)
        if words and value not in words:
            self.fault(name, f"{quoted(value)} is not one of the words used here: write one of {', '.join(words)}")
            return default
        return str(value)

    def plain(self, name: str) -> str | None:
        """A text, a number or true, as the text of a cell; None where there is none."""
        value = self._take(name, (str, int, Decimal, bool, date), "text, a number or a date")
        if isinstance(value, bool):
            return "yes" if value else ""
        return None if value is None else str(value)

    def flag(self, name: str) -> bool:
        return bool(self._take(name, bool, "true or false"))

    def whole(self, name: str) -> int | None:
        value = self._take(name, int, "a whole number")
        if value is not None and not 1 <= value <= 1_000_000:
            self.fault(name, f"{value} is out of range: write a whole number from 1")
            return None
        return value if value is None else int(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """One text or a list of them."""
        value = self._take(name, (str, list), "text, or a list of texts")
        if isinstance(value, list):
            if all(isinstance(item, str) for item in value):
                return tuple(value)
            self.fault(name, "not every item of this list is a text: put each into quotation marks")
            return ()
        return () if value is None else (value,)

    def wholes(self, name: str) -> tuple[int, ...]:
        """One whole number or a list of them."""
        value = self._take(name, (int, list), "a whole number, or a list of them")
        items = value if isinstance(value, list) else [] if value is None else [value]
        if all(type(item) is int and 1 <= item <= 1_000_000 for item in items):
            return tuple(items)
        self.fault(name, "these are not all whole numbers from 1: write them like [3, 4]")
        return ()

    def table(self, name: str) -> "Keys | None":
        value = self._take(name, dict, "a table")
        return None if value is None else self._below(value, name)

    def tables(self, name: str) -> list["Keys"]:
        """A list of tables."""
        value = self._take(name, list, "a list of tables")
        if value is None:
            return []
        if not all(isinstance(item, dict) for item in value):
            self.fault(name, "not every item of this list is a table: write each like { … }")
            return []
        return [self._below(item, name, place) for place, item in enumerate(value)]

    def mapping(self, name: str) -> dict[str, str]:
        """A table of texts by text; numbers are taken as they are written."""
        table = self.table(name)
        return {} if table is None else table.all(Keys.plain)

    def all(self, read: Callable[["Keys", str], Read | None]) -> dict[str, Read]:
        """What ``read`` makes of every key of this table."""
        found = {name: read(self, name) for name in self._values}
        return {name: value for name, value in found.items() if value is not None}

    def is_table(self, name: str) -> bool:
        return isinstance(self._values.get(name), dict)

    def _below(self, values: Mapping[str, Any], *further: str | int) -> "Keys":
        return Keys(values, (*self.place, *further), self.file, self.lines, self.faults)
