"""A layout as SVG: no style attribute, no script. Squares are male, circles female, and the key says the rest."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.safestring import SafeString

from wenlock.base.pages.dates import plain_date
from wenlock.base.pages.svg import INK, PAPER, QUIET, counted, drawing, element, group, words
from wenlock.people import codes
from wenlock.people.genogram import labels
from wenlock.people.genogram.boundaries import NAME_SIZE, Home
from wenlock.people.genogram.facts import Family, Member
from wenlock.people.genogram.layout import Layout, Spot
from wenlock.people.genogram.lines import DASHES, Line
from wenlock.people.genogram.tracks import HALF, Point
from wenlock.people.genogram.unions import DIVORCED, MARRIED, PARENTS_ONLY, SEPARATED, TOGETHER

TINT, EDGE = "#eef3f8", "#1a65a6"
MARGIN = 8
LEGEND = (
    (MARRIED, 0, "Across: married or civil partners. Down: child by birth"),
    (TOGETHER, 0, "Across: partners. Down: adopted, step- or foster child"),
    (SEPARATED, 1, "No longer together"),
    (DIVORCED, 2, "Divorced, or civil partnership ended"),
    (
        PARENTS_ONLY,
        0,
        "Known only as parents of the same child, or recorded as brothers and sisters without their parents",
    ),
)
STROKE: dict[str, str | float] = {"fill": "none", "stroke": INK, "stroke_width": 2}


def draw(layout: Layout, *, title: str, key: str = "genogram", scale: float = 1.0) -> SafeString:
    """The genogram as one `<svg>`, as large as it is drawn, times `scale`. The same facts give the same bytes.

    `key` begins the ids and must be unlike that of any other drawing on the page.
    """
    family = layout.family
    parts = [
        *(_home(home) for home in layout.homes),
        *(_line(line) for line in layout.lines),
        *(_person(family, spot) for spot in layout.spots),
    ]
    told = f"{_counted(layout)}, on {plain_date(family.on)}."
    whole = element("g", *parts, transform=f"translate({MARGIN} {MARGIN})")
    wide, high = layout.width + 2 * MARGIN, layout.height + 2 * MARGIN
    return drawing(
        [whole],
        key=key,
        title=title,
        told=told,
        width=wide,
        height=high,
        scale=scale,
        look="wl-genogram__svg",
    )


def symbol(member: Member, x: int, y: int, half: int = HALF, *, subject: bool = False) -> list[SafeString]:
    """The symbol of somebody, its middle at a point: shape by sex, triangle unborn, a cross for a death, two lines
    round the one whose genogram it is."""
    look: dict[str, str | float] = {"fill": PAPER, "stroke": INK, "stroke_width": 2}
    parts = [_shape(member, x, y, half, **look)]
    if subject:
        parts.append(_shape(member, x, y, half * 3 // 4, **look))
    if member.died_on:
        d = f"M{x - half} {y - half}L{x + half} {y + half}M{x + half} {y - half}L{x - half} {y + half}"
        parts.append(element("path", d=d, **STROKE))
    return parts


def legend() -> list[tuple[SafeString, str]]:
    """The signs of a genogram, each a small drawing that the words beside it explain."""
    day = date(2000, 1, 1)
    people = [
        (Member("", "", "M"), "Male"),
        (Member("", "", "F"), "Female"),
        (Member("", "", "U"), "Another sex, or not known"),
        (Member("", "", expected_on=day), "Not yet born"),
        (Member("", "", "M", died_on=day), "Has died"),
    ]
    signs = [(_sign(symbol(member, 24, 14, 11)), says) for member, says in people]
    signs.append((_sign(symbol(Member("", "", "F"), 24, 14, 11, subject=True)), "Whose genogram it is"))
    for look, slashes, says in LEGEND:
        line = Line(says, (), (((4, 14), (44, 14)),), DASHES.get(look, ""), slashes, (24, 14))
        signs.append((_sign([_line(line)]), says))
    home = Home(1, frozenset(), (((4, 3), (44, 3), (44, 25), (4, 25)),), ())
    return [*signs, (_sign([_home(home)]), "People who live together")]


def _sign(parts: Sequence[SafeString]) -> SafeString:
    return element(
        "svg", *parts, width=48, height=28, viewBox="0 0 48 28", aria_hidden="true", focusable="false"
    )


def _shape(member: Member, x: int, y: int, half: int, **look: str | float) -> SafeString:
    if member.unborn:
        return element("path", d=f"M{x} {y - half}L{x + half} {y + half}H{x - half}Z", **look)
    if member.sex == "F":
        return element("circle", cx=x, cy=y, r=half, **look)
    if member.sex == "M":
        return element("rect", x=x - half, y=y - half, width=2 * half, height=2 * half, **look)
    return element("path", d=f"M{x} {y - half}L{x + half} {y}L{x} {y + half}L{x - half} {y}Z", **look)


def _person(family: Family, spot: Spot) -> SafeString:
    member = family.by_key[spot.key]
    subject = spot.key == family.subject
    years = member.age(on=family.on)
    age = "" if years is None else str(years)
    parts = symbol(member, spot.x, spot.y, subject=subject)
    if age:
        parts.append(words(age, spot.x, spot.y + 5, font_size=14, text_anchor="middle"))
    for number, line in enumerate(spot.words):
        y = spot.label.top + labels.LEADING * (number + 1) - 3
        weight: dict[str, str | float] = {"font_weight": 700} if subject and not number else {}
        parts.append(words(line, spot.x, y, font_size=labels.SIZE, text_anchor="middle", **weight))
    return group(
        _told(member, age), *parts, class_="wl-genogram__subject" if subject else "wl-genogram__person"
    )


def _told(member: Member, age: str) -> str:
    """Somebody's symbol in words."""
    if member.unborn and member.expected_on:
        return f"{member.name}, not yet born, expected {plain_date(member.expected_on)}"
    parts = [member.name, codes.SEXES.get(member.sex, "").lower() if member.sex in ("F", "M") else ""]
    parts += [f"born {plain_date(member.born_on)}" if member.born_on else "", f"aged {age}" if age else ""]
    parts += [f"died {plain_date(member.died_on)}" if member.died_on else ""]
    return ", ".join(part for part in parts if part)


def _line(line: Line) -> SafeString:
    dashes: dict[str, str | float] = {"stroke_dasharray": line.dashes} if line.dashes else {}
    d = "".join(_path(stroke) for stroke in line.strokes)
    return group(line.says, element("path", d=d, **STROKE, **dashes), *_slashes(line))


def _slashes(line: Line) -> Iterator[SafeString]:
    x, y = line.slash_at
    for aside in {0: (), 1: (0,), 2: (-4, 4)}[line.slashes]:
        yield element("path", d=f"M{x + aside - 5} {y + 9}L{x + aside + 5} {y - 9}", **STROKE)


def _home(home: Home) -> SafeString:
    look: dict[str, str | float] = {
        "fill": TINT, "fill_opacity": 0.6, "stroke": EDGE, "stroke_width": 2, "stroke_dasharray": "2 5", "stroke_linecap": "round"
    }  # fmt: skip
    outlines = [element("path", d=_path(outline) + "Z", **look) for outline in home.outlines]
    names = [words(home.name, x, y, font_size=NAME_SIZE, fill=QUIET) for x, y in home.names_at]
    return group(f"{home.name}: people who live together", *outlines, *names)


def _path(points: Sequence[Point]) -> str:
    first, *rest = points
    return f"M{first[0]} {first[1]}" + "".join(f"L{x} {y}" for x, y in rest)


def _counted(layout: Layout) -> str:
    rows = len({spot.row for spot in layout.spots})
    people = len(layout.spots)
    return f"{people} {'person' if people == 1 else 'people'} in {counted(rows, 'generation')}"
