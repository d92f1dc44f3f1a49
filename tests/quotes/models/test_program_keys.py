"""What the database itself refuses of keys for programs, and of what they were answered."""

import pytest
from django.utils import timezone

from quotes.models import Answered, Token
from tests import factories
from tests.quotes.models.breaking import Attempts, assert_refused

pytestmark = pytest.mark.django_db

breaks = Attempts()


def token(**fields):
    owner = fields.pop("owner", None) or factories.editor()
    defaults = {"name": "Importer", "sha256": "a" * 64, "hint": "onrecord_abc", "scopes": "record"}
    return Token.objects.create(owner=owner, created_at=timezone.now(), **(defaults | fields))


def answered(of, key="one"):
    return Answered.objects.create(token=of, key=key, request="b" * 64, at=timezone.now())


@breaks("token_has_a_name")
def token_without_a_name():
    token(name="")


@breaks("token_is_for_something")
def token_that_may_do_nothing():
    token(scopes="")


@breaks("token_has_a_hash")
def token_without_a_hash():
    token(sha256="")


@breaks("answered_has_a_key")
def answer_without_a_key():
    answered(token(), "")


@breaks("answered_once")
def two_answers_under_one_key():
    one = token()
    answered(one)
    answered(one)


@breaks.each
def test_the_database_refuses(name, attempt):
    assert_refused(name, attempt)


def test_two_tokens_may_make_up_the_same_key():
    one, other = token(), token(sha256="c" * 64)
    answered(one)
    answered(other)
    assert Answered.objects.count() == 2
