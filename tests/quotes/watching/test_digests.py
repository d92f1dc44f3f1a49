"""E-mail: what is told, when, to whom, once; and how to be told no more."""

import datetime as dt
import re

import pytest
from django.conf import settings as site
from django.core import mail
from django.utils import timezone

from quotes import record
from quotes.models import Digest, Mailbox, Watch
from quotes.notation import parse
from quotes.watching import digests, keeping, letters, mailboxes, warning
from tests import factories
from tests.quotes.watching.ends import MailServer, running
from tests.quotes.watching.watchers import Watcher, later, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return factories.publisher()


@pytest.fixture
def macron(watcher):
    factories.speaker()
    return watcher.watch("speaker=emmanuel-macron", name="Statements by Emmanuel Macron")


@pytest.fixture
def server(settings):
    """A mail server of the test's own, in place of its outbox."""
    with running(MailServer()) as made:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
        yield made


def html(message):
    return message.alternatives[0].content


def sent():
    work()
    return mail.outbox


def test_a_new_statement_is_told_at_once_with_its_words_its_permalink_and_how_to_cite_it(macron):
    made = factories.publish()
    (message,) = sent()
    assert message.subject == "New statement: Emmanuel Macron, “We must think about security.”"
    assert (message.to, message.from_email) == (["ann@paper.example"], "record@record.example")
    for body in (message.body, html(message)):
        assert "“We must think about security.”" in body
        assert f"{site.SITE_URL}/q/{made.pid}/v1" in body
        assert "Statements by Emmanuel Macron" in body
        assert "TF1" in body
    assert "Macron, E." in html(message)


def test_what_was_told_is_told_once(macron):
    factories.publish()
    assert len(sent()) == 1
    later(hours=1)
    assert len(sent()) == 1


def test_what_comes_together_is_told_together_and_what_comes_soon_waits_a_minute(macron):
    factories.publish()
    factories.publish("“Peace.”")
    assert [message.subject for message in sent()] == ["On Record: 2 new statements"]
    factories.publish("“War.”")
    assert len(sent()) == 1
    later(minutes=2)
    assert len(sent()) == 2


def test_two_watches_that_find_the_same_tell_it_once(macron, watcher):
    watcher.watch("q=security")
    factories.publish()
    (message,) = sent()
    assert message.body.count("“We must think about security.”") == 1
    assert "Statements by Emmanuel Macron; q=security" in message.body


def test_a_digest_tells_nothing_that_was_told_at_once(macron, watcher):
    watcher.watch("q=security", mail="daily")
    factories.publish()
    assert len(sent()) == 1
    later(days=1)
    assert len(sent()) == 1


def test_a_correction_tells_what_changed_and_why(macron, by):
    made = factories.publish(editor=by)
    record.correct(
        made, record.Changes(spans=parse("“We must think about peace.”")), editor=by, reason="A slip of the ear"
    )
    (message,) = sent()
    assert "Before: “We must think about security.”" in message.body
    assert "After: “We must think about peace.”" in message.body
    assert "<del> security</del><ins> peace</ins>" in html(message)
    for body in (message.body, html(message).replace("&amp;", "&")):
        assert "A slip of the ear" in body
        assert f"{site.SITE_URL}/q/{made.pid}/history?from=1&to=2" in body


def test_a_retraction_and_a_merge_tell_why_and_where_to(macron, by):
    made, other = factories.publish(editor=by), factories.publish("“We must think of security.”", editor=by)
    third = factories.publish("“Peace.”", editor=by)
    sent()
    record.merge(made, other, editor=by, reason="Said once")
    record.retract(third, editor=by, reason="Never said")
    later(hours=1)
    message = sent()[1]
    for body in (message.body, html(message)):
        assert "Said once" in body
        assert f"{site.SITE_URL}/q/{other.pid}" in body
        assert "Never said" in body
    assert message.subject == "On Record: 1 merged into another, 1 retracted"


def test_nothing_of_what_was_removed_meanwhile_is_sent(watcher, by):
    factories.speaker()
    watcher.watch("speaker=emmanuel-macron", mail="daily")
    made, other = factories.publish(editor=by), factories.publish("“Peace.”", editor=by)
    work()
    record.remove(made, editor=by, reason_code="privacy", reason="A private matter")
    later(days=1)
    (message,) = sent()
    for body in (message.body, html(message)):
        assert other.pid in body
        assert made.pid not in body
        assert "security" not in body


def test_where_all_was_removed_no_mail_is_sent(watcher, by):
    factories.speaker()
    watcher.watch("speaker=emmanuel-macron", mail="daily")
    made = factories.publish(editor=by)
    work()
    record.remove(made, editor=by, reason_code="law", reason="A ruling")
    later(days=1)
    assert sent() == []
    assert [one.state for one in Digest.objects.all()] == ["empty"]


def test_a_removal_is_told_without_a_word_to_who_was_told_of_the_statement(macron, by):
    made = factories.publish(editor=by)
    sent()
    record.remove(made, editor=by, reason_code="privacy", reason="A private matter")
    later(hours=1)
    message = sent()[1]
    assert message.subject == f"Removed: {made.pid}"
    for body in (message.body, html(message)):
        assert "A private matter" in body
        assert f"{site.SITE_URL}/q/{made.pid}" in body
        assert "security" not in body


def test_what_is_removed_while_a_mail_waits_for_another_try_is_not_in_it(macron, by, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    made, other = factories.publish(editor=by), factories.publish("“Peace.”", editor=by)
    work()
    assert Digest.objects.get().tries == 1
    record.remove(made, editor=by, reason_code="law", reason="A ruling")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    later(minutes=10)
    first = sent()[0]
    assert other.pid in first.body
    assert made.pid not in first.body


def test_a_mail_has_what_mail_programs_ask_for(macron):
    factories.publish()
    (message,) = sent()
    headers = message.extra_headers
    digest = Digest.objects.get()
    assert headers["Message-ID"] == f"<{digest.uid}@127.0.0.1>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(rf"<{site.SITE_URL}/watches/stop/[^/>]+/>", headers["List-Unsubscribe"])
    assert headers["List-Unsubscribe"].strip("<>") in message.body
    assert message.message().get_content_type() == "multipart/alternative"


def test_names_and_reasons_are_no_html_and_no_header(watcher, by):
    nasty = factories.speaker("<b>Bcc: evil@x.example</b>")
    watcher.watch(f"speaker={nasty.slug}", name="<i>watch</i>")
    made = factories.publish("“<script>alert(1)</script>”", by=nasty, editor=by)
    record.retract(made, editor=by, reason="<img src=x>\r\nBcc: evil@x.example")
    (message,) = sent()
    assert not re.search("<script|<img|<b>|<i>watch", html(message))
    assert "<script>alert(1)</script>" in message.body
    assert message.message()["Bcc"] is None


def test_a_daily_digest_comes_at_the_mailboxs_hour_and_holds_the_day(watcher):
    factories.speaker()
    watcher.watch("speaker=emmanuel-macron", mail="daily")
    factories.publish()
    factories.publish("“Peace.”")
    assert sent() == []
    Mailbox.objects.update(daily_at=timezone.now())
    assert [message.subject for message in sent()] == ["On Record: 2 new statements"]
    assert Mailbox.objects.get().daily_at > timezone.now()
    Mailbox.objects.update(daily_at=timezone.now())
    assert len(sent()) == 1, "a day on which nothing happened has no mail"


def test_a_weekly_digest_comes_on_a_monday(watcher):
    factories.speaker()
    watcher.watch("speaker=emmanuel-macron", mail="weekly")
    factories.publish()
    Mailbox.objects.update(daily_at=timezone.now())
    assert sent() == []
    Mailbox.objects.update(weekly_at=timezone.now())
    assert len(sent()) == 1


@pytest.mark.parametrize(
    ("zone", "now", "due"),
    [
        ("UTC", "2026-11-26T06:59:00+00:00", "2026-11-26T07:00:00+00:00"),
        ("UTC", "2026-11-26T07:00:00+00:00", "2026-11-27T07:00:00+00:00"),
        ("Europe/Kyiv", "2026-11-26T04:00:00+00:00", "2026-11-26T05:00:00+00:00"),
        ("America/Los_Angeles", "2026-11-26T16:00:00+00:00", "2026-11-27T15:00:00+00:00"),
        ("Europe/Paris", "2026-03-28T07:00:00+00:00", "2026-03-29T05:00:00+00:00"),
        ("Europe/Paris", "2026-10-24T06:00:00+00:00", "2026-10-25T06:00:00+00:00"),
    ],
)
def test_an_hour_is_that_of_the_time_zone_also_when_clocks_change(zone, now, due):
    mailbox = Mailbox(time_zone=zone, hour=7)
    assert mailboxes.next_daily(mailbox, dt.datetime.fromisoformat(now)) == dt.datetime.fromisoformat(due)


def test_the_week_begins_on_the_next_monday_of_the_time_zone():
    mailbox = Mailbox(time_zone="Pacific/Auckland", hour=7)
    due = mailboxes.next_weekly(mailbox, dt.datetime(2026, 11, 26, tzinfo=dt.UTC))
    assert due == dt.datetime(2026, 11, 29, 18, tzinfo=dt.UTC)


def test_an_address_that_nobody_confirmed_gets_nothing_until_it_is_confirmed(macron, watcher):
    Mailbox.objects.update(confirmed_at=None)
    factories.publish()
    assert sent() == []
    mailboxes.confirm(watcher.mailbox)
    assert len(sent()) == 1


def test_a_closed_account_gets_nothing(macron, watcher):
    factories.publish()
    digests.make_due()
    watcher.owner.is_active = False
    watcher.owner.save()
    assert sent() == []


def test_a_watch_that_tells_otherwise_from_now_on_takes_along_what_waits(macron):
    keeping.change(macron, mail="daily", endpoint=None)
    factories.publish()
    work()
    keeping.change(macron, mail="at_once", endpoint=None)
    assert len(sent()) == 1


def test_stopping_a_kind_ends_it_and_what_waits_and_no_other(macron, watcher):
    daily = watcher.watch("q=security", mail="daily")
    other = Watcher(factories.user(), "bob@paper.example").watch("speaker=emmanuel-macron")
    factories.publish()
    work()
    mail.outbox.clear()
    owner, cadence = mailboxes.to_stop(mailboxes.stopping_url(watcher.owner.pk, "daily").split("/")[-2])
    mailboxes.stop(owner, cadence)
    later(days=1)
    assert sent() == []
    assert [one.mail for one in Watch.objects.order_by("pk")] == ["at_once", "", "at_once"]
    assert {daily.pk, other.pk} < set(Watch.objects.values_list("pk", flat=True))


def test_a_flood_is_one_mail_that_says_how_much_there_is_beyond(macron, monkeypatch):
    monkeypatch.setattr(letters, "MOST", 2)
    for number in range(5):
        factories.publish(f"“Number {number}.”")
    (message,) = sent()
    assert message.subject == "On Record: 2 new statements, and 3 more"
    assert "“Number 1.”" in message.body
    assert "“Number 2.”" not in message.body
    later(days=1)
    assert len(sent()) == 1


def test_a_mail_is_written_in_a_bounded_number_of_queries(macron, django_assert_max_num_queries):
    for number in range(6):
        factories.publish(f"“Number {number}.”")
    mailboxes_due = digests.make_due()
    work()
    digest = Digest.objects.get()
    assert mailboxes_due in (0, 1)
    with django_assert_max_num_queries(10):
        letters.letter(digest, Mailbox.objects.get())


# The language


def in_language(language):
    Mailbox.objects.update(language=language)


def test_it_speaks_the_language_that_its_reader_chose(macron, by):
    in_language("fr")
    made = factories.publish("“We must think about security.”", "spoken_to TF1", "relayed_by TASS", editor=by)
    record.retract(made, editor=by, reason="Never said")
    (message,) = sent()
    assert message.subject == "Nouvelle déclaration, Rétractée\xa0: Emmanuel Macron, “We must think about security.”"
    for told in ("à TF1", "relayé par TASS", "décembre 2022", "Vos suivis", "immédiat"):
        assert told in message.body
    assert '<html lang="fr" dir="ltr">' in html(message)
    assert "Plus de courriels de ce type" in html(message)


def test_numbers_follow_the_plurals_of_the_language(macron):
    in_language("ar")
    factories.publish()
    factories.publish("“Peace.”")
    (message,) = sent()
    assert message.subject == "On Record: تصريحان جديدان"


def test_a_language_from_right_to_left_keeps_names_and_words_apart(macron):
    in_language("ar")
    factories.publish("“We must think about security.”", "spoken_to TF1")
    (message,) = sent()
    assert "إلى \u2068TF1\u2069" in message.body
    assert '<html lang="ar" dir="rtl">' in html(message)
    assert '<blockquote lang="en" dir="ltr"' in html(message)
    assert re.search(rf"^{site.SITE_URL}/watches/$", message.body, re.MULTILINE), "an address alone is a link"


def test_a_statements_own_words_keep_their_marks(macron):
    in_language("fr")
    factories.publish()
    (message,) = sent()
    assert "“We must think about security.”" in message.body


def test_programs_that_sort_e_mail_find_the_same_headers_in_every_language(macron):
    in_language("ar")
    factories.publish()
    (message,) = sent()
    assert message.extra_headers["List-Id"] == "On Record, at once <at-once.watches.127.0.0.1>"


def test_a_confirmation_speaks_that_language_too(watcher):
    watcher.mailbox.language = "fr"
    watcher.mailbox.save()
    assert warning.ask(watcher.mailbox)
    (message,) = mail.outbox
    assert message.subject == "On Record\xa0: confirmez votre adresse"
    assert "Si c’était vous" in message.body


# A mail server that refuses, or isn't there


def test_it_arrives_by_smtp_with_both_texts(macron, server):
    factories.publish()
    work()
    (message,) = server.accepted
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "“We must think about security.”" in message.get_body(["plain"]).get_content()


def test_where_no_server_answers_it_is_sent_later_with_the_same_id(macron, server, settings):
    settings.EMAIL_PORT = 1
    factories.publish()
    work()
    waiting = Digest.objects.get()
    assert (waiting.state, waiting.tries) == ("waiting", 1)
    settings.EMAIL_PORT = server.port
    later(minutes=3)
    work()
    assert server.ids == [f"<{waiting.uid}@127.0.0.1>"]


def test_a_server_that_asks_to_wait_gets_it_later(macron, server):
    server.refuses["RCPT"] = "451 try again"
    factories.publish()
    work()
    assert Digest.objects.get().state == "waiting"
    server.refuses.clear()
    later(minutes=3)
    work()
    assert (Digest.objects.get().state, len(server.accepted)) == ("sent", 1)


def test_an_address_that_the_server_refuses_is_told_on_the_page_and_tried_no_more(macron, server):
    server.refuses["RCPT"] = "550 no such user"
    factories.publish()
    work()
    assert Digest.objects.get().state == "given_up"
    assert "no such user" in Mailbox.objects.get().problem


def test_after_the_last_try_it_is_given_up(macron, server):
    server.refuses["DATA"] = "451 not now"
    factories.publish()
    for _ in range(digests.MOST_TRIES + 1):
        work()
        later(hours=7)
    given_up = Digest.objects.get()
    assert (given_up.state, given_up.tries) == ("given_up", digests.MOST_TRIES)


def test_without_a_mail_server_webhooks_are_told_and_mail_waits(macron, watcher, receiver, settings):
    settings.SENDS_MAIL = False
    watcher.hook(receiver.url, "q=security")
    factories.publish()
    assert sent() == []
    assert receiver.types == ["statement.published"]
    settings.SENDS_MAIL = True
    assert len(sent()) == 1
