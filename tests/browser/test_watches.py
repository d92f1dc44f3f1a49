"""Watching in a browser: from a speaker's page to being told, and no page with a barrier."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quotes.models import Delivery, Endpoint, Notice, SavedSearch, Watch
from quotes.watching import keeping, mailboxes
from quotes.watching.signing import new_salt
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "https://hooks.example/" + "a-very-long-path-without-a-break/" * 6


@pytest.fixture
def account(sign_in):
    return sign_in(factories.user(email="ann@paper.example"))


def test_a_speaker_is_watched_from_their_page(place, account):
    factories.publish()
    page, says = place.page, place.says
    page.goto("/speakers/emmanuel-macron/")
    page.get_by_role("link", name=says("Watch"), exact=True).click()
    expect(page.locator(".lede")).to_contain_text("Emmanuel Macron")
    page.get_by_label(says("at once")).check()
    page.get_by_role("button", name=says("Watch"), exact=True).click()
    expect(page.get_by_label(says("E-mail address"))).to_have_value("ann@paper.example")
    page.get_by_role("button", name=says("Save"), exact=True).click()
    expect(page.locator(".notice bdi")).to_have_text("ann@paper.example")
    assert (Watch.objects.get().query, Watch.objects.get().mail) == ("speaker=emmanuel-macron", "at_once")


def test_a_search_is_saved_found_again_and_its_deletion_undone(place, account):
    factories.publish()
    page, says = place.page, place.says
    page.goto("/statements/?speaker=emmanuel-macron")
    page.get_by_role("link", name=says("Save this search")).click()
    page.get_by_label(says("Name")).fill("Élysée")
    page.get_by_role("button", name=says("Save"), exact=True).click()
    kept = page.get_by_role("main").get_by_role("heading", level=2).get_by_role("link", name="Élysée")
    kept.click()
    expect(page).to_have_url("/statements/?speaker=emmanuel-macron")
    page.go_back()
    page.locator(".saved-searches summary").click()
    page.locator("form[action$='/delete/'] button").click()
    expect(kept).to_have_count(0)
    page.get_by_role("status").get_by_role("link").click()
    page.locator("button[name=put]").click()
    expect(kept).to_have_count(1)
    assert SavedSearch.objects.get().query == "speaker=emmanuel-macron"


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
