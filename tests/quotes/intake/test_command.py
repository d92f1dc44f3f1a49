from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from quotes.intake import bringing
from quotes.models import Reading
from sources.models import Arrival, Document, Snapshot
from sources.reading import CannotRead, Hints, read_pasted
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = "On Saturday, Macron said: “We must think about security.”"
PAGE = """<html lang="en"><head><title>{title}</title><link rel="canonical" href="https://daily.example/{title}">
<meta property="article:published_time" content="2022-12-04T10:00:00Z"></head>
<body><article><p>{text}</p></article></body></html>"""


@pytest.fixture(autouse=True)
def editor():
    made = factories.editor()
    made.username = "editor"
    made.save()
    return made


@pytest.fixture
def daily():
    return factories.outlet("The Daily", kind="newspaper", domain="daily.example")


def page(folder, title, text=TEXT):
    path = folder / f"{title}.html"
    path.write_text(PAGE.format(title=title, text=f"{title}: {text * 10}"))
    return path


def run(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("intake", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}"
    return out.getvalue(), err.getvalue()


def test_files_that_tell_their_outlet_and_date_are_taken_in(tmp_path, daily):
    out, _ = run(page(tmp_path, "one"), page(tmp_path, "two"))
    assert out == "2 taken in, 0 on record already, 0 waiting to be confirmed, 0 not read.\n"
    assert {document.title for document in Document.objects.filter(outlet=daily)} == {"one", "two"}
    assert Reading.objects.filter(state="waiting", asked_by__username="editor").count() == 2


def test_a_folder_is_brought_with_all_that_is_in_it(tmp_path, daily):
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    for folder in (tmp_path, tmp_path / "deep" / "er", tmp_path / ".git"):
        page(folder, folder.name.strip("."))
    run("--folder", tmp_path)
    assert Document.objects.count() == 2


def test_what_does_not_tell_waits_to_be_confirmed(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    out, err = run(tmp_path / "a.txt")
    assert "1 waiting to be confirmed" in out
    assert err == f"{tmp_path / 'a.txt'}: waiting to be confirmed. It doesn’t tell its outlet and its date.\n"
    assert Arrival.objects.get().name == "a.txt"


def test_what_is_known_of_all_is_used_where_one_does_not_tell(tmp_path, daily):
    (tmp_path / "a.txt").write_text(TEXT)
    run(tmp_path / "a.txt", "--outlet", "The Daily", "--published", "2022-12-05", "--language", "fr")
    document = Document.objects.get()
    assert (document.outlet, document.published) == (daily, "2022-12-05")


@pytest.mark.parametrize("domain", ["", "post.example"])
def test_a_document_that_tells_another_outlet_than_is_given_waits(tmp_path, domain):
    factories.outlet("The Post", kind="newspaper", domain=domain)
    path = page(tmp_path, "one")
    path.write_text(path.read_text().replace("<head>", '<head><meta property="og:site_name" content="The Daily">'))
    _, told = run(path, "--outlet", "The Post")
    assert "It is of another outlet: The Daily." in told
    assert not Document.objects.exists()
    assert Arrival.objects.get().particulars["outlet_name"] == "The Daily"


def test_a_document_of_the_outlet_that_is_given_is_taken_in(tmp_path):
    post = factories.outlet("The Post", kind="newspaper")
    path = page(tmp_path, "one")
    path.write_text(path.read_text().replace("<head>", '<head><meta property="og:site_name" content="The post">'))
    run(path, "--outlet", "The Post")
    assert Document.objects.get().outlet == post


def test_one_bad_file_stops_none_of_the_rest(tmp_path, daily):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 broken")
    out, err = run(tmp_path / "a.pdf", tmp_path / "missing.txt", page(tmp_path, "one"))
    assert out.startswith("1 taken in")
    assert "a.pdf: not read." in err
    assert "missing.txt: not read. The file can’t be opened: No such file or directory." in err
    assert err.endswith("2 of 3 could not be taken in; see above.")


def test_a_text_whose_words_were_removed_is_that_files_problem(tmp_path, daily):
    run(page(tmp_path, "one"))
    Snapshot.objects.update(redacted_at=timezone.now(), sha256="")
    out, err = run(page(tmp_path, "one"), page(tmp_path, "two"))
    assert "were removed for good" in err
    assert out.startswith("1 taken in")


def test_running_it_again_takes_up_where_it_stopped(tmp_path, daily):
    paths = [page(tmp_path, "one"), page(tmp_path, "two")]
    run(paths[0])
    out, _ = run(*paths)
    assert out.startswith("1 taken in, 1 on record already")
    assert (Document.objects.count(), Snapshot.objects.count(), Reading.objects.count()) == (2, 2, 2)


def test_a_reading_that_was_interrupted_is_asked_for_again(tmp_path, daily):
    path = page(tmp_path, "one")
    run(path)
    Reading.objects.all().delete()
    run(path)
    assert Reading.objects.get().state == "waiting"


def test_what_waits_to_be_confirmed_waits_once(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    run(tmp_path / "a.txt")
    run(tmp_path / "a.txt")
    assert Arrival.objects.count() == 1


def test_a_new_text_of_a_known_page_is_told(tmp_path, daily):
    run(page(tmp_path, "one"))
    _, err = run(page(tmp_path, "one", "Nothing of this was in it before. "))
    assert "one.html: taken in. A new text of a document on record." in err
    assert Document.objects.get().snapshots.count() == 2


def fetch(monkeypatch, pages):
    asked = []

    def read_address(url):
        asked.append(url)
        if url not in pages:
            raise CannotRead("There is no page at this address.")
        return read_pasted(pages[url], Hints(url=url))

    monkeypatch.setattr(bringing, "read_address", read_address)
    return asked


def test_pages_are_fetched(daily, monkeypatch):
    url = "https://daily.example/one"
    fetch(monkeypatch, {url: PAGE.format(title="one", text=TEXT * 10)})
    out, err = run("--url", url, "--url", "https://daily.example/none")
    assert out.startswith("1 taken in")
    assert "https://daily.example/none: not read. There is no page at this address." in err


def test_a_page_on_record_is_not_fetched_again(daily, monkeypatch):
    url = "https://daily.example/one"
    asked = fetch(monkeypatch, {url: PAGE.format(title="one", text=TEXT * 10)})
    run("--url", url)
    out, _ = run("--url", url)
    assert (asked, "1 on record already" in out) == ([url], True)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((), "Nothing to take in"),
        (("a.txt", "--editor", "nobody"), "There is no account “nobody”"),
        (("a.txt", "--outlet", "Nowhere"), "No outlet on record is called “Nowhere”"),
        (("a.txt", "--published", "soon"), "soon"),
        (("--folder", "/nowhere"), "/nowhere is no folder"),
    ],
)
def test_what_cannot_be_meant_is_told_before_anything_is_read(arguments, complaint):
    assert complaint in run(*arguments)[1]


def test_a_bar_shows_how_far_it_is(tmp_path, daily):
    class Terminal(StringIO):
        def isatty(self):
            return True

    err = Terminal()
    call_command("intake", str(page(tmp_path, "one")), str(page(tmp_path, "two")), stdout=StringIO(), stderr=err)
    assert "░" * 30 + " 0/2" in err.getvalue()
    assert "█" * 15 + "░" * 15 + " 1/2" in err.getvalue()
    assert "█" * 30 + " 2/2" in err.getvalue()
