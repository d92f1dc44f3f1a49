"""Copies of the pages and lists beside a permalink: kept by anybody, asked about each time, cheap to ask about."""

import pytest
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage

from quotes import record, revalidation
from quotes.notation import parse
from tests import factories

pytestmark = pytest.mark.django_db

OF_A_STATEMENT = ["/history", "/history?from=1&to=2", "/timemap", "/linkset", "/linkset.json"]
OF_ALL = [
    "/corrections/",
    "/corrections/?kind=correct",
    "/corrections/feed.atom",
    "/corrections/feed.atom?kind=correct",
]


@pytest.fixture
def statement():
    made = factories.publish()
    correct(made, "“We must think of security.”")
    return made


def correct(statement, words):
    by = factories.publisher()
    record.correct(statement, record.Changes(spans=parse(words)), editor=by, reason="A word was missing")


@pytest.fixture(params=[*OF_A_STATEMENT, *OF_ALL])
def address(request, statement):
    return request.param if request.param in OF_ALL else statement.get_absolute_url() + request.param


def still_good(client, address, answer):
    return client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_everybody_may_keep_a_copy_and_asks_each_time(client, address):
    answer = client.get(address)
    assert answer["ETag"].startswith('W/"')
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_copy_that_is_still_good_costs_one_query(client, address, django_assert_num_queries):
    first = client.get(address)
    with django_assert_num_queries(1):
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Cache-Control"):
        assert again[name] == first[name]


def test_a_correction_makes_every_copy_old(client, address, statement):
    answer = client.get(address)
    correct(statement, "“We must think of our security.”")
    assert not still_good(client, address, answer)


def test_a_release_makes_every_copy_old(client, address, monkeypatch):
    answer = client.get(address)
    monkeypatch.setattr(revalidation, "code", lambda: "the next release")
    assert not still_good(client, address, answer)


def test_a_copy_of_one_list_is_none_of_another(client, statement):
    address = statement.get_absolute_url()
    tags = {client.get(one)["ETag"] for one in [*(address + path for path in ["", *OF_A_STATEMENT]), *OF_ALL]}
    assert len(tags) == 1 + len(OF_A_STATEMENT) + len(OF_ALL)


@pytest.mark.parametrize("path", OF_A_STATEMENT)
def test_no_copy_of_what_was_removed_is_still_good(client, statement, path):
    address = statement.get_absolute_url() + path
    tag = client.get(address)["ETag"]
    record.remove(statement, editor=factories.publisher(), reason_code="law", reason="An order")
    for known in (tag, "*"):
        assert client.get(address, headers={"If-None-Match": known}).status_code == 410


@pytest.mark.parametrize("path", OF_A_STATEMENT)
def test_the_lists_of_what_was_merged_away_are_kept_too(client, statement, path):
    address = statement.get_absolute_url() + path
    before = client.get(address)
    record.merge(statement, factories.publish(), editor=factories.publisher(), reason="One utterance")
    assert not still_good(client, address, before)
    assert still_good(client, address, client.get(address))


@pytest.mark.parametrize("address", OF_ALL)
def test_an_act_that_began_before_the_last_and_ended_after_it_makes_the_ledgers_copies_old(client, address, statement):
    act = statement.acts.get(verb="correct")
    act.leaves.get().delete()
    act.delete()
    factories.publish()
    answer = client.get(address)
    act.save(force_insert=True)
    assert not still_good(client, address, answer)


@pytest.mark.parametrize(
    "address", ["/corrections/?kind=x", "/corrections/feed.atom?since=soon", "/q/{}/history?from=9"]
)
def test_a_refusal_is_no_copy(client, statement, address):
    answer = client.get(address.format(statement.pid))
    assert answer.status_code == 400
    assert "ETag" not in answer


@pytest.mark.parametrize("path", ["/corrections/", "/q/{}/history"])
def test_who_is_signed_in_or_about_to_be_told_something_gets_a_page_of_their_own(client, statement, path, rf):
    address = path.format(statement.pid)
    tag = client.get(address)["ETag"]
    client.cookies["messages"] = CookieStorage(rf.get("/"))._encode([Message(20, "Thank you for the report.")])
    told = client.get(address, headers={"If-None-Match": tag})
    client.force_login(factories.editor())
    for page in (told, client.get(address, headers={"If-None-Match": tag})):
        assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
        assert "ETag" not in page
    assert "Cookie" in page["Vary"]


@pytest.mark.parametrize("tag", ["nonsense", '"', 'W/"', "," * 5000])
def test_an_absurd_tag_is_no_error(client, address, tag):
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", OF_A_STATEMENT)
def test_what_is_unknown_is_unknown_whatever_copy_is_named(client, path):
    for one in ("/q/7K2M9QX4TA", "/q/nonsense", factories.draft().get_absolute_url()):
        assert client.get(one + path, headers={"If-None-Match": "*"}).status_code == 404
