"""Where what is on record comes from: the first outlet of each road, counted once however many printed it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from sources.models import Outlet

if TYPE_CHECKING:
    from quotes.models.appearances import Appearance, Hop

STATED, HELD = "stated", "held"


@dataclass(frozen=True)
class Origin:
    """The first outlet of a chain: held where its own document is on record, else stated by those who relay it."""

    outlet: Outlet
    held: bool

    @property
    def standing(self) -> str:
        """Whether it is held or stated, in a word."""
        return HELD if self.held else STATED

    @property
    def standing_words(self) -> str:
        """The same as pages say it."""
        return gettext("held") if self.held else gettext("stated")


def origins_in(appearances: "Iterable[Appearance]") -> list[Origin]:
    """The distinct origins of one statement's appearances, the first found first.

    What is marked as a copy of another has the other's origin. No query where documents and hops are loaded.
    """
    shown = sorted(appearances, key=lambda one: one.pk)
    by_key = {one.pk: one for one in shown}
    own = {one.document.outlet_id for one in shown if not one.attested}
    found: dict[int, Origin] = {}
    for one in shown:
        first = _first(_source(one, by_key))
        if first and first.outlet:
            before = found.get(first.outlet.pk)
            held = bool(before and before.held) or first.document_id is not None or first.outlet.pk in own
            found[first.outlet.pk] = Origin(first.outlet, held)
    return list(found.values())


def _source(appearance: "Appearance", by_key: "Mapping[int, Appearance]") -> "Appearance":
    """What an appearance was copied from, in the end; itself where it is no copy.

    A source that a merge's undoing took to another statement counts for nothing here.
    """
    for _ in by_key:
        if (above := by_key.get(appearance.copy_of_id or 0)) is None:
            break
        appearance = above
    return appearance


def _first(appearance: "Appearance") -> "Hop | None":
    return next((hop for hop in sorted(appearance.hops.all(), key=lambda hop: hop.position) if hop.outlet_id), None)
