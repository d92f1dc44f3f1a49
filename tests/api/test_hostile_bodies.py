"""Whatever text a member of a body holds, programs are told what is the matter, or it is kept as it was sent."""

import itertools
import json

import pytest
from django.db import transaction
from django.utils import timezone

from quotes import tokens
from quotes.models import Statement
from tests import factories
from tests.api.test_wrong_values import WRITTEN, at, members, shape_of
from tests.hostile import ALL, SURROGATES, share

FINE = {200, 201, 202, 400, 403, 404, 409, 413, 422, 429}
VALID = {
    "words": "“We must think about security.”",
    "language": "en",
    "speaker": {"name": "Emmanuel Macron"},
    "said": "2022-12-03",
    "document": {"title": "On guarantees", "published": "2022-12-04", "outlet": {"name": "Le Monde"}},
    "road": [{"role": "spoken_to", "name": "TF1"}],
    "topics": ["security-guarantees"],
}


def held(body, path, value):
    """A body that holds a value at a path, whatever stands beside it."""
    first, _, rest = path.partition(".")
    if first.isdigit():
        return [held(body[0] if isinstance(body, list) and body else {}, rest, value) if rest else value]
    inner = body.get(first) if isinstance(body, dict) else None
    new = held(inner or {}, rest, value) if rest else value
    return {**(body if isinstance(body, dict) else {}), first: new}


@pytest.fixture
def send(client, settings, groups, tmp_path):
    settings.API_REQUESTS_PER_MINUTE = settings.CHECKS_PER_HOUR = 0
    settings.MEDIA_ROOT = tmp_path
    for name, kind in (("TF1", "broadcaster"), ("Le Monde", "newspaper")):
        factories.outlet(name, kind)
    factories.speaker()
    factories.topic()
    account = factories.publisher()
    account.last_login = timezone.now()
    account.save()
    key = tokens.issue(account, "Hostile", ["record", "intake", "publish"], expires_at=None)[1]
    acts = itertools.count()

    def sending(path, body):
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": f"hostile {next(acts)}"}
        with transaction.atomic():
            answer = client.post(at(path), json.dumps(body), content_type="application/json", headers=headers)
            transaction.set_rollback(True)
        return answer

    return sending


def complaints(send, how_many):
    """All that is wrong with what is answered where each member holds some of the strings."""
    for path in WRITTEN:
        valid = VALID if path.endswith("statements") else {}
        for member, shape in members(shape_of(path)):
            if shape.get("type", "string") != "string":
                continue
            for text in [*share(f"{path} {member}", how_many), *share(member, 1, SURROGATES)]:
                answer = send(path, held(valid, member, text))
                told = json.loads(answer.content)
                if answer.status_code not in FINE or (answer.status_code >= 400 and not told["detail"]):
                    yield f"{path} {member}={text[:60]!r}: {answer.status_code} {answer.text[:200]}"


@pytest.mark.django_db(transaction=True)
def test_every_member_holds_a_hostile_text(send):
    assert list(complaints(send, 1)) == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_member_holds_many_hostile_texts(send):
    assert list(complaints(send, 20)) == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_words_are_kept_as_they_were_sent_or_refused(send, client):
    for text in ALL:
        answer = send("/api/v1/statements", {**VALID, "words": f"“{text}”"})
        assert answer.status_code in (201, 400), ascii(text)
    assert not Statement.objects.exists()
