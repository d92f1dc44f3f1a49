import os
import subprocess
from pathlib import Path

import psycopg
import pytest

from tests import servers


@pytest.fixture
def programs() -> Path:
    found = servers.debian_programs() or (None if os.geteuid() == 0 else servers.embedded_programs())
    if found is None:
        pytest.skip("PostgreSQL isn't here; `python -m tests` says so too, and fails for it in CI")
    return found


def test_a_throwaway_server_answers_and_leaves_nothing_behind(programs):
    with servers.throwaway_postgres(programs) as address:
        folder = Path(address.partition("host=")[2])
        with psycopg.connect(host=str(folder), user="onrecord", dbname="postgres") as connection:
            assert connection.execute("select 1 + 1").fetchone() == (2,)
    assert not folder.exists()


def test_a_throwaway_server_ends_when_the_tests_are_interrupted(programs):
    def interrupted() -> None:
        with servers.throwaway_postgres(programs) as address:
            seen.append(int((Path(address.partition("host=")[2]) / "data" / "postmaster.pid").read_text().split()[0]))
            raise KeyboardInterrupt

    seen: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with pytest.raises(ProcessLookupError):
        os.kill(seen[0], 0)


def test_a_server_that_will_not_start_says_why(tmp_path):
    (tmp_path / "initdb").write_text("#!/bin/sh\necho no space left >&2\nexit 1\n")
    (tmp_path / "initdb").chmod(0o755)
    with pytest.raises(servers.ServerFailed, match="no space left"):
        servers.make_cluster(tmp_path, tmp_path, None)


def test_without_permission_nothing_is_installed(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_kwargs: pytest.fail("started a program"))
    assert servers.apt_install("postgresql") is False


def test_embedded_programs_serve_where_debian_has_none(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(servers, "debian_programs", lambda: None)
    found = servers.postgres_programs()
    assert found is not None
    assert (found / "postgres").exists()


def test_root_is_not_given_the_embedded_programs(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(servers, "debian_programs", lambda: None)
    monkeypatch.setattr(servers, "apt_install", lambda *_packages: False)
    assert servers.postgres_programs() is None
