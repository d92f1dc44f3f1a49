"""Answers as clients take them: compressed, or not."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from quotes.compressing import TOO_SMALL, as_taken, compress, takes_gzip

WORDS = b"<p>Words.</p>" * 100
PICTURE = b"\x89PNG" * 1000


def answer(body=WORDS, tag='W/"a"', kind="text/html; charset=utf-8"):
    response = HttpResponse(body, content_type=kind)
    response["ETag"] = tag
    compress(response)
    return response


def asking(accepted=None):
    return RequestFactory().get("/", headers={"Accept-Encoding": accepted} if accepted else {})


@pytest.mark.parametrize(
    "accepted",
    ["gzip", "GZIP", "br, gzip", "gzip;q=0.5, br", "gzip; q=1.0", "*", "x-gzip", "gzip;q=0.001", "br;q=0, *;q=0.1"],
)
def test_a_client_that_takes_gzip_is_understood(accepted):
    assert takes_gzip(accepted)


@pytest.mark.parametrize(
    "accepted", ["", "br", "identity", "gzip;q=0", "gzip; q=0.000", "*;q=0", "gzip;q=0, *", "gzipped", "br;q=1"]
)
def test_a_client_that_takes_no_gzip_is_understood_too(accepted):
    assert not takes_gzip(accepted)


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/atom+xml", "application/problem+json"])
def test_a_text_is_sent_compressed_to_whoever_takes_it(kind):
    sent = as_taken(asking("gzip"), answer(kind=kind))
    assert gzip.decompress(sent.content) == WORDS
    assert (sent["Content-Encoding"], sent["Content-Length"]) == ("gzip", str(len(sent.content)))
    assert sent["Vary"] == "Accept-Encoding"


def test_who_takes_none_gets_the_text_and_is_told_that_it_depends_on_that():
    sent = as_taken(asking(), answer())
    assert sent.content == WORDS
    assert "Content-Encoding" not in sent
    assert (sent["Content-Length"], sent["Vary"]) == (str(len(WORDS)), "Accept-Encoding")


def test_both_have_the_same_weak_tag():
    assert as_taken(asking("gzip"), answer())["ETag"] == as_taken(asking(), answer())["ETag"] == 'W/"a"'


def test_what_promises_its_bytes_stays_as_it_is():
    sent = as_taken(asking("gzip"), answer(tag='"a"'))
    assert sent.content == WORDS
    assert "Content-Encoding" not in sent
    assert "Vary" not in sent


def test_a_picture_is_not_compressed_again():
    assert answer(PICTURE, kind="image/png").content == PICTURE


def test_what_is_coded_already_is_not_coded_twice():
    response = answer()
    before = response.content
    compress(response)
    assert response.content == before


def test_a_short_text_stays_as_it_is():
    short = b"x" * (TOO_SMALL - 1)
    assert answer(short).content == short


def test_the_same_text_gives_the_same_bytes():
    assert answer().content == answer().content
