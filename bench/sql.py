"""The least that a page can cost: its one central query, asked without Django. `python -m bench.sql` prints seconds."""

import json
import sys
import time
from typing import Any

import django

_COLUMNS = "id, pid, text, speaker_id, said, said_max"
_LIST = "SELECT {0} FROM quotes_statement s WHERE state = 'published' {1} ORDER BY said_max DESC, id DESC LIMIT 50"
_CARRIED = "AND EXISTS (SELECT 1 FROM quotes_carriage c WHERE c.statement_id = s.id AND c.outlet_id = %s)"
_FILED = "AND EXISTS (SELECT 1 FROM quotes_statement_topics f WHERE f.statement_id = s.id AND f.topic_id = %s)"
QUERIES = {
    "permalink": "SELECT * FROM quotes_statement WHERE pid = %s",
    "speaker": _LIST.format(_COLUMNS, "AND speaker_id = %s"),
    "filters": _LIST.format(_COLUMNS, f"AND speaker_id = %s {_CARRIED} {_FILED}"),
    "browse": _LIST.format(_COLUMNS, ""),
}


def main() -> None:
    django.setup()
    from django.db import connection  # noqa: PLC0415 - after Django's setup

    samples = json.load(sys.stdin)
    with connection.cursor() as cursor:
        json.dump({step: timed(cursor, query, arguments(samples, step)) for step, query in QUERIES.items()}, sys.stdout)


def arguments(samples: dict[str, Any], step: str) -> list[list[Any]]:
    """What each of a step's queries is asked with."""
    return {
        "permalink": [[pid] for pid, _ in samples["statements"]],
        "speaker": [[key] for *_, key in samples["speakers"]],
        "filters": [[three[name][2] for name in ("speaker", "outlet", "topic")] for three in samples["threes"]],
        "browse": [[]] * 50,
    }[step]


def timed(cursor: Any, query: str, asked: list[list[Any]]) -> dict[str, float]:
    """Median and 99th percentile of the milliseconds that a query takes."""
    took = []
    for values in asked:
        began = time.perf_counter()
        cursor.execute(query, values)
        cursor.fetchall()
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    return {"p50_ms": round(took[len(took) // 2], 3), "p99_ms": round(took[int(len(took) * 0.99)], 3)}


if __name__ == "__main__":
    main()
