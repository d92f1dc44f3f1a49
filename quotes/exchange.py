"""What was said on a topic and what was said to it, in order; and where no answer is on record."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from quotes.models import Link, Statement
from quotes.pages import seen_from

KINDS = ("responds_to", "denies", "confirms", "contradicts", "repeats")
DEPTH = 4
MOST = 200
"""Answers read of one depth."""
ANSWERING = frozenset({"responds_to", "denies", "confirms", "contradicts"})


@dataclass(frozen=True)
class Turn:
    """A statement, what it does to the one above it (“answered by”, none for what opens), and what was said to it.

    `is_cut` says that there may be more below it than were read.
    """

    statement: Statement
    relation: str = ""
    kind: str = ""
    turns: list["Turn"] = field(default_factory=list)
    is_cut: bool = False

    @property
    def is_unanswered(self) -> bool:
        """Whether nobody answered, denied, confirmed or contradicted it on record."""
        return not self.is_cut and not any(turn.kind in ANSWERING for turn in self.turns)


def exchanges(statements: Sequence[Statement]) -> list[Turn]:
    """What each statement was answered with, in the order it was said, as far as four answers down.

    Statements that answer something said before them stand below that alone. At most six queries.
    """
    links = Link.objects.filter(source__in=statements, kind__in=KINDS, target__state=Statement.State.PUBLISHED)
    # Of two that confirm each other, the one said first opens.
    ends = links.values_list("source", "source__said_max", "target", "target__said_max")
    answering = {source for source, said, target, before in ends if (before, target) < (said, source)}
    openers = [statement for statement in statements if statement.pk not in answering]
    below, cut = _below([one.pk for one in openers])
    return [_turn(opener, below, cut, frozenset()) for opener in openers]


def _below(keys: list[int]) -> tuple[dict[int, list[Link]], set[int]]:
    """The links that lead to statements, and to what leads to those, and whose own were not read."""
    found: dict[int, list[Link]] = defaultdict(list)
    seen, level, cut = set(keys), keys, set[int]()
    for _ in range(DEPTH):
        if not level:
            return found, cut
        rows = list(_links(level))
        cut |= set(level) if len(rows) > MOST else set()
        for link in rows[:MOST]:
            found[link.target_id].append(link)
        level = [key for key in dict.fromkeys(link.source_id for link in rows[:MOST]) if key not in seen]
        seen |= set(level)
    return found, cut | set(level)


def _links(keys: Iterable[int]) -> Iterator[Link]:
    links = Link.objects.filter(target__in=list(keys), kind__in=KINDS, source__state=Statement.State.PUBLISHED)
    links = links.select_related("source__speaker", "target")
    yield from links.order_by("source__said_max", "source_id", "pk")[: MOST + 1]


def _turn(statement: Statement, below: dict[int, list[Link]], cut: set[int], above: frozenset[int]) -> Turn:
    """A statement with all below it; what answers itself in a circle stands there once."""
    here = above | {statement.pk}
    turns: dict[int, Turn] = {}
    for link in below.get(statement.pk, ()):
        if link.source_id not in here and link.source_id not in turns:
            turn = _turn(link.source, below, cut, here)
            seen = seen_from(statement, link)
            turns[link.source_id] = Turn(turn.statement, seen.relation, link.kind, turn.turns, turn.is_cut)
    return Turn(statement, turns=list(turns.values()), is_cut=statement.pk in cut)
