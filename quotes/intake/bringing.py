"""Bringing many documents at once, by a command: what is complete is taken in, what is not waits to be confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from quotes.dates import BadDate
from quotes.intake.arriving import arrive_read
from quotes.intake.beginning import begin
from quotes.models import Reading
from quotes.naming import outlets_called
from sources import apart
from sources.addresses import BadAddress
from sources.intake import WordsRemoved, find_document, outlet_for_domain, read_address, take_in
from sources.models import Document, Outlet, Snapshot
from sources.reading import CannotRead, Hints
from sources.reading import Reading as Read

_CHUNK = 1 << 20


class Outcome(StrEnum):
    """What became of a document."""

    TAKEN_IN = "taken in"
    KNOWN = "on record already"
    WAITS = "waiting to be confirmed"
    FAILED = "not read"


@dataclass(frozen=True)
class Brought:
    """What became of a document, and why where that needs to be told; `document` where it is on record now."""

    outcome: Outcome
    message: str = ""
    document: Document | None = None


@dataclass(frozen=True)
class Givens:
    """What is known beforehand of all documents that are brought: used where a document doesn't tell itself."""

    editor: User
    outlet: Outlet | None = None
    published: str = ""
    language: str = ""


class NoSuchOutlet(LookupError):
    """No outlet, or more than one, goes by a name."""


def outlet_called(name: str) -> Outlet:
    """The one outlet with a name, domain or slug. Raises NoSuchOutlet."""
    found: list[Outlet] = outlets_called(name)
    if len(found) == 1:
        return found[0]
    what = "Several outlets are" if found else "No outlet on record is"
    raise NoSuchOutlet(f"{what} called “{name}”: give its slug, or add it in the admin first.")


def bring_file(path: Path, givens: Givens) -> Brought:
    """Bring a file; nothing is half-saved, and what can't be read says why."""
    try:
        with path.open("rb") as file:
            chunks = iter(partial(file.read, _CHUNK), b"")
            return _bring(apart.read_chunks(chunks, Hints(name=path.name, language=givens.language)), givens, path.name)
    except OSError as error:
        return Brought(Outcome.FAILED, f"The file can’t be opened: {error.strerror}.")
    except CannotRead as error:
        return Brought(Outcome.FAILED, str(error))


def bring_address(url: str, givens: Givens) -> Brought:
    """Bring a page; one that is on record with its text is not fetched again."""
    known = find_document(url)
    if known and (snapshot := known.snapshots.first()):
        return _known(known, snapshot, givens)
    try:
        return _bring(read_address(url), givens)
    except CannotRead as error:
        return Brought(Outcome.FAILED, str(error))


def bring_text(text: str, givens: Givens, told: Mapping[str, Any]) -> Brought:
    """Bring a text, or the source of a page. What is given, and what is `told` (title, author, url, published), counts.

    Raises CannotRead.
    """
    read = apart.read_pasted(text, Hints(url=told.get("url", ""), language=givens.language))
    return _bring(replace(read, domain="" if givens.outlet else read.domain, **told), givens)


def _bring(reading: Read, givens: Givens, name: str = "") -> Brought:
    outlet = outlet_for_domain(reading.domain) or givens.outlet
    published = reading.published or givens.published
    if outlet and outlet == givens.outlet and _is_of_another(reading, outlet):
        arrive_read(reading, editor=givens.editor, name=name)
        return Brought(Outcome.WAITS, f"It is of another outlet: {reading.outlet_name or reading.domain}.")
    if not (outlet and published):
        arrive_read(reading, editor=givens.editor, name=name)
        missing = " and ".join([*([] if outlet else ["its outlet"]), *([] if published else ["its date"])])
        return Brought(Outcome.WAITS, f"It doesn’t tell {missing}.")
    try:
        return _take_in(reading, outlet, published, givens)
    except (BadDate, BadAddress, ValidationError, WordsRemoved) as error:
        message = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        return Brought(Outcome.FAILED, message)


def _is_of_another(reading: Read, outlet: Outlet) -> bool:
    """Whether a document tells by its domain, or where that settles nothing by a name, that it isn't the outlet's."""
    if outlet.domain and reading.domain:
        return outlet_for_domain(reading.domain) != outlet
    return bool(reading.outlet_name) and reading.outlet_name.casefold() != outlet.name.casefold()


def _take_in(reading: Read, outlet: Outlet, published: str, givens: Givens) -> Brought:
    language = reading.language or givens.language
    with transaction.atomic():
        taken = take_in(reading, outlet, published=published, taken_at=timezone.now(), language=language)
        if not taken.is_new_text:
            return _known(taken.document, taken.snapshot, givens)
        begin(taken.document, taken.snapshot, editor=givens.editor)
    message = "" if taken.is_new else "A new text of a document on record."
    return Brought(Outcome.TAKEN_IN, message, taken.document)


def _known(document: Document, snapshot: Snapshot, givens: Givens) -> Brought:
    """A document that was brought before: what was interrupted then is taken up again."""
    if not snapshot.readings.filter(state=Reading.State.DONE).exists():
        begin(document, snapshot, editor=givens.editor)
    return Brought(Outcome.KNOWN, "", document)
