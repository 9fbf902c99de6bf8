"""Shades of a colour that can be read on the page's grounds, in both themes.

Lightness is moved in OKLCH, in which the same number looks equally light in every hue; contrast is that of
WCAG 2.2.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

LEAST_CONTRAST = 4.5
# A little more, for browsers round the colours that they mix otherwise.
_AIM = 4.6
_STEP = 0.005

Rgb = tuple[float, float, float]


class Oklch(NamedTuple):
    """A colour by lightness (0 to 1), chroma and hue in degrees."""

    lightness: float
    chroma: float
    hue: float

    def __str__(self) -> str:
        return f"oklch({self.lightness:.3f} {self.chroma:.3f} {self.hue:.1f})"


class Theme(NamedTuple):
    """The shades of one theme, as `tokens.css` calls them."""

    accent: Oklch
    strong: Oklch
    on_accent: Oklch
    own: Oklch
    focus: Oklch


# What of `styles/tokens.css` the accent is read on, by theme; a test holds them together.
LIGHT_GROUNDS = (Oklch(0.968, 0.013, 75), Oklch(0.996, 0.004, 75), Oklch(0.965, 0.008, 70))
DARK_GROUNDS = (Oklch(0.205, 0.018, 325), Oklch(0.262, 0.021, 325), Oklch(0.19, 0.015, 325))
_LIGHT_PAPER, _DARK_INK = Oklch(0.985, 0.01, 75), Oklch(0.22, 0.03, 0)


def parse(text: str) -> Oklch:
    """Return the colour that six hex digits behind # stand for, or raise `ValueError`."""
    digits = text.removeprefix("#")
    if len(digits) != 6 or digits == text:
        raise ValueError(text)
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    roots = [math.cbrt(sum(map(lambda a, b: a * b, row, (red, green, blue)))) for row in _TO_LMS]
    lightness, a, b = (sum(map(lambda x, y: x * y, row, roots)) for row in _TO_LAB)
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def themes(colour: Oklch) -> tuple[Theme, Theme]:
    """Return the shades of the light and the dark theme, each as near to the colour as can be read."""
    light_own = _within(Oklch(0.922, min(0.032, colour.chroma), colour.hue))
    dark_own = _within(Oklch(0.345, min(0.052, colour.chroma), colour.hue))
    light = _moved(_within(colour), -_STEP, _readable_on((*LIGHT_GROUNDS, light_own, _LIGHT_PAPER)))
    dark_ink = _within(_DARK_INK._replace(hue=colour.hue))
    dark = _moved(_within(colour), _STEP, _readable_on((*DARK_GROUNDS, dark_own, dark_ink)))
    return (
        Theme(light, _lighter(light, -0.065), _LIGHT_PAPER, light_own, _lighter(light, 0.05)),
        Theme(dark, _lighter(dark, 0.06), dark_ink, dark_own, _lighter(dark, 0.02)),
    )


def contrast(one: Oklch, other: Oklch) -> float:
    """Return how much two colours differ for who reads, from 1 to 21."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def hexadecimal(colour: Oklch) -> str:
    """Return a colour as six hex digits behind #."""
    return "#" + "".join(f"{round(255 * _gamma(min(1.0, max(0.0, part)))):02x}" for part in _rgb(colour))


def _readable_on(grounds: tuple[Oklch, ...]) -> Callable[[Oklch], bool]:
    return lambda colour: all(contrast(colour, ground) >= _AIM for ground in grounds)


def _moved(colour: Oklch, step: float, fits: Callable[[Oklch], bool]) -> Oklch:
    """Make a colour lighter or darker until it fits; at black or white it does."""
    while not fits(colour) and 0 <= colour.lightness + step <= 1:
        colour = _lighter(colour, step)
    return colour


def _lighter(colour: Oklch, by: float) -> Oklch:
    return _within(colour._replace(lightness=min(1.0, max(0.0, colour.lightness + by))))


def _within(colour: Oklch) -> Oklch:
    """Return the colour, or one of less chroma that screens can show."""
    while colour.chroma > 0 and not all(-0.0005 <= part <= 1.0005 for part in _rgb(colour)):
        colour = colour._replace(chroma=max(0.0, colour.chroma - _STEP))
    return colour


# Björn Ottosson's matrices (2020), as CSS Color 4 has them.
_TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def _rgb(colour: Oklch) -> Rgb:
    """Return the linear parts of a colour, outside 0 to 1 if no screen shows it."""
    a, b = (colour.chroma * turn(math.radians(colour.hue)) for turn in (math.cos, math.sin))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _luminance(colour: Oklch) -> float:
    red, green, blue = (min(1.0, max(0.0, part)) for part in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)
