"""The desk, the review and the imports in the language of whoever works there; what they keep is English."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from quotes.models import Act, Import, ImportFinding, Report
from sources.models import Arrival
from tests import factories, review
from tests.desk import NEW, typed
from tests.quotes.importing import csv_file, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def french(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(factories.publisher())
    client.cookies["lang"] = "fr"
    return client


def heading(page):
    return re.sub(r"<[^>]*>|\s+", " ", re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.DOTALL)[1]).strip()


@pytest.mark.parametrize(
    ("address", "french", "arabic"),
    [
        ("/desk/", "Rédaction", "التحرير"),
        (NEW, "Consigner une déclaration", "سجّل تصريحًا"),
        ("/desk/reports/", "Signalements", "البلاغات"),
        ("/desk/tokens/", "Clés pour programmes", "مفاتيح للبرامج"),
        ("/intake/", "Réception", "الوارد"),
        ("/desk/imports/", "Imports", "الاستيراد"),
    ],
)
def test_an_editor_works_in_the_language_they_chose(client, address, french, arabic):
    client.force_login(factories.publisher())
    pages = {language: client.get(f"{address}?lang={language}") for language in ("fr", "ar")}
    assert [heading(page) for page in pages.values()] == [french, arabic]
    assert re.search(r'<html lang="ar"\s+dir="rtl"', pages["ar"].text)


def test_what_is_wrong_in_a_form_is_told_in_its_language(french):
    page = french.post(NEW, typed(words="“Never closed", said="32 May", speaker__name="Nobody Known")).text
    assert "Ce guillemet n’est jamais fermé, au caractère 1\u00a0:" in page
    assert "«\u00a032 May\u00a0» n’est pas une date que le registre puisse conserver" in page
    assert "«\u00a0Nobody Known\u00a0» n’est pas encore consigné\u00a0: qu’est-ce\u202f?" in page


def test_what_an_act_keeps_is_english(french):
    statement = factories.publish()
    report = Report.objects.create(statement=statement, message="Faux", sent_at=timezone.now())
    page = french.post(
        f"/desk/statements/{statement.pid}/retract/?report={report.pk}", {"reason": "Une erreur"}, follow=True
    )
    report.refresh_from_db()
    assert "La déclaration est rétractée." in page.text
    assert report.answer == "Retracted: Une erreur"
    assert Act.objects.get(statement=statement, verb="retract").reason == "Une erreur"


def test_a_suggestion_is_decided_in_french(french):
    document = review.under_review()
    one = review.suggested(document, review.FIRST)
    page = french.get(f"/intake/documents/{document.pid}/")
    assert "Suggestion 1 sur 1" in page.text
    sent = review.sent(one, reject="trivial")
    assert "Rejetée." in french.post(f"/intake/documents/{document.pid}/", sent, follow=True).text


def test_why_a_document_could_not_be_read_is_kept_in_english_and_told_in_french(
    french, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        french.post("/intake/", {"way": "address", "address": "http://127.0.0.1/"})
    arrival = Arrival.objects.get()
    page = french.get(f"/intake/arrivals/{arrival.pk}/").text
    assert arrival.problem.startswith("127.0.0.1 is not on the public internet")
    assert "127.0.0.1 n’est pas sur l’Internet public" in page
    assert "public internet" not in page


def test_what_is_no_address_is_refused_in_french(french):
    page = french.post("/intake/", {"way": "address", "address": "ftp://a.example"}).text
    assert "«\u00a0ftp://a.example\u00a0» n’est pas une adresse web." in page


def test_what_an_import_finds_is_kept_in_english_and_told_in_french(french, django_capture_on_commit_callbacks):
    data = csv_file(row(1), row(2, said="32 May"), row(3, language=""), row(1))
    french.post("/desk/imports/", {"file": SimpleUploadedFile("rows.csv", data)})
    of = Import.objects.get()
    columns = {name: name for name in ("words", "speaker", "said", "outlet", "topics", "language")}
    sent = {f"column-{name}": head for name, head in columns.items()}
    with django_capture_on_commit_callbacks(execute=True):
        french.post(
            f"/desk/imports/{of.pk}/",
            {"act": "try", "marks": "marked", "dates": "iso", "column-document_published": "published", **sent},
        )
    reasons = list(ImportFinding.objects.order_by("row").values_list("reason", flat=True))
    page = french.get(f"/desk/imports/{of.pk}/").text
    assert reasons[0].startswith("“32 May” is not a date the record can keep")
    assert reasons[1:] == ["There is nothing here.", "Row 2 has it."]
    assert "n’est pas une date que le registre puisse conserver\u00a0: elle ne se lit pas comme" in page
    assert "La ligne 2 l’a." in page
    assert "1 locuteur\u00a0: Emmanuel Macron" in page


def test_the_rows_of_an_import_as_csv_are_english(french):
    of = Import.objects.create(
        kind="csv",
        name="rows.csv",
        sha256="0" * 64,
        by=factories.editor(),
        created_at=timezone.now(),
        moved_at=timezone.now(),
        state="checked",
    )
    of.findings.create(kind="there", row=5, reason="Row 2 has it.")
    answer = b"".join(french.get(f"/desk/imports/{of.pk}/rows.csv").streaming_content).decode()
    assert "already there" in answer
    assert "Row 2 has it." in answer
