"""Names for downloaded files: whose statement, when, which version, in plain ASCII."""

import re
import unicodedata

from quotes.citing.record import CitedStatement

_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_MAX = 40


def file_name(cited: CitedStatement, suffix: str) -> str:
    """“macron-2022-12-03-7K2M9QX4TA-v1.bib”; `suffix` starts with a dot."""
    return stem(cited) + suffix


def stem(cited: CitedStatement) -> str:
    """The name without its suffix, which is the key of citation entries too."""
    return "-".join(part for part in (_whose(cited), _when(cited.said.edtf), f"{cited.pid}-v{cited.version}") if part)


def _whose(cited: CitedStatement) -> str:
    """The family or whole name in ASCII letters; the slug where the name is in another script."""
    if cited.speaker.is_unnamed:
        return "unnamed"
    return _ascii(cited.speaker.as_name.surname) or _ascii(cited.speaker.slug) or "statement"


def _when(edtf: str) -> str:
    """The date as it stands, without signs that file systems dislike: “by-2022-12-04” for an open start."""
    start, slash, end = re.sub(r"[?~%]", "", edtf).partition("/")
    start, end = start.strip("."), end.strip(".")
    if not slash:
        return start
    return "-".join(part for part in (start or "by", "to" if start and end else "", end or "on") if part)


def _ascii(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", folded.lower().replace("'", ""))[:_MAX].strip("-")
