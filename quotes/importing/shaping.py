"""From what a row wants to a statement as the record takes it, with whoever and whatever is new yet unsaved."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from quotes.dates import display, read
from quotes.drafting import as_printed, ending_there
from quotes.extraction.names import name_parts
from quotes.importing import remarks
from quotes.importing.errors import Refused
from quotes.importing.known import Known
from quotes.importing.reading import Paper, Party, Wanted
from quotes.models import Hop, Speaker
from quotes.record import AppearanceSpec, HopSpec, StatementSpec
from sources.models import Document, Outlet

Key = tuple[Any, ...]
"""What tells one thing from another: its key on record, or of a new one what makes rows mean the same."""


@dataclass(frozen=True)
class Shaped:
    """A row as a statement. The topics that are new are in `wanted` alone."""

    wanted: Wanted
    spec: StatementSpec
    speaker: Key
    document: Key

    @property
    def paper(self) -> Document:
        """The document it is found in."""
        return self.spec.appearances[0].document


@dataclass
class Newcomers:
    """Who and what is new, unsaved till it is made: one instance each, however many rows name it."""

    speakers: dict[Key, Speaker] = field(default_factory=dict)
    outlets: dict[Key, Outlet] = field(default_factory=dict)
    documents: dict[Key, Document] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)


class Shaper:
    """Shapes rows by what is known, and remembers what is new."""

    def __init__(self, known: Known) -> None:
        self.known, self.new = known, Newcomers()

    def shape(self, wanted: Wanted) -> Shaped:
        """A row as a statement. Raises Refused."""
        document, document_key = self._document(wanted.paper)
        speaker, speaker_key = self._speaker(wanted.speaker, document, document_key)
        speaks_for = self._speaker(wanted.speaks_for, document, document_key)[0] if wanted.speaks_for else None
        hops = [hop for role, party in wanted.stops if (hop := self._hop(role, party, document, document_key))]
        found = AppearanceSpec(
            document=document,
            hops=ending_there(hops, document),
            spans=wanted.spans,
            printed=as_printed(wanted.spans),
            language=wanted.language,
            **wanted.translation,
        )
        said, basis = wanted.said, wanted.said_basis
        if not said:
            said, basis = f"/{document.published_max}", "inferred"
        spec = StatementSpec(
            spans=wanted.spans,
            language=wanted.language,
            speaker=speaker,
            speaks_for=speaks_for,
            label=wanted.label,
            said=said,
            said_basis=basis,
            said_reasoning="" if wanted.said else f"Not after it was published, {display(document.published)}",
            appearances=[found],
            **wanted.translation,
        )
        return Shaped(wanted, spec, speaker_key, document_key)

    def _speaker(self, party: Party, document: Document, document_key: Key) -> tuple[Speaker, Key]:
        if party.is_unnamed:
            if document.pk and (known := self.known.unnamed.get((document.pk, party.name))):
                return known, (known.pk,)
            key: Key = ("unnamed", document_key, party.name)
            made = Speaker(kind=party.kind, name=party.name, document=document)
            return self.new.speakers.setdefault(key, made), key
        if known := self.known.speaker(party):
            return known, (known.pk,)
        key = ("wikidata", party.code) if party.code else ("name", party.name.casefold())
        found = self.new.speakers.get(key) or self.new.speakers.setdefault(key, _new_speaker(party))
        return found, (found.pk,) if found.pk else key

    def _outlet(self, party: Party, name: str) -> tuple[Outlet, Key]:
        if known := self.known.outlet(party, name):
            return known, (known.pk,)
        key = ("name", party.name.casefold())
        new = self.new.outlets
        found = new.get(key) or new.setdefault(key, Outlet(name=party.name, kind=party.kind, domain=party.code))
        return found, (found.pk,) if found.pk else key

    def _hop(self, role: str, party: Party, document: Document, document_key: Key) -> HopSpec | None:
        if role == Hop.Role.TOLD_BY:
            return HopSpec(role, speaker=self._speaker(party, document, document_key)[0])
        outlet = self._outlet(party, role)[0]
        # Where the words were found comes last, with its document, and by itself.
        is_end = role == Hop.Role.PUBLISHED_BY and outlet == document.outlet
        return None if is_end else HopSpec(role, outlet=outlet)

    def _document(self, paper: Paper) -> tuple[Document, Key]:
        outlet, outlet_key = self._outlet(paper.outlet, "outlet") if paper.outlet else (None, ())
        if known := self.known.document(paper):
            return _same(known, paper, outlet), (known.pk,)
        if outlet is None:
            raise Refused("outlet", remarks.NO_OUTLET)
        key = ("url", paper.url) if paper.url else ("title", outlet_key, paper.published, paper.title)
        found = self.new.documents.get(key) or self.new.documents.setdefault(key, _new_document(paper, outlet))
        return _same(found, paper, outlet), (found.pk,) if found.pk else key


def _same(document: Document, paper: Paper, outlet: Outlet | None) -> Document:
    """The document. Raises Refused where the row tells another date or outlet of it."""
    if paper.published and paper.published != document.published:
        day = display(document.published)
        raise Refused("document_published", remarks.ANOTHER_DATE % {"date": day}, paper.published)
    # An outlet that the row doesn't name is only likely.
    if outlet and paper.outlet and not paper.outlet.code and outlet != document.outlet:
        raise Refused("outlet", remarks.ANOTHER_OUTLET % {"outlet": document.outlet}, paper.outlet.name)
    return document


def _new_speaker(party: Party) -> Speaker:
    speaker = Speaker(kind=party.kind, name=party.name, wikidata=party.code)
    if party.kind == Speaker.Kind.PERSON:
        given, particle, family = name_parts(party.name.split())
        speaker.given, speaker.particle, speaker.family = given[:100], particle[:30], family[:100]
    return speaker


def _new_document(paper: Paper, outlet: Outlet) -> Document:
    when = read(paper.published)
    if when.last is None:
        raise Refused("document_published", remarks.NEEDS_LAST_DAY, paper.published)
    return Document(
        outlet=outlet,
        url=paper.url,
        title=paper.title,
        kind=paper.kind,
        published=when.text,
        published_min=when.first,
        published_max=when.last,
    )


def newcomers_of(shaped: Iterable[Shaped]) -> dict[str, set[int]]:
    """The unsaved instances that statements name, by what they are, each once."""
    found: dict[str, set[int]] = {"speakers": set(), "outlets": set(), "documents": set()}
    for one in shaped:
        for what, thing in parties_of(one):
            if thing.pk is None:
                found[what].add(id(thing))
    return found


def parties_of(one: Shaped) -> Iterable[tuple[str, Any]]:
    """Every speaker, outlet and document that a statement names."""
    spec, document = one.spec, one.paper
    yield "outlets", document.outlet
    yield "documents", document
    yield "speakers", spec.speaker
    if spec.speaks_for:
        yield "speakers", spec.speaks_for
    for hop in spec.appearances[0].hops:
        if hop.outlet:
            yield "outlets", hop.outlet
        if hop.speaker:
            yield "speakers", hop.speaker
