"""What programs write: with a token that is for it, once, and by the rules of the desk."""

import datetime as dt
import itertools
import json

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from quotes import record, tokens
from quotes.api import once
from quotes.models import Answered, Link, Speaker, Statement, Token, Topic
from sources.models import Arrival, Document, Outlet
from tests import factories

pytestmark = pytest.mark.django_db

STATEMENTS, DOCUMENTS = "/api/v1/statements", "/api/v1/documents"
ALL = ("record", "intake", "publish")
_keys = itertools.count()


def key_of(account, *scopes, **fields):
    """A token's text, of an account that has a password of its own."""
    account.last_login = timezone.now()
    account.save()
    return tokens.issue(account, "Importer", scopes or ALL, expires_at=fields.get("expires_at"))[1]


@pytest.fixture
def account(groups):
    return factories.publisher()


@pytest.fixture
def key(account):
    return key_of(account)


@pytest.fixture
def send(client, key):
    """Send a body as JSON, under a key of its own unless one is given."""

    def sending(address, body, *, key=key, once=None, **headers):
        sent = {"Authorization": f"Bearer {key}", "Idempotency-Key": once or f"act {next(_keys)}"} | headers
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        sent = {name: value for name, value in sent.items() if value is not None}
        content_type = sent.pop("Content-Type", "application/json")
        # Where a body is empty, Django’s client sends no type beside it.
        sent |= {} if text else {"Content-Type": content_type}
        return client.post(address, text, content_type=content_type, headers=sent)

    return sending


def told(**fields):
    """A statement as a program sends it, where TF1, TASS and Macron are on record."""
    return {
        "words": "“We must think about security [in Europe].”",
        "language": "en",
        "speaker": {"name": "Emmanuel Macron"},
        "said": "2022-12-03",
        "document": {
            "title": "Macron on guarantees",
            "url": "https://news.example/macron",
            "published": "2022-12-04",
            "outlet": {"name": "News Example", "kind": "website"},
        },
        "road": [{"role": "spoken_to", "name": "TF1", "date": "2022-12-03"}, {"role": "relayed_by", "name": "tass"}],
        "topics": ["security-guarantees"],
    } | fields


@pytest.fixture
def known():
    factories.speaker()
    factories.outlet("TF1")
    factories.outlet("TASS", "agency")
    factories.topic()


def wrong(answer):
    """What is wrong, by the path of the member."""
    assert answer["Content-Type"] == "application/problem+json", answer.text
    return {one["parameter"]: one["detail"] for one in answer.json()["errors"]}


def test_a_statement_is_recorded_as_a_draft(send, known, account, client, settings):
    answer = send(STATEMENTS, told())
    assert answer.status_code == 201, answer.text
    statement = Statement.objects.get()
    assert (statement.pid, statement.state, statement.recorded_by) == (answer.json()["id"], "draft", account)
    assert statement.words == "“We must think about security [in Europe].”"
    assert [topic.slug for topic in statement.topics.all()] == ["security-guarantees"]
    road = [(hop.role, hop.outlet.name) for hop in statement.appearances.get().hops.all()]
    assert road == [("spoken_to", "TF1"), ("relayed_by", "TASS"), ("published_by", "News Example")]
    client.force_login(account)
    assert client.get(answer["Location"].removeprefix(settings.SITE_URL)).status_code == 200


def test_a_draft_is_published_as_it_was_seen(send, known, client):
    made = send(STATEMENTS, told()).json()
    answer = send(f"{STATEMENTS}/{made['id']}/publish", {"touched": made["touched"]})
    assert answer.status_code == 200, answer.text
    assert client.get(f"/q/{made['id']}/v1").status_code == 200
    assert answer.json()["version_url"].endswith(f"/q/{made['id']}/v1")


def test_a_draft_that_changed_since_is_not_published(send, known, account):
    made = send(STATEMENTS, told()).json()
    Statement.objects.update(touched=made["touched"] + 1)
    answer = send(f"{STATEMENTS}/{made['id']}/publish", {"touched": made["touched"]})
    assert answer.status_code == 409
    assert "changed this draft" in answer.json()["detail"]
    assert Statement.objects.get().state == "draft"


def test_what_is_published_already_stays_as_it_is(send):
    statement = factories.publish()
    answer = send(f"{STATEMENTS}/{statement.pid}/publish", {"touched": statement.touched})
    assert answer.status_code == 409
    assert statement.revisions.count() == 1


def test_everything_a_form_can_say_can_be_sent(send, known):
    other = factories.publish("“Never.”", by="Vladimir Putin")
    sent = told(
        speaker={"name": "Dmitry Peskov", "kind": "person", "given": "Dmitry", "family": "Peskov"},
        speaks_for={"name": "Vladimir Putin"},
        said="2022-12",
        said_basis="resolved",
        said_phrase="This month",
        said_reasoning="The month it was published in",
        translation={"from": "ru", "translator": "A. Person"},
        printed="“We must think about security.”",
        topics=["Grain exports"],
        add_topics=True,
        links=[{"kind": "responds_to", "statement": other.pid}],
    )
    answer = send(STATEMENTS, sent)
    assert answer.status_code == 201, answer.text
    statement = Statement.objects.get(state="draft")
    assert (statement.speaker.family, statement.speaks_for.name) == ("Peskov", "Vladimir Putin")
    assert (statement.translated_from, statement.translator, statement.is_translation) == ("ru", "A. Person", True)
    assert (statement.said_basis, statement.said_phrase) == ("resolved", "This month")
    assert statement.appearances.get().printed == "“We must think about security.”"
    assert Topic.objects.filter(name="Grain exports").exists()
    assert Link.objects.get().target == other


def test_a_document_on_record_is_meant_by_its_id(send, known):
    document = factories.document()
    assert send(STATEMENTS, told(document={"id": document.pid})).status_code == 201
    assert Statement.objects.get().appearances.get().document == document


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"words": ""}, "words"),
        ({"words": "“open"}, "words"),
        ({"language": "klingon-"}, "language"),
        ({"said": "2022-13-01"}, "said"),
        ({"speaker": {"name": "Nobody Known"}}, "speaker.kind"),
        ({"speaker": {"name": "Emmanuel Macron", "kind": "person", "family": "Macron"}}, "speaker.new"),
        ({"speaker": {"name": "Someone New", "kind": "person"}}, "speaker.family"),
        ({"road": [{"role": "spoken_to", "name": "TF1"}, {"role": "told_by", "name": "TASS"}]}, "road.1.kind"),
        ({"road": [{"role": "spoken_to", "name": "TF1", "date": "x"}]}, "road.0.date"),
        ({"topics": ["Never heard of"]}, "topics"),
        ({"document": {}}, "document.outlet.name"),
        ({"document": {"id": "7K2M9QX4TA"}}, "document.id"),
        ({"links": [{"kind": "denies", "statement": "7K2M9QX4TA"}]}, "links.0.statement"),
        ({"mode": "direct"}, "mode"),
        ({"speaker": {"name": "Emmanuel Macron", "role": "President"}}, "speaker.role"),
        ({"speaker": "Emmanuel Macron"}, "speaker"),
        ({"words": 7}, "words"),
        ({"words": "“a\x00b”"}, "words"),
        ({"words": "“a\ud800b”"}, "words"),
        ({"language": None}, "language"),
        ({"add_topics": "yes"}, "add_topics"),
        ({"road": {"role": "spoken_to"}}, "road"),
        ({"said_basis": "guessed"}, "said_basis"),
        ({"said_basis": ["stated"]}, "said_basis"),
    ],
)
def test_what_is_wrong_is_told_by_its_path_and_nothing_is_made(send, known, fields, path):
    speakers = Speaker.objects.count()
    answer = send(STATEMENTS, told(**fields))
    assert answer.status_code == 400
    assert path in wrong(answer)
    assert not Statement.objects.exists()
    assert not Document.objects.exists()
    assert Speaker.objects.count() == speakers
    assert not Answered.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', "null", "[" * 100_000, b"\xff\xfe"])
def test_what_is_no_object_is_refused(send, body):
    assert send(STATEMENTS, body).status_code == 400


def test_only_json_is_read(send):
    assert send(STATEMENTS, "words=x", **{"Content-Type": "application/x-www-form-urlencoded"}).status_code == 415


def test_a_body_of_any_size_is_not_taken_in(send, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert send(STATEMENTS, told()).status_code == 413


def test_asked_again_under_its_key_nothing_is_done_twice(send, known):
    first, again = (send(STATEMENTS, told(), once="the same") for _ in range(2))
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert first["Location"] == again["Location"]
    assert again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert Statement.objects.count() == 1


def test_publishing_again_under_its_key_is_no_conflict(send, known):
    made = send(STATEMENTS, told()).json()
    address = f"{STATEMENTS}/{made['id']}/publish"
    assert [send(address, {"touched": made["touched"]}, once="p").status_code for _ in range(2)] == [200, 200]


def test_a_key_for_something_else_is_refused(send, known):
    send(STATEMENTS, told(), once="the same")
    answer = send(STATEMENTS, told(said="2022-12-02"), once="the same")
    assert answer.status_code == 422
    assert Statement.objects.count() == 1


def test_what_was_refused_can_be_sent_mended_under_its_key(send, known):
    assert send(STATEMENTS, told(said="x"), once="the same").status_code == 400
    assert send(STATEMENTS, told(), once="the same").status_code == 201


def test_a_key_of_another_token_is_another_key(send, known, account):
    send(STATEMENTS, told(), once="the same")
    other = told(document={"title": "Another", "published": "2022-12-05", "outlet": {"name": "TF1"}})
    assert send(STATEMENTS, other, once="the same", key=key_of(account)).status_code == 201


@pytest.mark.parametrize("once", [None, "x" * 201, "ключ".encode().decode("latin-1")])
def test_an_act_has_a_key_of_its_own(send, known, once):
    assert send(STATEMENTS, told(), **{"Idempotency-Key": once}).status_code == 400
    assert not Statement.objects.exists()


def test_keys_are_forgotten_after_a_day(send, known):
    send(STATEMENTS, told(), once="the same")
    Answered.objects.update(at=timezone.now() - once.KEPT - dt.timedelta(minutes=1))
    send(DOCUMENTS, {})
    send(STATEMENTS, told(document={"id": Document.objects.get().pid}), once="another")
    assert [one.key for one in Answered.objects.all()] == ["another"]


def test_no_words_of_a_statement_are_kept_with_an_answer(send, known):
    send(STATEMENTS, told())
    kept = str(Answered.objects.values().get())
    assert "security" not in kept
    assert "Macron" not in kept


def test_without_a_token_nothing_is_written(send, known):
    answer = send(STATEMENTS, told(), Authorization=None)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert not Statement.objects.exists()


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Basic x:y", "Bearer onrecord_", "Bearer \u00ff"])
def test_a_token_that_never_was_is_refused(send, known, header):
    assert send(STATEMENTS, told(), Authorization=header).status_code == 401


def test_a_session_is_no_token(client, account, known):
    client.force_login(account)
    assert client.post(STATEMENTS, told(), content_type="application/json").status_code == 401


def test_a_revoked_token_is_refused_at_once(send, known):
    tokens.revoke(Token.objects.get())
    answer = send(STATEMENTS, told())
    assert (answer.status_code, "revoked" in answer.json()["detail"]) == (401, True)


def test_an_expired_token_is_refused(send, known, account):
    expired = key_of(account, expires_at=timezone.now() - dt.timedelta(seconds=1))
    answer = send(STATEMENTS, told(), key=expired)
    assert (answer.status_code, "expired" in answer.json()["detail"]) == (401, True)


def test_a_token_of_a_closed_account_is_refused(send, known, account):
    account.is_active = False
    account.save()
    assert send(STATEMENTS, told()).status_code == 401


def test_a_token_does_what_it_is_for_and_nothing_else(send, known, account):
    bringing = key_of(account, "intake")
    answer = send(STATEMENTS, told(), key=bringing)
    assert answer.status_code == 403
    assert 'scope="record"' in answer["WWW-Authenticate"]
    recording = key_of(account, "record")
    made = send(STATEMENTS, told(), key=recording).json()
    publishing = send(f"{STATEMENTS}/{made['id']}/publish", {"touched": made["touched"]}, key=recording)
    assert publishing.status_code == 403


def test_a_token_does_no_more_than_its_account_may(send, known, account):
    account.groups.remove(Group.objects.get(name="Publisher"))
    made = send(STATEMENTS, told()).json()
    assert send(f"{STATEMENTS}/{made['id']}/publish", {"touched": made["touched"]}).status_code == 403
    account.groups.clear()
    assert send(STATEMENTS, told(said="2022-12-02")).status_code == 403


def test_when_a_token_was_used_is_kept_to_the_hour(send, known):
    send(STATEMENTS, told())
    used = Token.objects.get().used_at
    assert (used.minute, used.second) == (0, 0)
    assert timezone.now() - used < dt.timedelta(hours=1, minutes=1)


def test_removed_statements_and_those_nobody_knows_are_not_published(send, account):
    gone = factories.publish("“Gone.”")
    record.remove(gone, editor=account, reason_code="law", reason="A law")
    assert send(f"{STATEMENTS}/{gone.pid}/publish", {"touched": 1}).status_code == 409
    assert send(f"{STATEMENTS}/7K2M9QX4TA/publish", {"touched": 1}).status_code == 404
    assert send(f"{STATEMENTS}/x/publish", {"touched": 1}).status_code == 400


@pytest.mark.parametrize("body", [{}, {"touched": -1}, {"touched": 2**40}, {"touched": "x"}, {"touched": None}])
def test_publishing_says_what_was_seen(send, body):
    statement = factories.draft()
    assert "touched" in wrong(send(f"{STATEMENTS}/{statement.pid}/publish", body))


TEXT = "Macron spoke on Saturday.\n\n“We must think about security,” Emmanuel Macron said."


@pytest.fixture(autouse=True)
def _kept_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_text_is_taken_in(send, known):
    sent = {"text": TEXT, "outlet": "tf1", "published": "2022-12-04", "title": "Macron on guarantees"}
    answer = send(DOCUMENTS, sent)
    assert answer.status_code == 201, answer.text
    document = Document.objects.get()
    assert answer.json()["id"] == document.pid
    assert (document.title, document.outlet.name) == ("Macron on guarantees", "TF1")
    assert document.snapshots.get().text == TEXT
    assert answer["Location"].endswith(f"/intake/documents/{document.pid}/")


def test_a_text_on_record_is_recognised(send, known):
    sent = {"text": TEXT, "outlet": "tf1", "published": "2022-12-04"}
    first, again = send(DOCUMENTS, sent), send(DOCUMENTS, sent)
    assert (again.status_code, again.json()["state"]) == (200, "known")
    assert again.json()["id"] == first.json()["id"]


def test_what_does_not_tell_enough_waits_for_an_editor(send):
    answer = send(DOCUMENTS, {"text": TEXT})
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    assert "its outlet" in answer.json()["detail"]
    assert Arrival.objects.get().state == Arrival.State.READY
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ({}, "text"),
        ({"text": TEXT, "address": "https://news.example/"}, "text"),
        ({"text": TEXT, "outlet": "nobody"}, "outlet"),
        ({"address": "https://news.example/", "title": "Mine"}, "title"),
        ({"text": TEXT, "date": "2022"}, "date"),
    ],
)
def test_what_is_wrong_is_told(send, sent, path):
    answer = send(DOCUMENTS, sent)
    assert answer.status_code == (404 if path == "outlet" else 400)
    assert path in wrong(answer)
    assert not Outlet.objects.exists()


@pytest.mark.parametrize("address", ["ftp://news.example/", "x", "https://", "javascript:alert(1)"])
def test_what_is_no_address_is_not_fetched(send, address):
    answer = send(DOCUMENTS, {"address": address})
    assert answer.status_code == 400
    assert set(wrong(answer)) == {"address"}
    assert not Arrival.objects.exists()


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://news.example:99999/"])
def test_an_address_that_is_not_fetched_says_why(send, address):
    answer = send(DOCUMENTS, {"address": address})
    assert answer.status_code in (202, 422)
    if answer.status_code == 202:
        assert Arrival.objects.get().state == Arrival.State.FAILED
