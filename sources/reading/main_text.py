"""The main text of a page: found by trafilatura, but in the page's own characters, which it doesn't always keep."""

from typing import Any

import trafilatura

from sources.reading import blocks
from sources.reading.decoding import tidy

_AHEAD = 5000
_LONG = 40
_COVERED = 0.95


def found_in(root: Any) -> str:
    """The main text as trafilatura has it, a block to a line; it may lose or add spaces. Alters the tree."""
    found = trafilatura.bare_extraction(
        root, include_comments=False, include_tables=True, with_metadata=False, deduplicate=False
    )
    if found is None or isinstance(found, dict) or found.body is None:
        return ""
    return tidy("\n".join(blocks.lines(found.body, blocks.EXTRACTED, frozenset())))


def among(everything: str, main: str) -> str:
    """The lines of a page that its main text is made of; the main text as found, where too few of them fit."""
    sought, place, size = _squeezed(main), 0, 0
    kept = []
    for line in everything.split("\n"):
        bare = _squeezed(line)
        # A short line may stand by chance further on: it counts only where it comes next.
        ahead = _AHEAD if len(bare) >= _LONG else 0
        at = sought.find(bare, place, place + len(bare) + ahead)
        if at >= 0:
            kept.append(line)
            place = at + len(bare)
            size += len(bare)
    return "\n".join(kept) if size >= _COVERED * len(sought) else main


def _squeezed(text: str) -> str:
    return "".join(text.split())
