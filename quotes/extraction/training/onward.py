"""Going on from a model folder: its weights, read back from the graphs that use runs, as the start of more training.

A desk has some hundred decisions of its own, far too few to learn from alone; a model that has learned already needs
no more than that to be shown how this desk decides.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import ModelProto, numpy_helper
from torch import Tensor

from quotes.extraction.model_folder import CARD, ENCODER, PAIRS, open_model
from quotes.extraction.training.net import Net, WrongEncoder

MULTIPLIED = {"MatMul", "MatMulInteger", "Gemm"}


def take_over(net: Net, folder: Path) -> None:
    """Give `net` the weights of a model folder; those that never learn keep the full precision they have.

    Raises ModelUnusable if there is no model in the folder, WrongEncoder if it holds a net of another shape.
    """
    open_model(folder)
    found = dict(chain_scores(folder))
    for name in (ENCODER, PAIRS):
        found |= dict(weights(onnx.load(folder / name)))
    learning = {name for name, _ in net.named_parameters() if not stays(name, net.sizes.frozen)}
    if missing := learning - set(found):
        raise WrongEncoder(f"{folder} lacks {', '.join(sorted(missing))}")
    try:
        net.load_state_dict({name: found[name] for name in learning}, strict=False)
    except RuntimeError as error:
        raise WrongEncoder(f"{folder} holds a net of another shape: {error}") from error


def stays(name: str, frozen: int) -> bool:
    """Whether training leaves a weight as the encoder that all began with has it."""
    kept = ("pieces.", "positions.", "norm.", *(f"layers.{number}." for number in range(frozen)))
    return name.startswith(tuple(f"encoder.{each}" for each in kept))


def weights(graph: ModelProto) -> Iterator[tuple[str, Tensor]]:
    """The weights of one graph by their name in the net. A matrix lost its name, but not the node that multiplies."""
    stored = {each.name: numpy_helper.to_array(each) for each in graph.graph.initializer}
    for name in stored:
        whole = name.removesuffix("_quantized")
        if whole.endswith((".weight", ".bias")):
            yield whole, torch.from_numpy(plain(stored, whole))
    for node in graph.graph.node:
        whole = node.input[1].removesuffix("_quantized") if node.op_type in MULTIPLIED else ""
        if {whole, f"{whole}_quantized"} & set(stored):
            yield f"{module(node.name)}.weight", torch.from_numpy(np.ascontiguousarray(plain(stored, whole).T))


def module(node: str) -> str:
    """`pairs.accept.0` of the node `/pairs/accept/accept.0/MatMul_quant`: a sequence's parts repeat its name."""
    parts = node.strip("/").split("/")[:-1]
    names = [part.removeprefix(f"{before}.") for before, part in zip(["", *parts], parts, strict=False)]
    return ".".join(names)


def plain(stored: dict[str, np.ndarray], name: str) -> np.ndarray:
    """A stored array in floating point: 8-bit integers by their scale and zero point, others as they are."""
    if name in stored:
        return stored[name].copy()
    quantized, scale, zero = (
        stored[f"{name}_{part}"].astype(np.float32) for part in ("quantized", "scale", "zero_point")
    )
    return (quantized - zero) * scale


def chain_scores(folder: Path) -> Iterator[tuple[str, Tensor]]:
    """What tag follows what: the two chains stand in the folder's description, as plain numbers."""
    card = json.loads((folder / CARD).read_text("utf-8"))
    for name, scores in card["chains"].items():
        for key, value in scores.items():
            yield f"{name.removesuffix('s')}_chain.{key}", torch.tensor(value, dtype=torch.float32)
