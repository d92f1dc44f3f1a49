"""Schemathesis asks whatever the schema allows and much that it doesn't, of every address, and finds nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from quotes import tokens
from quotes.api.described.schema import document
from quotes.models import Token
from tests import factories

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.alike
def test_schemathesis_finds_nothing(live_server, settings, groups, tmp_path):
    settings.API_REQUESTS_PER_MINUTE = 0
    settings.SITE_URL = live_server.url
    # What is asked to be fetched stays where a worker would find it.
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    # Making it takes longer than a client waits, on a busy machine.
    document()
    call_command("load_founding_record", verbosity=0)
    account = factories.publisher()
    account.last_login = timezone.now()
    account.save()
    _, key = tokens.issue(account, "Schemathesis", Token.Scope.values, expires_at=None)
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{live_server.url}/api/v1/schema.json"]
    command += [
        "--header",
        f"Authorization: Bearer {key}",
        "--checks",
        "all",
        "--phases",
        "examples,coverage,fuzzing,stateful",
    ]
    command += ["--seed", "1", "--max-examples", os.environ.get("SCHEMATHESIS_EXAMPLES", "3")]
    command += ["--generation-database", "none", "--no-color", "--warnings", "off", "--request-timeout", "60"]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.api.beyond", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stdout[-20_000:]
    assert "Tested: 28" in done.stdout
