"""What other sites show of a statement: the framed page's content, the snippet to copy, the oEmbed answer."""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from quotes.citing.present import Correction, Present
from quotes.citing.record import PUBLICATION, CitedStatement, read
from quotes.citing.road import road
from quotes.dates import display
from quotes.history import present, standing
from quotes.languages import direction
from quotes.models import Revision, Statement
from quotes.permalinks import Mistyped, read_pid
from quotes.versions import missing_version
from sources.slugs import survivor

WIDTH = 600
CACHE_AGE = 5 * 60
_LONGEST_NUMBER = 9
_PERMALINK = re.compile(r"/q/([^/.]+)(?:/[vV](\d{1,9}))?/?")
# The frame reports its true height; this guess holds until then, and where scripts are off.
_FRAME, _LINE, _LETTER = 150, 31, 10.5
_CORRECTIONS = 3
_SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"


class Removed(Exception):
    """The statement was taken down: nothing of it may be shown but that it was."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        super().__init__(f"{statement.pid} was removed")


@dataclass(frozen=True)
class Embedded:
    """One version as other sites show it, with what became of it since."""

    statement: Statement
    revision: Revision
    cited: CitedStatement
    latest: int
    present: Present

    @property
    def is_corrected(self) -> bool:
        """Whether a later version exists."""
        return self.revision.number != self.latest

    @property
    def is_retracted(self) -> bool:
        """Whether the editors no longer stand by it."""
        return self.statement.state == Statement.State.RETRACTED

    @property
    def corrections(self) -> list[Correction]:
        """The last corrections, latest first: a frame tells them wherever the statement is quoted."""
        return list(reversed(self.present.corrections))[:_CORRECTIONS]

    @property
    def road(self) -> str:
        """The words' way to us, as a phrase."""
        return road(self.cited)

    @property
    def said(self) -> str:
        """When it was said."""
        return display(self.cited.said.edtf)


def find(typed: str) -> Statement:
    """The statement at an address as somebody typed it. Mistyped and unknown ids and drafts are the same 404."""
    try:
        pid = read_pid(typed)
    except Mistyped as error:
        raise Http404("mistyped") from error
    statement = Statement.objects.for_permalink().filter(pid=pid).exclude(state=Statement.State.DRAFT).first()
    if statement is None:
        raise Http404("unknown")
    return statement


def current(statement: Statement) -> Statement:
    """The statement itself, or the one it was merged into."""
    kept: Statement = survivor(statement)
    return kept


def embedded(statement: Statement, number: int | None = None) -> Embedded:
    """Version `number` of a statement, or its latest, ready to be shown elsewhere. Three queries.

    Raises Removed, and Http404 for a version that doesn't exist.
    """
    latest = statement.revisions.values_list("number", flat=True).last()
    wanted = number if number is not None else latest
    revision = statement.revisions.filter(number=wanted).first() if wanted is not None else None
    if latest is None or revision is None:
        raise missing_version(latest)
    if statement.state == Statement.State.REMOVED or not revision.body:
        raise Removed(statement)
    now = present(statement, standing(statement), localdate())
    return Embedded(statement, revision, _cited(revision), latest, now)


def _cited(revision: Revision) -> CitedStatement:
    return read(json.loads(revision.body), settings.SITE_URL)


def number_in(text: str) -> int | None:
    """The version that a query string names; None where it names none. Raises Http404 for what is no number."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise Http404("version")
    return int(text)


def at_address(url: str) -> Embedded:
    """The version at one of our permalinks, by http or https, with the id typed any way; merges are followed.

    Raises Http404 for an address that isn't one of them, and Removed.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError as error:
        raise Http404("malformed") from error
    match = _PERMALINK.fullmatch(parts.path)
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != _host() or match is None:
        raise Http404("foreign")
    typed, number = match.groups()
    statement = find(typed)
    if statement.state == Statement.State.MERGED:
        return embedded(current(statement))
    return embedded(statement, number_in(number or ""))


def _host() -> str:
    return urlsplit(settings.SITE_URL).netloc.lower()


def oembed(shown: Embedded, max_width: int | None = None, max_height: int | None = None) -> dict[str, Any]:
    """The oEmbed answer of type rich (oembed.com, 2.3.4.4), no larger than the asker has room for."""
    width = min(WIDTH, max_width or WIDTH)
    height = guessed_height(shown.cited, width)
    height = min(height, max_height or height)
    return {
        "version": "1.0",
        "type": "rich",
        "title": title(shown.cited, retracted=shown.is_retracted),
        "author_name": shown.cited.speaker.name,
        "provider_name": PUBLICATION,
        "provider_url": f"{shown.cited.site_url}/",
        "cache_age": CACHE_AGE,
        "width": width,
        "height": height,
        "html": _frame(shown.cited, width, height),
    }


def title(cited: CitedStatement, *, retracted: bool = False) -> str:
    """The statement's name on another site: who said it, and the first words."""
    return f"{cited.speaker.name}: {cited.short_words}{' (retracted by the editors)' if retracted else ''}"


def guessed_height(cited: CitedStatement, width: int) -> int:
    """About how many pixels the framed page needs at this width."""
    letters = max(10, (width - 48) / _LETTER)
    lines = sum(int(len(part) / letters) + 1 for part in cited.words.split("\n"))
    return _FRAME + lines * _LINE


def _frame(cited: CitedStatement, width: int, height: int) -> SafeString:
    return format_html(
        '<iframe src="{}/embed?v={}" title="{}" width="{}" height="{}" sandbox="{}" loading="lazy"'
        ' style="border:0;width:100%;max-width:{}px"></iframe>',
        cited.url,
        cited.version,
        title(cited),
        width,
        height,
        _SANDBOX,
        width,
    )


def snippet(cited: CitedStatement, *, retracted: bool = False) -> str:
    """HTML to paste: a frame with the live record, and below it all of it as text, which needs nothing of ours."""
    return format_html(
        '{}\n<details><summary>The statement as text</summary>\n<blockquote cite="{}">\n{}\n<footer>— {}</footer>\n'
        "</blockquote></details>",
        _frame(cited, WIDTH, guessed_height(cited, WIDTH)),
        cited.version_url,
        format_html_join("\n", '<p lang="{}" dir="{}">{}</p>', _paragraphs(cited)),
        _source(cited, ". Retracted by the editors" if retracted else ""),
    )


def _paragraphs(cited: CitedStatement) -> list[tuple[str, str, str]]:
    return [(cited.language, direction(cited.language), " ".join(part.split())) for part in cited.words.split("\n\n")]


def _source(cited: CitedStatement, warning: str) -> SafeString:
    label = f", {cited.label}" if cited.label else ""
    return format_html(
        '{}{}, {} ({}){}. {}, <a href="{}">{}</a>',
        cited.speaker.name,
        label,
        display(cited.said.edtf),
        road(cited),
        warning,
        PUBLICATION,
        cited.version_url,
        cited.version_url,
    )
