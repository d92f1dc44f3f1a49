"""Text fragments: an address that opens the source at the exact words (WICG, Scroll to Text Fragment).

`#:~:text=prefix-,start,end,-suffix`: everything but letters and digits is percent-encoded, `-` and `,` above all, as
they part the directive. Context must touch the words and consist of whole words.
"""

import re
from urllib.parse import quote, urldefrag

from quotes.citing.record import CitedStatement

MAX_EXACT, EDGE_WORDS, CONTEXT_WORDS = 200, 6, 4
# French printers set a narrow no-break space (U+202F) beside marks; browsers take it for a part of the word.
_SPACE = re.compile(r"[^\S\u202f]+")


def url(cited: CitedStatement) -> str:
    """The document's address with the words marked; empty where the document has no address or nothing is printed."""
    source = cited.source
    if not source.document.url or not source.printed.strip():
        return ""
    return address(source.document.url, source.printed, source.prefix, source.suffix)


def address(document_url: str, printed: str, prefix: str = "", suffix: str = "") -> str:
    """An address that opens a document at `printed`; `prefix` and `suffix` are what stands right beside it."""
    before, after = _before(prefix, printed), _after(suffix, printed)
    directive = ",".join(
        [*([f"{_encoded(before)}-"] if before else []), *_ends(printed), *([f"-{_encoded(after)}"] if after else [])]
    )
    bare, fragment = urldefrag(document_url)
    return f"{bare}#{fragment.partition(':~:')[0]}:~:text={directive}"


def _ends(printed: str) -> list[str]:
    """The words whole where they are short and in one paragraph; else their first and last few, as start and end."""
    paragraphs = [found for part in printed.split("\n") if (found := _words(part))]
    words = _words(printed)
    if len(paragraphs) == 1 and (len(printed) <= MAX_EXACT or len(words) <= EDGE_WORDS * 2):
        return [_encoded(printed)]
    return [_encoded(" ".join(paragraphs[0][:EDGE_WORDS])), _encoded(" ".join(paragraphs[-1][-EDGE_WORDS:]))]


def _before(prefix: str, printed: str) -> str:
    """The last whole words before, in the same paragraph; the first of all may be cut, and is dropped."""
    if _mid_word(prefix[-1:], printed[:1]):
        return ""
    words = _words(prefix.rpartition("\n")[2])
    return " ".join((words if "\n" in prefix else words[1:])[-CONTEXT_WORDS:])


def _after(suffix: str, printed: str) -> str:
    """The first whole words after, in the same paragraph; the last of all may be cut, and is dropped."""
    if _mid_word(printed[-1:], suffix[:1]):
        return ""
    words = _words(suffix.partition("\n")[0])
    return " ".join((words if "\n" in suffix else words[:-1])[:CONTEXT_WORDS])


def _mid_word(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum()


def _words(text: str) -> list[str]:
    return [word for word in _SPACE.split(text) if word]


def _encoded(text: str) -> str:
    """Percent-encoded, the unreserved - included; a run of white space is one space, as a page shows it."""
    return quote(" ".join(_words(text)), safe="").replace("-", "%2D")
