import pytest

from sources.addresses import BadAddress, alike, canonical, claimed, domain_of, domains_above, same_site

SAME = "https://daily.example/a/b?id=5"


@pytest.mark.parametrize(
    "written",
    [
        SAME,
        "HTTPS://Daily.Example/a/b?id=5",
        "https://daily.example:443/a/b?id=5",
        "https://daily.example./a/b?id=5",
        "https://daily.example/a/b?id=5#comments",
        "https://daily.example/a/b?utm_source=x&id=5&utm_medium=y",
        "https://daily.example/a/b?fbclid=abc&id=5",
        "  https://daily.example/a/b?id=5\n",
    ],
)
def test_an_address_has_one_canonical_form(written):
    assert canonical(written) == SAME


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("http://daily.example", "http://daily.example/"),
        ("http://daily.example:8080/a", "http://daily.example:8080/a"),
        ("https://daily.example/a/", "https://daily.example/a/"),
        ("https://daily.example/?flag&a=b%20c&utm_id=1&d=e+f", "https://daily.example/?flag&a=b%20c&d=e+f"),
        ("https://daily.example/A?B=C&b=&b=2", "https://daily.example/A?B=C&b=&b=2"),
        ("https://bücher.example/ä?ö=ü", "https://xn--bcher-kva.example/%C3%A4?%C3%B6=%C3%BC"),
        ("https://daily.example/%C3%A4", "https://daily.example/%C3%A4"),
        ("https://[2606:4700::1]/a", "https://[2606:4700::1]/a"),
    ],
)
def test_what_may_make_a_difference_is_kept(written, kept):
    assert canonical(written) == kept
    assert canonical(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "daily.example/a",
        "ftp://daily.example/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https://user:secret@daily.example/",
        "https://daily.example@evil.example/",
        "https://daily.example\\@evil.example/",
        "https://daily.example:99999/",
        "https://daily.example:port/",
        "https://daily example/",
        "https://[::1/",
        "https://-/",
        f"https://daily.example/{'a' * 2000}",
    ],
)
def test_what_is_no_web_address_is_refused(text):
    with pytest.raises(BadAddress):
        canonical(text)


def test_the_same_page_may_be_on_record_under_other_addresses():
    found = alike("https://www.daily.example/a/?utm_source=x")
    assert found[0] == "https://www.daily.example/a/"
    assert {"https://daily.example/a", "http://www.daily.example/a/", "http://daily.example/a"} < set(found)


def test_a_domain_is_a_host_without_its_front():
    assert domain_of("https://www.tf1.fr/a") == "tf1.fr"
    assert domain_of("https://amp.theguardian.com/a") == "theguardian.com"
    assert domain_of("https://m.example/") == "m.example"
    assert domain_of("") == ""


def test_a_domain_lies_in_those_above_it():
    assert domains_above("news.bbc.co.uk") == ["news.bbc.co.uk", "bbc.co.uk", "co.uk"]
    assert domains_above("tf1.fr") == ["tf1.fr"]


def test_a_page_speaks_for_its_own_site_alone():
    assert same_site("https://amp.daily.example/a", "https://www.daily.example/b")
    assert same_site("https://news.daily.example/a", "https://daily.example/b")
    assert not same_site("https://notdaily.example/", "https://daily.example/")
    assert claimed("/b#x", "https://daily.example/a") == "https://daily.example/b"
    assert claimed("https://evil.example/", "https://daily.example/a") == ""
