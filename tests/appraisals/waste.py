"""A small council with one line of management, an officer appraised by a head, and a year half-way through."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from goldenthread.accounts.models import User
from goldenthread.appraisals import services
from goldenthread.appraisals.models import Appraisal, AppraisalYear, Framework, Objective
from goldenthread.council.models import Appointment, Grant, Person, Post, Role, Unit
from goldenthread.measures.models import Measure, MeasureLink
from goldenthread.plans.models import Action, Element, ElementKind, Link, Milestone, Plan

SCALE = ((1, "Needs to improve"), (2, "Good"), (3, "Outstanding"))
#: What no page, file, log or table may show to anybody but those who may read the appraisal.
MARKER = "Quokka-of-the-seven-lamps"


def make_council() -> SimpleNamespace:
    """Who is who: each a user, with the post they hold."""
    whole = Unit.objects.create(code="WCC", name="Wenlow City Council", kind="council")
    waste = Unit.objects.create(code="WST", name="Waste and Recycling", parent=whole)
    posts: dict[str, Post] = {}
    for code, title, unit, tier, above in (
        ("CEO", "Chief Executive", whole, "chief officer", None),
        ("WST-DIR", "Director of City Operations", whole, "chief officer", "CEO"),
        ("WST-HEAD", "Head of Waste", waste, "head", "WST-DIR"),
        ("WST-OFF", "Waste Officer", waste, "officer", "WST-HEAD"),
        ("HRO-HEAD", "Head of Human Resources", whole, "head", "CEO"),
        ("HWY-HEAD", "Head of Highways", whole, "head", "WST-DIR"),
        ("SYS", "Systems Administrator", whole, "officer", "HRO-HEAD"),
    ):
        posts[code] = Post.objects.create(
            code=code, title=title, unit=unit, tier=tier, reports_to=posts[above] if above else None
        )
    who: dict[str, User] = {}
    for name, code, post in (
        ("chief", "marian-thackeray", "CEO"),
        ("director", "ian-muirhead", "WST-DIR"),
        ("head", "deborah-lockyer", "WST-HEAD"),
        ("officer", "meera-pillai", "WST-OFF"),
        ("hr", "teresa-monkhouse", "HRO-HEAD"),
        ("other_head", "kenneth-brodrick", "HWY-HEAD"),
        ("administrator", "rory-macaskill", "SYS"),
    ):
        user = User.objects.create_user(f"{code}@wenlow.example", name=code.replace("-", " ").title())
        person = Person.objects.create(code=code, name=user.name, user=user)
        Appointment.objects.create(person=person, post=posts[post], starts=date(2020, 4, 1))
        who[name] = user
    Grant.objects.create(role="human_resources", post=posts["HRO-HEAD"])
    Grant.objects.create(role="administrator", post=posts["SYS"])
    Grant.objects.create(role="head_of_service", post=posts["HWY-HEAD"])
    return SimpleNamespace(**who, posts=posts)


def open_the_year(council: SimpleNamespace) -> AppraisalYear:
    """2026/27 with a template for each tier, and everybody's appraisal begun."""
    opened = services.open_year(
        by=council.hr,
        period="2026/27",
        objectives_due=date(2026, 5, 29),
        mid_year_due=date(2026, 10, 30),
        year_end_due=date(2027, 3, 31),
        signed_due=date(2027, 4, 30),
    )
    for tier in ("chief officer", "head", "officer"):
        services.add_template(
            by=council.hr,
            year=opened,
            tier=tier,
            title=tier.capitalize(),
            scale=SCALE,
            sections=({"code": "well", "title": "What went well", "hint": "In your own words."},),
        )
    services.begin_appraisals(by=council.hr, year=opened)
    return opened


def fresh(user: User) -> Any:
    """``user`` as at the next request: roles are read once a request."""
    return User.objects.get(pk=user.pk)


def expect_competencies(council: SimpleNamespace, year: AppraisalYear) -> Framework:
    """Two competencies at two levels, of which officers are expected to show the first; they make 40% of the whole."""
    framework = services.start_framework(by=council.hr, title="How we work", levels=["Everybody", "Leads others"])
    levels = list(framework.levels.all())
    for title, shows in (("Listens", ("Hears people out", "Asks the quiet ones")), ("Learns", ("Asks", "Coaches"))):
        behaviours = {level.pk: text for level, text in zip(levels, shows, strict=True)}
        services.write_competency(by=council.hr, framework=framework.pk, title=title, behaviours=behaviours)
    services.adopt_framework(by=council.hr, framework=framework.pk)
    # The year has begun, so that no verb would change its templates any more.
    expected = {"framework": framework, "level": levels[0], "competencies_share": 40}
    year.templates.filter(tier="officer").update(**expected)
    return framework


def add_colleague(council: SimpleNamespace) -> User:
    """Somebody who works with the officer, and has no part in the officer's appraisal."""
    post = Post.objects.create(code="HWY-OFF", title="Highways Officer", unit=council.posts["HWY-HEAD"].unit)
    user = User.objects.create_user("sam-treadwell@wenlow.example", name="Sam Treadwell")
    person = Person.objects.create(code="sam-treadwell", name=user.name, user=user)
    Appointment.objects.create(person=person, post=post, starts=date(2020, 4, 1))
    return user


def write_everything(council: SimpleNamespace, year: AppraisalYear) -> Appraisal:
    """Everything that can be written of the officer, with the marker in every text; ready to be signed."""
    appraisal = year.appraisals.get(person__code="meera-pillai")
    officer, head, key = council.officer, council.head, appraisal.pk
    objective = services.write_objective(by=officer, appraisal=key, what=f"{MARKER} what", success=f"{MARKER} success")
    services.agree_objectives(by=head, appraisal=key)
    services.add_evidence(by=officer, appraisal=key, objective=objective.pk, text=f"{MARKER} evidence")
    services.add_note(by=head, appraisal=key, text=f"{MARKER} note")
    services.add_need(by=officer, appraisal=key, text=f"{MARKER} need", how=f"{MARKER} how")
    services.hold_mid_year(by=head, appraisal=key)
    colleague = add_colleague(council)
    asked = services.ask_for_feedback(by=officer, appraisal=key, person="sam-treadwell", text=f"{MARKER} question")
    services.give_feedback(by=colleague, asked=asked.pk, text=f"{MARKER} feedback")
    expect_competencies(council, appraisal.year)
    competencies = [one.pk for one in appraisal.template.competencies]
    for by, rating in ((officer, 3), (head, 2)):
        services.rate(
            by=by,
            appraisal=key,
            ratings={objective.pk: rating},
            texts={objective.pk: f"{MARKER} rating"},
            competencies=dict.fromkeys(competencies, rating),
            competency_texts=dict.fromkeys(competencies, f"{MARKER} example"),
            comments={"well": f"{MARKER} comment"},
        )
    services.hold_year_end(by=head, appraisal=key)
    services.disagree(by=officer, appraisal=key, text=f"{MARKER} disagreement")
    services.answer_disagreement(by=council.director, appraisal=key, text=f"{MARKER} answer")
    return Appraisal.objects.select_related("appraiser_post").get(pk=key)


def mark_everything(council: SimpleNamespace, year: AppraisalYear, written: Appraisal) -> Appraisal:
    """What was written, on the thread, in a crew and in a record that was opened."""
    plan = Plan.objects.create(code="WST26", title="Waste service plan", state="adopted")
    kind = ElementKind.objects.create(code="objective", title="Objective", counts_as="objective")
    owner = council.posts["WST-OFF"]
    above = Element.objects.create(code="P1", plan=plan, kind=kind, title="A clean city")
    element = Element.objects.create(code="WST-1", plan=plan, kind=kind, title="Cleaner rounds", owner=owner)
    Link.objects.create(above=above, below=element)
    measure = Measure.objects.create(code="WS-01", title="Missed collections", unit=owner.unit)
    MeasureLink.objects.create(measure=measure, element=element)
    action = Action.objects.create(code="ROUNDS", element=element, title="Redraw the rounds", owner=owner)
    Milestone.objects.create(action=action, code="M1", title="The rounds are drawn")
    Objective.objects.create(appraisal=written, order=2, element=element, measure=measure)
    Objective.objects.create(appraisal=written, order=3, action=action)
    services.form_crew(by=council.head, year=year, name="Round 7", members=[written.pk])
    crew = written.membership.crew
    services.write_crew_objective(by=council.head, crew=crew.pk, what=f"{MARKER} shared", success=f"{MARKER} all")
    _open_to_two_others(written)
    return written


def _open_to_two_others(written: Appraisal) -> None:
    """The record stands open, to two officers who are none of those who look here."""
    one, two = (outsider_as(code, Role.HUMAN_RESOURCES) for code in ("first-officer", "second-officer"))
    asked = services.ask_disclosure(by=one, appraisal=written.pk, purpose="grievance", reason="A case", days=14)
    services.grant_disclosure(by=two, disclosure=asked.pk)
    services.place_hold(by=one, appraisal=written.pk, reason="A case")


def outsider_as(code: str, role: str) -> User:
    """Somebody who holds that role everywhere, and no post."""
    user = User.objects.create_user(f"{code}@wenlow.example", name=code)
    Grant.objects.create(role=role, person=Person.objects.create(code=code, name=code, user=user))
    return user
