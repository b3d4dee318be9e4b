"""One-time codes: made to be read off a slip and typed with a thumb, such as ``K7QF-29MX-4TRB``.

The first four name the code and are kept as they are; the other eight are the secret, kept as a hash only.
"""

import secrets
from dataclasses import dataclass

#: No letter that could be taken for another, or for a figure.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
NAMED, SECRET = 4, 8


@dataclass(frozen=True, slots=True)
class Code:
    reference: str
    secret: str

    def __str__(self) -> str:
        return "-".join((self.reference, self.secret[:4], self.secret[4:]))


def new_code() -> Code:
    signs = "".join(secrets.choice(SIGNS) for _place in range(NAMED + SECRET))
    return Code(signs[:NAMED], signs[NAMED:])


def read_code(text: str) -> Code | None:
    """The code that was typed, whatever stands between its signs; None where it is none.

    >>> read_code(" k7qf 29mx 4trb")
    Code(reference='K7QF', secret='29MX4TRB')
    >>> read_code("hello") is None
    True
    """
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    if len(signs) != NAMED + SECRET or not set(signs) <= set(SIGNS):
        return None
    return Code(signs[:NAMED], signs[NAMED:])
