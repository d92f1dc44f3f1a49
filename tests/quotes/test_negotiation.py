import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.negotiation import MalformedDatetime, choose, read_datetime, refuses

PROFILE = "http://www.w3.org/ns/anno.jsonld"
OFFERS = {
    "html": "text/html; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "ld": "application/ld+json",
    "anno": f'application/ld+json; profile="{PROFILE}"',
    "json": "application/json",
    "text": "text/plain; charset=utf-8",
}


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "html"),
        ("*/*", "html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "html"),
        ("text/*", "html"),
        ("application/*", "bib"),
        ("APPLICATION/X-BibTeX", "bib"),
        ("application/x-bibtex;charset=utf-8", "bib"),
        ("application/json;q=0.5, application/x-bibtex;q=0.4", "json"),
        ("application/json;q=0.4, application/x-bibtex;q=0.5", "bib"),
        ("application/json, text/plain, */*", "json"),
        ("application/x-bibtex, */*;q=0.1", "bib"),
        ("text/*;q=0.3, text/plain;q=0.7, */*;q=0.1", "text"),
        ("text/html;q=0, */*", "bib"),
        ("text/html;q=0, text/*", "text"),
        ("application/xml, text/html;q=0.1", "html"),
    ],
)
def test_the_media_type_a_client_likes_best_is_chosen(accept, chosen):
    assert choose(accept, OFFERS) == chosen


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("application/ld+json", "ld"),
        (f'application/ld+json; profile="{PROFILE}"', "anno"),
        (f'application/ld+json;q=0.9;profile="http://www.w3.org/ns/json-ld#compacted {PROFILE}"', "anno"),
        ('application/ld+json; profile="http://www.w3.org/ns/json-ld#compacted"', "ld"),
        (f'application/ld+json, application/ld+json;q=0.5;profile="{PROFILE}"', "ld"),
    ],
)
def test_linked_data_is_the_quotation_unless_the_annotation_is_asked_for_by_its_profile(accept, chosen):
    assert choose(accept, OFFERS) == chosen


@pytest.mark.parametrize("accept", ["image/png", "application/xml;q=1", "text/html;q=0", "*/*;q=0", "*;q=0.000"])
def test_a_client_that_takes_none_of_them_gets_none(accept):
    assert choose(accept, OFFERS) is None


def test_where_there_is_no_annotation_its_profile_is_a_hint_that_leads_to_the_quotation():
    del (offers := dict(OFFERS))["anno"]
    assert choose(f'application/ld+json; profile="{PROFILE}"', offers) == "ld"


@pytest.mark.parametrize(
    "accept",
    ["json", ",,,", "/", "*/json", "text/", ";q=1", '"', '"a,b', "text/html;q=2", "a/b;q=high", "\x00", "🙂/🙂"],
)
def test_a_header_that_says_nothing_readable_is_no_header(accept):
    assert choose(accept, OFFERS) == "html"


def test_what_cannot_be_read_is_passed_over():
    assert choose('text/html;q=nan, "x, y", application/json;q=0.1', OFFERS) == "json"


def test_a_comma_inside_quotation_marks_parts_nothing():
    assert choose('application/json;note="a, text/html;q=1";q=0.5', OFFERS) == "json"


@given(st.text(alphabet='*/;=q,.01"\\ atexhml+json', max_size=300) | st.text())
def test_no_accept_header_is_an_error(accept):
    assert choose(accept, OFFERS) in {None, *OFFERS}


def test_an_endless_header_is_read_in_no_time():
    for part in ("text/html;", '"', "a/b;x=", "\\", '"\\'):
        choose("a/b;" + part * 100_000, OFFERS)


def test_a_refusal_is_told_from_silence():
    assert refuses("text/html;q=0, */*", "text/html")
    assert not refuses("image/png", "text/html")


def test_a_date_is_read_as_http_writes_it():
    assert read_datetime(" Sat, 03 Dec 2022 20:01:02 GMT") == dt.datetime(2022, 12, 3, 20, 1, 2, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2022-12-03",
        "Sat, 03 Dec 2022 20:01:02",
        "Sat, 03 Dec 2022 20:01:02 +0100",
        "Sat, 31 Feb 2022 20:01:02 GMT",
        "Sat, 03 Dec 0000 20:01:02 GMT",
        "Sat, 03 Dec 2022 25:01:02 GMT",
        "Sat, ٠٣ Dec 2022 20:01:02 GMT",
    ],
)
def test_any_other_date_is_malformed(text):
    with pytest.raises(MalformedDatetime):
        read_datetime(text)
