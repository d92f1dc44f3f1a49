"""Texts packed for keeping: zlib (RFC 1950) in Base64, so that a column of text holds them and any tool unpacks them.

A frozen body is mostly names of keys and addresses, and takes three fifths of its room packed; neither database packs
texts of its length by itself.
"""

import zlib
from base64 import b64decode, b64encode

MARK = "zlib:"
"""What a packed text begins with. A body begins with a brace, so one that was kept before is read as it is."""
_LEVEL = 1


def packed(text: str) -> str:
    """The text as it is kept; an empty one is empty."""
    return MARK + b64encode(zlib.compress(text.encode(), _LEVEL)).decode() if text else ""


def unpacked(kept: str) -> str:
    """The text that was packed, or what was kept as it is."""
    return zlib.decompress(b64decode(kept[len(MARK) :])).decode() if kept.startswith(MARK) else kept
