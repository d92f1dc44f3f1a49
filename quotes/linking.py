"""The typed links of a statement's addresses, and the three ways to write them.

Signposting (cite-as, describedby, type, author, license, linkset), RFC 5829 (the versions) and RFC 7089 (Memento), as a
Link header (RFC 8288), as `application/link-format` (a TimeMap) and as a linkset (RFC 9264). Every address is absolute.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from urllib.parse import quote

from quotes.citing.annotation import PROFILE
from quotes.citing.formats import Format, available
from quotes.citing.record import CitedSpeaker, CitedStatement

LINK_FORMAT = "application/link-format"
LINKSET, LINKSET_JSON = "application/linkset", "application/linkset+json"
_TYPES = ("https://schema.org/Quotation", "https://schema.org/AboutPage")
_PLAIN = ("type", "title", "media")
# RFC 9264 wants a list here, the Signposting client a text: in JSON it is left to the address's suffix.
_PROFILE = "profile"


@dataclass(frozen=True)
class Link:
    """A link of one or more relations; `attributes` are pairs such as ("type", "text/html")."""

    relations: str
    target: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Version:
    """A version's number and when it was recorded."""

    number: int
    recorded_at: dt.datetime


@dataclass(frozen=True)
class Series:
    """A statement's address and its versions, oldest first; never empty."""

    url: str
    versions: Sequence[Version]

    @property
    def latest(self) -> Version:
        """The last version."""
        return self.versions[-1]

    def version_url(self, version: Version) -> str:
        """A version's own address."""
        return f"{self.url}/v{version.number}"

    def at(self, when: dt.datetime) -> Version:
        """The version that was current at `when`, to the second as headers tell it; the first for any time before."""
        made = [one for one in self.versions if one.recorded_at.replace(microsecond=0) <= when]
        return made[-1] if made else self.versions[0]


def http_date(moment: dt.datetime) -> str:
    """“Sat, 03 Dec 2022 20:00:00 GMT”."""
    return format_datetime(moment.astimezone(dt.UTC), usegmt=True)


def page_links(cited: CitedStatement, licence: str) -> list[Link]:
    """What `/q/ID` links to: its citable version, its exports, its versions."""
    return [Link("original timegate", cited.url), *_resource(cited, cited.url, licence), *_histories(cited.url)]


def version_links(cited: CitedStatement, latest: int, licence: str) -> list[Link]:
    """What `/q/ID/vN` links to: itself to be cited, its exports, the versions beside it, and its original."""
    return [*_resource(cited, cited.version_url, licence), *neighbours(cited.url, cited.version, latest)]


def export_links(cited: CitedStatement, described: str) -> list[Link]:
    """What an export links to: the page it describes, the statement's own address, and what became of it."""
    html = (("type", "text/html"),)
    return [
        Link("describes", described, html),
        Link("cite-as", cited.version_url),
        Link("canonical", cited.url, html),
        Link("version-history", f"{cited.url}/history"),
    ]


def neighbours(url: str, number: int, latest: int) -> list[Link]:
    """The other versions of the statement at `url`, seen from version `number`; they are numbered without gaps."""
    return [
        Link("original timegate latest-version", url),
        *([Link("predecessor-version", f"{url}/v{number - 1}")] if number > 1 else []),
        *([Link("successor-version", f"{url}/v{number + 1}")] if number < latest else []),
        *_histories(url),
    ]


def gate_links(series: Series) -> list[Link]:
    """What a TimeGate's redirect links to."""
    return [Link("original timegate", series.url), *_histories(series.url)]


def timemap(series: Series) -> str:
    """The TimeMap: the original and every version with its time."""
    first, last = http_date(series.versions[0].recorded_at), http_date(series.latest.recorded_at)
    span = (("type", LINK_FORMAT), ("from", first), ("until", last))
    links = [Link("original timegate", series.url), Link("self", f"{series.url}/timemap", span), *mementos(series)]
    return ",\n".join(_written(link) for link in links) + "\n"


def mementos(series: Series) -> list[Link]:
    """A memento link to every version; the ends are told."""
    links = []
    for version in series.versions:
        ends = ("first" if version == series.versions[0] else "", "last" if version == series.latest else "")
        relations = " ".join([*filter(None, ends), "memento"])
        links.append(Link(relations, series.version_url(version), (("datetime", http_date(version.recorded_at)),)))
    return links


def link_header(links: Iterable[Link]) -> str:
    """The value of a Link header."""
    return ", ".join(_written(link) for link in links)


Contexts = list[tuple[str, list[Link]]]


def contexts(cited: CitedStatement, series: Series, licence: str) -> Contexts:
    """Each address of the statement with its links: the page, the versions, the exports of the latest."""
    page = [*page_links(cited, licence), *mementos(series)]
    versions = [
        (series.version_url(one), neighbours(cited.url, one.number, series.latest.number)) for one in series.versions
    ]
    exports = [(cited.url + one.suffix, export_links(cited, cited.url)) for one in available(cited)]
    return [(cited.url, page), *versions, *exports]


def linkset(anchored: Contexts) -> str:
    """The links as `application/linkset`: a Link header's, each with its anchor, on lines of their own."""
    written = [
        _written(Link(link.relations, link.target, (("anchor", anchor), *link.attributes)))
        for anchor, links in anchored
        for link in links
    ]
    return ",\n".join(written) + "\n"


def linkset_json(anchored: Contexts) -> str:
    """The links as `application/linkset+json`: by anchor, then by relation."""
    return json.dumps({"linkset": [_context(anchor, links) for anchor, links in anchored]}, indent=2) + "\n"


def _context(anchor: str, links: Iterable[Link]) -> dict[str, object]:
    by_relation: dict[str, list[dict[str, object]]] = defaultdict(list)
    for link in links:
        own = {name: value if name in _PLAIN else [value] for name, value in link.attributes if name != _PROFILE}
        for relation in link.relations.split():
            by_relation[relation].append({"href": link.target, **own})
    return {"anchor": anchor, **by_relation}


def _resource(cited: CitedStatement, address: str, licence: str) -> list[Link]:
    """Signposting of a page at `address`."""
    author = _author(cited.speaker, cited.site_url)
    return [
        Link("cite-as", cited.version_url),
        *(Link("type", target) for target in _TYPES),
        *([Link("author", author)] if author else []),
        *([Link("license", licence)] if licence else []),
        *(_described(address, one) for one in available(cited)),
        Link("linkset", f"{cited.url}/linkset", (("type", LINKSET),)),
        Link("linkset", f"{cited.url}/linkset.json", (("type", LINKSET_JSON),)),
    ]


def _described(address: str, one: Format) -> Link:
    """An export. A link's type has no parameters (RFC 8288, 3.4.1), so that a profile is an attribute of its own."""
    profile = (("profile", PROFILE),) if PROFILE in one.media_type else ()
    return Link("describedby", address + one.suffix, (("type", one.bare_media_type), *profile))


def _author(speaker: CitedSpeaker, site_url: str) -> str:
    if speaker.slug:
        return f"{site_url}/speakers/{speaker.slug}/"
    return f"http://www.wikidata.org/entity/{speaker.wikidata}" if speaker.wikidata else ""


def _histories(url: str) -> list[Link]:
    return [
        Link("version-history", f"{url}/history"),
        Link("timemap", f"{url}/timemap", (("type", LINK_FORMAT),)),
    ]


def _written(link: Link) -> str:
    """One link, in ASCII: an address of letters beyond it is percent-encoded."""
    attributes = (("rel", link.relations), *link.attributes)
    return f"<{_ascii(link.target)}>" + "".join(f'; {name}="{value}"' for name, value in attributes)


def _ascii(address: str) -> str:
    return quote(address, safe="%/:?#[]@!$&'()*+,;=~")
