"""The key that backups are sealed with: of a setting, or of a file for those that an earlier key sealed."""

import base64
from pathlib import Path

from django.conf import settings

from quotes.backups.errors import BackupFailed

_SIZE = 32


def setting_key(file: Path | None = None) -> bytes:
    """The key in a file, else BACKUP_KEY; empty where there is none. Raises BackupFailed for a file without a key."""
    if file is None:
        return base64.b64decode(settings.BACKUP_KEY)
    try:
        key = base64.b64decode(file.read_text().strip(), validate=True)
    except (OSError, ValueError) as error:
        raise BackupFailed(f"{file} can't be read as a key: {error}") from error
    if len(key) != _SIZE:
        raise BackupFailed(f"{file} holds no key: it takes 32 random bytes in base64, as BACKUP_KEY does")
    return key
