"""A backup's manifest: of when and of what it is, and the hash of each of its files. Its shelf, and picking one."""

import datetime as dt
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from quotes.backups.errors import BackupFailed, BadBackup
from quotes.backups.parts import Part
from quotes.backups.sealed import fingerprint, signature

NAME = "manifest.json"
FORMAT, VERSION = "on-record-backup", 1
DATABASES = {"sqlite": "database.sqlite3.gz", "postgresql": "database.pgdump"}
FILES = "media.tar.gz"
_LARGEST = 1 << 26


def part_names(engine: str, key: object) -> list[str]:
    """What the files of a backup are called: that of the database, and that of the files."""
    end = ".sealed" if key else ""
    return [f"{DATABASES.get(engine, '')}{end}", f"{FILES}{end}"]


@dataclass(frozen=True)
class Log:
    """How far the log had come: its leaves, their root, and the newest checkpoint over them."""

    size: int
    root: str
    checkpoint: str = ""


@dataclass(frozen=True)
class Manifest:
    """All that a backup says of itself; `key` tells which BACKUP_KEY it was sealed with, if any."""

    made_at: str
    release: str
    site: str
    engine: str
    engine_version: str
    migrations: list[str]
    rows: dict[str, int]
    log: Log | None
    files: int
    missing: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    key: str = ""
    format: str = FORMAT
    version: int = VERSION
    signature: str = ""

    @property
    def moment(self) -> dt.datetime:
        """As of when it is."""
        return dt.datetime.fromisoformat(self.made_at)

    @property
    def size(self) -> int:
        """How large it is."""
        return sum(part.bytes for part in self.parts)

    @property
    def statements(self) -> int:
        """How many statements it holds."""
        return self.rows.get("quotes_statement", 0)

    @property
    def database(self) -> Part:
        """The file that holds the database."""
        return self.parts[0]

    @property
    def media(self) -> Part:
        """The file that holds those of MEDIA_DIR."""
        return self.parts[1]

    def written(self, key: bytes) -> str:
        """Its text, signed where there is a key."""
        told = {**asdict(self), "signature": ""}
        if key:
            told["signature"] = signature(key, _canonical(told))
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"

    def check(self, key: bytes, folder: Path) -> None:
        """Raise BadBackup where the key isn't the one it was sealed with, or where the manifest was changed since."""
        if not self.key:
            return
        if not key:
            raise BadBackup(f"{folder} is sealed: set BACKUP_KEY to the key {self.key}, or name its file with --key")
        if fingerprint(key) != self.key:
            raise BadBackup(
                f"{folder} was sealed with the key {self.key}, and BACKUP_KEY is {fingerprint(key)}: name the file of "
                "that key with --key"
            )
        if signature(key, _canonical({**asdict(self), "signature": ""})) != self.signature:
            raise BadBackup(f"{folder / NAME} was changed: it isn't signed by the key that it names")


def _canonical(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Backup:
    """A backup in its folder."""

    folder: Path
    manifest: Manifest


def read_backup(folder: Path) -> Backup:
    """A backup. Raises BadBackup for a folder that is none, or one of a later form."""
    path = folder / NAME
    try:
        if path.stat().st_size > _LARGEST:
            raise BadBackup(f"{path} is too large for a manifest")
        told: Any = json.loads(path.read_text(encoding="utf-8"))
        if told.get("format") != FORMAT or told.get("version") != VERSION:
            raise BadBackup(
                f"{path} is of the form {told.get('format')!r}, {told.get('version')!r}; this program reads "
                f"{FORMAT!r}, {VERSION}"
            )
        parts = [Part(**one) for one in told.pop("parts")]
        log = told.pop("log")
        manifest = Manifest(**told, parts=parts, log=Log(**log) if log else None)
        manifest.moment.utctimetuple()
        names = [part.name for part in parts]
    except FileNotFoundError as error:
        raise BadBackup(f"{folder} is no backup: it has no {NAME}") from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadBackup(f"{path} is no manifest of a backup: {error}") from error
    if names != part_names(manifest.engine, manifest.key) or manifest.moment.tzinfo is None:
        raise BadBackup(f"{path} is no manifest of a backup: it names no time, or other files than a backup has")
    return Backup(folder, manifest)


def backups_in(shelf: Path) -> list[Backup]:
    """The backups of a folder, the newest first; what is none, or not whole, is passed over."""
    found = []
    for folder in shelf.iterdir() if shelf.is_dir() else ():
        if folder.is_dir() and not folder.name.startswith("."):
            try:
                found.append(read_backup(folder))
            except BadBackup:
                continue
    return sorted(found, key=lambda one: (one.manifest.moment, one.folder.name), reverse=True)


def chosen(named: str, shelf: Path | None, as_of: dt.datetime | None = None) -> Backup:
    """The backup of that name or path; without one the newest on the shelf, or the newest not after `as_of`."""
    if named:
        beside = [shelf / named] if shelf and Path(named).name == named else []
        return read_backup(next((path for path in beside if path.is_dir()), Path(named)))
    if shelf is None:
        raise BackupFailed("Name a backup, or set BACKUP_DIR (docs/settings.md)")
    found = [one for one in backups_in(shelf) if as_of is None or one.manifest.moment <= as_of]
    if not found:
        raise BackupFailed(f"{shelf} holds no backup{f' of {as_of.isoformat()} or before' if as_of else ''}")
    return found[0]
