"""How the record's words are laid out on a page: marks generated, speech modes told apart, directions kept."""

from collections.abc import Iterable, Sequence
from html import escape

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from quotes.citing.record import CitedOutlet, CitedSpeaker, CitedStatement
from quotes.dates import display, read
from quotes.languages import direction, language_name
from quotes.marking import Stretch
from quotes.models import Speaker, Statement
from quotes.search.highlighting import Run, ranges, runs
from quotes.search.query import Query
from quotes.spans import Piece, from_place, pieces, shorten
from sources.models import Outlet

register = template.Library()
register.filter(direction)
register.filter(language_name)

CARD_LENGTH = 600
_SPOKEN = {
    ("indirect", ""): "reporter’s words: ",
    ("insertion", "source"): "inserted by the source: ",
    ("insertion", "record"): "inserted by this record: ",
    ("omission", ""): "words left out: ",
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
    inner = "".join(_piece(piece, text) for piece, text in zip(shown, texts, strict=True))
    # Made of what was escaped: `format_html` would take ten times as long, on every card of every list.
    return SafeString(f'<span lang="{escape(language)}" dir="{direction(language)}">{inner}</span>')


def _piece(piece: Piece, text: str) -> str:
    spoken = _SPOKEN.get((piece.mode, piece.by))
    hidden = f'<span class="visually-hidden">{spoken}</span>' if spoken else ""
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
    return display(text)


@register.filter
def edtf_on(text: str) -> str:
    """An EDTF date as a sentence goes on with it: on 3 December 2022, in December 2021, by 4 December 2022."""
    words = display(text)
    if words.startswith(("about", "by", "from", "between")):
        return words
    return f"on {words}" if read(text).first == read(text).last else f"in {words}"


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
    return SafeString(", ".join(outlet_link(outlet) for outlet in outlets))


def _link(route: str, slug: str | None, name: str) -> SafeString:
    return SafeString(f'<a href="/{route}/{escape(slug)}/">{escape(name)}</a>' if slug else escape(name))
