"""The verbs of appraisals: who may, in which order, what is refused, and who reads after a change of manager."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.appraisals import services
from goldenthread.appraisals.content import content_of
from goldenthread.appraisals.models import Appraisal, AppraisalYear, HandOver, Side
from goldenthread.appraisals.sides import side_of
from goldenthread.council.models import Appointment, Person
from goldenthread.domain.appraisals import Stage
from goldenthread.history.acts import Refused
from tests.appraisals.waste import MARKER, SCALE, fresh


def test_everybody_gets_an_appraiser_by_the_line_of_management(year: AppraisalYear) -> None:
    rows = Appraisal.objects.values_list("person__code", "appraiser__code", "appraiser_post__code", "template__tier")

    assert sorted(rows) == [
        ("deborah-lockyer", "ian-muirhead", "WST-DIR", "head"),
        ("ian-muirhead", "marian-thackeray", "CEO", "chief officer"),
        ("kenneth-brodrick", "ian-muirhead", "WST-DIR", "head"),
        ("marian-thackeray", None, None, "chief officer"),
        ("meera-pillai", "deborah-lockyer", "WST-HEAD", "officer"),
        ("rory-macaskill", "teresa-monkhouse", "HRO-HEAD", "officer"),
        ("teresa-monkhouse", "marian-thackeray", "CEO", "head"),
    ]


def test_nobody_appraises_themselves_though_they_act_for_their_own_manager(
    council: SimpleNamespace, year: AppraisalYear
) -> None:
    Appointment.objects.filter(post__code="WST-DIR").update(ends=date(2026, 12, 31))
    head = Person.objects.get(code="deborah-lockyer")
    Appointment.objects.create(post=council.posts["WST-DIR"], person=head, kind="acting", starts=date(2027, 1, 1))
    Appraisal.objects.filter(person=head).delete()

    services.begin_appraisals(by=council.hr, year=year)

    assert Appraisal.objects.get(person=head).appraiser.code == "marian-thackeray"


def test_begun_again_it_adds_starters_with_days_of_their_own_and_closes_leavers(
    council: SimpleNamespace, year: AppraisalYear
) -> None:
    Appointment.objects.filter(post__code="WST-OFF").update(ends=date(2027, 1, 8))
    starter = Person.objects.create(code="ryan-oakden", name="Ryan Oakden")
    Appointment.objects.create(post=council.posts["WST-OFF"], person=starter, starts=date(2027, 1, 11))

    begun = services.begin_appraisals(by=council.hr, year=year)
    again = services.begin_appraisals(by=council.hr, year=year)

    assert begun == services.Begun(begun=1, closed=1, without_appraiser=0)
    assert again == services.Begun(begun=0, closed=0, without_appraiser=0)
    assert Appraisal.objects.get(person__code="meera-pillai").done.stage is Stage.CLOSED
    due = Appraisal.objects.get(person=starter).due
    assert (due.objectives, due.mid_year, due.signed) == (date(2027, 3, 8), date(2027, 3, 8), date(2027, 4, 30))


def test_a_window_gives_a_group_of_staff_days_of_their_own(council: SimpleNamespace, year: AppraisalYear) -> None:
    Appraisal.objects.filter(post__unit__code="WST").delete()
    services.add_window(
        by=council.hr,
        year=year,
        title="Waste and Recycling",
        unit="WST",
        objectives_due=date(2026, 7, 31),
        mid_year_due=date(2026, 12, 18),
        year_end_due=date(2027, 3, 31),
        signed_due=date(2027, 5, 28),
    )

    services.begin_appraisals(by=council.hr, year=year)

    assert Appraisal.objects.get(person__code="meera-pillai").due.objectives == date(2026, 7, 31)
    assert Appraisal.objects.get(person__code="rory-macaskill").due.objectives == date(2026, 5, 29)


def test_a_year_from_objectives_to_both_signatures(council: SimpleNamespace, written: Appraisal) -> None:
    services.sign(by=council.officer, appraisal=written.pk)
    signed = services.sign(by=council.head, appraisal=written.pk)

    assert signed.done.stage is Stage.SIGNED
    with pytest.raises(Refused, match="finished"):
        services.add_note(by=council.head, appraisal=written.pk, text="One more thing")


def test_whoever_signed_signs_again_after_a_change(council: SimpleNamespace, written: Appraisal) -> None:
    services.sign(by=council.officer, appraisal=written.pk)

    services.add_note(by=council.head, appraisal=written.pk, text="One more thing")

    assert Appraisal.objects.get(pk=written.pk).appraisee_signed_on is None


def test_nobody_signs_while_a_disagreement_waits(council: SimpleNamespace, written: Appraisal) -> None:
    services.disagree(by=council.officer, appraisal=written.pk, text="Still not")

    with pytest.raises(Refused, match="yet to answer"):
        services.sign(by=council.head, appraisal=written.pk)


def test_stages_are_not_skipped(council: SimpleNamespace, appraisal: Appraisal) -> None:
    with pytest.raises(Refused, match="at least one objective"):
        services.agree_objectives(by=council.head, appraisal=appraisal.pk)
    with pytest.raises(Refused, match="moved on"):
        services.hold_mid_year(by=council.head, appraisal=appraisal.pk)
    with pytest.raises(Refused, match="once the year-end review"):
        services.sign(by=council.officer, appraisal=appraisal.pk)


@pytest.mark.parametrize(
    ("weights", "message"), [(("60", None), "Weigh every objective"), (("60", "30"), "The weights make 90")]
)
def test_weights_make_a_hundred_or_are_not_given(
    council: SimpleNamespace, appraisal: Appraisal, weights: tuple[str | None, ...], message: str
) -> None:
    for weight in weights:
        services.write_objective(
            by=council.officer,
            appraisal=appraisal.pk,
            what="Fewer missed bins",
            weight=Decimal(weight) if weight else None,
        )

    with pytest.raises(Refused, match=message):
        services.agree_objectives(by=council.head, appraisal=appraisal.pk)


def test_agreed_objectives_are_changed_by_the_appraiser_only(council: SimpleNamespace, appraisal: Appraisal) -> None:
    kept = services.write_objective(by=council.officer, appraisal=appraisal.pk, what="Fewer missed bins")
    services.agree_objectives(by=council.head, appraisal=appraisal.pk)

    with pytest.raises(Refused, match="ask your appraiser"):
        services.write_objective(by=council.officer, appraisal=appraisal.pk, objective=kept.pk, what="More bins")
    services.write_objective(by=council.head, appraisal=appraisal.pk, objective=kept.pk, what="No missed bins")

    assert content_of(appraisal, reader=council.officer).objective(kept.pk)["what"] == "No missed bins"


@pytest.mark.parametrize("who", ["hr", "administrator", "other_head", "chief"])
def test_nobody_else_reads_or_writes(council: SimpleNamespace, written: Appraisal, who: str) -> None:
    user = getattr(council, who)

    with pytest.raises(PermissionDenied):
        content_of(written, reader=user)
    for verb in (services.agree_objectives, services.hold_mid_year, services.hold_year_end, services.sign):
        with pytest.raises(PermissionDenied):
            verb(by=user, appraisal=written.pk)
    with pytest.raises(PermissionDenied):
        services.add_note(by=user, appraisal=written.pk, text="Let me in")


def test_the_three_who_may_read_do(council: SimpleNamespace, written: Appraisal) -> None:
    sides = [side_of(user, written) for user in (council.officer, council.head, council.director)]

    assert sides == [Side.APPRAISEE, Side.APPRAISER, Side.MANAGER]
    assert content_of(written, reader=council.director).said("comment", topic="well", side="appraisee") == (
        f"{MARKER} comment"
    )


def test_an_appraiser_who_leaves_the_post_reads_no_more(council: SimpleNamespace, written: Appraisal) -> None:
    Appointment.objects.filter(post__code="WST-HEAD").update(ends=date(2027, 1, 17))

    assert side_of(fresh(council.head), written) is None
    assert side_of(fresh(council.director), written) == Side.MANAGER


def test_handed_over_the_new_one_reads_and_the_old_one_does_not(council: SimpleNamespace, written: Appraisal) -> None:
    services.sign(by=council.officer, appraisal=written.pk)

    handed = services.hand_over(by=council.head, appraisal=written.pk, to="kenneth-brodrick")

    assert side_of(fresh(council.head), handed) is None
    assert side_of(fresh(council.other_head), handed) == Side.APPRAISER
    assert handed.appraisee_signed_on == date(2027, 1, 18)
    assert HandOver.objects.values_list("from_person__code", "to_person__code").get() == (
        "deborah-lockyer",
        "kenneth-brodrick",
    )


def test_human_resources_hand_over_only_within_the_line_of_management(
    council: SimpleNamespace, written: Appraisal
) -> None:
    for to in ("teresa-monkhouse", "rory-macaskill", "kenneth-brodrick"):
        with pytest.raises(Refused, match="line of management"):
            services.hand_over(by=council.hr, appraisal=written.pk, to=to)

    assert services.hand_over(by=council.hr, appraisal=written.pk, to="ian-muirhead").appraiser_post.code == "WST-DIR"


def test_a_deputy_reads_and_writes_from_a_day_to_a_day(council: SimpleNamespace, written: Appraisal) -> None:
    kept = services.name_deputy(
        by=council.head, person="kenneth-brodrick", starts=date(2027, 1, 18), ends=date(2027, 1, 31)
    )

    assert side_of(fresh(council.other_head), written) == Side.APPRAISER
    services.add_note(by=fresh(council.other_head), appraisal=written.pk, text="While Deborah is away")

    services.end_deputy(by=council.head, deputy=kept.pk)
    assert side_of(fresh(council.other_head), written) is None


def test_a_deputy_of_somebody_who_left_reads_nothing(council: SimpleNamespace, written: Appraisal) -> None:
    services.name_deputy(by=council.head, person="kenneth-brodrick", starts=date(2027, 1, 18), ends=date(2027, 1, 31))
    Appointment.objects.filter(post__code="WST-HEAD").update(ends=date(2027, 1, 17))

    assert side_of(fresh(council.other_head), written) is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"person": "deborah-lockyer"}, "person"),
        ({"ends": date(2027, 1, 1)}, "ends"),
        ({"ends": date(2028, 1, 31)}, "ends"),
        ({"person": "nobody"}, "person"),
    ],
)
def test_a_deputy_is_named_sensibly(council: SimpleNamespace, year: Any, change: dict[str, Any], field: str) -> None:
    named = {"person": "kenneth-brodrick", "starts": date(2027, 1, 18), "ends": date(2027, 1, 31)} | change

    with pytest.raises(Refused) as refused:
        services.name_deputy(by=council.head, **named)

    assert list(refused.value.faults) == [field]


def test_moderation_is_switched_on_before_its_year_begins(council: SimpleNamespace, year: AppraisalYear) -> None:
    with pytest.raises(Refused) as refused:
        services.add_template(by=council.hr, year=year, tier="manager", title="Managers", scale=SCALE, moderated=True)

    assert list(refused.value.faults) == ["moderated"]
