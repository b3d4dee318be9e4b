"""An extract as its page shows it: the differences by kind, in words, each with what was decided and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.council.extract.map import standard_map
from goldenthread.council.models import Extract, ExtractRow, Post, Unit
from goldenthread.domain.staff import Kind

#: How many rows of a kind stand on the page and are applied at once; the rest come up once these are decided.
SHOWN = 200
TITLES = {
    Kind.STARTS: gettext_lazy("Starters"),
    Kind.MOVES: gettext_lazy("Moves"),
    Kind.TAKES_POST: gettext_lazy("Another post besides"),
    Kind.LEAVES_POST: gettext_lazy("One of several posts given up"),
    Kind.LEAVES: gettext_lazy("Leavers"),
    Kind.STAYS: gettext_lazy("Staying on"),
    Kind.VACANT: gettext_lazy("Vacant posts"),
    Kind.MANAGER: gettext_lazy("Managers"),
    Kind.POST: gettext_lazy("Posts"),
    Kind.FTE: gettext_lazy("Hours"),
    Kind.ABSENCE: gettext_lazy("Long absence"),
    Kind.DETAILS: gettext_lazy("Names and addresses"),
}
#: What applying a row of the kind does, beyond what it says.
MEANS = {
    Kind.STARTS: gettext_lazy("Appointed to the post; who or what is not on record yet is added."),
    Kind.MOVES: gettext_lazy("The old appointment ends and the new one begins: duties and roles go with the posts."),
    Kind.LEAVES: gettext_lazy(
        "The appointment ends, and with it every duty and role; the sign-in is closed. The figures they entered stay."
    ),
    Kind.VACANT: gettext_lazy("The post is added, and nobody is appointed to it yet."),
    Kind.ABSENCE: gettext_lazy("Kept from when to when, and never why. Completion of appraisals counts without them."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A row in words. ``refused`` is what was said when the same was refused before."""

    row: ExtractRow
    who: str
    before: str
    after: str
    refused: str = ""
    is_own: bool = False

    @property
    def is_open(self) -> bool:
        return self.row.state == ExtractRow.State.OPEN


@dataclass(frozen=True, slots=True)
class Section:
    kind: Kind
    title: str
    means: str
    rows: Sequence[Told]
    open: int
    left: int


@dataclass(frozen=True, slots=True)
class Decided:
    """How many rows stand how."""

    open: int = 0
    applied: int = 0
    refused: int = 0
    already: int = 0


def extracts_listed() -> QuerySet[Extract]:
    return Extract.objects.select_related("change").order_by("-pk")


def usual_map() -> str:
    """The map of the last extract; before the first, the one that comes with the product."""
    last = Extract.objects.order_by("-pk").values_list("map", flat=True).first()
    return standard_map() if last is None else last


def sections(extract: Extract, *, own: str = "", everything: bool = False) -> list[Section]:
    """The rows by kind, kinds and rows to decide first; ``own`` is the reader's own code. Four queries."""
    rows = list(extract.rows.select_related("decided").order_by("order"))
    telling = _Telling(rows, own)
    found = []
    for kind in Kind:
        mine = sorted((row for row in rows if row.kind == kind), key=lambda row: row.state != ExtractRow.State.OPEN)
        if mine:
            shown = mine if everything else mine[:SHOWN]
            waiting = sum(row.state == ExtractRow.State.OPEN for row in mine)
            found.append(
                Section(
                    kind,
                    str(TITLES[kind]),
                    str(MEANS.get(kind, "")),
                    [telling.told(row) for row in shown],
                    waiting,
                    len(mine) - len(shown),
                )
            )
    return sorted(found, key=lambda section: not section.open)


def decided(extract: Extract) -> Decided:
    states = list(extract.rows.values_list("state", flat=True))
    return Decided(**{state: states.count(state) for state in ExtractRow.State.values})


class _Telling:
    """Posts and units by their names, and what was refused before, read once."""

    def __init__(self, rows: Sequence[ExtractRow], own: str) -> None:
        posts = {code for row in rows for code in _posts_of(row)}
        self.posts = dict(Post.objects.filter(code__in=posts).values_list("code", "title"))
        self.units = dict(Unit.objects.values_list("code", "name"))
        self.own = own
        self.before: dict[str, str] = {}
        first = rows[0].extract_id if rows else 0
        refused = ExtractRow.objects.filter(
            state=ExtractRow.State.REFUSED, extract__lt=first, key__in={row.key for row in rows}
        )
        for key, word in refused.order_by("pk").values_list("key", "word"):
            self.before[key] = word

    def told(self, row: ExtractRow) -> Told:
        kind = Kind(row.kind)
        who = row.name or self.post(row.post, row.now)
        before, after = _WORDS[kind](self, row.was, row.now, row)
        own = bool(self.own) and row.person == self.own
        return Told(row, who, before, after, self.before.get(row.key, ""), own)

    def post(self, code: str, said: Mapping[str, str] | None = None) -> str:
        title = self.posts.get(code) or (said or {}).get("title", "")
        return f"{title} ({code})" if title else code

    def unit(self, code: str) -> str:
        return self.units.get(code, code)


Words = Mapping[str, str]


def _begins(told: _Telling, was: Words, now: Words, row: ExtractRow) -> tuple[str, str]:
    said = {"post": told.post(row.post, now), "unit": told.unit(now.get("unit", "")), "day": _day(now["starts"])}
    text = _("%(post)s, %(unit)s, from %(day)s") % said if said["unit"] else _("%(post)s, from %(day)s") % said
    if row.post not in told.posts:
        text += "; " + _("a post that is not on record yet")
    if now.get("fte"):
        text += "; " + _("%(fte)s of full time") % {"fte": now["fte"]}
    return (told.post(was["post"]) if "post" in was else ""), text


def _leaves(told: _Telling, was: Words, now: Words, row: ExtractRow) -> tuple[str, str]:
    posts = was.get("posts", was.get("post", "")).split()
    return ", ".join(told.post(code) for code in posts), _("until %s") % _day(now["last_day"])


def _stays(told: _Telling, was: Words, now: Words, row: ExtractRow) -> tuple[str, str]:
    return _("until %s") % _day(was["last_day"]), _("without a last day, as %s") % told.post(row.post)


def _manager(told: _Telling, was: Words, now: Words, row: ExtractRow) -> tuple[str, str]:
    before = told.post(was["manager"]) if was.get("manager") else _("nobody")
    return _("reports to %s") % before, _("reports to %s") % told.post(now["manager"])


def _post(told: _Telling, was: Words, now: Words, row: ExtractRow) -> tuple[str, str]:
    def words(said: Words) -> str:
        return ", ".join(filter(None, [said.get("title", ""), told.unit(said["unit"]) if "unit" in said else ""]))

    return words(was), words(now)


def _vacant(told: _Telling, was: Words, now: Words, row: ExtractRow) -> tuple[str, str]:
    said = {"post": told.post(row.post, now), "unit": told.unit(now.get("unit", ""))}
    text = _("%(post)s, %(unit)s; a post that is not on record yet") % said
    return "", text + ("; " + _("reports to %s") % told.post(now["manager"]) if now.get("manager") else "")


def _fte(told: _Telling, was: Words, now: Words, row: ExtractRow) -> tuple[str, str]:
    post = told.post(row.post)
    return f"{was.get('fte') or '–'}", _("%(fte)s of full time, as %(post)s") % {"fte": now["fte"], "post": post}


def _absence(told: _Telling, was: Words, now: Words, row: ExtractRow) -> tuple[str, str]:
    if "absent_from" in was:
        return _("absent since %s") % _day(was["absent_from"]), _("back after %s") % _day(now["last_day"])
    text = _("absent from %s") % _day(now["absent_from"])
    return "", text + (" " + _("until %s") % _day(now["absent_until"]) if now.get("absent_until") else "")


def _details(told: _Telling, was: Words, now: Words, row: ExtractRow) -> tuple[str, str]:
    return ", ".join(filter(None, was.values())) or "–", ", ".join(now.values())


_WORDS = {
    Kind.STARTS: _begins,
    Kind.MOVES: _begins,
    Kind.TAKES_POST: _begins,
    Kind.LEAVES_POST: _leaves,
    Kind.LEAVES: _leaves,
    Kind.STAYS: _stays,
    Kind.VACANT: _vacant,
    Kind.MANAGER: _manager,
    Kind.POST: _post,
    Kind.FTE: _fte,
    Kind.ABSENCE: _absence,
    Kind.DETAILS: _details,
}


def _posts_of(row: ExtractRow) -> Iterable[str]:
    for said in (row.was, row.now):
        yield from said.get("posts", "").split()
        yield from filter(None, (said.get("post", ""), said.get("manager", "")))
    yield row.post


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "j F Y")
