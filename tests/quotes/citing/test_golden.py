"""Every writer's output for every sample, byte for byte; `WRITE_GOLDEN=1` writes the files anew."""

import os
from pathlib import Path

import pytest
import rfc8785

from quotes.citing.formats import BY_SUFFIX, FORMATS, Format
from quotes.citing.styles import STYLES, cite_document, cite_record
from tests.quotes.citing.samples import BODIES, SAMPLES

GOLDEN = Path(__file__).with_name("golden")
WRITTEN = [
    (name, form) for name, cited in SAMPLES.items() for form in FORMATS if form.key != "json" and form.applies(cited)
]


@pytest.mark.parametrize(("name", "form"), WRITTEN, ids=lambda value: getattr(value, "key", value))
def test_an_export_never_changes(name: str, form: Format):
    check(f"{name}{form.suffix}", form.write(SAMPLES[name]))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_citations_of_a_page_never_change(name: str):
    lines = []
    for style in STYLES:
        for cite in (cite_record, cite_document):
            citation = cite(style, SAMPLES[name])
            lines.append(f"<p>{citation.html}</p>\n<!-- {style.key}: {citation.in_text} -->\n")
    check(f"{name}.html", "".join(lines))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_stored_record_is_the_bytes_that_were_hashed(name: str):
    assert BY_SUFFIX[".json"].write(SAMPLES[name]).encode() == rfc8785.dumps(BODIES[name])


def check(file: str, text: str) -> None:
    path = GOLDEN / file
    if os.environ.get("WRITE_GOLDEN"):
        path.write_bytes(text.encode())
    assert path.read_bytes().decode() == text
