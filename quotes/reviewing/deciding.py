"""Accepting, joining and rejecting: what becomes of a suggestion."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from quotes import drafting
from quotes.models import Appearance, Candidate, Decision, Statement
from quotes.reviewing.decisions import before, decide, lock_open, note
from quotes.reviewing.errors import ReviewError
from quotes.reviewing.links import link_up
from quotes.reviewing.parties import attested_by, found_in, stops, translation
from quotes.reviewing.recognising import recognise
from sources.slugs import survivor

MAX_REMARK = 300


def accept(
    candidate: Candidate, entry: drafting.Entry, form_entry: Mapping[str, Any], *, seen: int, reviewer: User
) -> Statement:
    """Make a draft of a suggestion as a reviewer has it, positioned in the archived text.

    `entry` is what the form read, `form_entry` the same as the form shows it, which the suggestion keeps. Chains that
    the document attests, and links to other suggestions, are the suggestion's own unless `form_entry` has them
    (`attested`, `between`). Raises CandidateChanged, ReviewError, and what `drafting.start` raises.
    """
    with transaction.atomic():
        current = lock_open(candidate, seen)
        row = before(current)
        current.entry = {**current.entry, **form_entry}
        finding = _positioned(current, entry)
        statement = drafting.start(replace(entry, finding=finding), editor=reviewer)
        for attested in attested_by(current):
            drafting.add_finding(statement, attested, editor=reviewer)
        decide(current, Candidate.State.ACCEPTED, reviewer, statement=statement)
        decision = note(
            Decision.Verb.ACCEPT, reviewer, [(row, current)], statement=statement, statement_seen=statement.touched
        )
        _note_links(decision, current, reviewer)
        recognise(current, statement)
    candidate.refresh_from_db()
    statement.refresh_from_db()
    return statement


def _positioned(candidate: Candidate, entry: drafting.Entry) -> drafting.Finding:
    given = entry.finding
    names = ("language", "is_translation", "translated_from", "translator", "note")
    fields = {name: getattr(given, name) for name in names}
    return found_in(candidate, given.stops, entry.spans, **fields)


def _note_links(decision: Decision, candidate: Candidate, reviewer: User) -> None:
    links = link_up(candidate, reviewer)
    if links:
        Decision.objects.filter(pk=decision.pk).update(links=[link.pk for link in links])


def join(candidate: Candidate, statement: Statement, *, seen: int, reviewer: User) -> Appearance:
    """Keep a suggestion as one more appearance of a statement on record, which is not changed by it.

    Raises CandidateChanged, ReviewError where the statement is not public or has this very appearance, and what
    `record.add_appearance` raises: BadDraft for a document older than the statement can be.
    """
    with transaction.atomic():
        current = lock_open(candidate, seen)
        row = before(current)
        known = _joinable(survivor(statement), current)
        findings = [found_in(current, stops(current.entry.get("chain", ())), **translation(current))]
        findings += attested_by(current)
        made = [drafting.add_finding(known, finding, editor=reviewer) for finding in findings]
        decide(current, Candidate.State.JOINED, reviewer, statement=known)
        keys = [appearance.pk for appearance in made]
        decision = note(Decision.Verb.JOIN, reviewer, [(row, current)], statement=known, appearances=keys)
        _note_links(decision, current, reviewer)
        recognise(current, known)
    candidate.refresh_from_db()
    return made[0]


def _joinable(statement: Statement, candidate: Candidate) -> Statement:
    if not statement.is_public:
        raise ReviewError(gettext("Only a published statement takes further appearances here."))
    here = statement.appearances.filter(snapshot=candidate.snapshot, attested=False)
    if here.filter(start__lt=candidate.end, end__gt=candidate.start).exists():
        raise ReviewError(
            gettext("This statement is on record from this very place. Reject the suggestion as proposed twice.")
        )
    return statement


def reject(candidate: Candidate, why: str, remark: str = "", *, seen: int, reviewer: User) -> Candidate:
    """Say that a suggestion is no statement to keep, and why. Raises CandidateChanged, ReviewError."""
    if why not in Candidate.RejectedFor.values:
        raise ReviewError(gettext("Say why it is rejected: choose one of the reasons."), "why")
    remark = " ".join(remark.split())
    if len(remark) > MAX_REMARK:
        raise ReviewError(gettext("A remark has at most %(most)s characters.") % {"most": MAX_REMARK}, "remark")
    with transaction.atomic():
        current = lock_open(candidate, seen)
        row = before(current)
        current.rejected_for, current.remark = why, remark
        decide(current, Candidate.State.REJECTED, reviewer)
        note(Decision.Verb.REJECT, reviewer, [(row, current)])
    candidate.refresh_from_db()
    return current
