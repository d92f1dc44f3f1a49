"""What the database itself refuses of the index, of suggested names, and of searches and checks that are kept."""

import pytest
from django.utils import timezone

from quotes.models import Entry, NameStart, NameTrigram, NameWord, SavedCheck, SavedSearch, TokenCount
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


@breaks("check_is_kept_a_while")
def check_that_is_over_when_it_is_made():
    now = timezone.now()
    SavedCheck.objects.create(made_at=now, expires_at=now, quotations=[])


@breaks("place_is_a_day_and_an_id")
def entry_without_a_place():
    Entry.objects.create(place=0, statement=factories.draft(), words="one", voices="1d", terms="_a", dates="")


@breaks("token_is_counted_once_a_month")
def token_counted_twice():
    for n in (1, 2):
        TokenCount.objects.create(token="_x1", kind="_x", month=0, n=n)


@breaks("name_word_leads_to_a_speaker_once")
def word_that_leads_to_a_speaker_twice():
    speaker = factories.speaker()
    for _ in range(2):
        NameWord.objects.create(word="macron", speaker=speaker)


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
