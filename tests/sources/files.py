"""Makes small files of the kinds that are read, each in the plainest way its kind allows."""

import gzip
import zipfile
from io import BytesIO
from typing import Any

import docx
from pypdf import PdfReader, PdfWriter
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

WORDS = "“We must think about security,” he said on Saturday."


def page(*paragraphs: str, head: str = "", body: str = "") -> str:
    """An HTML page with an article of these paragraphs."""
    told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<!doctype html><html><head>{head}</head><body>{body}<article>{told}</article></body></html>"


def word(*paragraphs: str, **properties: str) -> bytes:
    """A DOCX of these paragraphs."""
    made = docx.Document()
    for name, value in properties.items():
        setattr(made.core_properties, name, value)
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def archive_with(data: bytes, **members: bytes) -> bytes:
    """The ZIP file `data` with further or other members; two underscores in a name stand for a slash."""
    out = BytesIO()
    changed = {name.replace("__", "/"): value for name, value in members.items()}
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename not in changed:
                new.writestr(member.filename, old.read(member))
        for name, value in changed.items():
            new.writestr(name, value)
    return out.getvalue()


def pdf(*pages: str, title: str = "", password: str | None = None) -> bytes:
    """A PDF whose pages show these lines (ASCII), locked where a password is given."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for text in pages:
        lines = b" ".join(b"(%b) Tj T*" % line.encode() for line in text.split("\n"))
        content = b"BT /F1 10 Tf 12 TL 50 700 Td %b ET" % lines
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        kids.append(b"%d 0 R" % (len(objects) + 1))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    objects[1] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b" ".join(kids), len(kids))
    return _finished(_numbered(objects), title, password)


def _numbered(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (size, table, tail)


def _finished(data: bytes, title: str, password: str | None) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    if title:
        writer.add_metadata({"/Title": title})
    if password is not None:
        writer.encrypt(password, "the owner's", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def web_archive(body: bytes, *, packed: bool = True, **headers: str) -> bytes:
    """A WARC of one page; see `records` for what may be told of it."""
    return records({"body": body, **headers}, packed=packed)


def records(*pages: dict[str, Any], packed: bool = True) -> bytes:
    """A WARC of pages: body, and as wanted url, status, type, date and coding."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("test.warc", {"software": "tests"}))
    for one in pages:
        told = [("Content-Type", one.get("type", "text/html; charset=utf-8"))]
        told += [("Content-Encoding", one["coding"])] if "coding" in one else []
        record = writer.create_warc_record(
            one.get("url", "https://daily.example/article"),
            "response",
            payload=BytesIO(one["body"]),
            length=len(one["body"]),
            http_headers=StatusAndHeaders(one.get("status", "200 OK"), told, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": one.get("date", "2022-12-04T10:00:00Z")},
        )
        writer.write_record(record)
    return out.getvalue()


def bomb(size: int = 300_000_000) -> bytes:
    """A gzip file that unpacks to so many zeros."""
    out = BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as file:
        for _ in range(size // 1_000_000):
            file.write(bytes(1_000_000))
    return out.getvalue()
