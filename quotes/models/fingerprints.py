"""What a quotation is looked up by: fingerprints of every wording that a published statement is on record with."""

from collections.abc import Iterable
from dataclasses import dataclass
from json import loads
from typing import TypeVar

from django.db import models

from quotes.models.appearances import Appearance
from quotes.models.revisions import Revision
from quotes.models.statements import Statement
from quotes.spans import Spans, from_json

Row = TypeVar("Row", Appearance, Revision)


class Fingerprint(models.Model):
    """A number that a statement's wordings have, see `quotes.wording.fingerprints`; some are had by many statements.

    Derived in the transaction that changes a statement. Both keys come first in an index of their own: one finds, the
    other forgets. There is no other column, because there are a dozen rows or two a statement; for the same reason the
    database doesn't look whether each has its statement, which took a fifth of an import's time.
    """

    pk = models.CompositePrimaryKey("hash", "statement_id")
    hash = models.BigIntegerField()
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="fingerprints", db_constraint=False)

    def __str__(self) -> str:
        return f"{self.hash} of {self.statement_id}"


@dataclass(frozen=True)
class KnownWording:
    """A wording of a statement: its own; or as an appearance prints it, or an earlier version had it, or both."""

    spans: Spans
    appearance: Appearance | None = None
    revision: Revision | None = None


def known_wordings(statement: Statement) -> list[KnownWording]:
    """Every wording that a statement is on record with, its own first, none twice.

    No query on statements read `with_wordings`.
    """
    own = statement.wording
    found = {own: KnownWording(own)}
    for appearance in _read(statement, "known_printings", Appearance):
        found.setdefault(appearance.wording, KnownWording(appearance.wording, appearance))
    for revision in _read(statement, "known_versions", Revision):
        earlier = _frozen(revision)
        if earlier != own:
            known = found.get(earlier)
            found[earlier] = KnownWording(earlier, known.appearance if known else None, revision)
    return [known for spans, known in found.items() if spans]


def _read(statement: Statement, name: str, model: type[Row]) -> Iterable[Row]:
    """What was read with a statement under a name; else all of that kind."""
    read: list[Row] | None = getattr(statement, name, None)
    return model._default_manager.filter(statement=statement) if read is None else read


def _frozen(revision: Revision) -> Spans:
    return from_json(loads(revision.body)["spans"]) if revision.body else ()
