"""Home: what of appraisals waits for each, by when, and the page on which it is done."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from goldenthread.accounts.models import User
from goldenthread.appraisals import services
from goldenthread.appraisals.models import Appraisal, AppraisalYear
from goldenthread.appraisals.queries.waiting import waiting
from tests.appraisals.test_appraisal_pages import as_user, text
from tests.appraisals.waste import MARKER, add_colleague, fresh

TODAY = date(2027, 1, 18)
OBJECTIVES, MID_YEAR, YEAR_END, SIGNED = (
    date(2026, 5, 29),
    date(2026, 10, 30),
    date(2027, 3, 31),
    date(2027, 4, 30),
)


def told(user: User, day: date = TODAY) -> list[tuple[str, str, date | None, bool, str, int | None]]:
    found = waiting(fresh(user), day)
    return [(one.what, one.about, one.due, one.is_overdue, one.page, one.key) for one in found]


def test_each_is_told_their_own_step_and_those_of_whom_they_appraise(
    council: SimpleNamespace, appraisal: Appraisal
) -> None:
    colleague, key = add_colleague(council), appraisal.pk
    own = Appraisal.objects.get(person__code="deborah-lockyer").pk
    at, sign = "appraisals:appraisal", "appraisals:sign"
    services.ask_for_feedback(by=council.head, appraisal=key, person="sam-treadwell", text=MARKER)

    assert told(council.officer) == [("Set your objectives", "Your own appraisal", OBJECTIVES, True, at, key)]
    assert told(council.head) == [
        ("Agree objectives", "Meera Pillai", OBJECTIVES, True, at, key),
        ("Set your objectives", "Your own appraisal", OBJECTIVES, True, at, own),
    ]
    assert [one[1:3] for one in told(colleague)] == [("Meera Pillai", YEAR_END)]
    assert [one[0] for one in told(council.director)] == ["Agree objectives"] * 2 + ["Set your objectives"]

    objective = services.write_objective(by=council.officer, appraisal=key, what=MARKER)
    services.agree_objectives(by=council.head, appraisal=key)
    services.hold_mid_year(by=council.head, appraisal=key)
    assert (told(council.officer), told(council.officer, date(2027, 3, 16))) == ([], [])
    late = date(2027, 3, 17)
    assert told(council.officer, late) == [
        ("Rate your year", "Your own appraisal", YEAR_END, False, "appraisals:rate", key)
    ]
    services.rate(by=council.officer, appraisal=key, ratings={objective.pk: 2})
    assert told(council.officer, late) == []
    assert ("Year-end review", "Meera Pillai", YEAR_END, False, at, key) in told(council.head, late)

    services.rate(by=council.head, appraisal=key, ratings={objective.pk: 2})
    services.hold_year_end(by=council.head, appraisal=key)
    assert told(colleague) == []
    signing = date(2027, 5, 3)
    assert told(council.officer, signing) == [("Read and sign", "Your own appraisal", SIGNED, True, sign, key)]
    services.disagree(by=council.officer, appraisal=key, text=MARKER)
    assert told(council.officer, signing) == []
    answer = ("Answer a disagreement", "Meera Pillai", None, False, "appraisals:answer", key)
    assert told(council.director, signing)[0] == answer
    assert MARKER not in repr([told(user, signing) for user in (council.officer, council.head, council.director)])


def test_many_for_whom_the_same_waits_are_one_row(
    council: SimpleNamespace, year: AppraisalYear, queries_for: Any
) -> None:
    """On home, with as many queries as for a few."""
    director = as_user(council.director)
    few = queries_for(director, "/")
    first = Appraisal.objects.get(person__code="deborah-lockyer")
    for number in range(3):
        first.pk, first.person = None, add_person(f"person-{number}")
        first.save()

    assert told(council.director)[0][:5] == (
        "Agree objectives",
        "Deborah Lockyer and 4 more",
        OBJECTIVES,
        True,
        "appraisals:my-team",
    )
    page = text(director.get("/"))
    assert "2 steps of appraisals to take." in page
    assert 'href="/appraisals/team/"' in director.get("/").content.decode()
    assert (queries_for(director, "/"), few <= 25) == (few, True)


def add_person(code: str) -> Any:
    from goldenthread.council.models import Person

    return Person.objects.create(code=code, name=code.replace("-", " ").title())
