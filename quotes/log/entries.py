"""What the log's leaves stand for: a version, a public act, a key, each as canonical JSON (RFC 8785).

An entry is public and stays for ever, so that nothing may be guessed from it: reasons, and who acted, are in it as
digests with a salt. Once the law has words removed from a reason, its salt is gone, and the digest takes its place.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

SALT, DIGEST = 16, 32

_OF_COPIES, _OF_MERGES = ("appearance", "document", "source"), ("survivor", "loser", "merge", "kind")
TOLD = ("changed", "replacement", "blanked", "redacted", *_OF_COPIES, *_OF_MERGES)
"""What an act's detail tells everybody; the rest is the editors' own."""
LOGGED = ("correct", "retract", "restore", "remove", "merge", "undo_merge", "mark_copy", "unmark_copy")
"""The acts that are leaves. A publication's leaf is its version 1."""


_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def canonical(value: Any) -> bytes:
    """Canonical JSON. Of texts, whole numbers and plain names, which entries are made of, Python's is the same."""
    return _canonical(value).encode()


def digest(seal: bytes, value: Any) -> bytes:
    """The digest of a value with its salt; a seal that is the digest itself has outlived the value."""
    return seal if len(seal) == DIGEST else hashlib.sha256(b"\x02" + seal + canonical(value)).digest()


def is_open(seal: bytes) -> bool:
    """Whether the value can still be held against its digest."""
    return len(seal) == SALT


def moment(at: dt.datetime) -> str:
    """A moment in UTC, to the microsecond."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def own_of_version(account: int) -> dict[str, Any]:
    """What only editors know of a version."""
    return {"account": account}


def own_of_act(account: int, detail: Mapping[str, Any]) -> dict[str, Any]:
    """What only editors know of an act."""
    return {"account": account, "detail": {name: value for name, value in detail.items() if name not in TOLD}}


class Seals(NamedTuple):
    """Salts, or the digests that are left: of the reason, and of who acted with what is the editors' own."""

    reason: bytes
    own: bytes


class Version(NamedTuple):
    """What the record knows of a version."""

    statement: str
    number: int
    sha256: str
    recorded: dt.datetime
    reason: str
    account: int

    @property
    def own(self) -> Any:
        """What only editors know."""
        return own_of_version(self.account)

    def entry(self, seals: Seals) -> bytes:
        """Its leaf's entry."""
        told = {
            "type": "version",
            "statement": self.statement,
            "version": self.number,
            "sha256": self.sha256,
            "recorded": moment(self.recorded),
        }
        return canonical(told | _sealed(self, seals))


class Act(NamedTuple):
    """What the record knows of an act."""

    verb: str
    statement: str | None
    version: int | None
    at: dt.datetime
    code: str
    detail: Mapping[str, Any]
    reason: str
    account: int

    @property
    def own(self) -> Any:
        """What only editors know."""
        return own_of_act(self.account, self.detail)

    def entry(self, seals: Seals) -> bytes:
        """Its leaf's entry."""
        told = {
            "type": "act",
            "verb": self.verb,
            "statement": self.statement,
            "version": self.version,
            "at": moment(self.at),
            "for": self.code,
            "detail": {name: self.detail[name] for name in self.detail if name in TOLD},
        }
        return canonical(told | _sealed(self, seals))


class Key(NamedTuple):
    """A key that checkpoints are signed with, and what its log was loaded with: so many leaves, some by hash alone."""

    key: str
    since: dt.datetime
    loaded: int
    withheld: int

    def entry(self, _seals: Seals | None = None) -> bytes:
        """Its leaf's entry."""
        told = {"type": "key", "key": self.key, "since": moment(self.since)}
        return canonical(told | {"loaded": self.loaded, "withheld": self.withheld})


def _sealed(facts: Version | Act, seals: Seals) -> dict[str, str]:
    return {"reason": digest(seals.reason, facts.reason).hex(), "by": digest(seals.own, facts.own).hex()}
