"""What PostgreSQL is told about a database as a whole."""

import pytest
from django.db import connection

from quotes.compiling import SWITCH_BACK, SWITCH_OFF

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite compiles no queries"),
]
SETTINGS = "SELECT setconfig FROM pg_db_role_setting JOIN pg_database ON oid = setdatabase WHERE datname = %s"


def settings():
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS, [connection.settings_dict["NAME"]])
        return [one for (each,) in cursor.fetchall() for one in each]


def test_queries_of_a_migrated_database_are_not_compiled():
    assert "jit=off" in settings()


def test_it_can_be_switched_back():
    with connection.cursor() as cursor:
        cursor.execute(SWITCH_BACK)
        assert "jit=off" not in settings()
        cursor.execute(SWITCH_OFF)
    assert "jit=off" in settings()
