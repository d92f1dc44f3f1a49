"""Attributions as a good tagger gives them, by the words of a text, and a small record to resolve them against."""

import re
from functools import cache

from django.conf import settings

from quotes.extraction.attributions import Attribution
from quotes.extraction.candidates import candidates
from quotes.extraction.known import (
    DocumentFacts,
    Known,
    KnownAlias,
    KnownOutlet,
    KnownRole,
    KnownSpeaker,
    KnownTopic,
)
from quotes.extraction.tagger import Tagger

LARSEN = KnownSpeaker(
    "ada-larsen", "person", "Ada Larsen", "Ada", "", "Larsen", roles=(KnownRole("President of Norway", "2020/.."),)
)
GRUBER = KnownSpeaker("jan-gruber", "person", "Jan Gruber", "Jan", "", "Gruber")
HARBOURS = KnownSpeaker("ministry-of-harbours", "organisation", "Ministry of Harbours of Norway")
NORWAY = KnownSpeaker("norway", "government", "Government of Norway", aliases=(KnownAlias("Oslo", "en"),))
COURIER = KnownOutlet("courier", "Harbour Courier", "newspaper", "courier.example", (KnownAlias("the Courier", "en"),))
FISHING = KnownTopic("fishing", "Fishing quotas")
FERRIES = KnownTopic("ferries", "Ferry timetables", words={"boats": 4, "sailing": 3, "island": 2})
RECORD = Known((LARSEN, GRUBER, HARBOURS, NORWAY), (COURIER,), (FISHING, FERRIES))


@cache
def tagger():
    """The shipped model, loaded once."""
    return Tagger(settings.BASE_DIR / "quotes" / "extraction" / "model")


def place(text, words, near=0):
    """Where words stand in a text, as near to a position as they do."""
    starts = [found.start() for found in re.finditer(re.escape(words), text)]
    start = min(starts, key=lambda at: abs(at - near))
    return start, start + len(words)


def said(text, source, cue, *content, sure=0.9):
    """An attribution by its words; source and cue are those nearest to the content, and none where they are empty."""
    parts = tuple(place(text, part) for part in content)
    return Attribution(
        (place(text, source, parts[0][0]),) if source else (),
        (place(text, cue, parts[0][0]),) if cue else (),
        parts,
        sure,
        sure if source else 0.0,
    )


def propose(text, *attributions, known=RECORD, published="2022-12-04", outlet=None):
    return candidates(text, attributions, known, DocumentFacts(published, "en", outlet))


def only(text, *attributions, **options):
    """The one candidate of a text."""
    found = propose(text, *attributions, **options)
    assert len(found) == 1, [candidate.words for candidate in found]
    return found[0]


def spans(candidate):
    return [(span.mode, span.text) for span in candidate.spans]


def road(hops):
    return [(hop.role, (hop.outlet or hop.speaker).name) for hop in hops]
