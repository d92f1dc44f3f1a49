"""How a reader can check quotations: where each stands in which archived text, and what later looks at the page saw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from quotes.models import Appearance
from sources.models import Document, Recheck, Snapshot

_PAGE = {
    Recheck.Result.UNCHANGED: _("unchanged"),
    Recheck.Result.CHANGED: _("changed since it was archived"),
    Recheck.Result.GONE: _("gone from its address"),
    Recheck.Result.UNREACHABLE: _("out of reach"),
    Recheck.Result.REFUSED: _("closed to programs, or not to be read"),
}
_WORDS = {
    "there": _("the words are still there"),
    "moved": _("the words are still there, elsewhere on the page"),
    "ambiguous": _("the words can’t be told from others like them"),
    "gone": _("the words are no longer there"),
}


@dataclass(frozen=True)
class Standing:
    """Where one quotation stands in an archived text; `later` says what the latest look saw of its words, if it did."""

    appearance: Appearance
    snapshot: Snapshot
    later: str


@dataclass(frozen=True)
class Verification:
    """A document's quotations with their places, its archived texts, and the latest look at its address."""

    standings: list[Standing]
    snapshots: Sequence[Snapshot]
    latest: Recheck | None

    @property
    def page_words(self) -> str:
        """What the latest look found at the address."""
        return str(_PAGE[Recheck.Result(self.latest.result)]) if self.latest else ""


def quoted_from(document: Document, appearances: Iterable[Appearance]) -> list[Snapshot]:
    """The archived texts that words were quoted from, else the latest one; newest first. One query."""
    quoted = {one.snapshot_id for one in appearances if one.snapshot_id and one.start is not None}
    return list(document.snapshots.filter(pk__in=quoted) if quoted else document.snapshots.all()[:1])


def verification(document: Document, appearances: Iterable[Appearance], snapshots: Sequence[Snapshot]) -> Verification:
    """How the quotations of a document can be checked. One query."""
    latest = document.rechecks.first()
    seen = {(one["snapshot"], one["start"], one["end"]): one["place"] for one in latest.passages} if latest else {}
    by_key = {snapshot.pk: snapshot for snapshot in snapshots}
    standings = [
        Standing(one, by_key[one.snapshot_id], str(_WORDS.get(seen.get((one.snapshot_id, one.start, one.end), ""), "")))
        for one in appearances
        if one.snapshot_id in by_key and one.start is not None
    ]
    return Verification(standings, snapshots, latest)
