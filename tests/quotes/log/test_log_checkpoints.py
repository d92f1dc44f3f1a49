"""Checkpoints are notes that C2SP describes: written, read, and signed so that nobody else can."""

import base64
import datetime as dt
import hashlib

import pytest

from quotes.log.checkpoints import BadCheckpoint, Checkpoint, PublicKey, Signer, read, read_key

AT = dt.datetime(2026, 11, 26, 10, tzinfo=dt.UTC)
SIGNER = Signer("record.example/log", b"\x07" * 32)
SAID = Checkpoint("record.example/log", 5, hashlib.sha256(b"root").digest(), AT)
NOTE = SAID.signed(SIGNER)


def test_a_checkpoint_is_three_lines_the_time_an_empty_one_and_signatures():
    origin, size, root, recorded, empty, signature, end = NOTE.split("\n")
    assert (origin, size, base64.b64decode(root)) == ("record.example/log", "5", SAID.root)
    assert (recorded, empty, end) == ("recorded 2026-11-26T10:00:00.000000Z", "", "")
    assert signature.startswith("— record.example/log ")


def test_a_checkpoint_reads_back():
    assert read(NOTE) == SAID


def test_a_key_reads_back():
    assert read_key(SIGNER.public.written) == SIGNER.public


def test_the_known_key_of_the_signed_note_format_reads_as_it_is():
    """The example of golang.org/x/mod/sumdb/note."""
    known = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    signed = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
        "\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    assert read_key(known).has_signed(signed)


def test_who_signed_has_signed_and_nobody_else():
    assert SIGNER.public.has_signed(NOTE)
    for other in (Signer("record.example/log", b"\x08" * 32), Signer("other.example/log", b"\x07" * 32)):
        assert not other.public.has_signed(NOTE)


def test_two_may_sign():
    other = Signer("record.example/log", b"\x08" * 32)
    note = SAID.signed(SIGNER, other)
    assert SIGNER.public.has_signed(note)
    assert other.public.has_signed(note)
    assert read(note) == SAID


@pytest.mark.parametrize("at", range(0, NOTE.index("\n\n"), 3))
def test_no_letter_of_what_is_signed_can_be_changed(at):
    changed = "9" if NOTE[at] != "9" else "8"
    assert not SIGNER.public.has_signed(NOTE[:at] + changed + NOTE[at + 1 :])


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "words",
        NOTE.rstrip("\n"),
        NOTE.replace("\n5\n", "\nfive\n"),
        NOTE.replace("\n5\n", "\n05\n"),
        NOTE.replace("recorded", "written"),
        NOTE.replace("recorded 2026-11-26T10:00:00.000000Z\n", ""),
        SAID.text + "\n— record.example/log ***\n",
        SAID.text + "\nno signature\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(wrong):
    with pytest.raises(BadCheckpoint):
        read(wrong)


@pytest.mark.parametrize(
    "wrong", ["", "name", "name+00000000+AAAA", "name+zz+!", SIGNER.public.written.replace("+", "-")]
)
def test_what_is_no_key_is_refused(wrong):
    with pytest.raises(BadCheckpoint):
        read_key(wrong)


def test_a_key_under_another_name_has_another_id():
    assert PublicKey("a", SIGNER.public.raw).id != PublicKey("b", SIGNER.public.raw).id
