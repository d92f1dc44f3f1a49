"""From what the model says to how often it is right."""

import math


def likelihood(weights: tuple[float, ...], *given: float) -> float:
    """A logistic curve over the log odds of several likelihoods; `weights` begins with the constant."""
    score = weights[0] + sum(weight * log_odds(each) for weight, each in zip(weights[1:], given, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def log_odds(likely: float) -> float:
    likely = min(max(likely, 1e-4), 1 - 1e-4)
    return math.log(likely / (1 - likely))
