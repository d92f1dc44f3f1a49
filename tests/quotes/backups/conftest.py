import shutil
from secrets import token_hex

import pytest
from django.db import connection

from tests.config.site import Site
from tests.quotes.backups.apart import Apart, drop, maintain, server


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """A database that was migrated and holds nothing: its file, or its name."""
    folder = tmp_path_factory.mktemp("migrated")
    if connection.vendor == "sqlite":
        path = folder / "migrated.sqlite3"
        Site(folder, DATABASE_URL=f"sqlite:///{path}").manage("migrate", "--verbosity=0")
        yield path
        return
    name = f"migrated_{token_hex(4)}"
    maintain(f"CREATE DATABASE {name}")
    Site(folder, DATABASE_URL=server(name)).manage("migrate", "--verbosity=0")
    yield name
    drop(name)


@pytest.fixture
def new_address(tmp_path):
    """Addresses of databases that are empty, or aren't there yet; all are gone afterwards."""
    made = []

    def new(name, template="template0"):
        if connection.vendor == "sqlite":
            if template != "template0":
                shutil.copy(template, tmp_path / f"{name}.sqlite3")
            return f"sqlite:///{tmp_path / name}.sqlite3"
        made.append(f"apart_{name}_{token_hex(4)}")
        maintain(f"CREATE DATABASE {made[-1]} TEMPLATE {template}")
        return server(made[-1])

    yield new
    for database in made:
        drop(database)


@pytest.fixture
def apart(tmp_path, new_address, migrated):
    """Make a record apart, by name; migrated, unless told else."""

    def make(name, *, is_migrated=True, **settings):
        address = new_address(name, migrated) if is_migrated else new_address(name)
        return Apart(tmp_path / name, address, **settings)

    return make
