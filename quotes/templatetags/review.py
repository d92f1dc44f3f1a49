"""A document's text under review: every suggestion marked where it stands, its state told by more than a colour."""

import re
from collections.abc import Iterable

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from quotes.marking import Passage
from quotes.review_pages import Suggestion, Suggestions

register = template.Library()

_LINE_ENDS = re.compile(r"\n+")


@register.simple_tag
def passages(runs: Iterable[Passage], found: Suggestions, chosen: Suggestion | None) -> SafeString:
    """The text with its suggestions marked; the first passage of each carries its number and its id.

    Every run says where it begins, in code points: a script that moves boundaries counts from there.
    """
    by_key = {one.pk: one for one in found.all}
    seen: set[int] = set()
    return format_html_join("", "{}", ((_passage(run, by_key, chosen, seen),) for run in runs))


def _passage(run: Passage, by_key: dict[int, Suggestion], chosen: Suggestion | None, seen: set[int]) -> SafeString:
    noise = SafeString(' class="noise"') if run.noise else ""
    text = format_html('<span data-at="{}"{}>{}</span>', run.start, noise, in_paragraphs(run.text))
    here = [by_key[one.pk] for one in run.candidates if one.pk in by_key]
    if not here:
        return text
    # A passage leads to the innermost one, but for the first passage of one around it, which would have no link else.
    first = next((one for one in reversed(here) if one.pk not in seen), None)
    shown = first or here[0]
    classes = [here[0].standing, "inner" if len(here) > 1 else "", "chosen" if chosen in here else ""]
    begins = _beginning(here, chosen, seen)
    link = _link(shown, text, again=first is None)
    return format_html('{}<mark class="{}">{}</mark>', begins, " ".join(filter(None, classes)), link)


def _beginning(here: list[Suggestion], chosen: Suggestion | None, seen: set[int]) -> SafeString:
    """Anchors and numbers of the suggestions that begin here, the outermost first."""
    new = [one for one in reversed(here) if one.pk not in seen]
    seen.update(one.pk for one in new)
    badge = '<span class="badge {}{}" id="c{}" data-badge="{}"></span>'
    return format_html_join(
        "", badge, ((one.standing, " chosen" if one == chosen else "", one.pk, one.badge) for one in new)
    )


@register.filter
def in_paragraphs(text: str) -> SafeString:
    """Text whose ends of lines can be given room; every character stays, for positions count them."""
    # Escaped first: what is put in after that is the tag alone.
    return SafeString(_LINE_ENDS.sub(r'<span class="line-end">\g<0></span>', escape(text)))


def _link(one: Suggestion, text: SafeString, *, again: bool) -> SafeString:
    """The link to a suggestion; for screen readers and the Tab key, its first passage stands for all."""
    if again:
        return format_html('<a href="?candidate={}#candidate" draggable="false" tabindex="-1">{}</a>', one.pk, text)
    told = gettext("Suggestion %(number)s, %(standing)s:") % {"number": one.number, "standing": one.standing_words}
    spoken = format_html('<span class="visually-hidden">{} </span>', told)
    return format_html('<a href="?candidate={}#candidate" draggable="false">{}{}</a>', one.pk, spoken, text)
