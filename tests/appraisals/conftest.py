"""Waste and Recycling, with everybody's appraisal begun: see waste.py, imported once Django is ready."""

from typing import Any

import pytest


@pytest.fixture
def council(db: None) -> Any:
    from tests.appraisals.waste import make_council

    return make_council()


@pytest.fixture
def year(council: Any) -> Any:
    from tests.appraisals.waste import open_the_year

    return open_the_year(council)


@pytest.fixture
def framework(council: Any, year: Any) -> Any:
    """Two competencies, which the officers' template names."""
    from tests.appraisals.waste import expect_competencies

    return expect_competencies(council, year)


@pytest.fixture
def appraisal(year: Any) -> Any:
    """The officer's, appraised by the head, whose manager is the director."""
    from goldenthread.appraisals.models import Appraisal

    return Appraisal.objects.select_related("appraiser_post").get(person__code="meera-pillai")


@pytest.fixture
def written(appraisal: Any, council: Any) -> Any:
    from tests.appraisals.waste import write_everything

    return write_everything(appraisal, council)
