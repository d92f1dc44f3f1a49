"""What a reference list names: the record of a statement, or the document its words stand in."""

from dataclasses import dataclass
from typing import Literal

from quotes.citing import dating, shortening
from quotes.citing.dating import Dated
from quotes.citing.names import Name
from quotes.citing.present import Present, titled
from quotes.citing.record import PUBLICATION, CitedDocument, CitedStatement
from quotes.citing.road import publisher, title

KINDS = {
    "article": "Article",
    "interview": "Interview",
    "broadcast": "Broadcast",
    "press_release": "Press release",
    "official_paper": "Official paper",
    "post": "Post",
    "dispatch": "Agency dispatch",
    "reconstruction": "Reconstructed document",
}


@dataclass(frozen=True)
class Work:
    """A work in parts that every style can arrange; unknown parts are empty.

    `quoted_title` is the title as it reads inside double marks. `is_described` says that the title is unknown and a
    description in square brackets stands for it. `short_title` is for in-text citations without an author. `accessed`
    is the day the record was read, where that is to be told; nobody here knows when a reader read the document.
    """

    kind: Literal["record", "document"]
    author: Name | None
    title: str
    quoted_title: str
    short_title: str
    container: str
    issued: Dated
    url: str
    is_described: bool = False
    accessed: Dated = dating.UNKNOWN

    @property
    def is_record(self) -> bool:
        """Whether it is this site's record of the statement."""
        return self.kind == "record"


def record_work(cited: CitedStatement, present: Present | None = None) -> Work:
    """The record: the speaker is the author, the first words and the road are the title."""
    if ("record", present) not in cited.made:
        cited.made["record", present] = _record(cited, present)
    work: Work = cited.made["record", present]
    return work


def _record(cited: CitedStatement, present: Present | None) -> Work:
    return Work(
        kind="record",
        author=cited.author,
        title=titled(title(cited, cited.short_words), present),
        quoted_title=titled(title(cited, shortening.nested(cited.short_spans)), present),
        short_title=_in_marks(shortening.nested(shortening.shortened(cited.spans, words=5, letters=50))),
        container=PUBLICATION,
        issued=dating.read(cited.said.edtf),
        url=cited.version_url,
        accessed=dating.read(present.read_on.isoformat() if present else ""),
    )


def document_work(cited: CitedStatement) -> Work:
    """The document that was read. Its byline is one whole name: the record doesn't guess which part is the family's."""
    if "document" not in cited.made:
        cited.made["document"] = _document(cited)
    work: Work = cited.made["document"]
    return work


def _document(cited: CitedStatement) -> Work:
    document = cited.source.document
    name = document.title or description(document)
    return Work(
        kind="document",
        author=Name(document.author) if document.author else None,
        title=name,
        quoted_title=_turned(name),
        short_title=_in_marks(_turned(shortening.shortened_text(name, 5, 50))) if document.title else name,
        container=publisher(cited),
        issued=dating.read(document.published),
        url=document.url,
        is_described=not document.title,
    )


def description(document: CitedDocument) -> str:
    """What stands for a title that isn't known: “[Article, title unknown]”."""
    return f"[{KINDS.get(document.kind, 'Document')}, title unknown]"


def _in_marks(text: str) -> str:
    return f"“{text}”"


def _turned(text: str) -> str:
    """A title's own double marks as single ones."""
    return text.replace("“", "‘").replace("”", "’")
