"""What an account discarded, and having it back as it was."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from quotes import saving
from quotes.discarding import returning
from quotes.discarding.keeping import KEPT_FOR
from quotes.importing import beginning
from quotes.models import Discarded, Endpoint, Import, ImportTemplate, SavedSearch, Watch
from quotes.watching import keeping
from quotes.watching.signing import new_salt
from sources.models import Arrival
from tests import factories
from tests.desk import NEW, at
from tests.quotes.importing import csv_file, row, tried

pytestmark = pytest.mark.django_db
PAGE = "/discarded/"


@pytest.fixture
def editor(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = factories.editor()
    client.force_login(made)
    return made


@pytest.fixture
def search(editor):
    return saving.save_search(editor, "Macron on security", "speaker=emmanuel-macron&q=security")


def arrival(editor, **fields):
    known = {"state": "ready", "text": "Macron said: “We must think.”", "sha256": "a" * 64, "name": "page.html"}
    made = Arrival(by=editor, arrived_at=timezone.now(), **(known | fields))
    made.original.save("page.html", ContentFile(b"<p>Macron said"))
    return made


def hook(editor):
    return Endpoint.objects.create(
        owner=editor, url="https://hooks.example/", salt=new_salt(), created_at=timezone.now()
    )


def deleted_search(client, search):
    client.post(f"/searches/{search.pk}/delete/", follow=True)


def put_back(client):
    """Put back what was discarded last."""
    return client.post(PAGE, {"put": Discarded.objects.latest("pk").pk}, follow=True)


def values(thing):
    return type(thing).objects.filter(pk=thing.pk).values().get()


def over():
    """Let the week be over."""
    Discarded.objects.update(at=F("at") - KEPT_FOR)


def test_visitors_are_sent_to_sign_in(client):
    assert client.get(PAGE).headers["Location"] == f"/signin/?next={PAGE}"


def test_where_nothing_was_discarded_the_page_says_so(client, editor):
    assert "Nothing that you could have back." in client.get(PAGE).text


def test_a_search_comes_back_under_its_own_name(client, search):
    before = values(search)
    deleted_search(client, search)
    page = put_back(client)
    assert "“Macron on security” is back." in page.text
    assert values(search) == before
    assert not Discarded.objects.exists()


def test_a_watch_comes_back_with_how_it_tells(client, editor):
    made = keeping.watch(editor, query="q=peace", name="“peace”", mail="weekly", endpoint=hook(editor))
    before = values(made)
    client.post(made.get_absolute_url(), {"act": "delete"})
    put_back(client)
    assert values(made) == before


def test_a_watch_comes_back_without_a_webhook_that_is_gone(client, editor):
    made = keeping.watch(editor, query="q=peace", name="“peace”", mail="weekly", endpoint=hook(editor))
    client.post(made.get_absolute_url(), {"act": "delete"})
    Endpoint.objects.all().delete()
    put_back(client)
    assert Watch.objects.get().endpoint is None


def test_a_webhook_comes_back_with_its_secret_and_the_watches_that_tell_it(client, editor):
    made = hook(editor)
    told_by = keeping.watch(editor, query="q=peace", name="“peace”", endpoint=made)
    before = values(made)
    client.post(made.get_absolute_url(), {"act": "delete"})
    put_back(client)
    told_by.refresh_from_db()
    assert values(made) == before
    assert told_by.endpoint == made


def test_a_template_comes_back(client, editor):
    of = tried(csv_file(row(1)))
    kept = beginning.save_template(editor, "Sheet", beginning.suggested(of, ["words"], []))
    before = values(kept)
    page = client.post(f"/desk/imports/templates/{kept.pk}/delete/", follow=True)
    assert "The template “Sheet” is deleted." in page.text
    put_back(client)
    assert values(kept) == before


def test_an_import_comes_back_to_be_tried_once_more(client, editor):
    of = tried(csv_file(row(1)))
    client.post(f"/desk/imports/{of.pk}/", {"act": "discard"})
    assert not Import.objects.exists()
    page = put_back(client)
    back = Import.objects.get(pk=of.pk)
    assert (back.state, back.mapping) == ("mapping", of.mapping)
    assert "Its first rows" in page.text


def test_an_arrival_comes_back_with_its_text_and_its_file(client, editor):
    made = arrival(editor)
    before = values(made)
    client.post(f"/intake/arrivals/{made.pk}/", {"act": "discard"})
    assert not Arrival.objects.exists()
    page = put_back(client)
    assert values(made) == before
    with Arrival.objects.get().original.open() as file:
        assert file.read() == b"<p>Macron said"
    assert "Take in a document" in page.text


def test_an_arrival_that_was_on_its_way_is_fetched_once_more(client, editor, django_capture_on_commit_callbacks):
    made = arrival(editor, state="fetching", text="", sha256="")
    client.post(f"/intake/arrivals/{made.pk}/", {"act": "discard"})
    with django_capture_on_commit_callbacks() as asked:
        put_back(client)
    assert len(asked) == 1


def test_what_took_its_place_stays(client, editor, search):
    deleted_search(client, search)
    saving.save_search(editor, "Macron on security", "q=other")
    page = put_back(client)
    assert "Something else has taken its place since." in page.text
    assert [one.query for one in SavedSearch.objects.all()] == ["q=other"]
    assert Discarded.objects.exists()


def test_nothing_comes_back_beyond_the_most_that_an_account_has(client, search, monkeypatch):
    deleted_search(client, search)
    monkeypatch.setitem(returning._MOST, SavedSearch, 0)
    assert "which is the most" in put_back(client).text
    assert not SavedSearch.objects.exists()


def test_what_is_back_already_is_told(client, search):
    deleted_search(client, search)
    key = Discarded.objects.get().pk
    for _ in range(2):
        page = client.post(PAGE, {"put": key}, follow=True)
    assert "it is back already" in page.text


@pytest.mark.parametrize("typed", ["", "x", "-1", "٣", "9" * 30])
def test_what_is_no_key_puts_nothing_back(client, editor, typed):
    assert "kept no longer" in client.post(PAGE, {"put": typed}, follow=True).text


def test_nobody_else_sees_it_or_has_it_back(client, search):
    deleted_search(client, search)
    client.force_login(factories.publisher())
    assert "Macron on security" not in client.get(PAGE).text
    put_back(client)
    assert not SavedSearch.objects.exists()


def test_whoever_may_no_longer_import_has_no_template_back(client, editor):
    ImportTemplate.objects.create(owner=editor, name="Sheet", mapping={}, saved_at=timezone.now())
    client.post(f"/desk/imports/templates/{ImportTemplate.objects.get().pk}/delete/", follow=True)
    editor.groups.clear()
    assert "Sheet" not in client.get(PAGE).text
    put_back(client)
    assert not ImportTemplate.objects.exists()


def test_a_draft_is_recorded_again_by_its_form_even_after_signing_out(client, editor):
    draft = factories.draft("“We must think.”")
    client.post(at(draft, "discard/"), {"seen": draft.touched})
    client.logout()
    client.force_login(editor)
    again = f"{NEW}?again={Discarded.objects.get().pk}"
    assert f'href="{again}"' in client.get(PAGE).text
    assert "“We must think.”" in client.get(again).text


def test_a_draft_is_put_back_by_no_click(client, editor):
    draft = factories.draft("“We must think.”")
    client.post(at(draft, "discard/"), {"seen": draft.touched})
    assert "kept no longer" in put_back(client).text


def test_no_session_holds_the_words_of_a_discarded_draft(client, editor):
    draft = factories.draft("“We must think.”")
    client.post(at(draft, "discard/"), {"seen": draft.touched})
    assert "We must think" not in str(dict(client.session))


def test_after_a_week_it_is_gone_for_good_with_its_file(client, editor, tmp_path):
    made = arrival(editor)
    client.post(f"/intake/arrivals/{made.pk}/", {"act": "discard"}, follow=True)
    Discarded.objects.update(at=F("at") - KEPT_FOR + dt.timedelta(minutes=1))
    call_command("forget_checks")
    assert Discarded.objects.exists()
    over()
    assert "page.html" not in client.get(PAGE).text
    call_command("forget_checks")
    assert not Discarded.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
