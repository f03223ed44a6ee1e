"""Plain SVG, escaped as it is made. No style attribute and no script, so the pages' security policy holds.

Colours are presentation attributes, which a style sheet may override.
"""

from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

INK, QUIET, RULE, PAPER = "#0b0c0c", "#484949", "#cecece", "#ffffff"
# Dark enough for white words on them (4.5:1 or better); told apart by their words, and only helped by hue.
FILLS = ("#1a65a6", "#0b6b5c", "#54319f", "#99154f", "#7a3c1c", "#484949")
FONT = 14
LETTER = 0.55 * FONT  # a generous mean width of a letter of Arial at this size

Attribute = str | float


def element(tag: str, *children: str, **attributes: Attribute) -> SafeString:
    """One element. An underscore in an attribute's name stands for a hyphen; `class_` is `class`."""
    named = ((name.rstrip("_").replace("_", "-"), _measure(value)) for name, value in attributes.items())
    inside = format_html_join("", "{}", ((conditional_escape(child),) for child in children))
    return format_html("<{}{}>{}</{}>", tag, format_html_join("", ' {}="{}"', named), inside, tag)


def words(text: str, x: float, y: float, **attributes: Attribute) -> SafeString:
    """A line of words beginning at a point; `text_anchor="middle"` centres it there."""
    usual: dict[str, Attribute] = {"font_family": "Arial, sans-serif", "font_size": FONT, "fill": INK}
    return element("text", text, x=x, y=y, **usual | attributes)


def centred(text: str, x: float, y: float, *, within: float, **attributes: Attribute) -> SafeString:
    """Words centred on a point, but moved in from either edge so that none is cut off."""
    half = len(text) * LETTER / 2
    return words(text, min(max(x, half), within - half), y, text_anchor="middle", **attributes)


def group(title: str, *children: str, **attributes: Attribute) -> SafeString:
    """Parts drawn together, with what they stand for as a title."""
    return element("g", element("title", title), *children, **attributes)


def drawing(
    parts: Iterable[str],
    *,
    key: str,
    title: str,
    told: str,
    width: float,
    height: float,
    scale: float = 1,
    look: str = "wl-svg",
) -> SafeString:
    """The whole drawing with its title and description, whose ids begin with `key`.

    It is shown `scale` times as large as it measures. `look` is its class: `wl-svg` shrinks to the page.
    """
    return element(
        "svg",
        element("title", title, id=f"{key}-title"),
        element("desc", f"{told} The table below says the same.", id=f"{key}-desc"),
        *parts,
        class_=look,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_labelledby=f"{key}-title {key}-desc",
        viewBox=f"0 0 {_measure(width)} {_measure(height)}",
        width=width * scale,
        height=height * scale,
    )


def counted(number: int, noun: str) -> str:
    """`1 event`, `2 events`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _measure(value: Attribute) -> str:
    return f"{round(value, 1):g}" if isinstance(value, float) else str(value)
