"""What reaches the public from a review: joined to what is on record, and published."""

import pytest

from quotes.models import Appearance
from quotes.record import publish
from tests import factories
from tests.review import FIRST, accepted, at, refreshed, sent, three

pytestmark = pytest.mark.django_db


# Already on record


def test_the_same_words_on_record_are_shown_and_joined(client, publisher):
    statement = factories.publish(FIRST)
    document, (one, *_) = three()
    page = client.get(at(document, one)).text
    assert "Already on record?" in page
    assert f'value="{statement.pid}"' in page
    client.post(at(document), sent(one, join=statement.pid))
    assert refreshed(one).state == "joined"
    assert Appearance.objects.filter(statement=statement, document=document).exists()
    assert f"/q/{statement.pid}" in client.get(at(document, one)).text


def test_what_was_typed_before_it_is_joined_is_kept(client, publisher):
    statement = factories.publish(FIRST)
    document, (one, *_) = three()
    typed = {"also1__role": "relayed_by", "also1__name": "TASS", "also1__kind": "agency"}
    client.post(at(document), sent(one, join=statement.pid, **typed))
    assert statement.appearances.get(attested=True).hops.get().outlet.name == "TASS"


def test_adding_to_what_is_public_takes_the_right_to_publish(client, editor):
    statement = factories.publish(FIRST)
    document, (one, *_) = three()
    assert 'name="join"' not in client.get(at(document, one)).text
    assert client.post(at(document), sent(one, join=statement.pid)).status_code == 403
    assert refreshed(one).state == "open"


def test_only_what_is_published_can_be_joined(client, publisher):
    draft = factories.draft(FIRST)
    document, (one, *_) = three()
    for pid in (draft.pid, "nonsense"):
        assert "not published any more" in client.post(at(document), sent(one, join=pid)).text
    assert refreshed(one).state == "open"


# Publishing


def test_what_was_accepted_is_published_together(client, publisher):
    document, (one, two, third) = three()
    accepted(client, document, one)
    accepted(client, document, third)
    assert "Publish what was accepted (2)" in client.get(at(document)).text
    page = client.post(at(document), {"act": "publish"}, follow=True)
    assert "2 statements published." in page.text
    assert {refreshed(one).statement.state, refreshed(third).statement.state} == {"published"}
    assert refreshed(two).state == "open"


def test_publishing_takes_the_right_to(client, editor):
    document, (one, *_) = three()
    accepted(client, document, one)
    assert 'value="publish"' not in client.get(at(document)).text
    assert client.post(at(document), {"act": "publish"}).status_code == 403
    assert refreshed(one).statement.state == "draft"


def test_what_is_published_is_not_taken_back_here(client, publisher):
    document, (one, *_) = three()
    accepted(client, document, one)
    assert 'value="undo"' in client.get(at(document)).text
    publish(refreshed(one).statement, editor=publisher)
    assert 'value="undo"' not in client.get(at(document)).text
    page = client.post(at(document), {"act": "undo"}, follow=True)
    assert "it can’t be taken back here" in page.text
    assert refreshed(one).state == "accepted"
