"""What ends a backup or a restore; the message says what to do."""


class BackupFailed(Exception):
    """No backup was made, or none was restored: nothing was changed."""


class BadBackup(BackupFailed):
    """The folder is no backup, or not the one that was written; the message names the file."""
