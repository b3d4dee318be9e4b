"""Files and maps for tests of importing."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., list[Path]]:
    """``written({"kpis.csv": "…"})``: files of that content, text or bytes."""

    def written(files: Mapping[str, str | bytes]) -> list[Path]:
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / name).write_bytes(data)
        return [tmp_path / name for name in files]

    return written


@pytest.fixture
def gathered(tmp_path: Path, written: Callable[..., list[Path]]) -> Callable[..., Any]:
    """``gathered(map, {"kpis.csv": "…"}, council="Wenlow")``: what a map makes of files, nothing loaded."""
    from goldenthread.importing.map_file import read_map
    from goldenthread.importing.reading import gather
    from goldenthread.package.faults import Faults

    def gathered(text: str, files: Mapping[str, str | bytes], **given: str) -> Any:
        path = tmp_path / "test.toml"
        path.write_text(text, encoding="utf-8")
        return gather(read_map(path), written(files), given, Faults())

    return gathered
