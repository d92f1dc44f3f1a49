import pytest
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db


def test_the_front_page_shows_what_is_new(client):
    factories.publish("“We must think.”")
    assert "We must think." in client.get("/").text


def test_the_front_page_of_an_empty_record_says_so(client):
    assert "Nothing is on record yet." in client.get("/").text


def test_drafts_are_not_on_the_front_page(client):
    factories.draft("“A secret draft.”")
    assert "A secret draft" not in client.get("/").text


def test_the_front_page_takes_a_bounded_number_of_queries(client, django_assert_max_num_queries):
    for number in range(12):
        factories.publish(f"“Peace {number}.”", topics=[factories.topic(f"Topic {number}")])
    with django_assert_max_num_queries(8):
        client.get("/")


def test_the_about_page_names_who_runs_the_record(client, settings):
    settings.OPERATOR_NAME, settings.CONTACT_EMAIL = "The Daily Example", "desk@example.org"
    page = client.get("/about/")
    assert "The Daily Example runs this record." in page.text
    assert "mailto:desk@example.org" in page.text


def test_the_about_page_tells_how_to_reach_the_editors_without_an_address(client):
    assert "report a problem" in client.get("/about/").text


def test_an_unknown_address_has_a_page_with_a_way_on(client):
    page = client.get("/nowhere")
    assert page.status_code == 404
    assert "Browse all statements" in page.text


@pytest.mark.parametrize(("role", "is_shown"), [("Reader", False), ("Contributor", True)])
def test_the_desk_is_linked_for_those_alone_to_whom_it_opens(client, role, is_shown):
    client.force_login(factories.user(role, last_login=timezone.now()))
    assert ('href="/desk/"' in client.get("/about/").text) == is_shown
    assert client.get("/desk/").status_code == (200 if is_shown else 403)
