"""What leaves stand for: canonical, and telling nothing that could be guessed at."""

import datetime as dt
import json

import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.log.entries import Act, Key, Seals, Version, canonical, digest, moment

AT = dt.datetime(2026, 11, 26, 10, 0, 0, 5, tzinfo=dt.UTC)
SEALS = Seals(b"r" * 16, b"o" * 16)
VERSION = Version("7K2M9QX4TA", 2, "ab" * 32, AT, "He said the opposite", 7)
ACT = Act("remove", "7K2M9QX4TA", None, AT, "law", {"blanked": [1], "remaining": ["8K2M9QX4TA"]}, "An order", 7)
# Names of members are ours; no text of the record has half a surrogate pair.
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b_c", "Z"]), inner),
)


@given(VALUES)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_an_entry_is_canonical_json(value):
    assert canonical(value) == rfc8785.dumps(value)


def test_a_version_is_told_by_its_hash_its_moment_and_digests():
    told = json.loads(VERSION.entry(SEALS))
    assert told.keys() == {"type", "statement", "version", "sha256", "recorded", "reason", "by"}
    assert told["recorded"] == "2026-11-26T10:00:00.000005Z"


def test_an_entry_holds_neither_reason_nor_account_nor_what_is_the_editors_own():
    for facts in (VERSION, ACT):
        text = facts.entry(SEALS).decode()
        for kept in ("opposite", "An order", "8K2M9QX4TA", '"account"'):
            assert kept not in text
    assert json.loads(ACT.entry(SEALS))["detail"] == {"blanked": [1]}


def test_another_salt_makes_another_digest_of_the_same_reason():
    other = Seals(b"s" * 16, SEALS.own)
    assert VERSION.entry(SEALS) != VERSION.entry(other)


def test_the_digest_that_is_left_of_a_reason_makes_the_same_entry_and_whatever_the_reason_says_now():
    closed = Seals(digest(SEALS.reason, VERSION.reason), SEALS.own)
    assert VERSION._replace(reason="").entry(closed) == VERSION.entry(SEALS)


def test_whatever_of_a_version_or_an_act_changes_changes_the_entry():
    later = AT + dt.timedelta(microseconds=1)
    changes = {"statement": "X", "number": 3, "sha256": "cd" * 32, "recorded": later, "reason": "x", "account": 8}
    assert len({VERSION._replace(**{name: value}).entry(SEALS) for name, value in changes.items()}) == 6
    detail = {"blanked": [1], "remaining": []}
    changes = {"verb": "x", "statement": None, "version": 1, "at": later, "code": "", "detail": detail, "reason": ""}
    entries = {ACT._replace(**{name: value}).entry(SEALS) for name, value in (changes | {"account": 8}).items()}
    assert len(entries - {ACT.entry(SEALS)}) == 8


def test_a_key_says_what_its_log_was_loaded_with():
    assert json.loads(Key("k", AT, 5, 1).entry()) == {
        "type": "key",
        "key": "k",
        "since": moment(AT),
        "loaded": 5,
        "withheld": 1,
    }


def test_a_moment_is_told_in_utc():
    east = AT.astimezone(dt.timezone(dt.timedelta(hours=3)))
    assert moment(east) == moment(AT)
