"""A council with many more objectives than Wenlow has."""

from decimal import Decimal

from goldenthread.plans.models import Action, Element, Link


def grow(first: int, last: int) -> None:
    """So many more objectives of one plan and one post, each with an action, all below the same element."""
    like, above = Element.objects.get(code="WST-1"), Element.objects.get(code="CIT-A2")
    made = Element.objects.bulk_create(
        Element(code=f"new-{n}", plan=like.plan, kind=like.kind, title=f"Objective {n}", owner=like.owner)
        for n in range(first, last)
    )
    Link.objects.bulk_create(Link(above=above, below=one, weight=Decimal(1)) for one in made)
    Action.objects.bulk_create(
        Action(code=f"{one.code}-A1", element=one, title="Do it", owner=like.owner) for one in made
    )
