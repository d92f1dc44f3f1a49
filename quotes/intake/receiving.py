"""Reading what has arrived: a page that is fetched, or a file that was brought."""

import logging
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile

from sources import apart
from sources.intake import read_address
from sources.models import Arrival
from sources.reading import CannotRead, Hints, Kind, Reading
from sources.sayings import Saying

_LONG = ("text", "original")
_UNEXPECTED = Saying(
    "It could not be read, for a reason that nobody foresaw; the log tells more. Try pasting its text."
)
logger = logging.getLogger(__name__)


def receive(arrival: Arrival) -> None:
    """Fetch and read what has arrived; what can't be read says why. One that is no longer waiting is left alone."""
    if arrival.state != Arrival.State.FETCHING:
        return
    try:
        hints = Hints(name=arrival.name)
        reading = apart.read(_brought(arrival), hints) if arrival.original else read_address(arrival.url)
    except CannotRead as error:
        fail(arrival, str(error))
    except Exception:
        # Readers of foreign formats fail in ways of their own. Nobody must wait for ever because of one.
        logger.exception("Reading arrival %s failed", arrival.pk)
        fail(arrival, _UNEXPECTED)
    else:
        # Somebody may have discarded it while it was being read.
        if Arrival.objects.filter(pk=arrival.pk, state=Arrival.State.FETCHING).exists():
            make_ready(arrival, reading)


def fail(arrival: Arrival, problem: str) -> None:
    """Say why an arrival came to nothing."""
    Arrival.objects.filter(pk=arrival.pk, state=Arrival.State.FETCHING).update(
        state=Arrival.State.FAILED, problem=problem[:500]
    )
    arrival.refresh_from_db()


def make_ready(arrival: Arrival, reading: Reading) -> None:
    """Keep what was read, for somebody to confirm."""
    arrival.text, arrival.sha256 = reading.text, reading.sha256
    arrival.particulars = particulars(reading)
    arrival.state = Arrival.State.READY
    if not arrival.original:
        arrival.original.save(reading.original_name, ContentFile(reading.original), save=False)
    arrival.save()


def particulars(reading: Reading) -> dict[str, Any]:
    """All of a reading but the text and the original, as JSON."""
    found = {field.name: getattr(reading, field.name) for field in fields(reading) if field.name not in _LONG}
    found["media_type"] = reading.media_type.value
    found["taken_at"] = reading.taken_at.isoformat() if reading.taken_at else None
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}


def as_read(arrival: Arrival) -> Reading:
    """The reading that an arrival keeps."""
    found: dict[str, Any] = {name: _as_read(value) for name, value in arrival.particulars.items()}
    taken_at, kind = found.pop("taken_at", None), Kind(found.pop("media_type"))
    return Reading(
        text=arrival.text,
        original=_brought(arrival),
        media_type=kind,
        taken_at=datetime.fromisoformat(taken_at) if taken_at else None,
        **found,
    )


def _as_read(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _brought(arrival: Arrival) -> bytes:
    with arrival.original.open("rb") as file:
        data: bytes = file.read()
    return data
