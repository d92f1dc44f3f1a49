"""The prose styles: each arranges a `Work` as its manual says. “Cite this record” and “Cite the source document”.

APA 7 and MLA 9 cite the work consulted and name the speaker in the text (“as cited in”, “qtd. in”); Chicago names both
(“quoted in”). Titles are never recased: no style may falsify somebody's words.
"""

from collections.abc import Callable
from dataclasses import dataclass

from quotes.citing import rich
from quotes.citing.present import Present
from quotes.citing.record import CitedStatement
from quotes.citing.rich import Citation, Rich
from quotes.citing.styles import apa, chicago, harvard, mla, numeric
from quotes.citing.styles.voice import Voice
from quotes.citing.works import Work, document_work, record_work


@dataclass(frozen=True)
class Style:
    """A style: how it writes a reference, how the text points to it, and how it names somebody quoted in it."""

    key: str
    label: str
    reference: Callable[[Work], Rich]
    in_text: Callable[[Work], str]
    second_hand: Callable[[Voice, Work], str]


STYLES: tuple[Style, ...] = (
    Style("apa", "APA", apa.reference, apa.in_text, apa.second_hand),
    Style("mla", "MLA", mla.reference, mla.in_text, mla.second_hand),
    Style("chicago", "Chicago author-date", chicago.author_date, chicago.in_text, chicago.second_hand),
    Style("chicago-notes", "Chicago notes", chicago.note, chicago.short_note, chicago.second_hand_note),
    Style("harvard", "Harvard", harvard.reference, harvard.in_text, harvard.second_hand),
    Style("ieee", "IEEE", numeric.ieee, numeric.ieee_in_text, numeric.ieee_second_hand),
    Style("vancouver", "Vancouver", numeric.vancouver, numeric.vancouver_in_text, numeric.vancouver_second_hand),
)


def cite_record(style: Style, cited: CitedStatement, present: Present | None = None) -> Citation:
    """The reference to this version of the record, with the day it was read where the style asks for that."""
    work = record_work(cited, present)
    return _citation(style.reference(work), style.in_text(work))


def cite_document(style: Style, cited: CitedStatement) -> Citation:
    """The reference to the document that was read, and the phrase that says whose words are quoted from it."""
    work = document_work(cited)
    return _citation(style.reference(work), style.second_hand(Voice.of(cited), work))


def write(style: Style, cited: CitedStatement, present: Present | None = None) -> str:
    """Both citations as a text file, each with its in-text phrase; then what became of the statement."""
    record, document = cite_record(style, cited, present), cite_document(style, cited)
    since = "\n" + "".join(f"{line}\n" for line in present.lines) if present else ""
    return (
        f"This record ({style.label})\n{record.text}\nIn the text: {record.in_text}\n\n"
        f"The source document ({style.label})\n{document.text}\nIn the text: {document.in_text}\n"
        f"{since}"
    )


def write_page(style: Style, cited: CitedStatement, present: Present | None = None) -> str:
    """The same as a small page, with the italics that the style asks for: to paste into a text."""
    record, document = cite_record(style, cited, present), cite_document(style, cited)
    title = f"{rich.html([cited.speaker.name])}, {style.label}"
    since = "".join(f"<p>{rich.html([line])}</p>\n" for line in present.lines) if present else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>\n<body>\n'
        f"<h1>This record</h1>\n{_in_html(record)}<h1>The source document</h1>\n{_in_html(document)}{since}"
        "</body>\n</html>\n"
    )


def _in_html(citation: Citation) -> str:
    return f"<p>{citation.html}</p>\n<p>In the text: {rich.html([citation.in_text])}</p>\n"


def _citation(reference: Rich, in_text: str) -> Citation:
    return Citation(rich.plain(reference), rich.html(reference), in_text)
