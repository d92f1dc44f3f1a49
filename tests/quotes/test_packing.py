import hashlib
import zlib
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.models import Revision
from quotes.packing import DICTIONARY, MARK, packed, unpacked
from tests.factories import publish

BODY = '{"id":"FR2Q1EXERX","label":"","language":"en","mode":"indirect","recorded":"2017-07-07"}'


@given(st.text(st.characters(codec="utf-8")))
def test_what_was_packed_is_what_comes_out(text):
    assert unpacked(packed(text)) == text


def test_a_text_that_was_kept_before_is_read_as_it_is():
    assert unpacked('{"schema":1}') == '{"schema":1}'


def test_a_text_that_was_packed_without_the_dictionary_is_read():
    assert unpacked("zlib:" + b64encode(zlib.compress(BODY.encode())).decode()) == BODY


def test_the_dictionary_is_the_one_that_packed_what_is_kept():
    assert hashlib.sha256(DICTIONARY).hexdigest() == "fa3615820df16ccc92d009cbc0a16d872059221b3108daf82925c297cca1c44a"


def test_a_text_packed_by_the_first_version_with_the_dictionary_is_read():
    assert unpacked("zdict1:eH0k3n//g5ZcbkFGgYauEa5BEeCUBinDsCQ6AsWTobmuAQgp1QIAb5gZYA==") == BODY


def test_what_is_cut_short_is_refused_and_not_half_read():
    kept = packed(BODY)
    with pytest.raises(zlib.error):
        unpacked(kept[: len(MARK) + 20])


def test_no_text_is_kept_as_none():
    assert packed("") == ""


@pytest.mark.django_db
def test_a_body_is_kept_in_less_than_half_its_room_and_read_and_sought_as_it_is():
    version = publish().revisions.get()
    kept = Revision.objects.extra(select={"kept": "body || ''"}).values_list("kept", flat=True).get()
    assert kept.startswith(MARK)
    assert len(kept) < len(version.body) / 2
    assert version.body.startswith('{"id":')
    assert not Revision.objects.filter(body="").exists()
    assert Revision.objects.get(body=version.body) == version
