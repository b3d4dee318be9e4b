"""Customer services, its officer and calls answered: see customer_services.py, imported once Django is ready.

A module that stands on more says so by its own ``known_layers``, or by fixtures of its own of these names.
"""

from typing import Any

import pytest

from tests.layers import Layer


@pytest.fixture(scope="module")
def known_layers() -> dict[str, Layer]:
    from tests.measures.customer_services import an_officer, calls_answered

    return {"officer": Layer(an_officer), "calls": Layer(calls_answered, ("officer",))}


@pytest.fixture
def officer(stood_on: dict[str, Any]) -> Any:
    return stood_on["officer"]


@pytest.fixture
def calls(stood_on: dict[str, Any]) -> Any:
    return stood_on["calls"]
