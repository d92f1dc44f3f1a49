"""A text, and what the record has of every quotation in it, the worst first."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils import timezone

from quotes.checking.judging import Day, Judgement, judge
from quotes.checking.voices import Voice, voices
from quotes.dates import read
from quotes.extraction.claims import Claim, read_claims
from quotes.models import Act
from quotes.origins import origins_of
from quotes.own_words import OwnWords
from quotes.spans import clean
from quotes.wording.comparing import Verdict

MOST_CHARACTERS = 500_000
MOST_IN_ADDRESS = 1_000
"""Characters of a text that may be asked about by address: addresses stand in logs and histories."""
MOST_JUDGED = 120
"""Quotations of one text; the others are counted."""
_WORST_FIRST = (
    Verdict.OTHER_SPEAKER,
    Verdict.TURNED,
    Verdict.NOT_FOUND,
    Verdict.ALTERED,
    Verdict.PARAPHRASED,
    Verdict.ELIDED,
    Verdict.TRIVIAL,
    Verdict.EXACT,
)
GOOD = frozenset({Verdict.ELIDED, Verdict.TRIVIAL, Verdict.EXACT})
"""Verdicts by which there is nothing to look at."""
_FIRST_DAY, _LAST_DAY = dt.date(1, 1, 31), dt.date(9999, 12, 1)
"""Ends of open intervals, with room for a few days around them."""


class TooLong(ValueError):
    """More text than is looked at in one go."""

    def __init__(self, length: int) -> None:
        super().__init__(
            f"The text has {length:,} characters; at most {MOST_CHARACTERS:,} are checked at once: check it in parts."
        )


@dataclass(frozen=True)
class Check:
    """What was found: `judgements` the worst first, how many `short` quotations were passed over, and `left` undone.

    `as_of` is when the record last changed, None for an empty one.
    """

    text: str
    judgements: tuple[Judgement, ...]
    short: int
    left: int
    at: dt.datetime
    as_of: dt.datetime | None

    @property
    def is_clean(self) -> bool:
        """Whether every quotation is on record, in these words and of this speaker."""
        return not self.left and all(one.verdict in GOOD for one in self.judgements)


def check(text: str, *, speaker: str = "", date: str = "") -> Check:
    """Judge every quotation of a text, or what it reports where it quotes nothing. Writes nothing, logs nothing.

    `speaker` stands for whoever the text doesn't name, `date` (EDTF) for when it was said. Raises TooLong, BadDate.
    Nine queries for each of at most 120 quotations (34 where it is glued together), six for their speakers, three for
    each of these whom no name or office finds, three more.
    """
    if len(text) > MOST_CHARACTERS:
        raise TooLong(len(text))
    day = _day(date)
    claims = read_claims(clean(text).strip())
    looked_at = [_named(claim, speaker.strip()) for claim in claims.found[:MOST_JUDGED]]
    known = voices((claim.speaker, claim.is_sure) for claim in looked_at)
    own = OwnWords()
    judged = [judge(claim, known.get((claim.speaker, claim.is_sure), Voice()), day, own) for claim in looked_at]
    return Check(
        text=text,
        judgements=tuple(sorted(_with_origins(judged), key=lambda one: _WORST_FIRST.index(one.verdict))),
        short=claims.short,
        left=len(claims.found) - len(looked_at),
        at=timezone.now(),
        as_of=Act.objects.order_by("-at", "-id").values_list("at", flat=True).first(),
    )


def _named(claim: Claim, speaker: str) -> Claim:
    """A claim with the speaker that was asked for, where the text itself doesn't surely name one."""
    return claim if claim.is_sure or not speaker else replace(claim, speaker=speaker, is_sure=True)


def _day(date: str) -> Day | None:
    if not date.strip():
        return None
    when = read(date)
    return max(when.first or _FIRST_DAY, _FIRST_DAY), min(when.last or _LAST_DAY, _LAST_DAY)


def _with_origins(judged: list[Judgement]) -> list[Judgement]:
    keys = {one.statement.pk for one in judged if one.statement}
    origins = origins_of(keys) if keys else {}
    return [replace(one, origins=tuple(origins[one.statement.pk])) if one.statement else one for one in judged]
