"""Records that are run apart, each with a database, files and backups of its own, on the database of this run."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

import psycopg

from tests.config.site import ROOT, Site


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str


class Apart(Site):
    """A record with a site's settings, its commands, and what it holds."""

    def __init__(self, folder, url, **settings):
        folder.mkdir()
        self.folder, self.url = folder, url
        self.media, self.shelf = folder / "media", folder.parent / "shelf"
        super().__init__(folder, DATABASE_URL=url, BACKUP_DIR=str(self.shelf), **settings)

    def run(self, *command, **variables):
        """Run a command of manage.py to its end, however it ends."""
        command = (sys.executable, "manage.py", *map(str, command))
        environment = {**self.environment, "DATABASE_POOL": "false", **variables}
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, env=environment)
        return Done(done.returncode, done.stdout, done.stderr)

    def fill(self, words):
        """Put some of everything on record; the ids of the statements."""
        return self.module("tests.filling", words).split()

    def told(self):
        return json.loads(self.module("tests.told"))

    def module(self, *command):
        environment = {**self.environment, "DATABASE_POOL": "false"}
        command = [sys.executable, "-m", *command]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment).stdout

    @property
    def backups(self):
        return sorted(path for path in self.shelf.iterdir() if path.is_dir())


def server(name):
    """The address of a database on the server of this run."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def maintain(order):
    """Give the server an order; the first column of what it answers."""
    with psycopg.connect(server("postgres"), autocommit=True) as opened:
        answer = opened.execute(order)
        return [row[0] for row in answer] if answer.description else []


def drop(beginning):
    """Drop every database whose name begins so."""
    for one in maintain("SELECT datname FROM pg_database"):
        if one.startswith(beginning):
            maintain(f'DROP DATABASE "{one}" WITH (FORCE)')
