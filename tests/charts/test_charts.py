"""Every picture is whole XML and safe to set in type, whatever the figures."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.charts import NARROW, WIDE, Bar, RunPoint, bars, bullet, run_chart, sparkline
from goldenthread.charts.drawing import text_width
from goldenthread.charts.scale import ticks
from goldenthread.domain.words import Signal, Status

SVG = "{http://www.w3.org/2000/svg}"
#: What both a strict page and typst take.
ELEMENTS = {"svg", "title", "desc", "g", "path", "circle", "rect", "polygon", "text"}

figures = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1E+30"), max_value=Decimal("1E+30")),
    st.sampled_from([Decimal(0), Decimal("1E+300"), Decimal("-1E+300"), Decimal("1E-300"), Decimal("94.8")]),
)
some_figures = st.lists(st.one_of(st.none(), figures), max_size=70)
words = st.text(max_size=30)
statuses = st.sampled_from([None, *Status])


@st.composite
def run_points(draw: st.DrawFn) -> list[RunPoint]:
    maybe = st.one_of(st.none(), figures)
    return [
        RunPoint(
            period=draw(words),
            short=draw(words),
            year=draw(st.sampled_from(["", "2025/26", "2026/27"])),
            value=value,
            target=draw(maybe),
            low=draw(maybe),
            high=draw(maybe),
            mean=draw(maybe),
            lower_limit=draw(maybe),
            upper_limit=draw(maybe),
            lower=draw(maybe),
            upper=draw(maybe),
            status=draw(statuses),
            signal=draw(st.sampled_from([None, *Signal])),
            hollow=draw(st.booleans()),
            break_before=draw(st.booleans()),
            said=draw(words),
        )
        for value in draw(st.lists(maybe, max_size=12))
    ]


def whole(svg: str, *, title: str | None = None) -> ElementTree.Element:
    """The picture, after what must hold of each has been asked of it."""
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    if title is not None:
        assert root[0].text == title
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= ELEMENTS
    assert not [
        element for element in root.iter() if "style" in element.attrib or "currentColor" in str(element.attrib)
    ]
    assert not [said for said in places(root) if "nan" in said or "inf" in said]
    return root


def places(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        yield from (value for name, value in element.attrib.items() if name in {"d", "x", "y", "cx", "cy", "transform"})


@given(some_figures, st.lists(statuses, max_size=70), st.one_of(st.none(), figures), words)
def test_a_sparkline_is_whole(
    points: list[Decimal | None], marks: list[Status | None], target: Decimal | None, label: str
) -> None:
    whole(sparkline(points, statuses=marks, target=target, label=label))


@given(run_points(), st.sampled_from([WIDE, NARROW, 560]))
def test_a_run_chart_is_whole(points: list[RunPoint], width: float) -> None:
    whole(run_chart(points, title="Calls answered", desc="By quarter", better="Higher is better", width=width))


@given(
    st.lists(
        st.builds(
            Bar, label=words, value=st.one_of(st.none(), figures), status=statuses, hollow=st.booleans(), note=words
        ),
        max_size=8,
    ),
    st.one_of(st.none(), figures),
    st.one_of(st.none(), figures),
    st.sampled_from([WIDE, NARROW]),
)
def test_bars_are_whole(categories: list[Bar], average: Decimal | None, target: Decimal | None, width: float) -> None:
    whole(bars(categories, title="By ward", whole=average, target=target, width=width))


@given(*[st.one_of(st.none(), figures)] * 3)
def test_a_bullet_is_whole(value: Decimal | None, target: Decimal | None, edge: Decimal | None) -> None:
    whole(bullet(value, target=target, edge=edge, label="Calls"), title="Calls")


@given(st.lists(figures, min_size=1, max_size=10), st.booleans())
def test_the_axis_encloses_its_figures(values: list[Decimal], from_zero: bool) -> None:
    marks = ticks(values, from_zero=from_zero)
    assert marks == sorted(marks)
    assert len(marks) <= 13
    assert marks[0] <= min(values)
    assert max(values) <= marks[-1]


def test_a_sparkline_lifts_over_a_missing_figure() -> None:
    drawn = whole(sparkline([Decimal(1), Decimal(2), None, Decimal(3)], label="Calls, four quarters"))
    assert drawn.find(f"{SVG}path").get("d") == "M30 230h.1L333 140M940 50h.1"


def test_a_sparkline_without_figures_says_its_name_and_draws_no_line() -> None:
    drawn = whole(sparkline([None, None], label="No figures"), title="No figures")
    assert [path.get("stroke-dasharray") for path in drawn.iter(f"{SVG}path")] == ["10 40"]


def test_figures_too_near_each_other_for_floats_still_rise() -> None:
    close = [Decimal("100000000000000000000"), Decimal("100000000000000000001")]
    drawn = whole(sparkline(close, label="Rising"))
    assert drawn.find(f"{SVG}path").get("d") == "M30 230h.1L940 50"


@pytest.mark.parametrize(("signal", "rings"), [(Signal.WORSENING, 1), (Signal.NO_CHANGE, 0), (None, 0)])
def test_a_signal_is_ringed(signal: Signal | None, rings: int) -> None:
    points = [RunPoint(period="2026/27 Q3", value=Decimal(84), status=Status.AMBER, signal=signal)]
    drawn = whole(run_chart(points, title="Calls"))
    assert len([circle for circle in drawn.iter(f"{SVG}circle") if circle.get("fill") == "none"]) == rings


def test_a_run_chart_names_its_last_figure_and_target_and_each_point() -> None:
    points = [
        RunPoint(period="2026/27 Q2", short="Q2", year="2026/27", value=Decimal("86.1"), target=Decimal(87)),
        RunPoint(
            period="2026/27 Q3",
            short="Q3",
            year="2026/27",
            value=Decimal("84.2"),
            target=Decimal(87),
            said="2026/27 Q3: 84.2%, amber",
        ),
    ]
    drawn = whole(run_chart(points, title="Calls", number=lambda value: f"{value}%"))
    said = [text.text for text in drawn.iter(f"{SVG}text")]
    assert {"Q2", "Q3", "2026/27", "84.2%", "Target 87%"} <= set(said)
    assert "2026/27 Q3: 84.2%, amber" in [title.text for title in drawn.iter(f"{SVG}title")]


Extent = tuple[float, float, str]


def beneath(drawn: ElementTree.Element) -> dict[str, list[Extent]]:
    """What stands beneath the axis, by line: from where to where each label reaches, in order."""
    bottom = float(drawn.get("height", 0)) - 44
    found: dict[str, list[Extent]] = {}
    for text in drawn.iter(f"{SVG}text"):
        if float(text.get("y", 0)) > bottom + 16:
            size = text_width(
                str(text.text), float(text.get("font-size", 12)) * (1.02 if text.get("font-weight") else 1)
            )
            start = float(text.get("x", 0)) - {"start": 0, "middle": size / 2, "end": size}[text.get("text-anchor", "")]
            found.setdefault(text.get("y", ""), []).append((start, start + size, str(text.text)))
    return {line: sorted(extents) for line, extents in found.items()}


def periods(frequency: str, count: int, skip: int = 0) -> list[RunPoint]:
    """``count`` points of a series that begins ``skip`` periods into its first year."""
    names = {
        "month": ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"),
        "quarter": ("Q1", "Q2", "Q3", "Q4"),
        "third": ("T1", "T2", "T3"),
        "half": ("H1", "H2"),
        "term": ("Autumn", "Spring", "Summer"),
        "year": (),
        "span": (),
    }[frequency]
    found = []
    for index in range(skip, skip + count):
        start = 2010 + (index // len(names) if names else index)
        year = f"{start}/{(start + 1) % 100}"
        alone = f"{year} to {start + 2}/{(start + 3) % 100}" if frequency == "span" else year
        named = {"short": names[index % len(names)], "year": year} if names else {"short": alone}
        found.append(RunPoint(period=f"{frequency} {index}", value=Decimal(index % 7), target=Decimal(5), **named))
    return found


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("frequency", ["month", "quarter", "third", "half", "term", "year", "span"])
def test_labels_never_lie_over_each_other_or_over_the_edge(frequency: str, width: float) -> None:
    for count in (1, 2, 5, 8, 12, 13, 17, 24, 60, 72):
        for skip in (0, 1, 2, 11):
            lines = beneath(whole(run_chart(periods(frequency, count, skip), title="Calls", width=width)))
            assert lines, (count, skip)
            for extents in lines.values():
                assert extents[0][0] >= -0.1, (count, skip, extents)
                assert extents[-1][1] <= width + 0.1, (count, skip, extents)
                together = [(one[2], other[2]) for one, other in pairwise(extents) if one[1] + 2 > other[0]]
                assert together == [], (count, skip)


def test_where_only_one_period_a_year_has_room_the_years_stand_alone() -> None:
    lines = beneath(whole(run_chart(periods("third", 24), title="Streets", width=NARROW)))
    assert [[said for _, _, said in extents] for extents in lines.values()] == [
        ["2011/12", "2013/14", "2015/16", "2017/18"]
    ]


def test_a_yes_or_a_no_has_nothing_between() -> None:
    points = [RunPoint(period=str(year), value=Decimal(year > 2025), target=Decimal(1)) for year in range(2023, 2027)]
    drawn = whole(
        run_chart(
            points,
            title="Local Plan submitted",
            marks=(Decimal(0), Decimal(1)),
            number=lambda value: "Yes" if value else "No",
        )
    )
    ends = [text.text for text in drawn.iter(f"{SVG}text") if text.get("text-anchor") == "end"]
    assert ends == ["No", "Yes"]


def test_a_target_that_climbs_goes_from_period_to_period_and_lifts_with_the_year() -> None:
    points = [
        RunPoint(
            period=str(index),
            value=Decimal(index % 4),
            target=Decimal(index % 4 + 1),
            low=Decimal(index % 4),
            high=Decimal(index % 4 + 1),
            restarts=index == 4,
        )
        for index in range(8)
    ]
    drawn = whole(run_chart(points, title="Savings", climbs=True))
    target = next(path.get("d") for path in drawn.iter(f"{SVG}path") if path.get("stroke-dasharray") == "6 4")
    assert (target.count("M"), target.count("L")) == (2, 6)
    assert len([area for area in drawn.iter(f"{SVG}polygon") if area.get("fill") == "#fbeed3"]) == 2


def test_the_line_stops_at_a_break() -> None:
    points = [
        RunPoint(period=str(year), value=Decimal(year % 7), break_before=year == 2025) for year in range(2023, 2027)
    ]
    drawn = whole(run_chart(points, title="Recycling"))
    run = [path.get("d") for path in drawn.iter(f"{SVG}path") if path.get("stroke-width") == "1.75"]
    assert [data.count("M") for data in run] == [2]
    assert "Break" in [text.text for text in drawn.iter(f"{SVG}text")]


def test_every_status_has_a_shape_of_its_own() -> None:
    drawn = {sparkline([Decimal(1)], statuses=[status], label="") for status in Status}
    assert len(drawn) == len(Status)
