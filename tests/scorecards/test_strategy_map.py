"""The strategy map: what it draws, what its list says, and how far down it goes."""

import re
import subprocess
import sys
from typing import Any

import pytest

from goldenthread.charts.strategy_map import MapNode, strategy_map
from tests.scorecards.growth import grow


@pytest.fixture
def officer(demonstration: None, sign_in: Any) -> Any:
    return sign_in("performance_officer")


def body(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


def boxes(page: str) -> list[str]:
    return re.findall(r'<a href="/elements/([^"]+)/" tabindex="-1">', page)


def listed(page: str) -> list[str]:
    return re.findall(r'<a href="/elements/([^"]+)/">', page.split('id="mapped"')[1])


def test_the_list_says_what_the_map_draws(officer: Any):
    page = body(officer.get("/map/"))
    assert sorted(boxes(page)) == sorted(listed(page))
    assert {"WT-V", "V", "P4", "P4-2", "CIT-A2", "WST-1"} <= set(boxes(page))
    assert page.count("<h1") == 1


def test_from_a_priority_only_what_hangs_on_it(officer: Any):
    found = set(boxes(body(officer.get("/map/?from=P4"))))
    assert {"V", "P4", "P4-2", "WST-1"} <= found
    assert "P1" not in found
    assert officer.get("/map/?from=NOWHERE").status_code == 404


def test_it_goes_down_to_the_kind_that_is_chosen(officer: Any):
    found = set(boxes(body(officer.get("/map/?to=Outcome"))))
    assert "P4-2" in found
    assert "CIT-A2" not in found


def test_what_could_not_be_read_is_left_to_the_list_below(officer: Any):
    grow(0, 250)
    page = body(officer.get("/map/"))
    assert len(boxes(page)) <= 200
    assert "new-1" in boxes(body(officer.get("/map/?to=Service objective")))


def test_titles_are_written_as_xml_takes_them():
    picture = strategy_map([MapNode("A&B", 'Bins & "boxes" <now>', "Aim", href="/elements/A&B/")], [], label="Map")
    assert 'Bins &amp; "boxes" &lt;now&gt;' in picture
    assert 'href="/elements/A&amp;B/"' in picture


def test_the_library_is_loaded_only_to_draw():
    told = subprocess.run(
        [sys.executable, "-c", "import goldenthread.charts.strategy_map, sys; print('pygraphviz' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "False"
