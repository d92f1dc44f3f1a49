"""How long a whole draft takes, and what one pass of rapidfuzz over all texts would take instead of an index."""

import statistics
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice

from rapidfuzz import fuzz, process

from bench.wording.mutations import Case
from quotes.checking import check
from quotes.models import Statement

WORDS = 2_000
_RUNS = 5
_QUOTED = 30
_FILLING = "The meeting went on until late in the evening, and those who had come were asked to come again."


def draft_timed(asked: Sequence[Case]) -> Iterator[str]:
    """The median time of a draft of 2,000 words with 30 of the quotations in it."""
    text = _draft(asked)
    times, began_working = [], time.process_time()
    for _ in range(_RUNS):
        begun = time.perf_counter()
        judged = len(check(text).judgements)
        times.append(time.perf_counter() - begun)
    worked = (time.process_time() - began_working) / _RUNS
    yield (
        f"a draft of {len(text.split()):,} words, {judged} quotations: median {statistics.median(times):.2f} s, "
        f"of which this process worked {worked:.2f} s"
    )


def _draft(asked: Sequence[Case]) -> str:
    step = max(1, len(asked) // _QUOTED)
    quoted = [f"{case.speaker} said: “{case.text}”" for case in asked[::step][:_QUOTED]]
    missing = max(0, WORDS - sum(len(one.split()) for one in quoted))
    filling = islice(cycle(_FILLING.split()), missing)
    sentences = " ".join(filling).split(". ")
    return "\n\n".join([*quoted, ". ".join(sentences)])


def whole_table_timed(asked: Sequence[Case], checked: float) -> Iterator[str]:
    """What rapidfuzz takes to look at every text, held in memory, for one quotation; beside a check's milliseconds."""
    texts = list(Statement.objects.values_list("text", flat=True).iterator())
    for scorer in (fuzz.ratio, fuzz.partial_ratio):
        times = []
        for case in asked[:: max(1, len(asked) // _RUNS)][:_RUNS]:
            begun = time.perf_counter()
            process.extract(case.text, texts, scorer=scorer, limit=24)
            times.append((time.perf_counter() - begun) * 1000)
        took = statistics.median(times)
        yield (
            f"rapidfuzz {scorer.__name__} over {len(texts):,} texts in memory: median {took:,.0f} ms, "
            f"{took / checked:.0f} times a check"
        )
