"""The sequencer numbers what is committed, in the order it was written, and signs over it."""

import base64
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from quotes import record
from quotes.epoch import epoch
from quotes.log.checkpoints import Signer, read, read_key
from quotes.log.hashing import root_of
from quotes.models import Checkpoint, Leaf, LogKey, Node
from quotes.sealing import sequence
from quotes.sealing.checking import Saved, findings
from quotes.sealing.keys import new_key, origin, own_key, signers
from quotes.sealing.sequence import checkpoint, kept_checkpoint
from quotes.sealing.tree import size, tree
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.LOG_FOLDER = tmp_path
    return tmp_path


def leaves(number):
    """So many leaves that lead to nothing; only their hashes matter here."""
    Leaf.objects.bulk_create(Leaf(hash=n.to_bytes(32, "big")) for n in range(number))


def hashes():
    return [bytes(one) for one in Leaf.objects.order_by("position").values_list("hash", flat=True)]


def test_a_leaf_waits_for_its_place_until_the_next_checkpoint():
    factories.publish()
    assert Leaf.objects.get().position is None
    made = checkpoint()
    assert list(Leaf.objects.order_by("position").values_list("position", flat=True)) == [0, 1]
    assert read(made.note).size == made.size == 2


def test_leaves_stand_in_the_order_they_were_written():
    for words in ("“One word.”", "“Two words.”", "“Three words.”"):
        factories.publish(words)
    checkpoint()
    assert list(Leaf.objects.order_by("position")) == list(Leaf.objects.order_by("pk"))


def test_a_checkpoint_is_of_the_root_and_signed():
    factories.publish()
    made = checkpoint()
    assert read(made.note).root == root_of(hashes())
    assert own_key().has_signed(made.note)


def test_where_nothing_was_added_nothing_is_signed():
    factories.publish()
    checkpoint()
    assert checkpoint() is None
    assert Checkpoint.objects.count() == 1


def test_the_first_leaf_of_a_log_is_its_key():
    checkpoint()
    leaf = Leaf.objects.get(position=0)
    assert read_key(leaf.key.key) == own_key()
    assert list(findings([], [own_key()])) == []


def test_a_checkpoint_moves_the_epoch_once_and_nothing_else_of_it_does(monkeypatch):
    monkeypatch.setattr(sequence, "BATCH", 10)
    checkpoint()
    leaves(35)
    before = epoch()
    while sequence._number():
        assert epoch() == before
    checkpoint()
    assert epoch() != before


@pytest.mark.parametrize("number", [254, 255, 256, 700, pytest.param(66_000, marks=pytest.mark.slow)])
def test_roots_and_proofs_come_from_nodes_and_leaves_alike(number, django_assert_max_num_queries):
    leaves(number)
    made = checkpoint()
    assert (size(), read(made.note).root) == (number + 1, root_of(hashes()))
    assert Node.objects.filter(level=1).count() == (number + 1) // 256
    assert Node.objects.filter(level=2).count() == (number + 1) // 65_536
    with django_assert_max_num_queries(5):
        tree(made.size).inclusion(number // 2)
    for old in {1, number // 3, number}:
        assert tree(made.size).root(old) == root_of(hashes()[:old])


def test_nodes_grow_with_the_tree():
    for _ in range(3):
        leaves(200)
        checkpoint()
    assert Node.objects.count() == 2
    assert all("leads to nothing" in one for one in findings())


def test_what_a_leaf_says_may_be_proved_to_whoever_has_a_checkpoint():
    factories.publish()
    first = read(checkpoint().note)
    factories.publish("“More words.”")
    second = read(checkpoint().note)
    now = tree(second.size)
    assert now.root(first.size) == first.root
    assert now.root() == second.root


def test_the_key_is_made_at_first_use_for_its_owner_alone(var):
    checkpoint()
    assert (var / "log-key").stat().st_mode & 0o777 == 0o600
    assert len(base64.b64decode((var / "log-key").read_text())) == 32


def test_a_key_that_is_a_setting_leaves_no_file(var, settings):
    settings.LOG_KEY = new_key()
    note = checkpoint().note
    assert Signer(origin(), base64.b64decode(settings.LOG_KEY)).public.has_signed(note)
    assert not (var / "log-key").exists()


def test_the_former_key_signs_beside_the_new_one():
    checkpoint()
    former = own_key()
    call_command("checkpoint", new_key=True)
    note = Checkpoint.objects.first().note
    assert own_key() != former
    assert own_key().has_signed(note)
    assert former.has_signed(note)
    assert LogKey.objects.count() == 2
    for trusted in (former, own_key()):
        assert list(findings([], [trusted])) == []


def test_once_the_former_key_is_gone_the_new_one_signs_alone(var):
    call_command("checkpoint", new_key=True)
    (var / "log-key.former").unlink()
    factories.publish()
    checkpoint()
    assert list(findings([], [own_key()])) == []
    assert len(signers()) == 1


def test_a_key_that_is_a_setting_is_renewed_by_settings(settings):
    settings.LOG_KEY = new_key()
    with pytest.raises(CommandError, match="LOG_KEY_FORMER"):
        call_command("checkpoint", new_key=True)
    former = own_key()
    checkpoint()
    settings.LOG_KEY, settings.LOG_KEY_FORMER = new_key(), settings.LOG_KEY
    note = checkpoint().note
    assert former.has_signed(note)
    assert own_key().has_signed(note)


def test_a_damaged_key_is_told_so(var):
    (var / "log-key").write_text("no key")
    with pytest.raises(CommandError, match="32 bytes in base64"):
        call_command("checkpoint")


def test_the_command_says_what_it_signed(capsys):
    factories.publish()
    Leaf.objects.all().delete()
    call_command("checkpoint", missing=True)
    assert "leaves of 1 versions" in (told := capsys.readouterr().out)
    assert "over 2 leaves" in told


def test_the_last_checkpoint_is_kept_where_no_change_of_the_database_reaches(transactional_db):
    factories.publish()
    made = checkpoint()
    assert kept_checkpoint().read_text() == made.note


def test_of_several_at_once_each_leaf_gets_one_place(transactional_db, monkeypatch):
    monkeypatch.setattr(sequence, "BATCH", 7)
    leaves(60)
    failed = []

    def run():
        try:
            checkpoint()
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert list(Leaf.objects.order_by("position").values_list("position", flat=True)) == list(range(61))
    notes = [Saved(str(one.size), one.note) for one in Checkpoint.objects.all()]
    assert all("leads to nothing" in one for one in findings(notes, [own_key()]))


def test_a_version_and_its_leaf_come_and_go_together(transactional_db):
    by = factories.publisher()
    made = factories.publish(editor=by)
    with pytest.raises(record.NothingChanged):
        record.correct(made, record.Changes(label=made.label), editor=by, reason="None")
    assert Leaf.objects.count() == 1
