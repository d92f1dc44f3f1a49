"""Codes of authenticator apps, by the test vectors of RFC 6238, appendix B."""

import pytest

from quotes.accounts import totp

SECRET = b"12345678901234567890"
# Of the RFC's eight digits the last six.
VECTORS = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"}


@pytest.mark.parametrize(("now", "code"), VECTORS.items())
def test_codes_are_those_of_the_standard(now, code):
    assert totp.code_at(SECRET, now // totp.STEP) == code


@pytest.mark.parametrize(("off", "is_taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_clocks_may_differ_by_half_a_minute(off, is_taken):
    now = 1111111111
    assert (totp.step_of(VECTORS[now], SECRET, after=0, now=now + off) is not None) == is_taken


def test_a_code_that_is_not_newer_than_the_last_is_none():
    now = 1111111111
    assert totp.step_of(VECTORS[now], SECRET, after=now // totp.STEP, now=now) is None


@pytest.mark.parametrize("code", ["", "05047", "0504711", "٠٥٠٤٧١", "abcdef"])
def test_what_is_no_code_is_none(code):
    assert totp.step_of(code, SECRET, after=0, now=1111111111) is None


def test_a_secret_follows_from_its_salt_and_the_sites_key(settings):
    salt = totp.new_salt()
    before = totp.secret_of(salt)
    assert len(before) == 20
    assert totp.secret_of(salt) == before != totp.secret_of(totp.new_salt())
    settings.SECRET_KEY = "another"
    assert totp.secret_of(salt) != before


def test_apps_are_told_whose_code_it_is():
    told = totp.address(SECRET, "ann b", "On Record")
    assert told.startswith("otpauth://totp/On%20Record%3Aann%20b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&")
    assert totp.picture(told).startswith("data:image/svg+xml")
