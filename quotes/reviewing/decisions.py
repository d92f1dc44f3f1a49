"""What every act of a review does: lock the suggestion as the reviewer saw it, and note what stood before."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext

from quotes.models import Candidate, Decision, Statement
from quotes.reviewing.errors import CandidateChanged, ReviewError

_KEPT = ("start", "end", "ranges", "entry")


def lock_open(candidate: Candidate, seen: int) -> Candidate:
    """The suggestion as it stands, locked till the end of the transaction. Two queries.

    Raises CandidateChanged where it was touched since `seen`, ReviewError where it is decided or gone.
    """
    current = locked(candidate.pk)
    if current is None:
        raise ReviewError(gettext("This suggestion is gone: the document was read again, or an act was taken back."))
    if current.touched != seen:
        raise CandidateChanged(current)
    if not current.is_open:
        raise ReviewError(gettext("This suggestion is decided. Take that back first."))
    return current


def locked(pk: int) -> Candidate | None:
    """A suggestion with its document and text, locked till the end of the transaction."""
    rows = Candidate.objects.select_related("snapshot", "document__outlet", "decided_by")
    return rows.select_for_update(of=("self",)).filter(pk=pk).first()


def before(candidate: Candidate) -> dict[str, Any]:
    """What an act on an open suggestion may change, as it stands."""
    return {"id": candidate.pk, "was": candidate.touched, **{name: getattr(candidate, name) for name in _KEPT}}


def keep(candidate: Candidate) -> None:
    """Save a suggestion that was acted on."""
    candidate.touched += 1
    candidate.save()


def decide(candidate: Candidate, state: Candidate.State, reviewer: User, *, statement: Statement | None = None) -> None:
    """Close a suggestion."""
    candidate.state = state
    candidate.statement = statement
    candidate.decided_by = reviewer
    candidate.decided_at = timezone.now()
    keep(candidate)


def reopen(candidate: Candidate, row: dict[str, Any]) -> None:
    """Give a suggestion back what stood before an act."""
    for name in _KEPT:
        setattr(candidate, name, row[name])
    candidate.rejected_for = candidate.remark = ""
    candidate.state = Candidate.State.OPEN
    candidate.statement = candidate.decided_by = candidate.decided_at = None
    keep(candidate)


def note(
    verb: Decision.Verb,
    reviewer: User,
    changed: Iterable[tuple[dict[str, Any], Candidate]],
    *,
    made: Iterable[Candidate] = (),
    **fields: Any,
) -> Decision:
    """Keep what an act did: the rows of `before`, each with its suggestion as saved, and those it made."""
    changed, made = list(changed), list(made)
    document = [*(candidate for _, candidate in changed), *made][0].document
    return Decision.objects.create(
        document=document,
        verb=verb,
        reviewer=reviewer,
        at=timezone.now(),
        before=[{**row, "seen": candidate.touched} for row, candidate in changed],
        made=[{"id": candidate.pk, "seen": candidate.touched} for candidate in made],
        **fields,
    )
