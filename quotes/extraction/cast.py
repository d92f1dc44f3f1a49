"""Everybody an article names: people with their offices, bodies, and seats of government, each time they are named."""

import re
from collections.abc import Iterator
from dataclasses import replace

from quotes.extraction.lexicon import ARTICLES, BODIES, CALENDAR, OFFICES, PARTICLES, QUALIFIERS
from quotes.extraction.mentions import Mention, read_mention
from quotes.extraction.proposals import Range
from quotes.extraction.reading import Reading, Word

_APPOSITION = re.compile(r",\s+(?:the |an? |who is (?:the |an? )?)?([^,;:.“”\"()\n]{3,80})[,.;]")
_COMMON = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "it",
        "he",
        "she",
        "they",
        "we",
        "i",
        "you",
        "his",
        "her",
        "their",
        "its",
        "our",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "as",
        "and",
        "but",
        "or",
        "if",
        "when",
        "while",
        "after",
        "before",
        "since",
        "because",
        "although",
        "though",
        "however",
        "also",
        "yet",
        "so",
        "then",
        "there",
        "here",
        "what",
        "which",
        "who",
        "how",
        "why",
        "where",
        "first",
        "second",
        "third",
        "secondly",
        "thirdly",
        "finally",
        "according",
        "not",
        "no",
        "yes",
        "to",
        "of",
        "is",
        "are",
        "was",
        "were",
        "be",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "all",
        "some",
        "many",
        "most",
    ]
)
_LONGEST = 8


def named_in(reading: Reading) -> Iterator[Mention]:
    """Every person, body and seat that the text names, in order; advertisement lines name nobody."""
    for paragraph in reading.paragraphs:
        for place in _named(reading, paragraph):
            mention = read_mention(reading.text, place)
            if mention and mention.kind in ("person", "body", "place") and mention.name:
                yield _with_office_after(reading, mention, place[1])


def _named(reading: Reading, paragraph: Range) -> Iterator[Range]:
    """Runs of words that are capitalised, with the offices, adjectives and joining words that belong to them."""
    run: list[Word] = []
    for word in reading.words_in(paragraph):
        if run and not _goes_on(reading.text, run[-1], word):
            yield from _run(run)
            run = []
        if _may_name(word) or (run and (word.low in PARTICLES or word.low in ("of", "for", "the"))):
            run.append(word)
        else:
            yield from _run(run)
            run = []
    yield from _run(run)


def _goes_on(text: str, before: Word, word: Word) -> bool:
    possessive = re.search(r"['’]s?$", before.text)
    return text[before.end : word.start] in (" ", "\u00a0") and not possessive and not _closed(before)


def _closed(word: Word) -> bool:
    """Whether a word's stop ends a sentence: an initial's and a title's doesn't."""
    bare = word.text.rstrip(".")
    return (
        word.text.endswith(".") and len(bare) > 1 and "." not in bare and word.low not in OFFICES | {"mr", "mrs", "ms"}
    )


def _may_name(word: Word) -> bool:
    if word.low in CALENDAR or word.low in _COMMON:
        return False
    return word.is_capital or word.low in OFFICES or word.low in BODIES


def _run(run: list[Word]) -> Iterator[Range]:
    while run and (run[-1].low in PARTICLES or run[-1].low in ("of", "for", "the")) and not run[-1].is_capital:
        run = run[:-1]
    if any(word.is_capital for word in run) and len(run) <= _LONGEST:
        yield run[0].start, run[-1].end


def _with_office_after(reading: Reading, mention: Mention, end: int) -> Mention:
    """A name with the office that follows it between commas: “Emmanuel Macron, the President of France,”."""
    if mention.kind != "person" or mention.label:
        return mention
    found = _APPOSITION.match(reading.text, end)
    words = reading.words_in(found.span(1)) if found else []
    if not found or not any(word.low in OFFICES and word.low not in QUALIFIERS for word in words):
        return mention
    if words[0].low not in ARTICLES and not (words[0].low in OFFICES or words[0].is_capital):
        return mention
    whole = read_mention(reading.text, (mention.range[0], found.end(1)))
    return replace(whole, range=mention.range) if whole and whole.kind == "person" else mention
