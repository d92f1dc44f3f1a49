"""Reading in a process of its own: the same answers, and nothing that a document does reaches further."""

import subprocess
import sys

import pytest

from sources import apart, reading
from sources.reading import Hints, Limits, errors, wire
from tests.sources import files
from tests.sources.files import WORDS

HEAD = '<title>Un titre – «é»</title><meta name=author content="Ann Lee"><meta name=date content=2022-12-04>'
DOCUMENTS = {
    "a page": (files.page(WORDS, "(AFP) - Words.", head=HEAD).encode(), Hints(url="https://daily.example/a")),
    "a web archive": (files.web_archive(files.page(WORDS).encode()), Hints()),
    "a text": (f"{WORDS} 🎈 שלום".encode(), Hints(name="a\udcff.txt", language="en")),
}
ask = apart.read


@pytest.mark.parametrize(("data", "hints"), DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_it_answers_what_reading_here_answers(data, hints):
    assert ask(data, hints) == reading.read(data, hints)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", errors.Empty),
        pytest.param(b"\x89PNG....", errors.UnknownKind, marks=pytest.mark.slow),
        pytest.param(files.pdf("Secret.", password="secret"), errors.Locked, marks=pytest.mark.slow),
        pytest.param(b"words " * 2_000_000, errors.TooLarge, marks=pytest.mark.slow),
    ],
)
def test_a_refusal_is_the_same_too(data, refusal):
    with pytest.raises(refusal) as here:
        reading.read(data)
    with pytest.raises(refusal) as there:
        ask(data)
    assert str(there.value) == str(here.value)


def test_limits_count_there_too():
    with pytest.raises(errors.TooLong):
        ask(WORDS.encode(), limits=Limits(characters=5))


def test_a_reader_that_takes_too_long_is_stopped():
    with pytest.raises(errors.TooHard):
        ask(WORDS.encode(), seconds=0.01)


@pytest.mark.parametrize(
    "accident",
    ["bytes(3_000_000_000)", "import os; os.abort()", "raise RuntimeError('secret words')", "import sys; sys.exit(1)"],
)
def test_a_reader_that_breaks_is_a_refusal(accident, monkeypatch, caplog):
    limited = "import resource; resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000,) * 2)"
    monkeypatch.setattr(apart, "_CHILD", [sys.executable, "-c", f"{limited}\n{accident}"])
    with pytest.raises(errors.TooHard) as refused:
        ask(WORDS.encode())
    assert "paste its text" in str(refused.value)
    assert "A reader ended with" in caplog.text


def test_time_and_memory_of_a_reader_are_limited():
    code = (
        "import io, resource, sys; from sources.reading import __main__, wire, Hints, Limits\n"
        "sys.stdin = io.TextIOWrapper(io.BytesIO(wire.packed_request(b'Words.', Hints(), Limits())))\n"
        "__main__.main(); print(resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_AS)[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("20 2000000000\n")


def test_whoever_asks_loads_no_reader():
    names = "('trafilatura', 'pypdf', 'docx', 'lxml')"
    code = f"import sys; from sources import apart; print([name for name in {names} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_streams_and_pasted_texts_are_read_there_too(monkeypatch):
    asked = []
    monkeypatch.setattr(apart, "read", lambda data, *_: asked.append(data))
    apart.read_chunks([b"One", b" two"])
    apart.read_pasted("Three")
    assert asked == [b"One two", b"Three"]


def test_a_refusal_that_nobody_knows_is_still_one():
    with pytest.raises(reading.CannotRead, match="Because"):
        wire.answer(b'{"refusal": "Whatever", "message": "Because."}', b"")
