"""Every text that a reader meets goes through gettext, and what is translated fits where it is put."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.template import engines
from django.template.base import Lexer, TokenType

PACKAGE = Path(__file__).resolve().parents[2] / "goldenthread"
WELSH = PACKAGE / "locale" / "cy" / "LC_MESSAGES" / "django.po"
OUR_ENGLISH = PACKAGE / "locale" / "en_GB" / "LC_MESSAGES" / "django.po"
#: Shown in the place of what a template works out.
WORKED_OUT = "\ufffc"
#: Attributes that a reader is shown or hears.
SAID = {"alt", "title", "aria-label", "placeholder", "aria-roledescription", "data-words"}
#: Names, the same in every language.
NAMES = {"CSV", "Excel", "Golden Thread"}
#: Those who build pages read it, nobody else.
FOR_BUILDERS = "style_guide.html"
#: Drawn for pages that pass them words of their own.
SHAPES = {"Bar", "RunPoint", "sparkline", "bullet"}


class Texts(HTMLParser):
    """The words that stand in a page's own source."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = ""
        # A tag whose name is worked out is a tag all the same.
        self.feed(source.replace(f"<{WORKED_OUT}", "<x ").replace(f"</{WORKED_OUT}", "</x "))
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        for name, value in attributes:
            if name in SAID:
                self._add(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, text: str) -> None:
        if self._inside not in ("script", "style"):
            self._add(text)

    def _add(self, text: str) -> None:
        for part in text.split(WORKED_OUT):
            words = " ".join(part.split()).strip(" –·:,.()…")
            if re.search(r"[^\W\d_]{2}", words) and words not in NAMES and not words.startswith("--"):
                self.found.append(words)


def test_no_page_holds_a_text_that_cannot_be_translated() -> None:
    bare = [
        f"{path.relative_to(PACKAGE)}: {text}"
        for path in sorted(PACKAGE.glob("*/templates/**/*.html"))
        if path.name != FOR_BUILDERS
        for text in Texts(without_jinja(path.read_text(encoding="utf-8"))).found
    ]
    assert bare == [], 'write {{ _("…") }} or {% trans %}'


def test_no_account_page_holds_a_text_that_cannot_be_translated() -> None:
    bare = [
        f"{path.relative_to(PACKAGE)}: {text}"
        for path in sorted(PACKAGE.glob("*/django_templates/**/*.html"))
        for text in Texts(without_django(path.read_text(encoding="utf-8"))).found
    ]
    assert bare == [], 'write {% trans "…" %} or {% blocktrans %}'


def test_a_bare_text_is_found() -> None:
    jinja = (
        """{# a note #}<p class="gt-quiet" title="Due on">{{ _("Owner") }} of {% trans %}the unit{% endtrans %}</p>"""
    )
    assert Texts(without_jinja(jinja)).found == ["Due on", "of"]
    django = """<p alt="{{ form.secret }}">{% trans "Owner" %} of {% blocktrans %}the unit{% endblocktrans %}</p>"""
    assert Texts(without_django(django)).found == ["of"]


def test_a_per_cent_sign_in_a_text_is_written_twice() -> None:
    """A template's texts are filled in even where nothing is put into them: "400% and" would lose its "% a"."""
    lone = [
        f"{path.relative_to(PACKAGE)}:{line}: {text}"
        for path in sorted(PACKAGE.glob("*/templates/**/*.html"))
        for line, _function, text in engines["jinja2"].env.extract_translations(path.read_text(encoding="utf-8"))
        for form in (text if isinstance(text, tuple) else (text,))
        if "%" in re.sub(r"%%|%\(\w+\)s", "", form or "")
    ]
    assert lone == []


def without_jinja(source: str) -> str:
    """What stands in the template itself, and not in a ``trans`` block."""
    kept, kind, inside_trans = [], "", False
    for _line, token, value in engines["jinja2"].env.lex(source):
        if token == "name" and kind == "block_begin":
            inside_trans = value == "trans" or (inside_trans and value != "endtrans")
        if token != "whitespace":
            kind = token
        kept.append(value if token == "data" and not inside_trans else WORKED_OUT if token.endswith("_end") else "")
    return "".join(kept)


def without_django(source: str) -> str:
    kept, inside_trans = [], False
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            word = token.contents.split()[0]
            inside_trans = word.startswith(("blocktrans", "comment")) or (
                inside_trans and not word.startswith(("endblocktrans", "endcomment"))
            )
        is_text = token.token_type == TokenType.TEXT and not inside_trans
        kept.append(token.contents if is_text else "" if token.token_type == TokenType.COMMENT else WORKED_OUT)
    return "".join(kept)


def test_no_text_stands_in_an_f_string() -> None:
    """What collects the texts does not look inside one."""
    names = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
    hidden = [
        f"{path.relative_to(PACKAGE)}:{call.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


def test_no_form_holds_a_text_that_cannot_be_translated() -> None:
    said = {"label", "help_text", "empty_label", "verbose_name"}
    bare = [
        f"{path.relative_to(PACKAGE)}:{word.value.lineno}: {word.value.value}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.name != "style_guide.py" and path.parent.name != "migrations"
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and not (isinstance(call.func, ast.Name) and call.func.id in SHAPES)
        for word in call.keywords
        if word.arg in said and isinstance(word.value, ast.Constant) and isinstance(word.value.value, str)
        if word.value.value
    ]
    assert bare == []


# What is translated.


def translated(path: Path) -> Iterator[tuple[Any, list[str]]]:
    with path.open("rb") as file:
        for message in read_po(file, locale=path.parts[-3]):
            strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
            if message.id and any(strings):
                yield message, list(strings)


@pytest.mark.parametrize("path", [WELSH, OUR_ENGLISH], ids=["cy", "en_GB"])
def test_a_translation_names_what_its_text_names(path: Path) -> None:
    odd = [
        f"{string!r} of {message.id!r}"
        for message, strings in translated(path)
        for string in strings
        if not placeholders(string) <= placeholders(str(message.id)) or ("%(" in str(message.id) and not string)
    ]
    assert odd == []


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)|\{(\w*)\}", text.replace("%%", ""))) | set(re.findall(r"%[sd]", text))


def test_welsh_knows_every_status() -> None:
    from django.utils import translation

    from goldenthread.web.words import DIRECTION_WORDS, SIGNAL_WORDS, STATE_WORDS, STATUS_WORDS

    english = [
        str(word) for words in (STATUS_WORDS, DIRECTION_WORDS, SIGNAL_WORDS, STATE_WORDS) for word in words.values()
    ]
    with translation.override("cy"):
        said = [translation.gettext(word) for word in english]
    assert [word for word, welsh in zip(english, said, strict=True) if word == welsh] == []
    assert said[:2] == ["Glas", "Gwyrdd"]


def test_allauths_words_are_not_also_ours() -> None:
    """What the English catalogue says anew is said anew wherever it stands."""
    ours = {message.id for message in every_message(WELSH)}
    assert sorted(str(message.id) for message, _strings in translated(OUR_ENGLISH) if message.id in ours) == []


def every_message(path: Path) -> list[Any]:
    with path.open("rb") as file:
        return [message for message in read_po(file) if message.id]
