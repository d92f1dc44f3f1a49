"""Where client and child meet: files below VAR_DIR, one socket for each extractor and version of it."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_LONGEST = 100
"""Bytes: the system's limit for a socket's path is 104 or 108."""
_PACKAGE = Path(__file__).parent.parent
_CODE = ("extraction/*.py", "extracting/*.py", "*.py")


@cache
def code_digest() -> str:
    """The sha256 of what a child runs, as this process found it: who runs older code asks a child of its own."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in _CODE for path in _PACKAGE.glob(pattern)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@dataclass(frozen=True)
class Setup:
    """Which extractor a child runs, and its limits: `seconds` for a text, `idle` seconds before it ends itself.

    `engine` is the module that loads it, `model` the folder of its weights (empty: it works without any), `version`
    tells its code, `memory` is the most bytes it may take.
    """

    folder: str
    engine: str = "quotes.extracting.engine"
    model: str = ""
    version: str = ""
    seconds: float = 180.0
    start: float = 60.0
    idle: float = 300.0
    memory: int = 1_500_000_000

    @property
    def key(self) -> str:
        """What tells this extractor from another one, of older code or with other weights."""
        model = Path(self.model)
        files = [model, *model.iterdir()] if self.model and model.is_dir() else []
        written = max((file.stat().st_mtime_ns for file in files), default=0)
        return hashlib.sha256(f"{self.engine} {self.model} {written} {self.version}".encode()).hexdigest()[:12]

    @property
    def socket(self) -> Path:
        """Where the child answers."""
        return Path(self.folder) / f"extractor-{self.key}.sock"

    @property
    def lock(self) -> Path:
        """Whoever starts a child holds this file's lock."""
        return Path(self.folder) / "extractor.lock"

    @property
    def log(self) -> Path:
        """What the last child had to say."""
        return Path(self.folder) / "extractor.log"


@contextmanager
def short(path: Path) -> Iterator[str]:
    """A path to a socket that is short enough for the system, however long the folder's is.

    Raises OSError where the folder is missing, or where the system knows no other way to it.
    """
    if len(os.fsencode(path)) <= _LONGEST:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
