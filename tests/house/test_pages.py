"""Every page a reader reaches from home by its links: it answers, it is whole, and it asks the database little."""

from typing import Any

import pytest

from goldenthread.council.models import Role
from tests.house.addresses import our_addresses
from tests.house.walk import Page, Walk


@pytest.mark.parametrize("role", list(Role))
def test_every_page_a_role_can_reach_is_whole(role: Role, demonstration: None, sign_in: Any) -> None:
    faults = Walk(sign_in(role)).faults
    assert faults == [], "\n".join(faults)


def test_an_administrator_reaches_every_page(demonstration: None, sign_in: Any) -> None:
    walk = Walk(sign_in(Role.ADMINISTRATOR))
    missed = sorted({address.name for address in our_addresses()} - set(walk.opened))
    assert missed == [], f"no link from home leads to {', '.join(missed)}"


def test_a_page_that_does_not_exist_says_so(demonstration: None, sign_in: Any) -> None:
    response = sign_in(Role.VIEWER).get("/no-such-page/")
    assert (response.status_code, Page(response.content.decode()).faults()) == (404, [])
