"""The colours of both themes as the stylesheet has them, and how far each pair in use stands apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

TEXT, EDGE = 4.5, 3.0
"""The least contrast of a text and of a control's border: WCAG 2.2 AA."""
PAIRS = (
    ("ink", "paper", TEXT),
    ("ink", "card", TEXT),
    ("ink", "wash", TEXT),
    ("soft", "paper", TEXT),
    ("soft", "card", TEXT),
    ("soft", "wash", TEXT),
    ("accent", "paper", TEXT),
    ("accent", "card", TEXT),
    ("accent", "wash", TEXT),
    ("on-accent", "accent", TEXT),
    ("edge", "paper", EDGE),
    ("edge", "card", EDGE),
)
"""What is drawn, on what, and how far apart they must stand."""
_DARK = 0.04045
"""Where sRGB's curve begins; below it runs a line."""
_ROOT = re.compile(r":root \{(.*?)\}", re.DOTALL)
_COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")


@dataclass(frozen=True)
class Pair:
    """One colour on another, as #rrggbb, with their contrast, 1 to 21, and the least that is asked."""

    theme: str
    name: str
    front: str
    back: str
    contrast: float
    least: float

    @property
    def is_enough(self) -> bool:
        """Whether they stand far enough apart."""
        return self.contrast >= self.least


def themes() -> dict[str, dict[str, str]]:
    """The colours of the light and the dark theme by their names, #rrggbb each."""
    style = (Path(settings.BASE_DIR) / "static" / "onrecord.css").read_text(encoding="utf-8")
    light, dark = (dict(_COLOUR.findall(block)) for block in _ROOT.findall(style)[:2])
    return {"light": light, "dark": light | dark}


def pairs() -> Iterator[Pair]:
    """Every pair in use, of both themes."""
    for theme, colours in themes().items():
        for front, back, least in PAIRS:
            one, other = colours[front], colours[back]
            yield Pair(theme, f"{front} on {back}", one, other, round(contrast(one, other), 2), least)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, #rrggbb, as WCAG 2.2 counts it: 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= _DARK else float(((share + 0.055) / 1.055) ** 2.4)
