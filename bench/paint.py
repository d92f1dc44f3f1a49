"""How soon a page is painted, by Chromium, cold: `python -m bench.paint http://127.0.0.1:8000`, with `make run` there.

Each page is asked for by a browser that knows nothing, several times, at full speed and as on a middling telephone
(processor four times slower, 1.6 Mbit/s, 150 ms to and fro: what Lighthouse calls slow 4G). Medians are told, with
bytes as they came over the wire.
"""

import argparse
import re
import statistics
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.servers import chromium

SPEEDS = {"full": None, "telephone": (4, 1_600_000 / 8, 150)}
"""Times slower, bytes a second, milliseconds."""
PAINTED = """() => new Promise((tell) => {
  const told = { largest: 0, moved: 0 };
  new PerformanceObserver((list) => { for (const one of list.getEntries()) told.largest = one.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => { for (const one of list.getEntries()) told.moved += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => {
    const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    told.first = performance.getEntriesByName("first-contentful-paint")[0].startTime;
    told.bytes = entries.reduce((sum, one) => sum + one.transferSize, 0);
    tell(told);
  }, 200);
})"""


@dataclass(frozen=True)
class Painted:
    """One page at one speed: medians, times in milliseconds."""

    address: str
    speed: str
    first: float
    largest: float
    moved: float
    bytes: float


def main() -> int:
    """Tell a table; 1 where there is no browser."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", help="its address, without a path")
    parser.add_argument("--times", type=int, default=7, help="how often each page is asked for (7)")
    options = parser.parse_args()
    path = chromium()
    if path is None:
        print("Painting needs Chromium: apt-get install chromium", file=sys.stderr)
        return 1
    site = options.site.rstrip("/")
    print(f"{'page':<24}{'speed':<12}{'first ms':>10}{'largest ms':>12}{'moved':>8}{'KiB':>8}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for one in measured(browser, site, options.times):
            print(
                f"{one.address:<24}{one.speed:<12}{one.first:>10.0f}{one.largest:>12.0f}"
                f"{one.moved:>8.3f}{one.bytes / 1024:>8.1f}"
            )
        browser.close()
    return 0


def measured(browser: Browser, site: str, times: int) -> Iterator[Painted]:
    """Home, all statements and one permalink, at each speed."""
    for address in ("/", "/statements/", permalink(site)):
        for speed in SPEEDS:
            told = [visit(browser, f"{site}{address}", speed) for _ in range(times)]
            medians = {name: statistics.median(one[name] for one in told) for name in told[0]}
            yield Painted(address, speed, **medians)


def permalink(site: str) -> str:
    """The path of the newest statement's page."""
    with urllib.request.urlopen(f"{site}/statements/") as answer:
        found = re.search(r'href="(/q/[^"/]+)"', answer.read().decode())
    if found is None:
        raise SystemExit(f"No statement is on record at {site}: load one first.")
    return found[1]


def visit(browser: Browser, address: str, speed: str) -> dict[str, Any]:
    """What one cold visit tells: paints in milliseconds, the sum of layout shifts, bytes."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    if pace := SPEEDS[speed]:
        slower, rate, delay = pace
        devtools = context.new_cdp_session(page)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        conditions = {"offline": False, "latency": delay, "downloadThroughput": rate, "uploadThroughput": rate}
        devtools.send("Network.emulateNetworkConditions", conditions)
    page.goto(address, wait_until="networkidle")
    told: dict[str, Any] = page.evaluate(PAINTED)
    context.close()
    return told


if __name__ == "__main__":
    sys.exit(main())
