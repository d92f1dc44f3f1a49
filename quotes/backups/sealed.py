"""Encrypting a stream in chunks, so that one which was changed, cut short, lengthened or put in another order is found.

The STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár, "Online Authenticated-Encryption and its Nonce-Reuse
Misuse-Resistance", CRYPTO 2015), as the format of age uses it: every chunk is sealed under a nonce of its number (11
bytes) and of whether it is the last (1 byte). AES-256-GCM. Each stream has a key of its own, derived from BACKUP_KEY by
HKDF-SHA256 (RFC 5869) with a random salt and the stream's name: so a nonce never comes twice with one key, and no part
passes for another.
"""

import hmac
import io
import secrets
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from quotes.backups.errors import BadBackup

CHUNK = 1 << 18
_TAG = 16
_SALT = 32
_HEAD = b"on-record-sealed-1\n"
_ID = 8


def fingerprint(key: bytes) -> str:
    """What tells keys apart, and nothing of them."""
    return _derived(key, b"", "fingerprint")[:_ID].hex() if key else ""


def signature(key: bytes, data: bytes) -> str:
    """What nobody can make without the key (HMAC-SHA256)."""
    return hmac.new(_derived(key, b"", "signature"), data, "sha256").hexdigest()


def _derived(key: bytes, salt: bytes, name: str) -> bytes:
    return HKDF(SHA256(), 32, salt or None, f"on-record-backup 1 {name}".encode()).derive(key)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


class Sealing(io.RawIOBase):
    """What is written goes to `file` sealed. `close` seals the last chunk, and leaves the file open."""

    def __init__(self, file: IO[bytes], key: bytes, name: str) -> None:
        salt = secrets.token_bytes(_SALT)
        self._file, self._cipher = file, AESGCM(_derived(key, salt, name))
        self._waiting, self._number = bytearray(), 0
        file.write(_HEAD + salt)

    def writable(self) -> bool:
        """It is for writing alone."""
        return True

    def write(self, data: Any) -> int:
        """Take in data; chunks that can't be the last any more are written."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, is_last=is_last), chunk, None))
        self._number += 1

    def finish(self) -> None:
        """Seal the last chunk: without it, nobody takes the stream for whole."""
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()


class Opened(io.RawIOBase):
    """What was sealed, read from `file`. Reading raises BadBackup where it isn't what was written."""

    def __init__(self, file: IO[bytes], key: bytes, name: str) -> None:
        if file.read(len(_HEAD)) != _HEAD:
            raise BadBackup(f"{name} isn't sealed as this program seals")
        self._file, self._name = file, name
        self._cipher = AESGCM(_derived(key, file.read(_SALT), name))
        self._next = file.read(CHUNK + _TAG)
        self._chunk, self._number, self._is_done = memoryview(b""), 0, False

    def readable(self) -> bool:
        """It is for reading alone."""
        return True

    def readinto(self, into: Any) -> int:
        """Give what there is of the chunk at hand; 0 at the end."""
        if not self._chunk and not self._is_done:
            self._chunk = memoryview(self._opened())
        size = min(len(into), len(self._chunk))
        into[:size], self._chunk = self._chunk[:size], self._chunk[size:]
        return size

    def _opened(self) -> bytes:
        sealed, self._next = self._next, self._file.read(CHUNK + _TAG)
        self._is_done = not self._next
        try:
            chunk = self._cipher.decrypt(_nonce(self._number, is_last=self._is_done), sealed, None)
        except InvalidTag as error:
            raise BadBackup(
                f"{self._name} was changed or cut short: its chunk {self._number} can't be opened"
            ) from error
        self._number += 1
        return chunk
