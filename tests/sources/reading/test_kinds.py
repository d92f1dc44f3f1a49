"""What a document is, is decided by what is in it."""

import gzip
import zipfile
from io import BytesIO

import pytest

from sources.reading import CannotRead, Hints, Kind, read
from sources.reading.errors import Damaged, Empty, NoText, NoWords, TooLarge, UnknownKind
from tests.sources import files
from tests.sources.files import WORDS

KINDS = {
    Kind.PLAIN: WORDS.encode(),
    Kind.HTML: files.page(WORDS).encode(),
    Kind.MARKDOWN: f"# A heading\n\n{WORDS}".encode(),
    Kind.DOCX: files.word(WORDS),
    Kind.PDF: files.pdf("We must think about security, he said."),
    Kind.WARC: files.web_archive(files.page(WORDS).encode(), packed=False),
    Kind.PACKED_WARC: files.web_archive(files.page(WORDS).encode()),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_read(kind):
    reading = read(KINDS[kind])
    assert reading.media_type == kind
    assert "We must think about security" in reading.text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["article.pdf", "article.exe", "", "article.txt"])
def test_a_wrong_name_is_no_obstacle(kind, name):
    assert read(KINDS[kind], Hints(name=name)).media_type == kind


@pytest.mark.parametrize("kind", KINDS)
def test_the_original_is_kept_untouched(kind):
    assert read(KINDS[kind]).original == KINDS[kind]


def zipped(**members):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


REFUSED = {
    "nothing": (b"", Empty, "nothing in it"),
    "spaces": (b" \r\n\t", Empty, "nothing in it"),
    "a byte order mark alone": (b"\xef\xbb\xbf", Empty, "nothing in it"),
    "binary data": (bytes(range(256)) * 20, UnknownKind, "binary data"),
    "zeros": (bytes(2000), UnknownKind, "binary data"),
    "quotation marks alone": ("“”„“«»\"'\n—".encode(), NoWords, "no word in it"),
    "underscores alone": (b"____", NoWords, "no word in it"),
    "a picture": (b"\x89PNG\r\n\x1a\n....", UnknownKind, "a picture"),
    "a film": (b"\0\0\0\x18ftypmp42", UnknownKind, "recording"),
    "an old Office file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", UnknownKind, "Save it as .docx"),
    "RTF": (b"{\\rtf1 Hello}", UnknownKind, "rich-text"),
    "XML": (b"<?xml version='1.0'?><feed><a>Hello</a></feed>", UnknownKind, "an XML file"),
    "a picture that is text": (b"<svg xmlns='x'><text>Hello</text></svg>", UnknownKind, "an XML file"),
    "a ZIP": (zipped(article=b"Hello"), UnknownKind, "a ZIP archive"),
    "a spreadsheet": (zipped(**{"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), UnknownKind, "no DOCX"),
    "gzip": (gzip.compress(WORDS.encode()), UnknownKind, "no web archive"),
    "what begins like a ZIP": (b"PK\x03\x04 and no more", Damaged, "damaged"),
    "what begins like gzip": (b"\x1f\x8b and no more", Damaged, "damaged"),
    "what begins like PDF": (b"%PDF-1.7 and no more", Damaged, "damaged"),
    "what begins like WARC": (b"WARC/1.0 and no more", CannotRead, ""),
    "a page without text": (b"<html><body><script>write()</script></body></html>", NoText, "scripts may fill it"),
    "20 MB": (b"All work. " * 2_000_000, TooLarge, "larger than 10 MB"),
}


@pytest.mark.parametrize(("data", "refusal", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_can_t_be_read_is_refused_with_what_to_do(data, refusal, message):
    with pytest.raises(refusal) as refused:
        read(data)
    assert message in str(refused.value)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("kind", [Kind.DOCX, Kind.PDF, Kind.PACKED_WARC])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_that_was_cut_off_is_refused_or_read_but_never_breaks(kind, share):
    data = KINDS[kind]
    try:
        reading = read(data[: int(len(data) * share)])
    except CannotRead:
        return
    assert reading.text


@pytest.mark.parametrize("text", ["BMW said it will stay.", "MZ is a code.", "RIFF raff, he said."])
def test_a_text_that_begins_like_something_else_is_a_text(text):
    assert read(text.encode()).text == text


def test_a_text_that_tells_about_pdf_is_a_text():
    text = "A file of this kind begins with %PDF-1.4, he said."
    assert read(text.encode()).media_type == Kind.PLAIN


def test_markdown_by_its_name_needs_no_marks_in_it():
    assert read(WORDS.encode(), Hints(name="A.MD")).media_type == Kind.MARKDOWN


def test_a_plain_text_with_dashes_and_stars_is_not_taken_for_markdown():
    text = "- Advertisement -\n* * *\nHe said: “5 * 3 is 15.”"
    assert read(text.encode()).text == text
