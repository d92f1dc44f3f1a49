"""Sending to an address that somebody gave: to the public internet alone, and to the very address that was checked."""

import pytest

from sources.fetching.guard import Guard
from sources.fetching.posting import CannotPost, Poster
from tests.sources import web

INSIDE = ["10.0.0.7", "127.0.0.1", "169.254.169.254", "192.168.1.1", "::1", "fd00:ec2::254", "100.64.0.1"]


def poster(*addresses, **options):
    return Poster(guard=Guard(), resolve=lambda *_: list(addresses), agent=web.AGENT, **options)


@pytest.fixture
def site():
    with web.serving() as made:
        yield made


def here(**options):
    return Poster(guard=Guard(loopback=True), resolve=web.to_loopback, agent=web.AGENT, **options)


@pytest.mark.parametrize("inside", INSIDE)
def test_a_name_that_leads_inside_the_network_is_refused_when_given_and_when_sent_to(inside):
    for act in (
        lambda: poster(inside).checked("https://hook.example/"),
        lambda: poster("203.0.112.1", inside).checked("https://hook.example/"),
        lambda: poster(inside).post("https://hook.example/", b"{}", []),
    ):
        with pytest.raises(CannotPost, match="not on the public internet") as refused:
            act()
        assert refused.value.is_refused


@pytest.mark.parametrize(
    "address",
    [
        "http://hook.example/",
        "https://hook.example:8443/",
        "https://user:secret@hook.example/",
        "https://2130706433/",
        "ftp://hook.example/",
        "file:///etc/passwd",
        "hook.example",
        "",
    ],
)
def test_what_is_no_public_https_address_is_refused(address):
    with pytest.raises(CannotPost, match="with https and no port of its own"):
        poster("203.0.112.1").checked(address)


def test_a_name_that_leads_inside_later_is_refused_then():
    answers = iter([["203.0.112.1"], ["10.0.0.7"]])
    turning = Poster(guard=Guard(), resolve=lambda *_: next(answers), agent=web.AGENT)
    assert turning.checked("https://hook.example/a") == "https://hook.example/a"
    with pytest.raises(CannotPost, match="not on the public internet"):
        turning.post("https://hook.example/a", b"{}", [])


def test_a_host_that_dns_doesnt_know_is_named():
    def unknown(host, port):
        raise OSError

    with pytest.raises(CannotPost, match="DNS knows no such host") as refused:
        Poster(guard=Guard(), resolve=unknown, agent=web.AGENT).checked("https://hook.example/")
    assert not refused.value.is_refused


def test_the_answer_is_read_whatever_its_status_and_only_its_beginning(site):
    answer = here().post(site.says("/hook", b"x" * 50_000, 500, Retry_After="60"), b"{}", [("webhook-id", "1")])
    assert (answer.status, len(answer.body), answer.headers["retry-after"]) == (500, 10_000, "60")


def test_a_redirect_is_not_followed(site):
    target = site.says("/inside", "secret")
    answer = here().post(site.redirects("/hook", target), b"{}", [])
    assert (answer.status, [path for path, _ in site.asked]) == (302, ["/hook"])


def test_whoever_doesnt_answer_is_not_waited_for(site):
    url = site.does("/hook", lambda one, _: one.release.wait(5))
    with pytest.raises(CannotPost, match="too long"):
        here(seconds=0.2).post(url, b"{}", [])
    site.release.set()


def test_whoever_breaks_off_is_said_so(site):
    url = site.does("/hook", lambda _, wire: wire.write(b"no http"))
    with pytest.raises(CannotPost, match="could not be reached"):
        here().post(url, b"{}", [])
