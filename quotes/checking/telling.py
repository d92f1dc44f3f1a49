"""A judgement in words, the same on the page, in the API and at the terminal.

Careful ones: that something isn't found in this record never says that it wasn't said.
"""

from collections.abc import Iterator

from quotes.checking.drafts import Check
from quotes.checking.judging import MOST_WORDS, Judgement
from quotes.models import Appearance
from quotes.wording.comparing import Verdict
from quotes.wording.turning import Turn

TITLES = {
    Verdict.OTHER_SPEAKER: "On record as somebody else’s words",
    Verdict.TURNED: "On record otherwise, and the meaning may have turned",
    Verdict.ALTERED: "On record in other words",
    Verdict.ELIDED: "On record, with words left out",
    Verdict.TRIVIAL: "On record word for word, but for case, marks or spacing",
    Verdict.EXACT: "On record word for word",
    Verdict.PARAPHRASED: "Only a paraphrase is on record",
    Verdict.NOT_FOUND: "Not found in this record",
}
_TURNS: dict[Turn, str] = {
    "negation": "a negation was dropped or added",
    "condition": "a condition was dropped or added",
    "number": "a number differs",
    "name": "a name differs",
}


def title(judgement: Judgement) -> str:
    """The verdict in a few words."""
    return TITLES[judgement.verdict]


def notes(judgement: Judgement) -> list[str]:
    """What else there is to know, a sentence each."""
    return list(_notes(judgement))


def remarks(found: Check) -> list[str]:
    """What there is to know of the text as a whole, a sentence or two each."""
    return list(_remarks(found))


def _remarks(found: Check) -> Iterator[str]:
    if not found.judgements and not any(symbol.isalnum() for symbol in found.text):
        yield "There is no word in this text."
    elif not found.judgements:
        yield (
            "This text quotes nobody: it has no quotation marks, and it is too long to be a quotation itself. "
            "To check a passage of it, check that passage alone."
        )
    if found.short:
        passed = "quotation of one or two words was" if found.short == 1 else "quotations of one or two words were"
        yield f"{found.short:,} {passed} passed over: such words stand in anybody’s mouth."
    if found.left:
        more = "more quotation, which was" if found.left == 1 else "more quotations, which were"
        yield f"The text holds {found.left:,} {more} not looked at: check it in parts."


def _notes(judged: Judgement) -> Iterator[str]:
    statement, voice = judged.statement, judged.voice
    if statement is None:
        yield from _not_found(judged)
        return
    if judged.comparison and judged.comparison.turns:
        yield f"Look closely: {', '.join(_TURNS[turn] for turn in judged.comparison.turns)}."
    if judged.verdict == Verdict.OTHER_SPEAKER:
        named = f"nobody on record goes by “{voice.name}”" if voice.is_unknown else f"the text names {voice.shown}"
        yield f"{statement.speaker} is on record with these words; {named}."
    if judged.pieces:
        yield _glued(judged)
    if judged.is_reported:
        yield "The words on record are a reporter’s, not in quotation marks: they tell what was said, not how."
    if judged.near and judged.near.known.revision:
        yield f"So it stood in version {judged.near.known.revision.number}; the words were corrected since."
    if judged.near and (printed := judged.near.known.appearance):
        yield f"So it was printed by {printed.document.outlet}{_translated(printed)}."
    elif statement.is_translation and not judged.is_reported:
        yield "The words on record are a translation."
    if judged.agrees_on_day is False:
        yield f"It was said on another day: {statement.said_words}."
    yield from _limits(judged)


def _not_found(judged: Judgement) -> Iterator[str]:
    if judged.is_short:
        yield "It has hardly a telling word: only statements of just these words were looked for. Check a longer part."
    else:
        yield "This says nothing about whether it was said: the record holds what its editors took in."
    if judged.voice.is_unknown and judged.voice.is_sure:
        yield f"Nobody on record goes by “{judged.voice.name}”."
    yield from _limits(judged)


def _limits(judged: Judgement) -> Iterator[str]:
    if judged.claim.lacks_mark:
        yield "One of its quotation marks is missing: where it ends was guessed."
    if judged.is_cut:
        yield f"It is long: its first {MOST_WORDS} words were looked at."


def _glued(judged: Judgement) -> str:
    if judged.also:
        return f"It is put together from {len(judged.also) + 1} statements."
    return "It is put together from parts that stand in another order on record."


def _translated(printed: Appearance) -> str:
    if printed.is_retranslation:
        return ", in a translation of a translation"
    return ", in translation" if printed.is_translation else ""
