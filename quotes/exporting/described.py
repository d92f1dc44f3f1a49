"""Data Packages: what the lists and the dumps hold, for people and programs (https://specs.frictionlessdata.io/)."""

from typing import Any

from django.conf import settings

from quotes.exporting.columns import COLUMNS

TITLE = "On Record: public statements, with the road their words travelled"


def licence() -> dict[str, str]:
    """The licence of the record's own metadata, as a package names it."""
    return {"path": settings.RECORD_LICENCE, "title": "Of the record's metadata; the words quoted stay their owners'"}


def lists_package() -> dict[str, Any]:
    """The package of the list of all statements; a list with filters has the same columns."""
    return {
        "name": "on-record-statements",
        "title": TITLE,
        "homepage": settings.SITE_URL,
        "licenses": [licence()],
        "resources": [statements_table(f"{settings.SITE_URL}/statements.csv")],
    }


def statements_table(path: str) -> dict[str, Any]:
    """A list of statements in CSV, with its columns."""
    return {
        "name": "statements",
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": [column.described for column in COLUMNS], "primaryKey": "id", "missingValues": [""]},
    }
