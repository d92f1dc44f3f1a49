"""A dump's manifest: what it is, of when, under which licence, and the sha256 of each of its files."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

NAME, PACKAGE = "manifest.json", "datapackage.json"
FORMAT, VERSION = "on-record-dump", 1
_BLOCK = 1 << 20
_LARGEST = 1 << 24


class BadDump(Exception):
    """The folder is no dump, or not the one that was written; the message names the file."""


@dataclass(frozen=True)
class File:
    """A file of a dump, and how many rows it has; a description has none."""

    name: str
    sha256: str
    bytes: int
    rows: int | None = None


@dataclass(frozen=True)
class Manifest:
    """All that a dump says of itself."""

    made_at: str
    site: str
    licence: str
    files: list[File] = field(default_factory=list)
    format: str = FORMAT
    version: int = VERSION

    @property
    def statements(self) -> int:
        """How many statements it holds."""
        return next((one.rows or 0 for one in self.files if one.name.startswith("statements.")), 0)

    @property
    def bytes(self) -> int:
        """How large it is."""
        return sum(one.bytes for one in self.files)

    def write(self, folder: Path) -> None:
        """Write it, last of all."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"
        (folder / NAME).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a dump. Raises BadDump for a folder that is none, or one of a later form."""
    path = folder / NAME
    try:
        if path.stat().st_size > _LARGEST:
            raise BadDump(f"{path} is too large for a manifest")
        told: Any = json.loads(path.read_text(encoding="utf-8"))
        files = [File(**one) for one in told["files"]]
        manifest = Manifest(**{**told, "files": files})
    except FileNotFoundError as error:
        raise BadDump(f"{folder} is no dump: it has no {NAME}") from error
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BadDump(f"{path} is no manifest of a dump: {error}") from error
    if manifest.format != FORMAT:
        raise BadDump(f"{path} is of a {manifest.format!r}, not of an {FORMAT!r}")
    if manifest.version != VERSION:
        raise BadDump(f"{path} is of version {manifest.version!r} of the form; this program reads version {VERSION}")
    if wrong := [one.name for one in files if not _is_plain(one.name)]:
        raise BadDump(f"{path} names {wrong[0]!r}, which is no name of a file in a dump")
    return manifest


def _is_plain(name: object) -> bool:
    return isinstance(name, str) and Path(name).name == name and name not in {"", ".", "..", NAME}


def check(folder: Path, manifest: Manifest) -> None:
    """Hold every file against its sha256. Raises BadDump that names the first one that differs or is missing."""
    for one in manifest.files:
        path = folder / one.name
        try:
            found = sha256_of(path)
        except OSError as error:
            raise BadDump(f"{path} can't be read: {error.strerror}") from error
        if found != one.sha256:
            raise BadDump(f"{path} is damaged: its sha256 is {found}, and {NAME} says {one.sha256}")


def sha256_of(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def lines_of(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a packed JSON Lines file, counted from 1. Raises BadDump, with the line."""
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise BadDump(f"{path}, line {number}: no object")
                yield number, row
    except (OSError, EOFError, ValueError) as error:
        raise BadDump(f"{path}, line {number + 1}: {error}") from error
