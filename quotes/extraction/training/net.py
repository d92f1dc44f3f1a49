"""The net: one pass of a small transformer over a window, then one look at the window from each possible cue."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from quotes.extraction.features import PLACES, QUOTES, SHAPES
from quotes.extraction.labels import CUE_TAGS, FORBIDDEN, TAGS
from quotes.extraction.training.crf import Chain


class WrongEncoder(Exception):
    """The weights to begin with are of another shape."""


@dataclass(frozen=True)
class Sizes:
    """Everything that decides the shapes of the weights."""

    vocabulary: int = 30522
    width: int = 384
    heads: int = 12
    layers: int = 6
    inner: int = 1536
    positions: int = 512
    frozen: int = 2
    pair_width: int = 128
    pair_heads: int = 4
    pair_layers: int = 2
    pair_inner: int = 256
    distances: int = 64
    dropout: float = 0.1


class Pieces(NamedTuple):
    """What the encoder takes, all (batch, pieces); `mask` is True on real pieces."""

    pieces: Tensor
    positions: Tensor
    shapes: Tensor
    quotes: Tensor
    places: Tensor
    mask: Tensor


class View(NamedTuple):
    """What is seen from each anchor, all (anchors, slots): see `pairing.Views`."""

    slots: Tensor
    distance: Tensor
    sentence: Tensor
    paragraph: Tensor
    quoted: Tensor
    mask: Tensor


class Layer(nn.Module):
    """One layer of a BERT encoder, normalised after each half."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.attend = nn.Linear(width, 3 * width)
        self.attended = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, eps=1e-12)
        self.widen = nn.Linear(width, inner)
        self.narrow = nn.Linear(inner, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = x.shape
        q, k, v = self.attend(x).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        # Written out because it is twice as fast here as torch's own, in bfloat16 and with a mask.
        likeness = (q * (width // self.heads) ** -0.5) @ k.transpose(-1, -2) + mask.to(q.dtype)
        attention = self.attended((likeness.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, width))
        x = self.attention_norm(x + attention)
        inner = self.narrow(functional.gelu(self.widen(x)))
        return self.norm(x + (functional.dropout(inner, self.dropout, self.training) if self.dropout else inner))


class Encoder(nn.Module):
    """Pieces to words: (batch, words, width)."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.dropout, self.frozen = sizes.dropout, sizes.frozen
        self.pieces = nn.Embedding(sizes.vocabulary, sizes.width)
        self.positions = nn.Embedding(sizes.positions, sizes.width)
        self.shapes = nn.Embedding(len(SHAPES), sizes.width)
        self.quotes = nn.Embedding(len(QUOTES), sizes.width)
        self.places = nn.Embedding(len(PLACES), sizes.width)
        for added in (self.shapes, self.quotes, self.places):
            nn.init.zeros_(added.weight)
        self.norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(sizes.width, sizes.heads, sizes.inner, sizes.dropout * (number >= sizes.frozen))
            for number in range(sizes.layers)
        )

    def forward(self, given: Pieces) -> Tensor:
        """(batch, pieces, width)."""
        mask = (~given.mask[:, None, None, :]) * FORBIDDEN
        with torch.no_grad():
            x = self.norm(self.pieces(given.pieces) + self.positions(given.positions))
            for layer in self.layers[: self.frozen]:
                x = layer(x, mask)
        x = x + self.shapes(given.shapes) + self.quotes(given.quotes) + self.places(given.places)
        x = functional.dropout(x, self.dropout, self.training)
        for layer in self.layers[self.frozen :]:
            x = layer(x, mask)
        return x


class Cues(nn.Module):
    """How much each word looks like a part of a cue: (batch, words, CUE_TAGS)."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.near = nn.Conv1d(sizes.width, sizes.pair_width, 3, padding=1)
        self.emit = nn.Linear(sizes.pair_width, len(CUE_TAGS))
        self.dropout = sizes.dropout

    def forward(self, words: Tensor) -> Tensor:
        near = functional.gelu(self.near(words.transpose(1, 2))).transpose(1, 2)
        return self.emit(functional.dropout(near, self.dropout, self.training))


class Pairs(nn.Module):
    """Seen from one word of a cue, what the words around it are to it."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        wide = sizes.pair_width
        self.distances = sizes.distances
        self.dropout = sizes.dropout
        self.around = nn.Linear(sizes.width, 2 * wide)
        self.anchor = nn.Linear(sizes.width, 2 * wide)
        self.as_cue = nn.Linear(len(CUE_TAGS), wide)
        self.distance = nn.Embedding(2 * sizes.distances + 1, wide)
        self.sentence = nn.Embedding(7, wide)
        self.paragraph = nn.Embedding(5, wide)
        self.quoted = nn.Embedding(4, wide)
        for added in (self.distance, self.sentence, self.paragraph, self.quoted):
            nn.init.normal_(added.weight, std=0.1)
        self.norm = nn.LayerNorm(wide)
        self.layers = nn.ModuleList(
            Layer(wide, sizes.pair_heads, sizes.pair_inner, 0.0) for _ in range(sizes.pair_layers)
        )
        self.emit = nn.Linear(wide, len(TAGS))
        self.accept = nn.Sequential(nn.Linear(wide + len(CUE_TAGS), wide), nn.GELU(), nn.Linear(wide, 1))

    def forward(self, words: Tensor, cues: Tensor, window: Tensor, anchor: Tensor, view: View) -> tuple[Tensor, Tensor]:
        """Emissions (anchors, slots, TAGS) and acceptance (anchors,), a logit.

        `words` and `cues` are the encoder's words and their cue emissions; `window` (anchors,) and `anchor` (anchors,)
        say which word of which window is looked from.
        """
        around, anchors = self.around(words), self.anchor(words[window, anchor])
        plain, product = around[window[:, None], view.slots].chunk(2, dim=-1)
        bias, factor = anchors[:, None].chunk(2, dim=-1)
        x = plain + bias + product * factor + self.as_cue(cues)[window[:, None], view.slots]
        x = x + self.distance(view.distance) + self.sentence(view.sentence)
        x = x + self.paragraph(view.paragraph) + self.quoted(view.quoted)
        x = functional.dropout(self.norm(x), self.dropout, self.training)
        mask = (~view.mask[:, None, None, :]) * FORBIDDEN
        for layer in self.layers:
            x = layer(x, mask)
        here = (view.distance == self.distances).to(x.dtype)[..., None]
        seen = torch.cat([(x * here).sum(1), cues[window, anchor].to(x.dtype)], dim=-1)
        return self.emit(x), self.accept(seen)[:, 0]


class Net(nn.Module):
    """The whole, with the chains that score its tags."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder, self.cues, self.pairs = Encoder(sizes), Cues(sizes), Pairs(sizes)
        self.cue_chain, self.pair_chain = Chain(CUE_TAGS), Chain(TAGS)

    def words(self, given: Pieces, first: Tensor, last: Tensor) -> Tensor:
        """The encoder's view of each word (batch, words, width): the mean of its first and last piece."""
        x = self.encoder(given)
        rows = torch.arange(len(x))[:, None]
        return (x[rows, first] + x[rows, last]) / 2


def load_encoder(net: Net, weights: Path) -> None:
    """Take over the weights of a BERT encoder in the layout of Hugging Face's safetensors files.

    Raises WrongEncoder if they are not those of one as wide and as deep as the net's.
    """
    found = load_file(weights)
    found = {key.removeprefix("bert."): value for key, value in found.items()}
    encoder = net.encoder
    mapped = {
        "pieces.weight": found["embeddings.word_embeddings.weight"],
        "positions.weight": found["embeddings.position_embeddings.weight"],
        "norm.weight": found["embeddings.LayerNorm.weight"],
        "norm.bias": found["embeddings.LayerNorm.bias"],
    }
    for number in range(net.sizes.layers):
        mapped |= _layer(found, f"encoder.layer.{number}.", f"layers.{number}.")
    with torch.no_grad():
        mapped["pieces.weight"] = mapped["pieces.weight"] + found["embeddings.token_type_embeddings.weight"][0]
    missing = encoder.load_state_dict(mapped, strict=False)
    unknown = {*missing.unexpected_keys, *missing.missing_keys} - {"shapes.weight", "quotes.weight", "places.weight"}
    if unknown:
        raise WrongEncoder(f"{weights} is no BERT encoder of {net.sizes.layers} layers: {', '.join(sorted(unknown))}")


def _layer(found: dict[str, Tensor], theirs: str, ours: str) -> dict[str, Tensor]:
    attention = theirs + "attention."
    layer: dict[str, Tensor] = {}
    for kind in ("weight", "bias"):
        layer[f"{ours}attend.{kind}"] = torch.cat(
            [found[f"{attention}self.{part}.{kind}"] for part in ("query", "key", "value")]
        )
        layer[f"{ours}attended.{kind}"] = found[f"{attention}output.dense.{kind}"]
        layer[f"{ours}attention_norm.{kind}"] = found[f"{attention}output.LayerNorm.{kind}"]
        layer[f"{ours}widen.{kind}"] = found[f"{theirs}intermediate.dense.{kind}"]
        layer[f"{ours}narrow.{kind}"] = found[f"{theirs}output.dense.{kind}"]
        layer[f"{ours}norm.{kind}"] = found[f"{theirs}output.LayerNorm.{kind}"]
    return layer
