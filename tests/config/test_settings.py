import re
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from config import environment
from tests.environment import clean_environment, setting_names

KEY = "k" * 60
PUBLIC = {
    "DEBUG": "false",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "record.example",
    "SITE_URL": "https://record.example",
}
TRANSPORT = "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"

Start = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def start(project: Path, tmp_path: Path) -> Start:
    def run(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
        variables = clean_environment(**{"VAR_DIR": str(tmp_path), **settings})
        return subprocess.run(
            [sys.executable, *command],
            check=False,
            capture_output=True,
            text=True,
            cwd=project,
            env=variables,
            timeout=60,
        )

    return run


def values(start: Start, *names: str, **settings: str) -> list[str]:
    code = f"from config import settings; print(*[getattr(settings, name) for name in {names!r}], sep='\\n')"
    done = start("-c", code, **settings)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_every_setting_is_documented_and_every_documented_setting_exists(project):
    documented = re.findall(r"^\| `([A-Z_]+)` \|", (project / "docs" / "settings.md").read_text(), re.MULTILINE)
    assert set(documented) == setting_names()
    assert len(documented) == len(set(documented))


def test_nothing_but_setting_reads_the_environment(project):
    source = (project / "config" / "settings.py").read_text()
    assert "os.environ" not in source
    assert "getenv" not in source


WRONG = {
    "no key": ({**PUBLIC, "SECRET_KEY": ""}, "SECRET_KEY is missing"),
    "a short key": ({**PUBLIC, "SECRET_KEY": "short"}, "SECRET_KEY has 5 characters"),
    "no hosts": ({**PUBLIC, "ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is missing"),
    "no address": ({**PUBLIC, "SITE_URL": ""}, "SITE_URL is missing"),
    "another host": ({**PUBLIC, "ALLOWED_HOSTS": "else.example"}, "ALLOWED_HOSTS doesn't name record.example"),
    "no scheme": ({"SITE_URL": "record.example"}, "SITE_URL is 'record.example'"),
    "a wrong scheme": ({"SITE_URL": "ftp://record.example"}, "SITE_URL is 'ftp://record.example'"),
    "a path": ({"SITE_URL": "http://127.0.0.1/record"}, "a scheme and a host alone"),
    "a port in words": ({"PORT": "http"}, "PORT is 'http'"),
    "a port too high": ({"PORT": "65536"}, "PORT is '65536'"),
    "no workers": ({"WORKERS": "0"}, "WORKERS is '0'"),
    "a misspelt truth": ({"DEBUG": "ture"}, "DEBUG is 'ture'"),
    "an unknown database": ({"DATABASE_URL": "mysql://localhost/record"}, "DATABASE_URL isn't a database address"),
    "no database address": ({"DATABASE_URL": "record"}, "DATABASE_URL isn't a database address"),
    "a database port in words": ({"DATABASE_URL": "postgres://u:p@host:five/name"}, "DATABASE_URL doesn't name"),
    "a database without name": ({"DATABASE_URL": "postgres://host"}, "DATABASE_URL doesn't name"),
    "replicas of SQLite": ({"DATABASE_REPLICA_URLS": "postgres://host/name"}, "SQLite, which has no replicas"),
    "a replica that is SQLite": (
        {"DATABASE_URL": "postgres://host/name", "DATABASE_REPLICA_URLS": "postgres://host/name,sqlite:////path"},
        "DATABASE_REPLICA_URLS names a SQLite file",
    ),
    "a replica's port in words": (
        {"DATABASE_URL": "postgres://host/name", "DATABASE_REPLICA_URLS": "postgres://host:five/name"},
        "DATABASE_REPLICA_URLS doesn't name a database",
    ),
    "a cache without a scheme": ({"CACHE_URL": "localhost:6379"}, "CACHE_URL isn't an address like redis://"),
    "a cache of another kind": ({"CACHE_URL": "memcached://host:11211"}, "CACHE_URL isn't an address like redis://"),
    "a mail server of another kind": ({"EMAIL_URL": "imap://host"}, "EMAIL_URL isn't an address like smtp+tls://"),
    "a mail server without a sender": ({"EMAIL_URL": "smtp://host"}, "neither EMAIL_FROM nor CONTACT_EMAIL"),
    "a sender that is two lines": ({"EMAIL_FROM": "a@b.example\nBcc: c@d.example"}, "EMAIL_FROM is"),
    "a bound of nothing": ({"DATABASE_REPLICA_LAG": "0"}, "DATABASE_REPLICA_LAG is '0'"),
    "a file for a folder": ({"VAR_DIR": __file__}, "VAR_DIR is"),
    "an unknown log level": ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL is 'LOUD'"),
    "a tests' switch in public": ({**PUBLIC, "FETCH_LOOPBACK": "true"}, "FETCH_LOOPBACK is for tests alone"),
    "factors for some": ({"SECOND_FACTOR": "some"}, "SECOND_FACTOR is 'some'"),
    "a licence that is no address": ({"RECORD_LICENCE": "CC0"}, "RECORD_LICENCE is 'CC0'"),
}


@pytest.mark.parametrize(("settings", "line"), WRONG.values(), ids=WRONG.keys())
def test_a_missing_or_wrong_setting_stops_the_start_with_one_line(start, settings, line):
    done = start("manage.py", "check", **settings)
    assert done.returncode == 1
    assert line in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("given", "policy"), [(PUBLIC, "publishers"), ({}, "none"), ({"SECOND_FACTOR": "Everyone"}, "everyone")]
)
def test_a_public_site_asks_publishers_for_a_second_factor(start, given, policy):
    assert values(start, "SECOND_FACTOR", **given) == [policy]


def test_gunicorn_stops_with_the_same_line(start):
    done = start("-m", "gunicorn", "--config", "python:config.gunicorn", **{**PUBLIC, "SECRET_KEY": ""})
    assert done.returncode == 1
    assert done.stderr.startswith("On Record can't start: SECRET_KEY is missing")
    assert done.stderr.count("\n") == 1


def test_a_password_in_a_wrong_database_address_is_not_printed(start):
    done = start("manage.py", "check", DATABASE_URL="postgres://user:secret@host:five/name")
    assert "secret" not in done.stderr


def test_a_database_that_does_not_answer_ends_a_command_with_one_line(start):
    done = start("manage.py", "migrate", DATABASE_URL="postgres://user@127.0.0.1:1/name")
    assert done.returncode == 1
    assert done.stderr.startswith("On Record: the database failed: ")
    assert done.stderr.count("\n") == 1


def test_serving_waits_for_collected_files_and_then_for_migrations(start, tmp_path):
    gunicorn = ("-m", "gunicorn", "--config", "python:config.gunicorn", "--log-level", "error")
    settings = {**PUBLIC, "VAR_DIR": str(tmp_path), "PORT": "1"}
    assert "static files aren't collected" in start(*gunicorn, **settings).stderr
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text('{"version": "1.1", "paths": {}, "hash": ""}')
    done = start(*gunicorn, **settings)
    assert done.returncode == 1
    assert re.fullmatch(r"On Record can't start: \d+ migrations wait: run `manage.py migrate`.\n", done.stderr)


def test_https_in_the_address_turns_on_redirect_hsts_and_secure_cookies(start):
    assert values(start, *TRANSPORT, **PUBLIC) == ["True", "2592000", "True", "True"]


def test_fetching_says_whom_to_write_to(start):
    [agent] = values(start, "USER_AGENT", **PUBLIC, CONTACT_EMAIL="desk@record.example")
    assert re.fullmatch(r"OnRecord/[\d.]+ \(\+https://record.example/about/; desk@record.example\)", agent)


def test_http_in_the_address_leaves_them_off(start):
    settings = {**PUBLIC, "SITE_URL": "http://record.example", "HSTS_SECONDS": "60"}
    assert values(start, *TRANSPORT, **settings) == ["False", "0", "False", "False"]


def test_a_forwarded_scheme_counts_only_from_trusted_proxies(start):
    assert values(start, "SECURE_PROXY_SSL_HEADER", **PUBLIC) == ["None"]
    trusted = values(start, "SECURE_PROXY_SSL_HEADER", **PUBLIC, TRUSTED_PROXY_COUNT="1")
    assert trusted == ["('HTTP_X_FORWARDED_PROTO', 'https')"]


def test_without_settings_the_key_is_made_once_and_only_its_owner_reads_it(start, tmp_path):
    first = values(start, "SECRET_KEY")
    assert values(start, "SECRET_KEY") == first
    assert (tmp_path / "secret-key").read_text() == first[0]
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_of_two_first_starts_both_use_the_key_that_was_kept(tmp_path, monkeypatch):
    path = tmp_path / "secret-key"

    def slow_key(_length: int) -> str:
        path.write_text("the other's")
        return "ours"

    monkeypatch.setattr(secrets, "token_urlsafe", slow_key)
    assert environment.kept_key(path) == "the other's"


def test_without_settings_the_database_is_a_file_in_var(start, tmp_path):
    [database] = values(start, "DATABASE", VAR_DIR=str(tmp_path))
    assert f"'{tmp_path / 'onrecord.sqlite3'}'" in database
    assert "'transaction_mode': 'IMMEDIATE'" in database


def test_behind_pgbouncer_pool_and_server_side_cursors_go(start):
    address = "postgres://user@host/name"
    [pooled] = values(start, "DATABASE", DATABASE_URL=address)
    [plain] = values(start, "DATABASE", DATABASE_URL=address, DATABASE_POOL="false", DISABLE_SERVER_SIDE_CURSORS="true")
    assert "'pool': {'min_size': 1, 'max_size': 8" in pooled
    assert "pool" not in plain
    assert "'DISABLE_SERVER_SIDE_CURSORS': True" in plain


def test_what_has_no_pool_keeps_its_connections_when_it_serves(start):
    given = {**PUBLIC, "DATABASE_URL": "postgres://db1/name", "DATABASE_REPLICA_URLS": "postgres://db2/name"}
    [plain] = values(start, "DATABASES", **given, DATABASE_POOL="false")
    [pooled] = values(start, "DATABASES", **given)
    assert plain.count("'CONN_MAX_AGE': 60") == 2
    assert "CONN_MAX_AGE" not in pooled


def test_replicas_stand_beside_the_primary_in_the_order_given(start):
    given = {"DATABASE_URL": "postgres://db1/name", "DATABASE_REPLICA_URLS": "postgres://db2/name, postgres://db3/name"}
    names, databases, routers = values(start, "REPLICAS", "DATABASES", "DATABASE_ROUTERS", **given)
    assert names == "['replica1', 'replica2']"
    assert re.findall(r"'HOST': '(\w+)'", databases) == ["db1", "db2", "db3"]
    assert routers == "['config.replicas.Router']"


def test_without_replicas_nothing_is_routed(start):
    assert values(start, "REPLICAS", "DATABASE_ROUTERS", DATABASE_URL="postgres://db1/name") == ["[]", "[]"]


def test_a_public_site_leaves_slow_work_to_a_worker(start):
    assert values(start, "TASK_WORKER", **PUBLIC) == ["True"]
    assert "DatabaseBackend" in values(start, "TASKS", **PUBLIC)[0]


def test_without_a_worker_whoever_asks_does_the_work(start):
    assert "ImmediateBackend" in values(start, "TASKS", **PUBLIC, TASK_WORKER="false")[0]
    assert "ImmediateBackend" in values(start, "TASKS")[0]


def test_make_run_needs_no_worker(project):
    local = (project / "Makefile").read_text().partition("LOCAL =")[2].partition("\n#")[0]
    assert 'TASK_WORKER="$${TASK_WORKER:-false}"' in local


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("redis://:secret@cache:6379/1", "redis://:secret@cache:6379/1"),
        ("valkey://cache:6379/0", "redis://cache:6379/0"),
        ("valkeys://cache:6379/0", "rediss://cache:6379/0"),
        ("unix:///run/redis.sock", "unix:///run/redis.sock"),
    ],
)
def test_a_shared_cache_is_a_redis_or_a_valkey(given, asked):
    assert environment.cache_address(given) == asked


def test_a_wrong_cache_is_refused_without_its_password():
    with pytest.raises(ValueError, match="redis://") as refused:
        environment.cache_address("http://:secret@cache")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "host", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", "mail.example", 25, False, False),
        ("smtp://mail.example:2525", "mail.example", 2525, False, False),
        ("smtp+tls://ann:se%20cret@mail.example", "mail.example", 587, True, False),
        ("smtps://mail.example", "mail.example", 465, False, True),
    ],
)
def test_a_mail_server_is_an_address(given, host, port, tls, ssl):
    found = environment.mail_server(given)
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == (host, port)
    assert (found.get("EMAIL_USE_TLS", False), found.get("EMAIL_USE_SSL", False)) == (tls, ssl)
    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    if "ann" in given:
        assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("ann", "se cret")


@pytest.mark.parametrize("given", ["mail.example:25", "smtp://", "ftp://ann:secret@mail.example", "ann:secret@host"])
def test_a_wrong_mail_server_is_refused_without_its_password(given):
    with pytest.raises(ValueError, match="isn't an address") as refused:
        environment.mail_server(given)
    assert "secret" not in str(refused.value)


def test_e_mail_comes_from_the_contact_unless_told_else(start):
    names = "SENDS_MAIL", "DEFAULT_FROM_EMAIL"
    contact = {"EMAIL_URL": "console://", "CONTACT_EMAIL": "desk@record.example"}
    assert values(start, *names, **contact) == ["True", "desk@record.example"]
    sender = "On Record <record@record.example>"
    assert values(start, *names, **contact, EMAIL_FROM=sender) == ["True", sender]
    assert values(start, "SENDS_MAIL", "EMAIL_BACKEND") == ["False", "django.core.mail.backends.dummy.EmailBackend"]
