"""Texts that words were removed from before hashes were sealed: what is shown of them confirms no guess any more."""

from typing import Any

from django.db import migrations

from sources.documents import seal, sha256


def seal_all(apps: Any, schema_editor: Any) -> None:
    """Seal the hash of each text as it came, and show that of the blanked text."""
    snapshots = apps.get_model("sources", "Snapshot").objects
    for snapshot in snapshots.exclude(redacted_at=None).filter(sealed="").iterator():
        snapshot.sealed, snapshot.sha256, snapshot.original_sha256 = seal(snapshot.sha256), sha256(snapshot.text), ""
        snapshot.save(update_fields=["sealed", "sha256", "original_sha256"])


class Migration(migrations.Migration):
    dependencies = [("sources", "0004_sealed_hashes")]
    operations = [migrations.RunPython(seal_all, migrations.RunPython.noop)]
