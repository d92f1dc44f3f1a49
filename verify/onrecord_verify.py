#!/usr/bin/env python3
"""Verifies what a record says of itself, with nothing of the record's own: Python 3.11 and `cryptography`.

  statement ADDRESS   a version at its permalink: its words, its place in the log, the checkpoint's signature
  site ADDRESS        that the log of a site goes on from the checkpoint you kept
  proof FILE          a proof that you downloaded, with the version's .json if you have it
  consistency OLD NEW two checkpoints that you kept, with the proof between them
  dump FOLDER         a whole dump: every version and act against the log, the log against its checkpoints

Nothing is asked of the network but the site that you name. It ends with 0 where all holds, and with 1 where it doesn't.
docs/verifying.md of On Record describes the formats.
"""

import argparse
import base64
import datetime as dt
import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

DASH = "\u2014 "
LARGEST = 1 << 26
TOLD = {"changed", "replacement", "blanked", "redacted", "appearance", "document", "source"}
TOLD |= {"survivor", "loser", "merge", "kind"}
LOGGED = {"correct", "retract", "restore", "remove", "merge", "undo_merge", "mark_copy", "unmark_copy"}


class Wrong(Exception):
    """Something doesn't hold; the message says what."""


# Hashes and proofs: RFC 9162, section 2.1


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from_inclusion(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root that a proof leads to."""
    if not 0 <= index < size:
        raise Wrong(f"A log of {size} leaves has no leaf {index}.")
    inner = (index ^ (size - 1)).bit_length()
    if len(path) != inner + (index >> inner).bit_count():
        raise Wrong("The proof has another length than its place in the log asks for.")
    for level, one in enumerate(path):
        is_right = level >= inner or index >> level & 1
        leaf = node_hash(one, leaf) if is_right else node_hash(leaf, one)
    return leaf


def roots_from_consistency(old: int, new: int, old_root: bytes, path: list[bytes]) -> tuple[bytes, bytes]:
    """The old and the new root that a proof leads to."""
    if not 0 < old <= new:
        raise Wrong(f"A log of {new} leaves doesn't go on from one of {old}.")
    if old == new:
        if path:
            raise Wrong("Between two logs of one size there is nothing to prove.")
        return old_root, old_root
    shift = (old & -old).bit_length() - 1
    if old == 1 << shift:
        path = [old_root, *path]
    inner = ((old - 1) ^ (new - 1)).bit_length() - shift
    mask = (old - 1) >> shift
    if len(path) != 1 + inner + (mask >> inner).bit_count():
        raise Wrong("The proof has another length than the two sizes ask for.")
    was = now = path[0]
    for level, one in enumerate(path[1:]):
        if level >= inner or mask >> level & 1:
            was, now = node_hash(one, was), node_hash(one, now)
        else:
            now = node_hash(now, one)
    return was, now


class Growing:
    """A tree that grows leaf by leaf."""

    def __init__(self) -> None:
        self.size = 0
        self.roots: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        self.roots.append(leaf)
        self.size += 1
        for _ in range((self.size & -self.size).bit_length() - 1):
            right = self.roots.pop()
            self.roots[-1] = node_hash(self.roots[-1], right)

    def root(self) -> bytes:
        if not self.roots:
            return hashlib.sha256(b"").digest()
        root = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            root = node_hash(left, root)
        return root


# Checkpoints and keys: C2SP's tlog-checkpoint and signed-note


class Checkpoint:
    """A signed checkpoint, as it is published."""

    def __init__(self, note: str, where: str) -> None:
        self.note, self.where = note, where
        try:
            text, between, signatures = note.rpartition("\n\n")
            self.origin, size, root, self.recorded = text.split("\n")
            self.size, self.root = int(size), base64.b64decode(root, validate=True)
            lines = [line.removeprefix(DASH).rpartition(" ") for line in signatures.splitlines()]
            self.signatures = [(name, base64.b64decode(coded, validate=True)) for name, _, coded in lines]
            self.signed = f"{text}\n".encode()
        except (ValueError, AttributeError) as error:
            raise Wrong(f"{where} is no checkpoint.") from error
        if not between or len(self.root) != 32 or str(self.size) != size or not note.endswith("\n"):
            raise Wrong(f"{where} is no checkpoint.")

    def hold_against(self, *keys: str) -> None:
        """Raise Wrong where none of the keys signed."""
        if not any(self.is_signed_with(key) for key in keys):
            raise Wrong(f"{self.where} isn't signed with the key that you named.")

    def is_signed_with(self, written: str) -> bool:
        name, raw, id_ = read_key(written)
        for signer, signature in self.signatures:
            if signer == name and signature[:4] == id_:
                try:
                    Ed25519PublicKey.from_public_bytes(raw).verify(signature[4:], self.signed)
                except InvalidSignature:
                    return False
                return True
        return False


def read_key(written: str) -> tuple[str, bytes, bytes]:
    """A key's name, its bytes, and the four that signatures name it by."""
    try:
        name, id_, coded = written.strip().split("+", 2)
        raw = base64.b64decode(coded, validate=True)
        found = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    except ValueError as error:
        raise Wrong(f"{written!r} is no key of a log.") from error
    if raw[:1] != b"\x01" or len(raw) != 33 or found.hex() != id_:
        raise Wrong(f"{written!r} is no key of a log.")
    return name, raw[1:], found


def consistent(old: Checkpoint, new: Checkpoint, path: list[bytes]) -> None:
    if roots_from_consistency(old.size, new.size, old.root, path) != (old.root, new.root):
        raise Wrong(f"The log of {new.where} doesn't go on from that of {old.where}: it was rewritten.")


# What a proof says


def decoded(hashes: list[str]) -> list[bytes]:
    try:
        path = [base64.b64decode(one, validate=True) for one in hashes]
    except (TypeError, ValueError) as error:
        raise Wrong("The proof has what is no hash.") from error
    if any(len(one) != 32 for one in path):
        raise Wrong("The proof has what is no hash.")
    return path


def included(proof: Any, where: str) -> tuple[dict[str, Any], Checkpoint]:
    """The entry that a proof shows to be in the log, and the checkpoint that it is in."""
    try:
        entry, index, size, note = (proof[name] for name in ("entry", "leaf_index", "tree_size", "checkpoint"))
        said, path = json.loads(entry), decoded(proof["hashes"])
        whose = (said["statement"], said["version"])
    except (KeyError, TypeError, ValueError) as error:
        raise Wrong(f"{where} is no proof of a version.") from error
    # Said of each alone: JSON's true equals 1 in Python, and 1.0 does.
    if any(type(number) is not int for number in (index, size, proof.get("version"))):
        raise Wrong(f"{where} is no proof of a version.")
    checkpoint = Checkpoint(note, "The checkpoint of the proof")
    if checkpoint.size != size or whose != (proof.get("statement"), proof.get("version")):
        raise Wrong(f"{where} contradicts itself.")
    if root_from_inclusion(leaf_hash(entry.encode()), index, size, path) != checkpoint.root:
        raise Wrong(f"{where} doesn't lead to the root that was signed: this version isn't in the log as it says.")
    return said, checkpoint


def hold_body(body: bytes, said: dict[str, Any]) -> None:
    """Hold a version's text against its entry."""
    if hashlib.sha256(body).hexdigest() != said["sha256"]:
        raise Wrong("The version's text isn't what was logged.")
    told = json.loads(body)
    if (told["id"], told["version"]) != (said["statement"], said["version"]):
        raise Wrong("The text is another version's.")


# Asking a site


def ask(address: str) -> bytes:
    if urlsplit(address).scheme not in {"http", "https"}:
        raise Wrong(f"{address} is no address of a site.")
    try:
        with urlopen(Request(address, headers={"User-Agent": "onrecord-verify/1"}), timeout=60) as answer:
            return bytes(answer.read(LARGEST))
    except URLError as error:
        raise Wrong(f"{address} can't be had: {error}") from error


def asked_json(address: str) -> Any:
    try:
        return json.loads(ask(address))
    except ValueError as error:
        raise Wrong(f"{address} gave no JSON.") from error


def site_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def go_on(site: str, kept: Path | None, now: Checkpoint) -> None:
    """Hold a site's checkpoint against the one that is kept, and keep the newer."""
    if kept is None:
        return
    if kept.exists():
        old = Checkpoint(kept.read_text(encoding="utf-8"), str(kept))
        if old.origin != now.origin:
            raise Wrong(f"{kept} is of the log {old.origin}, and this one is {now.origin}.")
        if now.size < old.size:
            raise Wrong(f"The log has {now.size} leaves, and {kept} is of {old.size}: some were taken away.")
        path = asked_json(f"{site}/log/consistency?from={old.size}&to={now.size}")
        consistent(old, now, decoded(path["hashes"]))
        print(f"The log of {now.size} leaves goes on from the {old.size} of {kept}.")
    kept.write_text(now.note, encoding="utf-8")


def signed(checkpoint: Checkpoint, keys: list[str]) -> None:
    if keys:
        checkpoint.hold_against(*keys)
        print(f"Signed by {checkpoint.origin}: {checkpoint.size} leaves, {checkpoint.recorded}.")
    else:
        print("No --key was named, so that nobody knows who signed.", file=sys.stderr)


# Dumps


def rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, EOFError, ValueError) as error:
        raise Wrong(f"{folder / name}.jsonl.gz can't be read: {error}") from error


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def moment(written: str) -> str:
    return dt.datetime.fromisoformat(written).astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest(seal: str, value: Any) -> str:
    """The digest of a value: a seal of 32 bytes is one already."""
    return seal if len(seal) == 64 else hashlib.sha256(b"\x02" + bytes.fromhex(seal) + canonical(value)).hexdigest()


class Dump:
    """A dump's rows that the log is of: in memory, for one record at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wrong: list[str] = []
        shown = {row["id"]: row["pid"] for row in rows(folder, "statements")}
        self.pids = shown | {row["id"]: row["pid"] for row in rows(folder, "tombstones")}
        self.versions = {row["id"]: self._version(row) for row in rows(folder, "revisions")}
        self.acts = {row["id"]: row for row in rows(folder, "acts")}
        self.keys = {row["id"]: row for row in rows(folder, "log_keys")}

    def _version(self, row: dict[str, Any]) -> dict[str, Any]:
        body = row.pop("body")
        row["is_blank"] = not body
        if body and hashlib.sha256(body.encode()).hexdigest() != row["sha256"]:
            self.wrong.append(
                f"The words of {self.pids.get(row['statement_id'])} v{row['number']} aren't what was hashed."
            )
        return row

    def entry(self, leaf: dict[str, Any]) -> tuple[str, bytes | None]:
        """What a leaf is of, and its entry; None where the dump has the hash alone."""
        if leaf["revision_id"] is not None:
            return self._version_entry(leaf, self._row(self.versions, leaf["revision_id"], "version"))
        if leaf["act_id"] is not None:
            return self._act_entry(leaf, self._row(self.acts, leaf["act_id"], "act"))
        if leaf["key_id"] is not None:
            key = self._row(self.keys, leaf["key_id"], "key")
            said = {name: key[name] for name in ("key", "loaded", "withheld")}
            return "a key", canonical({"type": "key", "since": moment(key["since"]), **said})
        return "a leaf", None

    def _row(self, of: dict[int, dict[str, Any]], key: int, what: str) -> dict[str, Any]:
        if key not in of:
            raise Wrong(f"The {what} {key} is gone, which is in the log.")
        row = of[key]
        if row.setdefault("is_logged", False):
            raise Wrong(f"The {what} {key} is in the log twice.")
        row["is_logged"] = True
        return row

    def _version_entry(self, leaf: dict[str, Any], row: dict[str, Any]) -> tuple[str, bytes]:
        pid = self.pids.get(row["statement_id"])
        said = {
            "type": "version",
            "statement": pid,
            "version": row["number"],
            "sha256": row["sha256"],
            "recorded": moment(row["recorded_at"]),
            "reason": digest(leaf["reason_seal"], row["reason"]),
            "by": leaf["own_seal"],
        }
        return f"{pid} v{row['number']}", canonical(said)

    def _act_entry(self, leaf: dict[str, Any], row: dict[str, Any]) -> tuple[str, bytes]:
        pid, version = self.pids.get(row["statement_id"]), self.versions.get(row["revision_id"])
        said = {
            "type": "act",
            "verb": row["verb"],
            "statement": pid,
            "version": version and version["number"],
            "at": moment(row["at"]),
            "for": row["reason_code"],
            "detail": {name: value for name, value in row["detail"].items() if name in TOLD},
            "reason": digest(leaf["reason_seal"], row["reason"]),
            "by": leaf["own_seal"],
        }
        return f"the act {row['id']} ({row['verb']} of {pid})", canonical(said)

    def verify(self, keys: list[str], saved: list[Checkpoint]) -> int:
        """Hold everything against everything; how many leaves there are by their hash alone."""
        tree, alone = Growing(), 0
        checkpoints = []
        for row in rows(self.folder, "checkpoints"):
            one = Checkpoint(row["note"], f"The checkpoint of {row['size']}")
            checkpoints.append(one)
            if (one.size, moment(row["at"])) != (row["size"], one.recorded.removeprefix("recorded ")):
                self.wrong.append(f"{one.where} isn't kept as it was signed.")
        due = sorted([*checkpoints, *saved], key=lambda one: one.size)
        leaves = sorted(rows(self.folder, "leaves"), key=lambda one: (one["position"] is None, one["position"]))
        for leaf in leaves:
            alone += self._hold(leaf)
            if leaf["position"] is None:
                continue
            if leaf["position"] != tree.size:
                self.wrong.append(f"Place {tree.size} of the log is empty.")
            tree.append(bytes.fromhex(leaf["hash"]))
            while due and due[0].size <= tree.size:
                one = due.pop(0)
                if one.size != tree.size or one.root != tree.root():
                    self.wrong.append(f"{one.where} is of other leaves than the dump has.")
        self.wrong += [f"{one.where} is of more leaves than the dump has: some were taken away." for one in due]
        self._left_over()
        if keys and checkpoints:
            newest = max(checkpoints, key=lambda one: one.size)
            newest.hold_against(*keys)
            known = [key["key"] for key in self.keys.values()]
            self.wrong += [
                f"{one.where} isn't signed by a key of the log."
                for one in checkpoints
                if not any(map(one.is_signed_with, known))
            ]
        return alone

    def _hold(self, leaf: dict[str, Any]) -> bool:
        try:
            name, entry = self.entry(leaf)
        except Wrong as error:
            self.wrong.append(str(error))
            return False
        if entry is not None and leaf_hash(entry).hex() != leaf["hash"]:
            self.wrong.append(f"What {name} says isn't what was logged.")
        return entry is None

    def _left_over(self) -> None:
        """Rows without a leaf, and words that are gone without a removal."""
        blanked = {key for act in self.acts.values() for key in act["detail"].get("blanked", ())}
        for key, row in self.versions.items():
            name = f"{self.pids.get(row['statement_id'])} v{row['number']}"
            if not row.get("is_logged"):
                self.wrong.append(f"{name} has no leaf: it was written past the log.")
            if row["is_blank"] != (key in blanked):
                self.wrong.append(f"The words of {name} are gone or back, and no removal says so.")
        for key, row in self.acts.items():
            if row["verb"] in LOGGED and not row.get("is_logged"):
                self.wrong.append(f"The act {key} ({row['verb']}) has no leaf: it was written past the log.")


# Commands


def statement(options: argparse.Namespace) -> None:
    address = options.address.rstrip("/")
    proof = asked_json(f"{address}/proof")
    said, checkpoint = included(proof, "The proof")
    hold_body(ask(f"{address}.json"), said)
    print(f"{said['statement']} v{said['version']}, recorded {said['recorded']}, is in the log, to the letter.")
    signed(checkpoint, options.key)
    go_on(site_of(address), options.keep, checkpoint)


def site(options: argparse.Namespace) -> None:
    address = site_of(options.address)
    now = Checkpoint(ask(f"{address}/log/checkpoint").decode(), "The site's checkpoint")
    signed(now, options.key)
    go_on(address, options.keep, now)


def proof(options: argparse.Namespace) -> None:
    said, checkpoint = included(json.loads(options.file.read_bytes()), str(options.file))
    print(f"{said['statement']} v{said['version']}, recorded {said['recorded']}, is in the log.")
    if options.body:
        hold_body(options.body.read_bytes(), said)
        print(f"{options.body} is its text, to the letter.")
    if options.checkpoint:
        mine = Checkpoint(options.checkpoint.read_text(encoding="utf-8"), str(options.checkpoint))
        if (mine.size, mine.root) != (checkpoint.size, checkpoint.root):
            raise Wrong(f"{options.checkpoint} is another checkpoint than the proof's.")
    signed(checkpoint, options.key)


def consistency(options: argparse.Namespace) -> None:
    old, new = (Checkpoint(path.read_text(encoding="utf-8"), str(path)) for path in (options.old, options.new))
    consistent(old, new, decoded(json.loads(options.proof.read_bytes())["hashes"]) if options.proof else [])
    print(f"The log of {new.size} leaves goes on from the {old.size} of {options.old}.")
    signed(new, options.key)


def dump(options: argparse.Namespace) -> None:
    found = Dump(options.folder)
    saved = [Checkpoint(path.read_text(encoding="utf-8"), str(path)) for path in options.checkpoint]
    alone = found.verify(options.key, saved)
    for wrong in found.wrong:
        print(wrong)
    if found.wrong:
        raise Wrong(f"The dump isn't what was logged: {len(found.wrong)} findings.")
    print(f"All {len(found.versions)} versions are what was logged; {alone} leaves are there by their hash alone.")
    if not options.key:
        print("No --key was named, so that nobody knows who signed.", file=sys.stderr)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = made.add_subparsers(required=True, metavar="COMMAND")
    for run in (statement, site, proof, consistency, dump):
        one = commands.add_parser(run.__name__)
        one.set_defaults(run=run)
        one.add_argument("--key", action="append", default=[], help="the public key of the log, from /log/")
        if run in {statement, site}:
            one.add_argument("address")
            one.add_argument(
                "--keep", type=Path, metavar="FILE", help="hold the log against this checkpoint, and renew it"
            )
    proof_, consistency_, dump_ = (commands.choices[name] for name in ("proof", "consistency", "dump"))
    proof_.add_argument("file", type=Path)
    proof_.add_argument("--body", type=Path, metavar="FILE", help="the version's .json")
    proof_.add_argument("--checkpoint", type=Path, metavar="FILE", help="the checkpoint that you have, the proof's own")
    consistency_.add_argument("old", type=Path)
    consistency_.add_argument("new", type=Path)
    consistency_.add_argument(
        "--proof", type=Path, metavar="FILE", help="/log/consistency?from=…&to=… of the two sizes"
    )
    dump_.add_argument("folder", type=Path)
    dump_.add_argument("--checkpoint", type=Path, action="append", default=[], metavar="FILE", help="one that you kept")
    return made


def main(arguments: list[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    try:
        options.run(options)
    except (Wrong, OSError) as error:
        print(f"It does NOT hold. {error}", file=sys.stderr)
        return 1
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        # Whoever makes up what is to be verified may put anything anywhere.
        print(f"It does NOT hold. What was given has another form than it should: {error!r}", file=sys.stderr)
        return 1
    print("It holds.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
