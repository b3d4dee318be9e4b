"""Columns of the data package: each kind reads a cell's text strictly, or says what would be right.

>>> Figure("value").parse("94.80")
Decimal('94.80')
>>> Figure("value").parse("1,000")
Traceback (most recent call last):
ValueError: '1,000' is not a plain number: write 1000
>>> Day("starts").parse("1 April 2018")
Traceback (most recent call last):
ValueError: '1 April 2018' is not a date: write it like 2018-04-01
"""

import re
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from goldenthread.domain.figures import canonical
from goldenthread.domain.periods import Period
from goldenthread.package.faults import quoted
from goldenthread.web.addresses import leads_elsewhere

#: The longest text that a cell may hold, in characters.
LONGEST = 100_000
#: The years in which a date may fall.
FIRST_YEAR, LAST_YEAR = 1800, 2199
#: The most digits of a figure before its decimal point, and after it: sums are done with 28.
WHOLE_DIGITS, DECIMALS = 18, 60
#: The moment that stands for "known from the beginning".
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Column:
    """One column. ``empty`` is what an empty cell means; ``references`` the table and column where a code must stand.

    ``kept_as`` is the model's name for it where that differs. A ``given`` column is kept nowhere as it stands: the app
    that declares it says what becomes of it. A ``numbered`` one that is empty takes the row's number in the file.
    """

    name: str
    _: KW_ONLY
    about: str = ""
    required: bool = False
    empty: Any = None
    references: tuple[str, str] | None = None
    kept_as: str = ""
    given: bool = False
    numbered: bool = False

    @property
    def field(self) -> str:
        return self.kept_as or self.name

    def parse(self, text: str) -> Any:
        """The value of a cell that is not empty. Raises ValueError: what is wrong, what would be right."""
        raise NotImplementedError

    def stored(self, value: Any) -> Any:
        """The value in the form in which the database is read."""
        return value

    def text(self, stored: Any) -> str:
        """The cell for what the database holds."""
        return stored or ""

    def schema(self) -> dict[str, Any]:
        """The column as a field of a Frictionless Table Schema."""
        described: dict[str, Any] = {"name": self.name, **self._kind()}
        if self.about:
            described["description"] = self.about
        if self.required:
            described["constraints"] = {"required": True, **described.get("constraints", {})}
        return described

    def _kind(self) -> dict[str, Any]:
        return {"type": "string"}


@dataclass(frozen=True)
class Text(Column):
    _: KW_ONLY
    empty: Any = ""
    longest: int = LONGEST

    def parse(self, text: str) -> str:
        if len(text) > self.longest:
            raise ValueError(f"{len(text):,} characters are too many: write {self.longest:,} at most")
        return text


@dataclass(frozen=True)
class Code(Text):
    """What a row is known by: short, in one line, without a space at either end and without ``reserved`` characters.

    ``page`` names the page of what it is the code of, whose address must not be that of another page.
    """

    _: KW_ONLY
    longest: int = 60
    reserved: str = ""
    page: str = ""

    def parse(self, text: str) -> str:
        tidy = " ".join(text.split())
        if not tidy:
            raise ValueError("only spaces stand here: write a code, or leave it empty")
        if text != text.strip() or not text.isprintable():
            raise ValueError(f"{quoted(text)} has spaces around it or characters that do not print: write {tidy}")
        for character in self.reserved:
            if character in text:
                raise ValueError(f"{quoted(text)} has {character} in it, which stands for something else: leave it out")
        if self.page and leads_elsewhere(self.page, text):
            raise ValueError(f"{quoted(text)} stands in the address of another page: write another code")
        return super().parse(text)


@dataclass(frozen=True)
class Email(Text):
    _: KW_ONLY
    longest: int = 254

    def parse(self, text: str) -> str:
        try:
            validate_email(text)
        except ValidationError:
            raise ValueError(f"{quoted(text)} is not an e-mail address: write one like a.khan@example.org") from None
        return super().parse(text)

    def _kind(self) -> dict[str, Any]:
        return {"type": "string", "format": "email"}


@dataclass(frozen=True)
class Choice(Text):
    """One of a few words."""

    _: KW_ONLY
    words: Iterable[Any] = ()
    longest: int = 30

    @property
    def choices(self) -> list[str]:
        return [str(word.value) if isinstance(word, Enum) else str(word) for word in self.words]

    def parse(self, text: str) -> str:
        choices = self.choices
        if text in choices:
            return text
        close = get_close_matches(text.strip().lower().replace(" ", "_")[:40], choices, 1, 0.75)
        advice = close[0] if close else f"one of {', '.join(choices)}"
        raise ValueError(f"{quoted(text)} is not one of the words used here: write {advice}")

    def _kind(self) -> dict[str, Any]:
        return {"type": "string", "constraints": {"enum": self.choices}}


@dataclass(frozen=True)
class Flag(Column):
    """yes, or empty."""

    _: KW_ONLY
    empty: Any = False

    def parse(self, text: str) -> bool:
        if text == "yes":
            return True
        raise ValueError(f"{quoted(text)} is neither yes nor empty: write yes, or leave it empty")

    def text(self, stored: Any) -> str:
        return "yes" if stored else ""

    def _kind(self) -> dict[str, Any]:
        return {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}


@dataclass(frozen=True)
class Figure(Column):
    """An exact decimal, written with a point and without separators, signs of money or per cent."""

    _: KW_ONLY
    least: Decimal | None = None

    def parse(self, text: str) -> Decimal:
        if not _PLAIN_NUMBER.fullmatch(text):
            meant = _number_meant(text)
            advice = f"write {meant}" if meant else "write a number such as 94.8, or leave it empty"
            raise ValueError(f"{quoted(text)} is not a plain number: {advice}")
        whole, _, decimals = text.lstrip("-").partition(".")
        if len(whole) > WHOLE_DIGITS or len(decimals) > DECIMALS:
            raise ValueError(
                f"{quoted(text)} has too many digits: "
                f"write {WHOLE_DIGITS} at most before the point and {DECIMALS} after it"
            )
        number = Decimal(text)
        if self.least is not None and number < self.least:
            raise ValueError(f"{text} is too small: write {canonical(self.least)} or more")
        return number

    def stored(self, value: Decimal | None) -> str | None:
        return None if value is None else canonical(value)

    def _kind(self) -> dict[str, Any]:
        return {"type": "number"}


@dataclass(frozen=True)
class Whole(Column):
    _: KW_ONLY
    least: int = 0
    most: int = 32_767

    def parse(self, text: str) -> int:
        if not _WHOLE_NUMBER.fullmatch(text) or len(text) > 10:
            raise ValueError(f"{quoted(text)} is not a whole number: write one such as 12")
        if not self.least <= int(text) <= self.most:
            raise ValueError(f"{text} is out of range: write a whole number from {self.least} to {self.most}")
        return int(text)

    def text(self, stored: Any) -> str:
        return "" if stored is None else str(stored)

    def _kind(self) -> dict[str, Any]:
        return {"type": "integer"}


@dataclass(frozen=True)
class Day(Column):
    def parse(self, text: str) -> date:
        try:
            return _day(text)
        except ValueError:
            meant = _day_meant(text)
            advice = f"write {meant}" if meant else "write it like 2018-04-01"
            raise ValueError(f"{quoted(text)} is not a date: {advice}") from None

    def text(self, stored: date | None) -> str:
        return stored.isoformat() if stored else ""

    def _kind(self) -> dict[str, Any]:
        return {"type": "date"}


@dataclass(frozen=True)
class Moment(Column):
    """A moment with its offset from UTC; a day alone is that day, in file order."""

    def parse(self, text: str) -> datetime | date:
        """A datetime in UTC, or a date where only the day is given."""
        try:
            if _DAY.fullmatch(text):
                return _day(text)
            if not _MOMENT.fullmatch(text):
                raise ValueError
            _day(text[:10])
            moment = datetime.fromisoformat(text).astimezone(UTC)
        except ValueError:
            raise ValueError(
                f"{quoted(text)} is not a moment: write it like 2018-10-05T14:30:00+01:00, or the day alone"
            ) from None
        if moment < BEGINNING:
            raise ValueError(f"{quoted(text)} is too early: moments begin in 1970")
        return moment

    def text(self, stored: datetime | None) -> str:
        if stored is None:
            return ""
        return stored.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"

    def _kind(self) -> dict[str, Any]:
        return {"type": "datetime", "format": "any"}


@dataclass(frozen=True)
class PeriodName(Text):
    """A period in its one text form; the value is that text."""

    _: KW_ONLY
    longest: int = 40

    def parse(self, text: str) -> str:
        return super().parse(Period.parse(text).text)


@dataclass(frozen=True)
class CategoryKey(Text):
    """``scheme=category``, several joined by ``;``; empty for the whole."""

    _: KW_ONLY
    longest: int = 400

    def parse(self, text: str) -> str:
        schemes = []
        for part in text.split(";"):
            scheme, equals, category = part.partition("=")
            if not (scheme and equals and category):
                raise ValueError(f"{quoted(text)} is not a category: write it like sex=F, or like sex=F;age=16-24")
            schemes.append(scheme)
        if len(set(schemes)) < len(schemes):
            raise ValueError(f"{quoted(text)} names a scheme twice: name each once")
        return super().parse(text)


_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError
    day = date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError
    return day


def _day_meant(text: str) -> str | None:
    """The date that ``text`` stands for when it is written as people here write one: day, month, year."""
    match = _DAY_FIRST.fullmatch(text.strip())
    if not match:
        return None
    try:
        return _day(f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}").isoformat()
    except ValueError:
        return None


def _number_meant(text: str) -> str | None:
    """The plain number that ``text`` probably stands for, to be offered and never assumed."""
    if len(text) > 40:
        return None
    bare = re.sub(r"[\s£$€%,+]", "", text).replace("\u2212", "-")
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > WHOLE_DIGITS:
        return None
    return canonical(number)
