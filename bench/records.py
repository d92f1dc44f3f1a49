"""Generated records, made once and kept, with what is asked of them."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.places import PYTHON, ROOT, VAR, Record
from tests import servers

Samples = dict[str, Any]

UNUSED = ("--ignore=redoc", "--ignore=swagger-ui-standalone*")
"""Large scripts that no page uses, as in the Makefile: compressing them takes a minute."""


def made(record: Record, port: int) -> Samples:
    """Generate a record and choose what is asked of it, where that wasn't done before; collect its static files.

    Each step leaves a file when it is done, so that what was broken off goes on there. Generating, which is done whole
    or not at all, begins with an empty database.
    """
    record.folder.mkdir(parents=True, exist_ok=True)
    generated, done = record.folder / "generated", record.folder / "samples.json"
    environment = record.environment(port)
    if not generated.exists():
        _make_empty(record)
        _manage(environment, "migrate", "--verbosity=0")
        _manage(environment, "generate", f"--statements={record.statements}", f"--seed={record.seed}")
        generated.touch()
    # The code may be another than it was when the record was made.
    _manage(environment, "migrate", "--verbosity=0")
    _manage(environment, "collectstatic", "--noinput", "--verbosity=0", *UNUSED)
    loaded: Samples = json.loads(done.read_text()) if done.exists() else {}
    if "each" in loaded:
        return loaded
    chosen = subprocess.run(
        [PYTHON, "-m", "bench.sample"],
        check=True,
        cwd=ROOT,
        env=environment | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    samples: Samples = json.loads(chosen.stdout)
    done.write_text(json.dumps(samples, ensure_ascii=False, indent=1))
    return samples


def _manage(environment: dict[str, str], *words: str) -> None:
    subprocess.run([PYTHON, "manage.py", *words], check=True, cwd=ROOT, env=environment)


def _make_empty(record: Record) -> None:
    if record.engine == "sqlite":
        for end in ("", "-wal", "-shm"):
            record.file.with_name(record.file.name + end).unlink(missing_ok=True)
        return
    import psycopg  # noqa: PLC0415 - only where there is a server

    name = record.database_url.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(record.server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')


def _quarter_of_memory() -> int:
    """What PostgreSQL's documentation (20.4.1) advises for a machine of its own, in MiB."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 4 // 2**20


@contextmanager
def postgres_server() -> Iterator[str | None]:
    """Serve the bench's own cluster, made where there is none; None where PostgreSQL's programs aren't installed."""
    programs = servers.postgres_programs()
    if programs is None:
        yield None
        return
    folder = VAR / "postgres"
    owner = servers.owner()
    if not (folder / "data").exists():
        folder.mkdir(parents=True, exist_ok=True)
        if owner:
            import shutil  # noqa: PLC0415

            shutil.chown(folder, user=owner, group=owner)
        servers.make_cluster(programs, folder, owner)
    buffers = f"shared_buffers={_quarter_of_memory()}MB"
    with servers.running_server(programs, folder, owner, buffers, "max_wal_size=8GB"):
        yield f"postgres://onrecord@/postgres?host={folder}"
