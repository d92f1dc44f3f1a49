"""CSL-JSON: the record as a `webpage`, the document it was read in as a second item.

The title carries the first words and the road, inside `<span class="nocase">` so that no style recases them; the whole
words are the `abstract`. There is no `version` (some styles would drop it): the URL holds it. `custom.said` keeps the
EDTF text where CSL can say less, and `custom.status` whether it was retracted: styles print CSL's own `status` before
the date (“retracted December 3”), which says something else.
"""

import re
from typing import Any

from quotes.citing import dating
from quotes.citing.indenting import indented
from quotes.citing.names import Name
from quotes.citing.present import Present
from quotes.citing.record import CitedStatement
from quotes.citing.works import Work, document_work, record_work
from quotes.spans import balanced

DOCUMENT_TYPES = {
    "broadcast": "broadcast",
    "official_paper": "report",
    "post": "post",
    "press_release": "webpage",
}
# CSL processors read these as formatting wherever they stand; a word joiner keeps somebody's “<i>” a text.
_MARKUP = re.compile(r"<(?=/?(?:i|b|sub|sup|sc|span)\b)")
_MARK = re.compile(r"(‘|(?<=\w)’(?!\w))")
_JOINER = "\u2060"


def write(cited: CitedStatement, present: Present | None = None) -> str:
    """Both items as a JSON array."""
    return indented([record_item(cited, present), document_item(cited)]) + "\n"


def record_item(cited: CitedStatement, present: Present | None = None) -> dict[str, Any]:
    """Item 1, this version of the record, as it stands on the day it is read."""
    item = _item(record_work(cited, present), f"{cited.pid}-v{cited.version}", "webpage")
    note = " ".join(present.sentences) if present else ""
    status = {"status": present.status} if present else {}
    return (
        item
        | {"abstract": cited.line, "language": cited.language}
        | ({"note": _unmarked(note)} if note else {})
        | {"custom": {"said": cited.said.edtf, **status}}
    )


def document_item(cited: CitedStatement) -> dict[str, Any]:
    """Item 2, the document; what isn't known of it is left out."""
    document = cited.source.document
    kind = DOCUMENT_TYPES.get(document.kind, "article-newspaper")
    item = _item(document_work(cited), f"{cited.pid}-v{cited.version}-source", kind)
    return item | ({"language": document.language} if document.language else {})


def _item(work: Work, key: str, kind: str) -> dict[str, Any]:
    issued = _issued(work.issued)
    return {
        "id": key,
        "type": kind,
        **({"author": [_name(work.author)]} if work.author else {}),
        "title": _uncased(work.title),
        **({"container-title": work.container} if work.container else {}),
        **({"issued": issued} if issued else {}),
        **({"accessed": _issued(work.accessed)} if work.accessed.ends else {}),
        **({"URL": work.url} if work.url else {}),
    }


def _uncased(title: str) -> str:
    """A title that no style recases.

    Processors print the tag itself where a title's marks don't pair, so such a title goes without.
    """
    text = _straightened(_unmarked(title))
    return f'<span class="nocase">{text}</span>' if balanced(text) else text


def _unmarked(text: str) -> str:
    return _MARKUP.sub(f"<{_JOINER}", text)


def _straightened(text: str) -> str:
    """The text with a straight apostrophe at a word's end (“the parties’ bridge”), which no processor takes for a mark.

    They print it curly. A single mark that closes a quotation stays as it is.
    """
    depth, shown = 0, []
    for mark in _MARK.split(text):
        closes = mark == "’" and depth > 0
        shown.append("'" if mark == "’" and not closes else mark)
        depth += (mark == "‘") - closes
    return "".join(shown)


def _name(name: Name) -> dict[str, str]:
    if not name.family:
        return {"literal": _unmarked(name.whole)}
    parts = {"family": name.family, "given": name.given, "non-dropping-particle": name.particle}
    return {key: _unmarked(value) for key, value in parts.items() if value}


def _issued(date: dating.Dated) -> dict[str, Any]:
    if date.literal:
        return {"literal": date.literal}
    if not date.ends:
        return {}
    return {
        "date-parts": [list(end) for end in date.ends],
        **({"season": date.season} if date.season else {}),
        **({"circa": True} if date.doubtful else {}),
    }
