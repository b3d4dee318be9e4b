"""The Jinja2 engine of the pages: our apps' templates, the component library's, and Django's form templates."""

from pathlib import Path
from typing import Any

import django.forms
from django.apps import apps
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader


def environment(**options: Any) -> Environment:
    ours = [Path(app.path) / "templates" for app in apps.get_app_configs() if app.name.startswith("goldenthread.")]
    options["loader"] = ChoiceLoader(
        [
            FileSystemLoader([folder for folder in ours if folder.is_dir()]),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            FileSystemLoader(Path(django.forms.__file__).parent / "jinja2"),
        ]
    )
    options["autoescape"] = True
    env = Environment(extensions=["jinja2.ext.i18n"], **options)
    env.install_gettext_callables(
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
        newstyle=True,
    )
    env.globals.update(static=static, url=_url)
    return env


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)
