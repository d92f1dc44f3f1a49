"""The keys that checkpoints are signed with: of a setting, or of files that are made at first use."""

import base64
import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from quotes.log.checkpoints import PublicKey, Signer

_SEED = 32


class NoKey(Exception):
    """A key is none; the message says which, and what to do."""


def origin() -> str:
    """The name of this record's log, which is that of its keys too."""
    return f"{urlsplit(settings.SITE_URL).netloc}/log"


def signers() -> list[Signer]:
    """Who signs: the key in use first; then the former one, as long as it is kept. Raises NoKey."""
    former = settings.LOG_KEY_FORMER or _kept(_file(".former"))
    written = [settings.LOG_KEY or _made(_file()), *([former] if former else [])]
    return [Signer(origin(), _seed(one)) for one in written]


def own_key() -> PublicKey | None:
    """The public half of the key in use; None where this machine has none, and none is made. Raises NoKey."""
    written = settings.LOG_KEY or _kept(_file())
    return Signer(origin(), _seed(written)).public if written else None


def renew() -> None:
    """Begin another key; the one before goes on signing beside it. Raises NoKey where keys are settings."""
    if settings.LOG_KEY:
        raise NoKey("The key is a setting: set LOG_KEY_FORMER to its value, and LOG_KEY to a new one.")
    if _file().exists():
        _file().replace(_file(".former"))
    _made(_file())


def new_key() -> str:
    """A private key, as LOG_KEY takes it."""
    return base64.b64encode(secrets.token_bytes(_SEED)).decode()


def _file(suffix: str = "") -> Path:
    return Path(settings.LOG_FOLDER) / f"log-key{suffix}"


def _kept(path: Path) -> str:
    return path.read_text().strip() if path.exists() else ""


def _made(path: Path) -> str:
    """The key of a file, which is made where there is none, for its owner alone."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(new_key())
        # Two first runs at once must agree on one key: a link never replaces a file.
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return _kept(path)


def _seed(written: str) -> bytes:
    try:
        seed = base64.b64decode(written, validate=True)
    except ValueError:
        seed = b""
    if len(seed) != _SEED:
        raise NoKey(f"The log’s key must be {_SEED} bytes in base64 (LOG_KEY, or {_file()}).")
    return seed
