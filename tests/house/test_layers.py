"""The thread runs one way: what import-linter holds for imports holds for foreign keys and templates too."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from django.apps import apps
from django.template import engines
from jinja2 import nodes

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "goldenthread"


def layers() -> list[set[str]]:
    """The layers as pyproject declares them, the highest first, each with the apps on its line."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    declared = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [{app.strip(" ()") for app in line.split("|")} for line in declared]


def may_know(app: str, other: str) -> bool:
    height = {name: depth for depth, line in enumerate(layers()) for name in line}
    return app == other or height[app] < height[other]


def our_app(module: str) -> str | None:
    package, _, rest = module.partition(".")
    return rest.split(".")[0] if package == "goldenthread" else None


def test_imports_obey_the_layers() -> None:
    lint_imports = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert lint_imports, "import-linter is not installed"
    told = subprocess.run([lint_imports], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_foreign_keys_obey_the_layers() -> None:
    upward = [
        f"{model.__name__}.{field.name} of {our_app(model.__module__)} points up to {our_app(other.__module__)}"
        for model in apps.get_models(include_auto_created=True)
        if our_app(model.__module__)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and (other := field.related_model) and our_app(other.__module__)
        if not may_know(our_app(model.__module__), our_app(other.__module__))
    ]
    assert upward == [], "\n".join(upward)


def test_templates_obey_the_layers() -> None:
    """An app's templates lie in ``templates/<app>/``; they extend, include and import only those of apps below."""
    upward = [
        f"{path.relative_to(ROOT)} names {name}"
        for path in sorted(PACKAGE.glob("*/templates/**/*.html"))
        for name in templates_named_in(path)
        if (other := name.split("/")[0]) in ours() and not may_know(path.relative_to(PACKAGE).parts[0], other)
    ]
    assert upward == [], "\n".join(upward)


def test_templates_lie_in_a_folder_of_their_apps_name() -> None:
    astray = [
        str(path.relative_to(ROOT))
        for path in PACKAGE.glob("*/templates/**/*.html")
        if path.relative_to(PACKAGE).parts[2] != path.relative_to(PACKAGE).parts[0]
    ]
    assert astray == [], "\n".join(astray)


def ours() -> set[str]:
    return {app for line in layers() for app in line}


def templates_named_in(path: Path) -> list[str]:
    tree = engines["jinja2"].env.parse(path.read_text(encoding="utf-8"))
    naming = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    constants = [constant for node in tree.find_all(naming) for constant in node.template.find_all(nodes.Const)]
    constants += [node.template for node in tree.find_all(naming) if isinstance(node.template, nodes.Const)]
    return [constant.value for constant in constants if isinstance(constant.value, str)]
