"""Where versions and acts come on record: each with its leaf in the log, in the transaction that makes it."""

from collections.abc import Iterable
from typing import Any

from quotes.log.entries import digest
from quotes.models import Act, Leaf, Revision
from quotes.models.log import log


def note(**fields: Any) -> Act:
    """Add to the audit trail, and to the log what readers are told of."""
    act = Act.objects.create(**fields)
    log(acts=[act])
    return act


def note_many(acts: Iterable[Act]) -> None:
    """Add acts of one kind to the audit trail, and to the log what readers are told of."""
    log(acts=Act.objects.bulk_create(acts))


def add_version(**fields: Any) -> Revision:
    """Add a version to the record and to the log."""
    revision = Revision.objects.create(**fields)
    log(revisions=[revision])
    return revision


def forget_salts(**whose: Any) -> None:
    """Let nobody hold a guess at these reasons against the log: called before their words are blanked."""
    for leaf in Leaf.objects.filter(**whose).select_related("revision", "act"):
        told = leaf.revision or leaf.act
        if told:
            leaf.reason_seal = digest(leaf.seals.reason, told.reason)
            leaf.save(update_fields=["reason_seal"])
