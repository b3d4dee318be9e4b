"""Templates: texts with the names of columns in braces.

>>> Template.parse("{Code}: {Title}").names
('Code', 'Title')
>>> Template.parse("{Code}: {Title}").fill({"Code": "HR11", "Title": "Sickness"})
'HR11: Sickness'
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


class TemplateFault(ValueError):
    """The text is no template; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Template:
    """``pieces`` are literal texts at even places and names at odd ones."""

    text: str
    pieces: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> "Template":
        """Raises TemplateFault. ``{{`` and ``}}`` stand for braces themselves."""
        pieces = [""]
        at = 0
        for match in _PIECE.finditer(text):
            pieces[-1] += text[at : match.start()]
            at = match.end()
            if match[0] in ("{{", "}}"):
                pieces[-1] += match[0][0]
            elif match[1] is None or not match[1].strip():
                raise TemplateFault(f"{text!r} has a brace without a name: write {{name}}, or {{{{ for a brace itself")
            else:
                pieces += [" ".join(match[1].split()), ""]
        pieces[-1] += text[at:]
        return cls(text, tuple(pieces))

    @property
    def names(self) -> tuple[str, ...]:
        return self.pieces[1::2]

    @property
    def only_name(self) -> str | None:
        """The name that is all there is to it."""
        return self.pieces[1] if len(self.pieces) == 3 and not self.pieces[0] and not self.pieces[2] else None

    def fill(self, values: Mapping[str, str]) -> str:
        return "".join(values[piece] if place % 2 else piece for place, piece in enumerate(self.pieces))
