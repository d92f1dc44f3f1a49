"""From a trained net to the folder that the tagger reads: two ONNX graphs in int8, the vocabulary and a description."""

import json
import tempfile
import warnings
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from quotes.extraction.model_folder import CARD, ENCODER, PAIRS, VOCABULARY, Settings, digests
from quotes.extraction.training.net import Net, Pieces, View

OPSET = 17


class _Reader(nn.Module):
    """One window, unpadded: the words of the encoder and their cue emissions."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.encoder, self.cues = net.encoder, net.cues

    def forward(
        self, pieces: Tensor, shapes: Tensor, quotes: Tensor, places: Tensor, first: Tensor, last: Tensor
    ) -> tuple[Tensor, Tensor]:
        positions = torch.arange(pieces.shape[1])[None]
        x = self.encoder(Pieces(pieces, positions, shapes, quotes, places, torch.ones_like(pieces) > 0))
        words = (x[:, first] + x[:, last]) / 2
        return words[0], self.cues(words)[0]


class _Looker(nn.Module):
    """All possible cues of one window."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.pairs = net.pairs

    def forward(self, words: Tensor, cues: Tensor, anchor: Tensor, *seen: Tensor) -> tuple[Tensor, Tensor]:
        emissions, accept = self.pairs(words[None], cues[None], torch.zeros_like(anchor), anchor, View(*seen))
        return emissions, accept


def export(net: Net, vocabulary: Path, settings: Settings, folder: Path, *, small: bool = True) -> None:
    """Write the model folder; with `small`, weights are stored as int8 and a fifth of a point is lost."""
    folder.mkdir(parents=True, exist_ok=True)
    net = net.float().eval()
    (folder / VOCABULARY).write_bytes(vocabulary.read_bytes())
    with tempfile.TemporaryDirectory() as place:
        for name, graph in ((ENCODER, _encoder_graph), (PAIRS, _pairs_graph)):
            whole = Path(place) / name
            graph(net, whole)
            if small:
                shrink(whole, folder / name)
            else:
                (folder / name).write_bytes(whole.read_bytes())
    card = asdict(settings) | {"sizes": asdict(net.sizes), "chains": chains(net), "sha256": digests(folder)}
    (folder / CARD).write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")


def shrink(whole: Path, small: Path) -> None:
    """Weights as int8, by channel; in 7 bits of it, because older processors overflow at 8."""
    ready = whole.with_suffix(".ready.onnx")
    quant_pre_process(whole, ready, skip_symbolic_shape=True)
    quantize_dynamic(
        ready,
        small,
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )


def chains(net: Net) -> dict[str, dict[str, list]]:
    """The scores of tag after tag, as plain numbers."""
    found = {}
    for name, chain in (("cues", net.cue_chain), ("pairs", net.pair_chain)):
        arrays = {"follow": chain.follow, "first": chain.first, "last": chain.last}
        found[name] = {key: np.round(value.detach().numpy(), 4).tolist() for key, value in arrays.items()}
    return found


def _encoder_graph(net: Net, path: Path) -> None:
    pieces = torch.randint(net.sizes.vocabulary, (1, 12))
    zero, places = torch.zeros_like(pieces), torch.arange(1, 11)
    names = ["pieces", "shapes", "quotes", "places", "first", "last"]
    axes = {name: {1: "pieces"} for name in names[:4]} | {name: {0: "words"} for name in (*names[4:], "seen", "cues")}
    _export(_Reader(net), (pieces, zero, zero, zero, places, places), path, names, ["seen", "cues"], axes)


def _pairs_graph(net: Net, path: Path) -> None:
    words, cues = torch.randn(10, net.sizes.width), torch.randn(10, net.cues.emit.out_features)
    anchor, slots = torch.tensor([2, 5]), torch.arange(8).repeat(2, 1)
    zero = torch.zeros_like(slots)
    names = ["seen", "cues", "anchor", "slots", "distance", "sentence", "paragraph", "quoted", "mask"]
    axes = {"seen": {0: "words"}, "cues": {0: "words"}, "anchor": {0: "anchors"}, "accept": {0: "anchors"}}
    axes |= {name: {0: "anchors", 1: "slots"} for name in (*names[3:], "emissions")}
    values = (words, cues, anchor, slots, zero, zero, zero, zero, slots >= 0)
    _export(_Looker(net), values, path, names, ["emissions", "accept"], axes)


def _export(module: nn.Module, values: tuple, path: Path, inputs: list[str], outputs: list[str], axes: dict) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter that needs no further package is called the old one
        torch.onnx.export(
            module.eval(),
            values,
            path,
            input_names=inputs,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
