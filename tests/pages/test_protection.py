"""What every answer tells browsers, wherever it comes from."""

import importlib

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import Resolver404, clear_url_caches, resolve, set_urlconf

import config.urls
from config.headers import StrictHeaders
from tests import factories
from tests.pages.addresses import a_record

pytestmark = pytest.mark.django_db

# What other sites load: programs in their pages, and their frames.
LOADED_ELSEWHERE = {"statement", "version", "embed", "picture", "oembed", "export", "newest_feed", "api_statements"}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": {"strict-origin-when-cross-origin", "same-origin"},
    "Cross-Origin-Opener-Policy": "same-origin",
}


def housekeeper():
    account = factories.publisher()
    account.is_staff = account.is_superuser = True
    account.save()
    return account


def rules(answer):
    """The policy as names with what they allow."""
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";")]
    return {name: " ".join(allowed) for name, *allowed in parts}


def is_strict(answer):
    told = rules(answer)
    assert told["default-src"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    for name in ("script-src", "style-src"):
        assert told[name] == "'self'"
    for name, value in ALWAYS.items():
        assert answer[name] in ({value} if isinstance(value, str) else value), name
    assert "camera=()" in answer["Permissions-Policy"]
    return told


@pytest.mark.parametrize("account", [None, factories.publisher], ids=["visitor", "publisher"])
def test_every_address_has_a_strict_policy(client, account):
    here = a_record()
    if account:
        client.force_login(account())
    for name, address in here.addresses.items():
        answer = client.get(address)
        answer.getvalue()
        told = is_strict(answer)
        if name != "embed":
            assert told["frame-ancestors"] == told["base-uri"] == "'none'", name
            assert told["form-action"] == "'self'", name
            assert answer["X-Frame-Options"] == "DENY", name


def test_the_page_for_frames_may_be_framed_by_everybody_and_sends_nothing_anywhere(client):
    answer = client.get(f"{factories.publish().get_absolute_url()}/embed")
    told = is_strict(answer)
    assert told["frame-ancestors"] == "*"
    assert told["form-action"] == told["base-uri"] == "'none'"
    assert "X-Frame-Options" not in answer


def test_what_other_sites_load_may_be_loaded_and_nothing_else(client):
    here = a_record()
    for name, address in here.addresses.items():
        told = client.get(address)["Cross-Origin-Resource-Policy"]
        if name in LOADED_ELSEWHERE:
            assert told == "cross-origin", name
        if address.startswith(("/desk/", "/intake/", "/searches/", "/signin/", "/check/")) or name == "home":
            assert told == "same-origin", name


def test_an_answer_from_a_copy_has_them_too(client, django_assert_num_queries):
    address = factories.publish().get_absolute_url()
    first = client.get(address)
    with django_assert_num_queries(1):
        copy = client.get(address)
    is_strict(copy)
    assert copy.content == first.content
    is_strict(client.get(address, headers={"If-None-Match": first["ETag"]}))


def test_errors_have_them_too(client):
    client.raise_request_exception = False
    for address in ("/nothing-here", "/q/nonsense", "/api/v1/nothing", "/statements/?year=abc"):
        is_strict(client.get(address))
    is_strict(client.post("/about/"))


def test_passkeys_are_asked_for_by_this_site_alone(client):
    told = client.get("/signin/")["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in told
    assert "publickey-credentials-create=(self)" in told


def test_the_admin_has_them_too(client):
    client.force_login(housekeeper())
    for address in ("/admin/", "/admin/quotes/speaker/", "/admin/quotes/speaker/add/", "/admin/jsi18n/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert is_strict(answer)["frame-ancestors"] == "'none'"


def test_a_policy_that_a_view_says_stays():
    def view(_request):
        return HttpResponse(headers={"Content-Security-Policy": "default-src 'none'; frame-ancestors *"})

    answer = StrictHeaders(view)(RequestFactory().get("/"))
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors *"


def test_over_https_nothing_is_asked_for_in_the_clear(settings):
    settings.HTTPS = True
    answer = StrictHeaders(lambda _request: HttpResponse())(RequestFactory().get("/"))
    assert "upgrade-insecure-requests" in answer["Content-Security-Policy"]


def test_cookies_stay_with_the_site(client):
    page = client.get("/signin/")
    assert page.cookies["csrftoken"]["samesite"] == "Lax"
    account = factories.editor()
    client.post("/signin/", {"username": account.username, "password": "a long enough secret"})
    assert client.cookies["sessionid"]["samesite"] == "Lax"
    assert client.cookies["sessionid"]["httponly"]


@pytest.fixture
def closed(settings):
    """A site whose admin is switched off."""
    settings.ADMIN = False
    importlib.reload(config.urls)
    clear_url_caches()
    set_urlconf(None)
    yield
    settings.ADMIN = True
    importlib.reload(config.urls)
    clear_url_caches()


def test_the_admin_can_be_switched_off(client, closed):
    client.force_login(housekeeper())
    with pytest.raises(Resolver404):
        resolve("/admin/")
    assert client.get("/admin/").status_code == 404
    desk = client.get("/desk/")
    assert desk.status_code == 200
    assert "Housekeeping" not in desk.text
    assert "Disallow: /admin/" in client.get("/robots.txt").text
