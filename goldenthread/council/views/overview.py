"""Settings: the way in."""

from django.http import HttpRequest, HttpResponse

from goldenthread.council.models import Person, Post, Unit
from goldenthread.council.queries import roles_held
from goldenthread.history.clock import today
from goldenthread.web.permission import requires
from goldenthread.web.render import page


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
