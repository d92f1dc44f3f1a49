"""What kind of browser somebody has."""

import pytest

from quotes.accounts.sessions import kind_of

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
KINDS = {
    CHROME: "Chrome, Linux",
    CHROME.replace("X11; Linux x86_64", "Windows NT 10.0; Win64; x64") + " Edg/140.0": "Edge, Windows",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:130.0) Gecko/20100101 Firefox/130.0": "Firefox, macOS",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17.0 Safari/604.1": "Safari, iOS",
    "curl/8": "",
    "": "",
}


@pytest.mark.parametrize(("told", "kind"), KINDS.items())
def test_browsers_are_known_by_what_they_say(told, kind):
    assert kind_of(told) == kind
