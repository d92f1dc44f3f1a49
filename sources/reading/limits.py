"""How much of a document is read; beyond that it is refused, before memory grows."""

from dataclasses import dataclass

RATIO = 200
"""Text packs ten times smaller, markup thirty: what unpacks to more than this is made to harm."""
_SMALL = 2_000_000


@dataclass(frozen=True)
class Limits:
    """The most of each: `bytes_` of a file as it comes, `unpacked` bytes in it, `characters` of its text.

    Of a page with more `elements`, or more of them `beside` one another, the main text isn't looked for; with more
    `tags` it isn't read at all. A longer text than `markdown` characters is plain.
    """

    bytes_: int = 10_000_000
    unpacked: int = 50_000_000
    characters: int = 2_000_000
    pages: int = 500
    elements: int = 40_000
    beside: int = 10_000
    tags: int = 150_000
    markdown: int = 500_000

    def unpacked_from(self, packed: int) -> int:
        """How many bytes `packed` ones may become: by their ratio, and never more than `unpacked`."""
        return min(self.unpacked, max(_SMALL, packed * RATIO))
