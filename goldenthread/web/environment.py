"""The Jinja2 engine of the pages: our apps' templates, the component library's, and Django's form templates.

A template imports macros by ``{% from "web/forms.html" import field %}``; they see no context: pass what they need.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import django.forms
from django.apps import apps
from django.templatetags.static import static
from django.utils import translation
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader

from goldenthread.web import filters, links, status
from goldenthread.web.action_status import action_tag
from goldenthread.web.forms import can_choose, errors_of, field_params


def _gettext(text: str) -> str:
    return _told(translation.get_language(), text)


@lru_cache(10_000)
def _told(language: str | None, text: str) -> str:
    """Looking up a text that is not translated walks a chain of catalogues, hundreds of times a page: remembered."""
    return translation.gettext(text)


def environment(**options: Any) -> Environment:
    ours = [Path(app.path) / "templates" for app in apps.get_app_configs() if app.name.startswith("goldenthread.")]
    options["loader"] = ChoiceLoader(
        [
            FileSystemLoader([folder for folder in ours if folder.is_dir()]),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            FileSystemLoader(Path(django.forms.__file__).parent / "jinja2"),
        ]
    )
    options.update(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    engine = Environment(extensions=["jinja2.ext.i18n"], **options)  # noqa: S701 (it is on, see above)
    engine.install_gettext_callables(
        gettext=_gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
        newstyle=True,
    )
    engine.globals.update(
        # Where a file lies stays as it was when the process began.
        static=lru_cache(static),
        url=links.url,
        url_pattern=links.url_pattern,
        url_if_any=links.url_if_any,
        with_query=links.with_query,
        status_tag=status.status_tag,
        status_shape=status.status_shape,
        action_tag=action_tag,
        direction_arrow=status.direction_arrow,
        signal_word=status.signal_word,
        field_params=field_params,
        errors_of=errors_of,
    )
    engine.filters.update(
        can_choose=can_choose,
        day=filters.day,
        short_day=filters.short_day,
        moment=filters.moment,
        due=filters.due,
        due_in=filters.due_in,
        ago=filters.ago,
        number=filters.number,
        markdown=filters.markdown,
    )
    return engine
