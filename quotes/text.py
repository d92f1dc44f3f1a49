"""Folding text, so that a search finds what its writer would call the same."""

import re
import unicodedata


def fold(text: str) -> str:
    """Text without case, accents and typographic differences, with single spaces: what `q` is compared with."""
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(symbol for symbol in parts if not unicodedata.combining(symbol))
    return re.sub(r"\s+", " ", bare.translate(_ALIKE)).strip()


_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-"})
