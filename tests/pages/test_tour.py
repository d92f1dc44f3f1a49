"""The tour: seven steps of real parts, at the founding record or at the newest statement."""

import re

import pytest
from django.core.management import call_command

from quotes.models import Statement
from quotes.touring import STEPS
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def founding():
    call_command("load_founding_record", verbosity=0)
    return Statement.objects.get(text__startswith="This issue will be part")


def address(number):
    return "/tour/" if number == 1 else f"/tour/{number}/"


def step(client, key):
    keys = [one.key for one in STEPS]
    return client.get(address(keys.index(key) + 1)).text


def test_the_steps_lead_on_from_first_to_last_and_back(client, founding):
    last = len(STEPS)
    for number in range(1, last + 1):
        page = client.get(address(number)).text
        assert f"Step {number} of {last}" in page
        assert (f'href="{address(number + 1)}" rel="next"' in page) == (number < last)
        assert ('rel="prev"' in page) == (number > 1)
        assert "is not on this record" not in page


def test_it_begins_with_the_interview(client, founding):
    page = step(client, "statement")
    assert "This issue will be part of the discussions about peace" in page
    assert founding.get_absolute_url() in page


def test_the_road_shows_the_agency(client, founding):
    assert 'href="/outlets/tass/"' in step(client, "road")


def test_putins_words_stand_inside_macrons(client, founding):
    page = step(client, "told")
    assert "as told by" in page
    assert "NATO is approaching Russia’s borders" in page


def test_an_imprecise_date_says_that_it_is(client, founding):
    assert "in December 2021 (uncertain)" in step(client, "date")


def test_the_versions_are_those_of_its_history(client, founding):
    page = step(client, "versions")
    assert founding.version_url(1) in page
    assert f"{founding.get_absolute_url()}/history" in page


def test_the_check_finds_the_word_that_was_changed(client, founding):
    page = step(client, "check")
    assert "On record in other words" in page
    assert re.search(r"<ins>.*borders", page)


def test_it_ends_in_a_citation_to_copy(client, founding):
    page = step(client, "cite")
    assert "Macron, E. (2022, December 3)." in page
    assert 'data-copy="cite-apa"' in page


def test_without_the_founding_record_it_says_so_and_shows_the_newest(client):
    factories.publish("“First.”")
    factories.publish("“Newest of all.”")
    for number in range(1, len(STEPS) + 1):
        page = client.get(address(number))
        assert page.status_code == 200
        assert "is not on this record" in page.text
    assert "Newest of all." in client.get("/tour/").text


def test_on_an_empty_record_it_says_so(client):
    assert "Nothing is on record yet." in client.get("/tour/").text


def test_what_was_retracted_is_not_toured(client, founding):
    Statement.objects.filter(pk=founding.pk).update(state="retracted")
    assert "This issue will be part" not in step(client, "statement")


def test_a_step_has_one_address(client, founding):
    assert client.get("/tour/1/").url == "/tour/"
    assert client.get("/tour/8/").status_code == client.get("/tour/0/").status_code == 404


def test_visitors_share_a_copy_of_a_step(client, founding, django_assert_num_queries):
    first = client.get("/tour/3/")
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    with django_assert_num_queries(1):
        assert client.get("/tour/3/").content == first.content


@pytest.mark.parametrize("number", range(1, len(STEPS) + 1))
def test_a_step_costs_a_bounded_number_of_queries(client, founding, django_assert_max_num_queries, number):
    with django_assert_max_num_queries(30):
        client.get(address(number))


def test_the_tour_is_offered_at_home_and_led_to_from_everywhere(client):
    assert 'id="tour-offer"' in client.get("/").text
    assert client.get("/about/").text.count('href="/tour/"') == 2
    assert "tour" not in client.get("/").cookies
