"""Where the bench keeps things, and how its programs are told so. Nothing outside its folder changes."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.environment import clean_environment

ROOT = Path(__file__).parent.parent
VAR = Path(os.environ.get("BENCH_DIR") or ROOT / "var" / "bench")
PYTHON = sys.executable
KEY = "only-for-measuring-on-this-machine-and-never-for-a-site-that-anybody-reads"


@dataclass(frozen=True)
class Record:
    """A generated record: an engine, sqlite or postgres, and how many statements. `server` is PostgreSQL's address."""

    engine: str
    statements: int
    seed: int
    server: str = ""

    @property
    def name(self) -> str:
        """What the record is called in results and file names."""
        return f"{self.engine}-{self.statements}"

    @property
    def folder(self) -> Path:
        """The folder of what belongs to this record alone."""
        return VAR / self.name

    @property
    def file(self) -> Path:
        """SQLite's file."""
        return self.folder / "onrecord.sqlite3"

    @property
    def database_url(self) -> str:
        """The address of the database."""
        if self.engine == "sqlite":
            return f"sqlite:///{self.file}"
        head, _, options = self.server.partition("?")
        return f"{head.rpartition('/')[0]}/bench_{self.statements}{'?' if options else ''}{options}"

    def environment(self, port: int) -> dict[str, str]:
        """The settings under which the record is served as a public site is, with one process."""
        return clean_environment(
            DEBUG="false",
            SECRET_KEY=KEY,
            ALLOWED_HOSTS="127.0.0.1",
            # Everything is asked from one address.
            SEARCHES_PER_MINUTE="0",
            SITE_URL=f"http://127.0.0.1:{port}",
            PORT=str(port),
            VAR_DIR=str(self.folder),
            DATABASE_URL=self.database_url,
            TASK_WORKER="false",
            LOG_LEVEL="ERROR",
            PYTHONPATH=str(ROOT),
        )
