"""Fetching pages: from the public internet alone, within limits, politely. Played against a hostile web on loopback."""

import gzip
import itertools
import logging
import socket
import ssl

import brotli
import pytest
import trustme

from sources.fetching import CannotFetch, Fetcher
from sources.fetching.errors import (
    InsideAddress,
    NoSuchHost,
    NotOnTheWeb,
    PageGone,
    PageRefused,
    RobotsRefuse,
    SiteUnwell,
    TooManyRedirects,
    TooMuch,
    TooSlow,
    Unreachable,
)
from sources.fetching.guard import Guard
from tests.sources import files, web

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture
def site():
    with web.serving() as made:
        yield made


def fetch(url, **options):
    return web.fetcher(**options).fetch(url)


# What is fetched


def test_a_page_is_fetched_with_what_its_server_says_of_it(site):
    url = site.says("/article", "<p>Words</p>", Content_Type="Text/HTML; Charset=UTF-8", Content_Language="en")
    fetched = fetch(url)
    assert (fetched.body, fetched.url, fetched.status) == (b"<p>Words</p>", url, 200)
    assert (fetched.media_type, fetched.charset, fetched.language) == ("text/html", "utf-8", "en")


def test_we_say_who_asks_and_bring_nothing_else(site):
    fetch(site.says("/article", "Words"))
    for _, headers in site.asked:
        assert headers["user-agent"] == web.AGENT
        assert headers["host"] == f"daily.example:{site.server_port}"
        assert set(headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_the_agent_names_product_version_and_contact(settings):
    settings.FETCH_LOOPBACK = False
    assert Fetcher().agent == settings.USER_AGENT
    assert settings.USER_AGENT.startswith(f"OnRecord/{settings.VERSION} (+{settings.SITE_URL}/about/")


@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("identity", bytes), ("GZIP", gzip.compress)]
)
def test_a_packed_answer_is_unpacked(site, coding, pack):
    assert fetch(site.says("/article", pack(b"Words"), Content_Encoding=coding)).body == b"Words"


def test_an_answer_in_pieces_is_joined(site):
    pieces = b"5\r\nWords\r\n3\r\n on\r\n0\r\n\r\n"
    url = site.does("/article", lambda _, out: out.write(OK + b"Transfer-Encoding: chunked\r\n\r\n" + pieces))
    assert fetch(url).body == b"Words on"


def test_redirects_are_followed_and_the_last_address_counts(site):
    site.says("/article?id=5", "Words")
    url = site.redirects("/old", "/article?id=5&utm_source=x#top", 301)
    assert fetch(url).url == site.url("/article?id=5")


def test_a_redirect_may_be_written_in_any_script(site):
    site.says("/%C3%A9t%C3%A9", "Words")
    url = site.does("/old", lambda _, out: out.write("HTTP/1.1 302 Found\r\nLocation: /été\r\n\r\n".encode()))
    assert fetch(url).url == site.url("/%C3%A9t%C3%A9")


# What is refused


@pytest.mark.parametrize(
    "url",
    [
        "ftp://daily.example/a",
        "file:///etc/passwd",
        "gopher://daily.example/",
        "data:text/html,Words",
        "javascript:alert(1)",
        "https://user:secret@daily.example/",
        "https://daily.example:8080/",
        "http://daily.example:22/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0x7f.1/",
        "http://1/",
        "daily.example",
        "",
    ],
)
def test_what_is_no_public_web_address_is_never_looked_up(url):
    def never(host, port):
        raise AssertionError(host)

    with pytest.raises(NotOnTheWeb):
        Fetcher(guard=Guard(), resolve=never, agent=web.AGENT).fetch(url)


INSIDE = [
    *(
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
    ),
    *("100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1"),
    *("203.0.113.1", "192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fe80::1%lo", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "100::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::10.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1"),
    *("64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:808:808::", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
    *("2001:10::1", "2001:20::1", "3fff::1", "4000::1", "5f00::1", "2620:4f:8000::1", "not an address", ""),
]


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_refused(address):
    with pytest.raises(InsideAddress):
        Fetcher(guard=Guard(), resolve=lambda *_: [address], agent=web.AGENT).fetch("https://daily.example/")


@pytest.mark.parametrize("address", INSIDE)
def test_the_switch_for_tests_opens_loopback_alone(address):
    guard = Guard(loopback=True)
    if address in ("127.0.0.1", "127.8.8.8", "::1"):
        guard.address(address, "daily.example")
    else:
        with pytest.raises(InsideAddress):
            guard.address(address, "daily.example")


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "1.1.1.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses_are_open(address):
    Guard().address(address, "daily.example")


def test_one_address_inside_closes_a_name():
    with pytest.raises(InsideAddress):
        Fetcher(guard=Guard(), resolve=lambda *_: ["8.8.8.8", "10.0.0.1"], agent=web.AGENT).fetch("https://a.example/")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254", "[::ffff:10.0.0.1]", "localhost"]
)
def test_addresses_inside_are_refused_as_such(host):
    with pytest.raises(InsideAddress):
        Fetcher(guard=Guard(), agent=web.AGENT).fetch(f"http://{host}/")


@pytest.mark.parametrize(
    ("target", "refusal"),
    [
        ("http://10.0.0.1/", InsideAddress),
        ("http://169.254.169.254/latest/meta-data/", InsideAddress),
        ("http://[fd00:ec2::254]/", InsideAddress),
        ("//192.168.0.1/", InsideAddress),
        ("file:///etc/passwd", NotOnTheWeb),
        ("http://2852039166/", NotOnTheWeb),
        ("http://user:secret@daily.example/", NotOnTheWeb),
        ("http://[", NotOnTheWeb),
        ("", PageRefused),
    ],
)
def test_a_redirect_is_checked_like_the_first_address(site, target, refusal):
    with pytest.raises(refusal):
        fetch(site.redirects("/article", target))


def test_the_rules_of_a_site_may_not_lead_inside_either(site):
    site.redirects("/robots.txt", "http://10.0.0.1/robots.txt")
    site.says("/article", "Words")
    with pytest.raises(InsideAddress):
        fetch(site.url())


def test_a_name_that_leads_inside_the_second_time_is_refused_then(site):
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    site.says("/article", "Words")
    with pytest.raises(InsideAddress):
        fetch(site.url(), resolve=lambda *_: next(answers))
    assert [path for path, _ in site.asked] == ["/robots.txt"]


def test_the_connection_goes_to_the_address_that_was_checked(site, monkeypatch):
    site.says("/article", "Words")
    connect, went, asked = socket.create_connection, [], []

    def recorded(address, *rest, **options):
        went.append(address)
        return connect((web.LOOPBACK, site.server_port), *rest, **options)

    def resolve(host, port):
        asked.append(host)
        return ["93.184.216.34"]

    monkeypatch.setattr(socket, "create_connection", recorded)
    fetched = Fetcher(guard=Guard(), resolve=resolve, agent=web.AGENT).fetch("http://daily.example/article")
    assert fetched.body == b"Words"
    assert asked == ["daily.example"] * 2
    assert went == [("93.184.216.34", 80)] * 2
    assert {headers["host"] for _, headers in site.asked} == {"daily.example"}


def test_proxies_of_the_environment_are_not_used(site, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    assert fetch(site.says("/article", "Words")).body == b"Words"


def test_another_address_of_a_name_is_tried_where_the_first_does_not_answer(site):
    site.says("/article", "Words")
    assert fetch(site.url(), resolve=lambda *_: ["::1", "127.0.0.1"]).body == b"Words"


def test_a_name_that_nobody_knows_is_said_to_be_unknown():
    def unknown(host, port):
        raise socket.gaierror(-2, "Name or service not known")

    for resolve in (unknown, lambda *_: []):
        with pytest.raises(NoSuchHost) as refused:
            fetch("http://daily.exmaple/", resolve=resolve)
        assert "daily.exmaple" in str(refused.value)


# Limits


def test_redirects_in_a_circle_end(site):
    site.redirects("/a", "/b")
    with pytest.raises(TooManyRedirects):
        fetch(site.redirects("/b", "/a"), limits={"redirects": 3})
    assert len(site.asked) == 5


def test_five_redirects_are_followed(site):
    for number in range(5):
        site.redirects(f"/{number}", f"/{number + 1}")
    site.says("/5", "Words")
    assert fetch(site.url("/0")).body == b"Words"


def endless(head, piece, pause=0.0):
    def write(site, out):
        out.write(head)
        while not site.release.wait(pause):
            out.write(piece)
            out.flush()

    return write


def test_a_body_that_never_ends_is_cut(site):
    with pytest.raises(TooMuch):
        fetch(site.does("/article", endless(OK + b"\r\n", bytes(50_000))), limits={"bytes_": 1_000_000})


def test_a_body_larger_than_it_says_is_no_larger(site):
    url = site.does("/article", lambda _, out: out.write(OK + b"Content-Length: 5\r\n\r\nWords and more words"))
    assert fetch(url).body == b"Words"


def test_a_body_smaller_than_it_says_is_refused(site):
    url = site.does("/article", lambda _, out: out.write(OK + b"Content-Length: 50\r\n\r\nWords"))
    with pytest.raises(Unreachable) as refused:
        fetch(url)
    assert "broken off" in str(refused.value)


@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("br", lambda data: brotli.compress(data, quality=3))]
)
def test_a_body_that_unpacks_to_more_is_refused(site, coding, pack):
    with pytest.raises(TooMuch):
        fetch(site.says("/article", pack(bytes(20_000_000)), Content_Encoding=coding))


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "compress", "gzip, gzip"])
def test_a_body_that_can_t_be_unpacked_is_refused(site, coding):
    with pytest.raises(Unreachable):
        fetch(site.says("/article", b"no such thing", Content_Encoding=coding))


def test_a_body_that_drips_is_given_up(site):
    url = site.does("/article", endless(OK + b"\r\n", b".", 0.02))
    with pytest.raises(TooSlow) as refused:
        fetch(url, limits={"seconds": 0.3})
    assert "0.3 seconds" in str(refused.value)


def test_headers_that_drip_are_given_up(site):
    with pytest.raises(TooSlow):
        fetch(site.does("/article", endless(OK, b"X: y\r\n", 0.02)), limits={"seconds": 0.3})


def test_answers_that_say_wait_for_ever_are_given_up(site):
    with pytest.raises((TooSlow, Unreachable)):
        fetch(site.does("/article", endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.01)), limits={"seconds": 0.3})


def test_a_server_that_says_nothing_is_given_up(site):
    with pytest.raises(TooSlow):
        fetch(site.does("/article", lambda made, _: made.release.wait(2)), limits={"seconds": 0.2})


def test_a_name_server_that_says_nothing_is_given_up(site):
    with pytest.raises(TooSlow):
        fetch(site.url(), resolve=lambda *_: site.release.wait(2) or [], limits={"seconds": 0.2})


def test_the_time_is_one_for_all_redirects(site):
    ticks = itertools.count(0, 0.4)
    for number in range(4):
        site.redirects(f"/{number}", f"/{number + 1}")
    with pytest.raises(TooSlow):
        fetch(site.url("/0"), clock=lambda: next(ticks))


@pytest.mark.parametrize("head", [b"X: " + b"y" * 200_000 + b"\r\n\r\n", b"X: y\r\n" * 300 + b"\r\n"])
def test_headers_without_measure_are_refused(site, head):
    with pytest.raises(Unreachable):
        fetch(site.does("/article", lambda _, out: out.write(OK + head)))


@pytest.mark.parametrize("noise", [b"\x00\x01\x02\x03\r\n\r\n", b"SSH-2.0-OpenSSH\r\n", b""])
def test_what_speaks_no_http_is_refused(site, noise):
    with pytest.raises(Unreachable):
        fetch(site.does("/article", lambda _, out: out.write(noise)))


def test_a_closed_port_is_unreachable(site):
    with socket.socket() as taken:
        taken.bind((web.LOOPBACK, 0))
        with pytest.raises(Unreachable) as refused:
            fetch(f"http://daily.example:{taken.getsockname()[1]}/")
    assert "accepts no connection" in str(refused.value)


# Answers that are no pages


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        *((404, PageGone), (410, PageGone), (401, PageRefused), (403, PageRefused), (451, PageRefused)),
        *((429, SiteUnwell), (500, SiteUnwell), (503, SiteUnwell), (300, PageRefused), (304, PageRefused)),
    ],
)
def test_a_status_is_told_with_what_to_do(site, status, refusal):
    with pytest.raises(refusal) as refused:
        fetch(site.says("/article", b"", status))
    assert refused.value.status == status
    assert str(status) in str(refused.value)


# What the site asks of programs


def test_a_page_that_robots_may_not_fetch_is_not_fetched(site):
    site.says("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    site.says("/private/article", "Words")
    with pytest.raises(RobotsRefuse):
        fetch(site.url("/private/article"))
    assert [path for path, _ in site.asked] == ["/robots.txt"]
    assert fetch(site.says("/public", "Words")).body == b"Words"


def test_rules_for_us_by_name_count_before_those_for_all(site):
    site.says("/robots.txt", "User-agent: *\nDisallow: /\n\nUser-agent: OnRecord\nAllow: /\n")
    assert fetch(site.says("/article", "Words")).body == b"Words"


def test_a_redirect_obeys_the_rules_too(site):
    site.says("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    with pytest.raises(RobotsRefuse):
        fetch(site.redirects("/article", "/private/article"))


def test_rules_are_asked_for_once_a_run(site):
    run = web.fetcher()
    site.says("/robots.txt", "User-agent: *\nCrawl-delay: 7\n")
    for path in ("/a", "/b"):
        run.fetch(site.says(path, "Words"))
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a", "/b"]
    assert run.robots.delay(site.url("/c")) == 7
    assert run.robots.delay("https://else.example/") == 0


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_rules_allows_all(site, status):
    site.says("/robots.txt", "User-agent: *\nDisallow: /", status)
    assert fetch(site.says("/article", "Words")).body == b"Words"


def test_a_site_that_can_t_tell_its_rules_allows_nothing_now(site):
    site.says("/robots.txt", "", 503)
    with pytest.raises(Unreachable) as refused:
        fetch(site.says("/article", "Words"))
    assert "robots.txt" in str(refused.value)


def test_rules_behind_redirects_are_found(site):
    site.redirects("/robots.txt", "/rules")
    site.says("/rules", "User-agent: *\nDisallow: /")
    with pytest.raises(RobotsRefuse):
        fetch(site.says("/article", "Words"))


@pytest.mark.parametrize(
    "rules", [b"\xff\xfe\x00garbage", b"<html>", b"Disallow: /" + b"*a" * 100_000, files.bomb(2_000_000)]
)
def test_rules_that_make_no_sense_forbid_nothing(site, rules):
    site.says("/robots.txt", rules)
    assert fetch(site.says("/article", "Words")).body == b"Words"


def test_rules_without_end_are_cut(site):
    site.does("/robots.txt", endless(OK + b"\r\nUser-agent: *\nDisallow: /private/\n", b"# more\n" * 10_000))
    assert fetch(site.says("/article", "Words")).body == b"Words"


# TLS


@pytest.fixture
def authority():
    return trustme.CA()


@pytest.fixture
def secure(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("daily.example").configure_cert(context)
    with web.serving(context) as made:
        yield made


@pytest.fixture
def trusting(authority):
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_a_secure_page_is_fetched_by_its_name_from_the_address_that_was_checked(secure, trusting):
    assert fetch(secure.says("/article", "Words"), context=trusting).body == b"Words"


def test_a_certificate_for_another_name_is_refused(secure, trusting):
    secure.says("/article", "Words")
    with pytest.raises(Unreachable) as refused:
        fetch(secure.url(host="other.example"), context=trusting)
    assert "certificate" in str(refused.value)


def test_a_certificate_that_nobody_vouches_for_is_refused(secure):
    with pytest.raises(Unreachable) as refused:
        fetch(secure.says("/article", "Words"))
    assert "certificate" in str(refused.value)
    assert secure.asked == []


def test_nothing_of_an_answer_is_logged(site, caplog):
    caplog.set_level(logging.INFO)
    fetch(site.says("/article", "secret words"))
    assert "secret" not in caplog.text


def test_every_refusal_is_one_kind_and_a_sentence_for_a_person(site):
    with pytest.raises(CannotFetch) as refused:
        fetch(site.url("/nowhere"))
    assert str(refused.value).endswith(".")
