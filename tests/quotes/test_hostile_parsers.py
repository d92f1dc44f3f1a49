"""Every string of the list, and any that chance makes, through every reader of what people type: read, or refused."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.dates import BadDate
from quotes.dates import read as read_date
from quotes.notation import BadNotation
from quotes.notation import parse as read_words
from quotes.permalinks import Mistyped, read_pid
from quotes.search.query import parse as read_query
from sources.addresses import BadAddress, canonical
from sources.fetching.guard import Guard
from sources.fetching.posting import CannotPost, Poster
from tests.hostile import ALL, SURROGATES

READERS = {
    "notation": (read_words, BadNotation),
    "date": (read_date, BadDate),
    "id": (read_pid, Mistyped),
    "query": (read_query, ()),
    "address": (canonical, BadAddress),
}
PIECES = st.lists(st.one_of(st.sampled_from(ALL), st.text(max_size=5)), max_size=4).map("".join)
HOSTS = ["127.0.0.1", "[::1]", "localhost", "0x7f.1", "2130706433", "169.254.169.254", "[::ffff:10.0.0.1]", "10.0.0.1"]


def nowhere(_host, _port, *_more):
    """A resolver that leads to this machine, whatever is asked."""
    return ["127.0.0.1"]


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("text", [*ALL, *SURROGATES], ids=lambda text: ascii(text[:20]))
def test_every_string_is_read_or_refused(name, text):
    read, refusal = READERS[name]
    with suppress(refusal):
        read(text)


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
@settings(max_examples=5_000, deadline=None)
@given(text=PIECES)
def test_any_string_is_read_or_refused(name, text):
    read, refusal = READERS[name]
    with suppress(refusal):
        read(text)


@settings(deadline=None)
@given(st.text(max_size=40), st.sampled_from(["https://news.example/", "https://news.example/?q=", "https://a."]))
def test_an_address_that_is_kept_once_is_kept_the_same_again(text, start):
    try:
        kept = canonical(start + text)
    except BadAddress:
        return
    assert canonical(kept) == kept
    assert kept.isascii()
    assert kept.isprintable()


@settings(deadline=None)
@given(st.one_of(PIECES, st.sampled_from(HOSTS).map(lambda host: f"https://{host}/"), st.text()))
def test_no_text_is_an_address_of_a_webhook_that_leads_inside(text):
    with pytest.raises(CannotPost):
        Poster(guard=Guard(), resolve=nowhere).checked(text)
