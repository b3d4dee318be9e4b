"""Categories made on the way: columns that break figures down become schemes, and what stands in them categories."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from goldenthread.importing.frame import Column, Frame, Once, Wrong
from goldenthread.importing.lookups import Found
from goldenthread.importing.map import Categories, SchemeFrom
from goldenthread.importing.sheets import as_text
from goldenthread.importing.steps import slug
from goldenthread.importing.templates import Template
from goldenthread.package.faults import quoted
from goldenthread.package.tables import tables

#: As long as a category's code is let grow: several are joined in one key.
LONGEST_CODE = 60
LONGEST_NAME = 300


@dataclass(frozen=True)
class Broken:
    """One scheme as it occurs in a file: the code and the name of each row's category, both empty for the whole."""

    scheme: str
    title: str
    parts: str
    codes: Column
    names: Column


class Breakdown:
    """The categories that a source declares; codes that two names share are refused."""

    def __init__(self, categories: Categories, lookups: Mapping[str, Found]) -> None:
        self._categories = categories
        self._lookups = lookups
        self._coded: dict[tuple[str, str], Once] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._keyed: dict[tuple[str, ...], Once] = {}

    def apply(self, frame: Frame, used: set[str]) -> list[Broken]:
        """Add ``category`` to ``frame``; ``used`` are the columns that something else reads. Raises UnknownName."""
        schemes = [*self._categories.named, *self._of_columns(frame, used)]
        found = [self._broken(frame, scheme) for scheme in schemes]
        by_scheme = {one.scheme: one for one in found}
        names = tuple(sorted(by_scheme))
        columns = [by_scheme[name].codes for name in names]
        keys = self._keyed.setdefault(names, Once(lambda codes: _key(names, codes)))
        frame.add("category", list(map(keys.__getitem__, zip(*columns, strict=True))) if columns else [""] * len(frame))
        return [by_scheme[name] for name in names]

    def _of_columns(self, frame: Frame, used: set[str]) -> list[SchemeFrom]:
        """A scheme for each column of the file that breaks figures down."""
        declared = self._categories
        optional = [name for name in declared.columns if frame.has(name)]
        columns = list(dict.fromkeys(optional))
        if declared.others:
            spoken_for = {*used, *declared.exempt, *declared.unless_constant}
            columns += [name for name in frame.sheet.header if name and name not in spoken_for and name not in columns]
        several = [name for name in declared.unless_constant if frame.has(name) and len(set(frame.column(name))) > 1]
        return [
            SchemeFrom(
                scheme=_shortened(slug(name)),
                title=name[:200],
                value=Template(f"{{{name}}}", ("", name, "")),
                whole=declared.whole,
                lookup="",
                parts=declared.parts,
            )
            for name in dict.fromkeys([*columns, *several])
            if slug(name)
        ]

    def _broken(self, frame: Frame, scheme: SchemeFrom) -> Broken:
        names = frame.fill(scheme.value)
        origin = frame.origin(scheme.value)
        key = (scheme.scheme, origin)
        if key not in self._coded:
            self._coded[key] = Once(lambda cell: self._code(as_text(cell), scheme, origin))
        coded = self._coded[key]
        return Broken(scheme.scheme, scheme.title, scheme.parts, list(map(coded.__getitem__, names)), names)

    def _code(self, text: str, scheme: SchemeFrom, origin: str) -> str | Wrong:
        if not text or text in scheme.whole:
            return ""
        if scheme.lookup:
            return _checked(self._lookups[scheme.lookup].find(text, origin), origin)
        code = _shortened(slug(text))
        if not code:
            return Wrong(origin, f"{quoted(text)} has no letter or digit to make a code of: give its code in a lookup")
        first = self._names.setdefault((scheme.scheme, code), text)
        if _folded(first) != _folded(text):
            message = f"{quoted(text)} and {quoted(first)} would both be {code}: give their codes in a lookup"
            return Wrong(origin, message)
        return code


def _checked(code: str | Wrong, origin: str) -> str | Wrong:
    """A code that a map gives, if a category can have it; an empty one stands for the whole."""
    if isinstance(code, Wrong) or not code:
        return code
    try:
        tables()["categories"].by_name["category"].parse(code)
    except ValueError as fault:
        return Wrong(origin, str(fault))
    return code


def _key(names: tuple[str, ...], codes: tuple[str | Wrong, ...]) -> str | Wrong:
    wrong = next((code for code in codes if isinstance(code, Wrong)), None)
    if wrong is not None:
        return wrong
    return ";".join(f"{name}={code}" for name, code in zip(names, codes, strict=True) if code)


def _shortened(code: str) -> str:
    """A long code cut, with a mark of the whole of it at the end, so that two of one beginning stay two."""
    if len(code) <= LONGEST_CODE:
        return code
    return f"{code[: LONGEST_CODE - 9].rstrip('-.')}-{hashlib.sha256(code.encode()).hexdigest()[:8]}"


#: What two spellings of one name may differ in.
_HARMLESS = re.compile(r"[\s.,:;'\"’()/\u2010-\u2015-]+")


def _folded(text: str) -> str:
    return _HARMLESS.sub("", text.casefold().replace("&", "and"))
