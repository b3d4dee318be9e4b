"""Dates, times, numbers and people's own text as a page writes them."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

import nh3
from django.utils import timezone, translation
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markdown_it import MarkdownIt
from markupsafe import Markup

from goldenthread.domain.figures import as_shown
from goldenthread.history.clock import today

#: What people may write in a comment or an explanation: no headings (the page has its own), pictures or HTML.
_MARKDOWN = MarkdownIt("commonmark", {"breaks": True}).enable("table")
_MARKDOWN.disable(["heading", "lheading", "image", "html_block", "html_inline"])
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "code", "pre", "hr"}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}


def day(value: date | datetime | None) -> str:
    """18 January 2027"""
    return _day(_as_day(value), translation.get_language()) if value else ""


def short_day(value: date | datetime | None) -> str:
    """18 Jan 2027"""
    return _short_day(_as_day(value), translation.get_language()) if value else ""


def moment(value: datetime | None) -> str:
    """18 January 2027, 2:30pm"""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{day(local)}, {local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def due(value: date | None, *, on: date | None = None) -> str:
    """due in 3 days (21 January 2027)"""
    return "" if value is None else f"{due_in(value, on=on)} ({day(value)})"


def due_in(value: date, *, on: date | None = None) -> str:
    """due in 3 days"""
    days = (_as_day(value) - (on or today())).days
    if days == 0:
        words = _("due today")
    elif days == 1:
        words = _("due tomorrow")
    elif days > 1:
        words = ngettext("due in %(days)d day", "due in %(days)d days", days) % {"days": days}
    else:
        words = ngettext("%(days)d day overdue", "%(days)d days overdue", -days) % {"days": -days}
    return words


def ago(value: date | datetime | None, *, on: date | None = None) -> str:
    """3 days ago (15 January 2027)"""
    if value is None:
        return ""
    days = ((on or today()) - _as_day(value)).days
    if days == 0:
        words = _("today")
    elif days == 1:
        words = _("yesterday")
    elif days > 1:
        words = ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}
    else:
        words = ngettext("in %(days)d day", "in %(days)d days", -days) % {"days": -days}
    return f"{words} ({day(value)})"


def number(value: Decimal | int | None, decimals: int | None = None) -> str:
    """1,234.5, exact, or rounded half up to ``decimals`` places (English and Welsh group their digits alike)."""
    if value is None:
        return ""
    return f"{Decimal(value):,f}" if decimals is None else f"{as_shown(Decimal(value), decimals):,f}"


def markdown(text: str | None) -> Markup:
    """People's own text as safe HTML."""
    return _markdown(text.strip()) if text and text.strip() else Markup("")


def _as_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


@lru_cache(maxsize=8192)
def _day(value: date, _language: str | None) -> str:
    return format_date(value, "j F Y")


@lru_cache(maxsize=8192)
def _short_day(value: date, _language: str | None) -> str:
    return format_date(value, "j M Y")


@lru_cache(maxsize=1024)
def _markdown(text: str) -> Markup:
    return Markup(nh3.clean(_MARKDOWN.render(text), tags=_TAGS, attributes={"a": {"href"}}))  # noqa: S704
