"""Templates: how the posts of a tier are appraised in a year, changed until the first appraisal has begun by them."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import AppraisalYear, Framework, Level, Template
from goldenthread.appraisals.services.competencies import level_to_expect
from goldenthread.domain.appraisals import OverallRule
from goldenthread.history.acts import Refused, acting, keep
from goldenthread.history.clock import today
from goldenthread.history.models import Change


def add_template(
    *,
    by: User | None,
    year: AppraisalYear,
    tier: str,
    title: str,
    scale: Sequence[tuple[int, str]],
    rule: str = OverallRule.WEIGHTED_MEAN,
    sections: Sequence[Mapping[str, str]] = (),
    moderated: bool = False,
    level: int | None = None,
    competencies_share: int = 0,
) -> Template:
    """Say how the posts of a tier are appraised: ratings, rule, what is asked, and the competencies expected.

    Moderation can only be switched on before the year begins. Raises Refused by the field.
    """
    if Template.objects.filter(year=year, tier=tier).exists():
        raise Refused({"tier": _("That tier has a template.")})
    with acting(by=by, verb="add_appraisal_template", object=f"appraisal year {year.period}") as change:
        return _keep(
            Template(year=year, tier=tier),
            change,
            title=title,
            scale=scale,
            rule=rule,
            sections=sections,
            moderated=moderated,
            level=level,
            competencies_share=competencies_share,
        )


def change_template(
    *,
    by: User | None,
    template: int,
    title: str,
    scale: Sequence[tuple[int, str]],
    rule: str,
    sections: Sequence[Mapping[str, str]] = (),
    moderated: bool = False,
    level: int | None = None,
    competencies_share: int = 0,
) -> Template:
    """Say it anew, as long as no appraisal has begun by it. Raises Refused by the field."""
    with acting(by=by, verb="change_appraisal_template", object=f"template {template}") as change:
        row = Template.objects.select_for_update().select_related("year").filter(pk=template).first()
        if row is None:
            raise Refused({"": _("That template is not on record.")})
        if row.appraisals.exists():
            raise Refused({"": _("Appraisals have begun by this template: it stays as it is for its year.")})
        return _keep(
            row,
            change,
            title=title,
            scale=scale,
            rule=rule,
            sections=sections,
            moderated=moderated,
            level=level,
            competencies_share=competencies_share,
        )


def _keep(
    row: Template,
    change: Change,
    *,
    title: str,
    scale: Sequence[tuple[int, str]],
    rule: str,
    sections: Sequence[Mapping[str, str]],
    moderated: bool,
    level: int | None,
    competencies_share: int,
) -> Template:
    faults = {}
    if not title.strip():
        faults["title"] = _("Name it in a few words.")
    if len(scale) < 2 or len({number for number, _word in scale}) < len(scale):
        faults["scale"] = _("Give at least two ratings, each with a number of its own.")
    if moderated and not row.moderated and row.year.starts <= today():
        faults["moderated"] = _("The year has begun: moderation is switched on before, so that everybody knows of it.")
    if not 0 <= competencies_share <= 100:
        faults["competencies_share"] = _("Write a number from 0 to 100.")
    if competencies_share and level is None:
        faults["level"] = _("Choose what is expected, or let competencies count for nothing.")
    if faults:
        raise Refused(faults)
    expected = level_to_expect(level) if level else None
    row.title, row.rule, row.moderated = title.strip(), rule, moderated
    row.scale = [[number, word] for number, word in scale]
    row.sections = [dict(section) for section in sections]
    row.level, row.framework = expected, expected.framework if expected else None
    row.competencies_share = competencies_share
    keep(row, change)
    return row


def same_level_now(level: Level | None) -> int | None:
    """The level in the newest adopted version of its framework: the one at the same place, else the highest below."""
    if level is None:
        return None
    versions = Framework.objects.filter(title=level.framework.title, adopted_on__isnull=False)
    newest = versions.order_by("-version").first()
    if newest is None:
        return None
    return newest.levels.filter(order__lte=level.order).order_by("-order").values_list("pk", flat=True).first()
