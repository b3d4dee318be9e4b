"""Pages and parts of pages from Jinja2 templates, with the request, the CSRF token and the context processors."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from django.template.loader import get_template


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """The whole page."""
    return HttpResponse(get_template(template, using="jinja2").render(dict(context or {}), request), status=status)


def render_block(
    request: HttpRequest,
    template: str,
    block: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """One block of the page, for htmx to put in its place. The template's own imports and settings hold in it."""
    wrapped = get_template(template, using="jinja2")
    values = dict(context or {})
    values.update(request=request, csrf_input=csrf_input_lazy(request), csrf_token=csrf_token_lazy(request))
    for processor in wrapped.backend.template_context_processors:
        values.update(processor(request))
    jinja = wrapped.template
    running = jinja.new_context(values)
    # The first piece of the page is made and dropped: only so do the imports at the template's head take place.
    next(jinja.root_render_func(running), None)
    return HttpResponse("".join(running.blocks[block][0](running)), status=status)
