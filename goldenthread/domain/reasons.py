"""Reasons: why a status is what it is, kept as a code and parameters and put into words by one function."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """A code and its parameters, all text (decimals canonical, dates ISO), so that it is stored as JSON and reworded."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


def explain(reason: Reason, *, translate: Callable[[str], str] = str) -> str:
    """``reason`` as a sentence with the sum in it; ``translate`` gives a text in the reader's language."""
    raise NotImplementedError
