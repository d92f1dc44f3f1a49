"""Every example of docs/data.md, on a running site."""

import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command

DOCS = Path(__file__).parents[2] / "docs" / "data.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", DOCS.read_text(), re.MULTILINE | re.DOTALL)
COMMANDS = [line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines() if line.startswith("curl ")]
PROGRAMS = [text for kind, text in BLOCKS if kind == "python"]


@pytest.fixture
def served(live_server, settings, groups, tmp_path):
    """The founding record on a running site; a function that puts its address into an example."""
    settings.SITE_URL = live_server.url
    call_command("load_founding_record", verbosity=0)
    settings.DUMPS_DIR = tmp_path / "dumps"
    call_command("dump", tmp_path / "dumps" / "2024-05-05", verbosity=0)
    (tmp_path / "dump").symlink_to(tmp_path / "dumps" / "2024-05-05")
    return lambda text: text.replace("https://record.example", live_server.url)


@pytest.mark.slow
@pytest.mark.parametrize("program", PROGRAMS, ids=[f"program {n}" for n in range(1, len(PROGRAMS) + 1)])
def test_a_program_of_the_docs_runs(served, capsys, tmp_path, monkeypatch, program):
    monkeypatch.chdir(tmp_path)
    exec(compile(served(program), "docs/data.md", "exec"), {})  # noqa: S102  # our own
    assert capsys.readouterr().out.strip() not in {"", "0"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_docs_answers(served, tmp_path, command):
    done = subprocess.run(["bash", "-c", served(command)], check=False, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() or any(path.stat().st_size for path in tmp_path.glob("*.*"))
