"""The demonstration's appraisal years, written in bulk as if their people had taken the months over it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from goldenthread.appraisals.demonstration.crews import begin_the_demonstrations_crew
from goldenthread.appraisals.demonstration.records import keep_the_demonstrations_records
from goldenthread.appraisals.models import (
    Appraisal,
    AppraisalYear,
    Asked,
    Deputy,
    Framework,
    LeftOut,
    Need,
    Objective,
    Sealed,
    Side,
)
from goldenthread.appraisals.services.act import sealed_row
from goldenthread.appraisals.services.competencies import (
    adopt_framework,
    start_framework,
    start_next_version,
    write_competency,
)
from goldenthread.appraisals.services.completion import feed_measure
from goldenthread.appraisals.services.distributions import count_ratings
from goldenthread.appraisals.services.templates import add_template
from goldenthread.appraisals.services.windows import add_window
from goldenthread.appraisals.services.years import Choice, begin_appraisals, open_year
from goldenthread.council.models import Absence, Appointment, Person, Post
from goldenthread.council.roles import running
from goldenthread.demonstration import appraisals as told
from goldenthread.demonstration import competencies as framework
from goldenthread.history.acts import keep
from goldenthread.history.clock import today
from goldenthread.history.models import Change
from goldenthread.history.services import write_change
from goldenthread.measures.models import Measure, MeasureRole
from goldenthread.plans.models import Action, Element

Kind = Sealed.Kind
#: Whose appraisal is the first on record, so that its address is always the same.
FIRST = "rory-macaskill"


def begin_the_demonstrations_appraisals() -> None:
    """This year's, in every state, and last year's, signed. Where there are appraisals already it does nothing."""
    if AppraisalYear.objects.exists() or not Person.objects.filter(code=FIRST).exists():
        return
    with transaction.atomic():
        first, second = _frameworks()
        last = _year("2025/26", 2025, first, share=0)
        this = _year("2026/27", 2026, second, share=framework.SHARE)
        add_window(
            by=None,
            year=this,
            title="Waste and Recycling, before the spring rounds",
            unit="WST",
            objectives_due=date(2026, 5, 29),
            mid_year_due=date(2026, 9, 30),
            year_end_due=date(2027, 1, 15),
            signed_due=date(2027, 1, 29),
        )
        _begin_first(this)
        begin_appraisals(by=None, year=this)
        change = write_change(by=None, verb="write_appraisals", object="demonstration")
        _ThisYear(this, change).write()
        _LastYear(last, change).write()
        feed_measure(by=None, year=this, measure=Measure.objects.filter(code="HR-03").first())
        count_ratings(by=None, year=last)
        for appraiser, deputy, starts, ends in told.DEPUTIES:
            row = Deputy(
                appraiser=Person.objects.get(code=appraiser),
                person=Person.objects.get(code=deputy),
                starts=date.fromisoformat(starts),
                ends=date.fromisoformat(ends),
            )
            keep(row, change)
        begin_the_demonstrations_crew(this)
        keep_the_demonstrations_records(this)


def _frameworks() -> tuple[Framework, Framework]:
    """The first version, the second that is in use, and a third that is being written."""
    first = start_framework(by=None, title=framework.TITLE, levels=framework.LEVELS)
    for place, told_of in enumerate(framework.COMPETENCIES):
        if place < framework.AT_FIRST:
            _write(first, *told_of)
    adopt_framework(by=None, framework=first.pk)
    second = start_next_version(by=None, framework=first.pk)
    for told_of in framework.COMPETENCIES[framework.AT_FIRST :]:
        _write(second, *told_of)
    adopt_framework(by=None, framework=second.pk)
    start_next_version(by=None, framework=second.pk)
    for version, day in ((first, date(2025, 2, 24)), (second, date(2026, 3, 2))):
        Framework.objects.filter(pk=version.pk).update(adopted_on=day)
    return first, second


def _write(version: Framework, title: str, about: str, shown: tuple[str, str, str]) -> None:
    behaviours = {level.pk: shown[level.order - 1] for level in version.levels.all()}
    write_competency(by=None, framework=version.pk, title=title, about=about, behaviours=behaviours)


def _year(period: str, begins: int, version: Framework, *, share: int) -> AppraisalYear:
    year = open_year(
        by=None,
        period=period,
        objectives_due=date(begins, 5, 29),
        mid_year_due=date(begins, 10, 30),
        year_end_due=date(begins + 1, 3, 31),
        signed_due=date(begins + 1, 4, 30),
    )
    levels = {level.order: level.pk for level in version.levels.all()}
    for tier, title in told.TIERS.items():
        add_template(
            by=None,
            year=year,
            tier=tier,
            title=title,
            scale=told.SCALE,
            sections=told.SECTIONS,
            level=levels[framework.EXPECTED[tier]] if tier in framework.EXPECTED else None,
            competencies_share=share if tier in framework.EXPECTED else 0,
        )
    return year


def _begin_first(year: AppraisalYear) -> None:
    appointment = Appointment.objects.filter(running(today()), person__code=FIRST).select_related("post").first()
    if appointment is None:
        return
    appraiser, post = Choice.of(today()).appraiser_of(appointment.post, appointment.person_id)
    Appraisal.objects.create(
        year=year,
        template=year.templates.get(tier=appointment.post.tier),
        person_id=appointment.person_id,
        post=appointment.post,
        appraiser_id=appraiser,
        appraiser_post_id=post,
    )


class _ThisYear:
    """Everybody's year so far: stages, objectives linked to what their posts answer for, and some words."""

    def __init__(self, year: AppraisalYear, change: Change) -> None:
        self.year, self.change = year, change
        self.objectives: list[Objective] = []
        self.words: list[tuple[Objective, Mapping[str, Any]]] = []
        self.sealed: list[Sealed] = []

    def write(self) -> None:
        self._leavers()
        rows = list(
            Appraisal.objects.filter(year=self.year)
            .select_related("person", "post", "appraiser", "template", "window", "year")
            .order_by("pk")
        )
        self._stages(rows)
        self._objectives(rows)
        Objective.objects.bulk_create(self.objectives)
        for objective, said in self.words:
            self._seal_objective(objective, said)
        for row in rows:
            self._seal_rest(row)
        self._feedback({row.person.code: row for row in rows})
        Sealed.objects.bulk_create(self.sealed)

    def _leavers(self) -> None:
        """Those who left in the year: their appraisals are closed on their last day."""
        left = Appointment.objects.filter(ends__gte=self.year.starts, ends__lt=today()).select_related("post", "person")
        there = set(Appraisal.objects.filter(year=self.year).values_list("person", flat=True))
        templates = {template.tier: template for template in self.year.templates.all()}
        rows = [
            Appraisal(
                year=self.year,
                template=templates[one.post.tier],
                person=one.person,
                post=one.post,
                objectives_on=date(2026, 5, 20),
                closed_on=one.ends,
            )
            for one in left
            if one.person_id not in there and one.post.tier in templates
        ]
        Appraisal.objects.bulk_create(rows)

    def _stages(self, rows: Iterable[Appraisal]) -> None:
        people = {person.code: person for person in Person.objects.filter(code__in=_named_in_hand_overs())}
        posts = {
            post.code: post
            for post in Post.objects.filter(code__in=[post for _p, post in told.NOT_HANDED_OVER.values()])
        }
        for row in rows:
            code, random = row.person.code, Random(row.person.code)  # noqa: S311
            if row.closed_on is None:
                self._stage(row, told.STAGES.get(code, "year_end"), random)
            if code in told.PROBATION:
                row.left_out, row.left_out_until = LeftOut.PROBATION, date.fromisoformat(told.PROBATION[code])
            if code in told.ABSENT:
                starts, until = told.ABSENT[code]
                ends = date.fromisoformat(until) if until else None
                keep(Absence(person=row.person, starts=date.fromisoformat(starts), ends=ends), self.change)
            if code in told.NOT_HANDED_OVER:
                person, post = told.NOT_HANDED_OVER[code]
                row.appraiser, row.appraiser_post = people[person], posts[post]
        Appraisal.objects.bulk_update(
            rows,
            [
                "objectives_on",
                "mid_year_on",
                "year_end_on",
                "appraisee_signed_on",
                "appraiser_signed_on",
                "left_out",
                "left_out_until",
                "appraiser",
                "appraiser_post",
            ],
        )

    @staticmethod
    def _stage(row: Appraisal, stage: str, random: Random) -> None:
        if row.first_due and row.first_due > date(2026, 10, 1):
            stage = "mid_year"
        if stage == "objectives":
            return
        row.objectives_on = max(date(2026, 4, 20) + timedelta(days=random.randrange(45)), row.first_due or date.min)
        if stage == "mid_year":
            return
        row.mid_year_on = date(2026, 10, 1) + timedelta(days=random.randrange(35))
        if stage == "year_end":
            return
        row.year_end_on = date(2027, 1, 6) + timedelta(days=random.randrange(7))
        if stage in ("appraisee_signed", "signed"):
            row.appraisee_signed_on = date(2027, 1, 14)
        if stage == "signed":
            row.appraiser_signed_on = date(2027, 1, 15)

    def _objectives(self, rows: Iterable[Appraisal]) -> None:
        answered = _answered_for()
        measures = {measure.code: measure for measure in Measure.objects.filter(code__in=_named_measures())}
        for row in rows:
            told_of = told.WRITTEN.get(row.person.code)
            if told_of is None:
                if row.objectives_on is not None:
                    self._usual(row, answered[row.post_id])
                continue
            served = [one["element"] for one in answered[row.post_id] if "element" in one]
            for place, said in enumerate(told_of["objectives"]):
                objective = Objective(appraisal=row, order=place + 1, measure=measures.get(said.get("measure", "")))
                objective.element = served[place % len(served)] if served and place < 2 else None
                self._take(objective, said)

    def _usual(self, row: Appraisal, answered: list[dict[str, Any]]) -> None:
        for place, serves in enumerate(answered[:3] or [{}]):
            said = {"what": told.USUAL[place], "success": told.SUCCESS, "by_when": "2027-03-31"}
            live = "measure" in serves or "action" in serves
            self._take(Objective(appraisal=row, order=place + 1, **serves), said | ({"what": ""} if live else {}))

    def _take(self, objective: Objective, said: Mapping[str, Any]) -> None:
        self.objectives.append(objective)
        self.words.append((objective, said))

    def _seal_objective(self, objective: Objective, said: Mapping[str, Any]) -> None:
        row = objective.appraisal
        words = {name: said.get(name, "") for name in ("what", "success", "by_when", "weight")}
        self._seal(row, Kind.OBJECTIVE, words, Side.APPRAISEE, date(2026, 4, 27), objective=objective)
        for text in said.get("evidence", ()):
            self._seal(row, Kind.EVIDENCE, {"text": text}, Side.APPRAISEE, date(2026, 12, 8), objective=objective)
        usual = (3, 3) if row.year_end_on else ()
        for side, rating in zip((Side.APPRAISEE, Side.APPRAISER), said.get("rated", usual), strict=False):
            self._seal(row, Kind.RATING, {"rating": rating, "text": ""}, side, date(2027, 1, 5), objective=objective)

    def _seal_rest(self, row: Appraisal) -> None:
        said = told.WRITTEN.get(row.person.code, {})
        for on, text in said.get("notes", ()):
            self._seal(row, Kind.NOTE, {"text": text, "on": on}, Side.APPRAISER, date.fromisoformat(on))
        for text, how, kind, priority, by_when in said.get("needs", self._usual_needs(row)):
            need = Need.objects.create(
                appraisal=row, kind=kind, priority=priority, by_when=date.fromisoformat(by_when) if by_when else None
            )
            words = {"text": text, "how": how}
            self._seal(row, Kind.NEED, words, Side.APPRAISEE, date(2026, 10, 30), topic=str(need.pk))
        if row.year_end_on:
            self._seal_competencies(row)
        if "well" in said:
            self._seal(row, Kind.COMMENT, {"text": said["well"]}, Side.APPRAISEE, date(2027, 1, 5), topic="well")
        if "disagreement" in said:
            self._seal(row, Kind.DISAGREEMENT, {"text": said["disagreement"]}, Side.APPRAISEE, date(2027, 1, 15))

    def _usual_needs(self, row: Appraisal) -> list[tuple[str, str, str, str, str]]:
        random = Random(f"{row.person.code} needs")  # noqa: S311
        if row.person.code in told.WRITTEN or random.random() < 0.5:
            return []
        return [(*need, "") for need in random.sample(told.USUAL_NEEDS, random.choice((1, 1, 2)))]

    def _feedback(self, rows: Mapping[str, Appraisal]) -> None:
        for about, colleague, side, question, answer in told.FEEDBACK:
            row, person = rows[about], Person.objects.get(code=colleague)
            by = row.person if side == Side.APPRAISEE else row.appraiser or row.person
            day = date(2027, 1, 8)
            answered = day + timedelta(days=3) if answer else None
            asked = Asked.objects.create(appraisal=row, person=person, by=by, asked_on=day, answered_on=answered)
            topic = str(asked.pk)
            self._seal(row, Kind.QUESTION, {"text": question}, side, day, topic=topic)
            if answered:
                kept = sealed_row(
                    row, Kind.FEEDBACK, {"text": answer}, side=Side.ASKED, by=person, change=self.change, topic=topic
                )
                self.sealed.append(kept)

    def _seal_competencies(self, row: Appraisal) -> None:
        random, said = Random(f"{row.person.code} works"), framework.SAID.get(row.person.code, {})  # noqa: S311
        for competency in row.template.competencies:
            for side in (Side.APPRAISEE, Side.APPRAISER):
                text = said.get(competency.title, "") if side == Side.APPRAISEE else ""
                rated = {"rating": random.choices((2, 3, 4), (2, 7, 3))[0], "text": text}
                self._seal(row, Kind.COMPETENCY, rated, side, date(2027, 1, 5), topic=str(competency.pk))

    def _seal(self, row: Appraisal, kind: str, said: Mapping[str, Any], side: str, on: date, **more: Any) -> None:
        by = row.person if side == Side.APPRAISEE else row.appraiser
        if by is None:
            return
        kept = sealed_row(row, kind, said, side=side, by=by, change=self.change, **more)
        kept.entered_at = datetime.combine(on, time(10), timezone.get_default_timezone())
        self.sealed.append(kept)


#: When nearly everybody's of last year was held and signed.
_SIGNED = {
    "year_end_on": date(2026, 3, 24),
    "appraisee_signed_on": date(2026, 4, 15),
    "appraiser_signed_on": date(2026, 4, 17),
}


class _LastYear:
    """Last year's, nearly all signed, with one objective each and its rating: what distributions are made of."""

    def __init__(self, year: AppraisalYear, change: Change) -> None:
        self.year, self.change = year, change

    def write(self) -> None:
        there = Appraisal.objects.filter(
            year__period="2026/27", closed_on__isnull=True, appraiser__isnull=False, first_due__isnull=True
        )
        templates = {template.tier: template for template in self.year.templates.all()}
        rows = [
            Appraisal(
                year=self.year,
                template=templates[one.post.tier],
                person=one.person,
                post=one.post,
                appraiser=one.appraiser,
                appraiser_post=one.appraiser_post,
                objectives_on=date(2025, 5, 19),
                mid_year_on=date(2025, 10, 20),
                **({} if one.person.code in told.NEVER_SIGNED else _SIGNED),
            )
            for one in there.select_related("person", "post", "appraiser").order_by("pk")
        ]
        Appraisal.objects.bulk_create(rows)
        objectives = [Objective(appraisal=row, order=1) for row in rows]
        Objective.objects.bulk_create(objectives)
        sealed = []
        for objective in objectives:
            row = objective.appraisal
            rating = Random(row.person.code).choices((1, 2, 3, 4), (3, 14, 62, 21))[0]  # noqa: S311
            words = {"what": told.USUAL[1], "success": told.SUCCESS, "by_when": "2026-03-31", "weight": ""}
            rated = {"rating": rating, "text": ""}
            parts: list[tuple[str, Mapping[str, Any], str, Person | None, dict[str, Any]]] = [
                (Kind.OBJECTIVE, words, Side.APPRAISEE, row.person, {"objective": objective}),
                (Kind.RATING, rated, Side.APPRAISER, row.appraiser, {"objective": objective}),
                *(
                    (Kind.COMPETENCY, rated, Side.APPRAISER, row.appraiser, {"topic": str(one.pk)})
                    for one in row.template.competencies
                ),
            ]
            for kind, said, side, by, about in parts:
                kept = sealed_row(row, kind, said, side=side, by=by, change=self.change, **about)
                kept.entered_at = datetime.combine(date(2026, 3, 24), time(10), timezone.get_default_timezone())
                sealed.append(kept)
        Sealed.objects.bulk_create(sealed)


def _answered_for() -> dict[int, list[dict[str, Any]]]:
    """What each post answers for, in the plans and among the measures: what its holder's objectives serve."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for element in Element.objects.filter(owner__isnull=False, plan__ends__gte=today()).order_by("code"):
        found[element.owner_id or 0].append({"element": element})
    for part in (
        MeasureRole.objects.filter(role=MeasureRole.Part.OWNER).select_related("measure").order_by("measure__code")
    ):
        if not any("measure" in one for one in found[part.post_id]):
            found[part.post_id].append({"measure": part.measure})
    for action in Action.objects.filter(owner__isnull=False).order_by("code"):
        if not any("action" in one for one in found[action.owner_id or 0]):
            found[action.owner_id or 0].append({"action": action})
    return found


def _named_measures() -> set[str]:
    return {said["measure"] for one in told.WRITTEN.values() for said in one["objectives"] if "measure" in said}


def _named_in_hand_overs() -> list[str]:
    return [person for person, _post in told.NOT_HANDED_OVER.values()]
