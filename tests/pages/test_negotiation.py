import pytest

from quotes.models import Statement
from tests import factories

pytestmark = pytest.mark.django_db

PROFILE = "http://www.w3.org/ns/anno.jsonld"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"


def addresses(statement):
    return [statement.get_absolute_url(), statement.version_url(1)]


@pytest.mark.parametrize("accept", [None, "", "*/*", "text/html", BROWSER, "nonsense", "a/b;q=9", "\u00ff" * 3000])
def test_people_and_absurd_clients_get_the_page(client, accept):
    headers = {} if accept is None else {"Accept": accept}
    for address in addresses(factories.publish()):
        page = client.get(address, headers=headers)
        assert page.status_code == 200
        assert page["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        ("application/x-bibtex", ".bib"),
        ("application/x-research-info-systems", ".ris"),
        ("application/vnd.citationstyles.csl+json", ".csl.json"),
        ("application/ld+json", ".jsonld"),
        (f'application/ld+json; profile="{PROFILE}"', ".anno.jsonld"),
        ("application/json", ".json"),
        ("text/plain", ".txt"),
        ("text/html;q=0.1, application/x-bibtex;q=0.2, application/json;q=0.15", ".bib"),
    ],
)
def test_a_format_by_accept_is_the_same_as_by_suffix(client, accept, suffix):
    for address in addresses(factories.publish()):
        chosen, named = client.get(address, headers={"Accept": accept}), client.get(address + suffix)
        assert chosen.status_code == 200
        assert chosen.content == named.content
        assert chosen["ETag"] == named["ETag"]
        assert chosen["Content-Type"] == named["Content-Type"]
        assert chosen["Content-Location"] == address + suffix


@pytest.mark.parametrize("accept", ["*/*", "application/json", "image/png"])
def test_caches_are_told_that_the_answer_depends_on_accept(client, accept):
    for address in addresses(factories.publish()):
        assert "Accept" in client.get(address, headers={"Accept": accept})["Vary"].split(", ")


def test_where_nothing_is_acceptable_a_page_lists_what_there_is(client):
    statement = factories.publish()
    page = client.get(statement.version_url(1), headers={"Accept": "image/png"})
    assert page.status_code == 406
    assert page["Content-Type"] == "text/html; charset=utf-8"
    for suffix in (".bib", ".csl.json", ".anno.jsonld", ".apa.txt"):
        assert f"{statement.version_url(1)}{suffix}" in page.text


def test_who_refuses_pages_by_name_gets_the_list_as_text(client):
    statement = factories.publish()
    page = client.get(statement.get_absolute_url(), headers={"Accept": "text/html;q=0, image/png"})
    assert page.status_code == 406
    assert page["Content-Type"] == "text/plain; charset=utf-8"
    assert f"application/x-bibtex; charset=utf-8 http://127.0.0.1:8000/q/{statement.pid}.bib\n" in page.text


def test_a_list_of_formats_holds_none_of_the_words(client):
    statement = factories.publish("“A most particular phrase.”")
    page = client.get(statement.get_absolute_url(), headers={"Accept": "image/png"})
    assert "particular" not in page.text


def test_a_removed_statement_is_gone_in_every_format(client):
    statement = factories.publish()
    Statement.objects.filter(pk=statement.pk).update(state="removed")
    for accept in ("*/*", "application/json", "image/png"):
        for address in addresses(statement):
            assert client.get(address, headers={"Accept": accept}).status_code == 410


def test_a_statement_merged_away_leads_to_the_survivor_in_every_format(client):
    lost, kept = factories.publish(), factories.publish()
    Statement.objects.filter(pk=lost.pk).update(state="merged", merged_into=kept)
    for suffix in ("", ".bib"):
        answer = client.get(lost.get_absolute_url() + suffix)
        assert (answer.status_code, answer["Location"]) == (301, kept.get_absolute_url() + suffix)
        assert "max-age=0" in answer["Cache-Control"]
        assert client.get(lost.version_url(1) + suffix).status_code == 200


def test_a_permalink_is_for_reading(client):
    statement = factories.publish()
    assert client.post(statement.get_absolute_url()).status_code == 405
    assert client.head(statement.get_absolute_url()).status_code == 200
