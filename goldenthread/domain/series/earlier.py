"""What a period is compared with, and the directions of travel that follow."""

from dataclasses import dataclass
from decimal import Decimal

from goldenthread.domain.definition import Definition
from goldenthread.domain.figures import Figure
from goldenthread.domain.rules import Rule
from goldenthread.domain.trend import direction
from goldenthread.domain.words import Against, Direction, Family

Margin = tuple[Decimal, Decimal] | None


def margin_of(figure: Figure) -> Margin:
    """How sure a survey is of its figure: from, to; None of any other figure."""
    return None if figure.lower is None or figure.upper is None else (figure.lower, figure.upper)


@dataclass(slots=True, kw_only=True)
class Earlier:
    """What a period is compared with: the last one, and the same a year ago or a mean.

    ``now`` is the period's own figure as it may be set against the one ``before``, ``long_now`` as against ``long``.
    """

    now: Decimal | None = None
    before: Decimal | None = None
    long_now: Decimal | None = None
    long: Decimal | None = None
    last_year: Decimal | None = None
    margin: Margin = None
    margin_before: Margin = None
    margin_long: Margin = None

    def short_direction(self, measure: Definition, low: Decimal | None, high: Decimal | None) -> Direction:
        return direction(
            self.now,
            self.before,
            polarity=measure.polarity,
            low=low,
            high=high,
            dead_band=measure.dead_band,
            margin_now=self.margin,
            margin_before=self.margin_before,
        )

    def long_direction(self, measure: Definition, low: Decimal | None, high: Decimal | None) -> Direction:
        return direction(
            self.long_now,
            self.long,
            polarity=measure.polarity,
            low=low,
            high=high,
            dead_band=measure.dead_band,
            margin_now=self.margin,
            margin_before=self.margin_long,
        )

    def conditioning(self, rule: Rule | None) -> Decimal | None:
        """The earlier figure that the rule looks at, where it looks at one."""
        if rule is None or rule.family is not Family.DIRECTION_CONDITIONED:
            return None
        return self.before if rule.against is Against.PREVIOUS else self.last_year
