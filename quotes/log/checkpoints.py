"""Checkpoints: how large the log is and its root, signed (C2SP's tlog-checkpoint, signed-note)."""

import base64
import binascii
import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.log.entries import moment
from quotes.log.hashing import SIZE

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_ED25519 = b"\x01"
_SIGNED, _RECORDED = "\u2014 ", "recorded "


class BadCheckpoint(ValueError):
    """A text is no checkpoint, or no key."""


@dataclass(frozen=True)
class PublicKey:
    """A key that checkpoints are held against, under the name of its log."""

    name: str
    raw: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that a signature names its key by."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.raw).digest()[:4]

    @property
    def written(self) -> str:
        """As signed-note writes it."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(_ED25519 + self.raw).decode()}"

    def has_signed(self, note: str) -> bool:
        """Whether a checkpoint has a good signature of this key."""
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - as in `Signer`
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

        try:
            text, signatures = _parted(note)
        except BadCheckpoint:
            return False
        for name, signed in signatures:
            if name == self.name and signed[:4] == self.id:
                try:
                    Ed25519PublicKey.from_public_bytes(self.raw).verify(signed[4:], text.encode())
                except InvalidSignature:
                    return False
                return True
        return False


def read_key(written: str) -> PublicKey:
    """A key from what `written` tells. Raises BadCheckpoint."""
    name, _, rest = written.strip().partition("+")
    told, _, coded = rest.partition("+")
    try:
        raw = base64.b64decode(coded, validate=True)
    except binascii.Error as error:
        raise BadCheckpoint(f"{written!r} is no key of a log") from error
    key = PublicKey(name, raw[1:])
    if raw[:1] != _ED25519 or len(key.raw) != SIZE or key.id.hex() != told or not name:
        raise BadCheckpoint(f"{written!r} is no key of a log")
    return key


@dataclass(frozen=True)
class Signer:
    """The private half, from its 32 bytes."""

    name: str
    seed: bytes

    @property
    def public(self) -> PublicKey:
        """The half that anybody may have."""
        return PublicKey(self.name, self._key.public_key().public_bytes_raw())

    def line(self, text: str) -> str:
        """A signature's line."""
        signed = self._key.sign(text.encode())
        return f"{_SIGNED}{self.name} {base64.b64encode(self.public.id + signed).decode()}\n"

    @property
    def _key(self) -> "Ed25519PrivateKey":
        # cryptography weighs eight megabytes in a process, and few that serve pages ever sign.
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True)
class Checkpoint:
    """What a checkpoint says."""

    origin: str
    size: int
    root: bytes
    at: dt.datetime

    @property
    def text(self) -> str:
        """What is signed. The time is a line of ours, which the format has room for."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n{_RECORDED}{moment(self.at)}\n"

    def signed(self, *signers: Signer) -> str:
        """The checkpoint as it is published."""
        return f"{self.text}\n{''.join(one.line(self.text) for one in signers)}"


def read(note: str) -> Checkpoint:
    """What a checkpoint says, whoever signed it. Raises BadCheckpoint."""
    text, _ = _parted(note)
    lines = text.split("\n")
    try:
        origin, size, root, recorded, _ = lines
        at = dt.datetime.strptime(recorded, f"{_RECORDED}%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=dt.UTC)
        found = Checkpoint(origin, int(size), base64.b64decode(root, validate=True), at)
    except (ValueError, binascii.Error) as error:
        raise BadCheckpoint("The text is no checkpoint of a log") from error
    if found.text != text or len(found.root) != SIZE:
        raise BadCheckpoint("The text is no checkpoint of a log")
    return found


def _parted(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """What is signed, and the signatures with their keys' names."""
    text, between, signatures = note.rpartition("\n\n")
    lines = signatures.splitlines()
    if not between or not signatures.endswith("\n") or not all(line.startswith(_SIGNED) for line in lines):
        raise BadCheckpoint("The text is no signed checkpoint")
    found = []
    for line in lines:
        name, _, coded = line.removeprefix(_SIGNED).partition(" ")
        try:
            found.append((name, base64.b64decode(coded, validate=True)))
        except binascii.Error as error:
            raise BadCheckpoint("A signature of the checkpoint can’t be read") from error
    return f"{text}\n", found
