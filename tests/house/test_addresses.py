"""Every address states its permission, is written in kebab-case and lights one item of the navigation."""

import re

from goldenthread.web import navigation
from goldenthread.web.permission import PUBLIC
from tests.house.addresses import our_addresses
from tests.house.visits import argument, parameters_of


def test_every_view_wears_a_permission() -> None:
    bare = [address.path for address in our_addresses() if not hasattr(address.view, "permission")]
    assert bare == [], "wear @requires or @public (goldenthread.web.permission)"


def test_every_path_is_kebab_case() -> None:
    literal = re.compile(r"<[^>]+>")
    odd = [
        address.path
        for address in our_addresses()
        if not re.fullmatch(r"[a-z0-9./-]*", literal.sub("", address.path)) or "--" in address.path
    ]
    assert odd == []


def test_every_path_ends_in_a_slash_or_names_a_file() -> None:
    odd = [
        address.path
        for address in our_addresses()
        if address.path and not address.path.endswith("/") and "." not in address.path.split("/")[-1]
    ]
    assert odd == []


def test_every_signed_in_page_lights_one_navigation_item() -> None:
    known = {item.lights for item in navigation.items()}
    unlit = [
        f"{address.path}: {address.view.navigation!r}"
        for address in our_addresses()
        if address.view.permission != PUBLIC and address.view.navigation not in known
    ]
    assert unlit == [], f"the navigation has {sorted(known)}"


def test_every_address_that_takes_arguments_has_an_example() -> None:
    without = [
        f"{address.name} {parameter}"
        for address in our_addresses()
        for parameter in parameters_of(address)
        if argument(address.name, parameter) is None
    ]
    assert without == [], "say in tests/house/visits.py what to open"
