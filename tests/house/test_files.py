"""Names, locks and migrations: what a reader of the repository counts on."""

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "misc", "manager", "managers"}
#: Homes, temporary folders and registries: of use to one machine only.
OF_ONE_MACHINE = re.compile(
    r"/(?:home|Users)/\w+/|/root/|(?<![\w.])/work/\w|/tmp/\w|(?:[\w-]+\.)?(?:npmjs|pythonhosted|pypi)\.(?:org|com)"
)


def committed_files() -> Iterator[Path]:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file():
            yield path


def test_no_module_has_a_name_that_says_nothing() -> None:
    """Templates that replace allauth's bear the names allauth gave them."""
    named = [
        str(path.relative_to(ROOT))
        for path in committed_files()
        if path.suffix in {".py", ".js", ".html", ".scss"} and "django_templates" not in path.parts
        if SAYS_NOTHING & {path.stem.strip("_"), path.parent.name}
    ]
    assert named == [], "\n".join(named)


def test_no_file_names_a_machine_or_a_registry() -> None:
    named = [
        f"{path.relative_to(ROOT)}:{number}: {found[0]}"
        for path in committed_files()
        if path != Path(__file__) and path.suffix not in {".png", ".woff2", ".xlsx", ".ico", ".zip"}
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="ignore").splitlines(), 1)
        if (found := OF_ONE_MACHINE.search(line))
        or (str(ROOT.parent) != "/" and str(ROOT) in line and (found := [str(ROOT)]))
    ]
    assert named == [], "\n".join(named)


def test_the_lock_satisfies_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    pinned = dict(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    unmet = [
        str(requirement)
        for requirement in map(Requirement, wanted)
        if not requirement.specifier.contains(pinned.get(canonicalize_name(requirement.name), "0"))
    ]
    assert unmet == [], "run bin/lock"


def test_every_locked_requirement_has_a_hash() -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text().strip())
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_locks_name_no_host() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text()
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


@pytest.mark.django_db
def test_the_migrations_are_complete() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(f"run goldenthread makemigrations:\n{said.getvalue()}")
