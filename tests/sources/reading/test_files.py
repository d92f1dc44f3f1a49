"""What is read of Word documents, PDF, Markdown, plain text and web archives."""

import datetime as dt

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sources.reading import Hints, Kind, read, read_pasted
from sources.reading.errors import NoText
from tests.sources import files
from tests.sources.files import WORDS


def test_a_word_document_is_read_paragraph_by_paragraph():
    reading = read(files.word(WORDS, "", "Second."))
    assert reading.text == f"{WORDS}\nSecond."


def test_a_word_document_tells_title_and_author():
    reading = read(files.word(WORDS, title="A title", author="Ann Lee", language="fr-FR"))
    assert (reading.title, reading.author, reading.language) == ("A title", "Ann Lee", "fr-FR")


def test_insertions_are_read_deletions_are_not_and_tables_are():
    revised = (
        f"<w:p {nsdecls('w')}><w:r><w:t>He said </w:t></w:r><w:ins><w:r><w:t>yes</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>no</w:delText></w:r></w:del></w:p>"
    )
    cell = f"<w:tbl {nsdecls('w')}><w:tr><w:tc><w:p><w:r><w:t>In a table</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    body = "".join(part.xml if hasattr(part, "xml") else part for part in (revised, cell))
    assert parse_xml(revised) is not None
    document = f"<w:document {nsdecls('w')}><w:body>{body}</w:body></w:document>"
    data = files.archive_with(files.word(WORDS), **{"word__document.xml": document.encode()})
    assert read(data).text == "He said yes\nIn a table"


def test_a_word_document_without_text_is_refused():
    with pytest.raises(NoText):
        read(files.word(""))


def test_lines_of_a_pdf_are_joined_into_paragraphs():
    lines = ["The minister said that he would not go there, and that", "nobody else would go in his place, he said."]
    reading = read(files.pdf("\n".join([*lines, "Short."]), "Another page with a paragraph of its own."))
    assert reading.text.split("\n") == [" ".join(lines), "Short.", "Another page with a paragraph of its own."]
    assert any("PDF" in warning for warning in reading.warnings)


@pytest.mark.parametrize(("said", "kept"), [("A real title", "A real title"), ("Microsoft Word - x.doc", "")])
def test_a_pdf_s_title_counts_unless_a_program_made_it(said, kept):
    assert read(files.pdf("Words here.", title=said)).title == kept


def test_a_heading_in_a_pdf_is_a_line_of_its_own():
    reading = read(files.pdf("A heading\nThe minister said that he would not go there, and that\nnobody would."))
    assert reading.text == "A heading\nThe minister said that he would not go there, and that nobody would."


def test_a_pdf_without_text_is_refused():
    with pytest.raises(NoText) as refused:
        read(files.pdf(""))
    assert "text recognition" in str(refused.value)


def test_markdown_loses_its_marks_and_keeps_its_paragraphs():
    reading = read_pasted(
        f"# A *title*\n\n{WORDS}\nSame paragraph.\n\n> Quoted [there](https://daily.example/).\n\n- One\n- Two"
    )
    assert reading.media_type == Kind.MARKDOWN
    assert reading.title == "A title"
    assert reading.text == f"A title\n{WORDS} Same paragraph.\nQuoted there.\nOne\nTwo"


def test_markdown_may_say_about_itself_in_front():
    front = "---\ntitle: “A title”\nauthor: Ann Lee\ndate: 2022-12-04\nlang: en-GB\nurl: https://daily.example/a\n---\n"
    reading = read(f"{front}\n{WORDS}\n\n# Heading".encode(), Hints(name="a.md"))
    assert (reading.title, reading.author, reading.published) == ("“A title”", "Ann Lee", "2022-12-04")
    assert (reading.language, reading.url) == ("en-GB", "https://daily.example/a")
    assert reading.text == f"{WORDS}\nHeading"


def test_scripts_in_markdown_are_no_text():
    assert read(f"{WORDS}\n\n<script>steal()</script>\n".encode(), Hints(name="a.md")).text == WORDS


def test_plain_text_is_kept_as_it_is():
    text = "First paragraph.\n\n  “Second,” he said.  \nThird."
    assert read_pasted(text).text == text


def test_lines_broken_at_a_width_are_joined():
    first = ["The president said in an interview with the television that the", "thought of."]
    first.insert(1, "security structure under which all of us will live tomorrow is")
    second = [
        "He went on to say that this issue will be part of discussions",
        "about the peace, for which all must prepare.",
    ]
    reading = read_pasted("\n".join(first) + "\n\n" + "\n".join(second))
    assert reading.text == " ".join(first) + "\n" + " ".join(second)
    assert any("joined" in warning for warning in reading.warnings)


def test_verse_and_short_lines_are_not_joined():
    text = "Roses are red,\nviolets are blue,\n\nso it is said\nby one or by two."
    assert read_pasted(text).text == text


def test_a_web_archive_tells_where_and_when_its_page_was_archived():
    reading = read(
        files.web_archive(files.page(WORDS).encode(), url="https://www.daily.example/a", date="2022-12-05T06:07:08Z")
    )
    assert reading.text == WORDS
    assert (reading.url, reading.domain) == ("https://www.daily.example/a", "daily.example")
    assert reading.taken_at == dt.datetime(2022, 12, 5, 6, 7, 8, tzinfo=dt.UTC)


def test_the_first_page_that_was_answered_well_is_read():
    reading = read(
        files.records(
            {"body": b"Not found", "status": "404 Not Found", "url": "https://daily.example/no"},
            {"body": b"body{}", "type": "text/css"},
            {"body": files.page(WORDS).encode()},
            {"body": files.page("Another page.").encode()},
        )
    )
    assert reading.text == WORDS
    assert any("1 more" in warning for warning in reading.warnings)


def test_a_pdf_in_a_web_archive_is_read():
    assert read(files.web_archive(files.pdf("Words of a PDF."), type="application/pdf")).text == "Words of a PDF."


def test_a_web_archive_without_a_page_is_refused():
    with pytest.raises(NoText):
        read(files.web_archive(b"body{}", type="text/css"))
