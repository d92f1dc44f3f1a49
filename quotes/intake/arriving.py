"""Bringing documents: pasted, uploaded or fetched; what was read of them is confirmed before it is kept."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from quotes.dates import BadDate
from quotes.dates_told import no_date
from quotes.drafting import Maker, NewDocument, NewOutlet
from quotes.intake.beginning import begin
from quotes.intake.receiving import as_read, make_ready
from quotes.models import Reading
from quotes.record import BadDraft
from quotes.tasks import read_arrival
from sources import apart, intake
from sources.addresses import BadAddress, canonical
from sources.models import Arrival, Document, Outlet, Snapshot
from sources.reading import CannotRead, Hints, Limits
from sources.reading import Reading as Read
from sources.reading.errors import TooLarge
from sources.sayings import Saying

AT_ONCE = 200_000
"""Bytes: a file that is larger is read by the worker."""
STUCK = dt.timedelta(minutes=5)
"""After that an arrival that nobody has read may be asked for once more, which is harmless where somebody reads it."""
_LIMIT = 50
_NOT_KEPT = Saying("Nothing of it was kept. Bring it once more.")
_LONGEST_NAME = 200


def arrive_pasted(text: str, *, editor: User, url: str = "") -> Arrival:
    """Read a text or the source of a page that an editor pasted. Raises CannotRead."""
    return arrive_read(apart.read_pasted(text, Hints(url=url)), editor=editor)


def arrive_read(reading: Read, *, editor: User, name: str = "") -> Arrival:
    """Let what was read wait for somebody to confirm it; where the same text waits already, that is the arrival."""
    if waits := Arrival.objects.filter(state=Arrival.State.READY, sha256=reading.sha256).first():
        return waits
    arrival = Arrival(by=editor, arrived_at=timezone.now(), name=name)
    make_ready(arrival, reading)
    return arrival


def arrive_upload(file: UploadedFile, *, editor: User) -> Arrival:
    """Take a file: a small one is read at once, a larger one by the worker. Raises CannotRead."""
    name = (file.name or "")[-_LONGEST_NAME:]
    if (file.size or 0) <= AT_ONCE:
        return arrive_read(apart.read_chunks(file.chunks(), Hints(name=name)), editor=editor, name=name)
    check_size(file.size or 0)
    arrival = Arrival(by=editor, arrived_at=timezone.now(), name=name)
    arrival.original.save("upload", file, save=False)
    arrival.save()
    _ask(arrival)
    return arrival


def check_size(size: int) -> None:
    """Refuse a file that is too large before it is kept. Raises CannotRead."""
    if size > Limits().bytes_:
        raise TooLarge(Limits().bytes_)


def arrive_address(url: str, *, editor: User) -> Arrival:
    """Have a page fetched; where it is waiting already, that is the arrival. Raises CannotRead for no web address."""
    try:
        address = canonical(url)
    except BadAddress as error:
        raise CannotRead(str(error)) from error
    standing = Arrival.objects.exclude(state=Arrival.State.FAILED).filter(url=address)
    try:
        with transaction.atomic():
            arrival = Arrival.objects.create(by=editor, arrived_at=timezone.now(), url=address)
            _ask(arrival)
    except IntegrityError:
        # Somebody asked for it a moment ago, or before.
        return standing.get()
    return arrival


def again(arrival: Arrival, *, editor: User) -> Arrival:
    """Try once more what has failed, or what nobody has come to do. Raises CannotRead where nothing was kept to try."""
    stuck = arrival.state == Arrival.State.FETCHING and timezone.now() - arrival.arrived_at > STUCK
    if arrival.state == Arrival.State.READY or not (stuck or arrival.state == Arrival.State.FAILED):
        return arrival
    if not (arrival.url or arrival.original):
        raise CannotRead(_NOT_KEPT)
    arrival.state, arrival.problem = Arrival.State.FETCHING, ""
    arrival.by, arrival.arrived_at = editor, timezone.now()
    try:
        with transaction.atomic():
            arrival.save()
            _ask(arrival)
    except IntegrityError:
        discard(arrival)
        return Arrival.objects.exclude(state=Arrival.State.FAILED).get(url=arrival.url)
    return arrival


def _ask(arrival: Arrival) -> None:
    transaction.on_commit(lambda: read_arrival.enqueue(arrival.pk))


def discard(arrival: Arrival) -> None:
    """Let an arrival go, with the file it came in."""
    name, storage = arrival.original.name, arrival.original.storage
    Arrival.objects.filter(pk=arrival.pk).delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def waiting(limit: int = _LIMIT) -> list[Arrival]:
    """What has arrived and was not taken in yet, newest first, without the texts. One query."""
    return list(Arrival.objects.select_related("by").defer("text")[:limit])


def recognised(arrival: Arrival) -> Document | None:
    """The document on record that has arrived again: by its address, else by its text. At most two queries."""
    reading = arrival.particulars
    return intake.find_document(reading.get("url") or arrival.url, arrival.sha256)


def outlet_of(arrival: Arrival) -> Outlet | None:
    """The outlet on record whose domain the document comes from. One query."""
    return intake.outlet_for_domain(arrival.particulars.get("domain", ""))


def take_in(arrival: Arrival, document: Document | NewDocument, *, editor: User) -> Reading:
    """Keep what has arrived, its text and its original, as a document, and have it read for statements.

    `document` is one on record, or the particulars as an editor confirmed them; a known address or text leads to the
    document that has it. Raises BadDraft, naming the field, for particulars that can't be. All or nothing.
    """
    if arrival.state != Arrival.State.READY:
        raise BadDraft(gettext("This document is not ready to be taken in."), "document")
    with transaction.atomic():
        kept, snapshot = _keep(arrival, document)
        discard(arrival)
        return begin(kept, snapshot, editor=editor)


def _outlet(outlet: Outlet | NewOutlet, domain: str) -> Outlet:
    """The outlet; a new one owns the domain that its document came from, so that the next one is recognised."""
    made = Maker().outlet(outlet)
    is_new = isinstance(outlet, NewOutlet) and outlet.identified
    if is_new and domain and not Outlet.objects.filter(domain=domain).exists():
        made.domain = domain
        made.save(update_fields=["domain"])
    return made


def _keep(arrival: Arrival, document: Document | NewDocument) -> tuple[Document, Snapshot]:
    reading = as_read(arrival)
    try:
        if isinstance(document, Document):
            return document, intake.keep(document, reading, reading.taken_at or arrival.arrived_at)[0]
        outlet = _outlet(document.outlet, arrival.particulars.get("domain", ""))
        names = ("kind", "title", "author", "url", "language")
        fields: dict[str, Any] = {name: getattr(document, name) for name in names}
        taken = intake.take_in(reading, outlet, published=document.published, taken_at=arrival.arrived_at, **fields)
    except intake.WordsRemoved as error:
        raise BadDraft(str(error), "document") from error
    except (BadDate, ValidationError) as error:
        message = " ".join(error.messages) if isinstance(error, ValidationError) else no_date(error)
        raise BadDraft(message, "published") from error
    except BadAddress as error:
        raise BadDraft(str(error), "url") from error
    return taken.document, taken.snapshot
