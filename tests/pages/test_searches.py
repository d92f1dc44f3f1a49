import pytest

from quotes import saving
from quotes.models import SavedSearch
from tests import factories

pytestmark = pytest.mark.django_db

FILTERS = "speaker=emmanuel-macron&q=security"


@pytest.fixture
def account(client):
    factories.publish()
    account = factories.user()
    client.force_login(account)
    return account


def saved(client, name="Macron on security", query=FILTERS):
    return client.post("/searches/new/", {"name": name, "query": query}, follow=True)


def kept():
    return list(SavedSearch.objects.values_list("name", "query"))


@pytest.mark.parametrize("address", ["/searches/", "/searches/new/?q=x"])
def test_visitors_are_sent_to_sign_in(client, address):
    assert client.get(address).headers["Location"].startswith("/signin/?next=/searches/")


def test_a_list_is_kept_under_a_name(client, account):
    page = saved(client)
    assert kept() == [("Macron on security", FILTERS)]
    assert "“Macron on security” is kept." in page.text
    assert f'href="/statements/?{FILTERS.replace("&", "&amp;")}"' in page.text


def test_its_feeds_are_the_lists_own(client, account):
    page = saved(client).text
    for form in ("atom", "json"):
        assert f"/statements/feed.{form}?{FILTERS.replace('&', '&amp;')}" in page
        assert client.get(f"/statements/feed.{form}?{FILTERS}").status_code == 200


def test_a_list_offers_to_be_kept_to_those_who_are_signed_in(client, account):
    link = f"/searches/new/?{FILTERS.replace('&', '&amp;')}"
    assert link in client.get(f"/statements/?{FILTERS}").text
    assert "/searches/new/" not in client.get("/statements/").text
    client.logout()
    assert "/searches/new/" not in client.get(f"/statements/?{FILTERS}").text


def test_a_name_is_proposed(client, account):
    page = client.get(f"/searches/new/?{FILTERS}")
    assert 'value="“security”, Emmanuel Macron"' in page.text


def test_what_is_no_filter_is_left_out(client, account):
    saved(client, query="q=security&after=2022-12-03&utm_source=x&topic=")
    assert kept() == [("Macron on security", "q=security")]


@pytest.mark.parametrize(
    ("name", "query", "message"),
    [
        ("", FILTERS, "Give it a name."),
        (" ", FILTERS, "Give it a name."),
        ("n" * 81, FILTERS, "This is 81 characters long; the limit is 80."),
        ("name\x00", FILTERS, "Null characters are not allowed."),
        ("name", "", "Filter the list first"),
        ("name", "after=2022-12-03", "Filter the list first"),
        ("name", "speaker=nobody", "No speaker goes by this name."),
        ("name", f"q={'x' * 2000}", "longer than the 2000 characters"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_reason(client, account, name, query, message):
    page = saved(client, name, query)
    assert message in page.text
    assert not kept()
    assert page.status_code == 200


def test_filters_that_cannot_be_read_are_refused_before_a_name_is_typed(client, account):
    assert "No speaker goes by this name." in client.get("/searches/new/?speaker=nobody").text


def test_two_searches_of_an_account_have_two_names(client, account):
    saved(client)
    page = saved(client, "MACRON on security", "q=peace")
    assert "You keep another search as “MACRON on security”. Choose another name." in page.text
    assert 'value="q=peace"' in page.text
    assert len(kept()) == 1


def test_two_accounts_may_use_one_name(client, account):
    saved(client)
    client.force_login(factories.editor())
    saved(client)
    assert len(kept()) == 2


def test_there_is_an_end_to_what_an_account_keeps(client, account, monkeypatch):
    monkeypatch.setattr(saving, "MOST", 1)
    saved(client)
    assert "Delete one that you no longer need." in saved(client, "Another").text
    assert len(kept()) == 1


def test_a_search_is_renamed(client, account):
    saved(client)
    search = SavedSearch.objects.get()
    page = client.post(f"/searches/{search.pk}/rename/", {"name": "  Peace   talks "}, follow=True)
    assert "It is “Peace talks” now." in page.text
    assert kept() == [("Peace talks", FILTERS)]


@pytest.mark.parametrize(
    ("name", "message"), [("", "Give it a name."), ("taken", "You keep another search as “taken”")]
)
def test_a_name_that_will_not_do_stays_to_be_mended(client, account, name, message):
    saved(client, "Taken", "q=peace")
    saved(client)
    search = SavedSearch.objects.get(query=FILTERS)
    page = client.post(f"/searches/{search.pk}/rename/", {"name": name})
    assert message in page.text
    search.refresh_from_db()
    assert search.name == "Macron on security"


def test_a_search_is_deleted_and_can_be_had_back(client, account):
    saved(client)
    page = client.post(f"/searches/{SavedSearch.objects.get().pk}/delete/", follow=True)
    assert not kept()
    assert 'is deleted. <a href="/discarded/">Put it back</a>' in page.text


@pytest.mark.parametrize("act", ["rename", "delete"])
def test_nobody_touches_the_searches_of_another(client, account, act):
    saved(client)
    client.force_login(factories.publisher())
    assert client.post(f"/searches/{SavedSearch.objects.get().pk}/{act}/", {"name": "Mine"}).status_code == 404
    assert "Macron on security" not in client.get("/searches/").text
    assert kept() == [("Macron on security", FILTERS)]


def test_the_page_is_private(client, account):
    assert "private" in client.get("/searches/").headers["Cache-Control"]


def test_searches_go_with_their_account(client, account):
    saved(client)
    account.delete()
    assert not kept()
