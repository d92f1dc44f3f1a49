"""What a record holds and answers, to be held against another's: `python -m tests.told` prints it as JSON."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django

# Sessions and copies begin anew with a restored record, and permissions with every migration.
BEGINS_ANEW = {"django_session", "quotes_epoch", "django_content_type", "auth_permission"}
# Made-up statements come last, and are all of a kind.
MOST = 40
ENDS = ("", "/timemap")
VERSION_ENDS = (".json", ".txt", ".jsonld")


def tables(passing_over: Iterable[str] = ()) -> dict[str, str]:
    """A hash of all rows of every table."""
    from django.apps import apps  # noqa: PLC0415 - this module also runs by itself

    left_out = BEGINS_ANEW.union(passing_over)
    models = apps.get_models(include_auto_created=True)
    return {one._meta.db_table: rows(one) for one in models if one._meta.db_table not in left_out}


def rows(model: Any) -> str:
    """A hash of all rows of a table."""
    found = model._base_manager.order_by("pk").values_list()
    told = [
        "|".join(bytes(value).hex() if isinstance(value, memoryview | bytes) else str(value) for value in row)
        for row in found.iterator()
    ]
    return f"{len(told)} {hashlib.sha256(chr(10).join(told).encode()).hexdigest()}"


def answers() -> dict[str, str]:
    """What permalinks and every version of theirs answer, and the proofs that these are in the log."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client, override_settings  # noqa: PLC0415

    from quotes.models import Statement  # noqa: PLC0415

    # Static files are collected for serving alone.
    plain = {**settings.STORAGES, "staticfiles": {"BACKEND": settings.PLAIN_FILES}}
    client, found = Client(headers={"host": urlsplit(settings.SITE_URL).netloc}), {}
    for statement in Statement.objects.exclude(state="draft").order_by("pk")[:MOST]:
        numbers = statement.revisions.values_list("number", flat=True)
        asked = [f"/q/{statement.pid}{end}" for end in ENDS]
        asked += [f"/q/{statement.pid}/v{number}{end}" for number in numbers for end in (*VERSION_ENDS, "/proof")]
        for path in asked:
            with override_settings(STORAGES=plain):
                answer = client.get(path)
            is_page = answer.get("Content-Type", "").startswith("text/html")
            content = b"" if is_page else answer.content
            found[path] = f"{answer.status_code} {hashlib.sha256(content).hexdigest()}"
    return found


def files() -> dict[str, str]:
    """A hash of every file that the record names."""
    from django.conf import settings  # noqa: PLC0415

    from quotes.backups.media import named  # noqa: PLC0415

    paths = {name: Path(settings.MEDIA_ROOT) / name for name in named()}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in paths.items() if path.is_file()}


def main() -> None:
    django.setup()
    print(json.dumps({"tables": tables(), "answers": answers(), "files": files()}))


if __name__ == "__main__":
    main()
