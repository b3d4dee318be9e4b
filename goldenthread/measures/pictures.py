"""The pictures of one measure: its run through time, and its breakdown."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import dropwhile

from django.utils.translation import gettext

from goldenthread.charts import NARROW, WIDE, Bar, RunPoint, bars, run_chart
from goldenthread.domain import words
from goldenthread.domain.amounts import Amounts, natural_places
from goldenthread.domain.definition import Definition
from goldenthread.domain.periods import Period
from goldenthread.domain.reasons import Reason
from goldenthread.domain.rules import Rule
from goldenthread.domain.spc import signal_words
from goldenthread.domain.tolerance import Band, band
from goldenthread.domain.words import RATED, Comparison, DataType, Frequency, Reading, Signal, State, Status
from goldenthread.measures.breakdown import Breakdown
from goldenthread.measures.models import Result
from goldenthread.measures.queries.measure import SPAN, Story
from goldenthread.measures.shown import Shown
from goldenthread.measures.words import POLARITY
from goldenthread.web.words import STATUS_WORDS

#: The most periods that a chart shows: the table beneath it has them all.
MOST = 72
#: Readings of which the figure shown is the one whose limits are drawn.
_LIMITED = frozenset({Reading.IN_PERIOD, Reading.SNAPSHOT})
#: Readings that grow through a year, and their targets with them.
_CLIMBING = frozenset({Reading.YEAR_TO_DATE, Reading.CUMULATIVE})
_YEARLY = frozenset({Frequency.YEAR, Frequency.TWO_YEAR})
YES_OR_NO = (Decimal(0), Decimal(1))
_TELLING = frozenset({Signal.IMPROVING, Signal.WORSENING})
_OPEN_STATES = frozenset({State.ESTIMATE, State.PROVISIONAL})


@dataclass(frozen=True, slots=True)
class RunPicture:
    """A chart for a wide screen and one for a phone, and what is to be seen on it."""

    wide: str
    narrow: str
    key: list[str]


def run_picture(story: Story, run: str, shown: Shown) -> RunPicture | None:
    """The run chart of a row of figures; nothing where there is none to draw."""
    rows = list(dropwhile(lambda row: row.rated_value is None, story.runs.get(run, [])[-MOST:]))
    if not rows:
        return None
    measure, definition = story.measure, story.definition
    points = _points(story, run, rows, shown)
    unit = shown.unit(definition)

    def draw(points: Sequence[RunPoint], width: float) -> str:
        return run_chart(
            points,
            title=gettext("%(name)s, %(first)s to %(last)s")
            % {
                "name": measure.title,
                "first": shown.period(points[0].period),
                "last": shown.period(points[-1].period),
            },
            desc=_described(points, unit),
            better=f"{POLARITY[definition.polarity]}{f' · {unit}' if unit else ''}"
            if definition.polarity is not words.Polarity.NONE
            else unit,
            target_word=gettext("Target"),
            break_word=gettext("Break"),
            number=_number(definition, shown),
            axis=lambda mark: shown.figure(definition, mark, natural_places(mark)),
            width=width,
            marks=YES_OR_NO if definition.data_type is DataType.YES_NO else (),
            climbs=definition.rated_reading in _CLIMBING and run not in _YEARLY,
        )

    return RunPicture(
        draw(points, WIDE),
        draw(points[-24:], NARROW),
        [*_key(points, len(story.runs[run]) - MOST), *_apart(definition, rows)],
    )


def _key(points: Sequence[RunPoint], left_out: int) -> Iterator[str]:
    """What the lines, tints and marks mean, of those that are there."""
    if any(point.target is not None for point in points):
        yield gettext("The broken line is the target.")
    if any(point.low is not None and point.target is not None for point in points):
        yield gettext("The tint beside it is the tolerance.")
    elif any(point.low is not None for point in points):
        yield gettext("The tint is the target range.")
    if any(point.mean is not None for point in points):
        yield gettext("The grey band is how far the figure strays by chance, about its mean.")
    if any(point.signal in _TELLING for point in points):
        yield gettext("A ring marks a figure that says more than chance: whole for improving, broken for worsening.")
    if any(point.hollow for point in points):
        yield gettext("A hollow mark is provisional, estimated or incomplete.")
    if any(point.lower is not None for point in points):
        yield gettext("The upright through a figure is its margin.")
    if left_out > 0:
        yield gettext("The last %(n)d periods are drawn; the table has them all.") % {"n": len(points)}


def _apart(definition: Definition, rows: Sequence[Result]) -> Iterator[str]:
    """Whose the signals are, where the chart shows the figures on another reading."""
    if definition.rated_reading not in _LIMITED and any(row.signal in _TELLING for row in rows):
        yield gettext("Signals are found in the figures of each period alone.")


def breakdown_pictures(found: Breakdown, story: Story, shown: Shown) -> tuple[str, str]:
    """The bars of one scheme of categories, the whole and its target as lines across them."""
    definition = story.definition
    categories = [
        Bar(
            label=part.name,
            value=part.result.rated_value,
            status=Status(part.result.status) if part.result.status in RATED else None,
            lower=part.result.lower,
            upper=part.result.upper,
            hollow=part.result.state in _OPEN_STATES,
            note=shown.why(part.reason) if part.result.rated_value is None else "",
        )
        for part in found.parts
    ]
    title = gettext("%(name)s by %(scheme)s, %(period)s") % {
        "name": story.measure.title,
        "scheme": found.title.lower(),
        "period": shown.period(found.period),
    }
    whole = found.whole if found.comparable else None

    def draw(width: float) -> str:
        return bars(
            categories,
            title=title,
            whole=whole.rated_value if whole else None,
            whole_word=gettext("Whole"),
            target=whole.target if whole else None,
            target_word=gettext("Target"),
            number=_number(definition, shown),
            width=width,
        )

    return draw(WIDE), draw(NARROW)


def _points(story: Story, run: str, rows: Sequence[Result], shown: Shown) -> list[RunPoint]:
    definition, found = story.definition, []
    breaks = sorted(Period.parse(row.period).start for row in story.annotations if row.kind == words.Annotation.BREAK)
    limited = definition.rated_reading in _LIMITED and definition.reading is definition.rated_reading
    noise = story.noise if limited and rows is not None and rows[-1] in story.own else {}
    previous = None
    for row in rows:
        period = Period.parse(row.period)
        in_force = story.rules.at(period)
        tolerance = tolerance_of(row, in_force.version if in_force else None)
        limits = noise[row.period].limits if row.period in noise else None
        short, year = _label(period, run, shown)
        found.append(
            RunPoint(
                period=row.period,
                short=short,
                year=year,
                value=row.rated_value,
                target=row.target,
                low=tolerance.low if tolerance else None,
                high=tolerance.high if tolerance else None,
                mean=limits.mean if limits else None,
                lower_limit=limits.lower if limits else None,
                upper_limit=limits.upper if limits else None,
                lower=row.lower,
                upper=row.upper,
                status=Status(row.status) if row.status in RATED else None,
                signal=Signal(row.signal) if limits else None,
                hollow=row.state in _OPEN_STATES or row.have < row.expected,
                break_before=any(
                    (previous is None or previous.end < start) and start <= period.end for start in breaks
                ),
                restarts=_restarts(definition, previous, period),
                said=_said(story, row, shown),
            )
        )
        previous = period
    return found


def _restarts(definition: Definition, previous: Period | None, period: Period) -> bool:
    """Whether a year to date begins again with ``period``."""
    if definition.rated_reading is not Reading.YEAR_TO_DATE or previous is None or period.is_span:
        return False
    if period.frequency in _YEARLY:
        return False
    year = definition.year
    return previous.containing(Frequency.YEAR, year) != period.containing(Frequency.YEAR, year)


def tolerance_of(row: Result, rule: Rule | None) -> Band | None:
    """The tolerance about a result's target, by the rule that rates its period."""
    comparison = Comparison(row.comparison) if row.comparison else None
    return band(rule, comparison, target=row.target, low=row.target_low, high=row.target_high, floor=row.target_floor)


def _said(story: Story, row: Result, shown: Shown) -> str:
    said = (
        f"{shown.period(row.period)}: {shown.value(story.definition, row) or '–'}, {STATUS_WORDS[Status(row.status)]}"
    )
    noise = story.noise.get(row.period) if row in story.own else None
    if noise is not None and noise.finding is not None:
        said += f". {fired(story, noise.finding)}"
    return said


def fired(story: Story, finding: Reason) -> str:
    """Which rule of the control chart fired, in words."""
    definition = story.definition
    amounts = Amounts(definition.data_type, definition.unit_of_measure, gettext)
    return signal_words(finding, translate=gettext, decimals=definition.decimals, amounts=amounts)


def _label(period: Period, run: str, shown: Shown) -> tuple[str, str]:
    """A period within its year, and the year: Q3 and 2026/27; a year or a span stands alone."""
    words_ = shown.period(period.text)
    if run in (SPAN, Frequency.YEAR, Frequency.TWO_YEAR):
        return words_, ""
    year = period.containing(Frequency.YEAR).text.removesuffix(" academic")
    if run == Frequency.WEEK:
        return period.text.partition("-")[2], year
    if run == Frequency.DAY:
        return f"{period.start.day} {period.start:%b}", year
    return words_.split(" ")[0], year


def _number(definition: Definition, shown: Shown) -> Callable[[Decimal], str]:
    """Figures on a chart: to the measure's decimals, but round ones on the axis without."""

    def written(number: Decimal) -> str:
        places = 0 if number == number.to_integral_value() else None
        return shown.figure(definition, number, places)

    return written


def _described(points: Sequence[RunPoint], unit: str) -> str:
    """The last figure and how many there are, for those who hear the page; the table has them all."""
    last = next((point for point in reversed(points) if point.value is not None), None)
    return gettext("%(count)d periods. Last: %(said)s") % {"count": len(points), "said": last.said} if last else ""
