"""What many tests of a module stand on, made once: layer on layer, each in a savepoint, undone when in the way.

A module, or the conftest beside it, says by a fixture ``known_layers`` what there is, and has a fixture for each that
tests ask for by name::

    @pytest.fixture(scope="module")
    def known_layers():
        return {"officer": Layer(an_officer), "calls": Layer(calls_answered, ("officer",))}

    @pytest.fixture
    def calls(stood_on):
        return stood_on["calls"]
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from typing import Any, NamedTuple

from django.db import transaction


class Layer(NamedTuple):
    """How a layer is made of those ``below`` it, by name, the lowest first."""

    make: Callable[..., Any]
    below: tuple[str, ...] = ()


class Layers:
    """The layers that stand in the database now, within one transaction that is never committed."""

    def __init__(self, known: Mapping[str, Layer]) -> None:
        self.known = known
        self.standing: list[tuple[str, str, Any]] = []

    @contextmanager
    def up_to(self, name: str) -> Iterator[dict[str, Any]]:
        """Stand on the layer called so and those below; gives copies of what they are, and undoes what a test does."""
        self._stand_on((*self.known[name].below, name))
        with transaction.atomic():
            yield deepcopy({name: made for name, _savepoint, made in self.standing})
            transaction.set_rollback(True)

    def _stand_on(self, wanted: tuple[str, ...]) -> None:
        while [name for name, *_ in self.standing] != list(wanted[: len(self.standing)]):
            transaction.savepoint_rollback(self.standing.pop()[1])
        for name in wanted[len(self.standing) :]:
            savepoint = transaction.savepoint()
            made = self.known[name].make(*(below for *_, below in self.standing))
            self.standing.append((name, savepoint, made))


@contextmanager
def standing(known: Mapping[str, Layer], blocker: Any) -> Iterator[Layers]:
    """Layers for a module; the database is open to a test only while it stands on one."""
    with ExitStack() as stack:
        with blocker.unblock():
            stack.enter_context(transaction.atomic())
        yield Layers(known)
        stack.enter_context(blocker.unblock())
        transaction.set_rollback(True)
