"""RIS (Research Information Systems, 2001 and later): `ELEC` for the record, `NEWS` for the document.

Lines end in CR LF, a value is one line, and unknown tags are left out. A date is YYYY/MM/DD/other with empty parts
where nothing is known; what isn't a date in numbers stands in the fourth part.
"""

from quotes.citing import dating
from quotes.citing.names import Name
from quotes.citing.present import Present, titled
from quotes.citing.record import PUBLICATION, CitedStatement
from quotes.citing.road import relays, road
from quotes.citing.works import document_work

Tags = list[tuple[str, str]]
_DOUBT = {"?": "uncertain", "~": "approximate", "%": "approximate and uncertain"}


def write(cited: CitedStatement, present: Present | None = None) -> str:
    """Both records, the statement's first."""
    return _record(cited, present) + "\r\n" + _document(cited)


def _record(cited: CitedStatement, present: Present | None) -> str:
    return _lines(
        "ELEC",
        [
            ("AU", _author(cited.author)),
            ("TI", titled(cited.short_words, present)),
            ("T2", PUBLICATION),
            *_dates(cited.said.edtf),
            ("Y2", f"{present.read_on:%Y/%m/%d}/" if present else ""),
            ("AB", cited.line if cited.is_shortened else ""),
            ("N1", road(cited)),
            *(("N1", sentence) for sentence in (present.sentences if present else [])),
            ("LA", cited.language),
            ("UR", cited.version_url),
            ("ID", f"{cited.pid}-v{cited.version}"),
        ],
    )


def _document(cited: CitedStatement) -> str:
    work, document = document_work(cited), cited.source.document
    agencies = [name for name in relays(cited) if name != work.container]
    return _lines(
        "NEWS",
        [
            ("AU", _author(work.author)),
            ("TI", work.title),
            ("T2", work.container),
            *_dates(document.published),
            ("N1", f"Relayed by {' and '.join(agencies)}" if agencies else ""),
            ("LA", document.language),
            ("UR", work.url),
            ("ID", f"{cited.pid}-v{cited.version}-source"),
        ],
    )


def _lines(kind: str, tags: Tags) -> str:
    values = [(tag, " ".join(value.split())) for tag, value in tags]
    shown = [f"{tag}  - {value}" for tag, value in [("TY", kind), *values] if value]
    return "\r\n".join([*shown, "ER  - ", ""])


def _author(name: Name | None) -> str:
    """“Macron, Emmanuel”; a whole name has no comma, as programs would take what follows for a given name."""
    if name is None:
        return ""
    return name.inverted if name.family else name.whole.replace(",", "")


def _dates(edtf: str) -> Tags:
    """PY and DA, as far as they are known; an interval, doubt and open ends are words in DA's last part."""
    dated = dating.read(edtf)
    if not dated.ends:
        return [("DA", f"///{dated.literal}" if dated.literal else "")]
    year, month, day, *_ = [f"{dated.ends[0][0]:04}", *(f"{part:02}" for part in dated.ends[0][1:]), "", ""]
    if len(dated.ends) > 1:
        return [("PY", year if dated.same_year else ""), ("DA", f"///{dating.day_first(dated)}")]
    other = dating.SEASONS[dated.season] or _DOUBT.get(edtf[-1], "")
    return [("PY", year), ("DA", f"{year}/{month}/{day}/{other}")]
