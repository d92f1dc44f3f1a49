"""Printings of a statement that seem to be copied from one another without saying so: for an editor to decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.extraction.reading import read_article
from quotes.models import Appearance, Statement
from quotes.models.origins import origins_in
from quotes.wording.copying import MOST_CHARACTERS, own_words, shared
from sources.models import Outlet, Snapshot

LIKELY = 0.5
"""Share of the reporter's own words, in runs, from which on a copy is suggested."""
MOST = 24
"""Printings of one statement that are compared with one another."""


@dataclass(frozen=True)
class Suspected:
    """A printing whose reporter's own words largely stand in an earlier one's, with how much of them."""

    copy: Appearance
    source: Appearance
    share: float

    @property
    def percent(self) -> int:
        """The share in whole percent."""
        return round(100 * self.share)


def printings(statement: Statement) -> list[Appearance]:
    """A statement's appearances in documents that are held, by when these were published. Two queries."""
    shown = Appearance.objects.with_roads().filter(statement=statement, attested=False)
    return list(shown.order_by("document__published_max", "pk"))


def suspected(shown: Sequence[Appearance]) -> list[Suspected]:
    """The likely copies among `printings` that name an origin of their own, the likeliest first.

    One query for archived texts.
    """
    compared = list(shown)[:MOST]
    texts = dict(Snapshot.objects.filter(pk__in=[one.snapshot_id for one in compared]).values_list("pk", "text"))
    words = {one.pk: _words(one, texts.get(one.snapshot_id or 0, "")) for one in compared}
    found = [
        Suspected(later, earlier, shared(words[earlier.pk], words[later.pk]))
        for place, later in enumerate(compared)
        if later.copy_of_id is None and not _origins([later]) <= _origins(compared[:place])
        for earlier in compared[:place]
    ]
    return sorted((one for one in found if one.share >= LIKELY), key=lambda one: -one.share)


def _origins(appearances: Sequence[Appearance]) -> set[Outlet]:
    return {origin.outlet for origin in origins_in(appearances)}


def _words(appearance: Appearance, text: str) -> list[str]:
    """The reporter's own words around a statement: of the whole archived text, else of the few that are kept."""
    if not text:
        return own_words(f"{appearance.prefix} {appearance.suffix}", ())
    quoted = [(one.start, one.end) for one in read_article(text[:MOST_CHARACTERS]).quotations]
    if appearance.start is not None and appearance.end is not None:
        quoted.append((appearance.start, appearance.end))
    return own_words(text[:MOST_CHARACTERS], quoted)
