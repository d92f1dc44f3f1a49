"""What the database itself refuses of names that are suggested, and of searches that are kept."""

import pytest

from quotes.models import NameStart, NameTrigram, SavedSearch
from tests import factories
from tests.quotes.models.breaking import Attempts, assert_refused

pytestmark = pytest.mark.django_db

breaks = Attempts()


def start(**fields):
    return NameStart.objects.create(**{"kind": "speaker", "key": 1, "start": "macron"} | fields)


def trigram(word="macron"):
    return NameTrigram.objects.create(trigram="mac", word=word)


def saved(**fields):
    owner = fields.pop("owner", None) or factories.editor()
    return SavedSearch.objects.create(**{"owner": owner, "name": "Peace", "query": "q=peace"} | fields)


@breaks("name_start_kind_is_known")
def kind_that_nothing_is_of():
    start(kind="planet")


@breaks("name_start_is_not_empty")
def start_of_nothing():
    start(start="")


@breaks("name_start_leads_to_a_thing_once")
def same_start_twice():
    start()
    start()


@breaks("trigram_is_of_a_word")
def trigram_of_nothing():
    trigram("")


@breaks("trigram_leads_to_a_word_once")
def same_trigram_twice():
    trigram()
    trigram()


@breaks("saved_search_has_a_name_of_its_own")
def same_name_in_another_case():
    saved(name="PEACE", owner=saved().owner)


@breaks("saved_search_has_a_name")
def search_without_a_name():
    saved(name="")


@breaks("saved_search_asks_for_something")
def search_for_everything():
    saved(query="")


@breaks.each
def test_the_database_refuses(name, attempt):
    assert_refused(name, attempt)


def test_a_saved_search_leads_to_its_list():
    search = saved()
    assert (str(search), search.get_absolute_url()) == ("Peace", "/statements/?q=peace")
