"""Taking back what a reviewer did last."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from quotes import record
from quotes.models import Appearance, Candidate, Decision, Link
from quotes.reviewing.decisions import locked, reopen
from quotes.reviewing.errors import ReviewError
from quotes.reviewing.links import unlink
from sources.models import Document


def undoable(document: Document, *, reviewer: User) -> Decision | None:
    """What this reviewer did last with the document's suggestions and can take back here. One query.

    None where that was accepted and is published since.
    """
    mine = Decision.objects.filter(document=document, reviewer=reviewer, undone_at=None)
    last = mine.select_related("statement").first()
    accepted = last.statement if last and last.verb == Decision.Verb.ACCEPT else None
    return None if accepted and accepted.state != accepted.State.DRAFT else last


def undo(document: Document, *, reviewer: User) -> Candidate | None:
    """Take back what this reviewer did last with the document's suggestions, and return the suggestion as it was.

    A draft that was accepted is discarded. None where the act had made a suggestion by hand, which is gone again.
    Raises ReviewError where there is nothing to take back, or others have built on it since.
    """
    with transaction.atomic():
        # All of the document's, in one order: two who take back at once wait for each other, and never in a circle.
        standing = list(document.decisions.select_for_update().filter(undone_at=None).order_by("pk"))
        decision = next((one for one in reversed(standing) if one.reviewer_id == reviewer.pk), None)
        if decision is None:
            raise ReviewError(gettext("There is nothing of yours to take back in this document."))
        reopened = [(_unchanged(row), row) for row in decision.before]
        made = [_unchanged(row) for row in decision.made]
        _take_back(decision, reviewer)
        for candidate, row in reopened:
            reopen(candidate, row)
            _let_go_on(standing, row, candidate)
        for candidate in made:
            candidate.delete()
        decision.undone_at = timezone.now()
        decision.save(update_fields=["undone_at"])
    return reopened[0][0] if reopened else None


def _let_go_on(standing: list[Decision], row: dict[str, Any], candidate: Candidate) -> None:
    """Let the act before the one that is taken back be taken back next: the suggestion is as that one left it."""
    for decision in standing:
        rows = [
            one for one in (*decision.before, *decision.made) if (one["id"], one["seen"]) == (row["id"], row["was"])
        ]
        for one in rows:
            one["seen"] = candidate.touched
        if rows:
            decision.save(update_fields=["before", "made"])


def _unchanged(row: dict[str, Any]) -> Candidate:
    """A suggestion as the act left it, locked. Raises ReviewError where somebody has touched it since."""
    candidate = locked(row["id"])
    if candidate is None:
        raise ReviewError(gettext("This can’t be taken back: the suggestion is gone."))
    if candidate.touched != row["seen"]:
        raise ReviewError(gettext("This can’t be taken back: somebody else has changed the suggestion since."))
    return candidate


def _take_back(decision: Decision, reviewer: User) -> None:
    """Undo what the act did to the record itself."""
    for link in Link.objects.filter(pk__in=decision.links).select_related("source", "target"):
        unlink(link, reviewer)
    if decision.verb == Decision.Verb.ACCEPT:
        _discard(decision)
    for appearance in Appearance.objects.filter(pk__in=decision.appearances).order_by("-pk"):
        record.withdraw_appearance(appearance, editor=reviewer)


def _discard(decision: Decision) -> None:
    decision.refresh_from_db()  # taking links back has counted
    draft = decision.statement
    if draft is None:
        return
    if draft.state != draft.State.DRAFT:
        raise ReviewError(
            gettext(
                "This statement is published: it can’t be taken back here. Correct it, retract it, or merge it instead."
            )
        )
    if draft.touched != decision.statement_seen:
        raise ReviewError(
            gettext("The draft was changed since it was accepted. Discard it at the desk if nobody needs it.")
        )
    record.discard(draft, seen=draft.touched)
