"""The parts of permalinks and lists that repeat, written here: the template engine takes ten times as long for them.

Texts are escaped one by one; what is marked safe here is made of those and of nothing else.
"""

import datetime as dt
from collections.abc import Iterable
from html import escape

from django import template
from django.template.defaultfilters import date
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from quotes.citing.box import Panel
from quotes.citing.formats import Format
from quotes.citing.rich import Citation
from quotes.languages import direction, language_name
from quotes.listing import FacetShown, FacetValue
from quotes.models import Appearance, Statement
from quotes.pages import Road, Stop
from quotes.search.query import Query
from quotes.templatetags.glossary import linked
from quotes.templatetags.languages import origin_count
from quotes.templatetags.record import found_words, outlet_links, speaking, translation_told

register = template.Library()
_COPIED = _("copied from another printing without saying so, as the editors judge: it has that one’s origin")
_ORIGINS_SHOWN = 3
_FACET_TERMS = {"outlet": "outlet", "relay": "agency", "mode": "speech", "origins": "origin"}
_CARRIED = (("issued_by", _("issued by %(outlets)s")), ("relayed_by", _("relayed by %(outlets)s")))
_LABELS = {"Text": _("Text"), "Plain text": _("Plain text"), "Stored record": _("Stored record")}


@register.simple_tag
def head_metadata(names: Iterable[tuple[str, str]], formats: Iterable[Format], base: str) -> SafeString:
    """What reference managers read in the head, and where the files are."""
    told = [f'<meta name="{escape(name)}" content="{escape(content)}">' for name, content in names]
    address = escape(base)
    told += [
        f'<link rel="alternate" type="{escape(one.bare_media_type)}" href="{address}{one.suffix}"'
        f' title="{escape(one.label)}">'
        for one in formats
    ]
    return _joined(told)


@register.simple_tag
def citation_panels(panels: Iterable[Panel], files: str) -> SafeString:
    """The choice of a citation style, and the panel of each; the first is open."""
    return _joined(_panel(panel, escape(files), "" if place else " checked") for place, panel in enumerate(panels))


@register.filter
def written_out(citation: Citation) -> SafeString:
    """A citation with its italics."""
    return SafeString(citation.html)


def _panel(panel: Panel, files: str, checked: str) -> str:
    key = panel.format.key
    shown = _reference(panel.record, key) if panel.record else _data(panel.text, key)
    copy = gettext("Copy citation")
    links = _download(files + panel.format.suffix, _label("Text")) + "\n" + _download(f"{files}.{key}.html", "HTML")
    if not panel.record:
        download = gettext("Download")
        links = f'<a href="{files}{panel.format.suffix}" download>{download}</a>'
    return (
        f'<input class="visually-hidden" type="radio" name="style" id="style-{key}"{checked}>\n'
        f'<label for="style-{key}">{escape(_label(panel.label))}</label>\n'
        f'<div class="panel">{shown}<p class="actions">'
        f'<button type="button" data-copy="cite-{key}" hidden>{copy}</button>\n{links}</p>'
        f"{_source(panel.document, key) if panel.document else ''}</div>\n"
    )


def _reference(record: Citation, key: str) -> str:
    in_text = gettext("In the text:")
    return (
        f'<p class="citation" id="cite-{key}" lang="en" dir="ltr" data-text="{escape(record.text)}">{record.html}</p>'
        f'<p class="small soft">{in_text} '
        f'<span id="in-text-{key}" lang="en" dir="ltr">{escape(record.in_text)}</span></p>'
    )


def _data(text: str, key: str) -> str:
    return f'<pre class="citation" id="cite-{key}" dir="ltr" tabindex="0">{escape(text)}</pre>'


def _download(address: str, label: str) -> str:
    spoken = gettext("Download as")
    return f'<a href="{address}" download><span class="visually-hidden">{spoken}</span> {label}</a>'


def _source(document: Citation, key: str) -> str:
    title, in_text, copy = gettext("Cite the source document"), gettext("In the text:"), gettext("Copy")
    return (
        f"<details><summary>{title}</summary>"
        f'<p class="citation" id="document-{key}" lang="en" dir="ltr" data-text="{escape(document.text)}">'
        f"{document.html}</p>"
        f'<p class="small soft">{in_text} <bdi lang="en">{escape(document.in_text)}</bdi></p>'
        f'<p class="actions"><button type="button" class="second" data-copy="document-{key}" hidden>'
        f"{copy}</button></p></details>"
    )


@register.simple_tag
def road_stops(road: Road) -> SafeString:
    """A road as a list of its stops."""
    last = len(road.stops) - 1
    stops = [_stop(stop, told=road.appearance.attested and place == last) for place, stop in enumerate(road.stops)]
    return _joined(['<ol class="road">', *stops, "</ol>"])


def _stop(stop: Stop, *, told: bool) -> str:
    said = [escape(stop.how), escape(stop.when), gettext("as the document says") if told else ""]
    how = gettext(", ").join(filter(None, said))
    name = f"<bdi>{escape(stop.who)}</bdi>"
    who = f'<a href="{escape(stop.address)}">{name}</a>' if stop.address else name
    return f'<li class="stop"><span class="how">{how}</span>\n<span class="who">{who}</span></li>'


@register.simple_tag
def as_printed(roads: Iterable[Road], statement: Statement, source_address: str) -> SafeString:
    """Each printing as it stands in its document; the first links to its place at the source, where one is known."""
    return _joined(
        _printing(road.appearance, statement, "" if place else source_address) for place, road in enumerate(roads)
    )


def _printing(appearance: Appearance, statement: Statement, source_address: str) -> str:
    quoted = _quoted(appearance) if appearance.printed else ""
    facts = [_document(appearance, statement.pid), _translated(appearance), *_archived(appearance)]
    if source_address:
        shown = gettext("show the words at the source")
        facts.append(f'<a href="{escape(source_address)}" rel="external">{shown}</a>')
    if appearance.copy_of_id:
        facts.append(str(_COPIED))
    facts.append(f'<span dir="auto">{escape(appearance.note)}</span>' if appearance.note else "")
    told = _in_a_row(filter(None, facts))
    return f'<div class="appearance">{quoted}<ul class="attribution small">{told}</ul></div>'


def _quoted(appearance: Appearance) -> str:
    language = escape(appearance.language)
    tongue = f' lang="{language}" dir="{direction(language)}"' if language else ""
    before = f'<span class="context">…{escape(appearance.prefix)}</span>' if appearance.prefix else ""
    after = f'<span class="context">{escape(appearance.suffix)}…</span>' if appearance.suffix else ""
    return f'<blockquote class="printed"{tongue}>{before}<mark>{escape(appearance.printed)}</mark>{after}</blockquote>'


def _document(appearance: Appearance, pid: str) -> str:
    document = appearance.document
    place = f"#{escape(pid)}" if appearance.start is not None else ""
    address = escape(document.get_absolute_url())
    told = gettext("%(document)s, %(outlet)s, %(date)s")
    if appearance.attested:
        told = gettext("attested by %(document)s, %(outlet)s, %(date)s")
    return told % {
        "document": f'<a href="{address}{place}"><bdi>{escape(str(document))}</bdi></a>',
        "outlet": f"<bdi>{escape(str(document.outlet))}</bdi>",
        "date": escape(document.published_words),
    }


def _translated(appearance: Appearance) -> str:
    if not appearance.language or appearance.attested:
        return ""
    told = [gettext("in %(language)s") % {"language": language_name(appearance.language)}]
    if appearance.is_translation:
        again = appearance.is_retranslation
        told.append(
            translation_told(appearance.translated_from, appearance.translator, says_unknown=False, again=again)
        )
    return escape(gettext(", ").join(told))


def _archived(appearance: Appearance) -> list[str]:
    snapshot = appearance.snapshot
    if snapshot is None:
        return []
    looks = {
        "unchanged": gettext("archived %(day)s, unchanged on %(checked)s"),
        "changed": gettext("archived %(day)s, the page has changed since"),
        "gone": gettext("archived %(day)s, gone from its address since"),
    }
    days = {"day": _day(snapshot.taken_at), "checked": _day(snapshot.checked_at)}
    told = [looks.get(snapshot.check_result, gettext("archived %(day)s")) % days]
    if appearance.start is not None:
        address, sha256 = escape(appearance.document.get_absolute_url()), escape(snapshot.sha256)
        verify = gettext("verify")
        place = gettext("characters %(start)s–%(end)s of the archived text, sha256 %(sha256)s: %(link)s")
        told.append(
            place
            % {
                "start": appearance.start,
                "end": appearance.end,
                "sha256": f'<bdi class="mono" title="{sha256}">{sha256[:16]}</bdi>',
                "link": f'<a href="{address}#verify">{verify}</a>',
            }
        )
    return told


@register.simple_tag
def statement_cards(statements: Iterable[Statement], query: Query | None = None) -> SafeString:
    """The cards of a list, with what a search found marked."""
    return _joined(_card(statement, query) for statement in statements)


def _card(statement: Statement, query: Query | None) -> str:
    pid = escape(statement.pid)
    topics = "".join(
        f'<li><a class="chip" href="{escape(topic.get_absolute_url())}"><bdi>{escape(topic.name)}</bdi></a></li>'
        for topic in statement.topics.all()
    )
    return (
        f'<article class="card" data-card id="{pid}">\n'
        f'<p class="words"><a href="/q/{pid}">{found_words(statement, query)}</a></p>\n{_attribution(statement)}'
        f'<ul class="card-foot">{topics}{_origins(statement)}'
        f'<li class="permalink" dir="ltr"><a href="/q/{pid}">/q/{pid}</a></li></ul>\n</article>'
    )


def _origins(statement: Statement) -> str:
    """How many origins stand behind it, and in how many outlets it was."""
    if not statement.origins:
        return ""
    shown = [
        gettext(", ").join([f"<bdi>{escape(str(one.outlet))}</bdi>", one.standing_words])
        for one in statement.origins[:_ORIGINS_SHOWN]
    ]
    more = ["…"] if len(statement.origins) > _ORIGINS_SHOWN else []
    row = gettext("; ").join([*shown, *more])
    told = f"{origin_count(statement.origins)} ({row})"
    if number := len(statement.outlets):
        where = ngettext("in %(number)s outlet", "in %(number)s outlets", number)
        told += f" {where % {'number': number}}"
    return f'<li class="soft">{told}</li>'


def _attribution(statement: Statement) -> str:
    """Who said it and by whom it came, in a few words: of an own interview, nothing but to whom."""
    carried = statement.carried
    said = escape(statement.said_words)
    occasion = [gettext("as reported")] if statement.mode == "indirect" else []
    occasion += [gettext("to %(outlets)s") % {"outlets": outlet_links(to)}] if (to := carried.get("spoken_to")) else []
    occasion.append(gettext("%(date)s (possibly)") % {"date": said} if statement.possibly else said)
    told = [
        speaking(statement.speaker, statement.label, statement.speaks_for),
        gettext(", ").join(occasion),
        *(how % {"outlets": outlet_links(carried[role])} for role, how in _CARRIED if carried.get(role)),
    ]
    if carried.get("published_by") and not (carried.get("spoken_to") or carried.get("issued_by")):
        told.append(gettext("published by %(outlets)s") % {"outlets": outlet_links(carried["published_by"])})
    if statement.is_translation:
        told.append(gettext("translated"))
    return f'<ul class="attribution">{_in_a_row(told)}</ul>\n'


@register.simple_tag
def facet_values(facets: Iterable[FacetShown]) -> SafeString:
    """The facets beside a list, each value a link that chooses it or lets go of it."""
    return _joined(
        f'<div class="facet"><h2 class="section" id="facet-{facet.name}">{_facet_name(facet)}</h2>\n'
        f'<ul aria-labelledby="facet-{facet.name}">{"".join(map(_facet_value, facet.values))}</ul></div>'
        for facet in facets
    )


def _facet_name(facet: FacetShown) -> str:
    """A facet's heading, linked to the glossary where a newcomer may wonder what it is."""
    label, key = escape(facet.label), _FACET_TERMS.get(facet.name)
    # Where links renew the list in its place, this one leads away.
    return linked(key, label, ' data-hx-boost="false"') if key else label


def _facet_value(value: FacetValue) -> str:
    is_chosen = ' aria-current="true"' if value.chosen else ""
    chosen = gettext(", chosen: remove")
    spoken = f'<span class="visually-hidden">{chosen}</span>' if value.chosen else ""
    return (
        f'<li><a href="{escape(value.url)}" id="{escape(value.id)}"{is_chosen}>'
        f'<span><bdi>{escape(value.label)}</bdi>{spoken}</span> <span class="count">{value.count}</span></a></li>\n'
    )


@register.filter(name="format_name")
def _label(label: str) -> str:
    """A format's name, which is a word of its own in few of them."""
    return str(_LABELS.get(label, label))


def _day(at: dt.datetime | None) -> str:
    return str(date(at, gettext("j F Y")))


def _in_a_row(facts: Iterable[str]) -> str:
    """Facts of one line: the white space between them is seen."""
    return "\n".join(f"<li>{fact}</li>" for fact in facts)


def _joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("\n".join(parts))  # noqa: S308 - see above
