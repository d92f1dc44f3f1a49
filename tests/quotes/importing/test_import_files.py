"""Files as they come: of every kind, in every encoding, and of no kind at all."""

import bz2
import csv
import datetime as dt
import gzip
import io
import zipfile

import pytest
from openpyxl import Workbook

from quotes.exporting.cells import harmless
from quotes.importing import files, workbook
from quotes.importing.errors import CannotImport
from quotes.importing.files import opened
from tests.quotes.importing import csv_file, json_file, row

AT_FIVE = dt.datetime(2022, 12, 3, 5)  # noqa: DTZ001  # a workbook knows of no zones


def read(data):
    """A file's kind, heads, warning and rows."""
    with opened(io.BytesIO(data)) as file:
        return file.kind, file.heads, file.warning, list(file.rows)


def refusal(data):
    with pytest.raises(CannotImport) as refused:
        read(data)
    return str(refused.value)


def sheet(*rows):
    book, written = Workbook(), io.BytesIO()
    for cells in rows:
        book.active.append(cells)
    book.save(written)
    return written.getvalue()


def test_csv_has_heads_and_rows_numbered_as_a_spreadsheet_does():
    kind, heads, warning, rows = read(b'words,speaker\n\xe2\x80\x9cYes.\xe2\x80\x9d,Jane Roe\n\n"a\nb",J\n')
    assert (kind, heads, warning) == ("csv", ["words", "speaker"], "")
    assert [(one.number, one.cells) for one in rows] == [
        (2, {"words": "“Yes.”", "speaker": "Jane Roe"}),
        (4, {"words": "a\nb", "speaker": "J"}),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_columns_may_be_parted_in_other_ways(delimiter):
    assert read(csv_file(row(1), delimiter=delimiter))[3][0].cells == row(1)


@pytest.mark.parametrize(
    ("encoding", "warned"), [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("cp1252", True)]
)
def test_encodings_are_recognised_and_a_guess_is_told(encoding, warned):
    _, heads, warning, rows = read(csv_file(row(1, speaker="Zoé Élan")).decode().encode(encoding))
    assert heads[0] == "words"
    assert (rows[0].cells["speaker"], bool(warning)) == ("Zoé Élan", warned)


def test_rows_of_another_width_say_so_and_stop_no_other():
    rows = read(b"words,speaker\na,b,c\nd\ne,f\n")[3]
    assert [one.wrong for one in rows] == [
        "It has 3 cells; the first row names 2 columns.",
        "It has 1 cells of 2: a quotation mark or a line break may be out of place.",
        "",
    ]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_what_the_exports_neutralise_comes_back_as_it_was(formula):
    written = io.StringIO()
    csv.writer(written).writerows([["words"], [harmless(formula)], ["'tis"]])
    assert [one.cells["words"] for one in read(written.getvalue().encode())[3]] == [formula, "'tis"]


def test_a_workbook_gives_days_numbers_and_truths_as_text():
    data = sheet(["words", "said", "n", "x", "y"], ["Yes.", AT_FIVE, 3.0, True, None], [], ["No."])
    kind, heads, _, rows = read(data)
    assert (kind, heads) == ("xlsx", ["words", "said", "n", "x", "y"])
    assert rows[0].cells == {"words": "Yes.", "said": "2022-12-03", "n": "3", "x": "yes", "y": ""}
    assert (rows[1].number, rows[1].cells["words"], rows[1].wrong) == (4, "No.", "")


def test_a_workbook_s_formulas_are_what_they_were_when_it_was_saved():
    assert read(sheet(["words"], ["=1+1"], ["Yes."]))[3][-1].cells == {"words": "Yes."}


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_packed_files_are_read(pack):
    assert read(pack(csv_file(row(1))))[3][0].cells == row(1)


def test_json_lines_are_texts_lists_are_parted_and_what_is_no_object_is_named():
    data = json_file({"words": "“Yes.”", "topics": ["a", "b"], "is_translation": False, "label": None})
    kind, heads, _, rows = read(data + b"[1]\n\nnonsense\n\xff\n")
    assert (kind, heads) == ("lines", ["words", "topics", "is_translation", "label"])
    assert rows[0].cells == {"words": "“Yes.”", "topics": "a; b", "is_translation": "no", "label": ""}
    assert [(one.number, one.wrong) for one in rows[1:]] == [
        (2, "This line is no JSON object."),
        (4, "This line is no JSON object."),
        (5, "This line is not UTF-8."),
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "nothing in it"),
        (b"  \n", "nothing in it"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old or locked Excel file"),
        (b"\x89PNG\r\n", "a picture"),
        (b"<html><p>Yes", "a web page"),
        (b"PAR1....", "Parquet"),
        (b"a\0b\0c,\0\n", "binary data"),
        (b",,\n1,2,3\n", "must name the columns"),
        (b"words,speaker,words\n", "Two columns are called “words”"),
        (b"[1, 2]\n", "No line of it is a JSON object"),
        (gzip.compress(b"words\nYes\n", mtime=0)[:-9], "can’t be unpacked"),
        (b"\x1f\x8bnonsense", "can’t be unpacked"),
        (b"PK\x03\x04nonsense", "no Excel workbook"),
        (b"words\n" + b"x" * 200_000 + b"\n", "can’t be read as CSV"),
        (",".join(f"c{n}" for n in range(300)).encode(), "300 columns"),
    ],
    ids=range(16),
)
def test_what_is_none_of_the_kinds_is_refused_with_why(data, why):
    assert why in refusal(data)


def test_another_kind_of_zip_is_no_workbook():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    assert "no Excel workbook" in refusal(written.getvalue())


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(monkeypatch):
    monkeypatch.setattr(files, "_LEAST_UNPACKED", 1000)
    assert "unpacks to more than" in refusal(gzip.compress(b"words\n" + b"a" * 5_000_000))


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(workbook, "_SMALL", 1000)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", " " * 3_000_000)
    assert "unpacks to more than" in refusal(written.getvalue())


def test_entities_of_a_workbook_s_xml_do_not_grow():
    bomb = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 50}">' for n in range(8)
    )
    good, written = sheet(["words"], ["Yes."]), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(written, "w") as target:
        for member in source.infolist():
            text = source.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                cell = "<row><c t='str'><v>&i;</v></c></row>"
                text = f"{bomb}]><worksheet><sheetData>{cell}</sheetData></worksheet>".encode()
            target.writestr(member, text)
    assert "can be read" in refusal(written.getvalue())


def test_a_file_that_is_too_large_is_refused_before_it_is_kept():
    with pytest.raises(CannotImport, match="50 MB"):
        files.check_size(files.MOST_BYTES + 1)
