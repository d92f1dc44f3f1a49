"""Watching in a browser: from a speaker's page to being told, and no page with a barrier."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quotes.models import Delivery, Endpoint, Notice, Watch
from quotes.watching import keeping, mailboxes
from quotes.watching.signing import new_salt
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "https://hooks.example/" + "a-very-long-path-without-a-break/" * 6


@pytest.fixture
def account(page):
    made = factories.user(email="ann@paper.example")
    made.last_login = timezone.now()
    made.save()
    page.goto("/signin/?next=/speakers/")
    page.get_by_label("Username").fill(made.username)
    page.get_by_label("Password").fill("a long enough secret")
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("heading", name="Speakers")).to_be_visible()
    return made


def test_a_speaker_is_watched_from_their_page(page, account):
    factories.publish()
    page.goto("/speakers/emmanuel-macron/")
    page.get_by_role("link", name="Watch", exact=True).click()
    expect(page.get_by_text("Statements by Emmanuel Macron")).to_be_visible()
    page.get_by_label("at once").check()
    page.get_by_role("button", name="Watch").click()
    expect(page.get_by_label("E-mail address")).to_have_value("ann@paper.example")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("is not confirmed yet")).to_be_visible()
    assert (Watch.objects.get().query, Watch.objects.get().mail) == ("speaker=emmanuel-macron", "at_once")


def test_no_page_has_a_barrier(page, account, judged):
    made = factories.publish()
    hook = Endpoint.objects.create(
        owner=account, url=LONG, salt=new_salt(), created_at=timezone.now(), paused_at=timezone.now(), pause_reason=LONG
    )
    watch = keeping.watch(account, query="q=a", name=f"Statements with “{LONG[:100]}”", mail="daily", endpoint=hook)
    mailboxes.set_mailbox(account, f"{'a' * 60}@paper.example", "UTC", 7)
    Notice.objects.create(watch=watch, act=made.acts.get(), at=timezone.now(), waits_for="daily")
    Delivery.objects.create(endpoint=hook, act=made.acts.get(), state="given_up", made_at=timezone.now(), outcome=LONG)
    stop = mailboxes.stopping_url(account.pk, "daily").partition("/watches/")[2]
    pages = ("", "new/?outlet=tf1", "mail/", f"{watch.pk}/", "webhooks/new/", f"webhooks/{hook.pk}/", stop)
    for address in pages:
        page.goto(f"/watches/{address}")
        judged(page)
