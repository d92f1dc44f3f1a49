"""From what an editor typed to a draft: whoever and whatever is new is made in the same transaction, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext, override

from quotes import record
from quotes.models import Appearance, Hop, Speaker, Statement, Topic
from quotes.record.specs import AppearanceSpec, HopSpec, StatementSpec
from quotes.spans import Spans, clean, joined, render
from sources.anchoring import Place, locate_changed
from sources.documents import add_document
from sources.models import Document, Outlet, Snapshot
from sources.slugs import new_slug

_TRIES = 3


@dataclass(frozen=True)
class NewSpeaker:
    """A speaker who is not on record yet; an unnamed source is the document's that it will stand in."""

    kind: str
    name: str
    given: str = ""
    particle: str = ""
    family: str = ""


@dataclass(frozen=True)
class NewOutlet:
    """An outlet that is not on record yet; one that nobody has identified has its kind for a name."""

    kind: str
    name: str = ""
    identified: bool = True


@dataclass(frozen=True)
class NewDocument:
    """A document that is not on record yet."""

    outlet: Outlet | NewOutlet
    published: str
    kind: str = "article"
    title: str = ""
    author: str = ""
    url: str = ""
    language: str = ""


@dataclass(frozen=True)
class Stop:
    """One stop of a relay chain, as typed."""

    role: str
    carrier: Outlet | Speaker | NewOutlet | NewSpeaker
    date: str = ""


@dataclass(frozen=True)
class Finding:
    """An appearance, as typed. An empty `printed` of words that were found means: printed as the words stand.

    Where its place in an archived text is known, `printed` holds the characters from `start` to `end` of `snapshot`.
    """

    document: Document | NewDocument
    stops: Sequence[Stop] = ()
    spans: Spans = ()
    printed: str = ""
    language: str = ""
    attested: bool = False
    is_translation: bool = False
    translated_from: str = ""
    translator: str = ""
    note: str = ""
    snapshot: Snapshot | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Entry:
    """A statement, as typed, with the document it was found in."""

    spans: Spans
    language: str
    speaker: Speaker | NewSpeaker
    said: str
    finding: Finding
    speaks_for: Speaker | NewSpeaker | None = None
    said_basis: str = "stated"
    said_phrase: str = ""
    said_reasoning: str = ""
    is_translation: bool = False
    translated_from: str = ""
    translator: str = ""
    topics: Sequence[Topic] = ()
    new_topics: Sequence[str] = ()
    links: Sequence[tuple[str, Statement]] = field(default_factory=tuple)


def start(entry: Entry, *, editor: User) -> Statement:
    """Make a draft of an entry, with all that is new in it. Raises what `record.draft` and `record.link` raise."""
    with transaction.atomic():
        statement = record.draft(Maker().spec(entry), editor=editor)
        _set_links(statement, entry, editor)
    statement.refresh_from_db()
    return statement


@dataclass(frozen=True)
class Saved:
    """A draft as it was saved; `lost` says why its words have lost the place that they had in the archived text."""

    statement: Statement
    lost: Place | None = None


def save(statement: Statement, entry: Entry, *, editor: User, seen: int) -> Saved:
    """Replace a draft by an entry; its further appearances stay. Raises what `record.redraft` and `link` raise.

    Words printed otherwise than before are looked for in the archived text: one query, and where they are found
    beyond doubt, that is their place.
    """
    with transaction.atomic():
        spec, lost = _keeping(statement, Maker().spec(entry))
        saved = record.redraft(statement, spec, seen=seen)
        _set_links(saved, entry, editor)
    saved.refresh_from_db()
    return Saved(saved, lost)


class NotYet(Exception):
    """What is typed so far would make a name nobody chose yet, or lose the words' place: it waits for its editor."""


def autosave(statement: Statement, entry: Entry, *, editor: User, seen: int) -> Saved:
    """Save what an editor is still typing: as `save`, but nothing that only they can decide. Raises NotYet for that."""
    if _is_new(entry):
        raise NotYet
    with transaction.atomic():
        saved = save(statement, entry, editor=editor, seen=seen)
        if saved.lost:
            raise NotYet
    return saved


def _is_new(entry: Entry) -> bool:
    """Whether an entry names somebody or something that is not on record."""
    named = [entry.speaker, entry.speaks_for, entry.finding.document, *(stop.carrier for stop in entry.finding.stops)]
    return bool(entry.new_topics) or any(isinstance(one, NewSpeaker | NewOutlet | NewDocument) for one in named)


def add_finding(statement: Statement, finding: Finding, *, editor: User) -> Appearance:
    """Keep one more appearance of a statement. Raises what `record.add_appearance` raises."""
    with transaction.atomic():
        return record.add_appearance(statement, Maker().appearance(finding), editor=editor)


def as_printed(spans: Spans) -> str:
    """How a source that printed these words must have: with generated marks, without what the record inserted."""
    own = [span for span in spans if span.by != "record"]
    return clean(render(spans if len(own) == len(spans) else joined(own))).strip()


def spec_of(appearance: Appearance) -> AppearanceSpec:
    """An appearance on record as it would be handed in again. Two queries."""
    return AppearanceSpec(
        document=appearance.document,
        hops=[
            HopSpec(hop.role, hop.outlet, hop.speaker, hop.document, hop.date, hop.language)
            for hop in appearance.hops.select_related("outlet", "speaker", "document")
        ],
        spans=appearance.wording,
        printed=appearance.printed,
        language=appearance.language,
        snapshot=appearance.snapshot,
        start=appearance.start,
        end=appearance.end,
        attested=appearance.attested,
        is_translation=appearance.is_translation,
        translated_from=appearance.translated_from,
        translator=appearance.translator,
        note=appearance.note,
    )


M = TypeVar("M", bound=models.Model)


class Maker:
    """Makes what is new, each name once, however often it was typed."""

    def __init__(self) -> None:
        self.made: dict[tuple[str, str], Outlet | Speaker] = {}

    def spec(self, entry: Entry) -> StatementSpec:
        finding = self.appearance(entry.finding)
        topics = [*entry.topics, *(record.add_topic(name) for name in entry.new_topics)]
        return StatementSpec(
            spans=entry.spans,
            language=entry.language,
            speaker=self.speaker(entry.speaker, finding.document),
            speaks_for=self.speaker(entry.speaks_for, finding.document) if entry.speaks_for else None,
            said=entry.said,
            said_basis=entry.said_basis,
            said_phrase=entry.said_phrase,
            said_reasoning=entry.said_reasoning,
            is_translation=entry.is_translation,
            translated_from=entry.translated_from,
            translator=entry.translator,
            appearances=[finding],
            topics=topics,
        )

    def appearance(self, finding: Finding) -> AppearanceSpec:
        document = self.document(finding.document)
        hops = [self.hop(stop, document) for stop in finding.stops]
        return AppearanceSpec(
            document=document,
            hops=hops if finding.attested else ending_there(hops, document),
            spans=finding.spans,
            printed=finding.printed or ("" if finding.attested else as_printed(finding.spans)),
            language=finding.language,
            attested=finding.attested,
            is_translation=finding.is_translation,
            translated_from=finding.translated_from,
            translator=finding.translator,
            note=finding.note,
            snapshot=finding.snapshot,
            start=finding.start,
            end=finding.end,
        )

    def document(self, document: Document | NewDocument) -> Document:
        if isinstance(document, Document):
            return document
        fields = {name: getattr(document, name) for name in ("kind", "title", "author", "url", "language")}
        outlet = self.outlet(document.outlet)
        try:
            with transaction.atomic():
                return add_document(outlet, document.published, **fields)
        except IntegrityError as error:
            raise record.BadDraft(gettext("Somebody has just recorded a document with this address."), "url") from error

    def hop(self, stop: Stop, document: Document) -> HopSpec:
        if isinstance(stop.carrier, Speaker | NewSpeaker):
            return HopSpec(stop.role, speaker=self.speaker(stop.carrier, document), date=stop.date)
        return HopSpec(stop.role, outlet=self.outlet(stop.carrier), date=stop.date)

    def outlet(self, outlet: Outlet | NewOutlet) -> Outlet:
        if isinstance(outlet, Outlet):
            return outlet
        if not outlet.identified:
            name = f"Unidentified {_in_english(Outlet.Kind(outlet.kind))}"
            return _create(Outlet, name, kind=outlet.kind, identified=False)
        key = ("outlet", outlet.name.casefold())
        if key not in self.made:
            self.made[key] = _create(Outlet, outlet.name, kind=outlet.kind)
        return self.made[key]  # type: ignore[return-value]  # the key names its type

    def speaker(self, speaker: Speaker | NewSpeaker, document: Document) -> Speaker:
        if isinstance(speaker, Speaker):
            return speaker
        if speaker.kind == Speaker.Kind.UNNAMED:
            return Speaker.objects.get_or_create(kind=speaker.kind, name=speaker.name, document=document)[0]
        key = ("speaker", speaker.name.casefold())
        if key not in self.made:
            parts = {name: getattr(speaker, name) for name in ("given", "particle", "family")}
            self.made[key] = _create(Speaker, speaker.name, kind=speaker.kind, **parts)
        return self.made[key]  # type: ignore[return-value]  # the key names its type


def _create(model: type[M], name: str, **fields: object) -> M:
    """A speaker or an outlet with a fresh slug; again where somebody took the slug in between."""
    for left in reversed(range(_TRIES)):
        try:
            with transaction.atomic():
                return model._default_manager.create(name=name, slug=new_slug(model, name), **fields)
        except IntegrityError:
            if not left:
                raise
    raise AssertionError  # the last try has returned or raised


def ending_there(hops: list[HopSpec], document: Document) -> list[HopSpec]:
    """A chain that ends where the words were found: at the document's outlet."""
    if any(hop.role == Hop.Role.PUBLISHED_BY and hop.outlet == document.outlet for hop in hops):
        return hops
    last = HopSpec(
        Hop.Role.PUBLISHED_BY,
        outlet=document.outlet,
        document=document,
        date=document.published,
        language=document.language,
    )
    return [*hops, last]


def _keeping(statement: Statement, spec: StatementSpec) -> tuple[StatementSpec, Place | None]:
    """A spec with what the form doesn't show: further appearances, and what is known of the first and its stops.

    Also why the first one's place in the archived text is lost, if it is.
    """
    first, *others = own_first(statement)
    old, new = spec_of(first), spec.appearances[0]
    kept = replace(new, hops=[as_before(hop, old.hops) for hop in new.hops], chosen=statement.primary_is_chosen)
    lost = None
    if new.document == old.document:
        kept = replace(kept, note=old.note)
    if (new.document, new.printed) == (old.document, old.printed):
        kept = replace(kept, spans=old.spans, snapshot=old.snapshot, start=old.start, end=old.end)
    elif not new.attested:
        kept, why = _placed(kept, old)
        lost = why if old.start is not None else None
    label = statement.label if spec.speaker == statement.speaker else ""
    return replace(spec, appearances=[kept, *(spec_of(other) for other in others)], label=label), lost


def _placed(found: AppearanceSpec, old: AppearanceSpec) -> tuple[AppearanceSpec, Place | None]:
    """An appearance where its new words stand in the archived text, else without a place and with the reason."""
    same = found.document == old.document
    snapshot = old.snapshot if same and old.snapshot else found.document.snapshots.first()
    if snapshot is None:
        return found, Place.GONE
    near = (old.start, old.end) if same and old.start is not None and old.end is not None else None
    place = locate_changed(found.printed, snapshot.text, near)
    if place.start is None or place.end is None:
        return found, place.place
    printed = snapshot.text[place.start : place.end]
    return replace(found, printed=printed, snapshot=snapshot, start=place.start, end=place.end), None


def own_first(statement: Statement) -> list[Appearance]:
    """A statement's appearances, the primary one first. One query."""
    rows = statement.appearances.select_related("document__outlet", "snapshot")
    return sorted(rows, key=lambda row: (row.pk != statement.primary_appearance_id, row.pk))


def as_before(hop: HopSpec, known: Sequence[HopSpec]) -> HopSpec:
    """A hop with the document and language that the same one had."""
    for old in known:
        if (old.role, old.outlet, old.speaker) == (hop.role, hop.outlet, hop.speaker):
            return replace(hop, document=old.document, language=old.language)
    return hop


def _set_links(statement: Statement, entry: Entry, editor: User) -> None:
    """Make the draft's own links be those of the entry."""
    wanted = {(kind, target.pk) for kind, target in entry.links}
    for old in statement.links_out.select_related("source", "target"):
        if (old.kind, old.target_id) not in wanted:
            record.unlink(old, editor=editor)
    for kind, target in entry.links:
        record.link(statement, target, kind, editor=editor)


def _in_english(kind: Outlet.Kind) -> str:
    """A kind as names that are kept say it, whatever language their editor reads."""
    with override("en"):
        return str(kind.label).lower()
