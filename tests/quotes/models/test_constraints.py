"""Each constraint of the models has a test that tries to break it; a constraint without one fails here."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests import factories
from tests.quotes.models import (
    test_account_constraints,
    test_candidate_constraints,
    test_import_constraints,
    test_log,
    test_names,
    test_parties,
    test_program_keys,
    test_roads,
    test_sources,
    test_statements,
    test_versions,
    test_watches,
)
from tests.quotes.models.breaking import CONSTRAINTS, models, update

pytestmark = pytest.mark.django_db

SUBJECTS = (
    test_account_constraints,
    test_sources,
    test_parties,
    test_statements,
    test_roads,
    test_versions,
    test_candidate_constraints,
    test_log,
    test_import_constraints,
    test_names,
    test_program_keys,
    test_watches,
)
BROKEN = set().union(*(subject.breaks.names for subject in SUBJECTS))


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_every_constraint_has_an_attempt_to_break_it(name):
    assert name in BROKEN


def test_every_attempt_is_at_a_constraint_there_is():
    assert set(CONSTRAINTS) >= BROKEN


def test_the_database_has_every_constraint_of_the_models():
    with connection.cursor() as cursor:
        tables = [model._meta.db_table for model in models()]
        there = {name for table in tables for name in connection.introspection.get_constraints(cursor, table)}
    assert set(CONSTRAINTS) <= there


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (factories.draft, "pid"),
        (factories.document, "pid"),
        (factories.speaker, "slug"),
        (factories.outlet, "slug"),
        (factories.topic, "slug"),
    ],
    ids=["statement", "document", "speaker", "outlet", "topic"],
)
def test_no_two_have_one_address(make, field):
    first = make()
    second = make("“Other words.”") if make is factories.draft else make("Another")
    with pytest.raises(IntegrityError), transaction.atomic():
        update(second, **{field: getattr(first, field)})
