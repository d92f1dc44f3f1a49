"""How the record's words are laid out on a page: marks generated, speech modes told apart, directions kept."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from quotes.citing.record import CitedHop, CitedOutlet, CitedSpeaker, CitedStatement, Said
from quotes.dates_told import told, told_on
from quotes.languages import direction, language_name
from quotes.marking import Stretch
from quotes.models import Speaker, Statement
from quotes.search.highlighting import Run, ranges, runs
from quotes.search.query import Query
from quotes.spans import Piece, from_place, pieces, shorten
from quotes.templatetags.glossary import linked
from sources.models import Outlet

register = template.Library()
register.filter(direction)
register.filter(language_name)

CARD_LENGTH = 600
_OWN = _("speaker’s words:")
_SPOKEN = {
    ("indirect", ""): _("reporter’s words:"),
    ("insertion", "source"): _("inserted by the source:"),
    ("insertion", "record"): _("inserted by this record:"),
    ("omission", ""): _("words left out:"),
}


@register.simple_tag
def words(statement: Statement) -> SafeString:
    """A statement's words, whole."""
    return lay_out(statement.pieces, statement.language)


@register.simple_tag
def opening_words(statement: Statement, length: int = CARD_LENGTH) -> SafeString:
    """The first `length` characters of a statement's words, for a list; what is cut is marked as left out."""
    return lay_out(pieces(shorten(statement.wording, length)), statement.language)


@register.simple_tag
def found_words(statement: Statement, query: Query | None, length: int = CARD_LENGTH) -> SafeString:
    """The words of a statement as `opening_words`, with what a search found marked, and from there on if it is far."""
    if not query:
        return opening_words(statement, length)
    wording = statement.wording
    found = ranges("".join(span.text for span in wording), query)
    if found and found[0][1] > length:
        wording = from_place(wording, found[0][0] - length // 4)
    shown = pieces(shorten(wording, length))
    return lay_out(shown, statement.language, runs(shown, query))


def lay_out(shown: Sequence[Piece], language: str, marked: Iterable[Sequence[Run]] | None = None) -> SafeString:
    """Pieces as HTML: the mode is a class for the eye and hidden words for a screen reader.

    `marked` holds the text of each piece in runs, where a search found some of it.
    """
    texts = (escape(piece.text) for piece in shown) if marked is None else map(_runs, marked)
    # The hidden words are the page's, which may speak another language than the statement.
    spoken_in = "" if language == get_language() else f' lang="{get_language()}"'
    told = zip(shown, texts, _spoken(shown), strict=True)
    inner = "".join(_piece(piece, text, spoken, spoken_in) for piece, text, spoken in told)
    # Made of what was escaped: `format_html` would take ten times as long, on every card of every list.
    return SafeString(f'<span lang="{escape(language)}" dir="{direction(language)}">{inner}</span>')


def _spoken(shown: Sequence[Piece]) -> Iterator[object]:
    """What a screen reader says before each piece: many read no quotation marks, and no brackets that end.

    Nothing before words that are the speaker's from the first on. Where somebody else's come before or between them,
    each turn back to the speaker is said.
    """
    before: str = "indirect" if any(piece.mode == "indirect" for piece in shown) else "direct"
    for piece in shown:
        has_words = any(map(str.isalnum, piece.text))
        is_turn = piece.mode == "direct" and before != "direct" and has_words
        yield _OWN if is_turn else _SPOKEN.get((piece.mode, piece.by))
        if piece.mode != "omission" and has_words:
            before = piece.mode


def _piece(piece: Piece, text: str, spoken: object, spoken_in: str) -> str:
    hidden = f'<span class="visually-hidden"{spoken_in}>{spoken} </span>' if spoken else ""
    return f'<span class="{piece.mode}">{hidden}{piece.before}{text}{piece.after}</span>'


def _runs(text: Iterable[Run]) -> str:
    return "".join(f"<mark>{escape(run.text)}</mark>" if run.is_found else escape(run.text) for run in text)


@register.simple_tag
def frozen_words(cited: CitedStatement) -> SafeString:
    """A version's words, whole, as they were frozen."""
    return lay_out(pieces(cited.spans), cited.language)


@register.filter
def edtf(text: str) -> str:
    """An EDTF date in words."""
    return told(text)


@register.simple_tag
def voice(cited: CitedStatement) -> SafeString:
    """Who said it, as what, and for whom."""
    return SafeString(speaking(cited.speaker, cited.label, cited.speaks_for))


def speaking(speaker: Speaker | CitedSpeaker, label: str, speaks_for: Speaker | CitedSpeaker | None) -> str:
    """A speaker with the office they held, and whom they spoke for."""
    parts = [f"<strong>{speaker_link(speaker)}</strong>"]
    parts += [f"<bdi>{escape(label)}</bdi>"] if label else []
    parts += [gettext("for %(name)s") % {"name": speaker_link(speaks_for)}] if speaks_for else []
    return gettext(", ").join(parts)


@register.simple_tag
def occasion(cited: CitedStatement) -> SafeString:
    """Whether they are the speaker's own words, by whom they were told, to whom they were said, and when."""
    said = linked("reported", gettext("as reported")) if cited.mode == "indirect" else gettext("said")
    parts = [said, *(_hop(hop) for hop in cited.source.hops if hop.role in _OCCASION), told_on(cited.said.edtf)]
    return SafeString(" ".join(parts))


_OCCASION = {
    "told_by": _("(as told by %(name)s)"),
    "spoken_to": _("to %(name)s"),
    "issued_by": _("(issued by %(name)s)"),
}


def _hop(hop: CitedHop) -> str:
    name = speaker_link(hop.speaker) if hop.speaker else outlet_link(hop.outlet) if hop.outlet else ""
    return str(_OCCASION[hop.role]) % {"name": name}


@register.simple_tag
def translation_told(source: str, translator: str, *, says_unknown: bool = True, again: bool = False) -> str:
    """From which language it was translated and by whom; what isn't known is left out unless it `says_unknown`.

    `again` says that it is the translation of a translation.
    """
    shown = {"language": language_name(source), "translator": translator}
    told = _translated(has_source=bool(source), has_translator=bool(translator), says_unknown=says_unknown) % shown
    return told + (gettext(": a translation of a translation") if again else "")


def _translated(*, has_source: bool, has_translator: bool, says_unknown: bool) -> str:
    if has_source:
        if has_translator:
            return gettext("translated from %(language)s by %(translator)s")
        return gettext("translated from %(language)s, translator unknown")
    if not says_unknown:
        return gettext("translated by %(translator)s") if has_translator else gettext("translated, translator unknown")
    if has_translator:
        return gettext("translated from a language that is not known by %(translator)s")
    return gettext("translated from a language that is not known, translator unknown")


@register.simple_tag
def basis_told(said: Said) -> SafeString:
    """How the date is known: stated, resolved or inferred, from which words, and how it follows from them."""
    known = {
        ("stated", True): gettext("The date is stated from “%(phrase)s”"),
        ("stated", False): gettext("The date is stated"),
        ("resolved", True): gettext("The date is resolved from “%(phrase)s”"),
        ("resolved", False): gettext("The date is resolved"),
        ("inferred", True): gettext("The date is inferred from “%(phrase)s”"),
        ("inferred", False): gettext("The date is inferred"),
    }[said.basis, bool(said.phrase)] % {"phrase": f"<bdi>{escape(said.phrase)}</bdi>"}
    known = linked("basis", known)
    if not said.reasoning:
        return SafeString(f"{known}.")
    told = {"known": known, "reasoning": f"<bdi>{escape(said.reasoning)}</bdi>"}
    return SafeString(gettext("%(known)s: %(reasoning)s") % told)


@register.simple_tag
def marked(stretches: Iterable[Stretch]) -> SafeString:
    """A document's text with its statements marked and linked; the first stretch of each carries its id."""
    seen: set[str] = set()
    return format_html_join("", "{}", ((_stretch(stretch, seen),) for stretch in stretches))


def _stretch(stretch: Stretch, seen: set[str]) -> SafeString:
    if stretch.statement is None:
        return format_html("{}", stretch.text)
    pid, address = stretch.statement.pid, stretch.statement.get_absolute_url()
    if pid in seen:
        return format_html('<mark><a href="{}">{}</a></mark>', address, stretch.text)
    seen.add(pid)
    return format_html('<mark id="{}"><a href="{}">{}</a></mark>', pid, address, stretch.text)


@register.simple_tag
def speaker_link(speaker: Speaker | CitedSpeaker) -> SafeString:
    """A speaker's name, linked to their page; an unnamed source has none."""
    return _link("speakers", speaker.slug, speaker.name)


@register.simple_tag
def outlet_link(outlet: Outlet | CitedOutlet) -> SafeString:
    """An outlet's name, linked to its page."""
    return _link("outlets", outlet.slug, outlet.name)


@register.simple_tag
def outlet_links(outlets: Iterable[Outlet]) -> SafeString:
    """Outlets' names, linked, in a row."""
    return SafeString(gettext(", ").join(outlet_link(outlet) for outlet in outlets))


def _link(route: str, slug: str | None, name: str) -> SafeString:
    isolated = f"<bdi>{escape(name)}</bdi>"
    return SafeString(f'<a href="/{route}/{escape(slug)}/">{isolated}</a>' if slug else isolated)
