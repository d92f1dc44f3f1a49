"""Setting confidences: from what the model says of texts it has not learned from to how often it was right there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from quotes.extraction.attributions import Range
from quotes.extraction.brat import Annotated, Event, normalised
from quotes.extraction.calibrating import log_odds
from quotes.extraction.model_folder import Settings
from quotes.extraction.pieces import Text, read_text
from quotes.extraction.tagger import Tagger
from quotes.extraction.tagging import Found

Curve = tuple[float, ...]
ACCEPTED, TAKEN = 0.3, 0.8
"""A content is the annotated one, or is it as it stands, if it shares more than this of both their characters."""


@dataclass(frozen=True)
class Seen:
    """A text with all that the tagger saw in it, doubtful or not."""

    reading: Text
    events: tuple[Event, ...]
    found: list[Found]


def calibrated(tagger: Tagger, checked: Sequence[Annotated], settings: Settings) -> Settings:
    """The settings with the logistic curves of both confidences that fit `checked` best."""
    seen = [look(tagger, each) for each in first_annotators(checked)]
    kept = [(text, each) for text in seen for each in tagger.keep(text.reading, text.found)]
    contents = [((f.accepted, f.content_likely), bool(matches(tagger, text, f, TAKEN))) for text, f in kept]
    sources = [((f.accepted, f.source_likely), has_its_source(tagger, text, f)) for text, f in kept]
    return replace(settings, confidence=curve(contents), source_confidence=curve(sources))


def first_annotators(checked: Sequence[Annotated]) -> list[Annotated]:
    return list({each.name: each for each in reversed(checked)}.values())


def look(tagger: Tagger, example: Annotated) -> Seen:
    reading = read_text(example.text, tagger.vocabulary)
    return Seen(reading, example.events, [each for each in tagger.look(reading) if each.content])


def matches(tagger: Tagger, text: Seen, found: Found, share: float) -> list[Event]:
    content = tagger.attribution(text.reading, found).content
    return [event for event in text.events if alike(text.reading.text, content, event.content, share)]


def has_its_source(tagger: Tagger, text: Seen, found: Found) -> bool:
    source = tagger.attribution(text.reading, found).source
    wanted = [event.source for event in matches(tagger, text, found, ACCEPTED)]
    return any(source == each or alike(text.reading.text, source, each, TAKEN) for each in wanted)


def alike(text: str, found: tuple[Range, ...], annotated: tuple[Range, ...], share: float) -> bool:
    found, annotated = normalised(text, found), normalised(text, annotated)
    sizes = [sum(end - start for start, end in ranges) for ranges in (found, annotated)]
    return bool(found) and all(common(found, annotated) > share * size for size in sizes)


def common(one: tuple[Range, ...], other: tuple[Range, ...]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def curve(judged: Iterable[tuple[tuple[float, ...], bool]]) -> Curve:
    rows = [(1.0, *map(log_odds, signs), right) for signs, right in judged]
    if not rows:
        return 0.0, 1.0, 1.0
    table = np.array(rows, dtype=float)
    return tuple(round(float(weight), 4) for weight in logistic(table[:, :-1], table[:, -1]))


def logistic(given: np.ndarray, right: np.ndarray, rounds: int = 30) -> np.ndarray:
    """Weights that make right answers likeliest (Newton's method, held near 0 by a weak prior)."""
    weights = np.zeros(given.shape[1])
    for _ in range(rounds):
        expected = 1 / (1 + np.exp(-np.clip(given @ weights, -30, 30)))
        slope = given.T @ (right - expected) - 0.1 * weights
        bend = (given * (expected * (1 - expected))[:, None]).T @ given + 0.1 * np.eye(len(weights))
        weights = weights + np.linalg.solve(bend, slope)
    return weights
