"""How the wording of a statement drifted: every printing by language and date, and what each changed."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from quotes.models import Appearance, Statement
from quotes.pages import Road, roads_of
from quotes.wording.comparing import Comparison, Verdict, compare
from quotes.wording.words import read_spans

_TOLD = {
    Verdict.EXACT: _("word for word, as far as it goes"),
    Verdict.TRIVIAL: _("the same words, but for case, marks or spacing"),
    Verdict.ELIDED: _("with words left out"),
    Verdict.ALTERED: _("in other words"),
    Verdict.TURNED: _("in other words, and the meaning may have turned"),
}
_TOO_DIFFERENT = _("in words too different to be compared one by one")


@dataclass(frozen=True)
class Printing:
    """The words as one document prints them, and the road they came by.

    `base` is the printing in the same language that it is compared with, None for that one itself. `comparison` is None
    where the two are too different. `is_first` says that it was surely printed before all others, `may_be_first` that
    none was surely printed before it.
    """

    number: int
    road: Road
    is_first: bool = False
    may_be_first: bool = False
    base: "Printing | None" = None
    comparison: Comparison | None = None

    @property
    def appearance(self) -> Appearance:
        """What was printed, and where."""
        return self.road.appearance

    @property
    def told(self) -> str:
        """What became of the words, in a few of them."""
        if self.base is None:
            return ""
        return str(_TOLD[self.comparison.verdict] if self.comparison else _TOO_DIFFERENT)

    @property
    def is_changed(self) -> bool:
        """Whether there are differences to be shown."""
        return self.comparison is not None and self.comparison.verdict not in (Verdict.EXACT, Verdict.TRIVIAL)


@dataclass(frozen=True)
class Tongue:
    """All printings in one language, by date."""

    language: str
    is_original: bool
    printings: list[Printing]


@dataclass(frozen=True)
class Drift:
    """Every printing by date, those too whose wording isn't held, and the wordings by language.

    The language it was said in comes first; `original` is empty where that isn't known.
    """

    printings: list[Printing]
    tongues: list[Tongue]
    original: str

    @property
    def lacks_original(self) -> bool:
        """Whether only translations of the words are on record."""
        return all(one.appearance.is_translation for tongue in self.tongues for one in tongue.printings)


def drift(statement: Statement) -> Drift:
    """Everything that the page of a statement's wordings shows. Two queries."""
    roads = sorted(roads_of(statement), key=_when)
    printings = list(_dated(roads))
    held = [one for one in printings if one.appearance.wording]
    languages = dict.fromkeys(_language(one, statement) for one in held)
    original = statement.original_language
    tongues = [
        Tongue(
            language,
            language == original,
            _compared(statement, [one for one in held if _language(one, statement) == language]),
        )
        for language in sorted(languages, key=lambda language: language != original)
    ]
    return Drift(printings, tongues, original)


def _language(printing: Printing, statement: Statement) -> str:
    return printing.appearance.language or statement.language


def _when(road: Road) -> tuple[dt.date, dt.date, int]:
    document = road.appearance.document
    return document.published_max, _start(road), road.appearance.pk


def _start(road: Road) -> dt.date:
    """The first day that a road's document can have been published on."""
    return road.appearance.document.published_min or dt.date.min


def _dated(roads: Sequence[Road]) -> Iterator[Printing]:
    """The printings, with what is known of which came first. Nothing is told of one alone."""
    last = [road.appearance.document.published_max for road in roads]
    documents = {road.appearance.document_id for road in roads}
    for place, road in enumerate(roads):
        others = [other for other in roads if other.appearance.document_id != road.appearance.document_id]
        yield Printing(
            number=place + 1,
            road=road,
            is_first=len(documents) > 1 and all(last[place] < _start(other) for other in others),
            may_be_first=len(documents) > 1 and _start(road) <= min(last),
        )


def _compared(statement: Statement, printings: Sequence[Printing]) -> list[Printing]:
    """Each beside the primary one where that is in this language, else beside the first of the language.

    One that is too different from that is set beside the first of the others before it that it is like.
    """
    primary = (one for one in printings if one.appearance.pk == statement.primary_appearance_id)
    base = next(primary, printings[0])
    return [
        one if one is base else _beside([base, *(other for other in printings[:place] if other is not base)], one)
        for place, one in enumerate(printings)
    ]


def _beside(bases: Sequence[Printing], printing: Printing) -> Printing:
    words = read_spans(printing.appearance.wording)
    for base in bases:
        found = compare(read_spans(base.appearance.wording), words)
        if found.verdict != Verdict.NOT_FOUND:
            return replace(printing, base=base, comparison=found)
    return replace(printing, base=bases[0])
