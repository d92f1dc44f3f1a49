"""The log: a leaf for every version and every public act, the tree above them, and the checkpoints that were signed."""

from collections.abc import Iterable, Iterator
from secrets import token_bytes
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from quotes.log import entries
from quotes.log.entries import LOGGED, SALT, Seals
from quotes.log.hashing import leaf_hash
from quotes.models.revisions import Act, Revision

VERSION_FIELDS = ("statement__pid", "number", "sha256", "recorded_at", "reason", "actor_id")
ACT_FIELDS = ("verb", "statement__pid", "revision__number", "at", "reason_code", "detail", "reason", "actor_id")
KEY_FIELDS = ("key", "since", "loaded", "withheld")
_BATCH = 1000


class LogKey(models.Model):
    """The public half of a key that checkpoints were signed with, and what the log held when it was loaded here.

    It is a leaf itself: who trusts the newest key is told of the others by the tree. Of the first `loaded` leaves
    `withheld` are known by their hash alone.
    """

    key = models.CharField(max_length=300)
    since = models.DateTimeField()
    loaded = models.PositiveBigIntegerField(default=0)
    withheld = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "loaded"], name="key_begins_once")]

    def __str__(self) -> str:
        return self.key


class Leaf(models.Model):
    """The hash of what a version, an act or a key said when it was written; its place comes with a checkpoint.

    Append-only: triggers refuse every update but the one that gives it its place, and the one that puts the digest in
    the place of a salt (quotes/log/entries.py). What leads to nothing is known by its hash alone.
    """

    position = models.PositiveBigIntegerField(null=True)
    hash = models.BinaryField()
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, db_index=False, related_name="leaves")
    act = models.ForeignKey(Act, models.PROTECT, null=True, db_index=False, related_name="leaves")
    key = models.ForeignKey(LogKey, models.PROTECT, null=True, db_index=False, related_name="leaves")
    reason_seal = models.BinaryField(default=bytes)
    own_seal = models.BinaryField(default=bytes)

    class Meta:
        # SQLite looks a row up by an index of some rows where “IS NOT NULL” says which, and by “NOT … IS NULL” never.
        constraints = [
            models.UniqueConstraint(fields=["position"], name="one_leaf_a_place"),
            models.UniqueConstraint(
                fields=["revision"], condition=Q(revision__isnull=False), name="one_leaf_a_version"
            ),
            models.UniqueConstraint(fields=["act"], condition=Q(act__isnull=False), name="one_leaf_an_act"),
            models.UniqueConstraint(fields=["key"], condition=Q(key__isnull=False), name="one_leaf_a_key"),
            models.CheckConstraint(
                condition=Q(revision=None, act=None) | Q(revision=None, key=None) | Q(act=None, key=None),
                name="leaf_is_of_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(position=None), name="leaf_waits")]

    def __str__(self) -> str:
        return bytes(self.hash).hex()

    @property
    def seals(self) -> Seals:
        """What its entry's digests are made with."""
        return Seals(bytes(self.reason_seal), bytes(self.own_seal))


class Node(models.Model):
    """The root over 256 nodes of the level below, or over 256 leaves at level 1, once all of them are there."""

    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="one_node_a_place")]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """How large the log was, and its root, as they were signed and published. Never changed."""

    size = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        ordering = ["-size"]

    def __str__(self) -> str:
        return f"{self.size} leaves"


def made_leaf(facts: entries.Version | entries.Act | entries.Key, leaf: type[Leaf] = Leaf, **of: Any) -> Leaf:
    """A leaf with salts of its own, not yet saved."""
    if isinstance(facts, entries.Key):
        return leaf(hash=leaf_hash(facts.entry()), **of)
    hashed, seals = sealed(facts)
    return leaf(hash=hashed, reason_seal=seals.reason, own_seal=seals.own, **of)


def sealed(facts: entries.Version | entries.Act) -> tuple[bytes, Seals]:
    """The hash of a version's or an act's leaf, and the salts that it is made with."""
    salts = token_bytes(2 * SALT)
    seals = Seals(salts[:SALT], salts[SALT:])
    return leaf_hash(facts.entry(seals)), seals


def log(revisions: Iterable[Revision] = (), acts: Iterable[Act] = ()) -> None:
    """Write the leaves of new versions and acts; of acts that aren't logged there are none. One query a thousand."""
    leaves = [made_leaf(version_facts(one), revision=one) for one in revisions]
    leaves += [made_leaf(act_facts(one), act=one) for one in acts if one.verb in LOGGED]
    Leaf.objects.bulk_create(leaves, batch_size=_BATCH)


def version_facts(one: Revision) -> entries.Version:
    """What the log takes down of a version."""
    return entries.Version(one.statement.pid, one.number, one.sha256, one.recorded_at, one.reason, one.actor_id)


def act_facts(one: Act) -> entries.Act:
    """What the log takes down of an act."""
    pid = one.statement.pid if one.statement else None
    number = one.revision.number if one.revision else None
    return entries.Act(one.verb, pid, number, one.at, one.reason_code, one.detail, one.reason, one.actor_id)


def log_missing(revisions: Any = Revision, acts: Any = Act, leaves: Any = Leaf) -> Iterator[int]:
    """Write the leaves that bulk loads left out, a batch at a time; yields how many so far. Ask once, after them.

    The models are arguments for the migration that begins the log.
    """
    done = 0
    for rows, name, fields, made in (
        (revisions._default_manager.all(), "revision", VERSION_FIELDS, entries.Version),
        (acts._default_manager.filter(verb__in=LOGGED), "act", ACT_FIELDS, entries.Act),
    ):
        unlogged = rows.exclude(Exists(leaves._default_manager.filter(**{name: OuterRef("pk")}))).order_by("pk")
        last = 0
        # Keys first: asked with what is joined, a database may sort all that is left, for every batch anew.
        while keys := list(unlogged.filter(pk__gt=last).values_list("pk", flat=True)[:_BATCH]):
            last, done = keys[-1], done + len(keys)
            batch = rows.filter(pk__in=keys).order_by("pk").values_list("pk", *fields)
            leaves._default_manager.bulk_create(
                [made_leaf(made(*row[1:]), leaves, **{f"{name}_id": row[0]}) for row in batch]
            )
            yield done


def logged_at() -> Subquery:
    """When the first checkpoint over it was made, in a query of revisions; empty while there is none."""
    over = Checkpoint.objects.filter(size__gt=OuterRef("position")).order_by("size").values("at")[:1]
    own = Leaf.objects.filter(revision=OuterRef("pk"))
    return Subquery(own.annotate(logged_at=Subquery(over)).values("logged_at")[:1])
