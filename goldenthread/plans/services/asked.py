"""What acts on plans are asked for, checked by the field before anything is written."""

from datetime import date
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from goldenthread.council.models import Post, Unit
from goldenthread.domain.words import PlanState
from goldenthread.history.acts import Refused
from goldenthread.plans.models import Action, Element, ElementKind, Plan
from goldenthread.web.addresses import leads_elsewhere

Found = TypeVar("Found", bound=Model)


def plan_to_change(code: str) -> Plan:
    """The plan, locked. Raises Refused where there is none."""
    return _locked(Plan, "plan", code)


def element_to_change(code: str, field: str = "element") -> Element:
    return _locked(Element, field, code)


def refuse_closed(element: Element, field: str = "") -> None:
    """Raise Refused where the element's plan is closed: what that says, and what serves it, stays as it was."""
    if element.plan.state == PlanState.CLOSED:
        raise Refused({field: _("That plan is closed.") if field else _("This plan is closed.")})


def action_to_change(code: str) -> Action:
    return _locked(Action, "action", code)


def _locked(model: type[Found], field: str, code: str) -> Found:
    found = model._default_manager.select_for_update().filter(code=code).first()
    if found is None:
        raise Refused({field: _no_such(field, code)})
    return found


def post_of(code: str, field: str = "owner") -> Post | None:
    """The post, or None for an empty code."""
    return _found(Post, field, code)


def unit_of(code: str) -> Unit | None:
    return _found(Unit, "unit", code)


def kind_of(code: str) -> ElementKind:
    found = _found(ElementKind, "kind", code)
    if found is None:
        raise Refused({"kind": _("Choose a kind.")})
    return found


def plan_of(code: str, field: str) -> Plan | None:
    return _found(Plan, field, code)


def _found(model: Any, field: str, code: str) -> Any:
    if not code:
        return None
    found = model.objects.filter(code=code).first()
    if found is None:
        raise Refused({field: _no_such(field, code)})
    return found


def _no_such(field: str, code: str) -> str:
    return _("There is no %(kind)s %(code)s.") % {"kind": field, "code": code}


def refuse_if(faults: dict[str, str]) -> None:
    if faults:
        raise Refused(faults)


def missing(**texts: str) -> dict[str, str]:
    """A fault for each text that is empty."""
    return {name: _("Write one.") for name, text in texts.items() if not text.strip()}


def taken(model: type[Model], code: str) -> dict[str, str]:
    """A fault where ``code`` is in use: a code is never used again for another."""
    if model._default_manager.filter(code=code).exists():
        return {"code": _("%s is in use already: choose another code.") % code}
    return {}


def hides_another(page: str, code: str) -> dict[str, str]:
    """A fault where the address of ``page`` for ``code`` is that of another page, which it would hide."""
    if code and leads_elsewhere(page, code):
        return {"code": _("“%s” stands in the address of another page: choose another code.") % code}
    return {}


def wrong_way_round(starts: date | None, ends: date | None, field: str = "ends") -> dict[str, str]:
    if starts and ends and ends < starts:
        return {field: _("This is before it starts: choose a later day.")}
    return {}
