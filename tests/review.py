"""Documents under review: an archived text, and suggestions that stand in it."""

import datetime as dt
from itertools import count
from typing import Any

from django.test import Client
from django.utils import timezone

from quotes.models import Candidate, Reading
from sources.documents import archive
from sources.models import Document, Snapshot
from tests import factories

TAKEN = dt.datetime(2022, 12, 5, tzinfo=dt.UTC)
TEXT = """On Saturday, Emmanuel Macron spoke of Russia. “We must think about security,” he said. “It matters to us all.”

- Advertisement -

Vladimir Putin answered that the alliance is near the border. “We will see,” he added."""
FIRST, SECOND, THIRD = "“We must think about security,”", "alliance is near", "“We will see,”"
_numbers = count(1)


def under_review(text: str = TEXT, **fields: Any) -> Document:
    """A document whose archived text was read."""
    document = factories.document(**fields)
    snapshot = archive(document, text, TAKEN)
    now = timezone.now()
    Reading.objects.create(
        document=document, snapshot=snapshot, state="done", asked_at=now, started_at=now, ended_at=now
    )
    return document


def suggested(document: Document, words: str, **fields: Any) -> Candidate:
    """A suggestion of words that stand in the document's text: Macron's, said on 3 December 2022, unless told else."""
    snapshot = document.snapshots.get()
    start = snapshot.text.index(words)
    entry = {
        "words": {"words": words, "language": "en", "said": "2022-12-03", "said_basis": "stated"},
        "speaker": {"name": fields.pop("by", "Emmanuel Macron")},
        "principal": {},
        "chain": [],
        "links": [],
    }
    return make(document, snapshot, [(start, start + len(words))], entry=entry | fields.pop("entry", {}), **fields)


def make(document: Document, snapshot: Snapshot, ranges: list[tuple[int, int]], **fields: Any) -> Candidate:
    """A suggestion at positions in a text."""
    sure = fields.pop("sure", {})
    defaults = {"confidence": 0.9, "proposal": {"confidences": {"words": 0.9, "speaker": 0.9, **sure}}}
    return Candidate.objects.create(
        document=document,
        snapshot=snapshot,
        reading=document.readings.first(),
        start=ranges[0][0],
        end=ranges[-1][1],
        ranges=[list(one) for one in ranges],
        **(defaults | fields),
    )


def three(**fields: Any) -> tuple[Document, list[Candidate]]:
    """A document with three suggestions, the second of which is doubtful."""
    factories.speaker("Emmanuel Macron")
    factories.speaker("Vladimir Putin")
    document = under_review(**fields)
    return document, [
        suggested(document, FIRST),
        suggested(document, SECOND, by="Vladimir Putin", confidence=0.3, sure={"speaker": 0.2}),
        suggested(document, THIRD, by="Vladimir Putin"),
    ]


def at(document: Document, candidate: Candidate | None = None) -> str:
    """The review's address."""
    return f"/intake/documents/{document.pid}/" + (f"?candidate={candidate.pk}" if candidate else "")


def sent(candidate: Candidate, **changes: Any) -> dict[str, Any]:
    """What the suggestion's form sends as it stands; `__` stands for the dash in a field's name."""
    words, speaker = candidate.entry["words"], candidate.entry["speaker"]
    data = {"candidate": candidate.pk, "seen": candidate.touched, **words}
    data |= {f"speaker-{name}": value for name, value in speaker.items()}
    return data | {name.replace("__", "-"): value for name, value in changes.items()}


def refreshed(*candidates: Candidate) -> Any:
    """Candidates as they stand in the database; one alone as itself."""
    for candidate in candidates:
        candidate.refresh_from_db()
    return candidates[0] if len(candidates) == 1 else candidates


def accepted(client: Client, document: Document, candidate: Candidate, **changes: Any) -> Any:
    """Accept a suggestion by its form, and return the page that follows."""
    return client.post(at(document), sent(candidate, act="accept", **changes), follow=True)
