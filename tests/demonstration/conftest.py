"""Wenlow's tables, made once for all that read them."""

import pytest

from goldenthread.demonstration import Tables, tables


@pytest.fixture(scope="session")
def wenlow() -> Tables:
    return tables()
