"""Two officers who link at the same moment close no circle: one of the two is told."""

import threading
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection

from goldenthread.domain.graph import circle_in
from goldenthread.history.acts import Refused
from goldenthread.plans.models import Link
from goldenthread.plans.services import add_element, add_element_kind, add_plan, link_elements
from goldenthread.plans.services.links import links_of


@pytest.mark.django_db(transaction=True)
def test_links_made_at_once_never_go_round_in_a_circle():
    add_element_kind(by=None, code="objective", title="Objective", counts_as="objective")
    for name in "ABC":
        add_plan(by=None, code=f"PLAN-{name}", title=f"Plan {name}")
        add_element(by=None, plan=f"PLAN-{name}", code=name, kind="objective", title=name)
    gate, told = threading.Barrier(3), []

    def link(above: str, below: str) -> None:
        try:
            gate.wait()
            link_elements(by=None, above=above, below=below)
            told.append("linked")
        except Refused as refused:
            told.append("circle" if "round in a circle" in str(refused) else str(refused))
        finally:
            connection.close()

    officers = [threading.Thread(target=link, args=pair) for pair in pairwise("ABCA")]
    _each(officers, "start")
    _each(officers, "join")
    assert sorted(told) == ["circle", "linked", "linked"]
    assert circle_in(links_of(Link.objects.all())) is None


def _each(threads: list[Any], verb: str) -> None:
    for one in threads:
        getattr(one, verb)()
