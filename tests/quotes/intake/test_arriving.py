import datetime as dt
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from quotes import intake
from quotes.drafting import NewDocument, NewOutlet
from quotes.intake import receiving
from quotes.intake.arriving import STUCK
from quotes.record import BadDraft
from sources.models import Arrival, Document, Outlet
from sources.reading import CannotRead, Hints, read_pasted
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = "On Saturday, Macron said: “We must think about security.”"
PAGE = f"""<html lang="en"><head><title>Macron speaks</title><link rel="canonical" href="https://daily.example/a">
<meta name="author" content="Ann Lee"></head><body><article><p>{TEXT * 20}</p></article></body></html>"""


@pytest.fixture
def editor():
    return factories.editor()


@pytest.fixture
def daily():
    return factories.outlet("The Daily", kind="newspaper", domain="daily.example")


@pytest.fixture
def web(monkeypatch):
    """A web of pages by address; every other can't be fetched."""
    pages = {}

    def read_address(url):
        if url not in pages:
            raise CannotRead("There is no page at this address.")
        return read_pasted(pages[url], Hints(url=url))

    monkeypatch.setattr(receiving, "read_address", read_address)
    return pages


def particulars(outlet, **fields):
    return NewDocument(**({"outlet": outlet, "published": "2022-12-04", "language": "en"} | fields))


def kept_files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def upload(content, name="article.txt"):
    return SimpleUploadedFile(name, content.encode())


def received(arrival):
    receiving.receive(arrival)
    arrival.refresh_from_db()
    return arrival


# Pasted and uploaded


def test_a_pasted_text_waits_to_be_confirmed(editor):
    arrival = intake.arrive_pasted(TEXT, editor=editor)
    assert (arrival.state, arrival.text, arrival.by) == ("ready", TEXT, editor)
    assert intake.waiting() == [arrival]


def test_what_was_read_of_it_is_kept_with_it(editor):
    arrival = intake.arrive_pasted(PAGE, editor=editor)
    found = arrival.particulars
    assert (found["title"], found["author"], found["language"]) == ("Macron speaks", "Ann Lee", "en")
    assert (found["url"], found["domain"], str(arrival)) == (
        "https://daily.example/a",
        "daily.example",
        "Macron speaks",
    )


def test_what_was_read_survives_the_waiting(editor):
    reading = read_pasted(PAGE)
    arrival = Arrival.objects.get(pk=intake.arrive_pasted(PAGE, editor=editor).pk)
    assert receiving.as_read(arrival) == reading


@pytest.mark.parametrize("nothing", ["", "  \n", "“”"])
def test_a_text_without_words_is_refused_and_nothing_is_kept(editor, originals, nothing):
    with pytest.raises(CannotRead):
        intake.arrive_pasted(nothing, editor=editor)
    assert (Arrival.objects.count(), kept_files(originals) if originals.exists() else []) == (0, [])


def test_the_same_text_waits_once(editor):
    first = intake.arrive_pasted(TEXT, editor=editor)
    assert intake.arrive_pasted(TEXT, editor=factories.editor()) == first
    assert intake.arrive_upload(upload(TEXT), editor=editor) == first


def test_a_small_file_is_read_at_once(editor):
    arrival = intake.arrive_upload(upload(TEXT, "Article.md"), editor=editor)
    assert (arrival.state, arrival.name, arrival.text) == ("ready", "Article.md", TEXT)


def test_a_small_file_that_cannot_be_read_is_refused_at_once(editor):
    with pytest.raises(CannotRead):
        intake.arrive_upload(SimpleUploadedFile("a.bin", bytes(range(256)) * 10), editor=editor)
    assert not Arrival.objects.exists()


def test_a_large_file_is_left_to_the_worker(editor):
    arrival = intake.arrive_upload(upload(f"{TEXT}\n" * 5_000), editor=editor)
    assert (arrival.state, arrival.text) == ("fetching", "")
    assert received(arrival).state == "ready"
    assert arrival.text.startswith(TEXT)


def test_a_file_beyond_all_measure_is_not_even_kept(editor, originals):
    huge = upload("")
    huge.size = 20_000_000
    with pytest.raises(CannotRead, match="larger than 10 MB"):
        intake.arrive_upload(huge, editor=editor)
    assert not originals.exists()


def test_a_large_file_that_cannot_be_read_says_why(editor):
    arrival = intake.arrive_upload(SimpleUploadedFile("a.pdf", b"%PDF-1.4 " + b"\x00\xff" * 150_000), editor=editor)
    received(arrival)
    assert arrival.state == "failed"
    assert arrival.problem


# Fetched


def test_a_page_is_fetched_by_the_worker(editor, web):
    web["https://daily.example/a"] = PAGE
    arrival = intake.arrive_address("https://daily.example/a", editor=editor)
    assert arrival.state == "fetching"
    assert received(arrival).state == "ready"
    assert arrival.particulars["title"] == "Macron speaks"


def test_a_page_is_asked_for_when_the_request_is_over(editor, web, settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    web["https://daily.example/a"] = PAGE
    with django_capture_on_commit_callbacks(execute=True):
        arrival = intake.arrive_address("https://daily.example/a", editor=editor)
    arrival.refresh_from_db()
    assert arrival.state == "ready"


def test_a_page_that_cannot_be_fetched_says_why(editor, web):
    arrival = received(intake.arrive_address("https://daily.example/none", editor=editor))
    assert (arrival.state, arrival.problem) == ("failed", "There is no page at this address.")


def test_a_reader_that_fails_in_its_own_way_leaves_nobody_waiting(editor, monkeypatch):
    monkeypatch.setattr(receiving, "read_address", lambda _: 1 / 0)
    arrival = received(intake.arrive_address("https://daily.example/a", editor=editor))
    assert arrival.problem.startswith("It could not be read, for a reason that nobody foresaw")


@pytest.mark.parametrize("text", ["daily", "ftp://daily.example/a", "javascript:alert(1)"])
def test_what_is_no_web_address_is_refused(editor, text):
    with pytest.raises(CannotRead):
        intake.arrive_address(text, editor=editor)


def test_one_address_waits_once(editor, web):
    first = intake.arrive_address("https://daily.example/a", editor=editor)
    assert intake.arrive_address("https://daily.example/a?utm_source=x", editor=factories.editor()) == first


@pytest.mark.django_db(transaction=True)
def test_one_address_twice_at_once_waits_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    editor = factories.user()
    found = []

    def arrive():
        try:
            found.append(intake.arrive_address("https://daily.example/a", editor=editor))
        finally:
            connection.close()

    both = [threading.Thread(target=arrive) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(found) == 2
    assert len(set(found)) == Arrival.objects.count() == 1


def test_what_failed_is_tried_again(editor, web):
    arrival = received(intake.arrive_address("https://daily.example/a", editor=editor))
    web["https://daily.example/a"] = PAGE
    intake.again(arrival, editor=editor)
    assert received(arrival).state == "ready"


def test_what_waits_is_not_tried_twice(editor, web, django_capture_on_commit_callbacks):
    arrival = intake.arrive_address("https://daily.example/a", editor=editor)
    with django_capture_on_commit_callbacks() as asked:
        intake.again(arrival, editor=editor)
    assert not asked


def test_what_nobody_came_to_do_is_asked_for_again(editor, web, django_capture_on_commit_callbacks):
    arrival = intake.arrive_address("https://daily.example/a", editor=editor)
    Arrival.objects.update(arrived_at=timezone.now() - STUCK - dt.timedelta(seconds=1))
    arrival.refresh_from_db()
    with django_capture_on_commit_callbacks() as asked:
        intake.again(arrival, editor=editor)
    assert len(asked) == 1


def test_trying_again_what_waits_elsewhere_leads_there(editor, web):
    failed = received(intake.arrive_address("https://daily.example/a", editor=editor))
    waits = intake.arrive_address("https://daily.example/a", editor=editor)
    assert intake.again(failed, editor=editor) == waits
    assert Arrival.objects.count() == 1


def test_what_is_discarded_takes_its_file_with_it(editor, originals, django_capture_on_commit_callbacks):
    arrival = intake.arrive_pasted(TEXT, editor=editor)
    with django_capture_on_commit_callbacks(execute=True):
        intake.discard(arrival)
    assert (Arrival.objects.count(), kept_files(originals)) == (0, [])


# Recognised and taken in


def test_a_document_on_record_is_recognised_by_its_text(editor):
    known = factories.snapshot(TEXT).document
    assert intake.recognised(intake.arrive_pasted(TEXT, editor=editor)) == known


def test_a_document_on_record_is_recognised_by_its_address(editor, daily):
    known = factories.document("The Daily", url="https://daily.example/a")
    assert intake.recognised(intake.arrive_pasted(PAGE, editor=editor)) == known


def test_the_outlet_is_offered_by_its_domain(editor, daily):
    assert intake.outlet_of(intake.arrive_pasted(PAGE, editor=editor)) == daily
    assert intake.outlet_of(intake.arrive_pasted(TEXT, editor=editor)) is None


def test_a_confirmed_document_is_kept_with_its_text_and_original(editor, daily):
    arrival = intake.arrive_pasted(PAGE, editor=editor)
    reading = intake.take_in(arrival, particulars(daily, title="As corrected"), editor=editor)
    document = reading.document
    assert (document.outlet, document.title, document.published) == (daily, "As corrected", "2022-12-04")
    assert (reading.snapshot.document, reading.snapshot.text) == (document, arrival.text)
    with reading.snapshot.original.open("rb") as original:
        assert original.read() == PAGE.encode()


def test_its_text_is_to_be_read_for_statements(editor, daily):
    reading = intake.take_in(intake.arrive_pasted(TEXT, editor=editor), particulars(daily), editor=editor)
    assert (reading.state, reading.asked_by) == ("waiting", editor)


def test_what_was_taken_in_waits_no_more(editor, daily):
    intake.take_in(intake.arrive_pasted(TEXT, editor=editor), particulars(daily), editor=editor)
    assert intake.waiting() == []


def test_a_new_outlet_owns_the_domain_that_its_document_came_from(editor):
    new = NewOutlet("newspaper", "The Daily")
    document = intake.take_in(intake.arrive_pasted(PAGE, editor=editor), particulars(new), editor=editor).document
    assert (document.outlet.name, document.outlet.domain) == ("The Daily", "daily.example")


def test_a_domain_has_one_owner(editor, daily):
    new = NewOutlet("newspaper", "Another Daily")
    intake.take_in(intake.arrive_pasted(PAGE, editor=editor), particulars(new), editor=editor)
    assert Outlet.objects.get(name="Another Daily").domain == ""


def test_nobody_knows_the_domain_of_an_unknown_outlet(editor):
    unknown = NewOutlet("website", identified=False)
    document = intake.take_in(intake.arrive_pasted(PAGE, editor=editor), particulars(unknown), editor=editor).document
    assert (document.outlet.identified, document.outlet.domain) == (False, "")


def test_a_recognised_document_gets_the_text_it_did_not_have(editor, daily):
    known = factories.document("The Daily", url="https://daily.example/a")
    reading = intake.take_in(intake.arrive_pasted(PAGE, editor=editor), known, editor=editor)
    assert (reading.document, known.snapshots.count(), Document.objects.count()) == (known, 1, 1)


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"published": "2022-13"}, "published"), ({"published": "2022/.."}, "published"), ({"url": "nonsense"}, "url")],
)
def test_particulars_that_cannot_be_are_refused_and_nothing_is_half_saved(editor, fields, field):
    arrival = intake.arrive_pasted(TEXT, editor=editor)
    new = NewOutlet("newspaper", "The Daily")
    with pytest.raises(BadDraft) as refused:
        intake.take_in(arrival, particulars(new, **fields), editor=editor)
    assert refused.value.field == field
    assert (Outlet.objects.count(), Document.objects.count(), intake.waiting()) == (0, 0, [arrival])


def test_a_text_of_removed_words_is_not_kept_again(editor):
    where = factories.snapshot("Other words.")
    type(where).objects.update(redacted_at=timezone.now())
    with pytest.raises(BadDraft, match="were removed for good"):
        intake.take_in(intake.arrive_pasted(TEXT, editor=editor), where.document, editor=editor)


def test_what_was_not_read_is_not_taken_in(editor, web, daily):
    arrival = intake.arrive_address("https://daily.example/a", editor=editor)
    with pytest.raises(BadDraft, match="not ready"):
        intake.take_in(arrival, particulars(daily), editor=editor)


def test_the_list_of_what_waits_loads_no_texts(editor, django_assert_num_queries):
    intake.arrive_pasted(TEXT, editor=editor)
    with django_assert_num_queries(1):
        assert [str(one.by) for one in intake.waiting()] == [str(editor)]
    assert "text" in intake.waiting()[0].get_deferred_fields()
