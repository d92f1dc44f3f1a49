"""A model as it lies on disk: two graphs, a vocabulary, and a description of what they are."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from quotes.extraction.decoding import Chain
from quotes.extraction.labels import CUE_TAGS, TAGS

ENCODER, PAIRS, VOCABULARY, CARD = "encoder.onnx", "pairs.onnx", "vocab.txt", "model.json"
FORMAT = 1


class ModelUnusable(Exception):
    """The folder holds no model that this version of the tagger can run."""


@dataclass(frozen=True)
class Settings:
    """What is chosen beside the weights. Windows count pieces, `reach` counts words.

    `anchors` is the least likelihood for a word to be looked from as a possible cue, `accepting` the least for what
    was seen to be offered, or `accepting_quoted` if some of its content is quoted. The others are the weights of
    logistic curves (see `calibrating`): `acceptance` of how likely the second net and the first chain hold a cue for
    one and of the content's likelihood, `confidence` of that and of the content's likelihood, `source_confidence` of
    that and of the source's.
    """

    format: int = FORMAT
    longest: int = 382
    context: int = 64
    reach: int = 60
    anchors: float = 0.05
    accepting: float = 0.6
    accepting_quoted: float = 0.45
    acceptance: tuple[float, ...] = (0.0, 0.0, 1.0, 0.3)
    confidence: tuple[float, ...] = (0.0, 1.0, 1.0)
    source_confidence: tuple[float, ...] = (0.0, 1.0, 1.0)
    trained_on: str = ""


@dataclass(frozen=True)
class Model:
    """Everything of a model folder but the graphs' contents."""

    folder: Path
    settings: Settings
    distances: int
    cue_chain: Chain
    pair_chain: Chain


def open_model(folder: Path) -> Model:
    """Read and check a model folder. Raises ModelUnusable with what is wrong and where."""
    try:
        card = json.loads((folder / CARD).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelUnusable(f"{folder} holds no readable {CARD}: {error}") from error
    if card.get("format") != FORMAT:
        raise ModelUnusable(f"{folder / CARD} is of format {card.get('format')}, this version reads {FORMAT}")
    for name, expected in card["sha256"].items():
        if digest(folder / name) != expected:
            raise ModelUnusable(f"{folder / name} is not the file that {CARD} describes (sha256 differs)")
    chosen: dict[str, Any] = {field.name: card[field.name] for field in fields(Settings) if field.name in card}
    curves = {name: tuple(chosen[name]) for name in ("acceptance", "confidence", "source_confidence")}
    settings = Settings(**chosen | curves)
    cues, pairs = (_chain(card["chains"][name], tags) for name, tags in (("cues", CUE_TAGS), ("pairs", TAGS)))
    return Model(folder, settings, card["sizes"]["distances"], cues, pairs)


def _chain(scores: Mapping[str, Any], tags: tuple[str, ...]) -> Chain:
    return Chain.learned(tags, *(np.array(scores[name], np.float32) for name in ("follow", "first", "last")))


def digests(folder: Path) -> dict[str, str]:
    return {name: digest(folder / name) for name in (ENCODER, PAIRS, VOCABULARY)}


def digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelUnusable(f"{path} cannot be read: {error}") from error
