"""BibLaTeX: the record as `@online` and the document as its related entry (biblatex manual, 3.4 and 4.5.1).

Dates are EDTF, which biblatex reads itself. Values are UTF-8 with TeX's own characters escaped; what must keep its
capitals stands in a second pair of braces.
"""

from collections.abc import Mapping

from quotes.citing.file_names import stem
from quotes.citing.names import Name
from quotes.citing.present import Present
from quotes.citing.record import PUBLICATION, CitedStatement
from quotes.citing.road import road
from quotes.citing.works import Work, document_work

_TEX = str.maketrans(
    {
        "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
        # Not \{ and \}: BibTeX counts braces, escaped or not, and an odd one would swallow the rest of the file.
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip
_URL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})
_DOCUMENT_TYPES = {"official_paper": "report", "press_release": "online", "post": "online"}


def write(cited: CitedStatement, present: Present | None = None) -> str:
    """Both entries; the first names the second as the one it is quoted in."""
    key = stem(cited)
    return _entry("online", key, _record(cited, key) | _today(present)) + "\n" + _document(cited, f"{key}-source")


def tex(text: str) -> str:
    """Text with TeX's special characters escaped, on one line."""
    return " ".join(text.split()).translate(_TEX)


def _record(cited: CitedStatement, key: str) -> dict[str, str]:
    return {
        "author": _author(cited.author),
        "title": f"{{{tex(cited.short_words)}}}",
        "titleaddon": tex(road(cited)),
        "date": cited.said.edtf,
        "organization": PUBLICATION,
        "version": str(cited.version),
        "url": cited.version_url.translate(_URL),
        "language": cited.language,
        "abstract": tex(cited.words) if cited.is_shortened else "",
        "related": f"{key}-source",
        "relatedstring": "Quoted in" if cited.mode != "indirect" else "Reported in",
    }


def _today(present: Present | None) -> dict[str, str]:
    """When it was read, its corrections as a note, a retraction as what a bibliography prints last."""
    if present is None:
        return {}
    return {
        "urldate": present.read_on.isoformat(),
        "note": tex(" ".join(one.sentence for one in present.corrections)),
        "addendum": tex(present.retraction.sentence) if present.retraction else "",
    }


def _document(cited: CitedStatement, key: str) -> str:
    work = document_work(cited)
    kind = _DOCUMENT_TYPES.get(cited.source.document.kind, "article" if work.container else "online")
    if kind == "online" and not work.url:
        kind = "misc"
    return _entry(kind, key, _document_fields(work, kind) | {"language": cited.source.document.language})


def _document_fields(work: Work, kind: str) -> dict[str, str]:
    carrier = {"article": "journaltitle", "report": "institution"}.get(kind, "organization")
    return {
        "author": _author(work.author),
        "title": f"{{{tex(work.title)}}}",
        carrier: tex(work.container),
        "entrysubtype": "newspaper" if kind == "article" else "",
        "date": work.issued.edtf,
        "url": work.url.translate(_URL),
    }


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def _author(name: Name | None) -> str:
    """“von der Leyen, Ursula”; a whole name, and a particle that doesn't start small, are held together by braces."""
    if name is None:
        return ""
    if not name.family:
        return f"{{{tex(name.whole)}}}"
    surname = tex(name.surname)
    if name.particle[:1].isupper() or (not name.particle and " " in name.family) or " and " in surname:
        surname = f"{{{surname}}}"
    return f"{surname}, {tex(name.given)}" if name.given else f"{{{surname}}}"
