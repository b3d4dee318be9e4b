"""The elements that every picture is made of, as text."""

from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

FONT = "'Inter Variable', Inter, Arial, sans-serif"
INK = "#14233c"
SOFT = "#525e72"
LINE = "#e1e4ea"
MIDDLING = "#8d97a7"
GOLD = "#8a6410"
TOLERANCE = "#fbeed3"
LIMITS = "#eff2f6"
#: The width of a page, and of a phone or half a page: text keeps its size, so a picture is drawn for its place.
WIDE, NARROW = 860.0, 380.0


def words(text: str) -> str:
    """``text`` as XML takes it; control characters, which XML has no place for, are left out."""
    return escape("".join(letter for letter in text if letter.isprintable()))


def picture(width: float, height: float, inside: str, *, title: str, desc: str = "", classes: str = "") -> str:
    """The whole SVG, named for those who hear the page."""
    described = f"<desc>{words(desc)}</desc>" if desc else ""
    class_ = f" class={quoteattr(classes)}" if classes else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img"{class_} font-family="{FONT}"><title>{words(title)}</title>'
        f"{described}{inside}</svg>"
    )


def text(
    x: float,
    y: float,
    said: str,
    *,
    size: float = 12,
    anchor: str = "start",
    fill: str = SOFT,
    weight: int = 400,
    halo: bool = False,
) -> str:
    """``halo`` keeps it legible where it lies over a line."""
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    around = ' stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" fill="{fill}"{bold}{around}>'
        f"{words(said)}</text>"
    )


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str = LINE, width: float = 1, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    data = f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"
    return f'<path d="{data}" fill="none" stroke="{stroke}" stroke-width="{width:g}"{dashed}/>'


def path(data: str, *, stroke: str = INK, width: float = 1.75, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{data}" fill="none" stroke="{stroke}" stroke-width="{width:g}" stroke-linejoin="round"'
        f' stroke-linecap="round"{dashed}/>'
    )


def polygon(corners: list[tuple[float, float]], *, fill: str) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return f'<polygon points="{points}" fill="{fill}"/>'


def rectangle(x: float, y: float, width: float, height: float, *, fill: str, round_: float = 0) -> str:
    corner = f' rx="{round_:g}"' if round_ else ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" fill="{fill}"{corner}/>'


def joined(points: list[tuple[float, float] | None]) -> str:
    """The data of a path through ``points``, lifted where one is missing; a lone point is a dot."""
    data, drawing = [], False
    for index, point in enumerate(points):
        if point is None:
            drawing = False
            continue
        x, y = point
        lone = not drawing and (index + 1 == len(points) or points[index + 1] is None)
        data.append(f"{'L' if drawing else 'M'}{x:.1f} {y:.1f}{'h.01' if lone else ''}")
        drawing = True
    return "".join(data)


def text_width(said: str, size: float) -> float:
    """About how wide ``said`` is set in Inter: enough to keep labels apart."""
    return len(said) * size * 0.57


def short_number(value: Decimal) -> str:
    """A number short enough for an axis: 12,000 · 1.5m · 3bn.

    >>> [short_number(Decimal(number)) for number in ("12000", "0.50", "1500000", "-3E+9", "1E+40")]
    ['12,000', '0.5', '1.5m', '-3bn', '1e+40']
    """
    size = abs(value)
    for least, letters in ((Decimal("1E+9"), "bn"), (Decimal("1E+6"), "m")):
        if least <= size < Decimal("1E+15"):
            return f"{_trimmed(value / least)}{letters}"
    if size >= Decimal("1E+15") or 0 < size < Decimal("1E-6"):
        return f"{value.normalize():.4g}"
    return _trimmed(value)


def _trimmed(value: Decimal) -> str:
    said = f"{value:,f}"
    return said.rstrip("0").rstrip(".") if "." in said else said
