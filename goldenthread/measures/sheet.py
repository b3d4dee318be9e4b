"""A measure's definition as a sheet that says everything in words."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, ngettext

from goldenthread.domain.trend import mean_length
from goldenthread.domain.words import Aggregation, Reading
from goldenthread.measures import words
from goldenthread.measures.models import Measure
from goldenthread.measures.models.definition import Tier
from goldenthread.measures.queries.measure import Story
from goldenthread.measures.shown import Shown
from goldenthread.web.filters import day, number

Row = tuple[str, str]


def definition_rows(story: Story, shown: Shown) -> list[Row]:
    """Every field that says something, as a term and its value, in the order in which one reads a definition."""
    measure = story.measure
    rows = [
        *_plain(measure, "definition", "why_it_matters", "source"),
        (words.FIELDS["polarity"], word_of("polarity", measure.polarity)),
        (words.FIELDS["data_type"], _figure_kind(measure)),
        *_halves(measure),
        *_plain(measure, "formula"),
        (words.FIELDS["frequency"], f"{word_of('frequency', measure.frequency)}. {word_of('year', measure.year)}."),
        (words.FIELDS["reading"], _reading(measure)),
        (words.FIELDS["aggregation"], word_of("aggregation", measure.aggregation)),
        (gettext("Due"), _due(measure)),
        (gettext("Compared with"), _long_direction(measure)),
        *_limits(story, shown),
        (words.FIELDS["kind"], word_of("kind", measure.kind)),
        (words.FIELDS["tier"], str(Tier(measure.tier).label) if measure.tier in Tier.values else measure.tier),
        (words.FIELDS["release"], word_of("release", measure.release)),
        (words.FIELDS["starts"], day(measure.starts)),
        (words.FIELDS["ends"], day(measure.ends)),
        *_plain(measure, "retired_reason"),
    ]
    return [(str(term), said) for term, said in rows if said]


def word_of(field: str, value: Any) -> str:
    """The value of a definition's field in words."""
    if value in ("", None):
        return ""
    if field in words.OF_FIELD:
        return str(words.OF_FIELD[field].get(value, value))
    if field == "tier":
        return str(Tier(value).label) if value in Tier.values else str(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return number(value)
    return str(value)


def _plain(measure: Measure, *names: str) -> list[Row]:
    return [(str(words.FIELDS[name]), getattr(measure, name)) for name in names]


def _figure_kind(measure: Measure) -> str:
    kind = word_of("data_type", measure.data_type)
    said = f"{kind}: {measure.unit_of_measure}" if measure.unit_of_measure not in ("", "%") else kind
    if measure.decimals is None:
        return said
    decimals = ngettext("%(n)d decimal", "%(n)d decimals", measure.decimals) % {"n": measure.decimals}
    return gettext("%(kind)s, to %(decimals)s") % {"kind": said, "decimals": decimals}


def _halves(measure: Measure) -> list[Row]:
    """The two halves of a ratio, and how each makes longer periods."""
    if not (measure.numerator or measure.denominator or measure.aggregation == Aggregation.RATIO):
        return []
    halves = []
    for half in ("numerator", "denominator"):
        how = word_of("aggregation", getattr(measure, f"{half}_aggregation")).lower()
        said = getattr(measure, half)
        if measure.aggregation == Aggregation.RATIO:
            over = gettext("in longer periods: %s") % how
            said = f"{said} ({over})" if said else over
        halves.append((str(words.FIELDS[half]), said))
    if measure.aggregation == Aggregation.RATIO and measure.sums.ratio_factor != 1:
        halves.append((str(words.FIELDS["factor"]), number(measure.sums.ratio_factor)))
    return halves


def _reading(measure: Measure) -> str:
    said = word_of("reading", measure.reading)
    if measure.reading == Reading.ROLLING and measure.window:
        said = gettext("Rolling over %(n)d periods") % {"n": measure.window}
    if measure.rated_on and measure.rated_on != measure.reading:
        rated = word_of("reading", measure.rated_on).lower()
        return gettext("%(given)s; rated on: %(rated)s") % {"given": said, "rated": rated}
    return said


def _due(measure: Measure) -> str:
    if not measure.lag_days:
        return gettext("On the last day of the period")
    days = ngettext("%(n)d day after the period ends", "%(n)d days after the period ends", measure.lag_days)
    return days % {"n": measure.lag_days}


def _long_direction(measure: Measure) -> str:
    try:
        length = mean_length(measure.long_direction)
    except ValueError:
        return measure.long_direction
    if length is None:
        return gettext("The period before, and the same period last year")
    return gettext("The period before, and the mean of the last %(n)d periods") % {"n": length}


def _limits(story: Story, shown: Shown) -> list[Row]:
    measure, definition = story.measure, story.definition
    rows = [
        (name, shown.amount(definition, getattr(measure, name)))
        for name in ("minimum", "maximum", "dead_band")
        if getattr(measure, name) is not None
    ]
    rows += [
        (name, number(getattr(measure, name)))
        for name in ("min_denominator", "suppress_below")
        if getattr(measure, name) is not None
    ]
    stale = ngettext("%(n)d period", "%(n)d periods", measure.stale_after) % {"n": measure.stale_after}
    return [(str(words.FIELDS[name]), said) for name, said in rows] + [
        (gettext("Stale after"), stale),
    ]
