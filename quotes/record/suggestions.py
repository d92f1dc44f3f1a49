"""Blanking removed words in what extraction proposed and reviewers made of it."""

from collections.abc import Callable, Iterable
from typing import Any

from quotes.models import Candidate, Decision
from sources.models import Document

Blank = Callable[[str], str]


def blank_suggestions(documents: Iterable[Document], blanked: Blank) -> None:
    """Blank words wherever they stand in the suggestions of documents, and in what was kept to take acts back.

    `blanked` gives a text back with the words blanked. A form that was open meanwhile is told that something changed.
    Two queries, and one a row that held the words. Belongs in a transaction.
    """
    documents = list(documents)
    for candidate in Candidate.objects.select_for_update().filter(document__in=documents).order_by("pk"):
        was = candidate.proposal, candidate.entry, candidate.remark
        told = _blanked(candidate.proposal, blanked), _blanked(candidate.entry, blanked), blanked(candidate.remark)
        if told != was:
            candidate.proposal, candidate.entry, candidate.remark = told
            candidate.touched += 1
            candidate.save(update_fields=["proposal", "entry", "remark", "touched"])
    for decision in Decision.objects.select_for_update().filter(document__in=documents).order_by("pk"):
        before = _blanked(decision.before, blanked)
        if before != decision.before:
            decision.before = before
            decision.save(update_fields=["before"])


def _blanked(value: Any, blanked: Blank) -> Any:
    """JSON with every text in it blanked."""
    if isinstance(value, str):
        return blanked(value)
    if isinstance(value, list):
        return [_blanked(one, blanked) for one in value]
    if isinstance(value, dict):
        return {name: _blanked(one, blanked) for name, one in value.items()}
    return value
