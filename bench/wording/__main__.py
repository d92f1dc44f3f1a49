"""Judges a seeded set of quotations, and says which verdicts were right, and how long each took.

    DATABASE_URL=… VAR_DIR=… python -m bench.wording --fill 20000 --count 2000 --never-said 1000 --seed 7

The database must be a scratch one, migrated: invented statements are written into it. With statements of a record in
it (`manage.py load_founding_record`), quotations are made from those, too. With `--fill 0` nothing is written, so that
any record can be measured.

What a change made of a quotation may be on record word for word, as somebody else's or the same speaker's words; then
that answer is right, too, and is counted apart; so is `turned` for a quotation glued from two, where what is left out
or put in has a negation, a condition, a number or a name. That others said a quotation's words as well excuses nothing
where whoever is asked for said them.
"""

import argparse
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import django
from django.db.models import Max, Min

if TYPE_CHECKING:
    from bench.wording.mutations import Case
    from quotes.models import Statement


_MOST_KNOWN = 20_000


def main() -> int:
    """Run it; 1 where an aim is missed."""
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from bench.wording.mutations import cases  # noqa: PLC0415 - models need Django set up
    from bench.wording.rows import fill, size  # noqa: PLC0415
    from bench.wording.timing import draft_timed, whole_table_timed  # noqa: PLC0415
    from quotes.checking import check  # noqa: PLC0415

    fill(options.fill, options.seed)
    asked = cases(_known(), options.count, options.never_said, options.seed)
    seen: Counter[tuple[str, str]] = Counter()
    wrong: list[tuple[Case, str]] = []
    other = 0
    times: list[float] = []
    began_working = time.process_time()
    for case in asked:
        begun = time.perf_counter()
        found = check(f"“{case.text}”", speaker=case.speaker).judgements
        times.append((time.perf_counter() - begun) * 1000)
        verdict = found[0].verdict.value if len(found) == 1 else "several"
        seen[case.kind, verdict] += 1
        if not _is_right(case, verdict, found[0].statement if found else None):
            wrong.append((case, verdict))
        elif verdict != case.expected:
            other += 1
    worked = (time.process_time() - began_working) / len(asked) * 1000
    sys.stdout.write("{:,} statements, {:,} fingerprints\n".format(*size()))
    sys.stdout.write(f"this process worked {worked:.1f} ms a check; the rest of the times below is waiting\n")
    sys.stdout.write(f"{other} of the answers are right otherwise: those words are on record\n")
    result = _tell(asked, seen, wrong, times, show=options.show)
    passes = () if options.without_passes else whole_table_timed(asked, statistics.median(times))
    for line in (*draft_timed(asked), *passes):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(
        "load of the machine in the last 1, 5 and 15 minutes: {:.1f}, {:.1f}, {:.1f}\n".format(*os.getloadavg())
    )
    return result


def _is_right(case: "Case", verdict: str, statement: "Statement | None") -> bool:
    words, speaker = (statement.text, statement.speaker.name) if statement else ("", "")
    return case.is_answered_by(verdict, words, speaker)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fill", type=int, default=20_000, help="invented statements to have in the database")
    parser.add_argument("--count", type=int, default=2000, help="quotations made from what is on record")
    parser.add_argument("--never-said", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--without-passes", action="store_true", help="time no passes over the whole table")
    parser.add_argument("--show", type=int, default=0, help="wrong verdicts to print")
    return parser.parse_args()


def _known() -> list[tuple[str, str]]:
    """Some 20,000 statements at most, from all over the record: those in English."""
    from quotes.models import Statement  # noqa: PLC0415 - models need Django set up

    ends = Statement.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return []
    keys = range(ends["first"], ends["last"] + 1, max(1, (ends["last"] - ends["first"]) // _MOST_KNOWN))
    chosen = Statement.objects.published().filter(language="en", pk__among=keys).order_by("pk")
    return list(chosen.values_list("text", "speaker__name"))


def _tell(asked: Sequence, seen: Counter[tuple[str, str]], wrong: Sequence, times: list[float], *, show: int) -> int:
    kinds = dict.fromkeys((case.kind, case.expected) for case in asked)
    for kind, expected in kinds:
        counted = {verdict: count for (of, verdict), count in seen.most_common() if of == kind}
        line = ", ".join(f"{verdict} {count}" for verdict, count in counted.items())
        sys.stdout.write(f"{kind:14} should be {expected:14} {line}\n")
    right = 1 - len(wrong) / len(asked)
    turned = sum(case.expected == "turned" and verdict in ("exact", "trivial") for case, verdict in wrong)
    never = sum(case.kind == "never said" for case in asked)
    found = sum(case.kind == "never said" for case, _ in wrong) / max(1, never)
    sys.stdout.write(f"right {right:.2%}; turned called word for word {turned}; never said called found {found:.2%}\n")
    sys.stdout.write(
        f"median {statistics.median(times):.1f} ms, 95 of 100 within {statistics.quantiles(times, n=20)[18]:.1f} ms\n"
    )
    for case, verdict in wrong[:show]:
        sys.stdout.write(f"{case.kind}: {case.expected} was {verdict}: {case.text} ({case.speaker})\n")
    return int(right < 0.97 or turned > 0 or found > 0.005)


if __name__ == "__main__":
    sys.exit(main())
