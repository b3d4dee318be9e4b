"""What a period is compared with, and the directions of travel that follow."""

from decimal import Decimal

from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.rules import Rule
from goldenthread.domain.trend import direction
from goldenthread.domain.words import Against, Direction, Family


class Earlier:
    """What a period is compared with: the last one, and the same a year ago or a mean."""

    __slots__ = ("before", "before_figure", "last_year", "long_figure", "long_now", "long_value", "now")

    def __init__(
        self,
        now: Decimal | None,
        before: Decimal | None,
        before_figure: Figure | None,
        long_now: Decimal | None,
        long_value: Decimal | None,
        long_figure: Figure | None,
        last_year: Decimal | None,
    ) -> None:
        self.now, self.before, self.before_figure = now, before, before_figure
        self.last_year = last_year
        self.long_now, self.long_value, self.long_figure = long_now, long_value, long_figure

    def short(self, measure: Definition, figure: Figure, low: Decimal | None, high: Decimal | None) -> Direction:
        return _direction(measure, figure, self.now, self.before, self.before_figure, low, high)

    def long(self, measure: Definition, figure: Figure, low: Decimal | None, high: Decimal | None) -> Direction:
        return _direction(measure, figure, self.long_now, self.long_value, self.long_figure, low, high)

    def conditioning(self, rule: Rule | None) -> Decimal | None:
        if rule is None or rule.family is not Family.DIRECTION_CONDITIONED:
            return None
        return self.before if rule.against is Against.PREVIOUS else self.last_year


def _direction(
    measure: Definition,
    figure: Figure,
    now: Decimal | None,
    before: Decimal | None,
    before_figure: Figure | None,
    low: Decimal | None,
    high: Decimal | None,
) -> Direction:
    if now is None or before is None:
        return Direction.NONE
    return direction(
        now,
        before,
        polarity=measure.polarity,
        low=low,
        high=high,
        dead_band=measure.dead_band,
        margin_now=_margin(figure),
        margin_before=_margin(before_figure),
    )


def _margin(figure: Figure | None) -> tuple[Decimal, Decimal] | None:
    if figure is None or figure.lower is None or figure.upper is None:
        return None
    return figure.lower, figure.upper
