"""What the style guide shows: each component with something in it, with nothing in it, and with a fault."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest

from goldenthread.charts import NARROW, WIDE, Bar, RunPoint, bars, bullet, run_chart, sparkline
from goldenthread.domain.words import Signal, Status
from goldenthread.web.forms import DayField

_SICKNESS = [Decimal(n) / 10 for n in (24, 26, 29, 27, 23, 25, 28, 26, 22, 24, 27, 25, 21, 23, 34, 26, 22, 23, 25)]
_ANSWERED = [Decimal(n) / 10 for n in (821, 834, 819, 840, 852, 848, 861, 857, 869, 874, 868, 882)]


class ExampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Title", max_length=120, help_text="As it stands in the council plan.")
    value = forms.DecimalField(label="Calls answered within 60 seconds")
    cost = forms.DecimalField(label="Cost of the service", required=False)
    owner = forms.ChoiceField(
        label="Owner",
        choices=[
            ("", "Choose a post"),
            ("Customer services", [("cs1", "Head of Customer Services"), ("cs2", "Contact Centre Manager")]),
            ("Finance", [("f1", "Head of Revenues")]),
        ],
    )
    polarity = forms.ChoiceField(
        label="What is good?",
        widget=forms.RadioSelect,
        choices=[("higher", "Higher is better"), ("lower", "Lower is better"), ("range", "Within a range is better")],
    )
    themes = forms.MultipleChoiceField(
        label="Themes",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("climate", "Climate"), ("equality", "Equality"), ("safety", "Community safety")],
    )
    on = DayField(label="Agreed on", help_text="For example, 14/7/2026.")
    comment = forms.CharField(
        label="What happened, and what is being done", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    file = forms.FileField(label="Evidence", required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    final = forms.BooleanField(label="This figure is final", required=False)


class ExampleFilters(forms.Form):
    words = forms.CharField(
        label="Search", required=False, widget=forms.TextInput(attrs={"placeholder": "Code, title or owner"})
    )
    unit = forms.ChoiceField(label="Unit", required=False, choices=[("", "Every unit"), ("cs", "Customer Services")])
    period = forms.ChoiceField(label="Period", required=False, choices=[("2026/27 Q3", "2026/27 Q3")])
    status = forms.MultipleChoiceField(
        label="Status",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green"), ("overdue", "Overdue")],
    )
    exceptions = forms.BooleanField(label="Exceptions only", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.input_type = "search"


def examples(request: HttpRequest) -> dict[str, Any]:
    return {
        "statuses": list(Status),
        "filled": ExampleForm(
            initial={
                "title": "Calls answered within 60 seconds",
                "value": "84.2",
                "owner": "cs2",
                "polarity": "higher",
                "themes": ["equality"],
                "on": date(2026, 7, 14),
                "comment": "Two posts were vacant until 9 November.",
                "final": True,
            }
        ),
        "faulty": ExampleForm(
            {"faulty-value": "eighty", "faulty-on": "31/2/2026", "faulty-title": ""}, prefix="faulty"
        ),
        "filters": ExampleFilters({"status": ["red", "overdue"], "period": "2026/27 Q3"}),
        "rows": _rows(),
        "chart": {"wide": _run(), "narrow": _run(NARROW)},
        "long_chart": {"wide": _long(), "narrow": _long(NARROW)},
        "bars": {"wide": _wards(600), "narrow": _wards(NARROW)},
        "bullets": [
            bullet(
                Decimal("84.2"), target=Decimal(87), edge=Decimal(82), low=Decimal(0), high=Decimal(100), label="Calls"
            ),
            bullet(Decimal("9.8"), target=Decimal("8.5"), edge=Decimal("9.4"), label="Sickness"),
            bullet(None, target=Decimal(10), label="No figure yet"),
        ],
        "empty_sparkline": sparkline([], label="No figures"),
    }


def _rows() -> list[dict[str, Any]]:
    names = [
        (
            "CS04",
            "Calls answered within 60 seconds",
            "Customer Services",
            "84.2%",
            "87%",
            Status.AMBER,
            "better",
            False,
        ),
        ("HR11", "Working days lost to sickness per FTE", "Human Resources", "7.4", "6.0", Status.RED, "worse", False),
        ("RV01", "Council tax collected", "Revenues", "81.6%", "81.4%", Status.GREEN, "same", False),
        ("WA02", "Household waste recycled or composted", "Waste", "52.3%", "50%", Status.BLUE, "better", False),
        ("PL07", "Major applications decided in time", "Planning", "91%", "90%", Status.GREEN, "worse", True),
        ("CH19", "Care leavers in suitable accommodation", "Children", "", "95%", Status.OVERDUE, "none", False),
        ("HS03", "Days to let an empty home", "Housing", "31", "", Status.NO_TARGET, "better", False),
    ]
    run = [_ANSWERED, _SICKNESS[:13], _ANSWERED[::-1], _ANSWERED, [*_ANSWERED[:5], None, *_ANSWERED[6:]], [], _SICKNESS]
    return [
        {
            "code": code,
            "title": title,
            "unit": unit,
            "value": value,
            "target": target,
            "status": status,
            "direction": direction,
            "hollow": hollow,
            "spark": sparkline(
                points,
                statuses=[status] * len(points),
                target=points[0] if points else None,
                label=f"{title}, the last {len(points)} periods",
            ),
        }
        for (code, title, unit, value, target, status, direction, hollow), points in zip(names, run, strict=True)
    ]


def _percent(value: Decimal) -> str:
    return f"{value:f}%"


def _run(width: float = WIDE) -> str:
    values = [*_ANSWERED[:9], None, Decimal("86.8"), Decimal("84.2")]
    points = []
    for index, value in enumerate(values):
        year, quarter = 2024 + index // 4, index % 4 + 1
        target = Decimal(85) if index < 8 else Decimal(87)
        status = Status.GREEN if value and value >= target else Status.AMBER
        if value and value < target - 3:
            status = Status.RED
        points.append(
            RunPoint(
                period=f"{year}/{year % 100 + 1} Q{quarter}",
                short=f"Q{quarter}",
                year=f"{year}/{year % 100 + 1}",
                value=value,
                target=target,
                low=target - 3,
                high=target,
                status=status if value else None,
                signal=Signal.IMPROVING if index == 8 else Signal.WORSENING if index == 11 else None,
                hollow=index == 11,
                break_before=index == 4,
                said=f"{year}/{year % 100 + 1} Q{quarter}: {value}%, {status}" if value else "",
            )
        )
    return run_chart(
        points,
        title="Calls answered within 60 seconds, 2024/25 Q1 to 2026/27 Q3",
        desc="From 82.1% to 84.2%, against a target of 87%.",
        better="Higher is better",
        number=_percent,
        width=width,
    )


def _long(width: float = WIDE) -> str:
    months = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
    values = [
        _SICKNESS[index % 19] / 4 + Decimal(index % 12) / 60 + (Decimal("0.22") if index == 50 else 0)
        for index in range(57)
    ]
    points = [
        RunPoint(
            period=f"{2022 + index // 12}-{index % 12}",
            short=months[index % 12],
            year=f"{2022 + index // 12}/{23 + index // 12}",
            value=value.quantize(Decimal("0.01")),
            target=Decimal("0.65"),
            mean=Decimal("0.71"),
            lower_limit=Decimal("0.49"),
            upper_limit=Decimal("0.93"),
            status=Status.GREEN if value <= Decimal("0.65") else Status.RED,
            signal=Signal.WORSENING if index == 50 else None,
        )
        for index, value in enumerate(values)
    ]
    return run_chart(
        points,
        title="Working days lost to sickness per FTE, by month",
        desc="Within its control limits but for June 2026.",
        better="Lower is better",
        width=width,
    )


def _wards(width: float = WIDE) -> str:
    return bars(
        [
            Bar(label="Abbey", value=Decimal("88.1"), status=Status.GREEN),
            Bar(label="Castle and Quayside", value=Decimal("86.4"), status=Status.AMBER),
            Bar(label="Harbour", value=Decimal("61.7"), status=Status.RED, lower=Decimal(57), upper=Decimal(66)),
            Bar(label="Hill Top", value=Decimal("90.2"), status=Status.GREEN, hollow=True),
            Bar(label="Northgate", note="suppressed: fewer than 5 cases"),
        ],
        title="Calls answered within 60 seconds, by ward",
        desc="Harbour is far below the whole.",
        whole=Decimal("84.2"),
        whole_word="All wards",
        target=Decimal(87),
        number=_percent,
        width=width,
    )
