"""From annotated texts to tensors: windows of about the same length together."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from quotes.extraction.attributions import ROLES, Range
from quotes.extraction.brat import Annotated, Event, normalised
from quotes.extraction.labels import CUE_TAGS, TAGS, span_tags
from quotes.extraction.pairing import Views, views
from quotes.extraction.pieces import Text, read_text
from quotes.extraction.training.net import Pieces, View
from quotes.extraction.windows import Window, cut
from quotes.extraction.wordpiece import WordPiece

Spans = dict[str, list[tuple[int, int]]]
"""The words of each role of one event, counted in its window."""


@dataclass(frozen=True)
class Example:
    """A window with what was annotated in it. `pieces` has its words' pieces and the encoder's two end pieces."""

    pieces: np.ndarray
    features: np.ndarray
    first: np.ndarray
    last: np.ndarray
    place: np.ndarray
    events: tuple[Spans, ...]
    weight: float


@dataclass(frozen=True)
class Batch:
    """Examples side by side, padded."""

    pieces: Pieces
    first: Tensor
    last: Tensor
    lengths: Tensor
    cue_tags: Tensor
    weights: Tensor
    examples: tuple[Example, ...]


def examples(annotated: Annotated, vocabulary: WordPiece, longest: int, chance: random.Random) -> Iterator[Example]:
    """The windows of one text, cut at places that differ from time to time."""
    reading = read_text(annotated.text, vocabulary)
    events = [event_words(reading, event) for event in annotated.events]
    room = longest - 2
    start = 0
    for window in cut(reading.sizes, reading.sentences, chance.randint(room // 3, room))[:1]:
        yield example(reading, window, events, annotated.weight, vocabulary)
        start = window.end
    for window in cut(reading.sizes[start:], reading.sentences[start:], room):
        moved = Window(window.start + start, window.end + start, window.core_start + start, window.core_end + start)
        yield example(reading, moved, events, annotated.weight, vocabulary)


def event_words(reading: Text, event: Event) -> Spans:
    """The words that an event's ranges touch, in the whole text."""
    starts = np.array([word.start for word in reading.words])
    ends = np.array([word.end for word in reading.words])

    def touched(span: Range) -> tuple[int, int]:
        return int(np.searchsorted(ends, span[0], "right")), int(np.searchsorted(starts, span[1], "left"))

    return {
        role: [w for w in map(touched, normalised(reading.text, getattr(event, role))) if w[0] < w[1]] for role in ROLES
    }


def example(reading: Text, window: Window, events: list[Spans], weight: float, vocabulary: WordPiece) -> Example:
    words = slice(window.start, window.end)
    begin, end = reading.first[window.start], reading.last[window.end - 1] + 1
    pieces = np.concatenate([[vocabulary.begin], reading.pieces[begin:end], [vocabulary.end]])
    sizes = (reading.last - reading.first + 1)[words]
    features = np.stack([reading.features.shape, reading.features.quote, reading.features.place])[:, words]
    padded = np.pad(np.repeat(features, sizes, axis=1), ((0, 0), (1, 1)))
    place = np.array([(word.sentence, word.paragraph) for word in reading.words[words]])
    inside = [clipped(event, window) for event in events]
    return Example(
        pieces,
        padded,
        reading.first[words] - begin + 1,
        reading.last[words] - begin + 1,
        np.concatenate([place, reading.features.run[words, None]], axis=1),
        tuple(event for event in inside if event["cue"]),
        weight,
    )


def clipped(event: Spans, window: Window) -> Spans:
    """The event in the window's own count; what lies outside is cut off, a cut cue is none."""
    if not all(window.start <= start and end <= window.end for start, end in event["cue"]):
        return {role: [] for role in ROLES}
    return {
        role: [
            (max(start, window.start) - window.start, min(end, window.end) - window.start)
            for start, end in spans
            if start < window.end and window.start < end
        ]
        for role, spans in event.items()
    }


def batches(found: Iterable[Example], pieces: int, chance: random.Random) -> list[list[Example]]:
    """Examples of like length together, at most `pieces` pieces with padding; the batches in random order."""
    ordered = sorted(found, key=lambda example: (len(example.pieces) // 8, chance.random()))
    grouped: list[list[Example]] = [[]]
    for each in ordered:
        if grouped[-1] and (len(grouped[-1]) + 1) * len(each.pieces) > pieces:
            grouped.append([])
        grouped[-1].append(each)
    chance.shuffle(grouped)
    return grouped


def collate(found: list[Example], chance: random.Random, vocabulary: WordPiece, masked: float = 0.0) -> Batch:
    """Examples as tensors; positions begin at random, and a share of `masked` pieces is hidden."""
    longest, words = max(len(e.pieces) for e in found), max(len(e.first) for e in found)

    def padded(rows: list[np.ndarray], width: int) -> Tensor:
        return torch.from_numpy(np.stack([np.pad(row, (0, width - len(row))) for row in rows]))

    pieces = padded([e.pieces for e in found], longest)
    mask = padded([np.ones(len(e.pieces), bool) for e in found], longest)
    if masked:
        hidden = (torch.rand(pieces.shape) < masked) & (pieces != vocabulary.begin)
        pieces = pieces.masked_fill(hidden, vocabulary.mask)
    begin = torch.tensor([chance.randint(0, 512 - longest) if chance.random() < 0.5 else 0 for _ in found])
    described = [padded([e.features[kind] for e in found], longest) for kind in range(len(found[0].features))]
    return Batch(
        Pieces(
            pieces,
            torch.arange(longest)[None] + begin[:, None],
            described[0],
            described[1],
            described[2],
            mask,
        ),
        padded([e.first for e in found], words),
        padded([e.last for e in found], words),
        torch.tensor([len(e.first) for e in found]),
        padded([cue_tags(e) for e in found], words),
        torch.tensor([e.weight for e in found]),
        tuple(found),
    )


def cue_tags(example: Example) -> np.ndarray:
    tags = np.zeros(len(example.first), np.int64)
    for event in example.events:
        for start, end in event["cue"]:
            if not tags[start:end].any():
                for place, tag in span_tags("cue", start, end).items():
                    tags[place] = CUE_TAGS.index(tag)
    return tags


def pair_tags(event: Spans, slots: np.ndarray, length: int) -> np.ndarray:
    """What each slot is to this event's cue; sources and contents reaching beyond the slots are cut."""
    tags = np.zeros(len(slots), np.int64)
    begin = int(slots[0])
    for role in ("cue", "source", "content"):
        for start, end in event[role]:
            low, high = max(start - begin, 0), min(end - begin, length)
            if low < high and not tags[low:high].any():
                for place, tag in span_tags(role, low, high).items():
                    tags[place] = TAGS.index(tag)
    return tags


@dataclass(frozen=True)
class Looks:
    """All views of a batch: which window and word each is from, what is seen, and what is to be said of it."""

    window: Tensor
    anchor: Tensor
    view: View
    lengths: Tensor
    tags: Tensor
    real: Tensor
    weights: Tensor


def looks(batch: Batch, cue_likelihood: np.ndarray, chance: random.Random, reach: int, distances: int) -> Looks:
    """From one word of every annotated cue, mostly the likeliest, and from the words wrongly taken for one."""
    parts: list[tuple[int, np.ndarray, Views, np.ndarray, np.ndarray]] = []
    for number, each in enumerate(batch.examples):
        likely = cue_likelihood[number, : len(each.first)].copy()
        right = [anchor_of(event["cue"][0], likely, chance) for event in each.events]
        for event in each.events:
            for start, end in event["cue"]:
                likely[start:end] = 0
        wrong = [place for place in np.argsort(-likely)[:4] if likely[place] > 0.12]
        anchors = np.array(right + wrong, np.int64)
        if not len(anchors):
            continue
        seen = views(anchors, each.place, reach, distances)
        tags = np.zeros_like(seen.slots)
        for row, event in enumerate(each.events):
            tags[row] = pair_tags(event, seen.slots[row], int(seen.lengths[row]))
        parts.append((number, anchors, seen, tags, np.arange(len(anchors)) < len(right)))
    return gathered(parts, batch)


def anchor_of(cue: tuple[int, int], likely: np.ndarray, chance: random.Random) -> int:
    if chance.random() < 0.2:
        return chance.randrange(*cue)
    return cue[0] + int(np.argmax(likely[cue[0] : cue[1]]))


def gathered(parts: list[tuple[int, np.ndarray, Views, np.ndarray, np.ndarray]], batch: Batch) -> Looks:
    width = max((seen.slots.shape[1] for _, _, seen, _, _ in parts), default=1)

    def stacked(arrays: list[np.ndarray]) -> Tensor:
        rows = [np.pad(a, ((0, 0), (0, width - a.shape[1]))) for a in arrays]
        return torch.from_numpy(np.concatenate(rows or [np.zeros((0, width), np.int64)]))

    def row(arrays: list[np.ndarray]) -> Tensor:
        return torch.from_numpy(np.concatenate(arrays or [np.zeros(0, np.int64)]))

    names = View._fields
    window = row([np.full(len(anchors), number) for number, anchors, *_ in parts])
    return Looks(
        window,
        row([anchors for _, anchors, *_ in parts]),
        View(*(stacked([getattr(seen, name) for _, _, seen, *_ in parts]) for name in names)),
        row([seen.lengths for _, _, seen, *_ in parts]),
        stacked([tags for *_, tags, _ in parts]),
        row([real for *_, real in parts]),
        batch.weights[window],
    )
