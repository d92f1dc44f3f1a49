import json
from html import unescape
from urllib.parse import quote

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from quotes import pictures, record
from quotes.embedding import embedded, snippet
from quotes.notation import parse
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "“We must think about security.”"


def corrected(statement):
    changes = record.Changes(spans=parse("“We must think about guarantees.”"))
    record.correct(statement, changes, editor=factories.publisher(), reason="A word was misheard")
    return statement


def retracted(statement):
    record.retract(statement, editor=factories.publisher(), reason="The interview was invented")
    return statement


def removed(statement):
    record.remove(statement, editor=factories.publisher(), reason_code="law", reason="A court asked")
    return statement


def merged(statement, survivor):
    record.merge(statement, survivor, editor=factories.publisher(), reason="One and the same")
    return statement


def hyphened(pid):
    return f"{pid[:5]}-{pid[5:]}".lower()


# The framed page


def test_the_embed_shows_words_speaker_road_date_and_permalink(client):
    statement = factories.publish(WORDS, label="President of France")
    page = client.get(f"/q/{statement.pid}/embed").text
    for part in (WORDS, "Emmanuel Macron", "President of France", "statement to TF1", "3 December 2022"):
        assert part in page
    assert f'href="{settings.SITE_URL}/q/{statement.pid}/v1" target="_blank" rel="noopener"' in " ".join(page.split())


def test_only_the_embed_may_be_framed(client):
    statement = factories.publish(WORDS)
    response = client.get(f"/q/{statement.pid}/embed")
    assert "X-Frame-Options" not in response
    assert response["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'none'; "
        "base-uri 'none'; frame-ancestors *"
    )
    for address in ("/", "/statements/", f"/q/{statement.pid}", f"/q/{statement.pid}/v1", "/q/nothing/embed"):
        assert client.get(address)["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(("asked", "shown"), [("light", True), ("dark", True), ("sepia", False), ("", False)])
def test_a_page_may_ask_for_a_theme(client, asked, shown):
    statement = factories.publish(WORDS)
    page = client.get(f"/q/{statement.pid}/embed", {"theme": asked}).text
    assert (f'data-theme="{asked}"' in page) is shown
    assert ("data-theme" in page) is shown


def test_a_statement_nobody_may_read_is_not_embedded(client):
    draft = factories.draft(WORDS)
    published = factories.publish(WORDS)
    for address in (f"{draft.pid}/embed", "7K2M9QX4TA/embed", "mistyped/embed", f"{published.pid}/embed?v=2"):
        assert client.get(f"/q/{address}").status_code == 404


@pytest.mark.parametrize("version", ["0", "-1", "one", "1.5", "²", "9" * 30])
def test_a_version_that_cannot_be_is_not_found(client, version):
    statement = factories.publish(WORDS)
    assert client.get(f"/q/{statement.pid}/embed", {"v": version}).status_code == 404


def test_a_retraction_shows_with_its_reason(client):
    statement = retracted(factories.publish(WORDS))
    page = client.get(f"/q/{statement.pid}/embed?v=1")
    assert page.status_code == 200
    assert "Retracted by the editors" in page.text
    assert "The interview was invented" in page.text


def test_a_correction_shows_on_the_version_that_was_embedded_and_not_on_the_latest(client):
    statement = corrected(factories.publish(WORDS))
    old, latest = (client.get(f"/q/{statement.pid}/embed{query}").text for query in ("?v=1", ""))
    assert "Corrected since" in old
    assert WORDS in old
    assert "Corrected since" not in latest
    assert "think about guarantees" in latest


def test_corrections_show_in_every_frame_with_their_day_and_reason(client):
    statement = corrected(factories.publish(WORDS))
    for query in ("", "?v=1", "?v=2"):
        page = client.get(f"/q/{statement.pid}/embed{query}").text
        assert "(version 2): A word was misheard." in page
        assert f"/q/{statement.pid}/history?from=1&amp;to=2" in page


def test_a_frame_tells_the_latest_corrections_alone(client):
    statement = factories.publish(WORDS)
    for word in ("one", "two", "three", "four"):
        changes = record.Changes(spans=parse(f"“Take {word}.”"))
        record.correct(statement, changes, editor=factories.publisher(), reason=f"It was {word}")
    page = client.get(f"/q/{statement.pid}/embed").text
    assert "It was four" in page
    assert "It was one" not in page


def test_a_merged_statement_leads_to_its_survivors_embed_in_the_same_theme(client):
    survivor = factories.publish(WORDS)
    loser = merged(factories.publish(WORDS), survivor)
    response = client.get(f"/q/{loser.pid}/embed?v=1&theme=dark")
    assert response.status_code == 301
    assert response["Location"] == f"/q/{survivor.pid}/embed?theme=dark"


def test_a_removed_statement_is_gone_without_its_words(client):
    statement = removed(factories.publish(WORDS))
    for query in ("", "?v=1"):
        response = client.get(f"/q/{statement.pid}/embed{query}")
        assert response.status_code == 410
        assert "security" not in response.text
        assert "Macron" not in response.text
        assert "X-Frame-Options" not in response


def test_an_id_typed_another_way_leads_to_its_embed_with_what_was_asked(client):
    statement = factories.publish(WORDS)
    response = client.get(f"/q/{hyphened(statement.pid)}/embed?v=1&theme=dark&utm=x")
    assert response.status_code == 301
    assert response["Location"] == f"/q/{statement.pid}/embed?v=1&theme=dark"


def test_the_embed_writes_nothing_and_reads_little(client, django_assert_max_num_queries):
    statement = retracted(corrected(factories.publish(WORDS)))
    with django_assert_max_num_queries(6):
        response = client.get(f"/q/{statement.pid}/embed?v=1")
    assert "Cookie" not in response.get("Vary", "")
    assert client.get(f"/q/{statement.pid}/embed?v=1", headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert client.post(f"/q/{statement.pid}/embed").status_code == 405


# oEmbed


def ask(client, url, **more):
    return client.get("/oembed", {"url": url, "format": "json", **more})


def test_oembed_answers_for_a_permalink(client):
    statement = factories.publish(WORDS)
    response = ask(client, f"{settings.SITE_URL}/q/{statement.pid}")
    answer = response.json()
    assert response["Content-Type"] == "application/json"
    assert {key: answer[key] for key in ("version", "type", "author_name", "provider_name", "title")} == {
        "version": "1.0",
        "type": "rich",
        "author_name": "Emmanuel Macron",
        "provider_name": "On Record",
        "title": f"Emmanuel Macron: {WORDS}",
    }
    assert answer["provider_url"] == f"{settings.SITE_URL}/"
    assert answer["cache_age"] > 0
    assert f'src="{settings.SITE_URL}/q/{statement.pid}/embed?v=1"' in answer["html"]
    assert f'width="{answer["width"]}" height="{answer["height"]}"' in answer["html"]


def test_oembed_keeps_to_the_room_there_is(client):
    statement = factories.publish(WORDS)
    answer = ask(client, f"{settings.SITE_URL}/q/{statement.pid}", maxwidth="320", maxheight="120").json()
    assert (answer["width"], answer["height"]) == (320, 120)
    assert 'width="320" height="120"' in answer["html"]
    wide = ask(client, f"{settings.SITE_URL}/q/{statement.pid}", maxwidth="5000", maxheight="5000").json()
    assert wide["width"] == 600


@pytest.mark.parametrize("size", ["", "0", "-5", "wide", "1e3", "²", "9" * 40])
def test_oembed_takes_a_nonsensical_size_for_none(client, size):
    statement = factories.publish(WORDS)
    response = ask(client, f"{settings.SITE_URL}/q/{statement.pid}", maxwidth=size, maxheight=size)
    assert response.json()["width"] == 600


def test_oembed_takes_an_address_as_people_have_it(client):
    statement = corrected(factories.publish(WORDS))
    host = settings.SITE_URL.partition("://")[2]
    for address, version in {
        f"http://{host}/q/{statement.pid}": 2,
        f"https://{host}/q/{statement.pid}": 2,
        f"https://{host.upper()}/q/{hyphened(statement.pid)}": 2,
        f"{settings.SITE_URL}/q/{statement.pid}/v1": 1,
        f"{settings.SITE_URL}/q/{statement.pid}/V2": 2,
        f"{settings.SITE_URL}/q/{statement.pid}?from=feed#top": 2,
    }.items():
        assert f"/q/{statement.pid}/embed?v={version}" in ask(client, address).json()["html"], address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        "https://elsewhere.example/q/{pid}",
        "{site}.elsewhere.example/q/{pid}",
        "{site}@elsewhere.example/q/{pid}",
        "ftp://{host}/q/{pid}",
        "//{host}/q/{pid}",
        "http://[::1/q/{pid}",
        "{site}/",
        "{site}/q/",
        "{site}/q/7K2M9QX4TA",
        "{site}/q/{pid}/v9",
        "{site}/q/{pid}/v0",
        "{site}/q/{pid}/vone",
        "{site}/q/{pid}.bib",
        "{site}/q/{pid}/embed",
        "{site}/q/{pid}\x00",
        "{site}/q/{draft}",
    ],
)
def test_oembed_knows_no_other_address(client, address):
    pid, draft = factories.publish(WORDS).pid, factories.draft(WORDS).pid
    site, host = settings.SITE_URL, settings.SITE_URL.partition("://")[2]
    assert ask(client, address.format(site=site, host=host, pid=pid, draft=draft)).status_code == 404


@pytest.mark.parametrize("format_name", ["xml", "JSON", "json5", ""])
def test_oembed_speaks_json_alone(client, format_name):
    statement = factories.publish(WORDS)
    assert ask(client, f"{settings.SITE_URL}/q/{statement.pid}", format=format_name).status_code == 501


def test_oembed_follows_a_merge_and_tells_of_a_removal(client):
    survivor = factories.publish(WORDS)
    loser = merged(factories.publish(WORDS), survivor)
    assert survivor.pid in ask(client, f"{settings.SITE_URL}/q/{loser.pid}").json()["html"]
    removed(survivor)
    for pid in (survivor.pid, loser.pid):
        response = ask(client, f"{settings.SITE_URL}/q/{pid}")
        assert response.status_code == 410
        assert "security" not in response.text


def test_oembed_says_that_a_statement_is_retracted(client):
    statement = retracted(factories.publish(WORDS))
    assert "retracted" in ask(client, f"{settings.SITE_URL}/q/{statement.pid}").json()["title"]


# The permalink page's part


def test_the_head_of_a_page_leads_to_oembed_and_the_picture(client):
    statement = factories.publish('“Say ‘R&D’ "loud" <now>.”')
    cited = embedded(statement).cited
    head = render_to_string("statements/_embedding.html", {"statement": statement, "cited": cited})
    assert f"{settings.SITE_URL}/oembed?url={quote(cited.url, safe='')}&amp;format=json" in head
    assert f'<meta property="og:image" content="{cited.version_url}.png">' in head
    assert 'content="1200"' in head
    assert 'content="630"' in head
    assert "<now>" not in head


def test_the_snippet_is_shown_as_text_to_copy(client):
    statement = factories.publish("“Say ‘R&D’ <now>.”")
    cited = embedded(statement).cited
    html = render_to_string(
        "statements/_embed_snippet.html", {"statement": statement, "cited": cited, "snippet": snippet(cited)}
    )
    assert "<iframe" not in html
    assert unescape(html.partition("<pre")[2].partition(">")[2].partition("</pre>")[0]) == snippet(cited)
    assert 'data-copy="embed-snippet"' in html


def test_an_oembed_answer_is_plain_json(client):
    statement = factories.publish("“Say ‘R&D’ <now>.”")
    answer = json.loads(ask(client, f"{settings.SITE_URL}/q/{statement.pid}").content)
    assert "&lt;now&gt;" in answer["html"]
    assert "<now>" in answer["title"]


# The picture


def test_a_version_has_a_picture(client):
    statement = factories.publish(WORDS)
    response = client.get(f"/q/{statement.pid}/v1.png")
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=0"
    assert response.content.startswith(b"\x89PNG")


def test_a_picture_is_drawn_once_for_those_who_keep_it(client, monkeypatch):
    statement = factories.publish(WORDS)
    etag = client.get(f"/q/{statement.pid}/v1.png")["ETag"]
    assert not etag.startswith("W/")
    monkeypatch.setattr(pictures, "draw", lambda _: pytest.fail("it was drawn again"))
    again = client.get(f"/q/{statement.pid}/v1.png", headers={"If-None-Match": etag})
    assert (again.status_code, again["ETag"], again.content) == (304, etag, b"")


def test_a_picture_is_of_its_version(client):
    statement = corrected(factories.publish(WORDS))
    first, second = (client.get(f"/q/{statement.pid}/v{number}.png") for number in (1, 2))
    assert first.content != second.content
    assert first["ETag"] != second["ETag"]


def test_there_is_no_picture_of_what_nobody_may_read(client):
    draft, statement = factories.draft(WORDS), factories.publish(WORDS)
    for address in (f"{draft.pid}/v1.png", f"{statement.pid}/v2.png", "7K2M9QX4TA/v1.png", "mistyped/v1.png"):
        assert client.get(f"/q/{address}").status_code == 404


def test_the_picture_of_a_removed_statement_is_gone_even_for_those_who_had_it(client):
    statement = factories.publish(WORDS)
    etag = client.get(f"/q/{statement.pid}/v1.png")["ETag"]
    removed(statement)
    response = client.get(f"/q/{statement.pid}/v1.png", headers={"If-None-Match": etag})
    assert response.status_code == 410
    assert "security" not in response.text


def test_the_picture_of_a_version_stays_after_a_merge(client):
    statement = merged(factories.publish(WORDS), factories.publish(WORDS))
    assert client.get(f"/q/{statement.pid}/v1.png").status_code == 200


def test_a_pictures_address_typed_another_way_leads_to_it(client):
    statement = factories.publish(WORDS)
    response = client.get(f"/q/{hyphened(statement.pid)}/V01.png")
    assert (response.status_code, response["Location"]) == (301, f"/q/{statement.pid}/v1.png")
