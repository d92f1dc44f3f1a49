"""Whatever the script is given, it says that it doesn't hold, and why: nobody is shown a traceback, or a “holds”."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.sealing.shown import proof
from tests.hostile import ALL, SURROGATES
from tests.quotes.sealing.tampering import everything, taken_back
from tests.verify.test_verifier import verify

pytestmark = pytest.mark.django_db

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from([*ALL[:60], *SURROGATES]) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
MEMBERS = ("type", "statement", "version", "body", "entry", "leaf_index", "tree_size", "hashes", "checkpoint")
quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
long = settings(max_examples=3_000, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def genuine(django_db_setup, django_db_blocker):
    """A proof that holds."""
    with django_db_blocker.unblock(), taken_back():
        yield proof(everything().corrected.revisions.get(number=1))


def refused(tmp_path, text):
    path = tmp_path / "proof.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return verify.main(["proof", str(path)])


def test_a_genuine_proof_holds(genuine, tmp_path):
    assert refused(tmp_path, json.dumps(genuine)) == 0


def changed(genuine, name, value):
    other = copy.deepcopy(genuine)
    other[name] = value
    return other


@quick
@given(name=st.sampled_from(MEMBERS), value=JSON)
def test_a_proof_with_another_member_is_refused_in_words(genuine, tmp_path, name, value):
    told = json.dumps(changed(genuine, name, value))
    is_harmless = name in ("type", "body") or told == json.dumps(genuine)
    assert refused(tmp_path, told) == (0 if is_harmless else 1)


@pytest.mark.slow
@long
@given(name=st.sampled_from(MEMBERS), value=JSON)
def test_many_proofs_with_another_member_are_refused_in_words(genuine, tmp_path, name, value):
    told = json.dumps(changed(genuine, name, value))
    is_harmless = name in ("type", "body") or told == json.dumps(genuine)
    assert refused(tmp_path, told) == (0 if is_harmless else 1)


@quick
@given(st.one_of(st.binary(), JSON.map(lambda value: json.dumps(value).encode())))
def test_what_is_no_proof_is_refused_in_words(tmp_path, data):
    assert refused(tmp_path, data) == 1


@quick
@given(st.one_of(st.text(), st.sampled_from([*ALL, *SURROGATES])), st.sampled_from(["old", "both"]))
def test_what_is_no_checkpoint_is_refused_in_words(genuine, text, which):
    for note in (text, genuine["checkpoint"].replace("\n", text, 1), genuine["checkpoint"] + text):
        if note != genuine["checkpoint"]:
            try:
                found = verify.Checkpoint(note, "It")
            except verify.Wrong:
                continue
            # What can be read isn't signed: a key that nobody has.
            with pytest.raises(verify.Wrong):
                found.hold_against(text)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 50_000])
def test_a_proof_that_is_nested_without_end_is_refused_in_words(tmp_path, text):
    assert refused(tmp_path, text) == 1
