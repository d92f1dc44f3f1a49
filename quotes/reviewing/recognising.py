"""What one suggestion brought on record, the others of its document know: a new speaker is described once."""

from collections.abc import Iterable, Mapping
from typing import Any

from quotes.models import Candidate, Hop, Speaker, Statement
from quotes.text import fold
from sources.models import Outlet

Party = Speaker | Outlet
Names = Mapping[tuple[type, str], Party]
_NEW = ("kind", "given", "particle", "family")


def recognise(candidate: Candidate, statement: Statement) -> None:
    """Let the open suggestions of a document name those on record whom they describe as new, and a statement brought.

    Whom another reviewer is deciding just now is left alone. Three queries, and one for each that is changed.
    """
    names = {(type(party), fold(party.name)): party for party in _parties(statement)}
    others = candidate.document.candidates.filter(state=Candidate.State.OPEN).exclude(pk=candidate.pk)
    for other in others.select_for_update(skip_locked=True).order_by("pk"):
        entry = _told(other.entry, names)
        if entry != other.entry:
            # No act of anybody's: a form that is open meanwhile is not overtaken by it.
            Candidate.objects.filter(pk=other.pk).update(entry=entry)


def _parties(statement: Statement) -> Iterable[Party]:
    named = [statement.speaker, *([statement.speaks_for] if statement.speaks_for else [])]
    hops = Hop.objects.filter(appearance__statement=statement).select_related("outlet", "speaker")
    return [party for party in (*named, *(hop.carrier for hop in hops)) if not _is_unnamed(party)]


def _is_unnamed(party: Party) -> bool:
    return party.kind == Speaker.Kind.UNNAMED or not getattr(party, "identified", True)


def _told(entry: dict[str, Any], names: Names) -> dict[str, Any]:
    speakers = {name: _known(entry[name], Speaker, names) for name in ("speaker", "principal") if entry.get(name)}
    chain = [_stop(row, names) for row in entry.get("chain", ())]
    attested = [[_stop(row, names) for row in one] for one in entry.get("attested", ())]
    return {**entry, **speakers, "chain": chain, "attested": attested}


def _stop(row: dict[str, Any], names: Names) -> dict[str, Any]:
    return _known(row, Speaker if row.get("role") == Hop.Role.TOLD_BY else Outlet, names)


def _known(row: dict[str, Any], model: type[Party], names: Names) -> dict[str, Any]:
    """A party's fields, leading to the one on record where they describe it as new."""
    party = names.get((model, fold(row.get("name", ""))))
    if party is None or not row.get("kind") or row.get("choice"):
        return row
    return {**{name: value for name, value in row.items() if name not in _NEW}, "choice": str(party.pk)}
