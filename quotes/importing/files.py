"""Opening what somebody brought: which kind it is by what is in it, and its rows one by one, in little memory."""

import bz2
import gzip
import hashlib
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from quotes.importing import remarks
from quotes.importing.errors import CannotImport
from quotes.importing.lines import open_lines
from quotes.importing.rows import Opened
from quotes.importing.tables import open_csv
from quotes.importing.workbook import open_workbook
from sources.reading.errors import Bomb, megabytes
from sources.reading.limits import RATIO
from sources.reading.remarks import DATABASE, PICTURE

MOST_BYTES = 50_000_000
"""Of a file that is uploaded; the command takes larger ones."""
_MOST_UNPACKED, _LEAST_UNPACKED = 4_000_000_000, 5_000_000
_STEP = 1 << 16
_HEAD = 4096
_PACKERS: dict[bytes, Any] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open}
_ZIP = b"PK\x03\x04"
_OTHERS = {
    b"%PDF": remarks.A_PDF,
    b"\xd0\xcf\x11\xe0": remarks.OLD_EXCEL,
    b"\x89PNG": PICTURE,
    b"\xff\xd8\xff": PICTURE,
    b"SQLite format 3": DATABASE,
    b"PAR1": remarks.A_PARQUET,
    b"<": remarks.WEB_PAGE,
}


def sha256_of(file: IO[bytes]) -> str:
    """The hash of a file's bytes; leaves it at its start."""
    digest = hashlib.sha256()
    while chunk := file.read(_STEP):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


@contextmanager
def opened(file: IO[bytes]) -> Iterator[Opened]:
    """A file as rows. Raises CannotImport for what is none of the kinds, also while the rows are read."""
    try:
        with _unpacked(file) as data:
            yield _opened(data)
    except Bomb as error:
        raise CannotImport(str(error)) from error


@contextmanager
def _unpacked(file: IO[bytes]) -> Iterator[IO[bytes]]:
    start = file.read(8)
    size = file.seek(0, 2)
    file.seek(0)
    packer = next((packer for mark, packer in _PACKERS.items() if start.startswith(mark)), None)
    if packer is None:
        yield file
        return
    limit = min(_MOST_UNPACKED, max(_LEAST_UNPACKED, size * RATIO))
    with tempfile.TemporaryFile() as whole:
        try:
            with packer(file) as packed:
                while chunk := packed.read(_STEP):
                    whole.write(chunk)
                    if whole.tell() > limit:
                        raise Bomb(limit)
        except (EOFError, OSError, zlib.error) as error:
            raise CannotImport(remarks.UNPACKED) from error
        whole.seek(0)
        yield whole


def _opened(data: IO[bytes]) -> Opened:
    head = data.read(_HEAD)
    data.seek(0)
    if not head.strip():
        raise CannotImport(remarks.EMPTY)
    if head.startswith(_ZIP):
        return open_workbook(data)
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, what in _OTHERS.items():
        if bare.startswith(mark):
            raise CannotImport(remarks.NOT_IMPORTED % {"what": what})
    if bare.startswith((b"{", b"[")):
        return open_lines(data)
    return open_csv(data)


def check_size(size: int) -> None:
    """Refuse an upload that is too large before it is kept. Raises CannotImport."""
    if size > MOST_BYTES:
        raise CannotImport(remarks.LARGE % {"limit": megabytes(MOST_BYTES)})
