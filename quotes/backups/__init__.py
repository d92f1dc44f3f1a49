"""Backups: all that the database and MEDIA_DIR hold, as of one moment; and restoring one, whole or not at all."""
