import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.models import Revision
from quotes.packing import MARK, packed, unpacked
from tests.factories import publish


@given(st.text(st.characters(codec="utf-8")))
def test_what_was_packed_is_what_comes_out(text):
    assert unpacked(packed(text)) == text


def test_a_text_that_was_kept_before_is_read_as_it_is():
    assert unpacked('{"schema":1}') == '{"schema":1}'


def test_no_text_is_kept_as_none():
    assert packed("") == ""


@pytest.mark.django_db
def test_a_body_is_kept_packed_and_read_and_sought_as_it_is():
    version = publish().revisions.get()
    kept = Revision.objects.extra(select={"kept": "body || ''"}).values_list("kept", flat=True).get()
    assert kept.startswith(MARK)
    assert len(kept) < len(version.body)
    assert version.body.startswith('{"id":')
    assert not Revision.objects.filter(body="").exists()
    assert Revision.objects.get(body=version.body) == version
