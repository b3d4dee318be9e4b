"""A strategy map: each element a box, from the vision on the left to what serves it on the right, laid out by Graphviz.

>>> nodes = [
...     MapNode("V", "A good place to grow up", "Vision", "31 of 54 on target"),
...     MapNode("P4", "A clean, green city that moves", "Priority", "Amber", Status.AMBER),
... ]
>>> picture = strategy_map(nodes, [("V", "P4")], label="The council's priorities")
>>> picture.count("<rect"), "A clean, green city that" in picture
(4, True)

What is the same is laid out once: a map of 200 elements takes Graphviz about a fifth of a second.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap
from threading import Lock
from xml.sax.saxutils import quoteattr

from goldenthread.charts import drawing, shapes
from goldenthread.charts.drawing import GOLD, INK, LINE, SOFT
from goldenthread.domain.words import Status

BOX = 174.0
#: How much of a title stands on a line, and on how many lines.
LETTERS, LINES = 25, 4
INCH = 72.0
#: Graphviz keeps its state in the process: one layout at a time.
_ONE_AT_A_TIME = Lock()

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class MapNode:
    """A box: its title, the council's word for its kind, how it is going in words, its colour, and where it leads."""

    code: str
    title: str
    kind: str
    said: str = ""
    status: Status | None = None
    href: str = ""

    @property
    def lines(self) -> list[str]:
        return _wrapped(self.title)

    @property
    def height(self) -> float:
        return 38.0 + 14.5 * len(self.lines)


@lru_cache(maxsize=4096)
def _wrapped(title: str) -> list[str]:
    return wrap(title, LETTERS, max_lines=LINES, placeholder="…")


@dataclass(frozen=True, slots=True)
class Layout:
    """The middles of the boxes, and the curves between them as Bézier points, in pixels from the top left."""

    width: float
    height: float
    middles: tuple[Point, ...]
    curves: tuple[tuple[Point, ...], ...]


def strategy_map(nodes: Sequence[MapNode], links: Sequence[tuple[str, str]], *, label: str) -> str:
    """The map of ``nodes``; ``links`` are pairs of codes, above and below. Links to what is not there are left out."""
    places = {node.code: place for place, node in enumerate(nodes)}
    pairs = tuple((places[above], places[below]) for above, below in links if above in places and below in places)
    laid = layout(tuple(node.height for node in nodes), pairs)
    inside = "".join(_curve(points) for points in laid.curves)
    inside += "".join(_box(node, middle) for node, middle in zip(nodes, laid.middles, strict=True))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {laid.width:g} {laid.height:g}" width="{laid.width:g}" '
        f'height="{laid.height:g}" role="group" aria-label={quoteattr(label)} class="gt-map" '
        f'font-family="{drawing.FONT}">{inside}</svg>'
    )


@lru_cache(maxsize=64)
def layout(heights: tuple[float, ...], links: tuple[tuple[int, int], ...]) -> Layout:
    """Where boxes of such heights stand, and how the lines between them run."""
    import pygraphviz

    graph = pygraphviz.AGraph(directed=True, rankdir="LR", ranksep=0.4, nodesep=0.14, margin=0)
    graph.node_attr.update(shape="box", fixedsize="true", label="")
    for place, height in enumerate(heights):
        graph.add_node(f"n{place}", width=BOX / INCH, height=height / INCH)
    for above, below in links:
        graph.add_edge(f"n{above}", f"n{below}", arrowhead="none", tailport="e", headport="w")
    with _ONE_AT_A_TIME:
        told = graph.draw(format="plain", prog="dot").decode()
    return _read(told, len(heights))


def _read(told: str, size: int) -> Layout:
    """Graphviz's plain text: in inches, from the bottom left."""
    width = height = 0.0
    middles: list[Point] = [(0.0, 0.0)] * size
    curves = []
    for row in told.splitlines():
        said = row.split()
        if said[0] == "graph":
            width, height = float(said[2]) * INCH, float(said[3]) * INCH
        elif said[0] == "node":
            middles[int(said[1][1:])] = (float(said[2]) * INCH, height - float(said[3]) * INCH)
        elif said[0] == "edge":
            numbers = [float(one) * INCH for one in said[4 : 4 + 2 * int(said[3])]]
            curves.append(tuple((x, height - y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)))
    return Layout(round(width + 4), round(height + 4), tuple((x + 2, y + 2) for x, y in middles), tuple(curves))


def _curve(points: tuple[Point, ...]) -> str:
    first, *rest = [f"{x + 2:.1f} {y + 2:.1f}" for x, y in points]
    return drawing.path(f"M{first}C{' '.join(rest)}", stroke="#cfb777", width=1.25)


def _box(node: MapNode, middle: Point) -> str:
    x, y = middle[0] - BOX / 2, middle[1] - node.height / 2
    colour = shapes.SHAPES[node.status].colour if node.status else GOLD
    inside = (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{BOX:g}" height="{node.height:g}" rx="4" fill="#ffffff"'
        f' stroke="{LINE}"/>'
        f'<rect x="{x:.1f}" y="{y:.1f}" width="4" height="{node.height:g}" rx="2" fill="{colour}"/>'
    )
    inside += drawing.text(x + 12, y + 14, node.kind, size=9.5, fill=SOFT)
    for place, line in enumerate(node.lines):
        inside += drawing.text(x + 12, y + 28 + 14.5 * place, line, size=12, fill=INK, weight=550)
    foot = y + node.height - 9
    if node.status:
        inside += shapes.placed(node.status, x + 17, foot - 3.5, 9)
    inside += drawing.text(x + (26 if node.status else 12), foot, node.said, size=10, fill=INK)
    if not node.href:
        return f"<g>{inside}</g>"
    return f'<a href={quoteattr(node.href)} tabindex="-1"><title>{drawing.words(node.title)}</title>{inside}</a>'
