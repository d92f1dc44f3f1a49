from html.parser import HTMLParser

import pytest

from quotes.embedding import embedded, guessed_height, snippet
from tests import factories


class Reader(HTMLParser):
    """Reads a snippet as a browser without scripts does: its elements, its attributes, its text."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def cited(*args, **fields):
    return embedded(factories.publish(*args, **fields)).cited


@pytest.mark.django_db
def test_a_snippet_says_everything_without_us():
    shown = cited("“We must think.”", "spoken_to TF1", "relayed_by TASS", label="President of France")
    read = Reader(snippet(shown))
    for part in (
        "“We must think.”",
        "Emmanuel Macron, President of France",
        "statement to TF1, relayed by TASS",
        "3 December 2022",
        shown.version_url,
    ):
        assert part in read.text
    assert ("a", {"href": shown.version_url}) in read.elements


@pytest.mark.django_db
def test_a_snippet_frames_the_version_it_was_copied_from():
    shown = cited()
    tag, frame = Reader(snippet(shown)).elements[0]
    assert tag == "iframe"
    assert frame["src"] == f"{shown.url}/embed?v=1"
    assert "allow-same-origin" not in frame["sandbox"]


@pytest.mark.django_db
def test_words_stay_words_in_a_snippet():
    words = '“</blockquote><script>alert(1)</script> & "so on".”'
    read = Reader(snippet(cited(words, by='Ann "O\'Hara" <Roe>')))
    assert "script" not in [tag for tag, _ in read.elements]
    assert "</blockquote><script>alert(1)</script> &" in read.text
    assert 'Ann "O\'Hara" <Roe>' in read.text
    assert 'Ann "O\'Hara" <Roe>' in read.elements[0][1]["title"]


@pytest.mark.django_db
def test_paragraphs_and_directions_are_kept_in_a_snippet():
    read = Reader(snippet(cited("“الأولى\n\nالثانية”", language="ar")))
    assert [attrs for tag, attrs in read.elements if tag == "p"] == [{"lang": "ar", "dir": "rtl"}] * 2


@pytest.mark.django_db
def test_a_snippet_of_a_retracted_statement_says_so():
    assert "Retracted by the editors" in Reader(snippet(cited(), retracted=True)).text


@pytest.mark.django_db
def test_a_frame_is_guessed_taller_for_more_words_and_less_width():
    short, long = cited("“Yes.”"), cited(f"“{'We must think. ' * 40}”")
    assert guessed_height(short, 600) < guessed_height(long, 600) < guessed_height(long, 300)


def test_the_embed_has_the_sites_colours(project):
    def colours(name):
        lines = (project / "static" / name).read_text().splitlines()
        return {line.strip() for line in lines if line.strip().startswith("--") and "#" in line}

    assert colours("embed.css") <= colours("onrecord.css")
