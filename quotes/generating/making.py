"""A batch in the making: its chance, the keys it hands out, the rows so far, and what is on its way into rows."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import count
from random import Random

from quotes.generating import bodies, days
from quotes.generating.cast import Carrier, Cast, Voice
from quotes.generating.plan import BATCH, Plan
from quotes.generating.roads import Road
from quotes.generating.rows import TABLES, DocumentRow, Rows, SnapshotRow, StatementRow
from quotes.generating.skew import Shares, Skewed
from quotes.generating.tongues import SHARES, TONGUES
from quotes.generating.wording import Pen, Wording, pens
from quotes.spans import Spans

LANGUAGES = Shares(dict(zip((tongue.code for tongue in TONGUES), SHARES, strict=True)))


@dataclass
class Told:
    """One statement on its way into rows."""

    number: int
    wording: Wording
    voice: Voice
    road: Road
    start: int | None = None
    wordings: list[Spans] = field(default_factory=list)
    """Every wording that it is on record with."""


@dataclass
class Held:
    """A document with what belongs to it."""

    row: DocumentRow
    outlet: Carrier
    day: int
    snapshot: SnapshotRow | None = None
    told: list[Told] = field(default_factory=list)

    @cached_property
    def frozen_text(self) -> str:
        """The document as a body has it."""
        return bodies.document(self.row, self.outlet)


@lru_cache(maxsize=1)
def _pens(cast: Cast) -> dict[str, Pen]:
    """The pens of a cast, which one process makes once."""
    return pens(Skewed([voice.family for voice in cast.voices if voice.family]))


class Making:
    """What those share who make the rows of a batch."""

    def __init__(self, plan: Plan, cast: Cast, batch: int) -> None:
        self.plan, self.cast, self.numbers = plan, cast, plan.numbers(batch)
        self.random = Random(f"{plan.seed}/{batch}")  # noqa: S311 - chance that can be had again
        self.salts = Random(f"{plan.seed}/{batch}/log")  # noqa: S311 - a made-up record has nothing to hide
        self.keys = {kind: count(plan.first_key(kind, batch)) for kind in plan.firsts}
        self.documents = count(batch * BATCH * 2)
        self.pens = _pens(cast)
        self.rows: Rows = {table: [] for table in TABLES}
        self.tokens: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self.marks: list[tuple[int, list[int]]] = []
        self.statements: list[StatementRow] = []
        self.beside: set[int] = set()


def moment(day: int, random: Random) -> str:
    """A time of that day."""
    minute = int(random.random() * 1440)
    return f"{days.iso(day)} {minute // 60:02}:{minute % 60:02}:00"
