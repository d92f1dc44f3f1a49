"""Finding what was tampered with: every leaf against its row, the tree above them, and all that was ever signed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from quotes.dumping.write import one_moment
from quotes.log import checkpoints, entries
from quotes.log.checkpoints import BadCheckpoint, PublicKey, read_key
from quotes.log.entries import Seals, is_open
from quotes.log.hashing import Frontier, leaf_hash, root_of
from quotes.log.tree import WIDTH
from quotes.models import Act, Checkpoint, Leaf, LogKey, Node
from quotes.models.log import ACT_FIELDS, KEY_FIELDS, VERSION_FIELDS
from quotes.sealing.rows import in_batches, rows

LOADED_BY = "loaded-record"
"""The account that all is put down to which came with a dump."""
BATCH = 2_000
Say = Callable[[str, int], None]

_OWN = ("pk", "position", "hash", "reason_seal", "own_seal", "revision_id", "act_id", "key_id")
_KINDS: tuple[tuple[str, tuple[str, ...], Callable[..., Any]], ...] = (
    ("revision", VERSION_FIELDS, entries.Version),
    ("act", ACT_FIELDS, entries.Act),
    ("key", KEY_FIELDS, entries.Key),
)
_BESIDE = {"revision": ("body",), "act": ("statement__text",), "key": ()}
_ASKED = [f"{kind}__{name}" for kind, fields, _ in _KINDS for name in (*fields, *_BESIDE[kind])]


@dataclass(frozen=True)
class Saved:
    """A checkpoint that somebody kept outside the database, and what they call it."""

    whose: str
    note: str


@dataclass
class Known:
    """What leaves are held against: what removals blanked, and what came with a dump."""

    blanked: set[int] = field(default_factory=set)
    redacted: set[int] = field(default_factory=set)
    loaded: int = 0
    withheld: int = 0
    loader: int | None = None


def findings(
    saved: Sequence[Saved] = (), trusted: Sequence[PublicKey] = (), say: Say = lambda _name, _rows: None
) -> Iterator[str]:
    """What is wrong, each as a sentence; nothing where all is as it was logged. In the memory of a batch.

    `saved` are checkpoints that no change of the database reaches, `trusted` the keys of which one must have signed
    the newest; `say` is told what is read, and how far.
    """
    with one_moment():
        known = _known()
        yield from _leaves(known, saved, trusted, say)
        yield from rows(known.blanked, say, is_loaded=known.loaded > 0)


def _known() -> Known:
    known = Known(loader=User.objects.filter(username=LOADED_BY).values_list("pk", flat=True).first())
    for detail in Act.objects.filter(verb=Act.Verb.REMOVE).values_list("detail", flat=True).iterator():
        known.blanked.update(detail.get("blanked", ()))
        known.redacted.update(detail.get("redacted", ()))
    for loaded, withheld in LogKey.objects.values_list("loaded", "withheld"):
        known.loaded, known.withheld = max((known.loaded, known.withheld), (loaded, withheld))
    return known


def _leaves(known: Known, saved: Sequence[Saved], trusted: Sequence[PublicKey], say: Say) -> Iterator[str]:
    """The leaves in their order, with the tree as it grows, and each checkpoint where it was made."""
    tree, growing, withheld = Frontier(), Growing(), 0
    signed = Signed(saved, trusted)
    for leaf in chain(_in_places(say), _waiting()):
        facts, place = _facts(leaf), leaf["position"]
        name = _named(facts, leaf)
        if place is not None and place != tree.size:
            yield f"Place {tree.size} of the log is empty; the next leaf is at {place}."
        yield from _held(leaf, facts, name, known)
        withheld += facts is None and place is not None and place < known.loaded
        if place is not None:
            tree.append(bytes(leaf["hash"]))
            yield from growing.grown(bytes(leaf["hash"]))
            yield from signed.at(tree, leaf)
    if withheld != known.withheld:
        yield f"{withheld} of the loaded leaves are known by their hash alone, and the log says {known.withheld}."
    yield from growing.left_over()
    yield from signed.left_over(tree.size)


def _rows(leaves: QuerySet[Leaf]) -> Iterator[dict[str, Any]]:
    yield from leaves.values(*_OWN, *_ASKED)


def _in_places(say: Say) -> Iterator[dict[str, Any]]:
    first, done = 0, 0
    while batch := list(_rows(Leaf.objects.filter(position__gte=first).order_by("position")[:BATCH])):
        yield from batch
        first, done = batch[-1]["position"] + 1, done + len(batch)
        say("leaves", done)


def _waiting() -> Iterator[dict[str, Any]]:
    for batch in in_batches(Leaf.objects.filter(position=None), BATCH, *_OWN[1:], *_ASKED):
        yield from batch


def _facts(leaf: dict[str, Any]) -> Any:
    """What the row says that a leaf is of; None where there is none."""
    for kind, fields, made in _KINDS:
        if leaf[f"{kind}_id"] is not None and leaf[f"{kind}__{fields[0 if kind == 'key' else -1]}"] is not None:
            return made(*(leaf[f"{kind}__{name}"] for name in fields))
    return None


def _named(facts: Any, leaf: dict[str, Any]) -> str:
    if isinstance(facts, entries.Version):
        return f"{facts.statement} v{facts.number}"
    if isinstance(facts, entries.Act):
        return f"the act {leaf['act_id']} ({facts.verb}{f' of {facts.statement}' if facts.statement else ''})"
    if isinstance(facts, entries.Key):
        return f"the key {facts.key}"
    return f"leaf {leaf['pk']}"


def _held(leaf: dict[str, Any], facts: Any, name: str, known: Known) -> Iterator[str]:
    """What is wrong with a leaf and its row."""
    place = leaf["position"]
    is_loaded = place is not None and place < known.loaded
    where = f"leaf {leaf['pk']}" if place is None else f"place {place}"
    if facts is None:
        gone = [kind for kind, *_ in _KINDS if leaf[f"{kind}_id"] is not None]
        if gone:
            yield f"The {gone[0]} {leaf[f'{gone[0]}_id']} is gone, which is at {where} of the log."
        elif not is_loaded:
            yield f"What is at {where} of the log leads to nothing."
        return
    seals = Seals(bytes(leaf["reason_seal"]), bytes(leaf["own_seal"]))
    if leaf_hash(facts.entry(seals)) != bytes(leaf["hash"]):
        yield f"What {name} says isn’t what was logged at {where}."
    if isinstance(facts, entries.Key):
        return
    if not is_open(seals.own) and not (is_loaded and facts.account == known.loader):
        yield f"Who made {name} can’t be held against the log any more, and nothing says why."
    if not is_open(seals.reason) and not _may_be_closed(leaf, facts, known, is_loaded=is_loaded):
        yield f"The reason of {name} can’t be held against the log any more, and no removal says why."


def _may_be_closed(leaf: dict[str, Any], facts: Any, known: Known, *, is_loaded: bool) -> bool:
    """Whether a removal took words from a reason, or a dump left it out as one of a removed statement."""
    if isinstance(facts, entries.Version):
        return leaf["revision_id"] in known.blanked and facts.reason == ""
    if leaf["act_id"] in known.redacted:
        return True
    return is_loaded and facts.reason == "" and leaf["act__statement__text"] == ""


class Growing:
    """The nodes above the leaves, made anew and held against those that are kept."""

    def __init__(self) -> None:
        self._open: list[list[bytes]] = [[]]
        self._made: list[int] = [0]

    def grown(self, leaf: bytes) -> Iterator[str]:
        """Add a leaf; what is wrong with the nodes that it completes."""
        level, one = 0, leaf
        while True:
            self._open[level].append(one)
            if len(self._open[level]) < WIDTH:
                return
            one, index = root_of(self._open[level]), self._made[level]
            self._open[level], self._made[level] = [], index + 1
            level += 1
            kept = Node.objects.filter(level=level, index=index).values_list("hash", flat=True).first()
            if kept is None or bytes(kept) != one:
                yield f"Node {index} at level {level} isn’t what stands below it."
            if level == len(self._open):
                self._open.append([])
                self._made.append(0)

    def left_over(self) -> Iterator[str]:
        """Nodes that nothing stands below."""
        for level, index in Node.objects.values_list("level", "index").iterator():
            if level < 1 or level > len(self._made) or index >= self._made[level - 1]:
                yield f"Node {index} at level {level} isn’t of this tree."


class Signed:
    """Every checkpoint, held against the tree when it is as large as that."""

    def __init__(self, saved: Sequence[Saved], trusted: Sequence[PublicKey]) -> None:
        self._trusted = trusted
        self._keys: list[PublicKey] = []
        self._saved = sorted(((_read(one.note), one) for one in saved), key=lambda pair: pair[0].size if pair[0] else 0)
        self._published = _published()
        self._next = next(self._published, None)
        self._last: Checkpoint | None = None

    def at(self, tree: Frontier, leaf: dict[str, Any]) -> Iterator[str]:
        """What is wrong with the checkpoints of the tree as it is."""
        if leaf["key_id"] is not None and leaf["key__key"]:
            try:
                self._keys.append(read_key(leaf["key__key"]))
            except BadCheckpoint as error:
                yield f"{error}."
        while self._next and self._next.size <= tree.size:
            yield from self._published_at(tree, self._next)
            self._last, self._next = self._next, next(self._published, None)
        while self._saved and (said := self._saved[0][0]) and said.size <= tree.size:
            _, whose = self._saved.pop(0)
            if said.size != tree.size or said.root != tree.root():
                yield f"The first {said.size} leaves aren’t what {whose.whose} is of: the log was rewritten."

    def left_over(self, size: int) -> Iterator[str]:
        """What is wrong with the checkpoints of a larger tree, and with the newest."""
        while self._next:
            was = self._next.size
            yield f"The checkpoint of {was} leaves was signed, and the log has {size}: some were taken away."
            self._last, self._next = self._next, next(self._published, None)
        for said, whose in self._saved:
            if said is None:
                yield f"{whose.whose} is no checkpoint."
            elif said.size:
                yield f"{whose.whose} is of {said.size} leaves, and the log has {size}: some were taken away."
        if self._last and self._trusted and not any(key.has_signed(self._last.note) for key in self._trusted):
            yield f"The newest checkpoint, of {self._last.size} leaves, isn’t signed by the key of this log."

    def _published_at(self, tree: Frontier, one: Checkpoint) -> Iterator[str]:
        said = _read(one.note)
        if said is None:
            yield f"The checkpoint of {one.size} leaves can’t be read."
            return
        if (said.size, said.at) != (one.size, one.at) or one.size != tree.size:
            yield f"The checkpoint of {one.size} leaves isn’t kept as it was signed."
        elif said.root != tree.root():
            yield f"The checkpoint of {one.size} leaves is of other leaves than stand there."
        if self._last and one.at < self._last.at:
            yield f"The checkpoint of {one.size} leaves is older than the one before it."
        if not any(key.has_signed(one.note) for key in self._keys):
            yield f"The checkpoint of {one.size} leaves isn’t signed by a key of this log."


def _published() -> Iterator[Checkpoint]:
    last = 0
    while batch := list(Checkpoint.objects.filter(size__gt=last).order_by("size")[:BATCH]):
        yield from batch
        last = batch[-1].size


def _read(note: str) -> checkpoints.Checkpoint | None:
    try:
        return checkpoints.read(note)
    except BadCheckpoint:
        return None
