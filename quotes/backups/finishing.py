"""What is done with a restored database before it is used: held against what was written, migrated, purged, verified.

It runs in a process of its own, whose settings name the restored database and files.
"""

import hashlib
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, transaction

from quotes.backups.errors import BadBackup
from quotes.backups.manifest import Manifest
from quotes.backups.media import file_fields, named
from quotes.backups.write import rows
from quotes.dumping import removals
from quotes.models import Epoch, LogKey, Statement
from quotes.sealing.checking import findings
from quotes.sealing.keys import own_key
from quotes.sealing.sequence import kept_checkpoint
from quotes.sealing.tree import size, tree

ACCOUNT = "restored-record"
"""The account that removals are put down to which are made again."""
_SHOWN = 50


@dataclass
class Finished:
    """What came of it: which statements were removed again, what isn't as it was logged, and what to know."""

    rows: int = 0
    files: int = 0
    leaves: int = 0
    removed: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def finish(manifest: Manifest, unpacked: Path, listed: Path | None) -> Finished:
    """Make a restored database and the files `unpacked` ready for use. Raises BadBackup, BadDump."""
    done = Finished(rows=_hold_rows(manifest))
    call_command("migrate", verbosity=0, interactive=False)
    _hold_log(manifest)
    done.files = _keep_files(manifest, unpacked)
    done.removed = _remove_again(listed) if listed else []
    _begin_anew()
    done.findings = [wrong for wrong, _ in zip(findings(), range(_SHOWN), strict=False)]
    done.leaves, done.notes = size(), _notes()
    return done


def _hold_rows(manifest: Manifest) -> int:
    found = rows(list(manifest.rows))
    for table, count in manifest.rows.items():
        if found[table] != count:
            raise BadBackup(f"{table} has {found[table]} rows, and the manifest says {count}")
    return sum(found.values())


def _hold_log(manifest: Manifest) -> None:
    if manifest.log and (size(), tree(size()).root().hex()) != (manifest.log.size, manifest.log.root):
        raise BadBackup(f"The log isn't the one of {manifest.log.size} leaves that the manifest tells of")


def _keep_files(manifest: Manifest, unpacked: Path) -> int:
    """Move the files that the database names to MEDIA_DIR; those that were deleted before its moment stay behind."""
    kept = 0
    for name in named():
        source, place = unpacked / name, Path(settings.MEDIA_ROOT) / name
        if source.exists():
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            source.rename(place)
            kept += 1
        elif not place.exists() and name not in manifest.missing:
            raise BadBackup(f"The file {name} isn't in the backup, and the database names it")
    _hold_files()
    return kept


def _hold_files() -> None:
    """Hold originals against the hashes that the record keeps of them."""
    for model, name in file_fields():
        hash_name = f"{name}_sha256"
        if all(one.name != hash_name for one in model._meta.concrete_fields):
            continue
        hashed: Any = model._base_manager.exclude(**{name: ""}).exclude(**{hash_name: ""}).order_by("pk")
        for file, sha256 in hashed.values_list(name, hash_name).iterator():
            path = Path(settings.MEDIA_ROOT) / file
            if path.exists() and _sha256(path) != sha256:
                raise BadBackup(f"The file {file} isn't the one that the record knows by its sha256")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove_again(listed: Path) -> list[str]:
    """Remove what was removed since the backup was made; which statements that were."""
    gone = removals.read(listed)
    ids = [pid for one in gone for pid in (one.id, *one.family)]
    standing = Statement.objects.exclude(text="").exclude(state="draft").filter(pid__in=ids)
    found = sorted(standing.values_list("pid", flat=True))
    if found:
        with transaction.atomic():
            account, _ = User.objects.get_or_create(
                username=ACCOUNT, defaults={"password": make_password(None), "is_active": False}
            )
            removals.replay(gone, account)
    return found


def _begin_anew() -> None:
    """Let nobody be signed in by a session of then, and no copy of a page count as one of now."""
    Session.objects.all().delete()
    for one in Epoch.objects.all():
        one.mark = uuid.uuid4()
        one.save()
    if connection.vendor == "sqlite":
        # All of it in the one file that takes the other's place.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _notes() -> list[str]:
    found = []
    kept = kept_checkpoint()
    told = kept.read_text().split("\n") if kept.exists() else []
    if len(told) > 1 and told[1].isdigit() and int(told[1]) > size():
        found.append(
            f"The log has {size()} leaves, and {kept} is of {told[1]}: the later ones were public. No checkpoint is "
            "signed until you have said what was lost, and moved that file away (docs/verifying.md)."
        )
    own = own_key()
    if own and LogKey.objects.exists() and not LogKey.objects.filter(key=own.written).exists():
        found.append(
            "The log's key on this machine isn't one that the log knows: put the former one back, or the next "
            "checkpoint begins another (docs/verifying.md)."
        )
    return found
