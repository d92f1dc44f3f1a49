"""Links between a document's suggestions, made as soon as both ends are kept."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.db.models import F

from quotes import record
from quotes.models import Candidate, Decision, Link, Statement

_KEPT = (Candidate.State.ACCEPTED, Candidate.State.JOINED)


def link_up(candidate: Candidate, reviewer: User) -> list[Link]:
    """Make the links between a suggestion that was just kept and the others kept before. Those that exist stay."""
    others = {
        one.pk: one for one in candidate.document.candidates.select_related("statement").prefetch_related("replaced_by")
    }
    others[candidate.pk] = candidate
    made = []
    for source, target, kind in _wanted(candidate, others):
        if not Link.objects.filter(source=source, target=target, kind=kind).exists():
            made.append(record.link(source, target, kind, editor=reviewer))
            expect_touch(made[-1])
    return made


def _wanted(candidate: Candidate, others: dict[int, Candidate]) -> Iterator[tuple[Statement, Statement, str]]:
    """What is to be linked with a suggestion's statement, where both ends are kept and are not one."""
    for source in others.values():
        for link in source.entry.get("between", ()):
            target = _successor(others, link.get("candidate"))
            if target is None or candidate.pk not in (source.pk, target.pk) or link.get("kind") not in Link.Kind.values:
                continue
            ends = _statement(source), _statement(target)
            if ends[0] and ends[1] and ends[0] != ends[1]:
                yield ends[0], ends[1], link["kind"]


def _statement(candidate: Candidate) -> Statement | None:
    return candidate.statement if candidate.state in _KEPT else None


def _successor(candidates: dict[int, Candidate], pk: int | None) -> Candidate | None:
    """What a link leads to today: what it was merged into; nothing where it was split, for nobody said which part."""
    found = candidates.get(pk) if pk else None
    while found and found.state == Candidate.State.REPLACED:
        parts = list(found.replaced_by.all())
        found = candidates.get(parts[0].pk) if len(parts) == 1 else None
    return found


def unlink(link: Link, reviewer: User) -> None:
    """Take a link back that reviewing made."""
    expect_touch(link)
    record.unlink(link, editor=reviewer)


def expect_touch(link: Link) -> None:
    """Linking touches both ends, which is no edit of theirs: an accepted draft can still be taken back."""
    ends: list[Statement] = [link.source, link.target]
    standing = Decision.objects.filter(verb=Decision.Verb.ACCEPT, statement__in=ends, undone_at=None)
    standing.update(statement_seen=F("statement_seen") + 1)
