"""Where a reader stands who walks a path: at a wide screen or a narrow one, in English or, right to left, in Arabic.

A test that takes `place` is one path, walked at all four. It looks things up by role, by structure, or by what the
page says in the place's language (`place.says`), never by words of one language alone.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import gettext, ngettext, override
from playwright.sync_api import Page

from quotes.numbers import grouped

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WIDE, NARROW = (1280, 900), (390, 844)
# One in every run; the others when all is run.
PLACES = [
    pytest.param(("en", WIDE), id="en-wide"),
    pytest.param(("en", NARROW), id="en-narrow", marks=pytest.mark.slow),
    pytest.param(("ar", WIDE), id="ar-wide", marks=pytest.mark.slow),
    pytest.param(("ar", NARROW), id="ar-narrow", marks=pytest.mark.slow),
]
# Told in the console, where it fails the test like whatever else is told there. Paper is as wide as it is.
TELLS_WHAT_IS_TOO_WIDE = """
  addEventListener("load", () => {
    const look = () => {
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth > clientWidth && matchMedia("screen").matches)
        console.error(`${location.pathname} is ${scrollWidth} wide on a screen of ${clientWidth}`);
    };
    new ResizeObserver(look).observe(document.body);
    document.addEventListener("toggle", look, { capture: true });
  });
"""


@dataclass(frozen=True)
class Place:
    """An empty page at a place: the language it is read in, and the width and height of its screen, in pixels."""

    page: Page
    language: str
    size: tuple[int, int]

    @property
    def is_narrow(self) -> bool:
        """Whether columns stand below each other, and filters are folded."""
        return self.size == NARROW

    @property
    def direction(self) -> str:
        """Which way the page's lines run: ltr or rtl."""
        return "rtl" if self.language == "ar" else "ltr"

    def says(self, text: "StrOrPromise", **values: object) -> str:
        """What the page says for a text of the catalogue, with the values of its placeholders.

        Raises LookupError where the catalogue hasn't got it.
        """
        source = str(text)
        with override(self.language):
            said = gettext(source)
        # What isn't found would be looked for in English, and found missing where it has to be.
        if self.language != "en" and said == source:
            raise LookupError(f"The catalogue has no {source!r}")
        return said % values if values else said

    def counts(self, one: str, many: str, number: int) -> str:
        """What the page says for a number of things, as `says`; the number goes in as `number`."""
        with override(self.language):
            return ngettext(one, many, number) % {"number": grouped(number)}
