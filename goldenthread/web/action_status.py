"""How an action stands, on a page: a shape, a word, and only then a colour. Complete is not the green of on track."""

from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup, escape

from goldenthread.domain.words import ActionStatus

ACTION_WORDS = {
    ActionStatus.COMPLETE: _("Complete"),
    ActionStatus.ON_TRACK: _("On track"),
    ActionStatus.AT_RISK: _("At risk"),
    ActionStatus.LATE: _("Late"),
    ActionStatus.NO_DATE: _("No date"),
    ActionStatus.CANCELLED: _("Cancelled"),
}
_LINE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
_SHAPES = {
    ActionStatus.COMPLETE: '<path d="M1 1H15V15H1ZM4 8.2L6.9 11.2L12.2 5.2L10.9 4.1L6.8 8.8L5.2 7.1Z"'
    ' fill="currentColor" fill-rule="evenodd"/>',
    ActionStatus.ON_TRACK: f'<path d="M1.8 8H13.6M9 3.4L13.8 8L9 12.6" {_LINE}/>',
    ActionStatus.AT_RISK: '<path d="M8 .9L15.1 8L8 15.1L.9 8Z" fill="currentColor"/>',
    ActionStatus.LATE: '<path d="M8 1.2L15.4 14.4H.6Z" fill="currentColor"/>',
    ActionStatus.NO_DATE: f'<path d="M4 8H4.01M8 8H8.01M12 8H12.01" {_LINE}/>',
    ActionStatus.CANCELLED: f'<path d="M3.5 3.5L12.5 12.5M12.5 3.5L3.5 12.5" {_LINE}/>',
}


def action_tag(status: ActionStatus | str) -> Markup:
    """The action's status with its shape."""
    return _action_tag(status, get_language())


@lru_cache(maxsize=64)
def _action_tag(name: str, _language: str | None) -> Markup:
    status = ActionStatus(name)
    return Markup(  # noqa: S704 (made of our own words only, each escaped)
        f'<span class="gt-status gt-status--{status}">'
        f'<svg class="gt-shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">'
        f"{_SHAPES[status]}</svg><span>{escape(ACTION_WORDS[status])}</span></span>"
    )
