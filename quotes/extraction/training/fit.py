"""Training: how long, how fast, and what is kept after every pass."""

import copy
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from quotes.extraction.brat import Annotated
from quotes.extraction.training.batches import Batch, Example, Looks, batches, collate, examples, looks
from quotes.extraction.training.net import Net
from quotes.extraction.training.noise import noisy
from quotes.extraction.wordpiece import WordPiece

Say = Callable[[str], object]
EVERY = 25
"""Steps between two lines of progress."""


@dataclass(frozen=True)
class Plan:
    """How to train: windows of at most `longest` pieces, batches of at most `pieces`, views of `reach` words each way.

    Rates are the highest of AdamW, reached after `warm_up` steps, from where they fall evenly; each layer below the
    last learns by `layer_decay` more slowly. `masked` is the share of pieces hidden, `average` how much of the running
    average of all weights stays at each step: that average is what comes out.
    """

    epochs: int = 8
    longest: int = 318
    pieces: int = 1300
    reach: int = 60
    encoder_rate: float = 1e-4
    head_rate: float = 5e-4
    layer_decay: float = 0.88
    weight_decay: float = 0.01
    warm_up: int = 100
    masked: float = 0.03
    average: float = 0.997
    seed: int = 4


@dataclass
class Losses:
    """Sums over some steps, told per annotated attribution."""

    cue: float = 0.0
    pair: float = 0.0
    accept: float = 0.0
    attributions: int = 0

    def add(self, cue: Tensor, pair: Tensor, accept: Tensor, attributions: int) -> None:
        self.cue += cue.item()
        self.pair += pair.item()
        self.accept += accept.item()
        self.attributions += attributions

    def __str__(self) -> str:
        per = [each / max(self.attributions, 1) for each in (self.cue, self.pair, self.accept)]
        return "cue {:.3f}, pair {:.3f}, accept {:.3f}".format(*per)


@dataclass
class Fit:
    """A training run: the net, the running average of its weights, and how far it has come."""

    net: Net
    vocabulary: WordPiece
    plan: Plan
    chance: random.Random
    average: Net = field(init=False)
    optimiser: torch.optim.Optimizer = field(init=False)
    step: int = 0
    epoch: int = 0

    def __post_init__(self) -> None:
        self.optimiser = torch.optim.AdamW(parameter_groups(self.net, self.plan), betas=(0.9, 0.999))
        self.average = copy.deepcopy(self.net)

    def run_epoch(self, annotated: Iterable[Annotated], say: Say) -> None:
        """One pass over all texts, each with other faults and cut elsewhere than before."""
        plan, chance = self.plan, self.chance
        found = [e for each in annotated for e in examples(noisy(each, chance), self.vocabulary, plan.longest, chance)]
        grouped = batches(found, plan.pieces, chance)
        self.net.train()
        losses = Losses()
        for number, group in enumerate(grouped, 1):
            self.run_step(group, len(grouped) * plan.epochs, losses)
            if number % EVERY == 0:
                say(f"epoch {self.epoch + 1}, step {number} of {len(grouped)}: {losses}")
                losses = Losses()
        self.epoch += 1

    def run_step(self, group: list[Example], total: int, losses: Losses) -> None:
        for each in self.optimiser.param_groups:
            each["lr"] = each["rate"] * schedule(self.step, total, self.plan.warm_up)
        batch = collate(group, self.chance, self.vocabulary, self.plan.masked)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            value = loss(self.net, batch, self.chance, self.plan, losses)
        self.optimiser.zero_grad(set_to_none=True)
        value.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        follow(self.average, self.net, min(self.plan.average, self.step / (self.step + 20)))

    def keep(self, folder: Path) -> None:
        """The average after this epoch, and all that is needed to go on from here."""
        folder.mkdir(parents=True, exist_ok=True)
        averaged = {"sizes": asdict(self.net.sizes), "average": self.average.state_dict()}
        torch.save(averaged, folder / f"epoch-{self.epoch:02}.pt")
        parts = {"net": self.net, "average": self.average, "optimiser": self.optimiser}
        state: dict[str, Any] = {name: part.state_dict() for name, part in parts.items()}
        torch.save(state | {"step": self.step, "epoch": self.epoch}, folder / "latest.part")
        (folder / "latest.part").rename(folder / "latest.pt")

    def resume(self, folder: Path) -> None:
        if not (folder / "latest.pt").exists():
            return
        state = torch.load(folder / "latest.pt")
        self.net.load_state_dict(state["net"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.epoch = state["step"], state["epoch"]


def fit(net: Net, annotated: Sequence[Annotated], vocabulary: WordPiece, plan: Plan, out: Path, say: Say) -> Net:
    """Train `net`, keeping a checkpoint in `out` after every epoch and going on from the last one there.

    Of a text that several annotated, each pass takes one of them by chance. Gives the average of the weights.
    """
    by_name: dict[str, list[Annotated]] = {}
    for each in annotated:
        by_name.setdefault(each.name, []).append(replace(each, weight=1.0))
    run = Fit(net, vocabulary, plan, random.Random(plan.seed))
    run.resume(out)
    while run.epoch < plan.epochs:
        run.run_epoch([run.chance.choice(several) for several in by_name.values()], say)
        run.keep(out)
    return run.average


def parameter_groups(net: Net, plan: Plan) -> list[dict[str, Any]]:
    """Layers near the input learn more slowly; the vocabulary's embeddings and the lowest stay as they are."""
    encoder = net.encoder
    for frozen in (encoder.pieces, encoder.positions, encoder.norm, *encoder.layers[: net.sizes.frozen]):
        frozen.requires_grad_(False)
    groups: list[dict[str, Any]] = []
    for depth, layer in enumerate(reversed(encoder.layers[net.sizes.frozen :])):
        groups += _groups([layer], plan.encoder_rate * plan.layer_decay**depth, plan.weight_decay)
    added = (encoder.shapes, encoder.quotes, encoder.places)
    return groups + _groups(
        [*added, net.cues, net.pairs, net.cue_chain, net.pair_chain], plan.head_rate, plan.weight_decay
    )


def _groups(modules: Iterable[nn.Module], rate: float, decay: float) -> list[dict[str, Any]]:
    """Matrices decay, vectors don't."""
    parameters = [each for module in modules for each in module.parameters()]
    matrices, vectors = [p for p in parameters if p.ndim > 1], [p for p in parameters if p.ndim == 1]
    return [
        {"params": some, "lr": rate, "rate": rate, "weight_decay": share}
        for some, share in ((matrices, decay), (vectors, 0.0))
    ]


def schedule(step: int, total: int, warm_up: int) -> float:
    """The share of the highest rate at a step."""
    if step < warm_up:
        return (step + 1) / warm_up
    return max(0.01, (total - step) / max(1, total - warm_up))


def loss(net: Net, batch: Batch, chance: random.Random, plan: Plan, losses: Losses) -> Tensor:
    """What is to be made small: surprise at the cues, at what is seen from them, and at which are real."""
    words = net.words(batch.pieces, batch.first, batch.last)
    cues = net.cues(words).float()
    cue = (net.cue_chain.surprise(cues, batch.cue_tags, batch.lengths) * batch.weights).sum()
    likely = 1 - cues.detach().softmax(-1)[..., 0]
    seen = looks(batch, likely.numpy(), chance, plan.reach, net.sizes.distances)
    pair = accept = cue.new_zeros(())
    if len(seen.window):
        emissions, accepted = net.pairs(words, cues.detach(), seen.window, seen.anchor, seen.view)
        accept = functional.binary_cross_entropy_with_logits(accepted.float(), seen.real.float(), reduction="none")
        accept = (accept * seen.weights).sum()
        pair = _pair_loss(net, emissions.float(), seen)
    real = int(seen.real.sum())
    losses.add(cue, pair, accept, real)
    return (cue + 0.5 * pair + 0.5 * accept) / max(real, 8)


def _pair_loss(net: Net, emissions: Tensor, seen: Looks) -> Tensor:
    some = seen.real
    if not some.any():
        return emissions.sum() * 0
    surprise = net.pair_chain.surprise(emissions[some], seen.tags[some], seen.lengths[some])
    return (surprise * seen.weights[some]).sum()


def follow(average: Net, net: Net, share: float) -> None:
    """Let the average come nearer to the net: it keeps `share` of itself."""
    with torch.no_grad():
        for ours, theirs in zip(average.parameters(), net.parameters(), strict=True):
            if theirs.requires_grad:
                ours.lerp_(theirs, 1 - share)
