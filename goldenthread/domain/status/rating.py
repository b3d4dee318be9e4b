"""What a figure was rated, and why."""

from typing import NamedTuple

from goldenthread.domain.reasons import Reason
from goldenthread.domain.words import Status


class Rating(NamedTuple):
    status: Status
    reason: Reason
