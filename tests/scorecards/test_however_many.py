"""At ten elements and at a thousand every page of plans and thread asks as much of the database."""

from typing import Any

from tests.scorecards.growth import grow

OFFICER = (
    *("/thread/", "/thread/element/P4/", "/thread/person/deborah-lockyer/", "/gaps/", "/map/"),
    *("/plans/WST-26/", "/plans/WST-26/on-a-page/", "/elements/CIT-A2/", "/actions/", "/actions/timeline/"),
)
OWNER = ("/", "/my-thread/")


def test_the_same_queries_at_10_and_at_1000_elements(demonstration: None, sign_in: Any, queries_for: Any):
    officer, owner = sign_in("performance_officer"), sign_in("head_of_service")

    def asked() -> dict[str, int]:
        pages = [(officer, path) for path in OFFICER] + [(owner, path) for path in OWNER]
        return {path: queries_for(client, path) for client, path in pages}

    grow(0, 10)
    few = asked()
    grow(10, 1000)

    assert asked() == few
    assert max(few.values()) <= 25
