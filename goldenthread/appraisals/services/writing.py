"""What is written in an appraisal: objectives, evidence, notes, ratings, comments. All of it is sealed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypedDict, TypeVar, Unpack

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.appraisals.models import Appraisal, Objective, Sealed, Side
from goldenthread.appraisals.services.act import person_of, sealed_row, writing
from goldenthread.history.acts import Refused
from goldenthread.history.models import Change
from goldenthread.measures.models import Measure
from goldenthread.plans.models import Action, Element

Chosen = TypeVar("Chosen", Element, Measure, Action)
BOTH = (Side.APPRAISEE, Side.APPRAISER)
Kind = Sealed.Kind


class ObjectiveSaid(TypedDict, total=False):
    """What is said of an objective; ``measure`` or ``action`` is what it is, where that is live."""

    what: str
    success: str
    by_when: date | None
    weight: Decimal | None
    element: str
    measure: str
    action: str


def write_objective(
    *, by: User, appraisal: int, objective: int | None = None, **said: Unpack[ObjectiveSaid]
) -> Objective:
    """Write an objective, or write it anew. It may be a measure or an action, whose progress is then live.

    Once the objectives are agreed only the appraiser changes them. Raises Refused by the field.
    """
    words, serves = words_of(said), served_by(said)
    with writing(by=by, appraisal=appraisal, sides=BOTH) as (row, side, change):
        _refuse_if_agreed(row, side)
        kept = _objective(row, objective)
        _refuse_if_shared(kept)
        kept.element, kept.measure, kept.action = serves
        kept.save()
        sealed_row(row, Kind.OBJECTIVE, words, side=side, by=person_of(by), change=change, objective=kept).save()
        return kept


def words_of(said: ObjectiveSaid) -> dict[str, str]:
    """What is sealed of an objective. Raises Refused where nothing is written and it is nothing live."""
    what, by_when, weight = said.get("what", "").strip(), said.get("by_when"), said.get("weight")
    if not what and not said.get("measure") and not said.get("action"):
        raise Refused({"what": _("Write what will be different, or choose the measure or action that it is.")})
    if weight is not None and not 0 < weight <= 100:
        raise Refused({"weight": _("Write a number from 1 to 100.")})
    return {
        "what": what,
        "success": said.get("success", "").strip(),
        "by_when": by_when.isoformat() if by_when else "",
        "weight": str(weight) if weight is not None else "",
    }


def served_by(said: ObjectiveSaid) -> tuple[Element | None, Measure | None, Action | None]:
    """The element an objective serves, and the measure or action that it is."""
    if said.get("measure") and said.get("action"):
        raise Refused({"action": _("Choose a measure or an action, not both.")})
    return (
        _chosen(Element, "element", said.get("element", "")),
        _chosen(Measure, "measure", said.get("measure", "")),
        _chosen(Action, "action", said.get("action", "")),
    )


def drop_objective(*, by: User, appraisal: int, objective: int) -> Objective:
    """Take an objective out. What was written of it stays, sealed."""
    with writing(by=by, appraisal=appraisal, sides=BOTH) as (row, side, change):
        _refuse_if_agreed(row, side)
        kept = _objective(row, objective)
        _refuse_if_shared(kept)
        kept.dropped_on = change.at.date()
        kept.save(update_fields=["dropped_on"])
        return kept


def add_evidence(*, by: User, appraisal: int, objective: int, text: str) -> None:
    """Say what was done towards an objective."""
    _refuse_empty(text=text)
    with writing(by=by, appraisal=appraisal, sides=BOTH) as (row, side, change):
        _keep(row, Kind.EVIDENCE, {"text": text.strip()}, side, by, change, objective=_objective(row, objective))


def add_note(*, by: User, appraisal: int, text: str, on: date | None = None) -> None:
    """Keep a note of a one-to-one, which both read."""
    _refuse_empty(text=text)
    with writing(by=by, appraisal=appraisal, sides=BOTH) as (row, side, change):
        said = {"text": text.strip(), "on": (on or change.at.date()).isoformat()}
        _keep(row, Kind.NOTE, said, side, by, change)


def write_comment(*, by: User, appraisal: int, topic: str, text: str) -> None:
    """Write about a stage or a section of the template; each side has a word of its own."""
    _refuse_empty(text=text)
    with writing(by=by, appraisal=appraisal, sides=BOTH) as (row, side, change):
        _keep(row, Kind.COMMENT, {"text": text.strip()}, side, by, change, topic=topic)


def rate(
    *,
    by: User,
    appraisal: int,
    ratings: Mapping[int, int],
    texts: Mapping[int, str] | None = None,
    competencies: Mapping[int, int] | None = None,
    competency_texts: Mapping[int, str] | None = None,
    overall: int | None = None,
    comments: Mapping[str, str] | None = None,
) -> None:
    """Rate objectives and competencies, from one's own side, with a word on each; ``overall`` where it is judged.

    Raises Refused for objectives not yet agreed, or a rating or competency that the template does not have.
    """
    with writing(by=by, appraisal=appraisal, sides=BOTH) as (row, side, change):
        if row.objectives_on is None:
            raise Refused({"": _("Agree the objectives first.")})
        known = dict(row.template.ratings.words)
        for key, rating in ratings.items():
            if rating not in known:
                raise Refused({f"rating-{key}": _("Choose one of the ratings.")})
            said = {"rating": rating, "text": (texts or {}).get(key, "").strip()}
            _keep(row, Kind.RATING, said, side, by, change, objective=_objective(row, key))
        expected = {competency.pk for competency in row.template.competencies}
        for key, rating in (competencies or {}).items():
            if rating not in known or key not in expected:
                raise Refused({f"competency-{key}": _("Choose one of the ratings.")})
            said = {"rating": rating, "text": (competency_texts or {}).get(key, "").strip()}
            _keep(row, Kind.COMPETENCY, said, side, by, change, topic=str(key))
        if overall is not None:
            if overall not in known:
                raise Refused({"overall": _("Choose one of the ratings.")})
            _keep(row, Kind.OVERALL, {"rating": overall}, side, by, change)
        for topic, text in (comments or {}).items():
            if text.strip():
                _keep(row, Kind.COMMENT, {"text": text.strip()}, side, by, change, topic=topic)


def _keep(
    row: Appraisal,
    kind: str,
    said: Mapping[str, object],
    side: str,
    by: User,
    change: Change,
    *,
    objective: Objective | None = None,
    topic: str = "",
) -> None:
    sealed_row(row, kind, said, side=side, by=person_of(by), change=change, objective=objective, topic=topic).save()


def _objective(appraisal: Appraisal, key: int | None) -> Objective:
    """The objective of the appraisal, a new one for None. Raises Refused where it is not among the appraisal's own."""
    if key is None:
        return Objective(appraisal=appraisal, order=appraisal.objectives.count() + 1)
    found = appraisal.objectives.filter(pk=key, dropped_on__isnull=True).first()
    if found is None:
        raise Refused({"": _("That objective is not in this appraisal.")})
    return found


def _chosen(model: type[Chosen], field: str, code: str) -> Chosen | None:
    if not code:
        return None
    found = model._default_manager.filter(code=code).first()
    if found is None:
        raise Refused({field: _("There is none of that code.")})
    return found


def _refuse_if_agreed(appraisal: Appraisal, side: Side) -> None:
    if appraisal.objectives_on is not None and side != Side.APPRAISER:
        raise Refused({"": _("The objectives are agreed: ask your appraiser to change them.")})


def _refuse_if_shared(objective: Objective) -> None:
    if objective.pk and hasattr(objective, "shared"):
        raise Refused({"": _("The whole crew shares this objective: change it on the crew's page.")})


def _refuse_empty(**texts: str) -> None:
    faults = {name: _("Write something first.") for name, text in texts.items() if not text.strip()}
    if faults:
        raise Refused(faults)
