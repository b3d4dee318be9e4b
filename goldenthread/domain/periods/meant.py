"""What a text that is no period probably stands for: offered in the message that refuses it, and never assumed."""

import re
from collections.abc import Callable

from goldenthread.domain.periods.forms import MONTH_NAMES, Fault, read_form, within_years

_MONTH_NUMBERS = {name[:length].lower(): i for i, name in enumerate(MONTH_NAMES, 1) for length in (3, len(name))}
_YEARS = r"(?:fy ?)?(\d{4}) ?[/-] ?(?:\d\d)?(\d\d)"
_DIVISION = r"([hqt])(?:tr|uarter)? ?(\d)"
_TERM = r"(autumn|spring|summer)(?: term)?"
_GUESSES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.ASCII | re.IGNORECASE), build)
    for pattern, build in (
        (_YEARS, lambda m: f"{m[1]}/{m[2]}"),
        (rf"{_YEARS}[ ;,:-]*{_DIVISION}", lambda m: f"{m[1]}/{m[2]} {m[3].upper()}{m[4]}"),
        (rf"{_DIVISION}[ ;,:/-]*{_YEARS}", lambda m: f"{m[3]}/{m[4]} {m[1].upper()}{m[2]}"),
        (rf"{_YEARS} ?academic(?: year)?", lambda m: f"{m[1]}/{m[2]} academic"),
        (rf"academic(?: year)? ?{_YEARS}", lambda m: f"{m[1]}/{m[2]} academic"),
        (rf"{_YEARS}(?: academic)? {_TERM}", lambda m: f"{m[1]}/{m[2]} academic {m[3].lower()}"),
        (rf"{_TERM} {_YEARS}(?: academic)?", lambda m: f"{m[2]}/{m[3]} academic {m[1].lower()}"),
        (rf"(\d{{4}})[ ;,:-]*{_DIVISION}", lambda m: f"{m[1]} {m[2].upper()}{m[3]}"),
        (rf"{_DIVISION}[ ;,:/-]*(\d{{4}})", lambda m: f"{m[3]} {m[1].upper()}{m[2]}"),
        (r"(\d{4})[ -]?w(?:eek)? ?(\d\d?)", lambda m: f"{m[1]}-W{int(m[2]):02d}"),
        (r"w(?:eek)? ?(\d\d?)[ -]*(\d{4})", lambda m: f"{m[2]}-W{int(m[1]):02d}"),
        (r"([a-z]{3,9})[ -]?(\d{4})", lambda m: f"{m[2]}-{_month(m[1])}"),
        (r"(\d{4})[ /-](\d\d?)", lambda m: f"{m[1]}-{int(m[2]):02d}"),
        (r"(\d\d?)[ /-](\d{4})", lambda m: f"{m[2]}-{int(m[1]):02d}"),
        (r"(\d{4})[ /.-](\d\d?)[ /.-](\d\d?)", lambda m: f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}"),
        (r"(\d\d?)[ /.-](\d\d?)[ /.-](\d{4})", lambda m: f"{m[3]}-{int(m[2]):02d}-{int(m[1]):02d}"),
        (r"(\d\d?) ([a-z]{3,9}) (\d{4})", lambda m: f"{m[3]}-{_month(m[2])}-{int(m[1]):02d}"),
        (r"(\d{4})", lambda m: m[1]),
    )
)
_BETWEEN = re.compile(r" to | ?[-\u2013\u2014] ?", re.IGNORECASE)
_LONGEST = 60


def probably_meant(text: str) -> str | None:
    """The form that ``text`` probably stands for, if one can tell."""
    tidy = " ".join(text.split())
    if len(tidy) > _LONGEST:
        return None
    if single := _single(tidy):
        return single
    for between in _BETWEEN.finditer(tidy):
        first, last = _single(tidy[: between.start()]), _single(tidy[between.end() :])
        if first and last and _is_form(f"{first} to {last}"):
            return f"{first} to {last}"
    return None


def _single(tidy: str) -> str | None:
    guesses = (build(match) for pattern, build in _GUESSES if (match := pattern.fullmatch(tidy)))
    return next(filter(_is_form, guesses), None)


def _month(name: str) -> str:
    return f"{_MONTH_NUMBERS.get(name.lower(), 0):02d}"


def _is_form(text: str) -> bool:
    try:
        read_form(text)
    except Fault:
        return False
    return within_years(text)
