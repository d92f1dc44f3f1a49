"""The best and the likeliest tags of a chain, for several sequences of one length or less at once."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from quotes.extraction.labels import constraints


@dataclass(frozen=True)
class Chain:
    """Scores of one tag after another (from, to), and of each as first and as last, limits included."""

    tags: tuple[str, ...]
    follow: np.ndarray
    first: np.ndarray
    last: np.ndarray

    @classmethod
    def learned(cls, tags: tuple[str, ...], follow: np.ndarray, first: np.ndarray, last: np.ndarray) -> "Chain":
        limits = constraints(tags)
        return cls(tags, follow + limits[0], first + limits[1], last + limits[2])

    def best(self, emissions: np.ndarray, lengths: np.ndarray) -> list[list[str]]:
        """The best tags of each row of `emissions` (rows, words, tags), as many as its length (Viterbi)."""
        rows, words, _ = emissions.shape
        score = self.first + emissions[:, 0]
        back = np.zeros(emissions.shape, np.int8)
        scores = [score]
        for place in range(1, words):
            moves = score[:, :, None] + self.follow
            back[:, place] = moves.argmax(1)
            score = moves.max(1) + emissions[:, place]
            scores.append(score)
        return [self._trace(scores, back, row, int(lengths[row])) for row in range(rows)]

    def _trace(self, scores: list[np.ndarray], back: np.ndarray, row: int, length: int) -> list[str]:
        tag = int((scores[length - 1][row] + self.last).argmax())
        found = [tag]
        for place in range(length - 1, 0, -1):
            tag = int(back[row, place, tag])
            found.append(tag)
        return [self.tags[tag] for tag in reversed(found)]

    def weigh(self, emissions: np.ndarray, lengths: np.ndarray) -> "Weighed":
        """Forward and backward sums of each row."""
        rows, words, tags = emissions.shape
        moves = np.exp(self.follow)
        ahead = np.empty((rows, words, tags))
        ahead[:, 0] = self.first + emissions[:, 0]
        for place in range(1, words):
            ahead[:, place] = _step(ahead[:, place - 1], moves) + emissions[:, place]
        behind = np.empty((rows, words, tags))
        end = np.broadcast_to(self.last, (rows, tags))
        behind[:, words - 1] = end
        for place in range(words - 2, -1, -1):
            stepped = _step(behind[:, place + 1] + emissions[:, place + 1], moves.T)
            behind[:, place] = np.where((place >= lengths - 1)[:, None], end, stepped)
        total = _log_sum(ahead[np.arange(rows), lengths - 1] + self.last)
        return Weighed(self, emissions, ahead, behind, total)


def _step(scores: np.ndarray, moves: np.ndarray) -> np.ndarray:
    top = scores.max(1, keepdims=True)
    stepped: np.ndarray = np.log(np.maximum(np.exp(scores - top) @ moves, 1e-30)) + top
    return stepped


def _log_sum(scores: np.ndarray) -> np.ndarray:
    top = scores.max(-1, keepdims=True)
    total: np.ndarray = (np.log(np.exp(scores - top).sum(-1, keepdims=True)) + top)[..., 0]
    return total


@dataclass(frozen=True)
class Weighed:
    """How likely tags and spans are, given all else."""

    chain: Chain
    emissions: np.ndarray
    ahead: np.ndarray
    behind: np.ndarray
    total: np.ndarray

    def tags(self) -> np.ndarray:
        """The likelihood of each tag of each word: (rows, words, tags)."""
        likely: np.ndarray = np.exp(np.minimum(self.ahead + self.behind - self.total[:, None, None], 0))
        return likely

    def span(self, row: int, role: str, start: int, end: int) -> float:
        """The likelihood that exactly the words `start` to `end` make a span of `role`."""
        at = self.chain.tags.index
        path = (
            [at(f"{role}-S")]
            if end - start == 1
            else [
                at(f"{role}-B"),
                *[at(f"{role}-I")] * (end - start - 2),
                at(f"{role}-E"),
            ]
        )
        score = self.ahead[row, start, path[0]] + self.behind[row, end - 1, path[-1]] - self.total[row]
        for place, (tag, following) in enumerate(pairwise(path), start + 1):
            score += self.chain.follow[tag, following] + self.emissions[row, place, following]
        return float(np.exp(min(score, 0.0)))
