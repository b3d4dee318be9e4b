"""The docs name every setting and every command, and no link in them is broken."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from django.core.management import get_commands

from goldenthread.config import environment
from goldenthread.domain import words

ROOT = Path(__file__).resolve().parents[2]
READERS = {name for name, reader in vars(environment).items() if callable(reader) and not name.startswith("_")}
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")


def settings_read() -> set[str]:
    """The names given to goldenthread.config.environment anywhere in the package."""
    return {
        node.args[0].value
        for path in (ROOT / "goldenthread").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "environment"
        and node.func.attr in READERS
        and isinstance(node.args[0], ast.Constant)
    }


def test_deploy_names_every_setting() -> None:
    named = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "deploy.md").read_text(), re.MULTILINE))
    assert named == settings_read()


def test_the_docs_name_every_command() -> None:
    ours = {name for name, app in get_commands().items() if app.startswith("goldenthread")}
    told = "".join(path.read_text() for path in [ROOT / "README.md", ROOT / "docs" / "commands.md"])
    assert sorted(name for name in ours if f"goldenthread {name}" not in told) == []


def test_every_link_in_the_docs_resolves() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {link}"
        for path in documents()
        for link in links_in(path)
        if not resolves(path, link)
    ]
    assert broken == [], "\n".join(broken)


def test_every_document_is_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached or path.suffix != ".md" or not path.exists():
            continue
        reached.add(path)
        waiting += [(path.parent / link.partition("#")[0]).resolve() for link in links_in(path) if link[0] != "#"]
    assert sorted(str(path.relative_to(ROOT)) for path in set(documents()) - reached) == []


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def links_in(path: Path) -> Iterator[str]:
    """Links to files of ours; what stands in a block of code is not one."""
    prose = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for match in LINK.finditer(prose):
        link = match[1] or match[2]
        if not re.match(r"\w+:", link):
            yield link


def resolves(path: Path, link: str) -> bool:
    name, _, heading = link.partition("#")
    target = (path.parent / name).resolve() if name else path
    if not target.exists():
        return False
    return not heading or heading in headings_of(target)


def headings_of(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_words_explains_every_word_of_the_field() -> None:
    """A word that a file or a page may hold stands in docs/words.md as it is spelled."""
    spelled = {
        word.value
        for name, kind in vars(words).items()
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
        for word in kind
    }
    told = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs" / "words.md").read_text()))
    assert sorted(spelled - told) == []
