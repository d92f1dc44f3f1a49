"""Documents, appearances and the roads that words took to them."""

from typing import Any

from quotes.api.shapes.parties import Told, address, outlet_named, speaker_named
from quotes.models import Appearance, Hop
from quotes.spans import render
from quotes.versions import around
from sources.models import Document


def day(edtf: str, first: Any, last: Any) -> Told:
    """A date as far as it is known, with the first and the last day it can mean."""
    return {"edtf": edtf, "min": first.isoformat() if first else None, "max": last.isoformat() if last else None}


def document(found: Document) -> Told:
    """A document's particulars; of its text nothing."""
    return {
        "id": found.pid,
        "url": address(found.get_absolute_url()),
        "kind": found.kind,
        "title": found.title or None,
        "author": found.author or None,
        "source_url": found.url or None,
        "published": day(found.published, found.published_min, found.published_max),
        "language": found.language or None,
        "licence": found.licence or None,
        "outlet": outlet_named(found.outlet),
    }


def road(appearance: Appearance) -> list[Told]:
    """The stops that the words made, outward from the speaker."""
    return [_stop(hop) for hop in appearance.hops.all()]


def _stop(hop: Hop) -> Told:
    return {
        "role": hop.role,
        "outlet": outlet_named(hop.outlet) if hop.outlet else None,
        "speaker": speaker_named(hop.speaker) if hop.speaker else None,
        "document": hop.document.pid if hop.document else None,
        "date": hop.date or None,
        "language": hop.language or None,
    }


def appearance(found: Appearance, *, is_primary: bool) -> Told:
    """The words as one document printed them, with the few around them that anybody may see."""
    before, after = around(found)
    wording = found.wording
    return {
        "primary": is_primary,
        "attested": found.attested,
        "words": render(wording) if wording else None,
        "spans": found.spans,
        "mode": found.mode or None,
        "printed": found.printed or None,
        "language": found.language or None,
        "translation": translation(found),
        "retranslated": found.is_retranslation,
        "prefix": before or None,
        "suffix": after or None,
        "position": _position(found),
        "media": None if found.media_start is None else {"start": found.media_start, "end": found.media_end},
        "note": found.note or None,
        "document": document(found.document),
        "road": road(found),
    }


def translation(found: Any) -> Told | None:
    """Of what language, and by whom, as far as it is known; null for words in their own language."""
    if not found.is_translation:
        return None
    return {"from": found.translated_from or None, "translator": found.translator or None}


def _position(found: Appearance) -> Told | None:
    """Where the words stand, in code points of the archived text that has this hash."""
    if found.start is None or found.snapshot is None:
        return None
    archived = {"sha256": found.snapshot.sha256, "taken": found.snapshot.taken_at.isoformat()}
    return {"start": found.start, "end": found.end, "snapshot": archived}
