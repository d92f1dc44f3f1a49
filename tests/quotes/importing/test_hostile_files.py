"""Files made to harm, and files that chance makes, are opened as rows or refused with a reason."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from quotes.importing.errors import CannotImport
from quotes.importing.files import opened
from quotes.importing.judging import Seen, understand
from quotes.importing.mapping import as_they_are, guessed
from tests.hostile import ALL, BYTES, SURROGATES
from tests.quotes.importing import csv_file, row

CELLS = st.one_of(st.sampled_from([*ALL, *SURROGATES]), st.text(max_size=10))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | CELLS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CELLS, inner, max_size=3),
    max_leaves=5,
)
QUOTEBANK = ("quotation", "probas", "qids", "date", "urls", "quotations", "speaker", "quoteID", "articleID", "title")
HEADS = list(row())


def read(data):
    """All rows of a file, understood as their heads suggest; what can't be is refused, row by row or as a whole."""
    try:
        with opened(io.BytesIO(data)) as found:
            rows = list(found.rows)
            columns = guessed(found.heads, [one.cells for one in rows[:5]]) if found.heads else as_they_are()
    except CannotImport:
        return
    found = understand(rows, columns, Seen())
    assert len(found.wanted) + len(found.refused) == len(rows)
    assert all(refusal.reason for refusal in found.refused)


def workbook(*rows):
    book, written = Workbook(), io.BytesIO()
    for cells in (HEADS, *rows):
        book.active.append(cells)
    book.save(written)
    return written.getvalue()


# Made once: a workbook tells when it was written, so that two aren't the same bytes.
WHOLE = workbook(list(row().values()))


@pytest.mark.parametrize("text", ALL, ids=lambda text: ascii(text[:20]))
def test_every_string_in_every_cell(text):
    read(csv_file(dict.fromkeys(HEADS, text)))
    read(csv_file({**row(), text[:50] or "x": "1"}))
    read(json.dumps({**row(), "words": text, "speaker": text, text: [text]}).encode() + b"\n")


@pytest.mark.parametrize("raw", BYTES, ids=repr)
def test_bytes_that_are_no_text_anywhere_in_a_file(raw):
    whole = csv_file(row())
    for data in (raw, raw + whole, whole + raw, whole.replace(b"Macron", raw), json.dumps(row()).encode() + raw):
        read(data)


@settings(deadline=None, max_examples=40)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"\xff\xfe", b'{"a": 1}\n', b"a,b\n"]),
)
def test_any_bytes(data, start):
    read(start + data)


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(st.one_of(st.sampled_from([*QUOTEBANK, *HEADS]), CELLS), VALUES, max_size=6))
def test_any_object_as_json_lines(line):
    read(json.dumps(line).encode() + b"\n")


@pytest.mark.slow
@settings(deadline=None, max_examples=3_000)
@given(
    st.lists(st.dictionaries(st.one_of(st.sampled_from([*QUOTEBANK, *HEADS]), CELLS), VALUES, max_size=6), max_size=3)
)
def test_many_objects_as_json_lines(lines):
    read(b"".join(json.dumps(line).encode() + b"\n" for line in lines))


@pytest.mark.slow
@settings(deadline=None, max_examples=1_500)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=9), max_size=4), st.sampled_from(",;\t|"))
def test_many_tables(rows, delimiter):
    lines = [delimiter.join(HEADS), *(delimiter.join(cells) for cells in rows)]
    read("\n".join(lines).encode("utf-8", "surrogatepass"))


@pytest.mark.slow
@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_workbook_that_is_damaged_anywhere(data):
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    read(bytes(whole))
