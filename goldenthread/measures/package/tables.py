"""The measures' tables of the data package."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

from goldenthread.domain import words
from goldenthread.measures.models import (
    Actual,
    Annotation,
    Area,
    AreaMembership,
    Benchmark,
    Category,
    Commentary,
    Comparator,
    Forecast,
    Judgement,
    Measure,
    MeasureLink,
    MeasureRole,
    PublishedFigure,
    Rule,
    RuleAssignment,
    Scheme,
    SetEntry,
    Tag,
    Target,
)
from goldenthread.measures.models.definition import Tier
from goldenthread.measures.package import checks
from goldenthread.measures.package.merged import rule_users, settled, tier_members
from goldenthread.package.columns import (
    CategoryKey,
    Choice,
    Code,
    Day,
    Figure,
    Flag,
    Moment,
    PeriodName,
    Text,
    Whole,
)
from goldenthread.package.definitions import Definitions
from goldenthread.package.loading import Loading
from goldenthread.package.reading import Rows
from goldenthread.package.records import Records
from goldenthread.package.tables import Table

_LARGEST = 2_147_483_647
_NONE = Decimal(0)
_STARTS = Day("starts", about="From this day; empty for from ever")
_ENDS = Day("ends", about="Until this day, included; empty for no end")
_MEASURE = Code("measure", required=True, references=("measures", "measure"))
_PERIOD = PeriodName("period", required=True)
_CATEGORY = CategoryKey("category", about="Empty for the whole; several schemes joined by ; in their order")


def _settled(column: str) -> Callable[[Loading, Rows], Sequence[datetime | None]]:
    """For each row, up to when the past of the measure in ``column`` is settled."""

    def newest(loading: Loading, rows: Rows) -> Sequence[datetime | None]:
        known = loading.once(settled)
        return [known.get(code) for code in rows[column]] if known else [None] * len(rows)

    return newest


def _settled_of_tiers(loading: Loading, rows: Rows) -> Sequence[datetime | None]:
    known, members = loading.once(settled), loading.once(tier_members)
    return [
        known.get(code) if code else max((known[one] for one in members.get(tier, ()) if one in known), default=None)
        for code, tier in zip(rows["measure"], rows["tier"], strict=True)
    ]


def _settled_of_rules(loading: Loading, rows: Rows) -> Sequence[datetime | None]:
    known, users = loading.once(settled), loading.once(rule_users)
    return [max((known[one] for one in users.get(code, ()) if one in known), default=None) for code in rows["rule"]]


# Definitions


def _rules_from_ever() -> dict[tuple[str, ...], str]:
    """The rule that each measure has without a start; the last said counts."""
    rows = RuleAssignment.objects.filter(measure__isnull=False, starts__isnull=True).order_by("entered_at", "pk")
    return {(code,): rule for code, rule in rows.values_list("measure__code", "rule")}


def _owners_for_good() -> dict[tuple[str, ...], str]:
    """The post that owns each measure without a start or an end, where there is one such."""
    found: dict[tuple[str, ...], list[str]] = {}
    rows = MeasureRole.objects.filter(role=MeasureRole.Part.OWNER, starts__isnull=True, ends__isnull=True)
    for code, post in rows.values_list("measure__code", "post__code"):
        found.setdefault((code,), []).append(post)
    return {key: posts[0] for key, posts in found.items() if len(posts) == 1}


MEASURES = Table(
    name="measures",
    about="Performance indicators: what each is, and how its figures are summed",
    columns=(
        Code("measure", required=True, kept_as="code", reserved="[]|", page="measures:measure"),
        Text("title", required=True, longest=400),
        Text("short_title", longest=120),
        Code("unit", references=("units", "unit")),
        Code("owner", references=("posts", "post"), given=True, about="The post that owns it: becomes a measure role"),
        Choice("kind", words=words.MeasureKind, empty="performance"),
        Choice("tier", words=Tier),
        Choice("data_type", words=words.DataType, empty="number"),
        Text("unit_of_measure", longest=100),
        Whole("decimals", most=10),
        Choice("polarity", words=words.Polarity, empty="none"),
        Choice("frequency", words=words.Frequency, empty="quarter"),
        Choice("year", words=words.YearKind, empty="financial"),
        Choice("reading", words=words.Reading, empty="in_period"),
        Choice("rated_on", words=words.Reading, about="Empty: the reading"),
        Whole("window", least=1, most=400, about="Collection periods of a rolling figure; empty: a year's worth"),
        Choice("aggregation", words=words.Aggregation, empty="none"),
        Text("numerator", about="What the upper half counts, in words"),
        Text("denominator", about="What the lower half counts, in words"),
        Choice("numerator_aggregation", words=words.Aggregation, empty="sum"),
        Choice("denominator_aggregation", words=words.Aggregation, empty="sum"),
        Figure("factor", about="What a ratio is multiplied by; empty: 100 for a percentage, else 1"),
        Text("formula", about="Made from other measures, such as [HO-1] / [HO-2] * 1000"),
        Code(
            "rule",
            references=("rules", "rule"),
            given=True,
            about="The rule that rates it from ever: becomes a rule assignment",
        ),
        Choice("profile", words=words.Profile, about="How a year's target is shared among its periods"),
        Whole("lag_days", empty=0, about="Days from the end of a period until its figure is due"),
        Whole("stale_after", empty=2, about="Periods after which a carried figure is not rated"),
        Code("long_direction", empty="last_year", longest=30, about="last_year, or mean_8 for the last eight periods"),
        Figure("dead_band", least=_NONE),
        Figure("min", kept_as="minimum"),
        Figure("max", kept_as="maximum"),
        Figure("min_denominator", least=_NONE, about="Below so many cases it is not rated"),
        Figure("suppress_below", least=_NONE, about="Smaller figures are not shown to the public"),
        Choice("release", words=words.Release, empty="internal"),
        Text("definition"),
        Text("why_it_matters"),
        Text("source"),
        _STARTS,
        _ENDS,
        Code("succeeds", references=("measures", "measure"), about="The measure that it replaced"),
        Text("retired_reason"),
    ),
    key=("measure",),
    keep=Definitions(model=Measure, edition="edition"),
    completes=(checks.complete_measures,),
    checks=(checks.check_measures,),
    trees=("succeeds",),
    dumped={"rule": _rules_from_ever, "owner": _owners_for_good},
)

MEASURE_ROLES = Table(
    name="measure_roles",
    about="The part that a post has in a measure",
    columns=(
        _MEASURE,
        Choice("role", required=True, words=MeasureRole.Part),
        Code("post", required=True, references=("posts", "post")),
        _STARTS,
        _ENDS,
    ),
    key=("measure", "role", "post", "starts"),
    keep=Definitions(model=MeasureRole),
)

MEASURE_LINKS = Table(
    name="measure_links",
    about="Which measures show how an element of a plan is going, from when to when",
    columns=(
        _MEASURE,
        Code("element", required=True, references=("elements", "element")),
        Figure("weight", empty=Decimal(1), least=_NONE, about="How much it counts in a weighted mean; empty: 1"),
        _STARTS,
        _ENDS,
    ),
    key=("measure", "element", "starts"),
    keep=Definitions(model=MeasureLink),
)

TAGS = Table(
    name="tags",
    about="Remits, portfolios, themes and old statutory references of measures",
    columns=(
        Code("object", required=True, references=("measures", "measure"), kept_as="measure"),
        Code("scheme", required=True, about="remit, portfolio, theme, LGBF, BVPI …"),
        Text("tag", required=True, longest=200),
        _STARTS,
        _ENDS,
        Text("difference", about="Where the council's measure differs from the one named"),
    ),
    key=("object", "scheme", "tag", "starts"),
    keep=Definitions(model=Tag),
)

SETS = Table(
    name="sets",
    about="Printed lists of measures in their order",
    columns=(
        Code("set", required=True),
        Text("title", longest=200),
        Text("section", longest=200),
        Whole("order", most=_LARGEST, numbered=True, about="Empty: as in the file"),
        _MEASURE,
        _STARTS,
        _ENDS,
    ),
    key=("set", "measure", "starts"),
    keep=Definitions(model=SetEntry),
)

SCHEMES = Table(
    name="schemes",
    about="Ways of breaking figures down",
    columns=(
        Code("scheme", required=True, kept_as="code", reserved="=;|[]"),
        Text("title", required=True, longest=200),
        Choice(
            "parts", words=("complete", "overlapping"), empty="complete", about="Complete parts add up to the whole"
        ),
        Whole(
            "order", most=_LARGEST, numbered=True, about="The order in keys of several schemes; empty: as in the file"
        ),
    ),
    key=("scheme",),
    keep=Definitions(model=Scheme),
)

CATEGORIES = Table(
    name="categories",
    about="The parts of each scheme",
    columns=(
        Code("category", required=True, longest=120, kept_as="code", reserved=";|[]"),
        Code("scheme", required=True, references=("schemes", "scheme")),
        Text("name", required=True, longest=300),
        Code("parent", longest=120, about="A category of the same scheme"),
        Code("area", about="The code of the area that it is"),
        Whole("order", most=_LARGEST, numbered=True, about="Empty: as in the file"),
    ),
    key=("scheme", "category"),
    keep=Definitions(model=Category),
    checks=(checks.check_categories,),
    trees=("parent",),
)

AREAS = Table(
    name="areas",
    about="Other places, to compare with",
    columns=(
        Code("area", required=True, kept_as="code"),
        Text("name", required=True, longest=200),
        Text("kind", longest=60),
        Text("region", longest=100),
    ),
    key=("area",),
    keep=Definitions(model=Area),
)

GROUPS = Table(
    name="groups",
    about="Groups of areas: nearest neighbours, families, regions",
    columns=(
        Code("group", required=True, longest=120),
        Code("area", required=True, references=("areas", "area")),
        _STARTS,
        _ENDS,
    ),
    key=("group", "area", "starts"),
    keep=Definitions(model=AreaMembership, implies=("group",)),
)

# Records

RULES = Table(
    name="rules",
    about="Versions of the rules that turn a figure and its target into a status",
    columns=(
        Code("rule", required=True, kept_as="code", page="measures:named-rule"),
        Text("title", longest=200),
        Choice("family", words=words.Family, empty="miss_tolerance"),
        Choice("basis", words=words.Basis, empty="percent"),
        *(
            Figure(name)
            for name in (
                "green",
                "amber",
                "red_amber",
                "exceed",
                "absolute_green",
                "absolute_amber",
                "absolute_red_amber",
                "absolute_exceed",
            )
        ),
        Choice("compare", words=words.Compare, empty="unrounded"),
        Choice("against", words=words.Against, empty="last_year"),
        Figure("min_denominator"),
        Whole("expires_after", most=_LARGEST, about="Days that a judgement stands"),
        Day("starts", about="Rates periods that end on or after it; empty for every period"),
        Day("agreed_on"),
        Text("decision"),
        Moment("entered_at"),
    ),
    key=("rule", "starts"),
    keep=Records(model=Rule, moment="entered_at", subject="", from_beginning=True, newest=_settled_of_rules),
    checks=(checks.check_rules,),
)

RULE_ASSIGNMENTS = Table(
    name="rule_assignments",
    about="Which rule rates a measure, or every measure of a tier, from which day",
    columns=(
        Code("measure", references=("measures", "measure")),
        Choice("tier", words=Tier),
        Code("rule", required=True, references=("rules", "rule")),
        Day("starts", about="For periods that end on or after it; empty for every period"),
        Text("decision"),
        Text("reason"),
        Text("by", longest=200, kept_as="by_name"),
        Moment("entered_at"),
    ),
    key=("measure", "tier", "starts"),
    keep=Records(model=RuleAssignment, moment="entered_at", from_beginning=True, newest=_settled_of_tiers),
    checks=(checks.check_assignments,),
)

TARGETS = Table(
    name="targets",
    about="What a period's figure is held against",
    columns=(
        _MEASURE,
        _PERIOD,
        _CATEGORY,
        Choice("kind", words=words.TargetKind, empty="target"),
        Figure("value"),
        Figure("low"),
        Figure("high"),
        Choice("comparison", words=words.Comparison, about="Empty: by polarity"),
        Choice("profile", words=words.Profile),
        Day("set_on", given=True, about="The day of entered_at; both empty: known from the beginning"),
        Moment("entered_at"),
        Text("set_by", longest=200),
        Text("decision"),
        Text("reason"),
        Flag("amends"),
        Flag("corrects"),
    ),
    key=("measure", "period", "category", "kind"),
    keep=Records(model=Target, moment="entered_at", day="set_on", from_beginning=True, newest=_settled("measure")),
    checks=(checks.check_category_keys, checks.check_periods("period"), checks.check_targets),
)

ACTUALS = Table(
    name="actuals",
    about="Figures as given for a period, or why there is none",
    columns=(
        _MEASURE,
        _PERIOD,
        _CATEGORY,
        Figure("numerator"),
        Figure("denominator"),
        Figure("value", about="A percentage is written 94.8"),
        Figure("lower"),
        Figure("upper"),
        Figure("sample", least=_NONE),
        Choice("missing", words=words.Missing),
        Day("expected_on", about="When a figure that is awaited is expected"),
        Choice("state", words=words.State, empty="final"),
        Choice("assurance", words=words.Assurance, empty="none"),
        Day("entered_on", given=True, about="The day of entered_at; both empty: the time of the load"),
        Moment("entered_at"),
        Text("entered_by", longest=200),
        Text("method", longest=200),
        Text("source_file", longest=300),
        Text("source_row", longest=40),
        Text("comment"),
        Text("reason"),
        Text("public_note"),
    ),
    key=("measure", "period", "category"),
    keep=Records(model=Actual, moment="entered_at", day="entered_on", newest=_settled("measure")),
    completes=(checks.complete_actuals,),
    checks=(checks.check_category_keys, checks.check_periods("period"), checks.check_actuals),
)

COMMENTARY = Table(
    name="commentary",
    about="What was written about a measure's period",
    columns=(
        _MEASURE,
        _PERIOD,
        Text("comment"),
        Text("cause"),
        Text("action"),
        Text("owner", longest=200),
        Day("due"),
        Code("audience", empty="internal", longest=30),
        Moment("written_at", kept_as="entered_at"),
        Text("written_by", longest=200),
    ),
    key=("measure", "period", "audience"),
    keep=Records(model=Commentary, moment="written_at", newest=_settled("measure")),
    checks=(checks.check_commentary,),
)

FORECASTS = Table(
    name="forecasts",
    about="The owners' forecasts of a period's outturn",
    columns=(
        _MEASURE,
        PeriodName("for_period", required=True),
        PeriodName("made_in", about="The period in whose report it was made"),
        Figure("value", required=True),
        Text("basis", longest=60),
        Text("reason"),
        Text("by", longest=200, kept_as="by_name"),
        Moment("at", kept_as="entered_at"),
    ),
    key=("measure", "for_period"),
    keep=Records(model=Forecast, moment="at", newest=_settled("measure")),
    checks=(checks.check_periods("for_period"),),
)

JUDGEMENTS = Table(
    name="judgements",
    about="Statuses judged by a person, with the reason and until when",
    columns=(
        Code("object", required=True, references=("measures", "measure"), kept_as="measure"),
        _PERIOD,
        Choice("status", required=True, words=words.RATED),
        Text("reason", required=True),
        Text("by", longest=200, kept_as="by_name"),
        Moment("at", kept_as="entered_at"),
        Day("expires"),
    ),
    key=("object", "period"),
    keep=Records(model=Judgement, moment="at", subject="object", newest=_settled("object")),
)

ANNOTATIONS = Table(
    name="annotations",
    about="Notes on a period, breaks that no comparison reaches across, and rebases that start new limits",
    columns=(
        _MEASURE,
        _PERIOD,
        Choice("kind", words=words.Annotation, empty="note"),
        Text("text", required=True),
        Flag("public"),
        Moment("entered_at"),
    ),
    key=("measure", "period", "kind"),
    keep=Records(model=Annotation, moment="entered_at", from_beginning=True, newest=_settled("measure")),
)

PUBLISHED = Table(
    name="published",
    about="Figures and statuses as a meeting or an earlier system showed them",
    columns=(
        Code("publication", required=True, longest=120),
        Day("shown_on"),
        Text("body", longest=200),
        _MEASURE,
        _PERIOD,
        _CATEGORY,
        Figure("value"),
        Figure("target"),
        Choice("status", words=words.Status),
        Choice("direction", words=words.Direction),
        Text("note"),
    ),
    key=("publication", "measure", "period", "category"),
    keep=Records(model=PublishedFigure),
    checks=(checks.check_category_keys,),
)

COMPARATORS = Table(
    name="comparators",
    about="Other areas' figures",
    columns=(
        _MEASURE,
        Code("area", required=True, references=("areas", "area")),
        _PERIOD,
        _CATEGORY,
        Figure("numerator"),
        Figure("denominator"),
        Figure("value"),
        Text("source"),
        Day("published_on"),
    ),
    key=("measure", "area", "period", "category", "published_on"),
    keep=Records(model=Comparator),
    checks=(checks.check_category_keys,),
)

BENCHMARKS = Table(
    name="benchmarks",
    about="Published lines without members, such as a top quartile",
    columns=(
        _MEASURE,
        Code("group", required=True, longest=120, references=("groups", "group")),
        _PERIOD,
        Code("statistic", required=True, longest=30, about="upper_quartile, median, mean …"),
        Figure("value", required=True),
        Text("source"),
        Day("published_on"),
    ),
    key=("measure", "group", "period", "statistic", "published_on"),
    keep=Records(model=Benchmark),
)

TABLES = (
    SCHEMES,
    CATEGORIES,
    AREAS,
    GROUPS,
    MEASURES,
    MEASURE_ROLES,
    MEASURE_LINKS,
    TAGS,
    SETS,
    RULES,
    RULE_ASSIGNMENTS,
    TARGETS,
    ACTUALS,
    COMMENTARY,
    FORECASTS,
    JUDGEMENTS,
    ANNOTATIONS,
    PUBLISHED,
    COMPARATORS,
    BENCHMARKS,
)
