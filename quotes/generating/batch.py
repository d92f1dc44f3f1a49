"""The rows of one batch of statements: pure values from the seed, so that several processes can write at once."""

from quotes.generating import derived, documents, statements
from quotes.generating.cast import Cast
from quotes.generating.making import LANGUAGES, Making
from quotes.generating.plan import Plan
from quotes.generating.rows import Batch
from quotes.generating.skew import Shares

_HELD = Shares({1: 30, 2: 25, 3: 20, 4: 10, 5: 8, 7: 7})
"""How many statements a document holds."""


def make(plan: Plan, cast: Cast, batch: int) -> Batch:
    """The rows of batch `batch`, by table."""
    making = Making(plan, cast, batch)
    left = list(reversed(making.numbers))
    while left:
        held = documents.document(making, plan.day(left[-1]), LANGUAGES.draw(making.random))
        taken = [left.pop() for _ in range(min(len(left), _HELD.draw(making.random)))]
        documents.fill(making, held, taken)
        for told in held.told:
            statements.statement(making, held, told)
    making.rows["quotes_statement"] = [tuple(row) for row in making.statements]
    return Batch(making.rows, making.marks, derived.counted(making.tokens), making.beside)
