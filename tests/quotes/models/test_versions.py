"""What the database itself refuses of versions and merges."""

import pytest
from django.utils import timezone

from quotes.models import Merge, MovedRow, Revision
from tests import factories
from tests.quotes.models.breaking import Attempts, assert_refused

pytestmark = pytest.mark.django_db

breaks = Attempts()


def merge_row(**fields):
    return Merge.objects.create(
        **({"kind": "speaker", "loser_id": 1, "survivor_id": 2, "at": timezone.now()} | fields),
        actor=factories.editor(),
        reason="One and the same",
    )


@breaks("revision_number_is_unique")
def version_one_twice():
    first = factories.revision(factories.publish())
    Revision.objects.create(
        statement=first.statement, number=1, body="{}", sha256="", recorded_at=first.recorded_at, actor=first.actor
    )


@breaks("revision_numbers_start_at_one")
def version_zero():
    first = factories.revision(factories.publish())
    Revision.objects.create(
        statement=first.statement, number=0, body="{}", sha256="", recorded_at=first.recorded_at, actor=first.actor
    )


@breaks("nothing_is_merged_into_itself")
def merge_into_itself():
    merge_row(survivor_id=1)


@breaks("merged_away_only_once")
def merged_away_twice():
    merge_row(survivor_id=2)
    merge_row(survivor_id=3)


@breaks("row_is_moved_once")
def one_row_moved_twice():
    act = merge_row()
    for _ in range(2):
        MovedRow.objects.create(merge=act, table="quotes_statement", row_id=1, field="speaker_id")


@breaks.each
def test_the_database_refuses(name, attempt):
    assert_refused(name, attempt)
