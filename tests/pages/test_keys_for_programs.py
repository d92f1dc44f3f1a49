"""Keys for programs: an account makes them, sees each once, and ends them."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from quotes import tokens
from quotes.models import Token
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = "/desk/tokens/"


def make(client, **typed):
    return client.post(PAGE, {"name": "Importer", "scopes": ["record"], "lasts": "90"} | typed)


def shown(page):
    return re.search(r'class="key" tabindex="0">([^<]+)<', page.text)[1]


def test_visitors_and_readers_make_none(client):
    assert client.get(PAGE).status_code == 302
    client.force_login(factories.user())
    assert client.get(PAGE).status_code == 403


def test_the_desk_leads_there(client, editor):
    assert f'href="{PAGE}"' in client.get("/desk/").text


def test_a_key_is_shown_once_and_kept_as_a_hash(client, editor):
    text = shown(make(client))
    assert tokens.token_called(text) == Token.objects.get()
    assert text not in client.get(PAGE).text
    assert not Token.objects.filter(sha256=text).exists()
    assert text[len(tokens.PREFIX) :] not in str(Token.objects.values().get())


def test_no_copy_of_the_page_that_shows_it_is_kept(client, editor):
    assert "no-store" in make(client)["Cache-Control"]


def test_it_ends_on_the_day_that_was_chosen(client, editor):
    make(client, lasts="30")
    days = Token.objects.get().expires_at - timezone.now()
    assert dt.timedelta(days=29, hours=23) < days <= dt.timedelta(days=30)
    make(client, name="For ever", lasts="")
    assert Token.objects.get(name="For ever").expires_at is None


def test_an_editor_gives_no_right_that_they_lack(client, editor):
    assert 'value="publish"' not in client.get(PAGE).text
    page = make(client, scopes=["record", "publish"])
    assert not Token.objects.exists()
    assert "problems" in page.text


def test_a_publisher_may_give_it(client, publisher):
    make(client, scopes=["publish", "record"])
    assert Token.objects.get().scopes == "record publish"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " "}, "Say what it is for"),
        ({"scopes": []}, "Choose what it may do"),
        ({"name": "x" * 81}, "the limit is 80"),
        ({"lasts": "4000"}, "not one of the available choices"),
    ],
)
def test_what_is_missing_is_said(client, editor, typed, said):
    assert said in make(client, **typed).text
    assert not Token.objects.exists()


def test_no_account_has_more_than_it_can_look_through(client, editor, monkeypatch):
    monkeypatch.setattr(tokens, "MOST", 1)
    make(client)
    page = make(client, name="One more")
    assert "Revoke one" in page.text
    assert Token.objects.count() == 1


def test_revoking_asks_first_and_says_that_it_is_final(client, editor):
    make(client)
    asked = client.get(PAGE).text.partition("<details>")[2].partition("</details>")[0]
    assert "A key that is revoked never works again." in asked
    assert "Revoke for good" in asked


def test_a_revoked_key_is_listed_no_more(client, editor):
    make(client)
    page = client.post(f"{PAGE}{Token.objects.get().pk}/revoke/", follow=True)
    assert "The key “Importer” works no longer." in page.text
    assert "Keys that work" not in page.text
    assert Token.objects.get().revoked_at


def test_nobody_ends_the_keys_of_others(client, editor):
    token, _ = tokens.issue(factories.editor(), "Theirs", ["record"], expires_at=None)
    assert client.post(f"{PAGE}{token.pk}/revoke/").status_code == 404
    assert "Theirs" not in client.get(PAGE).text
    token.refresh_from_db()
    assert token.revoked_at is None
