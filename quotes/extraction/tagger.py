"""The tagger: a text in, its attributions out."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime

from quotes.extraction.attributions import Attribution, Range
from quotes.extraction.calibrating import likelihood
from quotes.extraction.decoding import Weighed
from quotes.extraction.labels import TAGS, spans
from quotes.extraction.model_folder import ENCODER, PAIRS, VOCABULARY, open_model
from quotes.extraction.pairing import Views, views
from quotes.extraction.pieces import Text, read_text
from quotes.extraction.snapping import snapped
from quotes.extraction.tagging import Found, WordSpan, strongest
from quotes.extraction.unclaimed import claimed
from quotes.extraction.windows import Window, cut
from quotes.extraction.wordpiece import WordPiece

RELAYING = frozenset({"reported", "carried", "quoted", "cited", "published", "relayed", "broadcast", "distributed"})
URGE = 3.0
"""How much likelier (as a logarithm) a source begins in a second reading, if the first has found none."""
QUOTED_WORDS = 3
"""So many words between quotation marks speak for a quotation."""
_SOURCE = [TAGS.index("source-B"), TAGS.index("source-S")]
_CUE = [TAGS.index(tag) for tag in TAGS if tag.startswith("cue")]


class Tagger:
    """Finds attributions with the model of a folder, loaded once. Calls may not overlap in threads of their own."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        """Raises ModelUnusable if the folder holds no model, or another one than it describes."""
        self.model = open_model(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = True
        providers = ["CPUExecutionProvider"]
        self.encoder = onnxruntime.InferenceSession(folder / ENCODER, options, providers=providers)
        self.pairs = onnxruntime.InferenceSession(folder / PAIRS, options, providers=providers)
        self.vocabulary = WordPiece.read(folder / VOCABULARY)

    def tag(self, text: str) -> list[Attribution]:
        """Every attribution found, in the order of their first word."""
        reading = read_text(text, self.vocabulary)
        seen = [each for each in self.look(reading) if each.content]
        kept = self.keep(reading, seen)
        found = (self.attribution(reading, each) for each in claimed(reading, kept, seen))
        return sorted(found, key=lambda each: min(each.source + each.cue + each.content))

    def keep(self, reading: Text, seen: list[Found]) -> list[Found]:
        """Of what was seen, what is likely enough, and of several readings of one passage the likeliest."""
        seen = [replace(each, relays=self.relays(reading, each)) for each in seen]
        return strongest([each for each in seen if each.accepted >= self.least(reading, each)])

    def least(self, reading: Text, found: Found) -> float:
        """How likely it must be. Marks round a word or two may be there for doubt (“tough” sanctions)."""
        quoted = sum(int((reading.features.run[start:end] > 0).sum()) for start, end in found.content) >= QUOTED_WORDS
        return self.model.settings.accepting_quoted if quoted else self.model.settings.accepting

    def look(self, reading: Text) -> list[Found]:
        """Everything seen from every possible cue, doubtful as it may be."""
        settings = self.model.settings
        if not reading.words:
            return []
        windows = cut(reading.sizes, reading.sentences, settings.longest - 2, settings.context)
        return [found for window in windows for found in self.look_at(reading, window)]

    def look_at(self, reading: Text, window: Window) -> Iterator[Found]:
        seen, cues = self.encode(reading, window)
        anchors, likely = self.anchors(cues, window)
        if not len(anchors):
            return
        words = slice(window.start, window.end)
        place = np.array([(word.sentence, word.paragraph) for word in reading.words[words]])
        place = np.concatenate([place, reading.features.run[words, None]], axis=1)
        around = views(anchors, place, self.model.settings.reach, self.model.distances)
        emissions, accept = self.pairs.run(None, {"seen": seen, "cues": cues, "anchor": anchors, **_inputs(around)})
        here = np.arange(len(anchors)), anchors - around.slots[:, 0]
        only_cue = np.full(len(TAGS), -1e4, np.float32)
        only_cue[_CUE] = 0
        emissions[here] += only_cue
        best = self.best(emissions, around.lengths)
        weighed = self.model.pair_chain.weigh(emissions, around.lengths)
        for row, tags in enumerate(best):
            begin = window.start + int(around.slots[row, 0])
            signs = _sigmoid(float(accept[row])), float(likely[row])
            yield self.found(weighed, row, tags, int(here[1][row]), begin, signs)

    def best(self, emissions: np.ndarray, lengths: np.ndarray) -> list[list[str]]:
        """The best tags of each row; where no source is among them, those that are best if one is likelier."""
        best = self.model.pair_chain.best(emissions, lengths)
        urged = emissions.copy()
        urged[..., _SOURCE] += URGE
        again = self.model.pair_chain.best(urged, lengths)
        return [
            tags if spans(tags, "source") else _with_sources(tags, other)
            for tags, other in zip(best, again, strict=True)
        ]

    def encode(self, reading: Text, window: Window) -> tuple[np.ndarray, np.ndarray]:
        words = slice(window.start, window.end)
        begin, end = reading.first[window.start], reading.last[window.end - 1] + 1
        pieces = np.concatenate([[self.vocabulary.begin], reading.pieces[begin:end], [self.vocabulary.end]])[None]
        sizes = (reading.last - reading.first + 1)[words]
        features = reading.features
        described = {
            name: np.pad(np.repeat(kind[words], sizes), 1)[None]
            for name, kind in (("shapes", features.shape), ("quotes", features.quote), ("places", features.place))
        }
        first, last = reading.first[words] - begin + 1, reading.last[words] - begin + 1
        seen, cues = self.encoder.run(None, {"pieces": pieces, **described, "first": first, "last": last})
        return seen, cues

    def anchors(self, cues: np.ndarray, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """The words to look from, and how likely each is part of a cue.

        That is the likeliest word of each stretch that may be a cue, if it stands in the window's core.
        """
        lengths = np.array([len(cues)])
        chain = self.model.cue_chain
        tags = chain.best(cues[None], lengths)[0]
        likely = 1 - chain.weigh(cues[None], lengths).tags()[0, :, 0]
        seeming = 1 - _softmax(cues)[:, 0]
        taken = np.array([tag != "O" for tag in tags])
        doubtful = (likely > self.model.settings.anchors) & ~taken
        stretches = spans(tags, "cue") + _stretches(doubtful)
        chosen = [start + int(np.argmax(seeming[start:end])) for start, end in stretches]
        low, high = window.core_start - window.start, window.core_end - window.start
        places = np.array(sorted(place for place in chosen if low <= place < high), np.int64)
        return places, likely[places]

    def found(
        self, weighed: Weighed, row: int, tags: list[str], anchor: int, begin: int, cue_signs: tuple[float, float]
    ) -> Found:
        """What was seen in one row of slots, which begin with the text's word `begin`; it has the likeliest source."""
        cue = next(span for span in spans(tags, "cue") if span[0] <= anchor < span[1])
        contents = spans(tags, "content")
        sources = sorted(spans(tags, "source"), key=lambda span: -weighed.span(row, "source", *span))[:1]
        content_likely = min((weighed.span(row, "content", *span) for span in contents), default=0.0)
        signs = *cue_signs, content_likely
        return Found(
            source=_moved(sources, begin),
            cue=_moved([cue], begin)[0],
            content=_moved(contents, begin),
            accepted=likelihood(self.model.settings.acceptance, *signs),
            source_likely=min((weighed.span(row, "source", *span) for span in sources), default=0.0),
            content_likely=content_likely,
            signs=signs,
        )

    def relays(self, reading: Text, found: Found) -> bool:
        """Whether the cue is that of an agency: `which were also reported by`."""
        start, end = found.cue or (0, 0)
        words = [word.text.lower() for word in reading.words[start : end + 1]]
        return "by" in words and not RELAYING.isdisjoint(words)

    def attribution(self, reading: Text, found: Found) -> Attribution:
        settings = self.model.settings
        return Attribution(
            source=tuple(_range(reading, words) for words in found.source),
            cue=(_range(reading, found.cue),) if found.cue else (),
            content=snapped(reading, found.content),
            confidence=likelihood(settings.confidence, found.accepted, found.content_likely),
            source_confidence=likelihood(settings.source_confidence, found.accepted, found.source_likely),
        )


def _inputs(around: Views) -> dict[str, np.ndarray]:
    names = ("slots", "distance", "sentence", "paragraph", "quoted", "mask")
    return {name: getattr(around, name) for name in names}


def _with_sources(tags: list[str], other: list[str]) -> list[str]:
    """`tags` with the sources of `other`, where those are on words without any."""
    sources = [span for span in spans(other, "source") if all(tag == "O" for tag in tags[slice(*span)])]
    found = list(tags)
    for start, end in sources:
        found[start:end] = other[start:end]
    return found


def _moved(chosen: list[WordSpan], begin: int) -> tuple[WordSpan, ...]:
    return tuple((start + begin, end + begin) for start, end in chosen)


def _range(reading: Text, words: WordSpan) -> Range:
    return reading.words[words[0]].start, reading.words[words[1] - 1].end


def _stretches(chosen: np.ndarray) -> list[WordSpan]:
    """The runs of True."""
    edges = np.flatnonzero(np.diff(np.pad(chosen.astype(np.int8), 1)))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    shares: np.ndarray = powers / powers.sum(-1, keepdims=True)
    return shares


def _sigmoid(score: float) -> float:
    return float(1 / (1 + np.exp(-score)))
