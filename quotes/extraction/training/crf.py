"""The likelihood of tag sequences under a linear chain, for whole batches at once."""

import torch
from torch import Tensor, nn

from quotes.extraction.labels import constraints


class Chain(nn.Module):
    """Scores of one tag after another, learned; what `labels` forbids stays forbidden."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        super().__init__()
        follow, first, last = (torch.from_numpy(scores) for scores in constraints(tags))
        self.register_buffer("follow_limits", follow)
        self.register_buffer("first_limits", first)
        self.register_buffer("last_limits", last)
        self.follow = nn.Parameter(torch.zeros_like(follow))
        self.first = nn.Parameter(torch.zeros_like(first))
        self.last = nn.Parameter(torch.zeros_like(last))

    @property
    def scores(self) -> tuple[Tensor, Tensor, Tensor]:
        """Of one tag after another, of the first and of the last, limits included."""
        return self.follow + self.follow_limits, self.first + self.first_limits, self.last + self.last_limits

    def surprise(self, emissions: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        """Minus the log likelihood of each sequence: (batch,). Emissions are (batch, words, tags), front aligned."""
        # Hundreds of steps add up the error of each: bfloat16 is too coarse here.
        with torch.autocast("cpu", enabled=False):
            emissions = emissions.float()
            return self._all(emissions, lengths) - self._one(emissions, tags, lengths)

    def _one(self, emissions: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        follow, first, last = self.scores
        real = torch.arange(emissions.shape[1])[None] < lengths[:, None]
        score = (emissions.gather(2, tags[..., None])[..., 0] * real).sum(1) + first[tags[:, 0]]
        steps = follow[tags[:, :-1], tags[:, 1:]] * real[:, 1:]
        ends = tags.gather(1, (lengths - 1)[:, None])[:, 0]
        return score + steps.sum(1) + last[ends]

    def _all(self, emissions: Tensor, lengths: Tensor) -> Tensor:
        follow, first, last = self.scores
        alpha = first + emissions[:, 0]
        moves = follow.exp()
        for place in range(1, emissions.shape[1]):
            top = alpha.detach().amax(1, keepdim=True)
            stepped = ((alpha - top).exp() @ moves).clamp_min(1e-30).log() + top + emissions[:, place]
            alpha = torch.where((place < lengths)[:, None], stepped, alpha)
        return torch.logsumexp(alpha + last, 1)
