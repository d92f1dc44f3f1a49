import re

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def cards(client, address):
    page = client.get(address)
    return re.findall(r'<p class="words">(.*?)</p>', page.text, re.DOTALL)


def marked(client, address):
    return [found for card in cards(client, address) for found in re.findall("<mark>(.*?)</mark>", card)]


def test_what_a_search_found_is_marked_on_the_cards(client):
    factories.publish("“We must think about security guarantees.”")
    assert marked(client, "/statements/?q=guarantee") == ["guarantees"]


def test_the_generated_marks_stay_outside(client):
    factories.publish("“We must think.”")
    assert "“<mark>We</mark> must" in cards(client, "/statements/?q=we")[0]


def test_words_are_marked_once_escaped(client):
    factories.publish("“Fish & chips <b>now</b>.”")
    (card,) = cards(client, "/statements/?q=chips")
    assert "Fish &amp; <mark>chips</mark> &lt;b&gt;" in card


def test_nothing_is_marked_without_a_search(client):
    factories.publish("“We must think.”")
    assert not marked(client, "/statements/")
    assert not marked(client, "/")


def test_a_card_shows_the_words_that_were_found_however_far_they_stand(client):
    factories.publish(f"“{'So many words were said before. ' * 40}Then came peace. {'And more. ' * 100}”")
    (card,) = cards(client, "/statements/?q=peace")
    assert "“[" in re.sub("<[^>]+>", "", card)
    assert "came <mark>peace</mark>." in card
    assert re.sub("<[^>]+>", "", card).strip().endswith("[…]”")
