"""Documents that are made to harm are refused before memory or time is gone."""

import gzip
import itertools
import resource
import time
import zipfile
from contextlib import suppress
from io import BytesIO

import brotli
import pytest
from docx.oxml.ns import nsdecls

from sources.reading import Limits, read, read_chunks
from sources.reading.errors import (
    Bomb,
    CannotRead,
    Locked,
    TooLarge,
    TooLong,
    TooManyPages,
    TooManyTags,
    UnknownKind,
)
from tests.sources import files
from tests.sources.files import WORDS

pytestmark = pytest.mark.slow
GROWTH = 200_000_000


@pytest.fixture(autouse=True)
def bounded_memory():
    """However hostile the document, this process may not grow by much."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < GROWTH


def test_a_gzip_bomb_is_refused():
    with pytest.raises(Bomb):
        read(files.bomb())


def test_a_bomb_of_many_small_members_is_refused():
    with pytest.raises(Bomb):
        read(gzip.compress(bytes(1_000_000)) * 200)


def test_a_zip_bomb_as_docx_is_refused():
    with pytest.raises(Bomb) as refused:
        read(files.archive_with(files.word(WORDS), word__media__image=bytes(60_000_000)))
    assert "unpacking was stopped" in str(refused.value)


def test_a_docx_that_lies_about_its_size_is_refused():
    data = files.archive_with(files.word(WORDS), word__document_xml_=bytes(3_000_000))
    packed = zipfile.ZipFile(BytesIO(data)).getinfo("word/document_xml_")
    small = data.replace(packed.file_size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert small != data
    # What it says is all that is unpacked of it: 10 bytes, which nobody asks for.
    assert read(small).text == WORDS


def test_entities_of_a_docx_are_not_expanded():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    document = (
        f'<!DOCTYPE w [<!ENTITY e0 "ha">{entities}]>'
        f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>&e8;</w:t></w:r></w:p></w:body></w:document>"
    )
    with pytest.raises(CannotRead):
        read(files.archive_with(files.word(WORDS), **{"word__document.xml": document.encode()}))


def test_a_web_archive_whose_page_is_a_bomb_is_refused():
    for coding, data in (("gzip", files.bomb()), ("br", brotli.compress(bytes(80_000_000), quality=5))):
        with pytest.raises(Bomb):
            read(files.web_archive(data, coding=coding))


def test_an_archive_in_an_archive_is_refused():
    inner = files.web_archive(files.page(WORDS).encode())
    with pytest.raises(UnknownKind) as refused:
        read(files.web_archive(inner))
    assert "inside an archive" in str(refused.value)


def test_a_stream_that_never_ends_is_cut_and_refused():
    endless = itertools.repeat(b"All work and no play. " * 1000)
    with pytest.raises(TooLarge):
        read_chunks(endless)


def test_a_stream_that_ends_in_time_is_read():
    assert read_chunks([WORDS[:10].encode(), WORDS[10:].encode()]).text == WORDS


def test_a_text_longer_than_is_kept_is_refused():
    with pytest.raises(TooLong):
        read(b"All work. " * 250_000)


def test_a_page_of_too_many_tags_is_refused_with_what_to_do():
    with pytest.raises(TooManyTags) as refused:
        read("<p><mark>“Yes,”</mark> he said.</p>".encode() * 38_000)
    assert "more than 150,000 tags" in str(refused.value)
    assert "paste its text" in str(refused.value)


def test_a_locked_pdf_is_refused():
    with pytest.raises(Locked) as refused:
        read(files.pdf("Secret words.", password="secret"))
    assert "password" in str(refused.value)


def test_a_pdf_that_is_locked_against_printing_alone_is_read():
    assert "Public words" in read(files.pdf("Public words.", password="")).text


def test_a_pdf_of_too_many_pages_is_refused():
    with pytest.raises(TooManyPages) as refused:
        read(files.pdf("One.", "Two.", "Three."), limits=Limits(pages=2))
    assert "3 pages" in str(refused.value)


HOSTILE = {
    "a paragraph of 200,000 characters": files.page("He said “yes” to it. " * 10_000),
    "a plain line of 200,000 characters": "He said “yes” to it. " * 10_000,
    "deep nesting": "<div>" * 100_000 + WORDS,
    "many comments": "<p>" + "<!---->" * 100_000 + WORDS,
    "comments before nothing": "<!---->" * 50_000 + "x",
    "many attributes": "<p " + "a=b " * 300_000 + f">{WORDS}",
    "many paragraphs": files.page(*["word"] * 60_000),
    "many words set off in one paragraph": files.page("<em>word</em> " * 30_000),
    "many words set off in several paragraphs": files.page(*["<em>word</em> " * 9_000] * 4),
    "many brackets": "[" * 500_000 + WORDS,
    "many hashes": "# " * 200_000,
    "many open tags": "<p " * 200_000,
    "many entities": "<p>" + "&amp;" * 200_000,
    "ten megabytes of paragraphs": "<html><body>" + "<p>a" * 2_400_000,
    "ten megabytes of scripts": "<html><body>" + WORDS + "<script>1</script>" * 550_000,
    "many links": "[a](https://x) *b*\n\n" * 100_000,
    "many quotation marks": "“" * 500_000 + "words",
    "many blank lines": "words\n" + "\n" * 1_000_000 + "words",
    "many slashes": "/" * 300_000 + " words",
}


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_takes_no_longer_than_a_moment(text):
    started = time.process_time()
    with suppress(CannotRead):
        read(text.encode())
    assert time.process_time() - started < 8
