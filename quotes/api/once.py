"""The same request twice is done once: by the Idempotency-Key that its sender made up for it.

After the IETF's draft-ietf-httpapi-idempotency-key-header. What was asked is kept as a keyed hash and what was answered
holds no words of a statement, so that a removal leaves none here.
"""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from rest_framework.request import Request

from quotes.api.problems import Problem
from quotes.models import Answered, Token

HEADER = "Idempotency-Key"
KEPT = dt.timedelta(days=1)
"""A key is remembered at least so long."""
_LONGEST = 200


@dataclass(frozen=True)
class Done:
    """What an act answers: its status, its body as JSON, and where to find what came of it."""

    status: int
    body: dict[str, Any]
    location: str = ""
    is_again: bool = False


def once(request: Request, token: Token, act: Callable[[], Done]) -> Done:
    """Do an act, or tell again what it answered. All or nothing: what was refused can be asked again under its key.

    Raises Problem 400 without a key, 422 where the key was used for something else.
    """
    key = _key(request)
    asked = _fingerprint(request)
    Answered.objects.filter(token=token, at__lt=timezone.now() - KEPT).delete()
    if before := Answered.objects.filter(token=token, key=key).first():
        return _again(before, asked)
    try:
        with transaction.atomic():
            # Another request with this key waits here until the first is done, and then finds its answer.
            kept = Answered.objects.create(token=token, key=key, request=asked, at=timezone.now())
            done = act()
            kept.status, kept.location = done.status, done.location
            kept.body = json.dumps(done.body, ensure_ascii=False)
            kept.save()
    except IntegrityError:
        if before := Answered.objects.filter(token=token, key=key).first():
            return _again(before, asked)
        raise
    return done


def _again(before: Answered, asked: str) -> Done:
    if before.request != asked:
        raise Problem(422, f"This {HEADER} was used for another request. Make up a new one.")
    return Done(before.status or 0, json.loads(before.body), before.location, is_again=True)


def _key(request: Request) -> str:
    key: str = request.headers.get(HEADER, "").strip(' "')
    if not key:
        raise Problem(400, f"Send an {HEADER}, which you make up: asked again with it, nothing is done twice.")
    if len(key) > _LONGEST or not (key.isascii() and key.isprintable()):
        raise Problem(400, f"The {HEADER} has at most {_LONGEST} characters of ASCII.")
    return key


def _fingerprint(request: Request) -> str:
    asked = request.path.encode() + b"\0" + request.body
    return salted_hmac("quotes.api.once", asked.hex(), algorithm="sha256").hexdigest()
