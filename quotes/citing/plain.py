"""Plain text: the words, who said them, when and where, the road they travelled, and the permalink."""

from quotes import dates
from quotes.citing.present import Present
from quotes.citing.record import CitedSpeaker, CitedStatement
from quotes.citing.road import road
from quotes.citing.works import document_work

_BASIS = {
    "stated": "as the source states",
    "resolved": "worked out from the source",
    "inferred": "inferred from the source",
}


def write(cited: CitedStatement, present: Present | None = None) -> str:
    """The statement for an e-mail or a notebook; empty facts have no line."""
    lines = [_who(cited), _when(cited), _capital(road(cited)) + ".", _where(cited), _permalink(cited)]
    lines += present.lines if present else []
    return f"{cited.words}\n\n" + "".join(f"{line}\n" for line in lines if line)


def who(speaker: CitedSpeaker, label: str, principal: CitedSpeaker | None) -> str:
    """“Dmitry Peskov, press secretary, for the Kremlin”."""
    name = _capital(speaker.name) if speaker.is_unnamed else speaker.name
    return ", ".join(part for part in (name, label, f"for {principal.name}" if principal else "") if part)


def _who(cited: CitedStatement) -> str:
    return "— " + who(cited.speaker, cited.label, cited.speaks_for)


def _when(cited: CitedStatement) -> str:
    """“Said: 3 December 2022 (worked out from the source: “On Saturday”)”."""
    if not cited.said.edtf:
        return ""
    basis = _BASIS.get(cited.said.basis, "")
    phrase = f": “{cited.said.phrase}”" if cited.said.phrase else ""
    return f"Said: {dates.display(cited.said.edtf)}" + (f" ({basis}{phrase})" if basis else "")


def _where(cited: CitedStatement) -> str:
    work = document_work(cited)
    published = dates.display(work.issued.edtf) if work.issued.edtf else ""
    title = work.title if work.is_described else f"“{work.quoted_title}”"
    author = work.author.whole if work.author else ""
    return "Found in: " + ", ".join(part for part in (author, title, work.container, published, work.url) if part)


def _permalink(cited: CitedStatement) -> str:
    recorded = f", recorded {dates.display(cited.recorded)}"
    return f"Permalink: {cited.version_url} (On Record, version {cited.version}{recorded})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
