import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from quotes import intake
from quotes.models import Candidate
from sources.documents import archive
from sources.models import Arrival, Document, Outlet
from tests import factories, review
from tests.review import TAKEN

pytestmark = pytest.mark.django_db

TEXT = "The minister spoke on Monday.\n“We will see what comes,” she said to the reporters of the city."
NASTY = "<html><head><title>T</title></head><body><p>“A” <script>alert(1)</script>&lt;b&gt;bold&lt;/b&gt; she said.</p>"


@pytest.fixture(autouse=True)
def originals(settings, tmp_path):
    """Keep what is uploaded away from the project."""
    settings.MEDIA_ROOT = tmp_path


def arrived(editor, text=TEXT, **fields):
    """A pasted text on its way in, with what it tells of itself."""
    arrival = intake.arrive_pasted(text, editor=editor)
    arrival.particulars |= fields
    arrival.save()
    return arrival


def typed(**changes):
    """The particulars as an editor fills them in; `__` stands for a dash."""
    data = {
        "act": "take-in",
        "document-outlet-name": "Le Monde",
        "document-kind": "article",
        "document-published": "2022-12-04",
        "document-language": "en",
    }
    return {**data, **{name.replace("__", "-"): value for name, value in changes.items()}}


def page_of(arrival):
    return f"/intake/arrivals/{arrival.pk}/"


# Who may


def test_visitors_are_sent_to_sign_in_and_others_refused(client):
    arrival = arrived(factories.editor())
    for address in ("/intake/", page_of(arrival)):
        assert client.get(address).headers["Location"] == f"/signin/?next={address}"
    client.force_login(factories.user())
    for address in ("/intake/", page_of(arrival)):
        assert client.get(address).status_code == 403
        assert client.post(address, {"act": "discard"}).status_code == 403
    assert Arrival.objects.exists()


# Three ways in


def test_a_pasted_text_arrives_and_shows_what_was_read(client, editor):
    page = client.post("/intake/", {"way": "paste", "pasted": TEXT}, follow=True)
    assert page.redirect_chain == [(page_of(Arrival.objects.get()), 302)]
    assert "“We will see what comes,”" in page.text


def test_pasted_html_is_shown_as_text_and_its_scripts_not_at_all(client, editor):
    page = client.post("/intake/", {"way": "paste", "pasted": NASTY}, follow=True)
    assert "alert(1)" not in page.text
    assert "<b>bold" not in page.text
    assert "&lt;b&gt;bold" in page.text


def test_a_file_arrives(client, editor):
    file = SimpleUploadedFile("article.txt", TEXT.encode())
    page = client.post("/intake/", {"way": "upload", "file": file}, follow=True)
    assert "Take in a document" in page.text
    assert Arrival.objects.get().name == "article.txt"


@pytest.mark.parametrize(
    ("sent", "anchor", "message"),
    [
        ({"way": "paste", "pasted": ""}, "id_pasted", "paste the article’s text"),
        ({"way": "paste", "pasted": "“”“”"}, "id_pasted", "It has no word in it"),
        ({"way": "upload"}, "id_file", "Choose a file first."),
        ({"way": "address", "address": ""}, "id_address", "Which page?"),
        ({"way": "address", "address": "javascript:alert(1)"}, "id_address", "is no web address"),
    ],
)
def test_what_cant_be_read_is_refused_beside_its_field(client, editor, sent, anchor, message):
    page = client.post("/intake/", sent)
    assert page.status_code == 200
    assert message in page.text
    assert f'<a href="#{anchor}">' in page.text
    assert f'id="{anchor}_error"' in page.text
    assert not Arrival.objects.exists()


@pytest.mark.parametrize(
    ("data", "message"), [(b"", "There is nothing in it"), (b"\x00\x01\x02\xff" * 50, "not read here")]
)
def test_a_file_that_is_none_is_refused(client, editor, data, message):
    page = client.post("/intake/", {"way": "upload", "file": SimpleUploadedFile("a.txt", data)})
    assert message in page.text
    assert not Arrival.objects.exists()


def test_what_was_pasted_is_kept_when_it_is_refused(client, editor):
    sent = {"way": "paste", "pasted": "“ ” … “ ”", "pasted_from": "https://a.example/b"}
    page = client.post("/intake/", sent)
    assert "“ ” … “ ”</textarea>" in page.text
    assert 'value="https://a.example/b"' in page.text


def test_more_than_a_form_may_carry_is_refused_with_a_word(client, editor):
    page = client.post("/intake/", {"way": "paste", "pasted": "word " * 4_000_000})
    assert page.status_code == 200
    assert "more than a form may carry. Go back" in page.text
    assert "There is nothing here yet" not in page.text
    assert not Arrival.objects.exists()


def test_a_long_text_may_be_pasted_as_a_file(client, editor):
    long = SimpleUploadedFile("pasted.txt", f"{TEXT} {'word ' * 300_000}".encode())
    page = client.post("/intake/", {"way": "paste", "pasted": long, "pasted_from": "https://a.example/b"})
    arrival = Arrival.objects.get()
    assert page.headers["Location"] == page_of(arrival)
    assert arrival.text.startswith(TEXT.partition("\n")[0])
    assert arrival.particulars["url"] == "https://a.example/b"


def test_a_pasted_file_that_is_too_long_is_refused_like_any_other(client, editor):
    long = SimpleUploadedFile("pasted.txt", b"word " * 2_000_001)
    page = client.post("/intake/", {"way": "paste", "pasted": long})
    assert "It is larger than 10 MB, the most that is read." in page.text
    assert not Arrival.objects.exists()


def test_writing_without_a_csrf_token_is_refused():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.editor())
    assert strict.post("/intake/", {"way": "paste", "pasted": TEXT}).status_code == 403
    assert strict.post(page_of(arrived(factories.editor())), {"act": "discard"}).status_code == 403
    assert Arrival.objects.count() == 1


def test_another_way_in_is_not_found(client, editor):
    assert client.post("/intake/", {"way": "dream"}).status_code == 404


# What waits


def test_what_arrived_waits_with_what_it_is(client, editor):
    arrived(editor, title="A long night")
    Arrival.objects.create(
        by=editor, arrived_at=timezone.now(), url="https://a.example/", state="failed", problem="No answer."
    )
    page = client.get("/intake/").text
    assert "A long night" in page
    assert "No answer." in page
    assert "Try again" in page


def test_a_page_being_fetched_is_looked_at_again_without_touching_what_is_typed(client, editor):
    Arrival.objects.create(by=editor, arrived_at=timezone.now(), url="https://a.example/")
    page = client.get("/intake/").text
    assert 'data-hx-trigger="every 3s"' in page
    assert "http-equiv" not in page
    waiting = page.split('id="waiting"')[1]
    assert "data-hx-get" in waiting
    assert "<textarea" not in waiting


def test_documents_under_review_tell_how_far_they_are(client, editor):
    document, (one, *_) = review.three()
    Candidate.objects.filter(pk=one.pk).update(
        state="rejected", rejected_for="trivial", decided_by=editor, decided_at=timezone.now()
    )
    page = client.get("/intake/").text
    assert "1 of 3 decided" in page
    assert f"/intake/documents/{document.pid}/" in page


def test_the_page_takes_as_many_queries_for_many_documents_as_for_few(client, editor, django_assert_max_num_queries):
    for _ in range(5):
        review.three()
        arrived(editor)
    with django_assert_max_num_queries(12):
        client.get("/intake/")


# Taking in


def test_a_document_is_taken_in_with_its_particulars(client, editor):
    factories.outlet("Le Monde", kind="newspaper")
    arrival = arrived(editor)
    response = client.post(page_of(arrival), typed(document__title="A long night", document__author="Ann Other"))
    document = Document.objects.get()
    assert response.headers["Location"] == f"/intake/documents/{document.pid}/"
    assert (document.title, document.author, document.outlet.name) == ("A long night", "Ann Other", "Le Monde")
    assert document.snapshots.get().text == TEXT
    assert not Arrival.objects.exists()


def test_particulars_found_stand_in_the_form(client, editor):
    arrival = arrived(
        editor,
        title="A long night",
        author="Ann Other",
        published="2022-12-04",
        language="fr",
        url="https://a.example/b",
        agencies=["TASS", "AFP"],
    )
    page = client.get(page_of(arrival)).text
    for shown in ("A long night", "Ann Other", "2022-12-04", 'value="fr"', "https://a.example/b", "TASS, AFP"):
        assert shown in page


def test_the_outlet_is_found_by_its_domain(client, editor):
    factories.outlet("Le Monde", kind="newspaper", domain="lemonde.example")
    arrival = arrived(editor, domain="international.lemonde.example")
    page = client.get(page_of(arrival)).text
    assert 'value="Le Monde"' in page
    assert "On record: Newspaper, lemonde.example" in page


def test_a_new_outlet_is_offered_and_never_silently_made(client, editor):
    arrival = arrived(editor, domain="gazette.example", outlet_name="La Gazette")
    page = client.get(page_of(arrival)).text
    assert "“La Gazette” is not on record yet" in page
    page = client.post(page_of(arrival), typed(document__outlet__name="La Gazette")).text
    assert "not on record yet: what is it?" in page
    assert not Outlet.objects.exists()
    client.post(page_of(arrival), typed(document__outlet__name="La Gazette", document__outlet__kind="newspaper"))
    assert Document.objects.get().outlet.name == "La Gazette"


@pytest.mark.parametrize(
    ("changes", "anchor", "message"),
    [
        ({"document__published": ""}, "id_document-published", "When was it published?"),
        ({"document__published": "yesterday"}, "id_document-published", "is not a date"),
        ({"document__url": "nowhere"}, "id_document-url", "Write a whole address"),
        ({"document__outlet__name": ""}, "id_document-outlet-name", "Who published it?"),
    ],
)
def test_wrong_particulars_are_refused_in_place(client, editor, changes, anchor, message):
    factories.outlet("Le Monde", kind="newspaper")
    arrival = arrived(editor)
    page = client.post(page_of(arrival), typed(document__title="Kept title", **changes)).text
    assert message in page
    assert f'<a href="#{anchor}">' in page
    assert "Kept title" in page
    assert not Document.objects.exists()
    assert Arrival.objects.exists()


def test_the_same_text_again_is_recognised_and_opened(client, editor):
    document = factories.document(url="")
    archive(document, TEXT, TAKEN)
    arrival = arrived(editor)
    page = client.get(page_of(arrival)).text
    assert "It is on record already" in page
    assert document.get_absolute_url() in page
    response = client.post(page_of(arrival), {"act": "open"})
    assert response.headers["Location"] == f"/intake/documents/{document.pid}/"
    assert document.snapshots.count() == 1
    assert not Arrival.objects.exists()


def test_an_address_on_record_leads_to_the_document_there(client, editor):
    document = factories.document("Le Monde", url="https://lemonde.example/a")
    arrival = arrived(editor)
    page = client.post(page_of(arrival), typed(document__url=document.url), follow=True)
    assert page.redirect_chain == [(f"/intake/documents/{document.pid}/", 302)]
    assert "on record already" in page.text
    assert Document.objects.get() == document


def test_an_arrival_is_discarded(client, editor):
    page = client.post(page_of(arrived(editor)), {"act": "discard"}, follow=True)
    assert '<a href="/discarded/">Put it back</a>' in page.text
    assert not Arrival.objects.exists()


def test_an_arrival_that_is_gone_leads_back(client, editor):
    page = client.get("/intake/arrivals/1/", follow=True)
    assert "taken in or discarded already" in page.text
    assert client.get("/intake/arrivals/99999999999999999999999/").status_code == 302


def test_what_failed_says_why_and_can_be_tried_again(client, editor):
    arrival = Arrival.objects.create(
        by=editor, arrived_at=timezone.now(), url="https://a.example/", state="failed", problem="No answer."
    )
    assert "No answer." in client.get(page_of(arrival)).text
    client.post(page_of(arrival), {"act": "again"})
    arrival.refresh_from_db()
    assert arrival.state == "fetching"
    assert "On its way" in client.get(page_of(arrival)).text


def test_what_is_not_ready_is_not_taken_in(client, editor):
    arrival = Arrival.objects.create(by=editor, arrived_at=timezone.now(), url="https://a.example/")
    assert client.post(page_of(arrival), typed()).status_code == 200
    assert client.post(page_of(arrival), {"act": "open"}).status_code == 200
    assert client.post(page_of(arrival), {"act": "dream"}).status_code == 404
    assert not Document.objects.exists()
