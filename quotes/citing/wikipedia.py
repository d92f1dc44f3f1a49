"""Wikipedia: a reference to the document in Citation Style 1, then one to this version of the record.

`{{cite interview}}` is for question-and-answer interviews, `{{cite press release}}` for releases, `{{cite web}}` for
websites and platforms, `{{cite news}}` for the rest. The article's own prose says who spoke and when. Templates show a
red error for a date they can't read: what has no form in Citation Style 1 (an open start, a decade) is left out.
"""

from collections.abc import Mapping

from quotes.citing import dating, shortening
from quotes.citing.names import Name
from quotes.citing.present import Present
from quotes.citing.record import PUBLICATION, CitedStatement
from quotes.citing.road import relays, title
from quotes.citing.works import Work, document_work

_TEXT = str.maketrans(
    {
        "&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "{": "&#123;", "}": "&#125;", "[": "&#91;", "]": "&#93;",
        "'": "&#39;", "~": "&#126;", "=": "&#61;", "_": "&#95;", "*": "&#42;", "#": "&#35;",
    }
)  # fmt: skip
_URL = str.maketrans(
    {" ": "%20", "|": "%7C", "{": "%7B", "}": "%7D", "[": "%5B", "]": "%5D", "<": "%3C", ">": "%3E", '"': "%22",
     "'": "%27"}
)  # fmt: skip
_ON_THE_WEB = ("website", "public_body", "platform")


def write(cited: CitedStatement, present: Present | None = None) -> str:
    """Both references, each in its own <ref>; what became of the statement in comments, for fellow editors."""
    comments = [f"<!-- {escaped(sentence)} -->\n" for sentence in (present.sentences if present else [])]
    return f"<ref>{document(cited)}</ref>\n<ref>{record(cited, present)}</ref>\n" + "".join(comments)


def escaped(text: str) -> str:
    """Text that means nothing but itself as a template's value: no markup, one line."""
    return " ".join(text.split()).translate(_TEXT)


def document(cited: CitedStatement) -> str:
    """The document, with the words as `quote`, the relay agency as `agency`."""
    work, source = document_work(cited), cited.source.document
    name = _template(cited, work)
    agencies = [agency for agency in relays(cited) if agency != work.container]
    carrier = {"cite web": "website", "cite press release": "publisher"}.get(name, "work")
    return _filled(
        name,
        {
            **_people(name, cited, work),
            "title": escaped(work.title),
            "url": work.url.translate(_URL),
            carrier: escaped(work.container),
            "agency": escaped(" and ".join(agencies)) if name != "cite web" else "",
            "via": escaped(" and ".join(agencies)) if name == "cite web" else "",
            "date": _date(work.issued),
            "language": "" if source.language.split("-")[0] == "en" else source.language,
            "quote": escaped(_quote(cited)),
        },
    )


def record(cited: CitedStatement, present: Present | None = None) -> str:
    """The record in this version, by its permalink; `type` stands in parentheses behind the title."""
    return _filled(
        "cite web",
        {
            **(_author(cited.author) if cited.author else {}),
            "title": escaped(title(cited, cited.short_words)),
            "url": cited.version_url.translate(_URL),
            "website": PUBLICATION,
            "type": "retracted" if present and present.retraction else "",
            "date": _date(dating.read(cited.said.edtf)),
            "access-date": _date(dating.read(present.read_on.isoformat())) if present else "",
        },
    )


def _template(cited: CitedStatement, work: Work) -> str:
    source = cited.source.document
    if source.kind == "interview" and not cited.speaker.is_unnamed:
        return "cite interview"
    if source.kind == "press_release":
        return "cite press release"
    on_the_web = source.outlet is None or source.outlet.kind in _ON_THE_WEB
    return "cite web" if on_the_web and work.url else "cite news"


def _people(name: str, cited: CitedStatement, work: Work) -> dict[str, str]:
    """An interview's author is the one interviewed; a byline is one whole name."""
    byline = escaped(work.author.whole) if work.author else ""
    if name == "cite interview" and cited.author:
        return {**_author(cited.author), "interviewer": byline}
    return {"author": byline}


def _author(name: Name) -> dict[str, str]:
    if not name.family:
        return {"author": escaped(name.whole)}
    return {"last": escaped(name.surname), "first": escaped(name.given)}


def _quote(cited: CitedStatement) -> str:
    """The words without outer marks, which the template adds; marks inside become single."""
    words = shortening.nested(cited.spans)
    alone = cited.mode == "direct" and words.startswith("‘") and words.endswith("’")
    return cited.line[1:-1] if alone else words


def _date(date: dating.Dated) -> str:
    """“4 December 2022”; “c. 2021” for a doubtful date, the only such form there is."""
    if not date.ends:
        return ""
    return f"c. {date.years}" if date.doubtful else dating.day_first(date)


def _filled(template: str, values: Mapping[str, str]) -> str:
    shown = "".join(f" |{name}={value}" for name, value in values.items() if value)
    return f"{{{{{template}{shown}}}}}"
