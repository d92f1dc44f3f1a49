"""Copies of public pages: given out in place of the page until a write shows on it, and never of a private one."""

import datetime as dt
import gzip
import re
from importlib import import_module

import pytest
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.template import Template
from django.test import Client, RequestFactory
from django.urls import resolve

from quotes import kept_pages, page_cache, record, revalidation
from quotes.kept_pages import InMemory, Kept
from quotes.models import Speaker
from quotes.notation import parse
from quotes.patience import TookTooLong
from sources.models import Document
from tests import factories
from tests.pages.addresses import a_record, routes

pytestmark = pytest.mark.django_db

PUBLIC = "public, max-age=0, must-revalidate"
# Each has a form of its own for whoever asks; or is the editors'.
PRIVATE_PAGES = {"check", "saved_check", "report", "signin", "signout", "password"}
PRIVATE_PAGES |= {"discarded", "signin_factor", "signin_again", "password_reset", "password_reset_confirm"}
# The same for everybody, whoever is signed in.
ALIKE_FOR_ALL = {"newest_feed", "statements_feed", "export", "version_export", "embed", "oembed", "picture"}
ALIKE_FOR_ALL |= {"qr_code", "timemap", "linkset", "linkset_json", "lists_package", "proof"}
ALIKE_FOR_ALL |= {"log_checkpoint", "log_checkpoints", "log_consistency", "log_tile", "log_verifier"}
# Files that are long, or hold what a removal must be able to take away; what depends on a folder; a text of theirs.
NEVER_KEPT = {"statements_download", "data", "dump_file", "archived_text", "web_archive", "api_check", "api_publish"}
NEVER_KEPT |= {"api_watches", "api_watch"}


@pytest.fixture
def here():
    return a_record()


def is_for_editors(name, address):
    return name in PRIVATE_PAGES or address.startswith(("/desk/", "/intake/", "/searches/", "/watches/", "/account/"))


def public(here):
    return {name: at for name, at in here.addresses.items() if name not in NEVER_KEPT and not is_for_editors(name, at)}


def copied(here):
    """The addresses of which copies are given out."""
    return {name: at for name, at in here.addresses.items() if hasattr(resolve(at.split("?")[0]).func, "tagged_by")}


def body_for_a_server(method, address):
    """What a server is given to send; the test client would cut off a body where none belongs."""
    answer = WSGIHandler()(RequestFactory().generic(method, address).environ, lambda *_: None)
    # Not closed: that would end the test's own transaction with its connection.
    return b"".join(answer)


def is_public(answer):
    return "public" in answer["Cache-Control"]


def test_every_route_has_an_address_here(here):
    assert here.addresses.keys() == routes()


def test_everything_public_may_be_kept_by_everybody_and_has_a_tag(client, here):
    for name, address in public(here).items():
        answer = client.get(address)
        assert answer.status_code == (404 if name in ("api_unknown", "styleguide") else 200), name
        if answer.status_code == 200 and name != "oembed":
            assert answer["Cache-Control"] in (PUBLIC, "public, max-age=0"), name
            assert answer["ETag"], name


def test_what_is_never_kept_says_so_and_has_no_copy(client, here):
    for name in NEVER_KEPT:
        answer = client.get(here.addresses[name])
        answer.getvalue()
        assert "public" not in answer.get("Cache-Control", ""), name
        assert here.addresses[name] not in copied(here).values()


def test_nothing_that_is_one_readers_own_may_be_kept_by_anybody(client, here):
    for name, address in here.addresses.items():
        if is_for_editors(name, address):
            told = client.get(address)["Cache-Control"]
            assert "private" in told, name
            assert "no-store" in told, name


@pytest.mark.parametrize("account", [factories.editor, factories.publisher])
def test_whoever_is_signed_in_gets_pages_that_no_cache_keeps(client, here, account):
    client.force_login(account())
    for name, address in here.addresses.items():
        answer = client.get(address)
        answer.getvalue()
        if name in NEVER_KEPT:
            assert not is_public(answer), name
        elif name not in ALIKE_FOR_ALL and not name.startswith("api_") and name != "api":
            assert not is_public(answer), name
            assert "no-store" in answer["Cache-Control"], name


def test_what_is_alike_for_all_names_nobody(here):
    for name in ALIKE_FOR_ALL:
        visitor, editor = Client(), Client()
        editor.force_login(factories.editor())
        assert visitor.get(here.addresses[name]).content == editor.get(here.addresses[name]).content


def test_a_visitor_after_an_editor_meets_nothing_of_theirs(here):
    client = Client()
    editor = factories.editor()
    client.force_login(editor)
    pages = {address: client.get(address) for address in copied(here).values()}
    client.logout()
    for address in pages:
        assert editor.username.encode() not in client.get(address).content


def test_an_editor_after_a_visitor_gets_their_own_page(client, here):
    for address in ("/", "/statements/", here.statement.get_absolute_url()):
        assert "Editors sign in" in client.get(address).text
    editor = factories.editor()
    client.force_login(editor)
    for address in ("/", "/statements/", here.statement.get_absolute_url()):
        assert f"Signed in as <bdi>{editor.username}</bdi>" in client.get(address).text


def test_a_message_for_one_reader_is_in_no_copy(client, here, rf):
    client.cookies["messages"] = CookieStorage(rf.get("/"))._encode([Message(20, "Thank you for the report.")])
    told = client.get("/statements/")
    assert "Thank you" in told.text
    assert told["Cache-Control"] == "private, no-store"
    assert "Thank you" not in client.get("/statements/").text


@pytest.mark.parametrize("address", ["/statements/?q=%22", "/speakers/nobody/", "/q/7K2M9QX4TA", "/nowhere/"])
def test_a_refusal_is_kept_by_nobody(client, here, address):
    for _ in range(2):
        answer = client.get(address)
        if answer.status_code != 200:
            assert answer["Cache-Control"] == "private, no-store"
            assert "ETag" not in answer


def test_a_list_that_took_too_long_is_kept_by_nobody(client, here, settings, monkeypatch):
    monkeypatch.setattr("quotes.views.browse.listing", _too_long)
    refused = client.get("/statements/")
    assert (refused.status_code, refused["Cache-Control"]) == (503, "no-store")
    monkeypatch.undo()
    assert client.get("/statements/").status_code == 200


def _too_long(*_args, **_kwargs):
    raise TookTooLong


@pytest.fixture
def unrendered(monkeypatch):
    """From when it is called on, no template may be rendered."""

    def begin():
        monkeypatch.setattr(Template, "render", lambda *_: pytest.fail("a template was rendered"))

    return begin


def told(answer):
    """The headers of an answer but the id of its request."""
    return {name: value for name, value in answer.items() if name != "X-Request-ID"}


def test_a_page_asked_for_again_costs_one_query_and_no_rendering(client, here, unrendered, django_assert_num_queries):
    pages = {address: client.get(address) for address in copied(here).values()}
    assert len(pages) > 20
    unrendered()
    for address, first in pages.items():
        with django_assert_num_queries(1):
            again = client.get(address)
        assert again.content == first.content
        assert told(again) == told(first), address


def test_a_copy_that_is_still_good_costs_one_query_and_no_rendering(
    client, here, unrendered, django_assert_num_queries
):
    tags = {address: client.get(address)["ETag"] for address in copied(here).values()}
    unrendered()
    for address, tag in tags.items():
        with django_assert_num_queries(1):
            again = client.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b""), address
        assert (again["ETag"], again["Cache-Control"]) == (tag, PUBLIC)


def test_a_process_that_never_made_the_page_knows_that_a_copy_of_a_list_is_good(
    here, unrendered, django_assert_num_queries
):
    lists = ["/", "/statements/?speaker=emmanuel-macron", "/speakers/", "/speakers/emmanuel-macron/", "/outlets/"]
    lists += ["/outlets/tf1/", "/topics/", "/topics/security-guarantees/", "/corrections/", "/sitemap.xml"]
    tags = {address: Client().get(address)["ETag"] for address in lists}
    unrendered()
    for address, tag in tags.items():
        other = Client()
        with django_assert_num_queries(1):
            assert other.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_a_process_that_never_made_a_statements_page_asks_two_queries_once(here, django_assert_num_queries):
    address = here.statement.get_absolute_url()
    tag = Client().get(address)["ETag"]
    other = Client()
    for queries in (2, 1):
        with django_assert_num_queries(queries):
            assert other.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert other.get(address).status_code == 200


def test_what_tells_that_a_process_lives_asks_no_database(client, here, django_assert_num_queries):
    for address in ("/about/", "/robots.txt", "/opensearch.xml"):
        with django_assert_num_queries(0):
            first = client.get(address)
            again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (first["Cache-Control"], again.status_code) == (PUBLIC, 304)


def test_a_write_shows_in_every_process_with_the_next_request(here):
    processes = [Client(), Client()]
    lists = [here.addresses[name] for name in ("home", "statements", "speaker", "outlet", "topic", "statement")]
    for client in processes:
        for address in lists:
            assert "think of security" in client.get(address).text
    by = factories.publisher()
    record.correct(here.statement, record.Changes(spans=parse("“Security first.”")), editor=by, reason="A slip")
    for client in processes:
        for address in lists:
            told = client.get(address).text
            assert "Security first" in told, address


def test_a_removed_statement_is_in_no_copy(here):
    client = Client()
    addresses = [here.addresses[name] for name in ("home", "statements", "statement", "embed", "newest_feed", "export")]
    for address in addresses:
        assert "think of security" in client.get(address).text
    record.remove(here.statement, editor=factories.publisher(), reason_code="law", reason="An order")
    for address in addresses:
        assert "think of security" not in client.get(address).text


@pytest.mark.parametrize(
    ("change", "address", "shown"),
    [
        (lambda s: Speaker.objects.filter(pk=s.speaker_id).update(name="President M."), "/statements/", "President M."),
        (lambda _: Document.objects.update(title="Another title"), None, "Another title"),
        (lambda _: record.add_topic("Peace"), "/topics/", "Peace"),
    ],
)
def test_what_has_no_act_shows_with_the_next_request_too(client, here, change, address, shown):
    address = address or here.addresses["document"]
    before = client.get(address)
    change(here.statement)
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert shown in after.text


def test_a_draft_makes_no_copy_old(client, here, django_assert_num_queries):
    client.get("/statements/")
    factories.draft("“Not yet.”")
    with django_assert_num_queries(1):
        client.get("/statements/")


def test_a_page_that_was_being_made_while_somebody_wrote_is_no_copy_of_the_record_since(here, monkeypatch):
    client = Client()
    made = page_cache.PageCache._finished

    def written_meanwhile(self, request, response, asked):
        Speaker.objects.filter(pk=here.statement.speaker_id).update(name="President M.")
        return made(self, request, response, asked)

    with monkeypatch.context() as while_made:
        while_made.setattr(page_cache.PageCache, "_finished", written_meanwhile)
        assert "President M." not in client.get("/speakers/").text
    assert "President M." in client.get("/speakers/").text


def test_a_release_makes_every_copy_old(client, here, monkeypatch):
    tags = {address: client.get(address)["ETag"] for address in ("/", "/statements/", "/topics/")}
    monkeypatch.setattr(revalidation, "code", lambda: "the next release")
    for address, tag in tags.items():
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_another_day_makes_every_copy_old(client, here, monkeypatch):
    tag = client.get("/statements/")["ETag"]
    monkeypatch.setattr(page_cache, "localdate", lambda: dt.date(2099, 1, 1))
    assert client.get("/statements/", headers={"If-None-Match": tag}).status_code == 200


def test_a_copy_is_one_of_its_own_address_and_host_alone(client, here, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    tag = client.get("/statements/")["ETag"]
    named = {"If-None-Match": tag}
    assert client.get("/statements/?mode=direct", headers=named).status_code == 200
    assert client.get("/statements/", headers=named, HTTP_HOST="other.example").status_code == 200
    assert client.get("/statements/", HTTP_HOST="evil.example").status_code == 400


def test_parts_of_addresses_cannot_be_taken_for_one_another(client, here):
    client.get("/statements/?mode=direct")
    assert client.get("/statements/%00mode=direct").status_code == 404


def test_what_shows_who_is_signed_in_depends_on_cookies(client, here):
    for address in copied(here).values():
        answer = client.get(address)
        if b"Editors sign in" in answer.content:
            assert "Cookie" in answer["Vary"], address


def test_each_client_gets_the_format_that_it_takes(client, here):
    address = here.statement.get_absolute_url()
    for _ in range(2):
        assert client.get(address)["Content-Type"].startswith("text/html")
        assert client.get(address, headers={"Accept": "application/x-bibtex"}).text.startswith("@")
        assert client.get(address, headers={"Accept": "image/png"}).status_code == 406


def test_a_head_is_answered_from_a_copy_and_makes_none(client, here, django_assert_num_queries):
    asked = client.head("/statements/")
    got = client.get("/statements/")
    with django_assert_num_queries(1):
        again = client.head("/statements/")
    assert asked["ETag"] == got["ETag"] == again["ETag"]
    assert again.content == b""


def test_what_is_sent_is_never_answered_from_a_copy(client, here):
    client.get("/statements/")
    assert client.post("/statements/").status_code == 405


def test_other_origins_may_read_copies_of_what_is_shared(client, here):
    address = here.addresses["export"]
    for _ in range(2):
        assert (
            client.get(address, headers={"Origin": "https://elsewhere.example"})["Access-Control-Allow-Origin"] == "*"
        )
        assert "Access-Control-Allow-Origin" not in client.get("/statements/")


def test_a_copy_for_other_sites_frames_can_be_framed(client, here):
    for _ in range(2):
        assert "X-Frame-Options" not in client.get(here.addresses["embed"])
        assert client.get("/statements/")["X-Frame-Options"] == "DENY"


def test_who_works_on_the_code_sees_each_change_at_once(client, here, settings):
    settings.DEBUG = True
    assert client.get("/statements/")["Cache-Control"] == "private, no-store"


def test_a_page_and_its_copy_are_compressed_for_whoever_takes_it(here):
    compressed = set()
    for name, address in copied(here).items():
        maker, other = Client(), Client()
        plain = other.get(address)
        for visitor in (maker, maker, other):
            sent = visitor.get(address, headers={"Accept-Encoding": "gzip"})
            assert (sent["ETag"], sent.get("Vary")) == (plain["ETag"], plain.get("Vary")), name
            if "Content-Encoding" in sent:
                assert "Accept-Encoding" in sent["Vary"]
                assert gzip.decompress(sent.content) == plain.content, name
                compressed.add(name)
            else:
                assert sent.content == plain.content
        assert maker.get(address).content == plain.content
    assert compressed >= {"home", "statements", "speaker", "outlet", "topic", "statement", "statements_feed"}


def test_one_copy_does_for_all_whatever_they_take(client, here, django_assert_num_queries):
    plain = client.get("/statements/")
    with django_assert_num_queries(1):
        packed = client.get("/statements/", headers={"Accept-Encoding": "br, gzip"})
    assert gzip.decompress(packed.content) == plain.content


def test_a_304_says_that_it_depends_on_what_is_taken(client, here):
    tag = client.get("/statements/")["ETag"]
    same = Client().get("/statements/", headers={"If-None-Match": tag, "Accept-Encoding": "gzip"})
    assert (same.status_code, same.content) == (304, b"")
    assert "Accept-Encoding" in same["Vary"]
    assert "Content-Encoding" not in same


def test_an_export_is_sent_as_its_strong_tag_promises(client, here):
    address = here.addresses["export"]
    for _ in range(2):
        sent = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert sent["ETag"].startswith('"')
        assert "Content-Encoding" not in sent


@pytest.mark.parametrize("account", [None, factories.editor])
def test_no_page_with_a_secret_is_compressed(client, here, account):
    """The length of what is compressed tells of a secret that stands beside what a stranger put into the address."""
    if account:
        client.force_login(account())
    for name, address in here.addresses.items():
        sent = client.get(address, headers={"Accept-Encoding": "gzip"})
        if sent.get("Content-Encoding") == "gzip" and not sent.streaming:
            assert "public" in sent["Cache-Control"], name
            assert b"csrfmiddlewaretoken" not in gzip.decompress(sent.content), name
            assert not sent.cookies, name


def test_a_head_is_answered_without_a_body_by_every_address(client, here):
    assert body_for_a_server("GET", "/")
    for name, address in here.addresses.items():
        assert body_for_a_server("HEAD", address) == b"", name


def test_copies_take_no_more_memory_than_their_room():
    pages = InMemory(room=10_000)
    for number in range(100):
        pages.put(str(number), Kept(body=b"x" * 1000))
        assert pages.taken <= 10_000
    assert pages.get("99")
    assert pages.get("0") is None


def test_how_much_room_copies_have_is_a_setting(settings):
    settings.COPIES_MB = 3
    assert kept_pages.pages().room == 3 * 1024 * 1024


def test_without_room_none_are_kept():
    nothing = InMemory(room=0)
    nothing.put("a", Kept(body=b"x"))
    assert nothing.get("a") is None


def test_a_copy_asked_for_lately_stays_longest():
    pages = InMemory(room=5_000)
    for number in range(20):
        pages.put(str(number), Kept(body=b"x" * 1000))
        assert pages.get("0")
    assert pages.get("1") is None


def test_putting_a_page_again_takes_no_more_room():
    pages = InMemory(room=1_000_000)
    for _ in range(3):
        pages.put("same", Kept(body=b"x" * 1000))
    once = InMemory(room=1_000_000)
    once.put("same", Kept(body=b"x" * 1000))
    assert pages.taken == once.taken


def test_a_new_epoch_frees_the_memory_that_older_pages_took():
    pages = InMemory(room=1_000_000)
    pages.begin("one")
    pages.put("a", Kept(body=b"x"))
    pages.begin("one")
    assert pages.get("a")
    pages.begin("two")
    assert pages.get("a") is None
    assert pages.taken == 0


@pytest.mark.parametrize(
    "page",
    [
        Kept((("ETag", 'W/"a"'), ("Link", "<é>")), b"line\nanother\n\x00"),
        Kept((("ETag", 'W/"a"'),), None),
        Kept((), b""),
        Kept(varies=("accept",)),
    ],
)
def test_a_page_reads_back_as_it_was_packed(page):
    assert Kept.unpacked(page.packed()) == page


def test_every_table_that_public_pages_are_made_of_moves_the_epoch(here, django_assert_max_num_queries):
    """A new table on a page must get its triggers."""
    watched = import_module("quotes.migrations.0011_epoch").WHERE.keys()
    watched |= import_module("quotes.migrations.0017_log").WHERE.keys()
    with django_assert_max_num_queries(2000) as asked:
        for address in [*public(here).values(), "/q/nonsense", "/speakers/nobody/"]:
            Client().get(address)
    read = {
        name for query in asked.captured_queries for name in re.findall(r"\b((?:quotes|sources)_\w+)\b", query["sql"])
    }
    tables = {name for name in read if name in connection_tables()}
    # The index's own tables follow the entries, the log's show with a checkpoint; the epoch is what moves.
    following = {"quotes_epoch", "quotes_entry_index", "quotes_leaf", "quotes_logkey", "quotes_node"}
    assert tables - watched - following == set()


def connection_tables():
    return set(connection.introspection.table_names())
