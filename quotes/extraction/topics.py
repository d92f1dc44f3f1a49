"""Topics a candidate seems to address: those whose label or whose filed statements share its words.

Words are compared by their beginnings, which serves inflected languages alike: negotiating, negotiations.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quotes.extraction.known import Id, KnownTopic
from quotes.extraction.proposals import ProposedTopic
from quotes.text import fold

STEM = 6
LEAST, MOST = 0.4, 4
SHARED, PASSED_ON = 0.6, 0.6
_SHORTEST = 3
_SURE = 0.95
_COMMON = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "that",
        "this",
        "which",
        "what",
        "who",
        "whom",
        "whose",
        "where",
        "when",
        "how",
        "why",
        "are",
        "was",
        "were",
        "been",
        "being",
        "have",
        "has",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "not",
        "but",
        "its",
        "his",
        "her",
        "their",
        "our",
        "your",
        "they",
        "them",
        "she",
        "him",
        "you",
        "about",
        "into",
        "over",
        "under",
        "after",
        "before",
        "between",
        "against",
        "during",
        "any",
        "all",
        "some",
        "such",
        "more",
        "most",
        "other",
        "than",
        "then",
        "there",
        "here",
        "also",
        "just",
        "said",
        "says",
        "say",
        "des",
        "les",
        "une",
        "der",
        "die",
        "das",
        "und",
    ]
)


def stems(text: str) -> list[str]:
    """The beginnings of a text's words, without those that any text has."""
    words = re.findall(r"[^\W\d_]+", fold(text))
    return [_stem(word) for word in words if len(word) >= _SHORTEST and word not in _COMMON]


def _stem(word: str) -> str:
    return (word[:-1] if word.endswith("s") and len(word) > _SHORTEST + 1 else word)[:STEM]


@dataclass
class Topics:
    """The record's topics, weighed once for a document: a stem that many of them share tells little."""

    known: tuple[KnownTopic, ...]
    labels: dict[Id, list[str]] = field(init=False)
    filed: dict[Id, Counter[str]] = field(init=False)
    above: dict[Id, tuple[Id, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.labels = {topic.id: list(dict.fromkeys(stems(topic.label))) for topic in self.known}
        self.filed = {topic.id: _stemmed(topic.words) for topic in self.known}
        self.above = {topic.id: topic.parents for topic in self.known}
        self._in_labels = Counter(stem for label in self.labels.values() for stem in label)
        self._in_filed = Counter(stem for words in self.filed.values() for stem in words)

    def of(self, text: str) -> dict[Id, float]:
        """How sure each topic is that the text seems to address; those below LEAST are left out."""
        words = Counter(stems(text))
        sure = {topic.id: self._sure(topic.id, words) for topic in self.known}
        return {topic: value for topic, value in sure.items() if value >= LEAST}

    def narrowed(self, sure: Mapping[Id, float], text: str) -> dict[Id, float]:
        """A candidate's topics without those above others of them that tell no more of the text than these do."""
        words = Counter(stems(text))
        kept = {}
        for topic, value in sure.items():
            below = [one for one in sure if topic in self.above[one]]
            told = {stem for one in below for stem in self._in_label(one, words)}
            if not below or self._by_filed(topic, words) >= LEAST or not self._in_label(topic, words) <= told:
                kept[topic] = value
        return kept

    def _in_label(self, topic: Id, words: Mapping[str, int]) -> set[str]:
        """What a topic's label shares with a text."""
        return {stem for stem in self.labels[topic] if stem in words}

    def _sure(self, topic: Id, words: Counter[str]) -> float:
        return min(_SURE, 1 - (1 - self._by_label(topic, words)) * (1 - self._by_filed(topic, words)))

    def _by_label(self, topic: Id, words: Counter[str]) -> float:
        """The share of the label that the text has; none of it where it only has what other labels have too.

        Ukraine alone is not yet “War in Ukraine” where there is “Neutrality of Ukraine”.
        """
        weights = {stem: math.log(1 + len(self.known) / self._in_labels[stem]) for stem in self.labels[topic]}
        whole = sum(weights.values())
        own = {stem for stem in weights if self._in_labels[stem] == 1}
        if not whole or (own and not own & words.keys()):
            return 0.0
        return sum(weight for stem, weight in weights.items() if stem in words) / whole

    def _by_filed(self, topic: Id, words: Counter[str]) -> float:
        """The cosine between the text and what is filed under the topic, each stem weighed by how rare it is."""
        filed = self.filed[topic]
        shared = sum(math.log1p(words[stem]) * math.log1p(filed[stem]) * self._rarity(stem) ** 2 for stem in words)
        length = self._length(words) * self._length(filed)
        return shared / length if length else 0.0

    def _length(self, words: Mapping[str, int]) -> float:
        return math.sqrt(sum((math.log1p(count) * self._rarity(stem)) ** 2 for stem, count in words.items()))

    def _rarity(self, stem: str) -> float:
        return math.log(1 + (len(self.known) + 1) / (1 + self._in_filed[stem]))


def _stemmed(words: Mapping[str, int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for word, count in words.items():
        for stem in stems(word):
            found[stem] += max(0, count)
    return found


def proposed(sure: Mapping[Id, float]) -> tuple[ProposedTopic, ...]:
    """The surest topics first, MOST of them at most."""
    ranked = sorted(sure.items(), key=lambda item: -item[1])
    return tuple(ProposedTopic(topic, round(value, 3)) for topic, value in ranked[:MOST])


def shared(groups: Iterable[dict[Id, float]], factor: float = SHARED) -> dict[Id, float]:
    """The topics of several candidates as each of them passes them on, less sure than by its own words."""
    passed: dict[Id, float] = {}
    for group in groups:
        for topic, value in group.items():
            passed[topic] = max(passed.get(topic, 0.0), value * factor)
    return passed


def with_passed_on(own: dict[Id, float], passed: Mapping[Id, float]) -> dict[Id, float]:
    """A candidate's own topics, and those passed on to it."""
    return {topic: max(own.get(topic, 0.0), passed.get(topic, 0.0)) for topic in [*own, *passed]}
