"""Apache Parquet, written as it comes: tables of any length in the memory of one row group.

What is written is the plainest of the format: version 1 pages, one a column and row group, PLAIN and RLE, each page
compressed by zlib, texts and days with their logical types, lists of texts in the three levels that readers expect.
The format is at https://parquet.apache.org/docs/file-format/; its metadata is Thrift's compact protocol.
"""

import datetime as dt
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain, groupby
from typing import Any

MAGIC = b"PAR1"
_EPOCH = dt.date(1970, 1, 1).toordinal()
_EPOCH_TIME = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_LEVEL = 6

# Numbers of the format's own enumerations.
_REQUIRED, _OPTIONAL, _REPEATED = 0, 1, 2
_PLAIN, _RLE, _GZIP = 0, 3, 2
_LIST_CONVERTED = 3
# Types of Thrift's compact protocol.
_TRUE, _FALSE, _I32, _I64, _BINARY, _LIST, _STRUCT = 1, 2, 5, 6, 8, 9, 12
_SHORT_LIST = 15


class Kind(Enum):
    """What a column holds. Any value but of TEXTS may be None."""

    TEXT = "text"
    TEXTS = "texts"
    WHOLE = "whole"
    TRUTH = "truth"
    DAY = "day"
    TIME = "time"


@dataclass(frozen=True)
class _Form:
    """How a kind is stored: physical type, converted type, logical type's field, and how values become bytes."""

    physical: int
    converted: int | None
    logical: Any
    packed: Callable[[Sequence[Any]], bytes]


def _texts(values: Sequence[str]) -> bytes:
    encoded = [value.encode() for value in values]
    sizes = struct.pack(f"<{len(encoded)}I", *map(len, encoded))
    return b"".join(chain.from_iterable((sizes[4 * n : 4 * n + 4], text) for n, text in enumerate(encoded)))


def _truths(values: Sequence[bool]) -> bytes:
    number = sum(1 << place for place, value in enumerate(values) if value)
    return number.to_bytes((len(values) + 7) // 8, "little")


def _wholes(values: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(values)}q", *values)


def _days(values: Sequence[dt.date]) -> bytes:
    return struct.pack(f"<{len(values)}i", *(value.toordinal() - _EPOCH for value in values))


def _times(values: Sequence[dt.datetime]) -> bytes:
    return _wholes([(value - _EPOCH_TIME) // _MICROSECOND for value in values])


# Fields of Thrift structures, as (number, type, value); a structure without fields is an empty list.
_Field = tuple[int, int, Any]
_STRING_TYPE: list[_Field] = [(1, _STRUCT, [])]
_DAY_TYPE: list[_Field] = [(6, _STRUCT, [])]
_TIME_TYPE: list[_Field] = [(8, _STRUCT, [(1, _TRUE, None), (2, _STRUCT, [(2, _STRUCT, [])])])]
_LIST_TYPE: list[_Field] = [(3, _STRUCT, [])]
_FORMS = {
    Kind.TEXT: _Form(6, 0, _STRING_TYPE, _texts),
    Kind.TEXTS: _Form(6, 0, _STRING_TYPE, _texts),
    Kind.WHOLE: _Form(2, None, None, _wholes),
    Kind.TRUTH: _Form(0, None, None, _truths),
    Kind.DAY: _Form(1, 6, _DAY_TYPE, _days),
    Kind.TIME: _Form(2, 10, _TIME_TYPE, _times),
}


@dataclass
class Writer:
    """A table on its way out: `head`, then `group` for some rows at a time, then `foot`, are the bytes of its file.

    Rows are sequences in the order of `columns`. `about` is kept in the file as it is.
    """

    columns: Mapping[str, Kind]
    about: Mapping[str, str]
    maker: str
    written: int = 0
    rows: int = 0
    groups: list[bytes] = field(default_factory=list)

    def head(self) -> bytes:
        """The beginning of the file."""
        self.written = len(MAGIC)
        return MAGIC

    def group(self, rows: Sequence[Sequence[Any]]) -> Iterator[bytes]:
        """Some rows, a column at a time."""
        chunks, begun, plain_size = [], self.written, 0
        for (name, kind), values in zip(self.columns.items(), zip(*rows, strict=True), strict=True):
            page, entries, size = _page(kind, values)
            chunks.append(_chunk(name, kind, self.written, len(page), size, entries))
            plain_size += size
            self.written += len(page)
            yield page
        whole = [
            (1, _LIST, (_STRUCT, chunks)),
            (2, _I64, plain_size),
            (3, _I64, len(rows)),
            (5, _I64, begun),
            (6, _I64, self.written - begun),
        ]
        self.groups.append(_struct(whole))
        self.rows += len(rows)

    def foot(self) -> bytes:
        """The end of the file, without which nothing of it can be read."""
        about = [_struct([(1, _BINARY, key), (2, _BINARY, value)]) for key, value in self.about.items()]
        schema = [_struct([(4, _BINARY, "schema"), (5, _I32, len(self.columns))])]
        schema += [part for name, kind in self.columns.items() for part in _described(name, kind)]
        whole = _struct(
            [
                (1, _I32, 1),
                (2, _LIST, (_STRUCT, schema)),
                (3, _I64, self.rows),
                (4, _LIST, (_STRUCT, self.groups)),
                (5, _LIST, (_STRUCT, about)),
                (6, _BINARY, self.maker),
            ]
        )
        return whole + struct.pack("<I", len(whole)) + MAGIC


def _page(kind: Kind, values: Sequence[Any]) -> tuple[bytes, int, int]:
    """A column of a row group as one page with its head, how many entries it has, and its size uncompressed."""
    if kind is Kind.TEXTS:
        # An empty list is an entry without a value; an entry that repeats goes on with the list before it.
        repeats = [bool(n) for value in values for n in range(max(1, len(value)))]
        defined = [bool(value) for value in values for _ in range(max(1, len(value)))]
        kept: Sequence[Any] = list(chain.from_iterable(values))
        levels = _levels(repeats) + _levels(defined)
    else:
        defined = [value is not None for value in values]
        kept = [value for value in values if value is not None]
        levels = _levels(defined)
    plain = levels + _FORMS[kind].packed(kept)
    packed = _zipped(plain)
    head = _struct(
        [
            (1, _I32, 0),
            (2, _I32, len(plain)),
            (3, _I32, len(packed)),
            (5, _STRUCT, [(1, _I32, len(defined)), (2, _I32, _PLAIN), (3, _I32, _RLE), (4, _I32, _RLE)]),
        ]
    )
    return head + packed, len(defined), len(head) + len(plain)


def _zipped(plain: bytes) -> bytes:
    zipping = zlib.compressobj(_LEVEL, wbits=31)
    return zipping.compress(plain) + zipping.flush()


def _levels(flags: Iterable[bool]) -> bytes:
    """Levels of 0 and 1, as runs of the same."""
    runs = b"".join(_varint(sum(1 for _ in run) << 1) + bytes([flag]) for flag, run in groupby(flags))
    return struct.pack("<I", len(runs)) + runs


def _chunk(name: str, kind: Kind, place: int, size: int, plain_size: int, entries: int) -> bytes:
    path = [name, "list", "element"] if kind is Kind.TEXTS else [name]
    about = [
        (1, _I32, _FORMS[kind].physical),
        (2, _LIST, (_I32, [_zigzag(_PLAIN), _zigzag(_RLE)])),
        (3, _LIST, (_BINARY, [_text(part) for part in path])),
        (4, _I32, _GZIP),
        (5, _I64, entries),
        (6, _I64, plain_size),
        (7, _I64, size),
        (9, _I64, place),
    ]
    return _struct([(2, _I64, place), (3, _STRUCT, about)])


def _described(name: str, kind: Kind) -> Iterator[bytes]:
    """A column's part of the schema."""
    if kind is Kind.TEXTS:
        is_list = [(6, _I32, _LIST_CONVERTED), (10, _STRUCT, _LIST_TYPE)]
        yield _struct([(3, _I32, _REQUIRED), (4, _BINARY, name), (5, _I32, 1), *is_list])
        yield _struct([(3, _I32, _REPEATED), (4, _BINARY, "list"), (5, _I32, 1)])
        yield _leaf("element", kind, _REQUIRED)
    else:
        yield _leaf(name, kind, _OPTIONAL)


def _leaf(name: str, kind: Kind, repetition: int) -> bytes:
    form = _FORMS[kind]
    fields = [(1, _I32, form.physical), (3, _I32, repetition), (4, _BINARY, name)]
    fields += [(6, _I32, form.converted)] if form.converted is not None else []
    return _struct([*fields, *([(10, _STRUCT, form.logical)] if form.logical else [])])


def _struct(fields: Iterable[_Field]) -> bytes:
    """A structure of Thrift's; fields in the order of their numbers, none more than 15 apart."""
    written, last = bytearray(), 0
    for number, kind, value in fields:
        written.append((number - last) << 4 | kind)
        written += _field(kind, value)
        last = number
    return bytes(written) + b"\0"


def _field(kind: int, value: Any) -> bytes:
    match kind:
        case 5 | 6:
            return _zigzag(value)
        case 8:
            return _text(value)
        case 9:
            of, items = value
            size = len(items)
            head = bytes([size << 4 | of]) if size < _SHORT_LIST else bytes([0xF0 | of]) + _varint(size)
            return head + b"".join(items)
        case 12:
            return _struct(value)
        case _:
            return b""


def _text(value: str) -> bytes:
    encoded = value.encode()
    return _varint(len(encoded)) + encoded


def _zigzag(number: int) -> bytes:
    return _varint(number << 1 if number >= 0 else (-number << 1) - 1)


def _varint(number: int) -> bytes:
    written = bytearray()
    while number > 0x7F:  # noqa: PLR2004  # seven bits a byte
        written.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*written, number])
