import datetime as dt

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from quotes import record
from quotes.models import SavedCheck
from quotes.saved_checks import forget_expired
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "“We must think about the security structure under which our children will live tomorrow.”"
TURNED = "“We must never think about the security structure under which our children will live tomorrow.”"
ELSEWHERE = "Nobody may read this sentence of my draft."


@pytest.fixture(autouse=True)
def _no_one_has_had_their_share():
    cache.clear()


@pytest.fixture
def statement():
    return factories.publish(WORDS)


def post(client, text, **more):
    return client.post("/check/", {"text": text, **more})


def test_the_form_stands_alone_at_first(client):
    page = client.get("/check/")
    assert "Was this said?" in page.text
    assert "checked" not in page.text


def test_every_page_leads_to_it(client):
    assert 'href="/check/"' in client.get("/about/").text
    assert client.get("/").text.count('href="/check/"') == 2


def test_a_quotation_on_record_leads_to_its_permalinks(client, statement):
    page = post(client, WORDS)
    assert "On record word for word" in page.text
    assert f'href="/q/{statement.pid}"' in page.text
    assert f'href="/q/{statement.pid}/v1"' in page.text
    assert "1 origin:" in page.text


def test_what_was_put_in_is_marked_for_the_eye_and_for_the_ear(client, statement):
    page = post(client, TURNED)
    assert "the meaning may have turned" in page.text
    assert "[not on record: </span>never " in page.text
    assert '<ins class="turns">' in page.text


def test_what_is_not_found_is_never_called_false(client, statement):
    page = post(client, "“Vineyards had a poor harvest along the southern coast.”")
    assert "Not found in this record" in page.text
    assert "says nothing about whether it was said" in page.text
    assert " false" not in page.text.partition("<main")[2].lower()


def test_a_short_text_may_stand_in_an_address(client, statement):
    page = client.get("/check/", {"text": WORDS, "speaker": "Emmanuel Macron", "date": "2022-12-03"})
    assert "On record word for word" in page.text
    assert "Link to this check" in page.text


def test_a_long_text_must_not(client):
    page = client.get("/check/", {"text": "word " * 400})
    assert "An address holds at most 1,000 characters" in page.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_copy_of_what_is_asked_is_kept_on_the_way(client, statement, method):
    page = getattr(client, method)("/check/", {"text": WORDS})
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex"


def test_a_draft_is_posted_with_its_token(client, statement):
    client.handler.enforce_csrf_checks = True
    assert post(client, WORDS).status_code == 403


def test_a_draft_is_not_logged(client, statement, caplog):
    caplog.set_level("DEBUG")
    post(client, f"{ELSEWHERE} Macron said: {WORDS}")
    assert ELSEWHERE not in caplog.text


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"text": ""}, "There is nothing here yet"),
        ({"text": WORDS, "date": "last week"}, "is not a date the record can keep"),
        ({"text": "a" * 500_001}, "check it in parts"),
    ],
)
def test_what_cant_be_checked_is_said_and_nothing_is_lost(client, typed, complaint):
    page = client.post("/check/", typed)
    assert complaint in page.text
    assert typed["text"][:80] in page.text


def test_more_than_a_form_takes_is_refused_kindly(client):
    assert "Save it as a file, and upload that" in post(client, "a" * 3_000_000).text


def test_a_long_text_that_quotes_nobody_is_told_so(client):
    assert "This text quotes nobody" in post(client, "The weather was fine in the town. " * 100).text


def test_a_file_is_read_and_checked(client, statement):
    file = SimpleUploadedFile("draft.txt", f"{ELSEWHERE}\n\nMacron said: {WORDS}".encode())
    page = client.post("/check/", {"text": "", "file": file})
    assert "On record word for word" in page.text
    assert ELSEWHERE in page.text


def test_a_file_that_cant_be_read_says_why(client):
    page = client.post("/check/", {"text": "", "file": SimpleUploadedFile("draft.bin", bytes(range(256)) * 10)})
    assert "Please look at this again" in page.text


def test_an_address_inside_the_network_is_not_fetched(client):
    page = client.post("/check/", {"text": "", "address": "http://127.0.0.1/secret"})
    assert "not on the public internet" in page.text


def test_files_and_pages_are_limited_for_one_network(client, settings):
    settings.CHECKS_PER_HOUR = 0
    page = client.post("/check/", {"text": "", "address": "https://example.org/"})
    assert "paste the text instead" in page.text


# Saved results


def save(client, text):
    return SavedCheck.objects.get(key=post(client, text, act="save").url.split("/")[-2])


def test_nothing_is_saved_unless_somebody_asks(client, statement):
    post(client, WORDS)
    assert not SavedCheck.objects.exists()


def test_a_saved_result_holds_the_quotations_alone(client, statement):
    kept = save(client, f"{ELSEWHERE} Macron said: {TURNED}")
    assert ELSEWHERE not in str(SavedCheck.objects.values().get())
    page = client.get(kept.get_absolute_url())
    assert "the meaning may have turned" in page.text
    assert "against this record as it last changed on" in page.text
    assert f"/q/{statement.pid}/v1" in page.text
    assert page["X-Robots-Tag"] == "noindex"


def test_a_saved_result_stays_what_it_was_when_the_record_changes(client, statement):
    kept = save(client, TURNED)
    record.retract(statement, editor=factories.publisher(), reason="A hoax")
    assert "the meaning may have turned" in client.get(kept.get_absolute_url()).text


def test_a_saved_result_is_gone_after_ninety_days(client, statement):
    kept = save(client, WORDS)
    assert kept.expires_at - kept.made_at == dt.timedelta(days=90)
    past = {"made_at": timezone.now() - dt.timedelta(days=91), "expires_at": timezone.now() - dt.timedelta(days=1)}
    SavedCheck.objects.update(**past)
    assert client.get(kept.get_absolute_url()).status_code == 404
    assert forget_expired() == 1
    assert not SavedCheck.objects.exists()


def test_a_command_forgets_what_is_over(client, statement, capsys):
    save(client, WORDS)
    call_command("forget_checks")
    assert capsys.readouterr().out == "Forgotten: 0 results of checks, 0 things that were discarded\n"


def test_a_guessed_link_leads_nowhere(client):
    assert client.get("/check/saved/AAAAAAAAAAAAAAAAAAAAAA/").status_code == 404


def test_a_removed_statement_leaves_saved_results_too(client, statement):
    other = factories.publish("“The harvest of the southern vineyards was poor this year.”", by="Jean Dupont")
    kept = save(client, f"{TURNED} {other.words}")
    record.remove(statement, editor=factories.publisher(), reason_code="law", reason="An order")
    page = client.get(kept.get_absolute_url())
    assert "security structure" not in page.text + str(SavedCheck.objects.values().get())
    assert "Removed from this record since" in page.text
    assert "southern vineyards" in page.text


# The command


def test_a_text_that_is_on_record_ends_with_zero(statement, tmp_path, capsys):
    file = tmp_path / "draft.txt"
    file.write_text(f"Macron said: {WORDS}")
    call_command("check_quotes", str(file))
    assert f"/q/{statement.pid}" in capsys.readouterr().out


def test_a_text_with_something_to_look_at_ends_with_one(statement, tmp_path, capsys):
    file = tmp_path / "draft.txt"
    file.write_text(f"Macron said: {TURNED}")
    with pytest.raises(SystemExit) as ended:
        call_command("check_quotes", str(file), "--json")
    assert ended.value.code == 1
    assert '"verdict": "turned"' in capsys.readouterr().out


@pytest.mark.parametrize("name", ["missing.txt", "empty.txt"])
def test_a_text_that_cant_be_read_ends_with_two(tmp_path, name):
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(CommandError) as ended:
        call_command("check_quotes", str(tmp_path / name))
    assert ended.value.returncode == 2
