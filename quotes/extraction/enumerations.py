"""Points that are counted: “first, “…”, and second, “…”. Thirdly, …” is one statement a point."""

import re
from dataclasses import replace
from itertools import pairwise

from quotes.extraction.modes import word_count
from quotes.extraction.proposals import Range
from quotes.extraction.reading import Reading, inside, overlap, trimmed
from quotes.extraction.utterances import Utterance

_POINT = re.compile(
    r"(?<!\w)(?:(?:the )?(?P<word>first|second|third|fourth|fifth|sixth|last)(?:ly)?(?=,|:|\s[“\"«„]|\s(?:that|to)\b)"
    r"|(?P<other>finally|lastly|then|next)(?=,\s?[“\"«„]?|\s[“\"«„])"
    r"|\(?(?P<number>[1-9]|[a-f])\)(?=\s))",
    re.IGNORECASE,
)
_VEHICLE = re.compile(
    r"^(?:(?:the|these|those|this|its|their|his|her|[\w’'-]+)\s+){0,4}(?:proposals?|demands?|points?|conditions?|drafts?|"
    r"statements?|issues?|reports?|documents?|plans?|agreements?|requirements?|requests?|letters?|resolutions?)\b"
    r"[^“”\"«»„.]{0,60}$|^(?:are|is|was|were)\s+(?:based on|about|for)$|^(?:includes?|included|including)$",
    re.IGNORECASE,
)
_LEAST_QUOTED = 4
_EDGE = " \t\r\n\u00a0,;:–—-"


def points(reading: Reading, utterance: Utterance) -> list[Utterance]:
    """The utterance's points, one each; itself alone where it counts none."""
    if utterance.is_nested:
        return [utterance]
    marks = _markers(reading, utterance)
    counted = [part for part in _parts(reading, utterance, marks) if part]
    if len(counted) < 2 or len(marks) < 2:  # noqa: PLR2004  # one point is no enumeration
        return [replace(utterance, content=without_frame(reading, utterance.content))]
    return [
        replace(utterance, content=without_frame(reading, content), point=number)
        for number, content in enumerate(counted, 1)
    ]


def _markers(reading: Reading, utterance: Utterance) -> list[Range]:
    """Where the reporter counts, from the beginning of the sentence to the last of the words."""
    start, end = utterance.place
    begin = reading.sentence_at(start)[0]
    return [
        found.span() for found in _POINT.finditer(reading.text, begin, end) if not reading.quotation_at(found.start())
    ]


def _parts(reading: Reading, utterance: Utterance, marks: list[Range]) -> list[tuple[Range, ...]]:
    """The content between one marker and the next; what comes before the first one only leads in to it."""
    end = utterance.place[1]
    bounds = [*(mark[1] for mark in marks), end]
    starts = [*(mark[0] for mark in marks), end]
    spaces = [(bounds[at], starts[at + 1]) for at, _ in enumerate(marks)]
    return [_cut(reading, utterance.content, space) for space in spaces]


def _cut(reading: Reading, content: tuple[Range, ...], space: Range) -> tuple[Range, ...]:
    cut = [(max(start, space[0]), min(end, space[1])) for start, end in content if overlap((start, end), space)]
    places = (_without_joint(reading.text, trimmed(reading.text, part, _EDGE)) for part in cut)
    return tuple(place for place in places if re.search(r"\w", reading.text[slice(*place)]))


def _without_joint(text: str, place: Range) -> Range:
    """A point without the “and” that joins it to the next."""
    joint = re.search(r"[\s,;]*\b(?:and|or)[\s,;]*(?:the\s*)?$", text[slice(*place)])
    end = place[1] - len(joint.group()) if joint else place[1]
    start = re.match(r"[\s,;]*(?:and|or)\b[\s,;]*", text[place[0] : end])
    return trimmed(text, (place[0] + (len(start.group()) if start else 0), end), _EDGE)


def without_frame(reading: Reading, content: tuple[Range, ...]) -> tuple[Range, ...]:
    """Content without the reporter's words that only carry a quotation: “the proposals are based on “…””.

    They go where what is quoted stands by itself, and all they do is count, name the paper the words stand in, or lead
    up to a colon.
    """
    quoted = [
        (max(part[0], quotation.start), min(part[1], quotation.end))
        for part in content
        for quotation in reading.quotations_in(part)
        if word_count(reading.text[quotation.start : quotation.end]) >= _LEAST_QUOTED
    ]
    if not quoted:
        return content
    rest = [
        place
        for part in content
        for place in _around(part, [each for each in quoted if inside(each, part)])
        if re.search(r"\w", reading.text[slice(*place)])
    ]
    comes_first = all(place[1] <= quoted[0][1] for place in rest)
    only_leads_in = comes_first and _leads_in(" ".join(reading.text[slice(*place)] for place in rest))
    return tuple(quoted) if rest and only_leads_in else content


def _leads_in(words: str) -> bool:
    counted = _POINT.match(words.strip(_EDGE))
    told = words.strip(_EDGE)[counted.end() if counted else 0 :].strip(_EDGE)
    return words.rstrip().endswith(":") or bool(_VEHICLE.match(" ".join(told.split())))


def _around(part: Range, quoted: list[Range]) -> list[Range]:
    edges = [part[0], *(edge for each in quoted for edge in each), part[1]]
    return [(start, end) for start, end in list(pairwise(edges))[::2] if start < end]
