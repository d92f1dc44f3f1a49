"""Results as a table for docs/performance.md."""

import os
import platform
from pathlib import Path
from typing import Any

from bench.contenders import CONTENDERS, Contender
from bench.places import ROOT

Results = dict[str, Any]

DOCUMENT = ROOT / "docs" / "performance.md"
_BEGIN, _END = "<!-- results of make bench -->", "<!-- end of results -->"
STEPS = {
    "permalink": "Permalink, 1,000 rotating",
    "anew": "Permalink, each made anew",
    "speaker": "A speaker’s list",
    "outlet": "An outlet’s list",
    "filters": "Three filters",
    "facets": "Facets",
    "search": "Search with highlights",
    "browse": "All statements",
    "home": "Home",
    "worst": "Worst filters",
    "cached": "One permalink, again and again",
    "unchanged": "A 304",
    "empty": "Nothing at all",
}
_WANTED = {"permalink": 1.5, "speaker": 5, "filters": 20, "facets": 10, "search": 5}


def machine() -> str:
    """What the numbers were taken on."""
    info = Path("/proc/cpuinfo")
    named = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cpu = named[0] if named else platform.machine()
    return f"{len(os.sched_getaffinity(0))} × {cpu}, {memory:.0f} GB, Python {platform.python_version()}"


def tables(results: Results) -> str:
    """All results, a section a record."""
    return "\n\n".join(_section(name, results[name]) for name in sorted(results, key=_order))


def _order(name: str) -> tuple[str, int]:
    engine, _, statements = name.partition("-")
    return engine, int(statements)


def _section(name: str, measured: Results) -> str:
    engine, _, statements = name.partition("-")
    steps = measured["steps"]
    title = f"### {int(statements):,} statements on {'SQLite' if engine == 'sqlite' else 'PostgreSQL'}"
    told = f"{measured['date']}, {measured['machine']}; load before the run: {measured['load']}."
    rows = [_row(step, one, steps) for step in STEPS for one in CONTENDERS if one.name in steps.get(step, {})]
    head = "| Page | Who | Requests/s | p50 ms | p99 ms | Worker MB | HTML KB (gzip) | CSS and script KB (compressed) |"
    rule = "|---|---|--:|--:|--:|--:|--:|--:|"
    return "\n".join([title, "", told, "", head, rule, *rows, "", *_ratios(steps), *_limits(measured)])


def _row(step: str, who: Contender, steps: Results) -> str:
    one = steps[step][who.name]
    size = one.get("sizes") or {}
    refused = f" ({one['refused']} refused)" if one["refused"] and step != "unchanged" else ""
    cells = [
        STEPS[step],
        who.label,
        f"{one['rps']:,.1f}{refused}",
        f"{one['p50_ms']:,.1f}",
        f"{one['p99_ms']:,.1f}",
        f"{one['rss'] / 1e6:.0f}",
        f"{size['html'] / 1000:.1f} ({size['html_gzip'] / 1000:.1f})" if size else "",
        f"{size['dressing'] / 1000:.1f}" if size else "",
    ]
    return f"| {' | '.join(cells)} |"


def _ratio(above: Any, below: Any) -> str:
    return f"{above['rps'] / below['rps']:.2f}" if below["rps"] else "the other never answered"


def _ratios(steps: Results) -> list[str]:
    """What is promised, and what was measured."""
    asked: list[tuple[str, tuple[str, str], tuple[str, str], str]] = [
        (f"{STEPS[step]}: On Record to Datasette", (step, "ours"), (step, "datasette"), str(wanted))
        for step, wanted in _WANTED.items()
    ]
    asked += [(f"{STEPS[step]}: On Record to plain Django", (step, "ours"), (step, "twin"), "") for step in _WANTED]
    asked += [
        (f"{STEPS[step]}, made anew: On Record to Datasette", (step, "anew"), (step, "datasette"), "told")
        for step in _WANTED
        if step != "permalink"
    ]
    asked += [
        ("Permalink, each made anew: On Record to Datasette", ("anew", "ours"), ("anew", "datasette"), "told"),
        ("Permalink, each made anew, to a cached one", ("anew", "ours"), ("cached", "ours"), "told"),
        ("Cached permalink: On Record to Datasette", ("cached", "ours"), ("permalink", "datasette"), "3"),
        ("Cached permalink to the empty view", ("cached", "ours"), ("empty", "empty"), "0.4"),
        ("Rotating permalinks to a cached one", ("permalink", "ours"), ("cached", "ours"), "told"),
        ("A 304 to the empty view", ("unchanged", "ours"), ("empty", "empty"), "0.7"),
    ]
    lines = [
        f"| {label} | {_ratio(steps[above[0]][above[1]], steps[below[0]][below[1]])} | {wanted} |"
        for label, above, below, wanted in asked
        if above[1] in steps.get(above[0], {}) and below[1] in steps.get(below[0], {})
    ]
    return ["| Ratio of requests/s | Measured | Wanted |", "|---|--:|--:|", *lines] if lines else []


def _limits(measured: Results) -> list[str]:
    bare = measured.get("sql")
    if not bare:
        return []
    told = "; ".join(f"{STEPS[step].lower()} {one['p50_ms']} ms (p99 {one['p99_ms']})" for step, one in bare.items())
    return ["", f"The bare SQL of the central query takes: {told}."]


def growth(results: Results) -> str:
    """The p99 of the largest PostgreSQL record to that of the smallest."""
    names = sorted((name for name in results if name.startswith("postgres-")), key=_order)
    if len(names) < 2:
        return ""
    small, large = (results[name]["steps"] for name in (names[0], names[-1]))
    title = f"### From {_order(names[0])[1]:,} to {_order(names[-1])[1]:,} statements on PostgreSQL"
    lines = [title, "", "| Page | p99 ms, fewer | p99 ms, more | Ratio | Wanted |", "|---|--:|--:|--:|--:|"]
    for step, label in STEPS.items():
        for who, how in (("ours", ""), ("anew", ", made anew")):
            if who in small.get(step, {}) and who in large.get(step, {}):
                before, after = small[step][who]["p99_ms"], large[step][who]["p99_ms"]
                lines.append(f"| {label}{how} | {before:,.1f} | {after:,.1f} | {after / before:.2f} | ≤ 1.5 |")
    return "\n".join(lines)


def write(results: Results) -> str:
    """Put the tables into the document, between its two marks; they are also returned."""
    told = "\n\n".join(filter(None, [tables(results), growth(results)]))
    text = DOCUMENT.read_text()
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    DOCUMENT.write_text(f"{before}{_BEGIN}\n\n{told}\n\n{_END}{after}")
    return told
