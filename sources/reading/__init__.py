"""Reading documents: from bytes to a text with what is known about it. Pure: no network, no database, no clock.

The kind of a document is decided by what is in it. Every refusal is a `CannotRead` whose message tells a person what
to do. What comes in is bounded (`Limits`), and so is all that is unpacked from it.

Whoever serves others reads by `sources.apart`, which has the same three functions and does the work in another process.
"""

from collections.abc import Iterable

from sources.reading.errors import CannotRead, TooLarge
from sources.reading.kinds import Kind
from sources.reading.limits import Limits
from sources.reading.results import Hints, Reading

__all__ = ["CannotRead", "Hints", "Kind", "Limits", "Reading", "gathered", "read", "read_chunks", "read_pasted"]

DEFAULT = Limits()


def read(data: bytes, hints: Hints | None = None, limits: Limits = DEFAULT) -> Reading:
    """Read a whole file, whatever it is called. Raises CannotRead."""
    # The readers of foreign formats are large: they are loaded where a document is read, and nowhere else.
    from sources.reading.whole import read_whole  # noqa: PLC0415

    return read_whole(data, hints or Hints(), limits)


def read_chunks(chunks: Iterable[bytes], hints: Hints | None = None, limits: Limits = DEFAULT) -> Reading:
    """Read a stream, of which no more is taken than the limit: one that never ends is refused. Raises CannotRead."""
    return read(gathered(chunks, limits), hints, limits)


def read_pasted(text: str, hints: Hints | None = None, limits: Limits = DEFAULT) -> Reading:
    """Read what was pasted into a form: plain text, Markdown or the source of a page. Raises CannotRead."""
    return read(text.encode("utf-8", "replace"), hints, limits)


def gathered(chunks: Iterable[bytes], limits: Limits = DEFAULT) -> bytes:
    """The bytes of a stream. Raises TooLarge as soon as they are more than the limit."""
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > limits.bytes_:
            raise TooLarge(limits.bytes_)
    return bytes(data)
