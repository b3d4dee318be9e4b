"""docs/importing.md names every key of a map, every reader of periods and every shipped map; its example works."""

import ast
import re
from pathlib import Path

import pytest

from goldenthread.domain.labels import READERS
from goldenthread.importing import map_file
from goldenthread.importing.map import Format, OnFault, Repeated, Shape
from goldenthread.importing.map_file import SHIPPED
from goldenthread.importing.steps import PARTS
from goldenthread.measures.models import Result
from tests.importing.small import run_import

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
READS = {"text", "texts", "plain", "flag", "whole", "wholes", "table", "tables", "mapping"}
HELPERS = {
    *("_word", "_words", "_decimals", "_each", "_template", "_optional_template", "_templates", "_lists"),
    *("_pattern", "_conditions", "_lookup_name", "_readers", "_table"),
}


def keys_read() -> set[str]:
    """The keys that reading a map asks for."""
    found = set()
    for node in ast.walk(ast.parse(Path(map_file.__file__).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in READS | HELPERS:
                found |= {
                    one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    return {name for name in found if re.fullmatch("[a-z_]+", name)}


def words_in_code() -> set[str]:
    """The words that stand between backticks in the text, blocks of code apart."""
    prose = re.sub(r"^```.*?^```", "", DOCUMENT, flags=re.MULTILINE | re.DOTALL)
    return set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`[^`\n]+`", prose))))


def test_every_key_of_a_map_is_explained():
    assert sorted(keys_read() - words_in_code()) == []


def test_every_word_that_a_map_may_use_is_explained():
    words = {word.value for kind in (Shape, Format, OnFault, Repeated) for word in kind}
    words |= {part for parts in PARTS.values() for part in parts} | set(READERS)

    assert sorted(words - words_in_code()) == []


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_map_has_its_page(path):
    page = ROOT / "docs" / "maps" / f"{path.stem}.md"

    assert f"(maps/{path.stem}.md)" in DOCUMENT
    assert f"--map {path.stem}" in page.read_text(encoding="utf-8")


@pytest.mark.django_db
def test_the_example_works(tmp_path):
    file, text = re.findall(r"```(?:toml)?\n(.*?)```", DOCUMENT, re.DOTALL)[:2]
    (tmp_path / "kpis.csv").write_text(file, encoding="utf-8")
    (tmp_path / "kpis.toml").write_text(text, encoding="utf-8")

    code, _, err = run_import(tmp_path / "kpis.csv", "--map", tmp_path / "kpis.toml")

    assert (code, err) == (0, "")
    assert list(Result.objects.order_by("period").values_list("period", "missing", "reason_code")) == [
        ("2024/25 Q1", "", "no_rule"),
        ("2024/25 Q2", "not_available", "no_rule"),
    ]
