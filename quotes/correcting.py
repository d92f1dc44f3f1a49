"""From what an editor typed to a correction: whoever is new is made in the same transaction, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from quotes import record
from quotes.drafting import Maker, NewSpeaker, Stop, as_before, own_first, spec_of
from quotes.models import Hop, Revision, Speaker, Statement
from quotes.record.public import lock_public
from quotes.record.specs import Changes, HopSpec
from sources.models import Document


class StatementMoved(record.RecordError):
    """The statement changed since the form was opened; `current` is what stands now."""

    def __init__(self, current: Statement) -> None:
        self.current = current
        super().__init__(
            gettext(
                "This statement changed after you opened it. Nothing you typed is lost: compare it with the statement "
                "as it stands now, then save again to make yours the next version."
            )
        )


@dataclass(frozen=True)
class Correction:
    """A correction, as typed: the speakers by name, the stops as shown, the fields of `Changes` that need no making."""

    speaker: Speaker | NewSpeaker
    speaks_for: Speaker | NewSpeaker | None
    stops: Sequence[Stop]
    fields: dict[str, Any]


def correct(statement: Statement, typed: Correction, *, editor: User, reason: str, seen: int) -> Revision:
    """Correct a statement whose latest version was `seen` when it was opened.

    Raises StatementMoved where it changed since, and what `record.correct` raises; then nothing new is made.
    """
    with transaction.atomic():
        current = lock_public(statement)
        if latest_version(current) != seen:
            raise StatementMoved(current)
        return record.correct(statement, _changes(current, typed), editor=editor, reason=reason)


def latest_version(statement: Statement) -> int:
    """The number of a published statement's latest version. One query."""
    return statement.revisions.order_by("-number").values_list("number", flat=True)[0]


def _changes(statement: Statement, typed: Correction) -> Changes:
    """The changes. What stands already isn't named: a label is kept where neither speaker nor date change."""
    appearance = own_first(statement)[0]
    maker, document = Maker(), appearance.document
    named = {
        **typed.fields,
        "speaker": maker.speaker(typed.speaker, document),
        "speaks_for": maker.speaker(typed.speaks_for, document) if typed.speaks_for else None,
    }
    changed = {name: value for name, value in named.items() if name == "spans" or getattr(statement, name) != value}
    hops = _hops(spec_of(appearance).hops, typed.stops, maker, document, attested=appearance.attested)
    return Changes(hops=hops, **changed)


def _hops(
    known: Sequence[HopSpec], stops: Sequence[Stop], maker: Maker, document: Document, *, attested: bool
) -> list[HopSpec]:
    """The chain as typed, and the document's own outlet at its end where the form didn't show it."""
    hops = [as_before(maker.hop(stop, document), known) for stop in stops]
    if known and not attested and _is_own_stop(known[-1], document):
        hops.append(known[-1])
    return hops


def _is_own_stop(hop: HopSpec, document: Document) -> bool:
    """Whether a last stop is the document's own outlet, which the forms leave out."""
    own = (Hop.Role.PUBLISHED_BY, document.outlet, document.published)
    return (hop.role, hop.outlet, hop.date) == own
