"""The provider's own colour: what follows from it, and whether people can read it."""

import re
from dataclasses import dataclass

PAPER = "#fbf9f5"
WHITE = "#ffffff"
LEAST_CONTRAST = 4.5
"""WCAG 2.2 AA for text of any size."""
_HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LINEAR_BELOW = 0.04045


@dataclass(frozen=True)
class Palette:
    """The colours that take the place of the theme's own: ``#rrggbb`` each."""

    brand: str
    dark: str
    tint: str


def palette(colour: str) -> Palette:
    """Return the colours that go with ``colour`` (``#rrggbb``)."""
    return Palette(brand=colour, dark=_mix(colour, "#000000", 0.32), tint=_mix(colour, WHITE, 0.89))


def is_colour(text: str) -> bool:
    """Tell whether ``text`` is a colour of the form ``#rrggbb``."""
    return _HEX_COLOUR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two colours, from 1 (none) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def is_readable(colour: str) -> bool:
    """Tell whether ``colour`` may carry links on paper and white text on it."""
    return min(contrast(colour, PAPER), contrast(colour, WHITE)) >= LEAST_CONTRAST


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= _LINEAR_BELOW else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mix(colour: str, into: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(into), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
