"""One claim held against the record: which statement it is from, and what became of the words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from quotes.checking.gluing import Piece, held_by, parted
from quotes.checking.voices import Voice
from quotes.extraction.claims import Claim
from quotes.extraction.lexicon import NATIONAL, SEATS
from quotes.models import Statement
from quotes.models.origins import Origin
from quotes.near_wordings import Near, near, neighbours
from quotes.own_words import OwnWords
from quotes.patience import TookTooLong
from quotes.wording.aligning import place_of
from quotes.wording.common_words import COMMON
from quotes.wording.comparing import LIKE, Comparison, Verdict, compare, first_of, likeness_at_most
from quotes.wording.fingerprints import telling
from quotes.wording.meaning import denials
from quotes.wording.words import Wording, modes_between, read_wording

Day = tuple[dt.date, dt.date]
_AROUND = dt.timedelta(days=3)
MOST_WORDS = 600
"""Words of one quotation that are looked at."""
_CLOSENESS = {
    Verdict.EXACT: 0.0,
    Verdict.TRIVIAL: 0.01,
    Verdict.ELIDED: 0.05,
    Verdict.ALTERED: 0.1,
    Verdict.TURNED: 0.1,
}
_OWN_SPEAKER, _OWN_WORDING, _OWN_DAY = 0.2, 0.02, 0.01
_PARAPHRASED, _FEWEST_SHARED = 0.6, 3
_LOOSE = 0.8
_FEWEST_TELLING = 2
_OTHER_WORDS = frozenset({Verdict.ALTERED, Verdict.TURNED})
_NEARLY_WHOLE, _FEW_LEFT_OUT = 0.8, 6
"""From this likeness on a few words were changed, whatever others said, unless many on record are left out."""
_MOST_MISSING = 2
_LETTERS = 5
_NAMES = frozenset(name for name in (*SEATS, *NATIONAL) if " " not in name) - {"polish", "turkey", "us"}


@dataclass(frozen=True)
class Judgement:
    """What became of one claim.

    `is_reported` says that the words on record are a reporter's, not quoted ones. `pieces` are what it is glued from.
    `agrees_on_day` is None where no day was given. `is_cut`: only its beginning was looked at; `is_short`: it has not
    two telling words in a row to be looked up by, so that only the same words as a whole are found, but for whom the
    text names; `is_hurried`: there was no time to look among all that these said.
    """

    claim: Claim
    verdict: Verdict
    near: Near | None = None
    comparison: Comparison | None = None
    pieces: tuple[Piece, ...] = ()
    voice: Voice = field(default_factory=Voice)
    is_reported: bool = False
    agrees_on_day: bool | None = None
    is_cut: bool = False
    is_short: bool = False
    is_hurried: bool = False
    origins: tuple[Origin, ...] = ()

    @property
    def statement(self) -> Statement | None:
        """The statement on record, where there is one."""
        return self.near.statement if self.near else None

    @property
    def also(self) -> list[Statement]:
        """Further statements that it is glued together from."""
        made_of = {piece.near.statement.pk: piece.near.statement for piece in self.pieces}
        return [one for key, one in made_of.items() if self.statement and key != self.statement.pk]


def judge(claim: Claim, voice: Voice, day: Day | None = None, own: OwnWords | None = None) -> Judgement:
    """What the record has of a claim that a voice is said to have made.

    Looks at the claim's first 600 words. `own` is what is left of the time for looking among the voice's statements.
    Nine queries at most; where it is glued together, 34.
    """
    own = own or OwnWords()
    quoted, is_cut = _first_words(claim)
    found, is_hurried = _found(quoted, voice, own)
    best = _best(found, quoted, voice, day)
    is_short = len(telling(quoted)) < _FEWEST_TELLING
    judged = Judgement(claim, Verdict.NOT_FOUND, voice=voice, is_cut=is_cut, is_short=is_short, is_hurried=is_hurried)
    if (best is None or _may_be_glued(quoted, *best, voice)) and (pieces := _glued(quoted, best, found, voice)):
        pieces, is_late = _with_own(quoted, pieces, voice, own)
        judged = replace(judged, pieces=pieces, is_hurried=is_hurried or is_late)
        part = next((piece for piece in judged.pieces if voice.agrees(piece.near.statement)), judged.pieces[0])
        return _judged(judged, Verdict.ALTERED, part.near, compare(part.near.words, quoted, _NAMES), day)
    if best:
        return _judged(judged, _as_claimed(claim, best[1]), *best, day)
    if paraphrase := _paraphrase(claim, quoted, found, voice):
        comparison = compare(paraphrase.words, quoted, _NAMES)
        if _denies_otherwise(paraphrase.words, quoted, comparison):
            return _judged(judged, Verdict.TURNED, paraphrase, comparison, day)
        return _judged(judged, Verdict.PARAPHRASED, paraphrase, None, day)
    return judged


def _found(quoted: Wording, voice: Voice, own: OwnWords) -> tuple[list[Near], bool]:
    """The wordings near a quotation, the voice's first, and whether there was no time to look for more.

    Where none is the voice's word for word, it is looked for among the voice's own; of nobody known among everybody's.
    """
    (found, rare), is_hurried = neighbours(quoted, voice.keys), False
    own_found = (one for one in found if not voice.keys or voice.agrees(one.statement))
    if not any(place_of(one.words, quoted) is not None for one in own_found):
        try:
            known = {one.statement.pk for one in found}
            found += [one for one in own.like(quoted, voice.keys, rare) if one.statement.pk not in known]
        except TookTooLong:
            is_hurried = True
    return sorted(found, key=lambda one: not voice.agrees(one.statement)), is_hurried


def _best(found: Sequence[Near], quoted: Wording, voice: Voice, day: Day | None) -> tuple[Near, Comparison] | None:
    """The wording that accounts best for a quotation, of equal ones the first; what can't be it isn't compared."""
    likely = []
    for place, one in enumerate(found):
        most = likeness_at_most(one.words, quoted)
        if most >= LIKE:
            likely.append((most + _bonus(one, voice, day), -place, one))
    best: tuple[float, int, Near, Comparison] | None = None
    for most, place, one in sorted(likely, key=lambda each: each[:2], reverse=True):
        if best and (most, place) < best[:2]:
            break
        comparison = compare(one.words, quoted, _NAMES)
        if comparison.verdict != Verdict.NOT_FOUND:
            score = comparison.likeness - _CLOSENESS[comparison.verdict] + _bonus(one, voice, day)
            if best is None or (score, place) > best[:2]:
                best = score, place, one, comparison
    return best[2:] if best else None


def _may_be_glued(quoted: Wording, best: Near, comparison: Comparison, voice: Voice) -> bool:
    """Whether there may be a better account: not where it is the voice's best wording with a few words changed."""
    if comparison.verdict not in _OTHER_WORDS:
        return False
    start, end = comparison.said_words
    is_nearly_whole = comparison.likeness >= _NEARLY_WHOLE and end - start <= len(quoted.words) + _FEW_LEFT_OUT
    return voice.contradicts(best.statement) or not is_nearly_whole


def _glued(quoted: Wording, best: tuple[Near, Comparison] | None, found: list[Near], voice: Voice) -> tuple[Piece, ...]:
    """What a quotation is glued from, if it is: a part that isn't in what is near all of it is looked up by itself."""
    candidates = [best[0], *(one for one in found if one is not best[0])] if best else [*found]
    parts = parted(quoted, candidates)
    if parts.pieces and not parts.are_all:
        for start, end in parts.missing[:_MOST_MISSING]:
            candidates += near(read_wording(quoted.slice(start, end)), voice.keys)
        parts = parted(quoted, candidates)
    return parts.pieces if parts.are_all and parts.are_apart else ()


def _with_own(
    quoted: Wording, pieces: tuple[Piece, ...], voice: Voice, own: OwnWords
) -> tuple[tuple[Piece, ...], bool]:
    """The pieces, one as the voice said it where none is the voice's; whether there was no time to look for that."""
    if not voice.keys or any(voice.agrees(piece.near.statement) for piece in pieces):
        return pieces, False
    for place, piece in enumerate(pieces):
        try:
            theirs = own.like(read_wording(quoted.slice(piece.start, piece.end)), voice.keys)
        except TookTooLong:
            return pieces, True
        if held := held_by(quoted, piece, theirs):
            return (*pieces[:place], held, *pieces[place + 1 :]), False
    return pieces, False


def _as_claimed(claim: Claim, comparison: Comparison) -> Verdict:
    """What is told without quotation marks doesn't claim the very words: where they differ widely it paraphrases."""
    loose = not claim.is_quoted and bool(claim.speaker) and comparison.likeness < _LOOSE
    return Verdict.PARAPHRASED if loose and comparison.verdict == Verdict.ALTERED else comparison.verdict


def _denies_otherwise(said: Wording, quoted: Wording, comparison: Comparison) -> bool:
    """Whether one of a statement and its paraphrase denies and the other doesn't, in the sentences they share."""
    start, end = comparison.said_words
    while 0 < start < len(said.words) and not said.words[start].opens:
        start -= 1
    while end < len(said.words) and not said.words[end].opens:
        end += 1
    return bool(denials(said.words[start:end])) != bool(denials(quoted.words))


def _first_words(claim: Claim) -> tuple[Wording, bool]:
    """The words that are looked at, and whether they are not all."""
    whole = read_wording(claim.text)
    if len(whole.words) <= MOST_WORDS:
        return whole, False
    return read_wording(claim.text[: whole.words[MOST_WORDS].start]), True


def _bonus(one: Near, voice: Voice, day: Day | None) -> float:
    """How much better than by its likeness a wording accounts for a quotation: by who, when and which wording."""
    score = _OWN_SPEAKER * voice.agrees(one.statement)
    score += _OWN_WORDING * (one.known.appearance is None and one.known.revision is None)
    return score + _OWN_DAY * bool(_is_of(one.statement, day))


def _is_of(statement: Statement, day: Day | None) -> bool | None:
    """Whether a statement can have been said within a few days of those asked for; None where none were."""
    if day is None:
        return None
    first, last = day[0] - _AROUND, day[1] + _AROUND
    return statement.said_max >= first and (statement.said_min or statement.said_max) <= last


def _judged(
    judged: Judgement, verdict: Verdict, one: Near, comparison: Comparison | None, day: Day | None
) -> Judgement:
    by_other = judged.voice.contradicts(one.statement)
    return replace(
        judged,
        verdict=first_of([Verdict.OTHER_SPEAKER, verdict]) if by_other else verdict,
        near=one,
        comparison=comparison,
        is_reported=_is_reported(one, comparison),
        agrees_on_day=_is_of(one.statement, day),
    )


def _is_reported(one: Near, comparison: Comparison | None) -> bool:
    """Whether what is quoted are a reporter's words on record, none of them in quotation marks."""
    if comparison is None or not comparison.differences:
        return one.statement.mode == Statement.Mode.INDIRECT
    start, end = comparison.differences[0].said_range[0], comparison.differences[-1].said_range[1]
    return modes_between(one.known.spans, start, end) <= {"indirect", "insertion", "omission"}


def _paraphrase(claim: Claim, quoted: Wording, found: Sequence[Near], voice: Voice) -> Near | None:
    """The statement by whom the text names that says much the same in other words, reported there or here."""
    wanted = {key[:_LETTERS] for key in quoted.keys if key not in COMMON}
    best: tuple[float, Near] | None = None
    for one in found:
        if not voice.agrees(one.statement) or (claim.is_quoted and one.statement.mode != Statement.Mode.INDIRECT):
            continue
        shared = wanted & {key[:_LETTERS] for key in one.words.keys}
        share = len(shared) / len(wanted)
        if len(shared) >= _FEWEST_SHARED and share >= _PARAPHRASED and (best is None or share > best[0]):
            best = share, one
    return best[1] if best else None
