"""A judgement in words, the same on the page, in the API and at the terminal.

Careful ones: that something isn't found in this record never says that it wasn't said.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from quotes.checking.drafts import Check
from quotes.checking.judging import MOST_WORDS, Judgement
from quotes.checking.voices import Voice
from quotes.models import Appearance
from quotes.numbers import grouped
from quotes.wording.comparing import Verdict
from quotes.wording.turning import Turn

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TITLES = {
    Verdict.OTHER_SPEAKER: _("On record as somebody else’s words"),
    Verdict.TURNED: _("On record otherwise, and the meaning may have turned"),
    Verdict.ALTERED: _("On record in other words"),
    Verdict.ELIDED: _("On record, with words left out"),
    Verdict.TRIVIAL: _("On record word for word, but for case, marks or spacing"),
    Verdict.EXACT: _("On record word for word"),
    Verdict.PARAPHRASED: _("Only a paraphrase is on record"),
    Verdict.NOT_FOUND: _("Not found in this record"),
}
_TURNS: dict[Turn, "StrOrPromise"] = {
    "negation": _("a negation was dropped or added"),
    "condition": _("a condition was dropped or added"),
    "number": _("a number differs"),
    "name": _("a name differs"),
}


def title(judgement: Judgement) -> str:
    """The verdict in a few words."""
    return str(TITLES[judgement.verdict])


def notes(judgement: Judgement) -> list[str]:
    """What else there is to know, a sentence each."""
    return list(_notes(judgement))


def remarks(found: Check) -> list[str]:
    """What there is to know of the text as a whole, a sentence or two each."""
    return list(_remarks(found))


def _remarks(found: Check) -> Iterator[str]:
    if not found.judgements and not any(symbol.isalnum() for symbol in found.text):
        yield gettext("There is no word in this text.")
    elif not found.judgements:
        yield gettext(
            "This text quotes nobody: it has no quotation marks, and it is too long to be a quotation itself. "
            "To check a passage of it, check that passage alone."
        )
    if found.short:
        told = ngettext(
            "%(number)s quotation of one or two words was passed over: such words stand in anybody’s mouth.",
            "%(number)s quotations of one or two words were passed over: such words stand in anybody’s mouth.",
            found.short,
        )
        yield told % {"number": grouped(found.short)}
    if found.left:
        told = ngettext(
            "The text holds %(number)s more quotation, which was not looked at: check it in parts.",
            "The text holds %(number)s more quotations, which were not looked at: check it in parts.",
            found.left,
        )
        yield told % {"number": grouped(found.left)}


def _notes(judged: Judgement) -> Iterator[str]:
    statement = judged.statement
    if statement is None:
        yield from _not_found(judged)
        return
    if judged.comparison and judged.comparison.turns:
        turns = gettext(", ").join(str(_TURNS[turn]) for turn in judged.comparison.turns)
        yield gettext("Look closely: %(turns)s.") % {"turns": turns}
    if judged.verdict == Verdict.OTHER_SPEAKER:
        yield _other_speaker(judged, statement.speaker.name)
    if judged.pieces:
        yield _glued(judged)
    if judged.is_reported:
        yield gettext("The words on record are a reporter’s, not in quotation marks: they tell what was said, not how.")
    if judged.near and judged.near.known.revision:
        told = gettext("So it stood in version %(number)s; the words were corrected since.")
        yield told % {"number": judged.near.known.revision.number}
    if judged.near and (printed := judged.near.known.appearance):
        yield _printed(printed)
    elif statement.is_translation and not judged.is_reported:
        yield gettext("The words on record are a translation.")
    if judged.agrees_on_day is False:
        yield gettext("It was said on another day: %(date)s.") % {"date": statement.said_words}
    yield from _limits(judged)


def _other_speaker(judged: Judgement, speaker: str) -> str:
    if judged.voice.is_unknown:
        told = gettext("%(speaker)s is on record with these words; nobody on record goes by “%(name)s”.")
        return told % {"speaker": speaker, "name": judged.voice.name}
    told = gettext("%(speaker)s is on record with these words; the text names %(name)s.")
    return told % {"speaker": speaker, "name": judged.voice.shown}


def _not_found(judged: Judgement) -> Iterator[str]:
    if judged.is_short and not judged.voice.keys:
        yield gettext(
            "It has hardly a telling word: only statements of just these words were looked for. Check a longer part."
        )
    else:
        yield gettext("This says nothing about whether it was said: the record holds what its editors took in.")
    if judged.voice.is_unknown and judged.voice.is_sure:
        yield gettext("Nobody on record goes by “%(name)s”.") % {"name": judged.voice.name}
    yield from _limits(judged)


def _hurried(voice: Voice) -> str:
    if not voice.keys:
        return gettext("There was no time to look among all statements: check this quotation alone.")
    told = gettext("There was no time to look among all statements of %(name)s: check this quotation alone.")
    return told % {"name": voice.shown}


def _limits(judged: Judgement) -> Iterator[str]:
    if judged.is_hurried:
        yield _hurried(judged.voice)
    if judged.claim.lacks_mark:
        yield gettext("One of its quotation marks is missing: where it ends was guessed.")
    if judged.is_cut:
        yield gettext("It is long: its first %(number)s words were looked at.") % {"number": grouped(MOST_WORDS)}


def _glued(judged: Judgement) -> str:
    if judged.also:
        number = len(judged.also) + 1
        told = ngettext(
            "It is put together from %(number)s statement.", "It is put together from %(number)s statements.", number
        )
        return told % {"number": grouped(number)}
    return gettext("It is put together from parts that stand in another order on record.")


def _printed(printed: Appearance) -> str:
    told = gettext("So it was printed by %(outlet)s.")
    if printed.is_retranslation:
        told = gettext("So it was printed by %(outlet)s, in a translation of a translation.")
    elif printed.is_translation:
        told = gettext("So it was printed by %(outlet)s, in translation.")
    return told % {"outlet": printed.document.outlet}
