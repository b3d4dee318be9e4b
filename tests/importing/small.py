"""What small maps and files are asked for in tests of importing."""

import io
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

from goldenthread.importing.map_file import parse_map
from goldenthread.importing.reading import Gathering
from goldenthread.package.faults import Faults


def faults_of_map(text: str) -> list[str]:
    """What is wrong with a map, each as it is printed."""
    faults = Faults()
    parse_map(text.encode(), "test.toml", ".", faults)
    return list(map(str, faults))


def rows_of(gathering: Gathering, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """The cells of some columns of a table, a tuple a row."""
    rows = gathering.rows()[table]
    return list(zip(*(rows[column] for column in columns), strict=True))


def told(faults: Faults) -> list[str]:
    return list(map(str, faults))


def run_import(*arguments: str | Path) -> tuple[int, str, str]:
    """The exit code, standard output and standard error of ``goldenthread import``."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), f"{err.getvalue()}{error}"
    return 0, out.getvalue(), err.getvalue()


def counts(out: str) -> dict[str, int]:
    """How many rows of each table an import said it added."""
    lines = [line.split() for line in out.splitlines()]
    start = lines.index(["table", "added", "changed", "unchanged"])
    return {line[0]: int(line[1].replace(",", "")) for line in lines[start + 1 :] if len(line) == 4}
