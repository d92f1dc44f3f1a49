"""What is seen from the possible cues of a window: which words around each, and how far, how near, how quoted."""

from dataclasses import dataclass

import numpy as np

NOT_QUOTED, ONLY_CUE_QUOTED, SAME_RUN, OTHER_RUN = range(4)
SENTENCES_APART, PARAGRAPHS_APART = 3, 2


@dataclass(frozen=True)
class Views:
    """One row an anchor, one column a slot; slots are words in order, from the left, as many as `lengths` says."""

    slots: np.ndarray
    distance: np.ndarray
    sentence: np.ndarray
    paragraph: np.ndarray
    quoted: np.ndarray
    mask: np.ndarray
    lengths: np.ndarray


def views(anchors: np.ndarray, place: np.ndarray, reach: int, distances: int) -> Views:
    """The words at most `reach` away from each of `anchors`.

    `place` has a row for each word of the window: its sentence, its paragraph, its quoted run (0 for none).
    """
    words = len(place)
    first = np.maximum(anchors - reach, 0)
    lengths = np.minimum(anchors + reach + 1, words) - first
    columns = np.arange(int(lengths.max()) if len(anchors) else 0)
    mask = columns[None] < lengths[:, None]
    slots = np.where(mask, first[:, None] + columns[None], 0)
    apart = place[slots] - place[anchors][:, None]
    distance = np.clip(slots - anchors[:, None], -distances, distances) + distances
    return Views(
        slots=slots,
        distance=np.where(mask, distance, 0),
        sentence=np.clip(apart[..., 0], -SENTENCES_APART, SENTENCES_APART) + SENTENCES_APART,
        paragraph=np.clip(apart[..., 1], -PARAGRAPHS_APART, PARAGRAPHS_APART) + PARAGRAPHS_APART,
        quoted=_quoted(place[slots][..., 2], place[anchors][:, None, 2]),
        mask=mask,
        lengths=lengths,
    )


def _quoted(slot: np.ndarray, anchor: np.ndarray) -> np.ndarray:
    outside = np.where(anchor > 0, ONLY_CUE_QUOTED, NOT_QUOTED)
    return np.where(slot == 0, outside, np.where(slot == anchor, SAME_RUN, OTHER_RUN))
