"""Waste and Recycling, with everybody's appraisal begun: see waste.py, imported once Django is ready."""

from typing import Any

import pytest

from tests.layers import Layer


@pytest.fixture(scope="module")
def known_layers() -> dict[str, Layer]:
    from tests.appraisals import waste

    return {
        "council": Layer(waste.make_council),
        "year": Layer(waste.open_the_year, ("council",)),
        "framework": Layer(waste.expect_competencies, ("council", "year")),
        "written": Layer(waste.write_everything, ("council", "year")),
        "marked": Layer(waste.mark_everything, ("council", "year", "written")),
    }


@pytest.fixture
def council(stood_on: dict[str, Any]) -> Any:
    return stood_on["council"]


@pytest.fixture
def year(stood_on: dict[str, Any]) -> Any:
    return stood_on["year"]


@pytest.fixture
def framework(year: Any, stood_on: dict[str, Any]) -> Any:
    """Two competencies, which the officers' template names."""
    return stood_on["framework"]


@pytest.fixture
def appraisal(year: Any) -> Any:
    """The officer's, appraised by the head, whose manager is the director."""
    from goldenthread.appraisals.models import Appraisal

    return Appraisal.objects.select_related("appraiser_post").get(person__code="meera-pillai")


@pytest.fixture
def written(stood_on: dict[str, Any]) -> Any:
    """The officer's, with the marker in every text."""
    return stood_on["written"]


@pytest.fixture
def marked(stood_on: dict[str, Any]) -> Any:
    """The same, with something of every kind on the thread, so that pages which show the thread have it to show."""
    return stood_on["marked"]
