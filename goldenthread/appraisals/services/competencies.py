"""The competency framework: written by human resources, adopted, fixed once used, copied into its next version."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db.models import Max
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import Behaviours, Competency, Framework, Level
from goldenthread.history.acts import Refused, acting
from goldenthread.history.clock import today


def start_framework(*, by: User | None, title: str, levels: Sequence[str]) -> Framework:
    """Begin a framework, with its levels from the lowest. Raises Refused for a title that is taken, or no level."""
    title, named = title.strip(), _named(levels)
    if Framework.objects.filter(title=title).exists():
        raise Refused({"title": _("There is a framework of that title: write a new version of it.")})
    with acting(by=by, verb="start_framework", object=f"framework {title}"):
        framework = Framework.objects.create(title=title)
        Level.objects.bulk_create(Level(framework=framework, order=n, title=name) for n, name in enumerate(named, 1))
        return framework


def change_levels(*, by: User | None, framework: int, levels: Sequence[str]) -> Framework:
    """Name the levels anew, from the lowest; one more is added above, one fewer takes the highest away.

    Raises Refused where behaviours stand at a level that would go.
    """
    named = _named(levels)
    with _writing(by, framework, "change_levels") as row:
        there = list(row.levels.order_by("order"))
        gone = there[len(named) :]
        if Behaviours.objects.filter(level__in=gone).exists():
            raise Refused({"levels": _("Behaviours are written at the level that would go: take them out first.")})
        for level, name in zip(there, named, strict=False):
            level.title = name
        Level.objects.bulk_update(there[: len(named)], ["title"])
        Level.objects.filter(pk__in=[level.pk for level in gone]).delete()
        fresh = list(enumerate(named, 1))[len(there) :]
        Level.objects.bulk_create(Level(framework=row, order=n, title=name) for n, name in fresh)
        return row


def write_competency(
    *,
    by: User | None,
    framework: int,
    competency: int | None = None,
    title: str,
    about: str = "",
    behaviours: Mapping[int, str],
) -> Competency:
    """Write a competency, or write it anew, with what shows it at each level. Raises Refused by the field."""
    if not title.strip():
        raise Refused({"title": _("Name it in a few words.")})
    with _writing(by, framework, "write_competency") as row:
        last = row.competencies.aggregate(last=Max("order"))["last"] or 0
        kept = _competency(row, competency) if competency else Competency(framework=row, order=last + 1)
        kept.title, kept.about = title.strip(), about.strip()
        kept.save()
        kept.behaviours.all().delete()
        levels = row.levels.filter(pk__in=[level for level, text in behaviours.items() if text.strip()])
        Behaviours.objects.bulk_create(
            Behaviours(competency=kept, level=level, text=behaviours[level.pk].strip()) for level in levels
        )
        return kept


def drop_competency(*, by: User | None, framework: int, competency: int) -> None:
    """Take a competency out of a version that nobody uses yet."""
    with _writing(by, framework, "drop_competency") as row:
        _competency(row, competency).delete()


def adopt_framework(*, by: User | None, framework: int) -> Framework:
    """Adopt a version, so that templates may name it. Raises Refused while a competency lacks behaviours at a level."""
    with _writing(by, framework, "adopt_framework") as row:
        row.adopted_on = row.adopted_on or today()
        row.save(update_fields=["adopted_on"])
        return row


def start_next_version(*, by: User | None, framework: int) -> Framework:
    """Copy the newest version into one more, to be written and adopted. Raises Refused while one is being written."""
    with acting(by=by, verb="start_next_version", object=f"framework {framework}"):
        old = _locked(framework)
        newest = Framework.objects.filter(title=old.title).order_by("-version")[0]
        if newest.adopted_on is None:
            raise Refused({"": _("Version %s is still being written: adopt it first.") % newest.version})
        copy = Framework.objects.create(title=old.title, version=newest.version + 1)
        levels = {
            level.pk: Level.objects.create(framework=copy, order=level.order, title=level.title)
            for level in newest.levels.all()
        }
        for one in newest.competencies.prefetch_related("behaviours"):
            kept = Competency.objects.create(framework=copy, order=one.order, title=one.title, about=one.about)
            Behaviours.objects.bulk_create(
                Behaviours(competency=kept, level=levels[told.level_id], text=told.text)
                for told in one.behaviours.all()
            )
        return copy


def level_to_expect(level: int) -> Level:
    """A level of an adopted version, which is held while a template comes to use it. Raises Refused for any other."""
    found = Level.objects.filter(pk=level).first()
    if found is None:
        raise Refused({"level": _("Choose a level.")})
    if _locked(found.framework_id).adopted_on is None:
        raise Refused({"level": _("That version is still being written: adopt it first.")})
    return found


@contextmanager
def _writing(by: User | None, framework: int, verb: str) -> Iterator[Framework]:
    with acting(by=by, verb=verb, object=f"framework {framework}"):
        row = _locked(framework)
        if row.is_fixed:
            raise Refused({"": _("A year of appraisals uses this version: write the next one.")})
        yield row
        if row.adopted_on:
            _refuse_unfinished(row)


def _refuse_unfinished(framework: Framework) -> None:
    levels = list(framework.levels.all())
    competencies = list(framework.competencies.prefetch_related("behaviours"))
    if not competencies:
        raise Refused({"": _("Write at least one competency first.")})
    for one in competencies:
        told = {found.level_id for found in one.behaviours.all()}
        lacking = [level.title for level in levels if level.pk not in told]
        if lacking:
            said = _("Say what shows “%(competency)s” at: %(levels)s.")
            raise Refused({"": said % {"competency": one.title, "levels": ", ".join(lacking)}})


def _locked(framework: int) -> Framework:
    row = Framework.objects.select_for_update().filter(pk=framework).first()
    if row is None:
        raise Refused({"": _("That framework is not on record.")})
    return row


def _competency(framework: Framework, key: int) -> Competency:
    found = framework.competencies.filter(pk=key).first()
    if found is None:
        raise Refused({"": _("That competency is not in this version.")})
    return found


def _named(levels: Sequence[str]) -> list[str]:
    named = [name.strip() for name in levels if name.strip()]
    if not named:
        raise Refused({"levels": _("Name at least one level.")})
    if len(set(named)) < len(named):
        raise Refused({"levels": _("Each level has a name of its own.")})
    return named
