"""A page's other languages, the choice among them, and phrases that are counted."""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from quotes.numbers import grouped
from quotes.retold import retold

register = template.Library()
register.filter(retold)

_PARAMETER = "lang"
# A page doesn't repeat seven times what somebody filled an address with.
_LONGEST = 500
# Public pages whose answers aren't kept as copies.
_PUBLIC = {"about", "check", "glossary"}


@register.simple_tag(takes_context=True)
def same_page_in_other_languages(context: Context) -> SafeString:
    """What tells search engines of a public page's languages; nothing on a page for one reader."""
    request = _of_a_reader(context)
    match = request.resolver_match if request else None
    if not request or len(request.META.get("QUERY_STRING", "")) > _LONGEST:
        return SafeString()
    if not match or not (hasattr(match.func, "tagged_by") or match.url_name in _PUBLIC):
        return SafeString()
    here = settings.SITE_URL + request.path
    pairs = [("x-default", _query(request)), *((code, _query(request, code)) for code, _ in settings.LANGUAGES)]
    return _joined(f'<link rel="alternate" hreflang="{code}" href="{escape(here + query)}">\n' for code, query in pairs)


@register.simple_tag(takes_context=True)
def language_choice(context: Context) -> SafeString:
    """Links to this page in each language, each named in itself; nothing on pages that speak English alone."""
    request = _of_a_reader(context)
    if not request:
        return SafeString()
    label = gettext("Language")
    links = [_link(request, code, name) for code, name in settings.LANGUAGES]
    return _joined([f'<nav aria-label="{label}"><ul class="languages">', *links, "</ul></nav>"])


def _of_a_reader(context: Context) -> HttpRequest | None:
    request: HttpRequest | None = context.get("request")
    return request if request and hasattr(request, "LANGUAGE_CODE") else None


def _link(request: HttpRequest, code: str, name: str) -> str:
    current = ' aria-current="page"' if code == get_language() else ""
    # Relative, so that a page that must tell nothing doesn’t tell its own address apart.
    address = escape(_query(request, code))
    return f'<li><a href="{address}" lang="{code}" hreflang="{code}" rel="nofollow"{current}>{name}</a></li>'


def _joined(parts: Iterable[str]) -> SafeString:
    """Markup made of what was escaped, as the template engine would make it, in a tenth of the time."""
    return SafeString("".join(parts))


def _query(request: HttpRequest, language: str = "") -> str:
    """A page's parameters with another language; with none, as everybody's own settings have it."""
    is_long = len(request.META.get("QUERY_STRING", "")) > _LONGEST
    kept = [] if is_long else request.GET.lists()
    pairs = [(name, value) for name, values in kept if name != _PARAMETER for value in values]
    pairs += [(_PARAMETER, language)] if language else []
    return f"?{urlencode(pairs)}" if pairs else ""


@register.simple_tag
def statement_count(number: int, classes: str = "") -> SafeString:
    """How many statements there are: the number for the eye, with its noun for a screen reader."""
    noun = ngettext("statement", "statements", number)
    shown = '<span class="count{}">{}<span class="visually-hidden"> {}</span></span>'
    return format_html(shown, f" {classes}" if classes else "", grouped(number), noun)


@register.simple_tag
def origin_count(origins: Sequence[object]) -> str:
    """How many origins there are."""
    return ngettext("%(number)s origin", "%(number)s origins", len(origins)) % {"number": grouped(len(origins))}
