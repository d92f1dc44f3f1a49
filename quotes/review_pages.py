"""What a reviewer sees of a document: its suggestions in the order to decide them, and how far that has come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.models import Candidate, Hop, Link
from quotes.models.candidates import DOUBTFUL

KEYS = [
    ("a", _("Accept: the suggestion becomes a draft")),
    ("s", _("Save what is typed, and decide later")),
    ("e", _("Edit the words")),
    ("r", _("Reject; a number then gives the reason")),
    ("x", _("Split, at the words selected in the text or at a sentence")),
    ("m", _("Merge with the next one in the text")),
    ("u", _("Undo my last decision")),
    ("j k", _("The next one, the one before")),
    ("[ ]", _("Start one word earlier, later")),
    ("{ }", _("End one word earlier, later")),
    ("w", _("Use the words selected in the text")),
    ("n", _("Add the words selected in the text as a suggestion")),
    ("Esc", _("Leave a field, so that keys act again")),
    ("?", _("Show or hide this list")),
]
ENDS = {
    "start": [(_("earlier"), "start-back", "["), (_("later"), "start-on", "]")],
    "end": [(_("earlier"), "end-back", "{"), (_("later"), "end-on", "}")],
}
"""The buttons that move each end by a word: which way, the act, and the key."""
_OPENING = 90
_PARTS = ("words", "speaker", "said", "hops")
_SIGNS = {"open": "", "doubtful": "?", "accepted": "✓", "joined": "+", "rejected": "×", "replaced": ""}
_STANDINGS = {
    "open": _("open"),
    "doubtful": _("open, doubtful"),
    "accepted": _("accepted"),
    "joined": _("added to a statement on record"),
    "rejected": _("rejected"),
    "replaced": _("split or merged"),
}


@dataclass(frozen=True)
class Suggestion:
    """A candidate as reviewers see it; `number` counts from the beginning of the text."""

    number: int
    candidate: Candidate

    @property
    def pk(self) -> int:
        """The key in the address."""
        return self.candidate.pk

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it."""
        return self.candidate.is_open

    @property
    def standing(self) -> str:
        """Open, doubtful, accepted, joined or rejected."""
        doubtful = self.is_open and self.candidate.is_doubtful
        return "doubtful" if doubtful else str(self.candidate.state)

    @property
    def standing_words(self) -> str:
        """The standing in words."""
        return str(_STANDINGS[self.standing])

    @property
    def badge(self) -> str:
        """The number with a sign for the standing."""
        return f"{self.number}{_SIGNS[self.standing]}"

    @property
    def words(self) -> str:
        """The wording, in the notation."""
        return str(self.candidate.entry.get("words", {}).get("words", ""))

    @property
    def opening(self) -> str:
        """The first words."""
        words = " ".join(self.words.split())
        return words if len(words) <= _OPENING else f"{words[:_OPENING].rpartition(' ')[0] or words[:_OPENING]}…"

    @property
    def speaker(self) -> str:
        """The speaker's name, as far as it stands."""
        return str(self.candidate.entry.get("speaker", {}).get("name", ""))

    @property
    def said(self) -> str:
        """When it was said, an EDTF date or what was typed for one."""
        return str(self.candidate.entry.get("words", {}).get("said", ""))

    @property
    def attested(self) -> list[str]:
        """The further chains that the document tells of, in words: spoken to TF1, relayed by TASS."""
        roles = dict(Hop.Role.choices)
        chains = self.candidate.entry.get("attested", ())
        told = gettext("%(how)s %(who)s")
        return [
            gettext(", ").join(told % {"how": roles[stop["role"]], "who": stop["name"]} for stop in chain)
            for chain in chains
        ]

    @property
    def doubts(self) -> dict[str, bool]:
        """Which parts the extraction was unsure of: words, speaker, said, hops."""
        sure = self.candidate.confidences
        return {part: float(sure.get(part, 1)) < DOUBTFUL for part in _PARTS}


@dataclass(frozen=True)
class Suggestions:
    """All suggestions of a document, in the order to decide them: open ones first, the doubtful ones before the others.

    Those that were split or merged away are not among `all`.
    """

    all: Sequence[Suggestion] = ()
    replaced: Sequence[Suggestion] = ()

    @property
    def open(self) -> list[Suggestion]:
        """Those that wait for a decision."""
        return [one for one in self.all if one.is_open]

    @property
    def decided(self) -> int:
        """How many are decided."""
        return len(self.all) - len(self.open)

    @property
    def accepted(self) -> list[Suggestion]:
        """Those that became drafts which nobody has published yet."""
        drafts = (one for one in self.all if one.candidate.state == Candidate.State.ACCEPTED)
        return [one for one in drafts if (made := one.candidate.statement) and made.state == made.State.DRAFT]

    @property
    def in_text(self) -> list[Suggestion]:
        """In the order of the text."""
        return sorted(self.all, key=lambda one: one.number)

    def find(self, pk: int | None) -> Suggestion | None:
        """The one with this key; without a key, the first to decide."""
        if pk is None:
            return next(iter(self.open), None)
        return next((one for one in (*self.all, *self.replaced) if one.pk == pk), None)

    def beside(self, chosen: Suggestion, by: int) -> Suggestion | None:
        """The next one (`by` is 1) or the one before (-1)."""
        place = self._place(chosen) + by
        return self.all[place] if 0 <= place < len(self.all) else None

    def after(self, chosen: Suggestion) -> Suggestion | None:
        """The open one to decide after this: the next of the queue, or its first; none where all are decided."""
        place = self._place(chosen)
        waiting = [one for one in (*self.all[place + 1 :], *self.all[:place]) if one.is_open]
        return waiting[0] if waiting else None

    def links_of(self, chosen: Suggestion) -> list[tuple[str, Suggestion | None]]:
        """What it does to others of the document, each with the other, where that is still there."""
        kinds = {kind: str(label) for kind, label in Link.Kind.choices}
        return [(kinds[one["kind"]], self.find(one["candidate"])) for one in chosen.candidate.entry.get("between", ())]

    def others(self, chosen: Suggestion) -> list[tuple[int, str]]:
        """Those that it may be linked with, as (key, label), in the order of the text."""
        kept = [one for one in self.in_text if one != chosen and one.candidate.state != Candidate.State.REJECTED]
        return [(one.pk, f"{one.number}: {one.opening}") for one in kept]

    def _place(self, chosen: Suggestion) -> int:
        return self.all.index(chosen) if chosen in self.all else 0

    def next_in_text(self, chosen: Suggestion) -> Suggestion | None:
        """The open one that follows in the text, which this one may be merged with."""
        following = (one for one in self.in_text if one.number > chosen.number and one.is_open)
        return next(following, None)


def suggestions(candidates: Iterable[Candidate]) -> Suggestions:
    """Candidates in the order to decide them. No query."""
    in_text = sorted(candidates, key=lambda one: (one.start, one.end, one.pk))
    kept = [one for one in in_text if one.state != Candidate.State.REPLACED]
    replaced = [Suggestion(0, one) for one in in_text if one.state == Candidate.State.REPLACED]
    numbered = [Suggestion(number, candidate) for number, candidate in enumerate(kept, start=1)]
    return Suggestions(sorted(numbered, key=_turn), replaced)


def _turn(one: Suggestion) -> tuple[bool, bool, int]:
    return (not one.is_open, one.standing != "doubtful", one.number)
