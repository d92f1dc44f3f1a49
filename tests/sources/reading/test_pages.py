"""What is read of an HTML page."""

import json

import pytest

from sources.reading import Hints, Limits, read, read_pasted
from tests.sources.files import WORDS, page

MORE = "The minister spoke for an hour in the chamber, and nobody left before the end of it, as people there told us."


def facts(**data):
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_a_paragraph_is_a_line():
    assert read_pasted(page(WORDS, MORE)).text == f"{WORDS}\n{MORE}"


def test_white_space_is_a_browser_s_and_markup_within_a_paragraph_is_gone():
    assert read_pasted(page("“We  must\n <b>think</b>”&nbsp;<a href=x>he</a> said")).text == "“We must think” he said"


@pytest.mark.parametrize("more", [0, 1, 12])
def test_no_space_comes_or_goes_at_the_edge_of_markup(more):
    quote = "“We must <b>think</b>” <a href=x>he</a>, <i>Macron</i>, said<i>.</i> “<em>No</em>,” <span>she</span> said."
    text = read_pasted(page(quote, *[MORE] * more)).text
    assert text.split("\n")[0] == "“We must think” he, Macron, said. “No,” she said."


def test_scripts_styles_and_comments_are_no_text():
    body = "<script>steal()</script><style>p{}</style><!-- hidden --><noscript>Enable</noscript><template>T</template>"
    text = read_pasted(page(WORDS, MORE, f"{MORE}<script>more()</script>", body=body)).text
    for word in ("steal", "more()", "p{}", "hidden", "Enable", "T\n"):
        assert word not in text


def test_markup_that_was_written_as_text_stays_text():
    assert read_pasted(page("He wrote &lt;script&gt;alert(1)&lt;/script&gt;.")).text == (
        "He wrote <script>alert(1)</script>."
    )


def test_navigation_and_advertisements_around_an_article_are_left_out():
    body = "<nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav><div class=advert>Buy</div>"
    reading = read_pasted(page(WORDS, MORE, MORE, body=body))
    assert "Home" not in reading.text
    assert "Buy" not in reading.text
    assert reading.text.startswith(WORDS)


def test_quotations_in_blocks_lists_and_tables_are_kept_in_order():
    told = f"<p>{MORE}</p><blockquote>{WORDS}</blockquote><ul><li>First, peace.</li><li>Second.</li></ul>"
    lines = read_pasted(f"<html><body><article>{told}</article></body></html>").text.split("\n")
    assert lines == [MORE, WORDS, "First, peace.", "Second."]


def test_a_pasted_fragment_is_read_whole():
    assert read_pasted(f"<p>{WORDS}</p><p>Yes.</p>").text == f"{WORDS}\nYes."


@pytest.mark.parametrize("limits", [Limits(elements=10), Limits(beside=15)])
def test_a_page_whose_article_can_t_be_found_is_taken_whole_and_says_so(limits):
    reading = read_pasted(page(*[MORE] * 20, body="<nav>Home</nav>"), limits=limits)
    assert reading.text.startswith(f"Home\n{MORE}")
    assert any("could not be told" in warning for warning in reading.warnings)


SAYS = {
    "JSON-LD": facts(
        **{"@type": "NewsArticle", "headline": "A headline", "datePublished": "2022-12-04T23:30:00+03:00"},
        author=[{"name": "Ann Lee"}, {"name": "Bo Kim"}],
        publisher={"name": "The Daily"},
        inLanguage="en-GB",
    ),
    "JSON-LD in a graph": facts(
        **{
            "@graph": [
                {"@type": "Organization", "name": "Else"},
                {
                    "@type": ["NewsArticle"],
                    "headline": "A headline",
                    "datePublished": "2022-12-04",
                    "author": "Ann Lee, Bo Kim",
                    "publisher": {"name": "The Daily"},
                    "inLanguage": "en-gb",
                },
            ]
        }
    ),
    "meta tags": '<title>A headline | The Daily</title><meta property="og:title" content="A headline">'
    '<meta property="article:published_time" content="2022-12-04T01:00:00Z">'
    '<meta name=author content="Ann Lee, Bo Kim">'
    '<meta property="og:site_name" content="The Daily"><meta property="og:locale" content="en_GB">',
}


@pytest.mark.parametrize("head", SAYS.values(), ids=SAYS.keys())
def test_a_page_says_who_published_what_and_when(head):
    reading = read_pasted(page(WORDS, head=head))
    assert reading.title == "A headline"
    assert reading.author == "Ann Lee, Bo Kim"
    assert reading.published == "2022-12-04"
    assert reading.outlet_name == "The Daily"
    assert reading.language == "en-GB"


def test_a_page_may_say_so_in_its_markup():
    body = '<h1>A headline</h1><a rel="author">Ann Lee</a><time itemprop="datePublished" datetime="2022-12-04">…</time>'
    reading = read_pasted(page(WORDS, body=body))
    assert (reading.title, reading.author, reading.published) == ("A headline", "Ann Lee", "2022-12-04")


def test_a_title_loses_the_outlet_s_name():
    head = '<title>No – he said – The Daily</title><meta property="og:site_name" content="The Daily">'
    assert read_pasted(page(WORDS, head=head)).title == "No – he said"


@pytest.mark.parametrize(("said", "kept"), [("2022-12", "2022-12"), ("2022", "2022"), ("2022-13-40", ""), ("soon", "")])
def test_a_date_keeps_its_own_precision(said, kept):
    head = facts(**{"@type": "Article", "datePublished": said})
    assert read_pasted(page(WORDS, head=head)).published == kept


@pytest.mark.parametrize(
    "broken", ["{", "[[[[", '{"@type": 5, "author": {"name": ["x"]}}', "[" * 100_000, "null", '"x"']
)
def test_broken_data_about_a_page_is_ignored(broken):
    reading = read_pasted(
        page(WORDS, head=f'<script type="application/ld+json">{broken}</script><title>A title</title>')
    )
    assert reading.title == "A title"


def test_a_page_s_own_address_is_the_canonical_one():
    head = '<link rel="canonical" href="/article?utm_source=x&id=5#top">'
    reading = read(page(WORDS, head=head).encode(), Hints(url="https://www.daily.example/amp/article"))
    assert reading.url == "https://www.daily.example/article?id=5"
    assert reading.domain == "daily.example"


def test_a_page_that_claims_another_site_s_address_is_not_believed():
    head = '<link rel="canonical" href="https://famous.example/article">'
    reading = read(page(WORDS, head=head).encode(), Hints(url="https://daily.example/copy"))
    assert reading.url == "https://daily.example/copy"
    assert any("another site" in warning for warning in reading.warnings)


def test_a_saved_page_offers_the_address_that_it_names():
    head = '<meta property="og:url" content="https://daily.example/article">'
    assert read_pasted(page(WORDS, head=head)).url == "https://daily.example/article"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://daily.example/", "https://", "//"])
def test_what_is_no_web_address_is_none(address):
    assert read_pasted(page(WORDS, head=f'<link rel="canonical" href="{address}">')).url == ""


def test_xhtml_with_a_declaration_is_a_page():
    assert read_pasted(f'<?xml version="1.0" encoding="utf-8"?>\n{page(WORDS)}').text == WORDS


def test_a_line_of_navigation_that_an_article_happens_to_hold_is_left_out():
    reading = read_pasted(page(MORE, "He is Home again, he told us there.", MORE, body="<nav><a href=/>Home</a></nav>"))
    assert reading.text.split("\n") == [MORE, "He is Home again, he told us there.", MORE]
