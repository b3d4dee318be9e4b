"""Settings: units and posts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.council import services
from goldenthread.council.forms import PostForm, UnitForm
from goldenthread.council.models import Post, Unit
from goldenthread.council.queries import posts as every_post
from goldenthread.council.queries import tree
from goldenthread.council.views.saving import saved
from goldenthread.history.clock import today
from goldenthread.web.permission import requires
from goldenthread.web.render import page


@requires("council.view_settings", navigation="settings")
def units(request: HttpRequest) -> HttpResponse:
    """The council as a tree of units."""
    return page(request, "council/units.html", {"branches": tree(today())})


@requires("council.change_unit", navigation="settings")
def new_unit(request: HttpRequest) -> HttpResponse:
    form = UnitForm(
        request.POST if request.method == "POST" else None,
        initial={"kind": "service", "parent": request.GET.get("parent", "")},
    )
    del form.fields["ends"]
    if request.method == "POST" and saved(request, form, services.add_unit, _("The unit is added.")):
        return redirect("council:units")
    return page(
        request,
        "council/form.html",
        {"form": form, "title": _("New unit"), "back": "council:units", "back_text": _("Units")},
    )


@requires("council.change_unit", navigation="settings")
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a unit."""
    row = get_object_or_404(Unit.objects.select_related("parent"), code=code)
    initial = {name: getattr(row, name) for name in ("name", "kind", "starts", "ends")}
    initial["parent"] = row.parent.code if row.parent else ""
    form = UnitForm(request.POST if request.method == "POST" else None, initial=initial, existing=True)
    if request.method == "POST" and saved(request, form, _change_unit, _("The unit is changed."), unit=code):
        return redirect("council:units")
    return page(
        request,
        "council/form.html",
        {"form": form, "title": row.name, "caption": row.code, "back": "council:units", "back_text": _("Units")},
    )


def _change_unit(*, by: User, unit: str, reason: str = "", **changes: object) -> None:
    services.change_unit(by=by, unit=unit, changes=changes, reason=reason)


@requires("council.view_settings", navigation="settings")
def posts(request: HttpRequest) -> HttpResponse:
    """Every post, who holds it and to whom it reports."""
    return page(request, "council/posts.html", {"posts": every_post(today())})


@requires("council.change_unit", navigation="settings")
def new_post(request: HttpRequest) -> HttpResponse:
    form = PostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and saved(request, form, services.add_post, _("The post is added.")):
        return redirect("council:posts")
    return page(
        request,
        "council/form.html",
        {"form": form, "title": _("New post"), "back": "council:posts", "back_text": _("Posts")},
    )


@requires("council.change_unit", navigation="settings")
def post(request: HttpRequest, code: str) -> HttpResponse:
    """Change a post."""
    row = get_object_or_404(Post.objects.select_related("unit", "reports_to"), code=code)
    initial = {
        "title": row.title,
        "unit": row.unit.code,
        "tier": row.tier,
        "reports_to": row.reports_to.code if row.reports_to else "",
    }
    form = PostForm(request.POST if request.method == "POST" else None, initial=initial, existing=True)
    if request.method == "POST" and saved(request, form, _change_post, _("The post is changed."), post=code):
        return redirect("council:posts")
    return page(
        request,
        "council/form.html",
        {"form": form, "title": row.title, "caption": row.code, "back": "council:posts", "back_text": _("Posts")},
    )


def _change_post(*, by: User, post: str, **changes: object) -> None:
    services.change_post(by=by, post=post, changes=changes)
