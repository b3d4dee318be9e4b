"""The demonstration's panel, its records opened to two officers, and one that is held."""

from datetime import date

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import Appraisal, AppraisalYear
from goldenthread.appraisals.services.disclosures import ask_disclosure, grant_disclosure
from goldenthread.appraisals.services.holds import place_hold
from goldenthread.appraisals.services.moderation import name_panel, suggest_rating
from goldenthread.council.models import Person
from goldenthread.demonstration import SIGN_INS
from goldenthread.demonstration import appraisals as told
from goldenthread.history.acts import keep
from goldenthread.history.services import write_change


def keep_the_demonstrations_records(year: AppraisalYear) -> None:
    of = {row.person.code: row.pk for row in Appraisal.objects.filter(year=year).select_related("person")}
    officers = _users("human_resources", "administrator")
    if len(officers) < 2:
        return
    hr, administrator = officers
    _moderate(year, of, hr)
    for (person, purpose, reason, days), asker in zip(told.DISCLOSED, (hr, administrator), strict=True):
        asked = ask_disclosure(by=asker, appraisal=of[person], purpose=purpose, reason=reason, days=days)
        if asker == hr:
            grant_disclosure(by=administrator, disclosure=asked.pk)
    held, why = told.HELD
    place_hold(by=hr, appraisal=of[held], reason=why)


def _moderate(year: AppraisalYear, of: dict[str, int], hr: User) -> None:
    """As if it had been switched on before the year began."""
    tier, members, starts, ends = told.PANEL
    template = year.templates.get(tier=tier)
    template.moderated = True
    keep(template, write_change(by=None, verb="moderate", object=f"appraisal year {year.period}"))
    panel = name_panel(
        by=hr,
        template=template.pk,
        members=members,
        starts=date.fromisoformat(starts),
        ends=date.fromisoformat(ends),
    )
    whose, rating, why = told.SUGGESTED
    suggest_rating(by=hr, panel=panel.pk, appraisal=of[whose], rating=rating, text=why)


def _users(*roles: str) -> list[User]:
    """The sign-ins of the demonstration for these roles, where they have been given."""
    codes = {role: person for role, person, _email in SIGN_INS}
    people = {one.code: one.user for one in Person.objects.filter(code__in=codes.values()).select_related("user")}
    return [user for role in roles if (user := people.get(codes[role])) is not None]
