"""Where in a map each key stands: a TOML reader tells values and not lines, and a refusal should name the line.

>>> lines = key_lines('title = "Tiles"\\n\\n[[source]]\\nfiles = ["a.csv",\\n  "b.csv"]\\n[source.make.code]\\n')
>>> lines["title",], lines["source", 0, "files"], lines["source", 0, "files", 1], lines["source", 0, "make", "code"]
(1, 4, 5, 6)
"""

import re
from bisect import bisect_left
from contextlib import suppress

Place = tuple[str | int, ...]

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"\d{4}-\d\d-\d\d \d[\d:.]*|[^\s,\]}#]+")
_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRINGS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r'"""(?:\\.|[^\\])*?"""(?:"{1,2}(?!"))?',
        r"'''.*?'''(?:'{1,2}(?!'))?",
        r'"(?:\\.|[^"\\\n])*"',
        r"'[^'\n]*'",
    )
)


def key_lines(text: str) -> dict[Place, int]:
    """The line of each key, table and item of an array in ``text``, which is valid TOML."""
    scan = _Scan(text)
    with suppress(IndexError, ValueError):  # a line that is not found is not named
        scan.document()
    return scan.lines


class _Scan:
    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {}
        self._text = text
        self._at = 0
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._counts: dict[Place, int] = {}

    def document(self) -> None:
        base: Place = ()
        self._skip()
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                base = self._header()
            else:
                self._pair(base)
            self._skip()

    def _line(self) -> int:
        return bisect_left(self._ends, self._at) + 1

    def _skip(self) -> None:
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _header(self) -> Place:
        line = self._line()
        is_array = self._text.startswith("[[", self._at)
        self._at += 1 + is_array
        parts = self._key()
        self._at = self._text.index("]", self._at) + 1 + is_array
        place = self._within((), parts[:-1])
        if is_array:
            named: Place = (*place, parts[-1])
            count = self._counts[named] = self._counts.get(named, 0) + 1
            self.lines.setdefault(named, line)
            place = (*named, count - 1)
        else:
            place = self._within(place, parts[-1:])
        self.lines.setdefault(place, line)
        return place

    def _within(self, place: Place, parts: list[str]) -> Place:
        """``place`` and ``parts`` below it; of an array of tables the last one is meant."""
        for part in parts:
            place = (*place, part)
            self.lines.setdefault(place, self._line())
            if place in self._counts:
                place = (*place, self._counts[place] - 1)
        return place

    def _key(self) -> list[str]:
        parts = []
        while True:
            self._skip()
            if self._text[self._at] in "\"'":
                parts.append(self._string()[1:-1])
            else:
                match = _BARE_KEY.match(self._text, self._at)
                if match is None:
                    raise ValueError
                parts.append(match[0])
                self._at = match.end()
            self._skip()
            if self._text[self._at] != ".":
                return parts
            self._at += 1

    def _pair(self, base: Place) -> None:
        line = self._line()
        place = base
        for part in self._key():
            place = self._within(place, [part])
            self.lines.setdefault(place, line)
        self._at = self._text.index("=", self._at) + 1
        self._value(place)

    def _value(self, place: Place) -> None:
        self._skip()
        first = self._text[self._at]
        if first in "\"'":
            self._string()
        elif first == "[":
            self._items(place)
        elif first == "{":
            self._pairs(place)
        elif match := _SCALAR.match(self._text, self._at):
            self._at = match.end()
        else:
            raise ValueError

    def _string(self) -> str:
        for pattern in _STRINGS:
            if match := pattern.match(self._text, self._at):
                self._at = match.end()
                return match[0]
        raise ValueError

    def _items(self, place: Place) -> None:
        self._at += 1
        self._skip()
        count = 0
        while self._text[self._at] != "]":
            self.lines.setdefault((*place, count), self._line())
            self._value((*place, count))
            count += 1
            self._pass_comma()
        self._at += 1

    def _pairs(self, place: Place) -> None:
        self._at += 1
        self._skip()
        while self._text[self._at] != "}":
            self._pair(place)
            self._pass_comma()
        self._at += 1

    def _pass_comma(self) -> None:
        self._skip()
        if self._text[self._at] == ",":
            self._at += 1
            self._skip()
