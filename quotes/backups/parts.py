"""The files of a backup: each hashed as it is written, packed where it isn't yet, and sealed where there is a key."""

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from quotes.backups.errors import BadBackup
from quotes.backups.sealed import Opened, Sealing
from quotes.hashed import Hashed

BLOCK = 1 << 20
# Anything more than the fastest takes longer than it saves on a disk.
_LEVEL = 1


@dataclass(frozen=True)
class Part:
    """A file of a backup."""

    name: str
    sha256: str
    bytes: int


class Writing:
    """A part while it is written; `part` is known once it is done."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out
        self.part = Part("", "", 0)

    def take(self, source: IO[bytes]) -> None:
        """Write all that can be read."""
        while data := source.read(BLOCK):
            self.out.write(data)


@contextmanager
def writing(folder: Path, name: str, key: bytes, *, packed: bool) -> Iterator[Writing]:
    """Write a part; it is on the disk when this ends. `packed` where what is written is packed already."""
    path = folder / name
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        hashed = Hashed(file)
        sealing = Sealing(cast("IO[bytes]", hashed), key, name) if key else None
        inner = cast("IO[bytes]", sealing or hashed)
        done = Writing(inner)
        if packed:
            yield done
        else:
            with gzip.GzipFile(filename="", mode="wb", fileobj=inner, mtime=0, compresslevel=_LEVEL) as packing:
                done.out = cast("IO[bytes]", packing)
                yield done
        if sealing:
            sealing.finish()
        file.flush()
        os.fsync(file.fileno())
    done.part = Part(name, hashed.sha256.hexdigest(), hashed.size)


@contextmanager
def reading(folder: Path, part: Part, key: bytes, *, packed: bool) -> Iterator[IO[bytes]]:
    """Read a part; when this ends all of it was held against its hash. Raises BadBackup."""
    path = folder / part.name
    try:
        with path.open("rb") as file:
            hashed = Hashed(file)
            stream: IO[bytes] = cast("IO[bytes]", hashed)
            if key:
                stream = io.BufferedReader(Opened(stream, key, part.name), BLOCK)
            yield stream if packed else cast("IO[bytes]", gzip.GzipFile(fileobj=stream, mode="rb"))
            while stream.read(BLOCK):
                pass
            while hashed.read(BLOCK):
                pass
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise BadBackup(f"{path} is damaged: {error}") from error
    except FileNotFoundError as error:
        if error.filename != str(path):
            raise
        raise BadBackup(f"{path} is missing") from error
    if (hashed.size, hashed.sha256.hexdigest()) != (part.bytes, part.sha256):
        raise BadBackup(
            f"{path} isn't what was written: it has {hashed.size} bytes with the sha256 {hashed.sha256.hexdigest()}, "
            f"and the manifest says {part.bytes} and {part.sha256}"
        )
