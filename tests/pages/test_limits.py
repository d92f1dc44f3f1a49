"""Who asks too often is told when to come back, and loses nothing; who doesn't is never in the way of it."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from quotes import limits, signing_in
from quotes.signing_in import FREE, LONGEST, delay_after
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough secret"


@pytest.fixture(autouse=True)
def uncounted():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The time, which stands still: a window that ended amid a test would begin its counts anew."""

    class Clock:
        now = 7200.0

    monkeypatch.setattr(limits.time, "time", lambda: Clock.now)
    return Clock


def is_refused(answer):
    return answer.status_code == 429 and int(answer["Retry-After"]) > 0 and "no-store" in answer["Cache-Control"]


# Searches


@pytest.mark.parametrize(
    "address",
    [
        "/statements/?q=peace",
        "/statements/feed.atom?q=peace",
        "/statements.csv?q=peace",
        "/speakers/?q=mac",
        "/outlets/?q=tf",
        "/topics/?q=sec",
        "/suggest/?q=mac",
        "/suggest/options/?q=mac",
    ],
)
def test_searches_are_limited_by_address(client, settings, address):
    settings.SEARCHES_PER_MINUTE = 2
    answers = [client.get(f"{address}{n}") for n in range(3)]
    for answer in answers[:2]:
        answer.getvalue()
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert is_refused(answers[2])
    assert "Too many requests" in answers[2].text
    assert client.get(f"{address}9", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_the_next_minute_has_a_share_of_its_own(client, settings, clock):
    settings.SEARCHES_PER_MINUTE = 1
    assert client.get("/statements/?q=one").status_code == 200
    assert client.get("/statements/?q=two")["Retry-After"] == "60"
    clock.now += 60
    assert client.get("/statements/?q=two").status_code == 200


def test_what_is_answered_from_a_copy_counts_for_nothing(client, settings):
    settings.SEARCHES_PER_MINUTE = 1
    assert {client.get("/statements/?q=one").status_code for _ in range(5)} == {200}


def test_a_page_without_parameters_counts_for_nothing(client, settings):
    settings.SEARCHES_PER_MINUTE = 1
    client.get("/statements/?q=one")
    assert is_refused(client.get("/statements/?q=two"))
    for address in ("/statements/", "/speakers/", "/"):
        assert client.get(address).status_code == 200


def test_who_is_signed_in_has_a_share_of_their_own(client, settings):
    settings.SEARCHES_PER_MINUTE = 1
    client.get("/statements/?q=one")
    assert is_refused(client.get("/statements/?q=two"))
    account = factories.editor()
    client.force_login(account)
    assert client.get("/statements/?q=two").status_code == 200
    assert is_refused(client.get("/statements/?q=three"))
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    elsewhere.force_login(account)
    assert is_refused(elsewhere.get("/statements/?q=four"))


def test_a_refusal_is_kept_nowhere(client, settings):
    settings.SEARCHES_PER_MINUTE = 1
    client.get("/statements/?q=one")
    assert is_refused(client.get("/statements/?q=two"))
    settings.SEARCHES_PER_MINUTE = 0
    assert client.get("/statements/?q=two").status_code == 200


# Checks and documents


def test_texts_to_check_are_limited_and_come_back(client, settings):
    settings.SEARCHES_PER_MINUTE = 1
    words = "“We will never negotiate under threat.”"
    assert client.post("/check/", {"text": words}).status_code == 200
    page = client.post("/check/", {"text": words})
    assert is_refused(page)
    assert "never negotiate under threat" in page.text
    assert "from one network or account" in page.text


def test_files_to_check_are_refused_with_the_status_of_it(client, settings):
    settings.CHECKS_PER_HOUR = 1
    for status in (200, 429):
        page = client.post("/check/", {"text": "", "file": SimpleUploadedFile("draft.txt", b"He said no. " * 40)})
        assert page.status_code == status
    assert is_refused(page)


def test_documents_are_limited_by_account_wherever_they_come_from(client, settings):
    settings.INTAKES_PER_HOUR = 1
    account = factories.editor()
    for address in ("10.0.0.1", "10.0.0.2"):
        browser = Client(REMOTE_ADDR=address)
        browser.force_login(account)
        answer = browser.post("/intake/", {"way": "paste", "pasted": "Macron said: “We must think.” " * 5})
    assert is_refused(answer)
    other = Client()
    other.force_login(factories.editor())
    assert not is_refused(other.post("/intake/", {"way": "paste", "pasted": "Scholz said: “No.” " * 5}))


# Signing in


def attempt(client, account, password=f"not {PASSWORD}"):
    return client.post("/signin/", {"username": account.username, "password": password})


def test_the_delay_grows_and_has_an_end():
    delays = [delay_after(attempts) for attempts in range(100)]
    assert delays[:FREE] == [0] * FREE
    assert delays[FREE : FREE + 4] == [5, 10, 20, 40]
    assert delays == sorted(delays)
    assert delays[-1] == LONGEST


def test_after_five_wrong_passwords_the_right_one_must_wait_too(client):
    account = factories.editor()
    for _ in range(FREE + 1):
        assert attempt(client, account).status_code == 200
    page = attempt(client, account, PASSWORD)
    assert is_refused(page)
    assert 0 < int(page["Retry-After"]) <= 5
    assert account.username in page.text
    assert PASSWORD not in page.text
    assert client.get("/desk/").status_code == 302


def test_attempts_from_elsewhere_count_with_them(client):
    account = factories.editor()
    for n in range(FREE + 1):
        attempt(Client(REMOTE_ADDR=f"10.0.0.{n}"), account)
    assert is_refused(attempt(Client(REMOTE_ADDR="10.0.9.9"), account))


def test_a_name_that_nobody_has_is_answered_alike(client):
    for _ in range(FREE + 1):
        assert client.post("/signin/", {"username": "nobody", "password": "x"}).status_code == 200
    assert is_refused(client.post("/signin/", {"username": "NOBODY ", "password": "x"}))


def test_what_is_refused_makes_nobody_wait_longer(client):
    account = factories.editor()
    waits = {int(attempt(client, account).get("Retry-After", 0)) for _ in range(FREE + 20)}
    assert max(waits) <= 5


def test_whoever_guesses_cant_keep_the_owner_out_of_a_browser_they_know(client):
    account = factories.editor()
    assert attempt(client, account, PASSWORD).status_code == 302
    client.post("/signout/")
    stranger = Client(REMOTE_ADDR="10.0.0.9")
    for _ in range(FREE + 5):
        attempt(stranger, account)
    assert is_refused(attempt(stranger, account, PASSWORD))
    assert attempt(client, account, PASSWORD).status_code == 302


def test_a_known_browser_has_delays_too_and_knows_one_account_alone(client):
    account, other = factories.editor(), factories.editor()
    attempt(client, account, PASSWORD)
    client.post("/signout/")
    for _ in range(FREE + 1):
        attempt(client, account)
    assert is_refused(attempt(client, account, PASSWORD))
    for _ in range(FREE + 1):
        attempt(Client(REMOTE_ADDR="10.0.0.9"), other)
    assert is_refused(attempt(client, other, PASSWORD))


def test_signing_in_forgets_what_went_wrong_before(client):
    account = factories.editor()
    for _ in range(2):
        for _ in range(FREE - 1):
            attempt(client, account)
        assert attempt(client, account, PASSWORD).status_code == 302
        client.post("/signout/")


def test_one_address_tries_so_many_accounts_and_no_more(client, settings):
    settings.SIGNINS_PER_HOUR = 3
    answers = [client.post("/signin/", {"username": f"name{n}", "password": "x"}) for n in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert int(answers[3]["Retry-After"]) <= 3600


def test_new_passwords_are_limited_by_account(client, settings):
    settings.SIGNINS_PER_HOUR = 2
    client.force_login(factories.editor())
    wrong = {"old_password": "guess", "new_password1": "x", "new_password2": "x"}
    assert [client.post("/password/", wrong).status_code for _ in range(3)] == [200, 200, 429]


def test_while_the_shared_cache_is_away_people_sign_in(client, monkeypatch):
    def away(*_arguments):
        raise ConnectionError

    monkeypatch.setattr(signing_in.cache, "add", away)
    account = factories.editor()
    for _ in range(FREE + 3):
        assert attempt(client, account).status_code == 200
