"""Sealed streams: whole and in order, by the right key, or not at all."""

import io

import pytest

from quotes.backups.errors import BadBackup
from quotes.backups.sealed import _HEAD, _SALT, _TAG, CHUNK, Opened, Sealing, fingerprint

KEY, OTHER = b"k" * 32, b"o" * 32
HEAD, SEALED = len(_HEAD) + _SALT, CHUNK + _TAG


def sealed(data, key=KEY, name="part"):
    out = io.BytesIO()
    sealing = Sealing(out, key, name)
    for start in range(0, len(data), 100_000):
        sealing.write(data[start : start + 100_000])
    sealing.finish()
    return out.getvalue()


def opened(data, key=KEY, name="part"):
    return io.BufferedReader(Opened(io.BytesIO(data), key, name)).read()


def content(size):
    return (b"0123456789abcdef" * (size // 16 + 1))[:size]


def chunks(data):
    return data[:HEAD], [data[start : start + SEALED] for start in range(HEAD, len(data), SEALED)]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_sealed_is_opened_to_the_byte(size):
    data = content(size)
    assert opened(sealed(data)) == data


def test_nothing_of_it_can_be_read_and_no_two_are_alike():
    one, other = sealed(content(1000)), sealed(content(1000))
    assert content(16) not in one
    assert one != other


BROKEN = {
    "another key": lambda data: (data, OTHER, "part"),
    "another part": lambda data: (data, KEY, "other"),
    "the last chunk gone": lambda data: (data[: HEAD + 2 * SEALED], KEY, "part"),
    "half a chunk gone": lambda data: (data[:-100], KEY, "part"),
    "all chunks gone": lambda data: (data[:HEAD], KEY, "part"),
    "something after it": lambda data: (data + b"x", KEY, "part"),
    "a bit changed": lambda data: (data[:-1] + bytes([data[-1] ^ 1]), KEY, "part"),
    "a salt changed": lambda data: (data[: HEAD - 1] + b"x" + data[HEAD:], KEY, "part"),
    "two chunks changed places": lambda data: (
        chunks(data)[0] + chunks(data)[1][1] + chunks(data)[1][0] + chunks(data)[1][2],
        KEY,
        "part",
    ),
    "a chunk twice": lambda data: (chunks(data)[0] + chunks(data)[1][0] + b"".join(chunks(data)[1]), KEY, "part"),
    "no head": lambda data: (data[10:], KEY, "part"),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_what_is_not_what_was_sealed_is_found(broken):
    data, key, name = broken(sealed(content(2 * CHUNK + 500)))
    with pytest.raises(BadBackup):
        opened(data, key, name)


def test_a_fingerprint_tells_keys_apart_and_no_key_from_none():
    assert fingerprint(KEY) != fingerprint(OTHER)
    assert fingerprint(b"") == ""
