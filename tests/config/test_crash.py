"""What runs the record is killed while others write, a few times: nothing that was acknowledged is lost, half or twice.

`make crash` does it two hundred times; docs/operations.md has what came of that.
"""

import re
import subprocess
import sys

import pytest

from bench.crash.told import Told
from tests import servers
from tests.config.site import ROOT
from tests.environment import clean_environment


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "kills"), [("sqlite", 12), ("postgres", 8)])
def test_what_was_acknowledged_outlives_every_kill(engine, kills, tmp_path):
    if engine == "postgres" and not servers.postgres_programs():
        pytest.skip("Needs PostgreSQL's programs")
    command = [sys.executable, "-m", "bench.crash", "--engine", engine, "--kills", str(kills)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, env=clean_environment())
    assert done.returncode == 0, done.stdout + done.stderr[-5_000:]
    for none in ("| **lost** | 0 |", "| **half there** | 0 |", "| **there twice** | 0 |"):
        assert none in done.stdout
    # Something was written and something was killed, or nothing is proved.
    numbers = dict(re.findall(r"^\| ([^|]+) \| ([\d,]+) \|", done.stdout, re.MULTILINE))
    assert int(numbers["published"].replace(",", "")) > 0
    times = re.findall(r"^\| [^|]+ \| (\d+) \| [\d.]+ s \|", done.stdout, re.MULTILINE)
    assert sum(map(int, times)) == kills


def test_what_is_noted_of_acknowledgements_counts_rows_of_files_too():
    told = Told()
    told.note("drafts", "7K2M9QX4TA", "Words")
    told.note("files", "one.csv", 500)
    told.chores["checkpoint"] += 2
    assert told.writes() == 503
    assert told.copy("files") == {"one.csv": 500}
