"""What a page's head tells reference managers: what Zotero's translator reads as one web page by the speaker.

Neither `citation_title` nor `citation_author`, which make it a journal article; `citation_public_url`, because the
canonical address, which it would save otherwise, loses the version.
"""

from quotes import dates
from quotes.citing.present import Present, titled
from quotes.citing.record import CitedStatement
from quotes.citing.road import publisher, relays, road, title

_NESTED = str.maketrans("“”", "‘’")


def metadata(cited: CitedStatement, present: Present | None = None) -> list[tuple[str, str]]:
    """Names and contents of the meta elements; what is unknown has none."""
    known = [
        ("z:itemType", "webpage"),
        ("DC.title", titled(title(cited, cited.short_words), present)),
        ("DC.creator", cited.author.inverted if cited.author else ""),
        ("citation_date", _date(cited.said.edtf)),
        ("citation_public_url", cited.version_url),
        ("DC.language", cited.language),
        ("DC.description", description(cited)),
    ]
    return [(name, content) for name, content in known if content]


def description(cited: CitedStatement) -> str:
    """“Quoted by TASS in “Macron on security”, 4 December 2022.”, or the road where nothing of that is known."""
    document = cited.source.document
    carrier = publisher(cited) or next(iter(relays(cited)), "")
    verb = "Reported" if cited.mode == "indirect" else "Quoted"
    if not (carrier or document.title):
        phrase = road(cited)
        return f"{phrase[:1].upper()}{phrase[1:]}."
    by = f" by {carrier}" if carrier else ""
    where = f" in “{document.title.translate(_NESTED)}”" if document.title else ""
    return f"{verb}{by}{where}" + (f", {dates.display(document.published)}." if document.published else ".")


def _date(edtf: str) -> str:
    """A plain date as it stands, any other in words: a program would read “2021-12?” as it pleases."""
    return edtf if not edtf or dates.read(edtf).is_simple else dates.display(edtf)
