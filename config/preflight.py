"""What must be true before the record is served, told in one line where it isn't."""

from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

_UNINDEXED = """
SELECT EXISTS (
    SELECT 1 FROM (SELECT id FROM quotes_statement WHERE state = 'published' ORDER BY id LIMIT 100) AS first
    WHERE id NOT IN (SELECT statement_id FROM quotes_entry WHERE statement_id = first.id)
) AND NOT EXISTS (SELECT 1 FROM quotes_reindexing)
"""


def problem() -> str | None:
    """Return why serving would fail, or None. Leaves no connection open, because gunicorn forks afterwards."""
    pooled = connections[DEFAULT_DB_ALIAS]
    single = without_pool(pooled.copy())
    # Django reads which migrations ran by the connection's name: the pool would open here, and every process that is
    # forked would share its one connection and lack its threads.
    connections[DEFAULT_DB_ALIAS] = single
    try:
        return uncollected() or unmigrated(single) or unindexed(single)
    except OperationalError as error:
        return f"the database of DATABASE_URL failed: {' '.join(str(error).split())}"
    finally:
        single.close()
        connections[DEFAULT_DB_ALIAS] = pooled


def without_pool(copied: BaseDatabaseWrapper) -> BaseDatabaseWrapper:
    # A pool tries again for seconds and then says that it waited, not why.
    copied.settings_dict["OPTIONS"].pop("pool", None)
    return copied


def uncollected() -> str | None:
    if settings.DEBUG or (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return None
    return "static files aren't collected: run `manage.py collectstatic --noinput`"


def unmigrated(single: BaseDatabaseWrapper) -> str | None:
    executor = MigrationExecutor(single)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} migrations wait: run `manage.py migrate`" if waiting else None


def unindexed(single: BaseDatabaseWrapper) -> str | None:
    """Look for statements of an earlier release, which had no index: without one every list would be empty.

    Once the index is being made, the record can be served.
    """
    with single.cursor() as cursor:
        cursor.execute(_UNINDEXED)
        (missing,) = cursor.fetchone()
    return "statements aren't in the index: run `manage.py reindex`" if missing else None
