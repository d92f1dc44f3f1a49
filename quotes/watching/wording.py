"""What an e-mail says around a statement's words, in the language that is active, without marks of HTML.

Names and addresses are kept apart where the language runs from right to left: they may run the other way.
"""

from collections.abc import Iterable

from django.utils.translation import get_language_bidi, gettext
from django.utils.translation import gettext_lazy as _

from quotes.citing.record import CitedDocument, CitedStatement
from quotes.dates_told import told
from quotes.languages import language_name
from quotes.models import Statement
from sources.models import Document

_APART = "\u2068{}\u2069"
_ROAD = {
    "issued_by": _("issued by %(outlets)s"),
    "told_by": _("as told by %(outlets)s"),
    "spoken_to": _("to %(outlets)s"),
    "relayed_by": _("relayed by %(outlets)s"),
    "published_by": _("published by %(outlets)s"),
}


def apart(text: str) -> str:
    """A name, an id or an address, so that it and what stands around it keep their directions."""
    return _APART.format(text) if text and get_language_bidi() else text


def who(cited: CitedStatement) -> str:
    """“Dmitry Peskov, press secretary, for the Kremlin”."""
    principal = cited.speaks_for
    parts = [apart(cited.speaker.name), apart(cited.label)]
    parts += [gettext("for %(name)s") % {"name": apart(principal.name)}] if principal else []
    return _row(parts)


def road(cited: CitedStatement) -> str:
    """“as reported, to TF1, relayed by TASS, published by Le Monde, translated from French by Anne Roe”."""
    parts = [gettext("as reported") if cited.mode == "indirect" else ""]
    for role, how in _ROAD.items():
        names = list(cited.source.stops(role))
        if role == "relayed_by":
            names = list(dict.fromkeys([*names, *cited.relayed_by]))
        parts += [str(how) % {"outlets": _row(map(apart, names))}] if names else []
    return _row([*parts, _translated(cited)])


def said(cited: CitedStatement) -> str:
    """“3 December 2022 (resolved: “On Saturday”)”; empty where no date is known."""
    if not cited.said.edtf:
        return ""
    day, basis = told(cited.said.edtf), str(Statement.Basis(cited.said.basis).label)
    if not cited.said.phrase:
        return gettext("%(day)s (%(basis)s)") % {"day": day, "basis": basis}
    shown = {"day": day, "basis": basis, "phrase": apart(cited.said.phrase)}
    return gettext("%(day)s (%(basis)s: “%(phrase)s”)") % shown


def found_in(document: CitedDocument) -> str:
    """The document: its author, title or else its kind, publisher, date and address, as far as they are known."""
    quoted = gettext("“%(words)s”") % {"words": apart(document.title)}
    title = quoted if document.title else str(Document.Kind(document.kind).label)
    published = told(document.published) if document.published else ""
    # Programs make a link of an address alone: nothing may stand against it.
    return _row([apart(document.author), title, apart(document.publisher), published, document.url])


def _translated(cited: CitedStatement) -> str:
    if cited.translation is None:
        return ""
    source, translator = cited.translation.source, apart(cited.translation.translator)
    if not source:
        return (
            gettext("translated by %(translator)s") % {"translator": translator}
            if translator
            else gettext("translated")
        )
    language = language_name(source)
    if translator:
        shown = {"language": language, "translator": translator}
        return gettext("translated from %(language)s by %(translator)s") % shown
    return gettext("translated from %(language)s, translator unknown") % {"language": language}


def _row(parts: Iterable[str]) -> str:
    return gettext(", ").join(part for part in parts if part)
