"""Status: a figure, its target and its rule give a colour and the reason for it; or what is waited for."""

from goldenthread.domain.status.judgement import Judgement, current_judgement, current_rating, expiry
from goldenthread.domain.status.rating import Rating
from goldenthread.domain.status.waiting import waiting
from goldenthread.domain.status.yardstick import Yardstick, rate

__all__ = [
    "Judgement",
    "Rating",
    "Yardstick",
    "current_judgement",
    "current_rating",
    "expiry",
    "rate",
    "waiting",
]
