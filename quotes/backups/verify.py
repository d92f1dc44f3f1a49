"""Whether a backup can be relied on: by reading all of it, or by restoring it to where nobody looks."""

from quotes.backups import media
from quotes.backups.errors import BadBackup
from quotes.backups.finishing import Finished
from quotes.backups.manifest import Backup
from quotes.backups.parts import reading
from quotes.backups.postgres import Database
from quotes.backups.restore import Place, check, fill
from quotes.backups.sqlite import File
from quotes.backups.write import ENGINES, alone


def read_through(backup: Backup, key: bytes) -> None:
    """Open all that a backup holds, and hold it against its hashes. Raises BadBackup."""
    manifest, folder = backup.manifest, backup.folder
    manifest.check(key, folder)
    with reading(folder, manifest.database, key, packed=manifest.engine == "postgresql") as stream:
        ENGINES[manifest.engine].look_into(stream, folder / manifest.database.name)
    path = folder / manifest.media.name
    with reading(folder, manifest.media, key, packed=False) as stream:
        found = sum(1 for _ in media.members(stream, path))
    if found != manifest.files:
        raise BadBackup(f"{path} has {found} files, and the manifest says {manifest.files}")


def drill(backup: Backup, key: bytes, into: str = "") -> Finished:
    """Restore a backup to a database that is dropped again, and verify the record there. Raises BackupFailed."""
    check(backup, key)
    with alone() as scratch:
        work = scratch / "files"
        work.mkdir()
        is_sqlite = backup.manifest.engine == "sqlite"
        place: Place = File(scratch / "drill.sqlite3") if is_sqlite else Database(into)
        with place.made():
            done = fill(backup, key, place, (scratch, work), None)
    if done.findings:
        raise BadBackup("What was restored isn't what was logged: " + " ".join(done.findings))
    return done
