"""The thread explorer of 2,000 elements, its gaps, and the strategy map of 200, whole pages."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from benchmarks.ground import prepared_database, reader, signed_in
from benchmarks.rows import Measured, median_of, once, progress

ELEMENTS, MAPPED = 2_000, 200
RUNS = 9
#: What the explorer cannot do without: elements, links, actions and the latest results, read with no library at all.
BARE_SQL = (
    "SELECT e.code, e.title, k.title, p.title, u.name, o.title FROM plans_element e"
    " JOIN plans_elementkind k ON k.id = e.kind_id JOIN plans_plan p ON p.id = e.plan_id"
    " LEFT JOIN council_unit u ON u.id = p.unit_id LEFT JOIN council_post o ON o.id = e.owner_id",
    "SELECT above_id, below_id, weight FROM plans_link",
    "SELECT code, title, due, progress FROM plans_action",
    "SELECT l.element_id, m.code, r.status FROM measures_measurelink l JOIN measures_measure m ON m.id = l.measure_id"
    " LEFT JOIN measures_result r ON r.id = (SELECT id FROM measures_result WHERE measure_id = m.id AND category = ''"
    " AND known_to IS NULL AND period_end <= '2026-12-31' ORDER BY period_end DESC, derived LIMIT 1)",
)
BARE_PAGE = """<!DOCTYPE html><html lang="en"><head><title>Thread</title></head><body><h1>Thread</h1>
{% for rows in tables %}<ul>
{% for row in rows %}<li>{% for cell in row %}<span>{{ cell }}</span>{% endfor %}</li>
{% endfor %}</ul>{% endfor %}</body></html>"""


def main() -> None:
    with prepared_database():
        from goldenthread.scorecards.demonstration import set_up_demonstration

        progress("loading the demonstration council")
        set_up_demonstration(quiet=True)
        drawn()
        progress(f"growing its plans to {ELEMENTS:,} elements")
        grow()
        read = reader(signed_in())
        floor = median_of(RUNS, bare_page())
        for name, path in (
            (f"explorer of {ELEMENTS:,} elements, from the vision, first 60 of each column", "/thread/element/V/"),
            ("the same with every column whole", "/thread/element/V/?all=on"),
            ("from one objective", "/thread/element/grown-1/"),
            ("where to begin: the priorities", "/thread/"),
            ("the gaps and their trend", "/gaps/"),
        ):
            progress(name)
            Measured(name, median_of(RUNS, lambda path=path: read(path), warm=2), floor=floor).tell()
        Measured(
            f"strategy map of {ELEMENTS:,} elements, cut to what can be read",
            median_of(RUNS, lambda: read("/map/"), warm=1),
            floor=floor,
        ).tell()


def drawn() -> None:
    """A map of 200 elements, drawn for the first time and again; the floor is Graphviz alone."""
    from goldenthread.charts import strategy_map as maps

    def graphviz() -> None:
        maps.layout.__wrapped__(heights, pairs)

    nodes = [
        maps.MapNode(f"n{place}", f"Objective {place}: whatever it is that will be achieved", "Objective", "Amber")
        for place in range(MAPPED)
    ]
    links = [(f"n{max(place // 4, 0)}", f"n{place}") for place in range(1, MAPPED)]
    heights = tuple(node.height for node in nodes)
    pairs = tuple((int(above[1:]), int(below[1:])) for above, below in links)
    progress(f"a map of {MAPPED}")
    floor = median_of(3, graphviz)
    maps.layout.cache_clear()
    first = once(lambda: maps.strategy_map(nodes, links, label="Map"))
    again = median_of(RUNS, lambda: maps.strategy_map(nodes, links, label="Map"))
    Measured(f"strategy map of {MAPPED} elements, drawn for the first time", first, floor=floor).tell()
    Measured("the same again", again).tell()


def grow() -> None:
    """More objectives below the aims of the directorates, each with an owner and an action."""
    from goldenthread.council.models import Post
    from goldenthread.plans.models import Action, Element, ElementKind, Link

    kind = ElementKind.objects.get(code="objective")
    aims = list(Element.objects.filter(kind__code="aim").select_related("plan").order_by("code"))
    posts = list(Post.objects.order_by("code"))
    made = Element.objects.bulk_create(
        Element(
            code=f"grown-{number}",
            plan=aims[number % len(aims)].plan,
            kind=kind,
            title=f"Objective {number}: something that residents will notice",
            owner=posts[number % len(posts)],
            order=1000 + number,
        )
        for number in range(ELEMENTS - Element.objects.count())
    )
    Link.objects.bulk_create(
        Link(above=aims[number % len(aims)], below=one, weight=Decimal(1)) for number, one in enumerate(made)
    )
    Action.objects.bulk_create(
        Action(code=f"{one.code}-A1", element=one, title="Do it", owner=one.owner) for one in made[::2]
    )


def bare_page() -> Callable[[], Any]:
    """The floor: four plain queries and one plain template."""
    from django.db import connection
    from jinja2 import Environment

    template = Environment(autoescape=True).from_string(BARE_PAGE)

    def page() -> bytes:
        tables = []
        with connection.cursor() as cursor:
            for sql in BARE_SQL:
                cursor.execute(sql)
                tables.append(cursor.fetchall())
        return template.render(tables=tables).encode()

    return page


if __name__ == "__main__":
    main()
