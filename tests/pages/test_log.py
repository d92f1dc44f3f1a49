"""The log as visitors and their programs see it."""

import base64
import json

import pytest

from quotes import record
from quotes.log.checkpoints import read
from quotes.log.hashing import leaf_hash
from quotes.log.proofs import is_consistent, is_included
from quotes.models import Leaf
from quotes.notation import parse
from quotes.sealing.keys import own_key
from quotes.sealing.sequence import checkpoint
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement():
    return factories.publish()


def decoded(hashes):
    return [base64.b64decode(one) for one in hashes]


def test_a_version_without_a_checkpoint_says_so(client, statement):
    assert "with the next checkpoint" in client.get(statement.get_absolute_url()).text
    answer = client.get(f"{statement.version_url(1)}/proof")
    assert (answer.status_code, answer["Cache-Control"]) == (404, "private, no-store")
    assert "next checkpoint" in answer.json()["detail"]


def test_a_version_says_since_when_it_is_in_the_log(client, statement):
    made = checkpoint()
    told = client.get(statement.version_url(1)).text
    assert f"since {made.at.day} {made.at:%B %Y}" in told
    assert f"{statement.version_url(1)}/proof" in told


def test_a_copy_of_a_page_is_old_once_a_checkpoint_is_over_it(client, statement):
    address = statement.get_absolute_url()
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    checkpoint()
    again = client.get(address, headers={"If-None-Match": tag})
    assert again.status_code == 200
    factories.publish("“Others’ words.”")
    checkpoint()
    assert client.get(address, headers={"If-None-Match": again["ETag"]}).status_code == 304


def test_the_line_costs_a_page_no_query(client, statement, django_assert_max_num_queries):
    checkpoint()
    with django_assert_max_num_queries(10):
        client.get(statement.get_absolute_url())


def test_each_version_has_a_proof_that_holds(client, statement):
    by = factories.publisher()
    record.correct(statement, record.Changes(spans=parse("“Other words.”")), editor=by, reason="A slip")
    made = checkpoint()
    for number in (1, 2):
        told = client.get(f"{statement.version_url(number)}/proof").json()
        said = read(told["checkpoint"])
        assert told["checkpoint"] == made.note
        assert json.loads(told["entry"])["version"] == number
        leaf = leaf_hash(told["entry"].encode())
        assert is_included(leaf, told["leaf_index"], told["tree_size"], decoded(told["hashes"]), said.root)


def test_a_proof_is_named_after_whose_words_they_are(client, statement):
    checkpoint()
    answer = client.get(f"{statement.version_url(1)}/proof")
    assert f"macron-2022-12-03-{statement.pid}-v1.proof.json" in answer["Content-Disposition"]
    assert answer["Content-Type"] == "application/json"


def test_a_proof_has_one_address(client, statement):
    checkpoint()
    answer = client.get(f"/q/{statement.pid.lower()}/V1/proof")
    assert (answer.status_code, answer["Location"]) == (301, f"{statement.version_url(1)}/proof")


def test_a_removed_version_has_its_proof_still_and_it_holds_no_words(client, statement):
    checkpoint()
    before = client.get(f"{statement.version_url(1)}/proof").json()["entry"]
    record.remove(statement, editor=factories.publisher(), reason_code="law", reason="An order")
    answer = client.get(f"{statement.version_url(1)}/proof")
    assert answer.json()["entry"] == before
    assert "security" not in answer.text
    assert client.get(statement.version_url(1)).status_code == 410


@pytest.mark.parametrize("path", ["/q/7K2M9QX4TA/v1/proof", "/q/nonsense/v1/proof"])
def test_what_is_no_statement_has_no_proof(client, path):
    assert client.get(path).status_code == 404


def test_a_draft_has_no_proof(client):
    assert client.get(f"/q/{factories.draft().pid}/v1/proof").status_code == 404


def test_the_latest_checkpoint_is_plain_text(client, statement):
    assert client.get("/log/checkpoint").status_code == 404
    made = checkpoint()
    answer = client.get("/log/checkpoint")
    assert (answer.text, answer["Content-Type"]) == (made.note, "text/plain; charset=utf-8")


def test_checkpoints_are_listed_the_latest_first_page_by_page(client, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("quotes.sealing.shown.PAGE", 2)
    for number in range(5):
        factories.publish(f"“Words {number}.”")
        checkpoint()
    sizes, address = [], "/log/checkpoints"
    while address:
        with django_assert_max_num_queries(2):
            told = client.get(address).json()
        sizes += [one["size"] for one in told["checkpoints"]]
        address = told["next"]
    assert sizes == [6, 5, 4, 3, 2]


def test_one_log_is_shown_to_be_the_beginning_of_another(client, statement):
    first = read(checkpoint().note)
    for words in ("“One word.”", "“Two words.”", "“Three words.”"):
        factories.publish(words)
    second = read(checkpoint().note)
    for address in (f"?from={first.size}&to={second.size}", f"?from={first.size}"):
        told = client.get(f"/log/consistency{address}").json()
        assert is_consistent(first.size, first.root, second.size, second.root, decoded(told["hashes"]))


@pytest.mark.parametrize(
    "query", ["", "?from=0&to=1", "?from=2&to=1", "?from=1&to=99", "?from=x", "?from=-1", "?from=%C2%B2", "?to=1"]
)
def test_sizes_that_the_log_never_had_are_refused(client, statement, query):
    checkpoint()
    answer = client.get(f"/log/consistency{query}")
    assert answer.status_code == 400
    assert answer.json()["detail"]


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30])
def test_a_place_in_the_list_that_is_none_is_refused(client, before):
    assert client.get(f"/log/checkpoints?before={before}").status_code == 400


def test_tiles_hold_the_hashes_that_are_signed(client):
    Leaf.objects.bulk_create(Leaf(hash=number.to_bytes(32, "big")) for number in range(599))
    checkpoint()
    hashes = [bytes(one) for one in Leaf.objects.order_by("position").values_list("hash", flat=True)]
    full = client.get("/log/tile/0/001")
    assert full.content == b"".join(hashes[256:512])
    assert full["Cache-Control"] == "public, max-age=31536000, immutable"
    part = client.get("/log/tile/0/002.p/88")
    assert part.content == b"".join(hashes[512:600])
    assert "immutable" not in part["Cache-Control"]
    assert len(client.get("/log/tile/1/000.p/2").content) == 64


@pytest.mark.parametrize("path", ["0/002", "0/002.p/89", "0/003.p/1", "1/000", "1/000.p/3", "2/000.p/1", "0/x001/000"])
def test_tiles_that_are_not_signed_are_not_there(client, path):
    Leaf.objects.bulk_create(Leaf(hash=number.to_bytes(32, "big")) for number in range(599))
    checkpoint()
    Leaf.objects.bulk_create(Leaf(hash=number.to_bytes(32, "big"), position=600 + number) for number in range(300))
    assert client.get(f"/log/tile/{path}").status_code == 404


def test_the_page_tells_the_key_and_the_latest_checkpoint(client, statement):
    assert "No checkpoint was signed yet" in client.get("/log/").text
    made = checkpoint()
    told = client.get("/log/").text
    assert own_key().written in told.replace("&#x27;", "'")
    assert made.note.splitlines()[2] in told.replace("&#x2F;", "/")
    assert 'href="/log/"' in client.get("/").text
