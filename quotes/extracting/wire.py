"""Messages between the client and the child: a length in four bytes, then JSON. Never anything that could run."""

import json
import socket
import struct
from typing import Any

MOST = 64_000_000
"""Bytes in a message."""
_LENGTH = struct.Struct("!I")


class Closed(Exception):
    """The other side went away in the middle of a message, or before it."""


class BadMessage(Exception):
    """What came is no message: too long, or no JSON object."""


def send(connection: socket.socket, message: dict[str, Any]) -> None:
    """Send a message. Raises BadMessage for one that is too long, OSError."""
    data = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    if len(data) > MOST:
        raise BadMessage(f"A message of {len(data):,} bytes is longer than {MOST:,}")
    connection.sendall(_LENGTH.pack(len(data)) + data)


def receive(connection: socket.socket) -> dict[str, Any]:
    """The next message. Raises Closed, BadMessage, OSError (TimeoutError where the socket has a time limit)."""
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size))
    if length > MOST:
        raise BadMessage(f"A message of {length:,} bytes is longer than {MOST:,}")
    try:
        message = json.loads(_exactly(connection, length).decode("utf-8", "surrogatepass"))
    except ValueError as error:
        raise BadMessage("What came is no JSON") from error
    if not isinstance(message, dict):
        raise BadMessage("What came is no JSON object")
    return message


def _exactly(connection: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        part = connection.recv(min(size - len(data), 1 << 20))
        if not part:
            raise Closed
        data += part
    return bytes(data)
