"""Pages that belong to no one app: about, accessibility, the style guide, and what is said when things go wrong."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.translation import gettext as _

from goldenthread.web.permission import public
from goldenthread.web.render import page


@public
def about(request: HttpRequest) -> HttpResponse:
    return page(request, "web/about.html")


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return page(request, "web/accessibility.html")


@public
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component with data, empty and in error: for those who build pages, not for a council's site."""
    if not (settings.DEMONSTRATION or settings.DEBUG):
        raise Http404
    from goldenthread.web.style_guide import examples

    return page(request, "web/style_guide.html", examples(request))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Asked for too oddly to be understood: no part of the request is trusted, so the page stands on its own."""
    return _alone(
        400,
        _("This request could not be read"),
        _("Go back and try again. If you came here by a link or a bookmark, it may be broken."),
    )


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Signed in, but not allowed here. A view may say why: ``raise PermissionDenied("The period is locked.")``"""
    return page(request, "web/refused.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "web/not_found.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Our fault. Nothing that could fail again is asked for: no database, no session, no static file's name."""
    return _alone(
        500,
        _("Sorry, something went wrong"),
        _("Nothing that was confirmed has been lost. Try again soon; if it goes on, tell your administrator."),
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token does not match: usually a page left open over a sign-out."""
    return page(request, "web/stale_form.html", status=403)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Asked for too often in a minute: somebody guesses at a password."""
    return page(request, "web/too_many.html", status=429)


def _alone(status: int, title: str, text: str) -> HttpResponse:
    words = {"title": title, "text": text, "home": _("Go to the home page"), "style": _style()}
    return HttpResponse(get_template("web/alone.html", using="jinja2").template.render(words), status=status)


def _style() -> str:
    try:
        return static("web/dist/site.css")
    except ValueError:  # not among the collected static files: the page is plain, but it is shown
        return ""
