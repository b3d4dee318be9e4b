"""An act costs the same number of queries however long a measure's history, and nobody who reads waits for it."""

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections

from goldenthread.council.models import Unit
from goldenthread.domain.periods import Period
from goldenthread.domain.rules import Rule as RuleVersion
from goldenthread.domain.words import Family
from goldenthread.measures.models import Measure, Result
from goldenthread.measures.queries.board import board
from goldenthread.measures.services import (
    Entry,
    TargetEntry,
    assign_rule,
    record_actual,
    restate,
    set_rule,
    set_target,
)
from goldenthread.measures.services.act import act
from tests.asked import asked

FIRST = Period.parse("2022-04")


def make_measure(code: str, months: int) -> list[str]:
    """A rated monthly measure with so many figures; gives the months."""
    unit, _made = Unit.objects.get_or_create(code="CS", defaults={"name": "Customer services"})
    Measure.objects.create(
        code=code, title="Calls", unit=unit, data_type="number", polarity="higher", frequency="month", aggregation="sum"
    )
    assign_rule(by=None, rule="TEN", measure=code)
    for year in ("2022/23", "2023/24", "2024/25", "2025/26"):
        set_target(by=None, measure=code, entry=TargetEntry(period=year, value=Decimal(120), profile="even"))
    periods = [FIRST]
    while len(periods) < months:
        periods.append(periods[-1].next())
    for period in periods:
        record(code, period.text)
    return [period.text for period in periods]


def record(code: str, period: str) -> Any:
    return record_actual(by=None, measure=code, entry=Entry(period=period, value=Decimal(10)))


def queries_of(work: Callable[[], Any]) -> int:
    with asked() as captured:
        work()
    return len(captured)


@pytest.fixture
def rule() -> None:
    set_rule(by=None, rule=RuleVersion(code="TEN", family=Family.MISS_TOLERANCE, amber=Decimal(10)))


@pytest.mark.django_db
def test_an_act_takes_the_same_queries_after_one_year_as_after_three(rule: None):
    young, old = make_measure("YOUNG", 13), make_measure("OLD", 37)
    following = {"YOUNG": Period.parse(young[-1]).next().text, "OLD": Period.parse(old[-1]).next().text}
    entered = {code: queries_of(lambda code=code: record(code, period)) for code, period in following.items()}
    entry = Entry(period=young[3], value=Decimal(9))
    restated = {
        code: queries_of(lambda code=code: restate(by=None, measure=code, entry=entry, reason="Counted twice"))
        for code in following
    }
    target = TargetEntry(period="2026/27", value=Decimal(130))
    aimed = {code: queries_of(lambda code=code: set_target(by=None, measure=code, entry=target)) for code in following}
    assert entered["YOUNG"] == entered["OLD"] <= 30
    assert restated["YOUNG"] == restated["OLD"] <= 30
    assert aimed["YOUNG"] == aimed["OLD"] <= 30


@pytest.mark.django_db(transaction=True)
def test_boards_are_read_while_a_figure_is_being_written(rule: None):
    """SQLite's write-ahead log and PostgreSQL's row locks: a reader sees what stood before, at once."""
    make_measure("CS-01", 3)
    writing, seen = threading.Event(), threading.Event()
    faults: list[BaseException] = []

    def write(change: Any, measures: Any) -> None:
        Measure.objects.filter(code="CS-01").update(title="Calls answered")
        writing.set()
        assert seen.wait(30), "the readers were kept waiting"

    def enter() -> None:
        try:
            act(by=None, verb="test", object="measure CS-01", codes=["CS-01"], write=write)
        except BaseException as fault:
            faults.append(fault)
        finally:
            writing.set()
            connections.close_all()

    writer = threading.Thread(target=enter)
    writer.start()
    assert writing.wait(30)
    titles = [board(Measure.objects.all(), Period.parse("2022-06")).lines[0].title for _ in range(5)]
    results = Result.objects.filter(known_to__isnull=True, derived=False).count()
    seen.set()
    writer.join()
    assert faults == []
    assert (titles, results) == (["Calls"] * 5, 3)
    assert Measure.objects.get(code="CS-01").title == "Calls answered"
