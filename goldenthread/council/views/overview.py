"""The structure of the council, and the way into the settings."""

from datetime import date, datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.council import services
from goldenthread.council.forms import GiveForm
from goldenthread.council.models import Person, Post, Unit
from goldenthread.council.queries import roles_held, roles_reaching
from goldenthread.council.roles import reached
from goldenthread.council.sign_in import signing_in
from goldenthread.council.structure import structure
from goldenthread.history.acts import Refused
from goldenthread.history.clock import today
from goldenthread.web.forms import DAY_FORMS, DayField
from goldenthread.web.permission import requires, signed_in
from goldenthread.web.render import page

#: How many of those whom a role reaches are named.
REACHED = 8


class DayForm(forms.Form):
    on = DayField(label=gettext_lazy("As it was on"), required=False)


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
        "sign_ins": Person.objects.filter(signing_in("user__")).count(),
        "roles": roles_held(today()).count(),
    }
    return page(request, "council/settings.html", {"counts": counts})


@requires("council.view_grant", navigation="settings")
def roles(request: HttpRequest) -> HttpResponse:
    """Who may do what, and where."""
    return page(request, "council/roles.html", {"held": roles_reaching(today()), "shown": REACHED})


@requires("council.change_grant", navigation="settings")
def give_role(request: HttpRequest) -> HttpResponse:
    """Give a role to whoever holds a post or sits in a seat."""
    form = GiveForm(
        request.POST if request.method == "POST" else None,
        initial={"starts": today(), "holder": request.GET.get("to", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = services.grant_role(by=signed_in(request), **form.asked())
        except Refused as refused:
            form.take(refused)
        else:
            people = reached([given], max(today(), given.starts or today()))[given.pk]
            names = ", ".join(person.name for person in people[:REACHED])
            told = _("The role is given. It reaches %s.") % (names or _("nobody yet: the place is vacant"))
            messages.success(request, told)
            return redirect("council:roles")
    return page(
        request,
        "council/form.html",
        {
            "form": form,
            "title": _("Give a role"),
            "lead": _("Whoever holds the post or sits in the seat has it; a successor from their first day."),
            "back": "council:roles",
            "back_text": _("Roles"),
        },
    )
