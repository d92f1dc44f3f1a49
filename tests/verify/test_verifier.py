"""The stand-alone script finds what was changed, in what it downloaded and in a dump. It imports nothing of ours."""

import gzip
import importlib.util
import json
import subprocess
import sys

import pytest
from django.conf import settings as project_settings

from quotes.dumping.write import dump
from quotes.log import proofs
from quotes.log.checkpoints import Signer
from quotes.log.hashing import leaf_hash, root_of
from quotes.log.tree import Tree
from quotes.sealing.keys import own_key
from quotes.sealing.sequence import checkpoint
from tests import factories
from tests.quotes.sealing.tampering import everything, taken_back

pytestmark = pytest.mark.django_db
SCRIPT = project_settings.BASE_DIR / "verify" / "onrecord_verify.py"


def loaded():
    found = importlib.util.spec_from_file_location("onrecord_verify", SCRIPT)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


verify = loaded()


@pytest.fixture(scope="module")
def base(django_db_setup, django_db_blocker, tmp_path_factory):
    """A record of everything and its dump, made once."""
    with django_db_blocker.unblock(), taken_back():
        made = everything()
        dump(tmp_path_factory.mktemp("dump") / "dump")
        yield made, tmp_path_factory.getbasetemp(), own_key().written


@pytest.fixture
def here(base, client, monkeypatch, settings):
    """The script asks the site in this process."""
    made, _, key = base
    monkeypatch.setattr(verify, "ask", lambda address: client.get(address.removeprefix(settings.SITE_URL)).content)
    with taken_back():
        yield made, key


def run(*arguments):
    return verify.main([str(one) for one in arguments])


def address(statement, settings, number=1):
    return f"{settings.SITE_URL}{statement.version_url(number)}"


def test_a_version_is_looked_up_and_the_checkpoint_kept(here, settings, tmp_path, capsys):
    made, key = here
    kept = tmp_path / "mine"
    assert run("statement", address(made.corrected, settings, 2), "--key", key, "--keep", kept) == 0
    assert kept.read_text() == made.notes[-1]
    assert "v2, recorded" in capsys.readouterr().out


def test_todays_log_goes_on_from_the_one_that_was_kept(here, settings, tmp_path, capsys):
    made, key = here
    kept = tmp_path / "mine"
    for note in made.notes:
        kept.write_text(note)
        assert run("site", settings.SITE_URL, "--key", key, "--keep", kept) == 0
        assert kept.read_text() == made.notes[-1]
    factories.publish("“One more.”")
    newest = checkpoint()
    assert run("site", settings.SITE_URL, "--key", key, "--keep", kept) == 0
    assert kept.read_text() == newest.note


def test_a_log_that_was_rewritten_is_found(here, settings, tmp_path, capsys):
    made, key = here
    other = verify.Checkpoint(made.notes[0], "mine")
    kept = tmp_path / "mine"
    kept.write_text(made.notes[0].replace(other.note.split("\n")[2], made.notes[1].split("\n")[2]))
    assert run("site", settings.SITE_URL, "--key", key, "--keep", kept) == 1
    assert "it was rewritten" in capsys.readouterr().err
    assert kept.read_text() != made.notes[-1]


def test_a_log_that_was_cut_short_is_found(here, settings, tmp_path, capsys, monkeypatch):
    made, key = here
    kept = tmp_path / "mine"
    kept.write_text(made.notes[-1])
    monkeypatch.setattr(verify, "ask", lambda _: made.notes[0].encode())
    assert run("site", settings.SITE_URL, "--key", key, "--keep", kept) == 1
    assert "some were taken away" in capsys.readouterr().err


def test_another_key_is_found(here, settings, capsys):
    _, key = here
    other = Signer(key.split("+")[0], b"\x09" * 32).public.written
    assert run("site", settings.SITE_URL, "--key", key) == 0
    assert run("site", settings.SITE_URL, "--key", other) == 1
    assert "isn't signed with the key" in capsys.readouterr().err
    name, _, coded = key.split("+", 2)
    assert run("site", settings.SITE_URL, "--key", f"{name}+00000000+{coded}") == 1
    assert "is no key" in capsys.readouterr().err


@pytest.fixture
def proof(here, client, tmp_path):
    made, key = here
    at = made.corrected.version_url(2)
    files = tmp_path / "proof", tmp_path / "body"
    files[0].write_bytes(client.get(f"{at}/proof").content)
    files[1].write_bytes(client.get(f"{at}.json").content)
    return (*files, key)


def test_a_proof_holds_without_a_network(proof):
    file, body, key = proof
    assert run("proof", file, "--body", body, "--key", key) == 0


def test_the_script_runs_by_itself(proof):
    file, body, key = proof
    ended = subprocess.run(
        [sys.executable, "-I", SCRIPT, "proof", file, "--body", body, "--key", key],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout.splitlines()[-1]) == (0, "It holds.")


def test_a_changed_text_is_found(proof, capsys):
    file, body, key = proof
    body.write_bytes(body.read_bytes().replace(b"Peace", b"War"))
    assert run("proof", file, "--body", body, "--key", key) == 1
    assert "isn't what was logged" in capsys.readouterr().err


CHANGES = {
    "its entry": lambda told: told | {"entry": told["entry"].replace('"version":2', '"version": 2')},
    "its moment": lambda told: told | {"entry": told["entry"].replace('"recorded":"2', '"recorded":"1')},
    "its place": lambda told: told | {"leaf_index": told["leaf_index"] + 1},
    "its size": lambda told: told | {"tree_size": told["tree_size"] + 1},
    "a hash": lambda told: told | {"hashes": [told["hashes"][-1], *told["hashes"][1:]]},
    "one hash less": lambda told: told | {"hashes": told["hashes"][1:]},
    "one hash more": lambda told: told | {"hashes": [*told["hashes"], told["hashes"][0]]},
    "no hash": lambda told: told | {"hashes": ["x"]},
    "whose it is": lambda told: told | {"version": 1},
    "its checkpoint": lambda told: told | {"checkpoint": told["checkpoint"].replace("recorded 2", "recorded 1")},
    "all of it": lambda _: {},
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_proof_with_anything_changed_does_not_hold(proof, change):
    file, _, key = proof
    file.write_text(json.dumps(CHANGES[change](json.loads(file.read_text()))))
    assert run("proof", file, "--key", key) == 1


def test_two_checkpoints_that_were_kept_are_held_against_each_other(here, client, tmp_path):
    made, key = here
    old, new, between = tmp_path / "old", tmp_path / "new", tmp_path / "between"
    old.write_text(made.notes[0])
    new.write_text(made.notes[-1])
    sizes = [verify.Checkpoint(note, "one").size for note in (made.notes[0], made.notes[-1])]
    between.write_bytes(client.get(f"/log/consistency?from={sizes[0]}&to={sizes[1]}").content)
    assert run("consistency", old, new, "--proof", between, "--key", key) == 0
    assert run("consistency", new, new) == 0
    assert run("consistency", new, old, "--proof", between) == 1


def test_the_script_and_the_record_agree_on_every_proof_of_small_trees():
    leaves = [leaf_hash(bytes([number])) for number in range(40)]
    tree = Tree(len(leaves), lambda level, number: leaves if level == number == 0 else [])
    for size in range(1, len(leaves) + 1):
        root = root_of(leaves[:size])
        for index in range(size):
            path = tree.inclusion(index, size)
            assert verify.root_from_inclusion(leaves[index], index, size, path) == root
        for old in range(1, size + 1):
            path, was = tree.consistency(old, size), root_of(leaves[:old])
            assert verify.roots_from_consistency(old, size, was, path) == (was, root)
            assert proofs.is_consistent(old, was, size, root, path)


@pytest.fixture
def folder(base, tmp_path):
    """A copy of the dump, to be tampered with."""
    _, root, _ = base
    found = next(root.glob("dump*/dump"))
    for path in found.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def test_a_dump_is_what_was_logged(folder, base, capsys):
    made, _, key = base
    saved = []
    for number, note in enumerate(made.notes):
        path = folder / f"saved-{number}"
        path.write_text(note)
        saved += ["--checkpoint", path]
    assert run("dump", folder, "--key", key, *saved) == 0, capsys.readouterr()


def first(rows, holds, **changes):
    at = next(number for number, row in enumerate(rows) if holds(row))
    return [*rows[:at], rows[at] | changes, *rows[at + 1 :]]


def peace(row):
    return "Peace" in row["body"]


OF_A_DUMP = {
    "a body": ("revisions", lambda rows: first(rows, peace, body="War")),
    "a hash": ("revisions", lambda rows: first(rows, peace, sha256="0" * 64)),
    "a moment": ("revisions", lambda rows: first(rows, peace, recorded_at="2020-01-01T00:00:00+00:00")),
    "a reason": ("revisions", lambda rows: first(rows, lambda row: row["reason"], reason="Another")),
    "words gone": ("revisions", lambda rows: first(rows, peace, body="")),
    "a version gone": ("revisions", lambda rows: [row for row in rows if not peace(row)]),
    "a version added": ("revisions", lambda rows: [*rows, rows[0] | {"id": 999, "number": 9}]),
    "an act": ("acts", lambda rows: first(rows, lambda row: row["verb"] == "retract", reason="Another")),
    "an act's moment": (
        "acts",
        lambda rows: first(rows, lambda row: row["verb"] == "correct", at="2020-01-01T00:00:00+00:00"),
    ),
    "an act gone": ("acts", lambda rows: [row for row in rows if row["verb"] != "retract"]),
    "an act added": ("acts", lambda rows: [*rows, rows[-1] | {"id": 999, "verb": "retract"}]),
    "a statement's id": ("statements", lambda rows: [rows[0] | {"pid": "0000000000"}, *rows[1:]]),
    "a leaf gone": ("leaves", lambda rows: [row for row in rows if row["position"] != 2]),
    "a leaf's hash": ("leaves", lambda rows: first(rows, lambda row: row["position"] == 2, hash="0" * 64)),
    "leaves in another order": (
        "leaves",
        lambda rows: first(first(rows, lambda row: row["position"] == 1, position=-1), lambda r: r["position"] == 2),
    ),
    "the last leaves gone": ("leaves", lambda rows: rows[:3]),
    "a checkpoint": ("checkpoints", lambda rows: [{**rows[0], "note": rows[-1]["note"]}, *rows[1:-1]]),
    "a key": ("log_keys", lambda rows: [row | {"key": "x"} for row in rows]),
}


@pytest.mark.parametrize("name", OF_A_DUMP)
def test_whatever_is_changed_in_a_dump_is_found(folder, base, name):
    made, _, key = base
    table, change = OF_A_DUMP[name]
    path = folder / f"{table}.jsonl.gz"
    rows = [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]
    changed = change(rows)
    assert changed != rows
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in changed).encode()))
    saved = folder / "saved"
    saved.write_text(made.notes[-1])
    assert run("dump", folder, "--key", key, "--checkpoint", saved) == 1


def test_no_dump_is_told_so(tmp_path, capsys):
    assert run("dump", tmp_path) == 1
    assert "can't be read" in capsys.readouterr().err


def test_the_site_hands_the_script_out(client):
    answer = client.get("/log/onrecord_verify.py")
    assert answer.text == SCRIPT.read_text()
    assert "import quotes" not in answer.text
