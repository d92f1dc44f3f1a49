import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from quotes.models import Revision
from tests import factories

pytestmark = pytest.mark.django_db

CATALOGUE = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'quotes_revision' AND name = %s",
    "postgresql": (
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'quotes_revision'::regclass"
        " AND tgenabled = 'O' AND tgname = %s"
    ),
}


@pytest.fixture
def revision():
    return factories.revision(factories.publish())


def change(revision, **fields):
    with transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(**fields)


def another(revision, field):
    """A value for `field` that it doesn't have."""
    match field:
        case "id" | "number":
            return getattr(revision, field) + 1000
        case "statement_id":
            return factories.publish("“Other words.”").pk
        case "actor_id":
            return factories.editor().pk
        case "recorded_at":
            return timezone.now()
        case _:
            return "altered"


def test_the_trigger_stands_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute(CATALOGUE[connection.vendor], ["revisions_are_append_only"])
        assert "BEFORE UPDATE" in cursor.fetchone()[0]


@pytest.mark.parametrize("field", [field.attname for field in Revision._meta.concrete_fields])
def test_no_column_of_a_revision_can_be_updated(revision, field):
    value = another(revision, field)
    with pytest.raises(IntegrityError, match="revisions_are_append_only"):
        change(revision, **{field: value})


@pytest.mark.parametrize("field", [f.attname for f in Revision._meta.concrete_fields if f.attname != "body"])
def test_nothing_can_be_updated_along_with_blanking_the_body(revision, field):
    value = another(revision, field)
    with pytest.raises(IntegrityError, match="revisions_are_append_only"):
        change(revision, body="", **{field: value})


def test_the_body_can_be_blanked(revision):
    change(revision, body="")
    blank = Revision.objects.get(pk=revision.pk)
    assert (blank.body, blank.sha256) == ("", revision.sha256)


def test_a_blanked_body_can_be_blanked_again(revision):
    change(revision, body="")
    change(revision, body="")
    assert Revision.objects.get(pk=revision.pk).body == ""


def test_a_blanked_body_cannot_be_filled_again(revision):
    change(revision, body="")
    with pytest.raises(IntegrityError, match="revisions_are_append_only"):
        change(revision, body=revision.body)


def test_saving_a_revision_again_is_refused_even_unchanged(revision):
    with pytest.raises(IntegrityError, match="revisions_are_append_only"), transaction.atomic():
        revision.save()
