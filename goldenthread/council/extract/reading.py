"""An extract read whole: every line of it checked, every fault named with its file, line, column and what is right."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from goldenthread.council.extract.map import ExtractMap
from goldenthread.council.models import AppointmentKind
from goldenthread.domain.graph import Link, circle_in
from goldenthread.domain.staff import Line
from goldenthread.importing.sheets import Cell, Sheet, as_text, read_sheet
from goldenthread.package.faults import Faults, quoted

#: As long as each is kept.
LONGEST = {"employee_number": 40, "name": 200, "email": 254, "post": 60, "title": 200, "unit": 60, "manager": 60}
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Known:
    """What is on record that an extract may name: units by code and by name, posts by code."""

    units: Mapping[str, str]
    posts: Collection[str]


@dataclass(frozen=True)
class Read:
    """``says`` are the columns that the extract has, as the map names them."""

    lines: Sequence[Line]
    says: frozenset[str]


def read_extract(file: str, content: bytes, read: ExtractMap, known: Known, faults: Faults) -> Read | None:
    """The lines of an extract; None where there is no table. Faults are added to ``faults``."""
    sheet = read_sheet(file, content, read.layout, faults)
    if sheet is None:
        return None
    places = _places(sheet, read, faults)
    if places is None:
        return None
    if not sheet.rows:
        faults.add(file, 0, "", "holds no people: an extract names everybody who works here")
        return None
    reader = _Lines(sheet, read, known, places, faults)
    lines = reader.lines()
    _check_together(lines, reader, known)
    return Read(lines, frozenset(places))


def _places(sheet: Sheet, read: ExtractMap, faults: Faults) -> dict[str, list[int]] | None:
    """Where each thing stands. A column that must be there and is not is a fault; the others may be missing."""
    heads = {head.casefold(): place for place, head in reversed([*enumerate(sheet.header)])}
    found: dict[str, list[int]] = {}
    complete = True
    for name, wanted in read.columns.items():
        missing = [head for head in wanted if head.casefold() not in heads]
        if not missing:
            found[name] = [heads[head.casefold()] for head in wanted]
        elif name in ("employee_number", "name", "post"):
            close = get_close_matches(missing[0][:40], sheet.header, 1, 0.5)
            advice = f"the nearest is {quoted(close[0])}" if close else f"it has {', '.join(sheet.header[:20])}"
            faults.add(
                sheet.file, sheet.header_line, missing[0], f"there is no such column for {name}: {advice}; see the map"
            )
            complete = False
    return found if complete else None


class _Lines:
    """Reads the lines of one sheet."""

    def __init__(
        self, sheet: Sheet, read: ExtractMap, known: Known, places: Mapping[str, list[int]], faults: Faults
    ) -> None:
        self._sheet, self._map, self._known, self._places, self._faults = sheet, read, known, places, faults
        self._here: Sequence[Cell] = ()
        self._line = 0

    def lines(self) -> list[Line]:
        found = []
        managers: list[str] = []
        for number, row in zip(self._sheet.lines, self._sheet.rows, strict=True):
            self._line, self._here = number, row
            line = self._read()
            if line is not None:
                found.append(line)
                managers.append(self.text("manager_number"))
        return self._with_managers(found, managers)

    def fault(self, name: str, message: str, line: int = 0) -> None:
        head = " ".join(self._map.columns.get(name, (name,)))
        self._faults.add(self._sheet.file, line or self._line, head, message)

    def text(self, name: str) -> str:
        cells = [self._here[place] for place in self._places.get(name, ())]
        return " ".join(" ".join(as_text(cell).split()) for cell in cells).strip()

    def _read(self) -> Line | None:
        before = self._faults.total
        vacant = not self.text("employee_number") and not self.text("name")
        line = Line(
            line=self._line,
            number="" if vacant else self._needed("employee_number", "an employee number is how a person is known"),
            name="" if vacant else self._needed("name", "write what the person is called"),
            post=self._needed("post", "write the number of the post"),
            title=self._short("title"),
            unit=self._unit(),
            email=self._email(),
            manager=self._short("manager"),
            kind=self._kind(),
            fte=self._fte(),
            starts=self._day("starts"),
            ends=self._day("ends"),
            absent_from=self._day("absent_from"),
            absent_until=self._day("absent_until"),
        )
        if line.starts and line.ends and line.ends < line.starts:
            self.fault("ends", "is before the start date: write a later day")
        if line.absent_from and line.absent_until and line.absent_until < line.absent_from:
            self.fault("absent_until", "is before the absence begins: write a later day")
        if line.post and line.post not in self._known.posts:
            for name in ("title", "unit"):
                if not getattr(line, name):
                    self.fault(name, f"is empty, and post {line.post} is not on record yet: a new post needs one")
        return line if self._faults.total == before else None

    def _needed(self, name: str, why: str) -> str:
        text = self._short(name)
        if not text:
            self.fault(name, f"is empty: {why}")
        return text

    def _short(self, name: str) -> str:
        text = self.text(name)
        if len(text) > LONGEST[name]:
            self.fault(name, f"{quoted(text)} is {len(text)} characters long: write {LONGEST[name]} at most")
            return ""
        return text

    def _unit(self) -> str:
        said = self._short("unit")
        if not said:
            return ""
        named = self._map.units.get(said, said)
        found = self._known.units.get(named.casefold())
        if found is None:
            names = list(self._known.units)
            close = get_close_matches(named.casefold(), names, 1, 0.6)
            advice = f"the nearest is {self._known.units[close[0]]}" if close else "add it in the settings"
            self.fault("unit", f"there is no unit {quoted(said)}: {advice}, or name it under [units] in the map")
            return ""
        return found

    def _email(self) -> str:
        said = self._short("email")
        if said:
            try:
                validate_email(said)
            except ValidationError:
                self.fault("email", f"{quoted(said)} is no e-mail address: write one, or leave it empty")
                return ""
        return said

    def _kind(self) -> str:
        said = self.text("kind")
        if not said:
            return ""
        found = self._map.kinds.get(said.casefold(), said.casefold().replace(" ", "_"))
        if found not in AppointmentKind.values:
            words = ", ".join(AppointmentKind.values)
            self.fault("kind", f"{quoted(said)} is no way of holding a post: write {words}, or name it under [kinds]")
            return ""
        return found

    def _fte(self) -> str:
        """A share of full time; where the map says how many hours full time is, hours are made one."""
        said = self.text("fte")
        if not said:
            return ""
        try:
            found = Decimal(said)
        except InvalidOperation:
            self.fault("fte", f"{quoted(said)} is no number: write a share of full time, such as 0.6")
            return ""
        if self._map.full_time is not None:
            found = (found / self._map.full_time).quantize(CENT)
        if not 0 <= found <= 1:
            what = "hours are more than full time" if self._map.full_time else "write a share from 0 to 1, such as 0.6"
            self.fault("fte", f"{said} is out of range: {what}")
            return ""
        return format(found.normalize(), "f")

    def _day(self, name: str) -> date | None:
        if len(self._places.get(name, ())) == 1:
            cell = self._here[self._places[name][0]]
            if isinstance(cell, datetime):
                return cell.date()
            if isinstance(cell, date):
                return cell
        said = self.text(name)
        if not said:
            return None
        for form in self._map.dates:
            try:
                return datetime.strptime(said, form).date()  # noqa: DTZ007 (a day has no zone)
            except ValueError:
                continue
        like = ", ".join(date(2027, 1, 18).strftime(form) for form in self._map.dates)
        self.fault(name, f"{quoted(said)} is no day: write it like {like}")
        return None

    def _with_managers(self, lines: list[Line], numbers: Sequence[str]) -> list[Line]:
        """Where the manager is given by employee number, the post that this person holds in the extract."""
        if "manager_number" not in self._places:
            return lines
        held: dict[str, list[str]] = {}
        for line in lines:
            held.setdefault(line.number, []).append(line.post)
        found = []
        for line, number in zip(lines, numbers, strict=True):
            manager = line.manager
            if number and not manager:
                posts = [post for post in held.get(number, ()) if post != line.post]
                if posts:
                    manager = posts[0]
                elif number not in held:
                    self.fault("manager_number", f"nobody in the extract has the employee number {number}", line.line)
            found.append(replace(line, manager=manager))
        return found


def _check_together(lines: Sequence[Line], reader: _Lines, known: Known) -> None:
    """What only shows when lines are held against one another."""
    seen: dict[tuple[str, str], Line] = {}
    names: dict[str, Line] = {}
    posts: dict[str, Line] = {}
    for line in lines:
        first = seen.setdefault((line.number, line.post), line)
        if first is not line:
            said = f"{line.name} is in this post" if line.number else "this post is vacant"
            reader.fault("post", f"{said} on line {first.line} too: leave one line", line.line)
        named = names.setdefault(line.number, line)
        if named.name != line.name:
            message = f"{line.number} is {quoted(named.name)} on line {named.line}: one number is one person"
            reader.fault("employee_number", message, line.line)
        _check_post(line, posts.setdefault(line.post, line), reader)
    _check_managers(lines, reader, known)


def _check_post(line: Line, first: Line, reader: _Lines) -> None:
    if bool(line.number) != bool(first.number):
        held, vacant = (line, first) if line.number else (first, line)
        message = f"{held.name} holds this post on line {held.line}, and line {vacant.line} names nobody: leave one"
        reader.fault("post", message, line.line)
    for name in ("title", "unit", "manager"):
        here, there = getattr(line, name), getattr(first, name)
        if here and there and here != there:
            message = f"is {quoted(here)}, and {quoted(there)} on line {first.line} of the same post: write one of them"
            reader.fault(name, message, line.line)


def _check_managers(lines: Sequence[Line], reader: _Lines, known: Known) -> None:
    here = {line.post for line in lines}
    for line in lines:
        if line.manager and line.manager not in here and line.manager not in known.posts:
            reader.fault("manager", f"there is no post {line.manager}, here or on record: write another", line.line)
    links: dict[str, str] = {}
    for line in lines:
        if line.manager:
            links.setdefault(line.post, line.manager)
    circle = circle_in([Link(manager, post) for post, manager in links.items()])
    if circle is not None:
        at = next(line.line for line in lines if line.post == circle[0])
        reader.fault("manager", f"these posts report round in a circle: {', '.join(circle)}", at)
