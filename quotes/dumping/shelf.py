"""The nightly dumps: what lies in DUMPS_DIR, and which of them may still be handed out."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from quotes.dumping.manifest import BadDump, File, Manifest, read_manifest
from quotes.models import Act


@dataclass(frozen=True)
class Dump:
    """One dump, in its folder."""

    folder: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """Its folder's name, which its address has."""
        return self.folder.name

    @property
    def made_at(self) -> dt.datetime:
        """As of when it is."""
        return dt.datetime.fromisoformat(self.manifest.made_at)

    def file(self, name: str) -> File | None:
        """One of its files."""
        return next((one for one in self.manifest.files if one.name == name), None)


def dumps_in(shelf: Path | None) -> list[Dump]:
    """The dumps of a folder, the newest first; what is no dump, or not whole, is passed over."""
    if shelf is None or not shelf.is_dir():
        return []
    found = []
    for folder in shelf.iterdir():
        if folder.is_dir() and not folder.name.startswith("."):
            try:
                found.append(Dump(folder, read_manifest(folder)))
            except BadDump:
                continue
    return sorted(found, key=lambda one: (one.manifest.made_at, one.name), reverse=True)


def on_offer(shelf: Path | None) -> list[Dump]:
    """The dumps that may be handed out: none that may hold words which were removed since. One query."""
    removed = Act.objects.filter(verb=Act.Verb.REMOVE).order_by("-at").values_list("at", flat=True).first()
    return [one for one in dumps_in(shelf) if removed is None or one.made_at > removed]
