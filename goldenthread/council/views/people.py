"""Settings: people, the posts they hold, the roles they have, and whether they may sign in."""

from allauth.account.forms import ResetPasswordForm
from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.council import services
from goldenthread.council.forms import AppointForm, EndForm, GrantForm, PersonForm
from goldenthread.council.models import Appointment, Grant, Person
from goldenthread.council.queries import members, roles_of_person
from goldenthread.council.sign_in import may_sign_in
from goldenthread.council.views.saving import saved
from goldenthread.history.acts import Refused
from goldenthread.history.clock import today
from goldenthread.web.permission import requires, signed_in
from goldenthread.web.posting import posted
from goldenthread.web.render import page

#: The latest first; what began at the beginning, last.
LATEST = F("starts").desc(nulls_last=True)


@requires("council.view_person", navigation="settings")
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, with their posts and roles today."""
    search = request.GET.get("search", "").strip()
    return page(
        request,
        "council/people.html",
        {"members": members(today(), search=search), "search": search, "may_sign_in": may_sign_in},
    )


@requires("council.change_person", navigation="settings")
def new_person(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and saved(
        request, form, services.add_person, _("The person is added. Appoint them to a post next.")
    ):
        return redirect("council:person", form.cleaned_data["code"])
    return page(
        request,
        "council/form.html",
        {"form": form, "title": _("New person"), "back": "council:people", "back_text": _("People")},
    )


@requires("council.view_person", navigation="settings")
def person(request: HttpRequest, code: str) -> HttpResponse:
    """One person: posts, roles, sign-in."""
    return _person_page(request, _person(code))


@requires("council.change_person", navigation="settings")
def change_person(request: HttpRequest, code: str) -> HttpResponse:
    row = _person(code)
    initial = {name: getattr(row, name) for name in ("name", "email", "employee_number")}
    form = PersonForm(request.POST if request.method == "POST" else None, initial=initial, existing=True)
    if request.method == "POST" and saved(request, form, _change, _("The details are changed."), person=code):
        return redirect("council:person", code)
    return page(
        request,
        "council/form.html",
        {"form": form, "title": row.name, "caption": row.code, "back": "council:people", "back_text": _("People")},
    )


def _change(*, by: User, person: str, **changes: object) -> None:
    services.change_person(by=by, person=person, changes=changes)


@requires("council.change_person", navigation="settings")
@posted(form_at="council:person")
def appoint(request: HttpRequest, code: str) -> HttpResponse:
    row, form = _person(code), AppointForm(request.POST, auto_id="appoint-%s")
    if saved(request, form, services.appoint, _("%s is appointed.") % row.name, person=code):
        return redirect("council:person", code)
    return _person_page(request, row, appoint=form)


@requires("council.change_grant", navigation="settings")
@posted(form_at="council:person")
def grant(request: HttpRequest, code: str) -> HttpResponse:
    row, form = _person(code), GrantForm(request.POST, auto_id="grant-%s")
    if saved(request, form, services.grant_role, _("The role is given."), person=code):
        return redirect("council:person", code)
    return _person_page(request, row, grant=form)


@requires("council.change_person", navigation="settings")
def end_appointment(request: HttpRequest, key: int) -> HttpResponse:
    row = get_object_or_404(Appointment.objects.select_related("person", "post"), pk=key)
    form = EndForm(request.POST if request.method == "POST" else None, initial={"ends": today()})
    done = _("%(name)s leaves the post.") % {"name": row.person.name}
    if request.method == "POST" and saved(request, form, services.end_appointment, done, appointment=key):
        return redirect("council:person", row.person.code)
    return _ending(request, form, _("%(name)s leaves: %(post)s") % {"name": row.person.name, "post": row.post.title})


@requires("council.change_grant", navigation="settings")
def end_grant(request: HttpRequest, key: int) -> HttpResponse:
    row = get_object_or_404(Grant.objects.select_related("person", "post", "body", "unit"), pk=key)
    form = EndForm(request.POST if request.method == "POST" else None, initial={"ends": today()})
    if request.method == "POST" and saved(request, form, services.end_grant, _("The role is ended."), grant=key):
        return redirect("council:person", row.person.code) if row.person else redirect("council:roles")
    return _ending(request, form, _("End a role: %s") % row)


@requires("council.change_person", navigation="settings")
@posted(form_at="council:person")
def account(request: HttpRequest, code: str) -> HttpResponse:
    """Open a sign-in and send its link, or close one."""
    row = _person(code)
    try:
        if request.POST.get("close"):
            services.close_account(by=signed_in(request), person=code)
            messages.success(request, _("%s can no longer sign in.") % row.name)
        else:
            user = services.open_account(by=signed_in(request), person=code)
            _invite(request, user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("council:person", code)


def _invite(request: HttpRequest, user: User) -> None:
    """Send the link by which they choose a password; the account stands whether the mail server takes it or not."""
    link = ResetPasswordForm(data={"email": user.email})
    try:
        if link.is_valid():
            link.save(request)
    except OSError:  # what the mail library raises is one, too
        said = _(
            "The account is open, but the mail to %s could not be sent. Its link comes from “Forgotten your password?”"
        )
        messages.error(request, said % user.email)
    else:
        messages.success(request, _("A link to choose a password is on its way to %s.") % user.email)


def _person(code: str) -> Person:
    return get_object_or_404(Person.objects.select_related("user"), code=code)


def _person_page(
    request: HttpRequest, row: Person, *, appoint: AppointForm | None = None, grant: GrantForm | None = None
) -> HttpResponse:
    context = {
        "person": row,
        "appointments": Appointment.objects.filter(person=row).select_related("post__unit").order_by(LATEST, "-pk"),
        "grants": Grant.objects.filter(person=row).select_related("unit").order_by(LATEST, "-pk"),
        "by_post": roles_of_person(row, today()),
        "absences": row.absences.all(),
        "appoint": appoint or AppointForm(initial={"starts": today()}, auto_id="appoint-%s"),
        "grant": grant or GrantForm(initial={"starts": today()}, auto_id="grant-%s"),
        "faulty": appoint if appoint is not None else grant,
        "today": today(),
        "may_sign_in": may_sign_in,
    }
    return page(request, "council/person.html", context)


def _ending(request: HttpRequest, form: EndForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": "council:people", "back_text": _("People")}
    return page(request, "council/form.html", context)
