"""Migrations with data in the tables: back and forward, and up from the first release."""

import json

import pytest

from tests.early import AS_IT_CAME
from tests.migrating import GIVEN_AGAIN

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ALL_ACTS = """
from django.contrib.auth.models import User
from quotes import record
from tests import factories
by = User.objects.filter(groups__name="Publisher").first()
def publish(words, *chain, **fields):
    return factories.publish(words, *chain, editor=by, **fields)
kept, merged, parted = (publish(f"“The same {word} once more.”") for word in ("words", "phrase", "line"))
record.merge(merged, kept, editor=by, reason="One utterance")
record.undo_merge(record.merge(parted, kept, editor=by, reason="A mistake"), editor=by)
taken = factories.snapshot("Macron said: “Words that a court took away.”")
removed = publish("“Words that a court took away.”", document=taken.document)
within = publish("“Words that a court took away.”", "relayed_by TASS")
record.merge(within, removed, editor=by, reason="The same words")
record.remove(removed, editor=by, reason_code="court", reason="An order")
record.retract(parted, editor=by, reason="Staged")
"""


@pytest.fixture
def filled(apart):
    """The founding record, and one of everything that editors do."""
    site = apart("site")
    site.manage("load_founding_record")
    site.fill("Words to keep")
    done = site.run("shell", "-c", ALL_ACTS)
    assert done.status == 0, done.err
    site.manage("checkpoint")
    return site


def without_proofs(answers):
    return {path: answer for path, answer in answers.items() if not path.endswith("/proof")}


def test_what_an_earlier_point_knows_is_the_same_there_and_when_it_comes_back(filled):
    filled.manage("generate", "--statements=200", "--add")
    filled.manage("checkpoint")
    before = filled.told()
    told = json.loads(filled.module("tests.migrating", "quotes=0003_editors_and_publishers", "sources=0001_the_record"))
    assert told["before"] == told["there"] == told["after"]
    assert told["before"]["quotes_statement"].startswith("2")
    # What is derived is derived anew; the log was public, and begins anew with other salts.
    filled.manage("reindex")
    (filled.folder / "log-checkpoint").unlink()
    filled.manage("checkpoint")
    after = filled.told()
    assert without_proofs(after["answers"]) == without_proofs(before["answers"])
    assert after["files"].items() <= before["files"].items()
    assert "is what was logged" in filled.manage("verify_log")


def test_undoing_what_began_the_log_leaves_the_log_as_it_is(filled):
    before = filled.told()
    told = json.loads(filled.module("tests.migrating", "quotes=0017_log"))
    assert told["before"] == told["there"] == told["after"]
    after = filled.told()
    for told in (before, after):
        for table in GIVEN_AGAIN:
            del told["tables"][table]
    assert after == before


def test_a_record_of_the_first_release_migrates_up_to_what_it_is_today(filled, apart, tmp_path):
    filled.module("tests.early", "write", str(tmp_path / "early.json"))
    old = apart("old", is_migrated=False, SITE_URL=filled.address)
    old.module("tests.early", "read", str(tmp_path / "early.json"))
    for command in (["reindex"], ["checkpoint"]):
        done = old.run(*command)
        assert done.status == 0, done.err
    was, now = filled.told()["answers"], old.told()["answers"]
    assert without_proofs(was) == without_proofs(now)
    assert all(answer.startswith(("200", "410", "301")) for answer in now.values()), now
    assert "is what was logged" in old.manage("verify_log")
    looked_at = (
        "from sources.models import Snapshot; from sources.documents import seal, sha256;"
        "from quotes.models import Act, Merge;"
        f"cut = Snapshot.objects.exclude(redacted_at=None).get(); assert cut.sealed == seal('{AS_IT_CAME}');"
        "assert (cut.sha256, cut.original_sha256) == (sha256(cut.text), '');"
        "assert len(Act.objects.get(verb='remove').detail['blanked']) == 2;"
        "acts = {act.detail['merge']: act.at for act in Act.objects.filter(verb='merge')};"
        "assert acts == dict(Merge.objects.values_list('pk', 'at')), acts"
    )
    done = old.run("shell", "-c", looked_at)
    assert done.status == 0, done.err
