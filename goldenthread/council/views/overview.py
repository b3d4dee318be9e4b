"""The structure of the council, and the way into the settings."""

from datetime import date, datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from goldenthread.council.models import Person, Post, Unit
from goldenthread.council.queries import roles_held
from goldenthread.council.structure import structure
from goldenthread.history.clock import today
from goldenthread.web.forms import DAY_FORMS, DayField
from goldenthread.web.permission import requires
from goldenthread.web.render import page


class DayForm(forms.Form):
    on = DayField(label=_("As it was on"), required=False)


@requires("council.view_unit", navigation="people")
def structure_page(request: HttpRequest) -> HttpResponse:
    """The council at a glance: its units, who leads them, who holds which post, and who sits on what."""
    day = _day(request.GET.get("on", ""))
    context = {"found": structure(day), "form": DayForm(request.GET), "is_today": day == today()}
    return page(request, "council/structure.html", context)


def _day(said: str) -> date:
    """The day asked for; today where it cannot be read."""
    for form in DAY_FORMS:
        try:
            return datetime.strptime(said.strip(), form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return today()


@requires("council.view_settings", navigation="settings")
def settings(request: HttpRequest) -> HttpResponse:
    """What there is to look after."""
    counts = {
        "units": Unit.objects.count(),
        "posts": Post.objects.count(),
        "people": Person.objects.count(),
        "sign_ins": Person.objects.filter(user__is_active=True).count(),
        "roles": roles_held(today()).count(),
    }
    return page(request, "council/settings.html", {"counts": counts})


@requires("council.view_grant", navigation="settings")
def roles(request: HttpRequest) -> HttpResponse:
    """Who may do what, and where."""
    return page(request, "council/roles.html", {"grants": roles_held(today())})
