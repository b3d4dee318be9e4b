"""Every page a reader reaches from home by its links: it answers, it is whole, and it asks the database little."""

from typing import Any

import pytest

from goldenthread.council.models import Role
from tests.house.addresses import our_addresses
from tests.house.walk import Page, walk_as

#: Shown once a figure was entered; offered beside a published figure, to whoever may restate it. Of plans: where a
#: status is judged, another date was asked for, a step is still to be reached, or something serves an element. Of the
#: staff list: where one is held back. Of appraisals: where somebody without an account has yet to sign, where a tier
#: has no template, where no version of the framework is being written, and where another year is over, or one whose
#: ratings have yet to be counted.
OFF_THE_WAY = {
    "council:release-extract",
    "measures:entered",
    "measures:restate",
    "plans:judge",
    "plans:decide",
    "plans:reach",
    "plans:weigh-link",
    "appraisals:signed-copy",
    "appraisals:start-confirmation",
    "appraisals:new-template",
    "appraisals:next-version",
    "appraisals:ratings-of-a-year",
    "appraisals:count-ratings",
}
pytestmark = pytest.mark.walk


@pytest.mark.parametrize("role", list(Role))
def test_every_page_a_role_can_reach_is_whole(role: Role, demonstration: None, sign_in: Any) -> None:
    faults = walk_as(role, sign_in).faults
    assert faults == [], "\n".join(faults)


def test_every_page_is_reached_by_somebody(demonstration: None, sign_in: Any) -> None:
    walks = [walk_as(role, sign_in) for role in Role]
    reached = set().union(*(walk.sent_to | set(walk.opened) for walk in walks))
    missed = sorted({address.name for address in our_addresses()} - reached - OFF_THE_WAY)
    assert missed == [], f"no link from anybody's home leads to {', '.join(missed)}"


def test_a_page_that_does_not_exist_says_so(demonstration: None, sign_in: Any) -> None:
    response = sign_in(Role.VIEWER).get("/no-such-page/")
    assert (response.status_code, Page(response.content.decode()).faults()) == (404, [])
