"""Counts of lists are kept while nothing is written: for editors, and for the further pages of a list."""

import pytest
from django.test import Client

from quotes import facets, record
from quotes.filters import StatementFilter
from tests import factories

pytestmark = pytest.mark.django_db

LIST = "/statements/?mode=direct"


@pytest.fixture
def said():
    return [factories.publish(f"“Words {number}.”", by="Emmanuel Macron") for number in range(25)]


@pytest.fixture
def uncounted(monkeypatch):
    """Let any counting be an error from now on."""

    def fail(*_):
        raise AssertionError("counted again")

    return lambda: monkeypatch.setattr(facets, "_counted_by", fail)


def test_an_editor_gets_the_counts_that_a_visitor_had_made(editor, client, said, uncounted):
    visited = Client().get(LIST)
    uncounted()
    page = client.get(LIST)
    assert "Signed in as" in page.text
    assert "25 statements" in page.text
    assert 'class="count">25<' in page.text
    assert 'class="count">25<' in visited.text


def test_the_next_page_of_a_list_counts_nothing(client, said, uncounted):
    first = client.get(LIST)
    uncounted()
    onward = client.get(f"{LIST}&after={said[5].said_max}.{said[5].pk}")
    assert "25 statements" in first.text
    assert "25 statements" in onward.text


def test_another_list_is_counted_anew(client, said, uncounted):
    client.get(LIST)
    uncounted()
    for other in ("/statements/?mode=indirect", "/statements/?mode=direct&mode=indirect", "/speakers/emmanuel-macron/"):
        with pytest.raises(AssertionError, match="counted again"):
            client.get(other)


def test_a_write_makes_every_count_anew(editor, client, said):
    assert "25 statements" in client.get(LIST).text
    factories.publish("“One more.”")
    assert "26 statements" in client.get(LIST).text
    record.retract(said[0], editor=factories.publisher(), reason="Staged")
    assert "25 statements" in client.get(LIST).text


def test_a_renamed_speaker_has_the_new_name_in_every_facet(editor, client, said):
    assert "<span><bdi>Emmanuel Macron</bdi>" in client.get(LIST).text
    record.rename(said[0].speaker, editor=factories.publisher(), name="E. Macron", slug="macron")
    page = client.get(LIST).text
    assert "<span><bdi>E. Macron</bdi>" in page
    assert "<span><bdi>Emmanuel Macron</bdi>" not in page


def test_outside_requests_nothing_is_kept(said, django_assert_num_queries):
    for _ in range(2):
        with django_assert_num_queries(1):
            facets.spread(StatementFilter({"mode": "direct"}))


def test_who_works_on_the_code_gets_fresh_counts(client, said, uncounted, settings):
    client.get(LIST)
    settings.DEBUG = True
    uncounted()
    with pytest.raises(AssertionError, match="counted again"):
        client.get(LIST)
