"""Feeds, once as Atom (RFC 4287) and once as JSON Feed (jsonfeed.org, version 1.1), with ids by RFC 4151."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

SIZE = 50


@dataclass(frozen=True)
class Item:
    """One entry; `html` is safe to show, `author` and `language` are empty where they are nobody's and none."""

    id: str
    url: str
    title: str
    html: str
    published: dt.datetime
    updated: dt.datetime
    author: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """A feed of the list at `page`; `address` is its own, `onward` that of its next part, if there is one."""

    title: str
    subtitle: str
    page: str
    address: str
    items: list[Item] = field(default_factory=list)
    onward: str = ""


def tag_uri(day: dt.date, path: str) -> str:
    """An id that stays, whatever becomes of the address: a tag URI (RFC 4151) of this site on a day."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{day:%Y-%m-%d}:{path}"


class _Atom(Atom1Feed):
    """Atom with the way to the next part (RFC 5005)."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if self.feed["onward"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["onward"]})


def atom(feed: Feed) -> str:
    """The feed as Atom."""
    written = _Atom(
        title=feed.title,
        link=feed.page,
        description="",
        subtitle=feed.subtitle,
        feed_url=feed.address,
        feed_guid=feed.page,
        author_name="The editors of On Record",
        language="en",
        onward=feed.onward,
    )
    for item in feed.items:
        written.add_item(
            title=item.title,
            link=item.url,
            description=item.html,
            unique_id=item.id,
            pubdate=item.published,
            updateddate=item.updated,
            author_name=item.author or None,
            categories=item.tags,
        )
    return str(written.writeString("utf-8"))


def json_feed(feed: Feed) -> str:
    """The feed as JSON Feed."""
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "next_url": feed.onward,
        "language": "en",
        "authors": [{"name": "The editors of On Record", "url": f"{settings.SITE_URL}/about/"}],
    }
    items = [_json_item(item) for item in feed.items]
    return json.dumps({**_said(whole), "items": items}, ensure_ascii=False, indent=1) + "\n"


def _json_item(item: Item) -> dict[str, Any]:
    return _said(
        {
            "id": item.id,
            "url": item.url,
            "title": item.title,
            "content_html": item.html,
            "date_published": item.published.isoformat(),
            "date_modified": item.updated.isoformat(),
            "authors": [{"name": item.author}] if item.author else [],
            "language": item.language,
            "tags": list(item.tags),
        }
    )


def _said(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


@dataclass(frozen=True)
class Form:
    """One of the two forms that a feed comes in."""

    label: str
    media_type: str
    write: Callable[[Feed], str]


FORMS = {
    "atom": Form("Atom", "application/atom+xml; charset=utf-8", atom),
    "json": Form("JSON Feed", "application/feed+json; charset=utf-8", json_feed),
}
