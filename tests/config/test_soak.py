"""Asked for twice what it serves: who is let in is answered rightly, who isn't is told when to come back.

`make soak` does it for minutes; how fast anything is, is told there and not asserted here.
"""

import pytest

from bench.soak.asked import Request, json_with, page_with
from bench.soak.load import LATER, RIGHT, TURNED_AWAY, judged, unchunked
from bench.soak.watch import slope

PAGE = Request("readers", "/q/7K2M9QX4TA", page_with("words"))


def told(status, body=b"", **headers):
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} Said\r\n{lines}\r\n".encode() + body


def test_a_whole_page_with_what_was_asked_for_is_right():
    assert judged(PAGE, told(200, b"<main>words</main></html>\n")) == RIGHT


@pytest.mark.parametrize("body", [b"<main>others</main></html>", b"<main>words</main>"])
def test_another_page_or_half_of_it_is_wrong(body):
    assert judged(PAGE, told(200, body)) == "wrong body: readers"


def test_less_than_was_announced_is_half_an_answer():
    assert judged(PAGE, told(200, b"words</html>", Content_Length=500)) == "half an answer"


def test_an_answer_in_pieces_is_put_together():
    assert unchunked(b"5\r\nwords\r\n7\r\n</html>\r\n0\r\n\r\n") == b"words</html>"
    assert judged(PAGE, told(200, b"c\r\nwords</html>\r\n0\r\n\r\n", Transfer_Encoding="chunked")) == RIGHT
    with pytest.raises(ValueError, match="invalid literal"):
        unchunked(b"5\r\nwords\r\n")


def test_503_is_fine_where_it_says_when_to_come_back():
    assert judged(PAGE, told(503, Retry_After=10)) == TURNED_AWAY
    assert judged(PAGE, told(503, Retry_After=30)) == LATER
    assert judged(PAGE, told(503)) == "503 GET /q/7K2M9QX4TA"
    assert judged(PAGE, told(500)) == "500 GET /q/7K2M9QX4TA"


def test_a_json_answer_is_another_statements_or_the_right_one():
    asked = Request("API", "/api/v1/statements/A", json_with("id", "A"))
    assert judged(asked, told(200, b'{"id": "A"}')) == RIGHT
    assert judged(asked, told(200, b'{"id": "B"}')) == "wrong body: API"


def test_a_connection_that_ends_without_an_answer_is_broken():
    with pytest.raises(ValueError, match="no answer"):
        judged(PAGE, b"")


def test_growth_is_told_by_the_minute():
    assert slope([(0, 100), (30, 101), (60, 102)]) == pytest.approx(2)
    assert slope([(0, 100)]) == 0
