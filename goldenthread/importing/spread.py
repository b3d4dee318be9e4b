"""Columns that repeat, one block for each period, spread out into a row for each."""

import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from goldenthread.importing.frame import Frame
from goldenthread.importing.map import Source
from goldenthread.importing.templates import Template
from goldenthread.package.faults import quoted


@dataclass
class Across:
    """The blocks of a file: for each label the header of each field that it has."""

    blocks: dict[str, dict[str, str]]
    faults: list[str] = field(default_factory=list)

    @property
    def headers(self) -> set[str]:
        return {header for block in self.blocks.values() for header in block.values()}

    def header_at(self, place: int, frame: Frame, name: str) -> str:
        """The header of the cell in which a row has the field ``name``; any other name as it is."""
        return self.blocks.get(str(frame.column("label")[place]), {}).get(name, name)


def spread(frame: Frame, source: Source, used: set[str]) -> Across:
    """Give every row once for each block: ``label`` is the block's, and each field is a column of its own."""
    across = _blocks(frame.sheet.header, source, used)
    columns = {
        name: [frame.column(block[name]) if name in block else [""] * len(frame) for block in across.blocks.values()]
        for name in source.across
    }
    count = len(frame)
    frame.repeat(len(across.blocks))
    frame.add("label", list(across.blocks) * count)
    for name, by_block in columns.items():
        frame.add(name, [column[row] for row in range(count) for column in by_block], name)
    return across


def _blocks(header: list[str], source: Source, used: set[str]) -> Across:
    patterns = {name: _pattern(template) for name, template in source.across.items()}
    blocks: dict[str, dict[str, str]] = {label: {} for label in source.labels}
    for column in header:
        for name, pattern in patterns.items():
            match = pattern.fullmatch(column) if column else None
            if match is None or (not source.labels and (column in used or _is_ignored(column, source))):
                continue
            label = " ".join(match["label"].split())
            if source.labels and label not in source.labels:
                continue
            blocks.setdefault(label, {}).setdefault(name, column)
            break
    across = Across(blocks)
    for label in [label for label, block in blocks.items() if not block]:
        across.faults.append(f"there is no column of the block {quoted(label)}: correct labels, or the file")
        del blocks[label]
    if not blocks:
        wanted = ", ".join(template.text for template in source.across.values())
        across.faults.append(f"there is no column like {wanted}: correct across, or the file")
    return across


def _is_ignored(column: str, source: Source) -> bool:
    return any(fnmatchcase(column, pattern) for pattern in source.ignore)


def _pattern(template: Template) -> re.Pattern[str]:
    before, _, after = template.pieces
    return re.compile(f"{re.escape(' '.join(before.split(' ')))}(?P<label>.+?){re.escape(after)}", re.DOTALL)
