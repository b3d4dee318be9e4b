"""Reads the small tables that the demonstration is written in: a row a line, cells apart by ``|``.

>>> read("abbey | Abbey | 9", "code name share")
[{'code': 'abbey', 'name': 'Abbey', 'share': '9'}]
"""


def read(text: str, columns: str) -> list[dict[str, str]]:
    """The rows of ``text``; cells left off at the end of a line are empty."""
    names = columns.split()
    rows = []
    for line in text.strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        cells += [""] * (len(names) - len(cells))
        rows.append(dict(zip(names, cells, strict=True)))
    return rows
