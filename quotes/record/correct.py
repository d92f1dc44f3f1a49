"""Correcting what is published: a new version, in the open."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from quotes.models import Act, Hop, Revision, Speaker, Statement
from quotes.record.acts import note
from quotes.record.carriage import derive_carriage
from quotes.record.draft import said_columns, word_columns, write_hops
from quotes.record.errors import NothingChanged
from quotes.record.fingerprinting import refingerprint
from quotes.record.pages import touch, with_linked
from quotes.record.public import checked_reason, lock_public
from quotes.record.publish import add_revision
from quotes.record.specs import Changes, HopSpec


def correct(statement: Statement, changes: Changes, *, editor: User, reason: str) -> Revision:
    """Publish the changed fields as the next version; the old one keeps its address and its bytes.

    Raises NothingChanged if every field equals the current one, StatementRemoved on a tombstone, ReasonMissing, and
    BadDraft for fields that contradict each other. Corrections of one statement come one after another.
    """
    reason = checked_reason(reason)
    with transaction.atomic():
        current = lock_public(statement)
        changed = _apply(current, changes)
        if not changed:
            raise NothingChanged(gettext("This is what stands already: a correction changes something."))
        current.save()
        derive_carriage([current])
        refingerprint([current.pk])
        touch(with_linked([current.pk]))
        now = timezone.now()
        revision = add_revision(current, editor=editor, at=now, reason=reason)
        note(
            verb=Act.Verb.CORRECT,
            statement=current,
            revision=revision,
            actor=editor,
            at=now,
            reason=reason,
            detail={"changed": changed},
        )
    statement.refresh_from_db()
    return revision


def _apply(current: Statement, changes: Changes) -> list[str]:
    """Set the changed columns and hops; the names of the fields that are not what they were."""
    named = changes.named()
    hops = named.pop("hops", None)
    before = {name: getattr(current, name) for name in (*_columns(current, named), "label")}
    for name, value in _columns(current, named).items():
        setattr(current, name, value)
    changed = [name for name, value in before.items() if getattr(current, name) != value]
    if "label" not in named and {"speaker", "said"} & set(changed):
        current.label = current.speaker.label_on(current.said_min, current.said_max)
        changed += ["label"] if current.label != before["label"] else []
    return changed + (["hops"] if hops is not None and _replace_hops(current, hops) else [])


def _columns(current: Statement, named: dict[str, Any]) -> dict[str, Any]:
    """The named fields as columns, with those that follow from them."""
    columns = {name: value for name, value in named.items() if name not in ("spans", "said")}
    for name in ("speaker", "speaks_for"):
        if name in columns:
            columns[name] = _standing_for(columns[name])
    if "spans" in named:
        columns |= word_columns(named["spans"])
    if "said" in named:
        columns |= said_columns(named["said"], current.published, current.published_max)
    return columns


def _standing_for(speaker: Speaker | None) -> Speaker | None:
    """Who stands for a speaker today, locked: a merge at the same time is over, or finds this statement to move."""
    while speaker:
        speaker = Speaker.objects.select_for_update(no_key=True).get(pk=speaker.pk)
        if speaker.merged_into is None:
            break
        speaker = speaker.merged_into
    return speaker


def _replace_hops(current: Statement, chain: list[HopSpec]) -> bool:
    """Give the primary appearance another chain; False where it is the one it has."""
    appearance = current.primary_appearance
    if appearance is None:
        return False
    old = [(hop.role, hop.outlet, hop.speaker, hop.document, hop.date, hop.language) for hop in appearance.hops.all()]
    if old == [(hop.role, hop.outlet, hop.speaker, hop.document, hop.date, hop.language) for hop in chain]:
        return False
    Hop.objects.filter(appearance=appearance).delete()
    write_hops(appearance, chain)
    return True
