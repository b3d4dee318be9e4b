"""Records: append-only rows, known by their key and moment, of which the last is current."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Max, Model, Q

from goldenthread.history.models import Change
from goldenthread.package.checking import tell_twice
from goldenthread.package.columns import BEGINNING, Moment
from goldenthread.package.loading import Loading
from goldenthread.package.reading import Rows
from goldenthread.package.rows import write_rows
from goldenthread.package.stored import Kept, cells, kept_columns, stored_rows
from goldenthread.package.tables import Table

Key = tuple[Any, ...]
Past = dict[Key, dict[datetime | None, tuple[Any, ...]]]


@dataclass
class RecordsPlan:
    """The records a load adds, as places in its rows, each with its moment."""

    rows: Rows
    added: list[int] = field(default_factory=list)
    moments: list[datetime | None] = field(default_factory=list)
    unchanged: int = 0

    @property
    def counts(self) -> dict[str, int]:
        return {"added": len(self.added), "changed": 0, "unchanged": self.unchanged}


@dataclass(frozen=True, kw_only=True)
class Records:
    """``moment`` is the column of the moment from which a record is known, ``day`` one that gives only the day of it.

    An empty moment is the time of the load; with ``from_beginning`` it is the beginning as long as that changes nothing
    that was shown. ``newest`` gives for each row the last moment that it must be after. ``subject`` is the link to that
    of which something is recorded.
    """

    model: type[Model]
    moment: str = ""
    day: str = ""
    from_beginning: bool = False
    subject: str = "measure"
    newest: Callable[[Loading, Rows], Sequence[datetime | None]] | None = None

    def stored_values(self, loading: Loading, table: Table, column: str) -> set[Any]:
        one = next(one for one in kept_columns(self.model, table) if one.column.name == column)
        return {value for (value,) in stored_rows(self.model, [one])}

    def texts(self, table: Table) -> Iterator[tuple[tuple[Any, ...], list[str]]]:
        """Every row's key and moment, and its cells."""
        kept = self._kept(table)
        names = [one.column.name for one in kept]
        places = [names.index(name) for name in (*table.key, *([self.moment] if self.moment else []))]
        day = [column.name for column in table.columns].index(self.day) if self.day else None
        rows = list(stored_rows(self.model, kept))
        if not rows:
            return
        for row, texts in zip(rows, cells(table, kept, rows), strict=True):
            if day is not None and row[places[-1]] != BEGINNING:
                texts[day] = row[places[-1]].astimezone(_zone()).date().isoformat()
            yield tuple(row[place] for place in places), texts

    def count(self, table: Table, loading: Loading) -> tuple[int, int]:
        """How many records there are of the load's subjects, and the last one's key: either grows with each more."""
        found = self.model._default_manager.all()
        if self.subject and self._link(table) is not None:
            keys = loading.keys(self._link(table))
            ours = [keys[code] for code in loading.subjects if code in keys]
            attname = self._subject_name(table)
            found = found.filter(Q(**{f"{attname}__in": ours}) | Q(**{f"{attname}__isnull": True}))
        counted = found.aggregate(count=Count("pk"), last=Max("pk"))
        return counted["count"], counted["last"] or 0

    def plan(self, loading: Loading, rows: Rows) -> RecordsPlan:
        moments = self._moments(rows) if self.moment else [None] * len(rows)
        past = self._past(loading, rows)
        newest = self.newest(loading, rows) if self.newest else [None] * len(rows)
        contents = self._contents(rows) if past else []
        plan = RecordsPlan(rows)
        known_as: list[tuple[Key, datetime | None]] = []
        for row, (key, moment) in enumerate(zip(rows.keys(), moments, strict=True)):
            earlier = past.get(key)
            if earlier is not None and self._is_known(earlier, moment, contents[row]):
                plan.unchanged += 1
                known_as.append((key, moment))
                continue
            at = moment
            if at is None and self.moment:
                at = self._now(loading, earlier, newest[row])
            elif fault := self._refusal(loading, earlier, moment, newest[row]):
                rows.fault(row, self.moment or rows.table.key[0], fault)
            plan.added.append(row)
            plan.moments.append(at)
            known_as.append((key, at))
        self._tell_twice(rows, known_as)
        return plan

    def write(self, loading: Loading, plan: RecordsPlan, change: Change) -> None:
        kept = [one for one in self._kept(plan.rows.table) if one.column.name != self.moment]
        everything = len(plan.added) == len(plan.rows)
        columns = [
            self._written(loading, one, given if everything else [given[row] for row in plan.added])
            for one, given in ((one, plan.rows[one.column.name]) for one in kept)
        ]
        names = [one.attname for one in kept]
        if self.moment:
            names.append(plan.rows.table.by_name[self.moment].field)
            columns.append([change.at if at == loading.moment else at for at in plan.moments])
        columns.append([change.pk] * len(plan.added))
        if plan.added:
            write_rows(self.model, [*names, "change_id"], zip(*columns, strict=True))

    def _kept(self, table: Table) -> list[Kept]:
        return kept_columns(self.model, table)

    def _link(self, table: Table) -> type[Model] | None:
        return self.model._meta.get_field(table.by_name[self.subject].field).related_model

    def _subject_name(self, table: Table) -> str:
        return self.model._meta.get_field(table.by_name[self.subject].field).attname

    def _written(self, loading: Loading, one: Kept, values: list[Any]) -> list[Any]:
        if one.link is None:
            return values
        keys = loading.keys(one.link)
        return [keys[code] if code else None for code in values]

    def _moments(self, rows: Rows) -> list[datetime | None]:
        """The moment of each row: as given, else the day's, in file order among those of one key and day; else none."""
        given: list[datetime | date | None] = rows[self.moment]
        days: list[date | None] = rows[self.day] if self.day else [None] * len(rows)
        if not any(days) and all(isinstance(at, datetime) or at is None for at in given):
            return given
        found: list[datetime | None] = []
        places: dict[Key, int] = defaultdict(int)
        for row, (key, at, day) in enumerate(zip(rows.keys(), given, days, strict=True)):
            if isinstance(at, datetime):
                if day is not None and at.astimezone(_zone()).date() != day:
                    rows.fault(row, self.day, f"{day} is not the day of {self.moment}: leave one of the two empty")
                found.append(at)
                continue
            whole_day = at or day
            if whole_day is None:
                found.append(None)
                continue
            place = places[(*key, whole_day)]
            places[(*key, whole_day)] += 1
            midnight = datetime(whole_day.year, whole_day.month, whole_day.day, tzinfo=_zone())
            found.append(midnight.astimezone(BEGINNING.tzinfo) + timedelta(microseconds=place))
        return found

    def _past(self, loading: Loading, rows: Rows) -> Past:
        """What is recorded already of the subjects of ``rows``, by key and moment."""
        table = rows.table
        kept = self._kept(table)
        where, parameters = "", []
        link = self._link(table) if self.subject else None
        if link is not None:
            keys = loading.keys(link)
            parameters = sorted({keys[code] for code in set(rows[self.subject]) if code in keys})
            name = self._subject_name(table)
            alone = f"{name} IS NULL" if "" in rows[self.subject] else ""
            some = f"{name} IN ({', '.join(['%s'] * len(parameters))})" if parameters else ""
            where = " OR ".join(filter(None, (some, alone)))
            if not where:
                return {}
        names = [one.column.name for one in kept]
        places = [names.index(name) for name in table.key]
        moment = names.index(self.moment) if self.moment else None
        past: Past = defaultdict(dict)
        for row in stored_rows(self.model, kept, where=where, parameters=parameters):
            at = None if moment is None else row[moment]
            content = tuple(value for place, value in enumerate(row) if place != moment)
            past[tuple(row[place] for place in places)][at] = content
        return dict(past)

    def _contents(self, rows: Rows) -> list[tuple[Any, ...]]:
        kept = [one for one in self._kept(rows.table) if one.column.name != self.moment]
        return list(zip(*(map(one.column.stored, rows[one.column.name]) for one in kept), strict=True))

    def _is_known(self, earlier: dict[Any, tuple[Any, ...]], moment: datetime | None, content: tuple[Any, ...]) -> bool:
        if moment is not None or not self.moment:
            return earlier.get(moment) == content
        first = earlier.get(BEGINNING) if self.from_beginning else None
        return content in (earlier[max(earlier)], first)

    def _now(self, loading: Loading, earlier: object, newest: datetime | None) -> datetime:
        """What an empty moment stands for: as early as the record allows."""
        if self.from_beginning and earlier is None and newest is None:
            return BEGINNING
        return loading.moment

    def _refusal(
        self, loading: Loading, earlier: dict[Any, Any] | None, moment: datetime | None, newest: datetime | None
    ) -> str:
        if earlier is not None and moment in earlier:
            if not self.moment:
                return "this is recorded already, with other content: give it a key of its own"
            return f"this is recorded already as of {_shown(moment)}, with other content: give it a later moment"
        if moment is None:
            return ""
        if moment > loading.moment:
            return f"{_shown(moment)} is in the future: leave it empty to record it as of now"
        if newest is not None and moment <= newest:
            return (
                f"{_shown(moment)} is not after {_shown(newest)}, up to which results are known, and what pages showed "
                f"must not change: leave {self.moment} empty to record it as of now"
            )
        return ""

    def _tell_twice(self, rows: Rows, known_as: list[tuple[Key, datetime | None]]) -> None:
        tell_twice(rows, known_as, f", or give each its {self.moment}" if self.moment else "")


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _shown(moment: datetime | None) -> str:
    return Moment("at").text(moment)
