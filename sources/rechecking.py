"""Looking again: whether a document still stands where it was, and still says what was archived of it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from sources import apart
from sources.anchoring import Anchored, locate, words_at
from sources.documents import seal
from sources.fetching import Fetcher
from sources.fetching.errors import CannotFetch, PageGone, RobotsRefuse
from sources.intake import WordsRemoved, keep
from sources.models import Document, Recheck, Snapshot
from sources.reading import CannotRead, Hints, Reading

GIVE_UP_AFTER = dt.timedelta(days=7)
_TRIES = 3
_LONG_REASON = 500
_FIRST = "Its text was archived for the first time."


@dataclass(frozen=True)
class Passage:
    """Words quoted from a snapshot, by their position in it."""

    snapshot_id: int
    start: int
    end: int


@dataclass(frozen=True)
class Look:
    """What came of fetching a page again."""

    reading: Reading | None = None
    reached: str = ""
    status: int | None = None
    failure: str = ""
    reason: str = ""


def due(now: dt.datetime, older_than: dt.timedelta) -> QuerySet[Document]:
    """Documents that were last looked at, or archived, longer ago than that; those that wait longest come first.

    Only documents with an address and an archived text: of one that came with a dump there is a hash alone, and nothing
    to compare a page with. One query.
    """
    kept = Snapshot.objects.filter(document=OuterRef("pk"))
    before = now - older_than
    documents = Document.objects.exclude(url="").annotate(looked=Max("rechecks__at"))
    waiting = documents.filter(Q(looked=None) | Q(looked__lt=before)).filter(Exists(kept.exclude(text="")))
    return waiting.exclude(Exists(kept.filter(taken_at__gte=before))).order_by(F("looked").asc(nulls_first=True), "pk")


def recheck(document: Document, *, fetcher: Fetcher, at: dt.datetime, passages: Iterable[Passage] = ()) -> Recheck:
    """Fetch a document again and note what came of it; nothing is locked while the page is fetched.

    Raises nothing for pages that can't be fetched or read: that is a result.
    """
    return note(document, look_at(document.url, fetcher), at=at, passages=passages)


def note(document: Document, look: Look, *, at: dt.datetime, passages: Iterable[Passage] = ()) -> Recheck:
    """Compare a look at a document with what its page said last, and say where the passages' words are now.

    A changed text is kept as a new snapshot, unless words of the document were removed for good.
    """
    with transaction.atomic():
        compared = last_shown(document)
        if look.reading is None:
            return _noted(document, at, look, compared, _failed(document, at, look))
        if compared is None:
            kept = _kept(document, look.reading, at)
            return _noted(document, at, replace(look, reason=_FIRST), None, Recheck.Result.UNCHANGED, shown=kept)
        same = is_same(compared, look.reading)
        shown = compared if same else _kept(document, look.reading, at)
        result = Recheck.Result.UNCHANGED if same else Recheck.Result.CHANGED
        found = _where(passages, compared.text if same else look.reading.text)
        return _noted(document, at, look, compared, result, shown=shown, passages=found)


def look_at(url: str, fetcher: Fetcher) -> Look:
    """Fetch and read a page, with what went wrong in words."""
    try:
        fetched = fetcher.fetch(url)
    except PageGone as gone:
        return Look(status=gone.status, failure=Recheck.Result.GONE, reason=str(gone))
    except RobotsRefuse as refused:
        return Look(failure=Recheck.Result.REFUSED, reason=str(refused))
    except CannotFetch as error:
        failure = Recheck.Result.REFUSED if _is_final(error.status) else Recheck.Result.UNREACHABLE
        return Look(status=error.status, failure=failure, reason=str(error))
    if _leads_home(url, fetched.url):
        reason = "The address leads to the site’s front page."
        return Look(None, fetched.url, fetched.status, Recheck.Result.GONE, reason)
    try:
        reading = apart.read(fetched.body, Hints(url=fetched.url, charset=fetched.charset, language=fetched.language))
    except CannotRead as error:
        return Look(None, fetched.url, fetched.status, Recheck.Result.REFUSED, str(error))
    return Look(reading, fetched.url, fetched.status)


def _is_final(status: int | None) -> bool:
    return status is not None and 400 <= status < 500 and status != 429  # noqa: PLR2004  # HTTP's refusals, but “too many requests”


def _leads_home(asked: str, reached: str) -> bool:
    return urlsplit(asked).path not in ("", "/") and urlsplit(reached).path in ("", "/") and not urlsplit(reached).query


def last_shown(document: Document) -> Snapshot | None:
    """What the page said when it was last read: of the newest re-check that read it, else the newest snapshot."""
    last = document.rechecks.exclude(shown=None).select_related("shown").first()
    newest = document.snapshots.first()
    if last and last.shown and not (newest and newest.taken_at > last.at):
        return last.shown
    return newest


def is_same(snapshot: Snapshot, reading: Reading) -> bool:
    """Whether a page says what a snapshot has: by hash of the text or of the original, or but for white space.

    Of a text that words were removed from, only the very same is known again.
    """
    if snapshot.redacted_at:
        return seal(reading.sha256) == snapshot.sealed
    if reading.sha256 == snapshot.sha256 or reading.original_sha256 == snapshot.original_sha256:
        return True
    return reading.text.split() == snapshot.text.split()


def _kept(document: Document, reading: Reading, at: dt.datetime) -> Snapshot | None:
    try:
        return keep(document, reading, at)[0]
    except WordsRemoved:
        return None


def _where(passages: Iterable[Passage], text: str) -> list[dict[str, Any]]:
    """Where each passage's words are in `text`; two queries at most for all."""
    asked = list(passages)
    texts = dict(Snapshot.objects.filter(pk__in={one.snapshot_id for one in asked}).values_list("pk", "text"))
    found = [(one, locate(words_at(texts[one.snapshot_id], one.start, one.end), text)) for one in asked]
    return [_told(passage, anchored) for passage, anchored in found]


def _told(passage: Passage, anchored: Anchored) -> dict[str, Any]:
    now = None if anchored.start is None else [anchored.start, anchored.end]
    where = {"snapshot": passage.snapshot_id, "start": passage.start, "end": passage.end}
    return {**where, "place": anchored.place.value, "now": now}


def _failed(document: Document, at: dt.datetime, look: Look) -> str:
    """The result of a look that read nothing; a site that stays away for long is gone."""
    if look.failure != Recheck.Result.UNREACHABLE:
        return look.failure
    before = list(document.rechecks.all()[: _TRIES - 1])
    missed = all(one.result in (Recheck.Result.UNREACHABLE, Recheck.Result.GONE) for one in before)
    is_long = len(before) == _TRIES - 1 and at - before[-1].at >= GIVE_UP_AFTER
    return Recheck.Result.GONE if missed and is_long else Recheck.Result.UNREACHABLE


def _noted(
    document: Document, at: dt.datetime, look: Look, compared: Snapshot | None, result: str, **found: Any
) -> Recheck:
    if compared and result in Snapshot.Check.values:
        compared.checked_at, compared.check_result = at, result
        compared.save(update_fields=["checked_at", "check_result"])
    return Recheck.objects.create(
        document=document,
        at=at,
        result=result,
        status=look.status,
        reached=look.reached if look.reached != document.url else "",
        reason=look.reason[:_LONG_REASON],
        compared=compared,
        **found,
    )
