"""The parts of permalinks and lists that repeat, written here: the template engine takes ten times as long for them.

Texts are escaped one by one; what is marked safe here is made of those and of nothing else.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.template.defaultfilters import date
from django.utils.safestring import SafeString, mark_safe

from quotes.citing.box import Panel
from quotes.citing.formats import Format
from quotes.citing.rich import Citation
from quotes.languages import direction, language_name
from quotes.listing import FacetShown, FacetValue
from quotes.models import Appearance, Statement
from quotes.pages import Road, Stop
from quotes.search.query import Query
from quotes.templatetags.record import found_words, outlet_links, speaker_link

register = template.Library()
_DAY = "j F Y"
_COPIED = "copied from another printing without saying so, as the editors judge: it has that one’s origin"
_ORIGINS_SHOWN = 3
_CARRIED = (("issued_by", "issued by"), ("relayed_by", "relayed by"))


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
    links = _download(files + panel.format.suffix, "Text") + "\n" + _download(f"{files}.{key}.html", "HTML")
    if not panel.record:
        links = f'<a href="{files}{panel.format.suffix}" download>Download</a>'
    return (
        f'<input class="visually-hidden" type="radio" name="style" id="style-{key}"{checked}>\n'
        f'<label for="style-{key}">{escape(panel.label)}</label>\n'
        f'<div class="panel">{shown}<p class="actions">'
        f'<button type="button" data-copy="cite-{key}" hidden>Copy citation</button>\n{links}</p>'
        f"{_source(panel.document, key) if panel.document else ''}</div>\n"
    )


def _reference(record: Citation, key: str) -> str:
    return (
        f'<p class="citation" id="cite-{key}" data-text="{escape(record.text)}">{record.html}</p>'
        f'<p class="small soft">In the text: <span id="in-text-{key}">{escape(record.in_text)}</span></p>'
    )


def _data(text: str, key: str) -> str:
    return f'<pre class="citation" id="cite-{key}" tabindex="0">{escape(text)}</pre>'


def _download(address: str, label: str) -> str:
    return f'<a href="{address}" download><span class="visually-hidden">Download as</span> {label}</a>'


def _source(document: Citation, key: str) -> str:
    return (
        f"<details><summary>Cite the source document</summary>"
        f'<p class="citation" id="document-{key}" data-text="{escape(document.text)}">{document.html}</p>'
        f'<p class="small soft">In the text: {escape(document.in_text)}</p><p class="actions">'
        f'<button type="button" class="second" data-copy="document-{key}" hidden>Copy</button></p></details>'
    )


@register.simple_tag
def road_stops(road: Road) -> SafeString:
    """A road as a list of its stops."""
    last = len(road.stops) - 1
    stops = [_stop(stop, told=road.appearance.attested and place == last) for place, stop in enumerate(road.stops)]
    return _joined(['<ol class="road">', *stops, "</ol>"])


def _stop(stop: Stop, *, told: bool) -> str:
    when = f", {escape(stop.when)}" if stop.when else ""
    how = f"{escape(stop.how)}{when}{', as the document says' if told else ''}"
    who = f'<a href="{escape(stop.address)}">{escape(stop.who)}</a>' if stop.address else escape(stop.who)
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
        facts.append(f'<a href="{escape(source_address)}" rel="external">show the words at the source</a>')
    if appearance.copy_of_id:
        facts.append(_COPIED)
    facts.append(escape(appearance.note))
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
    attested = "attested by " if appearance.attested else ""
    place = f"#{escape(pid)}" if appearance.start is not None else ""
    address = escape(document.get_absolute_url())
    outlet, published = escape(str(document.outlet)), escape(document.published_words)
    return f'{attested}<a href="{address}{place}">{escape(str(document))}</a>, {outlet}, {published}'


def _translated(appearance: Appearance) -> str:
    if not appearance.language or appearance.attested:
        return ""
    told = f"in {language_name(appearance.language)}"
    if appearance.is_translation:
        told += ", translated"
        told += f" from {language_name(appearance.translated_from)}" if appearance.translated_from else ""
        told += f" by {appearance.translator}" if appearance.translator else ""
        told += ": a translation of a translation" if appearance.is_retranslation else ""
    return escape(told)


def _archived(appearance: Appearance) -> list[str]:
    snapshot = appearance.snapshot
    if snapshot is None:
        return []
    since = {
        "unchanged": f", unchanged on {date(snapshot.checked_at, _DAY)}",
        "changed": ", the page has changed since",
        "gone": ", gone from its address since",
    }.get(snapshot.check_result, "")
    told = [f"archived {date(snapshot.taken_at, _DAY)}{since}"]
    if appearance.start is not None:
        address, sha256 = escape(appearance.document.get_absolute_url()), escape(snapshot.sha256)
        told.append(
            f"characters {appearance.start}–{appearance.end} of the archived text, "
            f'sha256 <span class="mono" title="{sha256}">{sha256[:16]}</span>: <a href="{address}#verify">verify</a>'
        )
    return told


@register.simple_tag
def statement_cards(statements: Iterable[Statement], query: Query | None = None) -> SafeString:
    """The cards of a list, with what a search found marked."""
    return _joined(_card(statement, query) for statement in statements)


def _card(statement: Statement, query: Query | None) -> str:
    pid = escape(statement.pid)
    topics = "".join(
        f'<li><a class="chip" href="{escape(topic.get_absolute_url())}">{escape(topic.name)}</a></li>'
        for topic in statement.topics.all()
    )
    return (
        f'<article class="card" data-card id="{pid}">\n'
        f'<p class="words"><a href="/q/{pid}">{found_words(statement, query)}</a></p>\n{_attribution(statement)}'
        f'<ul class="card-foot">{topics}{_origins(statement)}'
        f'<li class="permalink"><a href="/q/{pid}">/q/{pid}</a></li></ul>\n</article>'
    )


def _origins(statement: Statement) -> str:
    """How many origins stand behind it, and in how many outlets it was."""
    if not statement.origins:
        return ""
    shown = [f"{escape(str(one.outlet))}, {one.standing}" for one in statement.origins[:_ORIGINS_SHOWN]]
    more = ["…"] if len(statement.origins) > _ORIGINS_SHOWN else []
    where = f" in {_counted(len(statement.outlets), 'outlet')}" if statement.outlets else ""
    return f'<li class="soft">{_counted(len(statement.origins), "origin")} ({"; ".join([*shown, *more])}){where}</li>'


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _attribution(statement: Statement) -> str:
    """Who said it and by whom it came, in a few words: of an own interview, nothing but to whom."""
    carried = statement.carried
    label = f", {escape(statement.label)}" if statement.label else ""
    principal = f", for {speaker_link(statement.speaks_for)}" if statement.speaks_for else ""
    reported = "as reported, " if statement.mode == "indirect" else ""
    to = f"to {outlet_links(carried['spoken_to'])}, " if carried.get("spoken_to") else ""
    possibly = " (possibly)" if statement.possibly else ""
    told = [
        f"<strong>{speaker_link(statement.speaker)}</strong>{label}{principal}",
        f"{reported}{to}{escape(statement.said_words)}{possibly}",
        *(f"{how} {outlet_links(carried[role])}" for role, how in _CARRIED if carried.get(role)),
    ]
    if carried.get("published_by") and not (carried.get("spoken_to") or carried.get("issued_by")):
        told.append(f"published by {outlet_links(carried['published_by'])}")
    if statement.is_translation:
        told.append("translated")
    return f'<ul class="attribution">{_in_a_row(told)}</ul>\n'


@register.simple_tag
def facet_values(facets: Iterable[FacetShown]) -> SafeString:
    """The facets beside a list, each value a link that chooses it or lets go of it."""
    return _joined(
        f'<div class="facet"><h2 class="section" id="facet-{facet.name}">{escape(facet.label)}</h2>\n'
        f'<ul aria-labelledby="facet-{facet.name}">{"".join(map(_facet_value, facet.values))}</ul></div>'
        for facet in facets
    )


def _facet_value(value: FacetValue) -> str:
    is_chosen = ' aria-current="true"' if value.chosen else ""
    spoken = '<span class="visually-hidden">, chosen: remove</span>' if value.chosen else ""
    return (
        f'<li><a href="{escape(value.url)}" id="{escape(value.id)}"{is_chosen}>'
        f'<span>{escape(value.label)}{spoken}</span> <span class="count">{value.count}</span></a></li>\n'
    )


def _in_a_row(facts: Iterable[str]) -> str:
    """Facts of one line: the white space between them is seen."""
    return "\n".join(f"<li>{fact}</li>" for fact in facts)


def _joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("\n".join(parts))  # noqa: S308 - see above
