"""Front matter: the block of ``key: value`` between two lines of dashes at the top of a page, as Open SDG writes it.

Only texts are taken; lists and tables inside it are passed over.

>>> front_matter("---\\nindicator_number: 8.6.1\\ntags:\\n  - youth\\nother_info: >-\\n  Two\\n  lines\\n---\\n")
(['indicator_number', 'other_info'], ['8.6.1', 'Two lines'])
"""

import re

_KEY = re.compile(r"([A-Za-z_][\w-]*):(?:[ \t]+(.*))?$")
_NESTED = re.compile(r"\s+(?:-(?:\s|$)|[\w-]+:(?:\s|$))")


def front_matter(text: str) -> tuple[list[str], list[str]]:
    """The keys and their texts; none where the text has no front matter."""
    names: list[str] = []
    cells: list[str] = []
    for name, lines in _entries(text):
        value = _value(lines)
        if value is not None and name not in names:
            names.append(name)
            cells.append(value)
    return names, cells


def _entries(text: str) -> list[tuple[str, list[str]]]:
    """Each key with the rest of its line and the lines below it."""
    lines = text.lstrip("\r\n").splitlines()
    entries: list[tuple[str, list[str]]] = []
    if not lines or lines[0].rstrip() != "---":
        return entries
    for line in lines[1:]:
        if line.rstrip() in ("---", "..."):
            break
        match = _KEY.match(line)
        if match:
            entries.append((match[1], [match[2] or ""]))
        elif entries and not line.startswith("#"):
            entries[-1][1].append(line)
    return entries


def _value(lines: list[str]) -> str | None:
    first, below = lines[0].strip(), lines[1:]
    if first[:1] in (">", "|"):
        texts = [line.strip() for line in below]
        return ("\n" if first[0] == "|" else " ").join(filter(None, texts) if first[0] == ">" else texts).strip()
    if not first and any(_NESTED.match(line) for line in below):
        return None
    whole = " ".join(filter(None, (first, *(line.strip() for line in below))))
    for quote in "\"'":
        if len(whole) > 1 and whole[0] == whole[-1] == quote:
            return whole[1:-1].replace(quote * 2 if quote == "'" else '\\"', quote)
    return None if whole[:1] in ("[", "{") else whole
