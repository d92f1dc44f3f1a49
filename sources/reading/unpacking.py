"""Unpacking what somebody else packed, without letting a small file become a huge one in memory."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO

import brotli

from sources.reading import remarks
from sources.reading.errors import Bomb, Damaged

_STEP = 64 * 1024
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


def gunzip(data: bytes, limit: int, what: str = remarks.GZIP) -> bytes:
    """Unpack one or more gzip members. Raises Bomb beyond `limit` bytes, Damaged where it can't be unpacked."""
    return b"".join(bounded(_members(data, what), limit))


def _members(data: bytes, what: str) -> Iterator[bytes]:
    decoder = zlib.decompressobj(_GZIP_OR_ZLIB)
    for start in range(0, len(data), _STEP):
        rest = data[start : start + _STEP]
        while rest and not (decoder.eof and not rest.strip(b"\0")):
            decoder = zlib.decompressobj(_GZIP_OR_ZLIB) if decoder.eof else decoder
            yield from _inflated(decoder, rest, what)
            rest = decoder.unused_data
    if not decoder.eof:
        raise Damaged(what)


def _inflated(decoder: "zlib._Decompress", data: bytes, what: str) -> Iterator[bytes]:
    try:
        while data and not decoder.eof:
            yield decoder.decompress(data, _STEP)
            data = decoder.unconsumed_tail
    except zlib.error as error:
        raise Damaged(what) from error


def decoded(chunks: Iterable[bytes], coding: str, limit: int, what: str = remarks.WEB_PAGE) -> Iterator[bytes]:
    """The chunks of a body that travelled in an HTTP content coding: gzip, deflate, br, or none.

    Raises Bomb beyond `limit` bytes, Damaged where it is cut off, wrong, or coded in another way.
    """
    return bounded(_decoded(chunks, coding.strip().lower(), what), limit)


def _decoded(chunks: Iterable[bytes], coding: str, what: str) -> Iterator[bytes]:
    if coding in ("", "identity"):
        yield from chunks
    elif coding in ("gzip", "x-gzip", "deflate"):
        yield from _unzipped(chunks, what)
    elif coding == "br":
        yield from _from_brotli(chunks, what)
    else:
        raise Damaged(remarks.IN_CODING % {"what": what, "coding": coding[:20]})


def _unzipped(chunks: Iterable[bytes], what: str) -> Iterator[bytes]:
    decoder = zlib.decompressobj(_GZIP_OR_ZLIB)
    begun = False
    for chunk in chunks:
        begun = begun or bool(chunk)
        yield from _inflated(decoder, chunk, what)
    if begun and not decoder.eof:
        raise Damaged(what)


def _from_brotli(chunks: Iterable[bytes], what: str) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    try:
        for chunk in chunks:
            yield decoder.process(chunk, output_buffer_limit=_STEP)
            while not decoder.can_accept_more_data():
                yield decoder.process(b"", output_buffer_limit=_STEP)
    except brotli.error as error:
        raise Damaged(what) from error
    if not decoder.is_finished():
        raise Damaged(what)


def bounded(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """The same chunks. Raises Bomb when they come to more than `limit` bytes together."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise Bomb(limit)
        yield chunk


def checked_zip(data: bytes, limit: int, what: str) -> zipfile.ZipFile:
    """An open ZIP whose members come to at most `limit` bytes by its own directory, which reading can't exceed.

    Raises Bomb, and Damaged for what is no ZIP.
    """
    try:
        opened = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Damaged(what) from error
    if sum(member.file_size for member in opened.infolist()) > limit:
        raise Bomb(limit)
    return opened
