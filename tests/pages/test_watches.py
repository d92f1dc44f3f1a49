"""Watching, from the pages: begun, changed, paused and ended by the account, and by nobody else."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from quotes import record
from quotes.models import Endpoint, Mailbox, Notice, Watch
from quotes.watching import keeping, mailboxes
from quotes.watching.routing import route
from quotes.watching.signing import new_salt
from tests import factories
from tests.desk import NASTY
from tests.entering import freshly

pytestmark = pytest.mark.django_db

PAGE, NEW = "/watches/", "/watches/new/"
MACRON = "speaker=emmanuel-macron"


@pytest.fixture(autouse=True)
def sending(settings):
    """Let e-mail be sent, to the test's own outbox."""
    settings.SENDS_MAIL = True
    settings.DEFAULT_FROM_EMAIL = "record@record.example"


@pytest.fixture
def account(client):
    made = factories.user()
    freshly(client, made)
    return made


@pytest.fixture
def statement():
    return factories.publish(topics=[factories.topic()])


@pytest.fixture
def macron(account, statement):
    return keeping.watch(account, query=MACRON, name="Statements by Emmanuel Macron", mail="daily")


def watch(client, query=MACRON, **typed):
    return client.post(NEW, {"query": query, "mail": "daily"} | typed)


# The way there


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("/speakers/emmanuel-macron/", MACRON),
        ("/topics/security-guarantees/", "topic=security-guarantees"),
        ("/outlets/tf1/", "outlet=tf1"),
        ("/statements/?q=security&speaker=emmanuel-macron", f"q=security&amp;{MACRON}"),
    ],
)
def test_every_list_leads_to_watching_it_and_stays_public(client, statement, page, query):
    answer = client.get(page)
    assert re.search(rf'href="{NEW}\?[^"]*{re.escape(query)}', answer.text)
    assert "public" in answer["Cache-Control"]


def test_an_unfiltered_list_leads_nowhere(client, statement):
    assert NEW not in client.get("/statements/").text


def test_a_statement_leads_to_watching_it_and_stays_public(client, statement):
    answer = client.get(f"/q/{statement.pid}")
    assert f"{NEW}?statement={statement.pid}" in answer.text
    assert "public" in answer["Cache-Control"]


def test_visitors_are_asked_to_sign_in_and_come_back(client, statement):
    answer = client.get(f"{NEW}?{MACRON}")
    assert answer.headers["Location"] == "/signin/?next=/watches/new/%3Fspeaker%3Demmanuel-macron"
    for page in (PAGE, "/watches/1/", "/watches/mail/", "/watches/webhooks/new/", "/watches/webhooks/1/"):
        assert client.get(page).headers["Location"].startswith("/signin/")


def test_programs_are_told_not_to_follow(client, statement):
    assert "Disallow: /watches/" in client.get("/robots.txt").text


# Watching


def test_a_list_is_watched_under_its_name(client, account, statement):
    page = client.get(f"{NEW}?{MACRON}&outlet=tf1&unknown=x")
    assert "Statements by Emmanuel Macron, carried by TF1" in page.text
    watch(client, f"{MACRON}&outlet=tf1")
    made = Watch.objects.get()
    assert (made.owner, made.query, made.mail) == (account, f"{MACRON}&outlet=tf1", "daily")
    assert "Statements by Emmanuel Macron, carried by TF1" in client.get(PAGE).text


def test_a_statement_is_watched(client, account, statement):
    assert "A statement by <bdi>Emmanuel Macron</bdi>" in client.get(f"{NEW}?statement={statement.pid}").text
    client.post(NEW, {"statement": statement.pid, "mail": "at_once"})
    assert Watch.objects.get().statement == statement
    assert statement.pid in client.get(PAGE).text


def test_who_watches_first_is_asked_for_an_address(client, account, statement):
    assert watch(client).headers["Location"] == "/watches/mail/"
    mailboxes.set_mailbox(account, "ann@paper.example", "UTC", 7)
    assert watch(client, "q=security").headers["Location"] == PAGE


def test_what_is_watched_already_is_shown_instead(client, macron):
    assert client.get(f"{NEW}?{MACRON}").headers["Location"] == macron.get_absolute_url()
    assert watch(client).headers["Location"] == macron.get_absolute_url()
    assert Watch.objects.count() == 1


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "unknown=x",
        "speaker=nobody-at-all",
        "said_after=yesterday",
        "statement=AAAAAAAAAA",
        "statement=" + "x" * 300,
        f"speaker={'x' * 300}",
        f"{MACRON}&statement=7K2M9QX4TA",
    ],
)
def test_what_cant_be_watched_is_refused_with_a_reason(client, account, statement, asked):
    page = client.get(f"{NEW}?{asked}")
    assert page.status_code == 400
    assert 'role="alert"' in page.text
    query, _, pid = asked.partition("statement=")
    assert client.post(NEW, {"query": query.strip("&"), "statement": pid, "mail": "daily"}).status_code == 200
    assert not Watch.objects.exists()


def test_a_draft_cant_be_watched(client, account):
    draft = factories.draft()
    assert client.get(f"{NEW}?statement={draft.pid}").status_code == 400


def test_a_watch_that_would_tell_nobody_is_refused_and_nothing_typed_is_lost(client, account, statement):
    page = watch(client, mail="")
    assert "Choose how you want to be told." in page.text
    assert f'value="{MACRON}"' in page.text
    assert not Watch.objects.exists()


def test_there_is_a_most(client, macron, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 1)
    assert "which is the most" in watch(client, "q=security").text


def test_two_at_once_make_one(client, account, statement, monkeypatch):
    monkeypatch.setattr(keeping, "watched", lambda *_, **__: None)
    watch(client)
    monkeypatch.undo()
    assert keeping.watch(account, query=MACRON, mail="daily") == Watch.objects.get()


# One watch


def test_it_is_changed_paused_resumed_and_deleted(client, macron):
    page = macron.get_absolute_url()
    client.post(page, {"mail": "weekly"})
    assert Watch.objects.get().mail == "weekly"
    client.post(page, {"act": "pause"})
    assert Watch.objects.get().paused_at
    assert "Paused since" in client.get(PAGE).text
    client.post(page, {"act": "resume"})
    assert Watch.objects.get().paused_at is None
    gone = client.post(page, {"act": "delete"}, follow=True)
    assert not Watch.objects.exists()
    assert '<a href="/discarded/">Put it back</a>' in gone.text


def test_it_shows_what_it_noticed_a_page_at_a_time(client, macron, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("quotes.views.watches.LISTED", 2)
    pids = [factories.publish(f"“Number {number}.”").pid for number in range(3)]
    route()
    with django_assert_max_num_queries(8):
        page = client.get(macron.get_absolute_url())
    assert [pid in page.text for pid in pids] == [False, True, True]
    older = re.search(r'href="(\?before=\d+)"', page.text)[1]
    assert [pid in client.get(macron.get_absolute_url() + older).text for pid in pids] == [True, False, False]


def test_of_what_was_removed_it_shows_no_name_and_no_word(client, macron):
    by = factories.publisher()
    made = factories.publish("“A secret.”", by="Olaf Scholz", editor=by)
    Notice.objects.create(watch=macron, act=made.acts.get(), at=timezone.now())
    record.remove(made, editor=by, reason_code="law", reason="A ruling")
    page = client.get(macron.get_absolute_url()).text
    assert made.pid in page
    assert "Scholz" not in page


def test_nobody_else_sees_or_changes_it(client, macron):
    client.force_login(factories.publisher())
    assert "Macron" not in client.get(PAGE).text
    for typed in ({"act": "delete"}, {"act": "pause"}, {"mail": "weekly"}):
        assert client.post(macron.get_absolute_url(), typed).status_code == 404
    assert client.get(macron.get_absolute_url()).status_code == 404
    assert client.get(f"{PAGE}99999999999999999999/").status_code == 404
    assert (Watch.objects.get().mail, Watch.objects.get().paused_at) == ("daily", None)


def test_it_tells_no_endpoint_of_another_account(client, macron):
    theirs = Endpoint.objects.create(
        owner=factories.user(), url="https://hook.example/", salt=new_salt(), created_at=timezone.now()
    )
    client.post(macron.get_absolute_url(), {"mail": "daily", "endpoint": theirs.pk})
    assert Watch.objects.get().endpoint is None


def test_the_list_takes_a_bounded_number_of_queries(client, account, statement, django_assert_max_num_queries):
    for number in range(5):
        keeping.watch(account, query=f"q={number}", name=f"Number {number}", mail="daily")
    keeping.watch(account, statement=statement, mail="daily")
    with django_assert_max_num_queries(7):
        assert client.get(PAGE).text.count("<h2>") == 6


# E-mail


def give(client, **typed):
    return client.post("/watches/mail/", {"address": "ann@paper.example", "hour": "7", "time_zone": "UTC"} | typed)


def link(message):
    return re.search(r"http://127\.0\.0\.1:8000(/watches/\S+)", message.body)[1]


def test_an_address_is_used_once_whoever_reads_it_has_confirmed_it(client, account):
    page = give(client, hour="9", time_zone="Europe/Kyiv")
    assert "not confirmed yet" in client.get(page.headers["Location"]).text
    kept = Mailbox.objects.get()
    assert (kept.confirmed_at, kept.hour, kept.time_zone) == (None, 9, "Europe/Kyiv")
    (message,) = mail.outbox
    assert message.to == ["ann@paper.example"]
    reader = Client(enforce_csrf_checks=True)
    assert "<button" in reader.get(link(message)).text
    assert Mailbox.objects.get().confirmed_at is None, "programs that follow links confirm nothing"
    answer = reader.post(link(message))
    assert (answer.status_code, bool(answer.cookies)) == (200, False)
    assert Mailbox.objects.get().confirmed_at


@pytest.mark.parametrize(("page", "chosen", "kept"), [("en", "ar", "ar"), ("fr", "", "fr")])
def test_e_mail_speaks_the_language_chosen_beside_the_address_at_first_that_of_the_page(
    client, account, page, chosen, kept
):
    client.cookies["lang"] = page
    assert f'<option value="{page}" selected>' in client.get("/watches/mail/").text
    give(client, language=chosen)
    assert Mailbox.objects.get().language == kept


def test_another_address_must_be_confirmed_again_and_the_old_link_confirms_nothing(client, account):
    give(client)
    old = link(mail.outbox[0])
    client.post(old)
    Mailbox.objects.update(asked_at=None)
    give(client, address="bob@paper.example")
    assert Mailbox.objects.get().confirmed_at is None
    assert client.post(old).status_code == 404
    client.post(link(mail.outbox[1]))
    assert Mailbox.objects.get().confirmed_at


def test_another_hour_needs_no_confirmation(client, account):
    give(client)
    mailboxes.confirm(Mailbox.objects.get())
    give(client, hour="10")
    assert (Mailbox.objects.get().hour, bool(Mailbox.objects.get().confirmed_at), len(mail.outbox)) == (10, True, 1)


def test_nobodys_mailbox_is_filled_with_questions(client, account):
    give(client)
    for _ in range(3):
        client.post("/watches/mail/", {"act": "again"})
        give(client, address="bob@paper.example")
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"address": "nobody"},
        {"address": ""},
        {"address": "a@x.example\r\nBcc: b@x.example"},
        {"hour": "24"},
        {"hour": "seven"},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "../../etc/passwd"},
        {"address": NASTY},
    ],
)
def test_what_is_no_address_hour_or_zone_is_refused(client, account, typed):
    page = give(client, **typed)
    assert 'role="alert"' in page.text
    assert not Mailbox.objects.exists()


def test_a_site_without_a_mail_server_says_so_and_promises_nothing(client, account, statement, settings):
    settings.SENDS_MAIL = False
    assert "This site sends no e-mail" in client.get(PAGE).text
    assert "This site sends no e-mail" in client.get(f"{NEW}?{MACRON}").text
    assert "can’t be confirmed yet" in client.get(give(client).headers["Location"]).text
    assert mail.outbox == []


def test_one_click_stops_a_kind_of_mail_without_signing_in(macron):
    mailboxes.set_mailbox(macron.owner, "ann@paper.example", "UTC", 7)
    path = mailboxes.stopping_url(macron.owner_id, "daily").removeprefix("http://127.0.0.1:8000")
    program = Client(enforce_csrf_checks=True)
    page = program.get(path)
    assert (page.status_code, "<button" in page.text, Watch.objects.get().mail) == (200, True, "daily")
    answer = program.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, bool(answer.cookies), Watch.objects.get().mail) == (200, False, "")
    assert program.post(path).status_code == 200, "a second click does no harm"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("forged", ["1.daily", "1.daily:x", "2.daily:{}", "1.weekly:{}", "x", NASTY.replace("/", "")])
def test_a_forged_address_stops_nothing(client, macron, forged):
    mark = mailboxes.stopping_url(macron.owner_id, "daily").rstrip("/").partition("daily:")[2]
    assert client.post(f"/watches/stop/{forged.format(mark)}/").status_code == 404
    assert client.post(f"/watches/confirm/{forged.format(mark)}/").status_code == 404
    assert Watch.objects.get().mail == "daily"
