"""The files of deploy/, as far as they run here: units that systemd takes, and nginx in front of a site."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message

import pytest
import trustme
from playwright.sync_api import expect

from tests import servers
from tests.clusters import until
from tests.config.site import PASSWORD, Site
from tests.environment import setting_names


@pytest.fixture
def deploy(project):
    return project / "deploy"


def units(deploy):
    return sorted([*deploy.glob("*.service"), *deploy.glob("*.timer")])


def test_systemd_takes_every_unit_without_a_complaint(deploy, project, tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd on this machine; `python -m tests` says so too, and fails for it in CI")
    for unit in units(deploy):
        (tmp_path / unit.name).write_text(unit.read_text().replace("/opt/onrecord", str(project)))
    command = ["systemd-analyze", "verify", "--man=no", *sorted(map(str, tmp_path.iterdir()))]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    # Of other units on this machine it may say what it likes.
    ours = [line for line in (done.stdout + done.stderr).splitlines() if "onrecord" in line]
    assert not ours
    assert done.returncode == 0


def test_every_unit_is_shut_off_from_what_it_never_needs(deploy):
    for unit in deploy.glob("*.service"):
        text = unit.read_text()
        for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n", "UMask=0077"):
            assert line in text, unit.name
        assert "User=onrecord" in text


def test_every_timer_has_a_service_and_every_command_exists(deploy, project):
    for timer in deploy.glob("*.timer"):
        assert timer.with_suffix(".service").exists()
    ours = {path.stem for path in (project / "quotes" / "management" / "commands").glob("*.py")}
    theirs = {"collectstatic", "clearsessions", "db_worker", "prune_db_task_results"}
    for unit in deploy.glob("*.service"):
        for command in re.findall(r"manage\.py (\w+)", unit.read_text()):
            assert command in ours | theirs


def test_the_example_of_settings_names_settings(deploy):
    named = set(re.findall(r"^([A-Z_]+)=", (deploy / "env.example").read_text(), re.MULTILINE))
    assert named <= setting_names()


# nginx


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


class Front:
    """nginx as deploy/nginx.conf sets it up, with ports, names and a certificate of this test."""

    def __init__(self, deploy, folder, upstream):
        self.folder, self.tls, self.plain = folder, free_port(), free_port()
        self.address = f"https://localhost:{self.tls}"
        trustme.CA().issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(str(folder / "both.pem"))
        text = (deploy / "nginx.conf").read_text()
        changes = {
            r"127\.0\.0\.1:8000;": f"127.0.0.1:{upstream};",
            r"listen 80;": f"listen 127.0.0.1:{self.plain};",
            r"listen 443 ssl http2;": f"listen 127.0.0.1:{self.tls} ssl http2;",
            r" *listen \[::\].*\n": "",
            r"server_name record\.example;": "server_name localhost;",
            r"https://record\.example\$": f"{self.address}$",
            r"/etc/letsencrypt/live/record\.example/\w+\.pem": str(folder / "both.pem"),
            r"/var/log/nginx": str(folder),
            r"proxy_set_header Host \$host;": "proxy_set_header Host $http_host;",
        }
        for pattern, by in changes.items():
            text, count = re.subn(pattern, by, text)
            assert count, pattern
        temporary = "\n".join(
            f"{kind}_temp_path {folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        whole = (
            f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\nevents {{}}\nhttp {{\n{temporary}\n{text}}}"
        )
        (folder / "nginx.conf").write_text(whole)

    @contextmanager
    def served(self, program):
        command = [program, "-c", str(self.folder / "nginx.conf"), "-e", str(self.folder / "error.log")]
        with (self.folder / "out").open("wb") as out:
            server = subprocess.Popen(command, stdout=out, stderr=out)
        try:
            until(self._listens, 20, f"nginx listens; see {self.folder}")
            yield self
        finally:
            server.terminate()
            server.wait(timeout=20)

    def _listens(self):
        with socket.socket() as caller:
            return caller.connect_ex(("127.0.0.1", self.tls)) == 0

    def get(self, path, address=None, data=None, **headers):
        """What is answered, without following anybody anywhere."""
        trusting = ssl._create_unverified_context()  # noqa: S323 - the certificate is this test's own
        still = type("Still", (urllib.request.HTTPRedirectHandler,), {"redirect_request": lambda *_: None})
        opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=trusting), still)
        where = f"{address or self.address}{path}"
        try:
            answer = opener.open(urllib.request.Request(where, data, headers), timeout=30)  # noqa: S310 - this test's site
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Answer(answer.status, answer.headers, answer.read())

    def log(self):
        return (self.folder / "onrecord.log").read_text()

    def logged(self, answer):
        """Wait for an answer's line: nginx writes it after it has sent the answer."""
        until(lambda: answer.headers["X-Request-ID"] in self.log(), what=f"the answer's line in {self.folder}")


@pytest.fixture(scope="module")
def front(tmp_path_factory, project):
    program = servers.nginx()
    if program is None:
        pytest.skip("Needs Debian's nginx; `python -m tests --slow` says so too, and fails for it in CI")
    folder = tmp_path_factory.mktemp("front")
    site = Site(folder / "var", ALLOWED_HOSTS="localhost,127.0.0.1", TRUSTED_PROXY_COUNT="1", SEARCHES_PER_MINUTE="3")
    front = Front(project / "deploy", folder, site.address.rpartition(":")[2])
    site.environment["SITE_URL"] = front.address
    site.manage("migrate", "--verbosity=0")
    site.manage("load_founding_record")
    site.collect()
    with site.served(), front.served(program):
        yield front


@pytest.mark.slow
def test_a_browser_reads_and_signs_in_through_nginx(browser, front, complaints):
    context = browser.new_context(ignore_https_errors=True, base_url=front.address)
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto("/statements/?speaker=emmanuel-macron")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.locator(".card a").first.click()
    expect(page).to_have_url(re.compile(r"/q/[0-9A-Z]{10}"))
    page.goto("/signin/")
    page.get_by_label("Username").fill("nobody")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("correct username and password")).to_be_visible()
    assert {cookie["name"]: cookie["secure"] for cookie in context.cookies()} == {"csrftoken": True}
    context.close()


@pytest.mark.slow
def test_nginx_passes_the_records_own_headers_and_takes_none_of_the_clients(front):
    answer = front.get("/about/", **{"X-Request-ID": "a-forged-id", "X-Forwarded-Proto": "http"})
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-ID"])
    front.logged(answer)
    assert "nginx/" not in answer.headers["Server"]


@pytest.mark.slow
def test_plain_http_leads_to_https(front):
    answer = front.get("/q/anything?x=1", address=f"http://127.0.0.1:{front.plain}")
    assert (answer.status, answer.headers["Location"]) == (301, f"{front.address}/q/anything?x=1")


@pytest.mark.slow
def test_what_is_for_supervisors_is_not_seen_from_outside(front):
    for path in ("/metrics", "/readyz"):
        assert front.get(path).status == 404
    assert front.get("/healthz").body == b"ok\n"


@pytest.mark.slow
def test_answers_are_compressed_and_copies_are_still_recognised(front):
    first = front.get("/statements/", **{"Accept-Encoding": "gzip"})
    assert first.headers["Content-Encoding"] == "gzip"
    again = front.get("/statements/", **{"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    page = front.get("/about/").body.decode()
    style = re.search(r'href="(/static/onrecord\.\w+\.css)"', page)[1]
    kept = front.get(style, **{"Accept-Encoding": "br, gzip"})
    assert "immutable" in kept.headers["Cache-Control"]
    assert kept.headers["Content-Encoding"] in ("br", "gzip")


@pytest.mark.slow
def test_what_is_too_large_is_refused_before_it_is_taken(front):
    assert front.get("/check/", data=b"x" * 13_000_000).status == 413


@pytest.mark.slow
def test_an_address_that_a_client_makes_up_gets_no_share_of_its_own(front):
    answers = [front.get(f"/statements/?q=word{n}", **{"X-Forwarded-For": f"203.0.113.{n}"}) for n in range(9)]
    assert 429 in {answer.status for answer in answers}
    refused = next(answer for answer in answers if answer.status == 429)
    assert int(refused.headers["Retry-After"]) > 0
    front.logged(answers[-1])
    assert "203.0.113" not in front.log()
