# ruff: noqa: S608, ISC004 - the SQL is put together from the test's own words
"""Whatever is changed in the database underneath is found, and named."""

import re
from collections import deque
from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from quotes.log.checkpoints import Signer, read
from quotes.log.entries import digest
from quotes.models import Act, Checkpoint, Leaf, Revision
from quotes.models.log import act_facts, log_missing
from quotes.packing import packed
from quotes.sealing.checking import Saved, findings
from quotes.sealing.keys import origin, own_key
from quotes.sealing.sequence import LogBroken, checkpoint, kept_checkpoint
from tests import factories
from tests.quotes.sealing.tampering import everything, taken_back, underneath

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def base(django_db_setup, django_db_blocker, tmp_path_factory):
    """Made once: it takes longer than to look it over."""
    folder = tmp_path_factory.mktemp("var")
    with django_db_blocker.unblock(), override_settings(LOG_FOLDER=folder), taken_back():
        yield everything(), folder


@pytest.fixture
def here(base, settings):
    made, settings.LOG_FOLDER = base
    kept_checkpoint().unlink(missing_ok=True)
    with taken_back():
        yield made


def found(saved=()):
    return list(findings(saved, [own_key()]))


def test_in_a_record_that_nobody_tampered_with_nothing_is_found(here):
    assert found([Saved(str(at), note) for at, note in enumerate(here.notes)]) == []
    call_command("verify_log")


FIRST = "(SELECT min(r.id) FROM quotes_revision AS r WHERE r.body <> '')"
ACT = "(SELECT min(id) FROM quotes_act WHERE verb = '{}')"
SOMEBODY = "actor_id + 1"
LATER = "'2030-01-01 00:00:00'"

OF_ROWS = {
    "a body": (f"UPDATE quotes_revision SET body = '{packed('War')}' WHERE id = {FIRST}", "hashed"),
    "a body that was never packed": (f"UPDATE quotes_revision SET body = 'War' WHERE id = {FIRST}", "hashed"),
    "a body with its hash": (
        f"UPDATE quotes_revision SET body = '{{}}', sha256 ="
        f" '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' WHERE id = {FIRST}",
        "isn’t what was logged",
    ),
    "a hash": (f"UPDATE quotes_revision SET sha256 = '{'0' * 64}' WHERE id = {FIRST}", "isn’t what was logged"),
    "a version's time": (
        f"UPDATE quotes_revision SET recorded_at = {LATER} WHERE id = {FIRST}",
        "v1 says isn’t what was logged",
    ),
    "a version's number": (f"UPDATE quotes_revision SET number = 9 WHERE id = {FIRST}", "v9 says isn’t what was"),
    "a version's statement": (
        "UPDATE quotes_revision SET number = 7, statement_id = (SELECT max(id) FROM quotes_statement)"
        f" WHERE id = {FIRST}",
        "v7 says isn’t what was logged",
    ),
    "who made a version": (f"UPDATE quotes_revision SET actor_id = {SOMEBODY} WHERE id = {FIRST}", "v1 says isn’t"),
    "why a version was made": (
        "UPDATE quotes_revision SET reason = 'Another' WHERE number = 2",
        "v2 says isn’t what was logged",
    ),
    "a statement's id": (
        "UPDATE quotes_statement SET pid = '0000000000' WHERE id = (SELECT min(id) FROM quotes_statement)",
        "0000000000 v1 says isn’t what was logged",
    ),
    "words that are gone": (f"UPDATE quotes_revision SET body = '' WHERE id = {FIRST}", "no removal says why"),
    "words that are back": ("UPDATE quotes_revision SET body = 'Words' WHERE body = ''", "stand there again"),
    "a version that is gone": (f"DELETE FROM quotes_revision WHERE id = {FIRST}", "is gone, which is at place"),
    "a version nobody logged": (
        "INSERT INTO quotes_revision (statement_id, number, body, sha256, recorded_at, actor_id, reason)"
        f" SELECT statement_id, 5, body, sha256, recorded_at, actor_id, reason FROM quotes_revision WHERE id = {FIRST}",
        "v5 has no leaf",
    ),
    "an act's verb": (
        f"UPDATE quotes_act SET verb = 'restore' WHERE id = {ACT.format('retract')}",
        r"\(restore of \w+\) says isn’t",
    ),
    "an act's time": (f"UPDATE quotes_act SET at = {LATER} WHERE id = {ACT.format('correct')}", r"\(correct of"),
    "who acted": (f"UPDATE quotes_act SET actor_id = {SOMEBODY} WHERE id = {ACT.format('merge')}", r"\(merge of"),
    "why they acted": (f"UPDATE quotes_act SET reason = 'x' WHERE id = {ACT.format('correct')}", r"\(correct of"),
    "what a removal was for": (
        "UPDATE quotes_act SET reason_code = 'court' WHERE verb = 'remove'",
        r"\(remove of \w+\) says isn’t",
    ),
    "an act's details": (
        f"UPDATE quotes_act SET detail = '{{}}' WHERE id = {ACT.format('correct')}",
        r"\(correct of \w+\) says isn’t",
    ),
    "an act's statement": (
        "UPDATE quotes_act SET statement_id = (SELECT max(id) FROM quotes_statement)"
        f" WHERE id = {ACT.format('retract')}",
        r"\(retract of \w+\) says isn’t",
    ),
    "an act's version": (
        f"UPDATE quotes_act SET revision_id = NULL WHERE id = {ACT.format('correct')}",
        r"\(correct of \w+\) says isn’t",
    ),
    "an act that is gone": (f"DELETE FROM quotes_act WHERE id = {ACT.format('retract')}", "The act .* is gone"),
    "an act nobody logged": (
        "INSERT INTO quotes_act (verb, statement_id, actor_id, at, reason, reason_code, detail)"
        " SELECT 'retract', statement_id, actor_id, at, 'x', '', '{}' FROM quotes_act"
        f" WHERE id = {ACT.format('publish')}",
        r"The act \d+ \(retract\) has no leaf",
    ),
    "a publication's time": (
        f"UPDATE quotes_act SET at = {LATER} WHERE id = {ACT.format('publish')}",
        "No act says that",
    ),
    "a publication that is gone": (f"DELETE FROM quotes_act WHERE id = {ACT.format('publish')}", "No act says that"),
    "who published": (
        f"UPDATE quotes_act SET actor_id = {SOMEBODY} WHERE id = {ACT.format('publish')}",
        "tells of a publication that no first version is of",
    ),
    "a publication twice": (
        "INSERT INTO quotes_act (verb, statement_id, revision_id, actor_id, at, reason, reason_code, detail)"
        " SELECT verb, statement_id, revision_id, actor_id, at, reason, reason_code, detail FROM quotes_act"
        f" WHERE id = {ACT.format('publish')}",
        "tells of a publication",
    ),
    "a merge's survivor": (
        "UPDATE quotes_merge SET survivor_id = survivor_id + 100 WHERE undone_at IS NULL",
        "the merge .* isn’t what its acts say",
    ),
    "a merge's reason": ("UPDATE quotes_merge SET reason = 'x'", "reason of the merge"),
    "a merge that is gone": ("DELETE FROM quotes_merge WHERE undone_at IS NULL", "tells of the merge .* isn’t there"),
    "a merge that was undone, again in force": (
        "UPDATE quotes_merge SET undone_at = NULL WHERE undone_at IS NOT NULL",
        "isn’t what its acts say",
    ),
    "a retraction that lists don't show": (
        "UPDATE quotes_statement SET state = 'published' WHERE state = 'retracted'",
        "is published, and the acts on it say otherwise",
    ),
    "a statement made a draft": (
        "UPDATE quotes_statement SET state = 'draft' WHERE state = 'retracted'",
        "is a draft, and has versions",
    ),
    "a removal that lists don't show": (
        "UPDATE quotes_statement SET state = 'published' WHERE state = 'removed'",
        "is published, and the acts on it say otherwise",
    ),
    "the words that lists show": (
        "UPDATE quotes_statement SET spans = '[]' WHERE state = 'retracted'",
        "otherwise than its latest version",
    ),
    "the text that lists show": (
        "UPDATE quotes_statement SET text = 'War' WHERE state = 'retracted'",
        "otherwise than its latest version",
    ),
    "the day that lists show": (
        "UPDATE quotes_statement SET said = '2021' WHERE state = 'retracted'",
        "otherwise than its latest version",
    ),
}

LAST = "(SELECT max(position) FROM quotes_leaf)"
SOME_HASH = "(SELECT l.hash FROM quotes_leaf AS l WHERE l.position = 0)"
OF_THE_LOG = {
    "a leaf's hash": (f"UPDATE quotes_leaf SET hash = {SOME_HASH} WHERE position = 2", "logged at place 2"),
    "a salt of a reason": (
        "UPDATE quotes_leaf SET reason_seal = own_seal WHERE position = 2",
        "isn’t what was logged at place 2",
    ),
    "a salt of who acted": (
        "UPDATE quotes_leaf SET own_seal = reason_seal WHERE position = 2",
        "isn’t what was logged at place 2",
    ),
    "two leaves in each other's place": (
        "UPDATE quotes_leaf SET position = 1000 WHERE position = 1",
        "UPDATE quotes_leaf SET position = 1 WHERE position = 2",
        "UPDATE quotes_leaf SET position = 2 WHERE position = 1000",
        "is of other leaves than stand there",
    ),
    "a leaf that is gone": ("DELETE FROM quotes_leaf WHERE position = 2", "Place 2 of the log is empty"),
    "the last leaf gone": (f"DELETE FROM quotes_leaf WHERE position = {LAST}", "some were taken away"),
    "a leaf gone and those after it moved": (
        "DELETE FROM quotes_leaf WHERE position = 2",
        "UPDATE quotes_leaf SET position = position + 1000 WHERE position > 2",
        "UPDATE quotes_leaf SET position = position - 1001 WHERE position > 1000",
        "is of other leaves than stand there",
    ),
    "a leaf pushed in": (
        "UPDATE quotes_leaf SET position = position + 1000 WHERE position > 1",
        "UPDATE quotes_leaf SET position = position - 999 WHERE position > 1000",
        f"INSERT INTO quotes_leaf (position, hash, reason_seal, own_seal) VALUES (2, {SOME_HASH}, '', '')",
        "is of other leaves than stand there",
    ),
    "a leaf that lost its place": (
        "UPDATE quotes_leaf SET position = NULL WHERE position = 2",
        "Place 2 of the log is",
    ),
    "a leaf that leads elsewhere": (
        f"UPDATE quotes_leaf SET revision_id = NULL, act_id = {ACT.format('publish')} WHERE position = 2",
        "isn’t what was logged at place 2",
    ),
    "a leaf that leads nowhere": ("UPDATE quotes_leaf SET revision_id = NULL WHERE position = 2", "leads to nothing"),
    "a checkpoint's root": (
        "UPDATE quotes_checkpoint SET note = (SELECT max(note) FROM quotes_checkpoint) WHERE size ="
        " (SELECT min(size) FROM quotes_checkpoint)",
        "isn’t kept as it was signed",
    ),
    "a checkpoint's time": (f"UPDATE quotes_checkpoint SET at = {LATER}", "isn’t kept as it was signed"),
    "a checkpoint's words": (
        "UPDATE quotes_checkpoint SET note = replace(note, 'recorded 20', 'recorded 19'), at = '1926-11-26'",
        "isn’t kept as it was signed",
    ),
    "a checkpoint that is none": ("UPDATE quotes_checkpoint SET note = 'x'", "can’t be read"),
    "every checkpoint and the last leaf gone": (
        "DELETE FROM quotes_checkpoint",
        f"DELETE FROM quotes_leaf WHERE position = {LAST}",
        "log-checkpoint is of",
    ),
    "a node from nowhere": (
        f'INSERT INTO quotes_node (level, "index", hash) VALUES (1, 0, {SOME_HASH})',
        "Node 0 at level 1 isn’t of this tree",
    ),
    "a key from nowhere": (
        f"INSERT INTO quotes_logkey (\"key\", since, loaded, withheld) VALUES ('k', {LATER}, 1000, 0)",
        "The key k has no leaf",
    ),
}
ALL = OF_ROWS | OF_THE_LOG


@pytest.mark.parametrize("name", ALL)
def test_it_is_found_and_named(here, name):
    *orders, expected = ALL[name]
    underneath(*orders)
    told = found([Saved("log-checkpoint", here.notes[-1])])
    assert any(re.search(expected, one) for one in told), told


@pytest.mark.parametrize("name", ["a body", "every checkpoint and the last leaf gone"])
def test_whoever_verifies_is_told_so_by_the_exit_status(here, name):
    underneath(*ALL[name][:-1])
    kept_checkpoint().write_text(here.notes[-1])
    with pytest.raises(CommandError, match="isn’t what was logged"):
        call_command("verify_log")


def rewritten():
    """Another history with a tree of its own, signed with the key that was stolen."""
    body = Revision.objects.exclude(body="").earliest("pk").body
    underneath(
        *(f"DELETE FROM {table}" for table in ("quotes_leaf", "quotes_node", "quotes_checkpoint", "quotes_logkey")),
        f"UPDATE quotes_revision SET body = '{packed(body.replace('Peace', 'War'))}' WHERE id = {FIRST}",
    )
    for one in Revision.objects.exclude(body=""):
        underneath(f"UPDATE quotes_revision SET sha256 = '{sha256(one.body.encode()).hexdigest()}' WHERE id = {one.pk}")
    for act in Act.objects.filter(verb="remove"):
        act.detail["redacted"] = []
        act.save()
    deque(log_missing(), maxlen=0)
    checkpoint()


def test_a_rewritten_history_with_a_new_tree_is_found_by_a_checkpoint_saved_before(here):
    rewritten()
    assert found() == []
    for note in here.notes:
        assert any("the log was rewritten" in one for one in found([Saved("mine", note)]))


def test_a_rewritten_history_is_not_signed_where_the_last_checkpoint_is_kept(here):
    kept_checkpoint().write_text(here.notes[-1])
    with pytest.raises(LogBroken, match="the log was rewritten"):
        rewritten()


def test_a_log_that_was_cut_short_is_not_signed(here):
    underneath("DELETE FROM quotes_leaf WHERE position > 2")
    with pytest.raises(LogBroken, match="some were taken away"):
        checkpoint()


def test_a_leaf_that_was_changed_is_not_signed_over(here):
    underneath(OF_THE_LOG["a leaf's hash"][0])
    factories.publish("“One more.”")
    with pytest.raises(LogBroken, match="rewritten"):
        checkpoint()


def test_a_history_signed_with_another_key_is_found(here, settings, tmp_path):
    trusted = own_key()
    settings.LOG_FOLDER = tmp_path
    rewritten()
    assert "isn’t signed by the key of this log" in " ".join(findings([], [trusted]))


def test_a_checkpoint_signed_with_a_key_that_the_log_does_not_hold_is_found(here):
    stranger = Signer(origin(), b"\x09" * 32)
    last = Checkpoint.objects.first()
    note = read(last.note).signed(stranger)
    underneath("DELETE FROM quotes_checkpoint WHERE size = " + str(last.size))
    Checkpoint.objects.create(size=last.size, at=last.at, note=note)
    assert "isn’t signed by a key of this log" in " ".join(found())


def test_a_salt_that_is_gone_without_a_removal_is_found(here):
    leaf = Leaf.objects.filter(act__verb="correct").get()
    leaf.reason_seal = digest(leaf.seals.reason, leaf.act.reason)
    leaf.save()
    assert any("no removal says why" in one for one in found())


def test_who_acted_cannot_be_hidden_by_taking_the_salt(here):
    leaf = Leaf.objects.filter(act__verb="correct").get()
    closed = digest(leaf.seals.own, act_facts(leaf.act).own).hex()
    as_bytes = f"'\\x{closed}'" if connection.vendor == "postgresql" else f"x'{closed}'"
    underneath(f"UPDATE quotes_leaf SET own_seal = {as_bytes} WHERE id = {leaf.pk}")
    assert any("can’t be held against the log any more" in one for one in found())


def test_what_waits_for_its_place_is_looked_at_too(here):
    made = factories.revision(factories.publish("“One more.”"))
    assert found() == []
    underneath(f"UPDATE quotes_revision SET reason = 'x' WHERE id = {made.pk}")
    assert any("v1 says isn’t what was logged at leaf" in one for one in found())


def test_without_a_key_whoever_verifies_is_told_so(here, settings, tmp_path, capsys):
    settings.LOG_FOLDER = tmp_path
    call_command("verify_log")
    assert "No key is here" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
