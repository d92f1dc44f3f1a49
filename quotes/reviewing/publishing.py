"""Publishing what a review accepted."""

from dataclasses import dataclass, field

from django.contrib.auth.models import User

from quotes import record
from quotes.models import Candidate, Statement
from sources.models import Document


@dataclass(frozen=True)
class Publication:
    """What was published, and what was not, with why."""

    published: list[Statement] = field(default_factory=list)
    refused: list[tuple[Statement, str]] = field(default_factory=list)


def publish_accepted(document: Document, *, editor: User) -> Publication:
    """Publish the drafts that reviewers accepted of a document, in the order of its text.

    One that the record refuses keeps none of the others back. Each is published in a transaction of its own.
    """
    outcome = Publication()
    accepted = document.candidates.filter(state=Candidate.State.ACCEPTED, statement__state=Statement.State.DRAFT)
    for candidate in accepted.select_related("statement"):
        draft = candidate.statement
        if draft is None:  # the query has left none without
            continue
        try:
            record.publish(draft, editor=editor)
        except record.RecordError as error:
            outcome.refused.append((draft, str(error)))
        else:
            outcome.published.append(draft)
    return outcome
