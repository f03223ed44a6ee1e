"""The council's colour, as a style sheet: links and the header are darkened until everyone can read them.

Spec: WCAG 2.2, 1.4.3 Contrast (Minimum).
"""

from __future__ import annotations

import re
from hashlib import sha256

from wenlock.portal.authority import authority

HOUSE_COLOUR = "#23415c"
LEAST = 4.5  # to 1, for text of ordinary size
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
Rgb = tuple[int, int, int]


def style_sheet(colour: str | None = None) -> str:
    """The custom properties of the council's colour, or of `colour`; the house's own if it is no colour."""
    given = str(authority().get("colour", "")) if colour is None else colour
    base = _rgb(given if _COLOUR.fullmatch(given) else HOUSE_COLOUR)
    surface = _mixed(base, (255, 255, 255), 0.95)
    # Links stand on white and on the tinted surface of the footer, so the darker of the two grounds decides.
    readable = darkened(base, on=surface)
    properties = {
        "--govuk-brand-colour": readable,
        "--govuk-link-colour": readable,
        "--govuk-link-hover-colour": _mixed(readable, (0, 0, 0), 0.35),
        "--govuk-link-visited-colour": readable,
        "--govuk-surface-background-colour": surface,
        "--govuk-surface-border-colour": _mixed(base, (255, 255, 255), 0.65),
        "--govuk-template-background-colour": surface,
    }
    return ":root {\n" + "".join(f"  {name}: {_hex(value)};\n" for name, value in properties.items()) + "}\n"


def mark() -> str:
    """Eight hex digits of the style sheet, so that a browser asks again when it changes."""
    return sha256(style_sheet().encode()).hexdigest()[:8]


def darkened(colour: Rgb, *, on: Rgb, least: float = LEAST) -> Rgb:
    """The colour, mixed with black in steps of a twentieth until its contrast with `on` is enough."""
    steps = (_mixed(colour, (0, 0, 0), step / 20) for step in range(21))
    return next(mixed for mixed in steps if contrast(mixed, on) >= least)


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Rgb) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(colour: Rgb, other: Rgb, share: float) -> Rgb:
    """The colour with a share of another in it."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
