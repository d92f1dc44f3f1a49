"""Which tokens tell how many entries an expression can match at most."""

from quotes.search.demands import Demand
from quotes.search.expressions import All, Any, Attribute, Everything, Expression, simplified
from quotes.search.tokens import EVERY

UNCOUNTED = ("_b", "_d", "_g", "_u", "_e")
"""What stands among an entry's dates, of which there are too many to be counted."""


def telling(expression: Expression) -> list[list[str]]:
    """Return lists of counted tokens: whatever matches has one token of each list."""
    parts = expression.parts if isinstance(expression, All) else (expression,)
    return [tokens for tokens in map(_alternatives, parts) if tokens] or [[EVERY]]


def untold(expression: Expression) -> Expression:
    """Return the part of an expression of which nothing is counted: words, and days."""
    parts = expression.parts if isinstance(expression, All) else (expression,)
    return simplified(All(tuple(part for part in parts if not _alternatives(part))))


def telling_of(demand: Demand) -> list[list[str]]:
    """Return the same of a demand, by its earliest stretch, which is nearly all of it."""
    return telling(demand.stretches[-1].expression) if demand.stretches else []


def token_of(demand: Demand) -> str:
    """Return the token that a demand asks for, where it asks for nothing else; its count is the list's."""
    match demand.single:
        case Everything():
            return EVERY
        case Attribute(token) if token[:2] not in UNCOUNTED:
            return token
        case _:
            return ""


def alternatives_of(demand: Demand) -> list[str]:
    """Return the tokens of which an entry has one or another, where a demand asks for nothing else: none is in more."""
    return _alternatives(demand.single) if demand.single else []


def most_of(alternatives: list[str]) -> tuple[str, list[object]]:
    """Write in SQL how many entries have the most frequent of some tokens, as `n`."""
    marks = ", ".join(["%s"] * len(alternatives))
    return f"SELECT MAX(n) AS n FROM quotes_tokencount WHERE token IN ({marks}) AND month = 0", list(alternatives)


def has_many(alternatives: list[str], size: int) -> tuple[str, list[object]]:
    """Write a condition in SQL: `size` entries or more have one of the tokens."""
    most, values = most_of(alternatives)
    return f"COALESCE(({most}), 0) >= {size}", values


def _alternatives(part: Expression) -> list[str]:
    parts = part.parts if isinstance(part, Any) else (part,)
    tokens = [one.token for one in parts if isinstance(one, Attribute) and one.token[:2] not in UNCOUNTED]
    return tokens if len(tokens) == len(parts) else []
