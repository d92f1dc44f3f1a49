"""A reading's run: what the record knows, what the extractor proposes, and the suggestions that are kept of it."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from quotes.extracting.client import Extracted, extract
from quotes.extracting.errors import ExtractionFailed
from quotes.intake.beginning import end
from quotes.intake.known import facts_of, known_in
from quotes.intake.suggesting import suggestion, topic_names
from quotes.models import Candidate, Reading
from sources.models import Document
from sources.sayings import Saying

Extract = Callable[[str, Mapping[str, Any], Mapping[str, Any]], Extracted]
_SAME = 0.6
"""Two suggestions that share more of their characters are one."""
_NONSENSE = Saying("The extractor’s answer makes no sense (%(error)s). Add the statements by hand.")
logger = logging.getLogger(__name__)


def run(reading: Reading, extractor: Extract | None = None) -> Reading:
    """Read a text for statements, and keep what is found as suggestions; one that is read already is left alone.

    What reviewers decided, changed or made by hand stays; other suggestions of earlier readings make way. A failure is
    told by the reading's problem.
    """
    waiting = Reading.objects.filter(pk=reading.pk, state=Reading.State.WAITING)
    if waiting.update(state=Reading.State.RUNNING, started_at=timezone.now()):
        reading = Reading.objects.select_related("document__outlet", "snapshot").get(pk=reading.pk)
        _read(reading, extractor or extract)
    reading.refresh_from_db()
    return reading


def _read(reading: Reading, extractor: Extract) -> None:
    text = reading.snapshot.text
    try:
        facts, known = asdict(facts_of(reading.document)), asdict(known_in(text, reading.document))
        found = extractor(text, facts, known)
        keep(reading, found)
    except ExtractionFailed as error:
        end(reading, problem=str(error))
    except Exception as error:
        # Whatever it is, the editor must not wait for a reading that nobody does any more.
        logger.exception("Reading %s failed", reading.pk)
        end(reading, problem=_NONSENSE % {"error": type(error).__name__})


def keep(reading: Reading, found: Extracted) -> None:
    """Replace a document's untouched suggestions by those found, in one transaction, and close the reading."""
    topics = topic_names(found.candidates)
    with transaction.atomic():
        # Reviewers who are at work wait for a moment, and then see the new ones.
        Document.objects.select_for_update().get(pk=reading.document_id)
        old = Candidate.objects.filter(document=reading.document_id)
        untouched = old.filter(state=Candidate.State.OPEN, touched=0, reading__isnull=False).select_for_update()
        # Locked in the order in which mergers lock theirs.
        old.filter(pk__in=list(untouched.order_by("pk").values_list("pk", flat=True))).delete()
        standing = list(old.filter(snapshot=reading.snapshot_id))
        rows = [_standing_or_new(suggestion(reading, proposal, topics), standing) for proposal in found.candidates]
        _link(rows, found.candidates)
        end(reading, extractor=found.extractor)


def _standing_or_new(made: Candidate, standing: Sequence[Candidate]) -> Candidate:
    """The suggestion that stands for the same words already; else the new one, saved."""
    known = next((one for one in standing if shared(one, made) >= _SAME), None)
    if known is None:
        made.save()
    return known or made


def shared(one: Candidate, other: Candidate) -> float:
    """The share of characters that two suggestions have in common, of those that either has."""
    both = sum(
        max(0, min(end, last) - max(start, first))
        for start, end in one.spoken_ranges
        for first, last in other.spoken_ranges
    )
    either = sum(end - start for ranges in (one.spoken_ranges, other.spoken_ranges) for start, end in ranges) - both
    return both / either if either else 0.0


def _link(rows: Sequence[Candidate], proposals: Sequence[Mapping[str, Any]]) -> None:
    """Let the open ones name those that they are proposed to be linked to."""
    for row, proposal in zip(rows, proposals, strict=True):
        between = [{"kind": link["kind"], "candidate": rows[link["target"]].pk} for link in proposal["links"]]
        if between and row.is_open and not row.touched:
            row.entry = {**row.entry, "between": between}
            row.save(update_fields=["entry"])
