"""What is wrong with a package: every fault with its place, and what would be right.

>>> faults = Faults()
>>> faults.add("actuals.csv", 12, "value", "'1,000' is not a plain number: write 1000")
>>> for fault in faults:
...     print(fault)
actuals.csv:12: value: '1,000' is not a plain number: write 1000
"""

from collections.abc import Iterator
from dataclasses import dataclass

#: How many faults are kept to be shown; beyond these they are only counted.
KEPT = 1_000
#: The longest piece of somebody's text that is repeated in a message.
SHOWN = 60


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """``line`` is the line of the file on which the row begins; 0 and an empty ``column`` mean the whole file."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        text = f"{place}: {self.column}: {self.message}" if self.column else f"{place}: {self.message}"
        return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


class Faults:
    """Faults collected while a package is read and checked, so that all of them are told at once."""

    def __init__(self) -> None:
        self._kept: list[Fault] = []
        self.total = 0

    def add(self, file: str, line: int, column: str, message: str) -> None:
        self.total += 1
        if len(self._kept) < KEPT:
            self._kept.append(Fault(file, line, column, message))

    def __bool__(self) -> bool:
        return self.total > 0

    def __iter__(self) -> Iterator[Fault]:
        return iter(sorted(self._kept))


class Refused(Exception):
    """The package was not loaded, and nothing of it was kept."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        super().__init__(f"{faults.total} {'fault' if faults.total == 1 else 'faults'}; nothing was loaded")


class Misused(Exception):
    """The command was asked for something that makes no sense, such as a path where nothing is."""


def quoted(text: str) -> str:
    """A piece of somebody's text as messages show it: in quotation marks, and shortened if it is long."""
    return repr(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")
