"""Importing at the desk: a file brought, its columns told, tried, imported and undone, by pages alone."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from quotes.importing import beginning
from quotes.models import Import, ImportTemplate, Statement
from tests.quotes.importing import brought, csv_file, done, json_file, row, tried
from tests.quotes.importing.test_quotebank import QUOTATION

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def bring(client, data, name="rows.csv"):
    return client.post("/desk/imports/", {"file": SimpleUploadedFile(name, data)}, follow=True)


def act(client, of, what, **fields):
    return client.post(f"/desk/imports/{of.pk}/", {"act": what, **fields}, follow=True)


def chosen(**columns):
    """What the columns' form sends."""
    return {"marks": "marked", "dates": "iso", **{f"column-{name}": head for name, head in columns.items()}}


AS_THEY_ARE = chosen(
    words="words",
    speaker="speaker",
    said="said",
    outlet="outlet",
    document_published="published",
    document_url="link",
    topics="topics",
    language="language",
)


@pytest.fixture
def at_once(django_capture_on_commit_callbacks):
    """Do what waits for the end of a transaction, as without a worker."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_desk_imports_a_file_and_undoes_it(client, publisher, at_once):
    page = bring(client, csv_file(row(1), row(2, said="soon")))
    assert "What its columns are" in page.text
    assert "part 1.”" in page.text
    of = Import.objects.get()
    with at_once():
        act(client, of, "try", **AS_THEY_ARE)
    page = client.get(f"/desk/imports/{of.pk}/")
    assert "What would come of it" in page.text
    assert "1 speaker: Emmanuel Macron" in page.text
    assert "is not a date the record can keep" in page.text
    assert not Statement.objects.exists()
    with at_once():
        act(client, of, "publish")
    assert Statement.objects.get().state == "published"
    page = client.get(f"/desk/imports/{of.pk}/")
    assert "Undo this import" in page.text
    with at_once():
        act(client, of, "undo", reason="The wrong sheet")
    assert Statement.objects.get().state == "retracted"
    assert "1 statement retracted." in client.get(f"/desk/imports/{of.pk}/").text
    assert "The wrong sheet" in client.get(f"{Statement.objects.get().get_absolute_url()}").text


def test_who_may_not_publish_imports_drafts_alone(client, editor, at_once):
    of = tried(csv_file(row(1)))
    assert "Import and publish" not in client.get(f"/desk/imports/{of.pk}/").text
    assert client.post(f"/desk/imports/{of.pk}/", {"act": "publish"}).status_code == 403
    with at_once():
        act(client, of, "draft")
    assert Statement.objects.get().state == "draft"


def test_who_may_not_publish_cannot_take_back_what_was(client, editor):
    of = done(csv_file(row(1)))
    assert "Undo this import" not in client.get(f"/desk/imports/{of.pk}/").text
    assert client.post(f"/desk/imports/{of.pk}/", {"act": "undo", "reason": "No"}).status_code == 403


def test_a_visitor_signs_in_first(client):
    of = brought(csv_file(row(1)))
    for address in ("/desk/imports/", f"/desk/imports/{of.pk}/", f"/desk/imports/{of.pk}/rows.csv"):
        assert client.get(address).url.startswith("/signin/")


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "There is nothing in it."), (b"%PDF-1.7", "It is a PDF."), (b"words,speaker\n", "There are no rows in it.")],
)
def test_a_file_that_is_none_is_refused_beside_its_field_and_not_kept(client, editor, tmp_path, data, why):
    page = bring(client, data)
    assert why in page.text
    assert not Import.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_no_file_at_all_is_asked_for(client, editor):
    assert "Choose a file first." in client.post("/desk/imports/").text


def test_columns_that_do_not_tell_enough_are_asked_for_and_the_choice_stays(client, editor):
    of = brought(csv_file(row(1)))
    page = act(client, of, "try", **chosen(words="words", speaker="speaker"))
    assert "Nothing tells: Published, Language, Outlet or web address." in page.text
    assert '<option value="words" selected>' in page.text
    assert Import.objects.get().state == "mapping"


def test_columns_are_kept_as_a_template_and_used_for_the_next_file(client, editor):
    of = brought(csv_file({"Zitat": "Ja.", "Wer": "Olaf Scholz", "Tag": "2022-12-04"}))
    columns = chosen(words="Zitat", speaker="Wer", document_published="Tag")
    act(
        client,
        of,
        "try",
        **{**columns, "marks": "direct", "keep_as": "Blatt", "same-language": "de", "same-outlet": "ARD"},
    )
    kept = ImportTemplate.objects.get()
    other = brought(csv_file({"Zitat": "Nein.", "Wer": "Olaf Scholz", "Tag": "2022-12-05"}))
    page = client.get(f"/desk/imports/{other.pk}/?template={kept.pk}")
    assert '<option value="Zitat" selected>' in page.text
    assert 'value="ARD"' in page.text
    client.post(f"/desk/imports/templates/{kept.pk}/delete/")
    assert not ImportTemplate.objects.exists()


def test_a_template_is_its_owners(client, editor):
    other = brought(csv_file(row(1)))
    kept = beginning.save_template(other.by, "Theirs", beginning.suggested(other, ["words"], []))
    assert "Theirs" not in client.get("/desk/imports/").text
    assert client.post(f"/desk/imports/templates/{kept.pk}/delete/").status_code == 404


def test_a_guessed_encoding_is_told(client, editor):
    page = bring(client, csv_file(row(1, speaker="Zoé")).decode().encode("cp1252"))
    assert "read as Windows-1252" in page.text
    assert "Zoé" in page.text


def test_quotebank_s_files_need_no_columns(client, editor, at_once):
    page = bring(client, json_file(QUOTATION), "quotes-2019.json")
    assert "there is nothing to choose" in page.text
    with at_once():
        act(client, Import.objects.get(), "try")
    assert "1 speaker: Jane Roe" in client.get(f"/desk/imports/{Import.objects.get().pk}/").text


def test_an_import_under_way_tells_how_far_it_is(client, editor):
    of = tried(csv_file(row(1), row(2)))
    beginning.do(of, editor=of.by, publish=False, ask=False)
    page = client.get(f"/desk/imports/{of.pk}/")
    assert "0 of 2 rows are done." in page.text
    assert "data-hx-trigger" in page.text
    assert "Go on" not in page.text


def test_an_import_that_was_stopped_is_gone_on_with(client, editor, at_once):
    of = tried(csv_file(row(1), row(2)))
    beginning.do(of, editor=of.by, publish=False, ask=False)
    Import.objects.update(moved_at=of.moved_at - dt.timedelta(minutes=5))
    assert "it was stopped, or no worker runs" in client.get(f"/desk/imports/{of.pk}/").text
    with at_once():
        act(client, of, "go-on")
    assert (Import.objects.get().state, Statement.objects.count()) == ("done", 2)


def test_an_import_that_was_only_tried_is_changed_or_discarded(client, editor):
    of = tried(csv_file(row(1)))
    assert "What its columns are" in act(client, of, "change").text
    assert "nothing of it is on record" in act(client, of, "discard").text
    assert not Import.objects.exists()


def test_what_is_done_twice_is_told_and_does_nothing(client, publisher):
    of = done(csv_file(row(1)))
    assert "Somebody was faster" in act(client, of, "publish").text
    assert client.post(f"/desk/imports/{of.pk}/", {"act": "sing"}).status_code == 404
    assert Statement.objects.count() == 1


def test_undoing_without_a_reason_is_asked_for_one(client, publisher):
    of = done(csv_file(row(1)))
    assert "Say why." in act(client, of, "undo", reason=" ").text
    assert Import.objects.get().state == "done"


def test_the_rows_that_were_not_imported_are_a_file(client, editor):
    of = tried(csv_file(row(1, said="soon")))
    answer = client.get(f"/desk/imports/{of.pk}/rows.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert b"2,,refused,said,soon," in answer.getvalue()


def test_a_file_that_is_gone_is_told(client, editor, tmp_path):
    of = brought(csv_file(row(1)))
    next(path for path in tmp_path.rglob("*") if path.is_file()).unlink()
    assert "Its file is gone" in client.get(f"/desk/imports/{of.pk}/").text


def test_the_list_takes_few_queries_and_goes_on(client, editor, django_assert_max_num_queries, monkeypatch):
    for number in range(4):
        brought(csv_file(row(number)), name=f"file {number}")
    monkeypatch.setattr("quotes.views.imports._LISTED", 3)
    with django_assert_max_num_queries(8):
        page = client.get("/desk/imports/")
    assert "file 0" not in page.text
    older = Import.objects.order_by("-pk")[2].pk
    assert f"?before={older}" in page.text
    assert "file 0" in client.get(f"/desk/imports/?before={older}").text


def test_a_page_of_findings_takes_few_queries(client, editor, django_assert_max_num_queries):
    of = tried(csv_file(*(row(number, said="soon") for number in range(40)), *(row(1) for _ in range(40))))
    with django_assert_max_num_queries(12):
        client.get(f"/desk/imports/{of.pk}/")
