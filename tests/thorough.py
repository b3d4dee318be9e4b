"""How much generated input a run tries: all of it with ``bin/test --all``, a share of it as a rule."""

import os

THOROUGH = os.environ.get("THOROUGH") == "1"
SHARE = 5


def tried(whole: int, *, share: int = SHARE) -> int:
    """How many of ``whole`` generated inputs this run tries: one in ``share``."""
    return whole if THOROUGH else whole // share
