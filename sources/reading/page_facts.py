"""What a web page says of itself: in JSON-LD, in its meta tags, in its markup; in that order of trust."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from htmldate import find_date
from lxml import etree

from quotes.dates import BadDate, read

_ARTICLES = re.compile(
    r"(?:\w*Article|BlogPosting|Report|SocialMediaPosting|WebPage|Interview|Speech|PressRelease|\w*Posting)$"
)
_DAY = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:$|[T\s])")
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:byline|author|credit|credits|source|agency|agence|signature|dateline)(?:$|[\s_-])"
)
_DAYS = [
    *("article:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "citation_publication_date"),
    *("date", "dc.date", "pubdate", "publishdate", "parsely-pub-date", "sailthru.date", "dcterms.created"),
]
_LONG_BYLINE = 300
_MANY = 50
_BY = re.compile(r"^\s*(?:by|par|von|por|di|od)\s+(?=\S)", re.IGNORECASE)
_SEPARATORS = r"\s+[|–—·»]\s+|\s+-\s+"


@dataclass(frozen=True)
class Facts:
    """Empty texts where a page is silent; `canonical` is as it stands there."""

    title: str
    author: str
    published: str
    language: str
    canonical: str
    outlet_name: str
    bylines: str


def facts_of(root: Any, url: str) -> Facts:
    """What the page says of itself."""
    data = next(iter(sorted(_articles(root), key=_silence)), {})
    metas = _metas(root)
    outlet_name = _name(data.get("publisher")) or _first(metas, "og:site_name", "application-name")
    return Facts(
        title=_title(root, data, metas, outlet_name),
        author=_author(root, data, metas),
        published=_published(root, data, metas, url),
        language=_text(data.get("inLanguage"))
        or root.get("lang", "")
        or _first(metas, "og:locale", "content-language"),
        canonical=_link(root, "canonical") or _first(metas, "og:url"),
        outlet_name=outlet_name,
        bylines=_bylines(root, metas),
    )


def _articles(root: Any) -> Iterator[dict[str, Any]]:
    """JSON-LD objects that describe an article."""
    for script in root.xpath("//script[contains(@type, 'ld+json')]")[:_MANY]:
        try:
            data = json.loads(script.text_content())
        except (ValueError, RecursionError):
            continue
        yield from (thing for thing in _things(data) if _is_article(thing))


def _things(data: Any) -> list[dict[str, Any]]:
    listed = data if isinstance(data, list) else [data]
    found = [thing for thing in listed[:_MANY] if isinstance(thing, dict)]
    for thing in list(found):
        graph = thing.get("@graph")
        found += [part for part in graph[:_MANY] if isinstance(part, dict)] if isinstance(graph, list) else []
    return found


def _is_article(thing: dict[str, Any]) -> bool:
    kinds = thing.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLES.match(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _silence(thing: dict[str, Any]) -> int:
    return -sum(name in thing for name in ("headline", "datePublished", "author", "publisher"))


def _metas(root: Any) -> dict[str, str]:
    """The meta tags' contents by name, the first of each."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _first(metas: dict[str, str], *names: str) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _name(value: Any) -> str:
    """The name or names of JSON-LD people and organisations."""
    if isinstance(value, list):
        return ", ".join(filter(None, dict.fromkeys(_name(one) for one in value[:_MANY])))
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _link(root: Any, rel: str) -> str:
    for link in root.iter("link"):
        if rel in (link.get("rel") or "").lower().split():
            return (link.get("href") or "").strip()
    return ""


def _title(root: Any, data: dict[str, Any], metas: dict[str, str], outlet_name: str) -> str:
    said = _text(data.get("headline")) or _first(metas, "og:title", "twitter:title", "dc.title", "citation_title")
    headings = [" ".join(heading.text_content().split()) for heading in root.iter("h1")]
    title = said or (headings[0] if len(headings) == 1 else "")
    if not title:
        title = " ".join((root.findtext(".//title") or "").split())
    return _without_outlet(title, outlet_name)


def _without_outlet(title: str, outlet_name: str) -> str:
    """“Minister says no | The Daily” without the outlet's name at its end."""
    parts = re.split(f"({_SEPARATORS})", title)
    if outlet_name and len(parts) > 2 and parts[-1].strip().casefold() == outlet_name.casefold():  # noqa: PLR2004  # a title, a separator and a name
        return "".join(parts[:-2]).strip()
    return title


def _author(root: Any, data: dict[str, Any], metas: dict[str, str]) -> str:
    said = _name(data.get("author")) or _first(
        metas, "author", "article:author", "dc.creator", "citation_author", "byl"
    )
    if not said:
        marked = root.xpath("//*[@rel='author' or @itemprop='author']")[:3]
        said = ", ".join(dict.fromkeys(" ".join(one.text_content().split()) for one in marked))
    said = _BY.sub("", said)
    return "" if said.startswith(("http://", "https://")) or len(said) > _LONG_BYLINE else said


def _published(root: Any, data: dict[str, Any], metas: dict[str, str], url: str) -> str:
    """The day, month or year it says it was published; a guess from the page only where it says nothing."""
    marked = root.xpath(
        "//time[@itemprop='datePublished' or @pubdate]/@datetime | //*[@itemprop='datePublished']/@content"
    )
    said = [_text(data.get("datePublished")), *(metas.get(name, "") for name in _DAYS), *map(str, marked)]
    return next(filter(None, map(_day, said)), "") or _guessed_day(root, url)


def _day(text: str) -> str:
    """The date at the beginning of an ISO 8601 text, at its own precision and in its own time zone."""
    match = _DAY.match(text.strip().replace("/", "-"))
    try:
        return read(match[1]).text if match else ""
    except BadDate:
        return ""


def _guessed_day(root: Any, url: str) -> str:
    try:
        # It alters the tree that it is given.
        copied = etree.fromstring(etree.tostring(root, encoding="utf-8"), etree.HTMLParser(encoding="utf-8"))
        return find_date(copied, url=url or None, original_date=True, extensive_search=False) or ""
    except (ValueError, TypeError, AttributeError, etree.LxmlError):
        return ""


def _bylines(root: Any, metas: dict[str, str]) -> str:
    """The short texts in which a page names who wrote it and where it took it from."""
    named = [
        " ".join(element.text_content().split())
        for element in root.iter("p", "span", "div", "small", "address", "a", "footer", "cite", "figcaption")
        if _BYLINE.search((element.get("class") or "").lower()) or element.get("itemprop") == "author"
    ]
    metas_named = [metas.get(name, "") for name in ("author", "article:author", "dc.source", "source", "news_keywords")]
    return "\n".join(text for text in [*metas_named[:4], *named[:_MANY]] if text and len(text) <= _LONG_BYLINE)
