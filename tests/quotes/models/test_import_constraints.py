"""What the database itself refuses of imports."""

import pytest
from django.utils import timezone

from quotes.models import Import, Imported, ImportFinding, ImportTemplate
from tests import factories
from tests.quotes.models.breaking import Attempts, assert_refused

pytestmark = pytest.mark.django_db

breaks = Attempts()


def brought(**fields):
    now = timezone.now()
    plain = {"kind": "csv", "name": "rows.csv", "sha256": "a" * 64, "created_at": now, "moved_at": now}
    return Import.objects.create(by=factories.editor(), **(plain | fields))


def imported(of, row=2, part=0):
    made = factories.draft(f"“Row {row}, {part}.”")
    return Imported.objects.create(of=of, row=row, part=part, statement=made, appearance=1, words=1)


def template(owner, name="Sheet"):
    return ImportTemplate.objects.create(owner=owner, name=name, mapping={}, saved_at=timezone.now())


@breaks("import_state_is_known")
def import_in_no_state():
    brought(state="lost")


@breaks("import_kind_is_known")
def import_of_no_kind():
    brought(kind="pdf")


@breaks("import_is_within_its_rows")
def import_beyond_its_rows():
    brought(cursor=3, rows=2)


@breaks("failed_import_tells_why")
def import_that_failed_for_no_reason():
    brought(state="failed")


@breaks("failed_import_tells_why")
def import_with_a_problem_that_did_not_fail():
    brought(problem="It is a PDF.")


@breaks("undone_import_tells_by_whom_and_why")
def import_undone_by_nobody():
    brought(state="undone", reason="The wrong file")


@breaks("undone_import_tells_by_whom_and_why")
def import_undone_for_no_reason():
    brought(state="undoing", undone_by=factories.editor())


@breaks("undone_import_tells_by_whom_and_why")
def import_with_a_reason_that_is_not_undone():
    brought(reason="The wrong file")


@breaks("row_is_imported_once")
def row_imported_twice():
    of = brought()
    imported(of)
    imported(of)


@breaks("import_finding_is_of_a_kind")
def finding_of_no_kind():
    ImportFinding.objects.create(of=brought(), kind="odd", row=2, reason="It is odd.")


@breaks("import_template_name_is_the_owners_own")
def two_templates_of_one_name():
    owner = factories.editor()
    template(owner)
    template(owner)


@breaks("import_template_has_a_name")
def template_without_a_name():
    template(factories.editor(), "")


@breaks.each
def test_the_database_refuses(name, attempt):
    assert_refused(name, attempt)


def test_parts_of_a_row_and_templates_of_others_are_apart():
    of = brought()
    imported(of, part=1)
    imported(of, part=2)
    template(factories.editor())
    template(factories.editor())
    assert (of.statements.count(), ImportTemplate.objects.count()) == (2, 2)
