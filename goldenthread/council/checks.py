"""What the verbs of the council ask of everything they are given."""

from datetime import date
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from goldenthread.history.acts import Refused
from goldenthread.web.addresses import leads_elsewhere

Row = TypeVar("Row", bound=Model)


def found(model: type[Row], field: str, code: str) -> Row:
    """The row of a code. Raises Refused at ``field`` where there is none."""
    row = model._default_manager.filter(code=code).first()
    if row is None:
        raise Refused({field: _("There is no %(kind)s %(code)s.") % {"kind": model._meta.verbose_name, "code": code}})
    return row


def found_if_named(model: type[Row], field: str, code: str) -> Row | None:
    return found(model, field, code) if code else None


def dates_fault(starts: date | None, ends: date | None) -> dict[str, str]:
    if starts and ends and ends < starts:
        return {"ends": _("It ends before it starts: choose a later day.")}
    return {}


def empty_faults(**texts: str) -> dict[str, str]:
    return {name: _("Write one.") for name, text in texts.items() if not text.strip()}


def taken_fault(model: type[Model], code: str) -> dict[str, str]:
    if model._default_manager.filter(code__iexact=code).exists():
        return {"code": _("%(code)s is in use already: choose another code.") % {"code": code}}
    return {}


def address_fault(page: str, code: str) -> dict[str, str]:
    """A code that stands in the address of another page, so that ``page`` could never be opened for it."""
    if code and leads_elsewhere(page, code):
        return {"code": _("“%s” stands in the address of another page: choose another code.") % code}
    return {}


def refuse_if(faults: dict[str, Any]) -> None:
    if faults:
        raise Refused(faults)
