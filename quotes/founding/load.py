"""The founding record: the first statements, loaded once from the files beside this one.

It goes through the same verbs as an editor's work, under an account of its own that nobody can sign in to.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import transaction

from quotes import record
from quotes.dates import read
from quotes.models import Alias, Appearance, Hop, Role, Speaker, Statement, Topic
from quotes.notation import parse
from sources.documents import add_document, archive
from sources.models import Document, Outlet, Snapshot
from sources.slugs import new_slug, survivor

ACCOUNT = "founding-record"
FOLDER = Path(__file__).parent
RECORD = FOLDER / "record.toml"

Entry = dict[str, Any]


class NotInText(ValueError):
    """A wording doesn't stand exactly once in the text that the data file says it was found in."""


@dataclass(frozen=True)
class Loaded:
    """How much a load put on record."""

    statements: int
    appearances: int
    documents: int


def load() -> Loaded | None:
    """Put the founding record on record; None where that was done before, whatever became of it since.

    One transaction. The account's row is what two loads at once wait for.
    """
    with transaction.atomic():
        editor, _ = User.objects.get_or_create(username=ACCOUNT, defaults={"password": make_password(None)})
        if editor.statements_recorded.exists():
            return None
        return _Loading(tomllib.loads(RECORD.read_text(encoding="utf-8")), editor).run()


class _Loading:
    """One run over the data file; each thing is found again by the file's key for it."""

    def __init__(self, data: Entry, editor: User) -> None:
        self.data = data
        self.editor = editor
        self.outlets: dict[str, Outlet] = {}
        self.documents: dict[str, Document] = {}
        self.snapshots: dict[str, Snapshot] = {}
        self.speakers: dict[str, Speaker] = {}
        self.topics: dict[str, Topic] = {}
        self.statements: dict[int, Statement] = {}

    def run(self) -> Loaded:
        for entry in self.data["outlet"]:
            self.outlets[entry["key"]] = _outlet(entry)
        for entry in self.data["document"]:
            self._document(entry)
        for entry in self.data["speaker"]:
            self.speakers[entry["key"]] = self._speaker(entry)
        for entry in self.data["topic"]:
            self.topics[entry["name"]] = _topic(entry["name"], self.topics.get(entry.get("under", "")))
        for entry in self.data["statement"]:
            self.statements[entry["key"]] = self._statement(entry)
        for entry in self.data["link"]:
            source, target = self.statements[entry["source"]], self.statements[entry["target"]]
            record.link(source, target, entry["kind"], editor=self.editor)
        appearances = Appearance.objects.filter(statement__in=self.statements.values()).count()
        return Loaded(len(self.statements), appearances, len(self.documents))

    def _document(self, entry: Entry) -> None:
        fields = _without(entry, "key", "outlet", "published", "text", "taken_at")
        document = add_document(self.outlets[entry["outlet"]], entry["published"], **fields)
        self.documents[entry["key"]] = document
        if "text" in entry:
            text = (FOLDER / entry["text"]).read_text(encoding="utf-8")
            self.snapshots[entry["key"]] = archive(document, text, entry["taken_at"])

    def _speaker(self, entry: Entry) -> Speaker:
        """Find the speaker of that kind and name, as editors have them; else make one."""
        fields = _without(entry, "key", "document", "aliases", "roles")
        if "document" in entry:
            return Speaker.objects.create(document=self.documents[entry["document"]], **fields)
        found = Speaker.objects.filter(kind=entry["kind"], name=entry["name"]).order_by("id").first()
        if found:
            kept: Speaker = survivor(found)
            return kept
        speaker = Speaker.objects.create(slug=new_slug(Speaker, entry["name"]), **fields)
        Alias.objects.bulk_create(Alias(speaker=speaker, **alias) for alias in entry.get("aliases", ()))
        for role in entry.get("roles", ()):
            held = read(role["held"])
            Role.objects.create(speaker=speaker, **role, held_min=held.first, held_max=held.last)
        return speaker

    def _statement(self, entry: Entry) -> Statement:
        """Drafted, published, and then found again where other outlets printed it."""
        fields = _without(entry, "key", "speaker", "words", "topics", "appearance", "further", "translated_from")
        spec = record.StatementSpec(
            spans=parse(entry["words"]),
            speaker=self.speakers[entry["speaker"]],
            topics=[self.topics[name] for name in entry["topics"]],
            appearances=[self._appearance(appearance, entry["words"]) for appearance in entry["appearance"]],
            **_translation(entry),
            **fields,
        )
        statement = record.draft(spec, editor=self.editor)
        record.publish(statement, editor=self.editor)
        for further in entry.get("further", ()):
            record.add_appearance(statement, self._appearance(further), editor=self.editor)
        return statement

    def _appearance(self, entry: Entry, words: str = "") -> record.AppearanceSpec:
        document = self.documents[entry["document"]]
        wording: Entry = {}
        if not entry.get("attested"):
            wording = _wording(entry, words) | self._place(entry["document"], entry.get("printed", words))
        return record.AppearanceSpec(
            document=document,
            hops=[self._hop(hop, document) for hop in entry["hops"]],
            attested=entry.get("attested", False),
            chosen=entry.get("chosen", False),
            note=entry.get("note", ""),
            **wording,
            **_translation(entry),
        )

    def _place(self, document: str, printed: str) -> Entry:
        """Find where a wording stands, for a document whose text is held; its language is the document's."""
        place: Entry = {"language": self.documents[document].language}
        if snapshot := self.snapshots.get(document):
            if snapshot.text.count(printed) != 1:
                raise NotInText(f"In the text of the {document} this must stand exactly once: {printed}")
            start = snapshot.text.index(printed)
            place |= {"snapshot": snapshot, "start": start, "end": start + len(printed)}
        return place

    def _hop(self, entry: Entry, document: Document) -> record.HopSpec:
        if entry["role"] == Hop.Role.PUBLISHED_BY:
            known: Entry = {"document": document, "date": document.published, "language": document.language}
        else:
            known = {"date": entry.get("date", ""), "language": entry.get("language", "")}
        outlet, speaker = entry.get("outlet"), entry.get("speaker")
        return record.HopSpec(
            entry["role"],
            outlet=self.outlets[outlet] if outlet else None,
            speaker=self.speakers[speaker] if speaker else None,
            **known,
        )


def _outlet(entry: Entry) -> Outlet:
    """Find the outlet at that domain, as editors have it; else make one."""
    domain = entry.get("domain", "")
    found = Outlet.objects.filter(domain=domain).first() if domain else None
    if found:
        kept: Outlet = survivor(found)
        return kept
    return Outlet.objects.create(slug=new_slug(Outlet, entry["name"]), **_without(entry, "key"))


def _topic(name: str, parent: Topic | None) -> Topic:
    """Find the topic of that name, wherever editors have hung it; else make one."""
    return Topic.objects.filter(name=name).order_by("id").first() or record.add_topic(name, parent=parent)


def _wording(entry: Entry, words: str) -> Entry:
    """Tell what was printed and how it reads; the head of the data file says what may be left out."""
    printed: str = entry.get("printed", words)
    return {"printed": printed, "spans": parse(entry.get("words", printed))}


def _translation(entry: Entry) -> Entry:
    return {"is_translation": "translated_from" in entry, "translated_from": entry.get("translated_from", "")}


def _without(entry: Entry, *names: str) -> Entry:
    return {name: value for name, value in entry.items() if name not in names}
