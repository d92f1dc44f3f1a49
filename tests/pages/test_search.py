import re
from html import unescape

import pytest

from quotes import record
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_record():
    """Macron to TF1 in December, relayed by TASS, and Lavrov to RT a year before."""
    macron = factories.speaker("Emmanuel Macron")
    said = factories.publish(
        "“We must think about security guarantees.”",
        "spoken_to TF1",
        "relayed_by TASS",
        speaker=macron,
        said="2022-12-03",
        label="French President",
    )
    record.file_under(said, [factories.topic("NATO enlargement")], editor=factories.editor())
    lavrov = factories.speaker("Sergei Lavrov")
    factories.publish(
        "Peace is far.", "spoken_to RT", speaker=lavrov, said="2021-12-01", label="Minister of Foreign Affairs"
    )


def search(client, query):
    return client.get("/statements/", {"q": query})


def speakers(page):
    return re.findall(r"<article.*?<strong>(?:<a[^>]*>)?<bdi>(.*?)<", page.text, re.DOTALL)


def text(page):
    return " ".join(unescape(re.sub("<[^>]+>", " ", page.text.partition("<main")[2])).split())


@pytest.mark.parametrize(
    "query",
    [
        "speaker:macron",
        "speaker:emmanuel-macron",
        'speaker:"Emmanuel Macron"',
        "outlet:tf1",
        "relay:tass",
        "topic:nato",
        "mode:direct",
        'by:"French President"',
        "by:president",
        "said:2022",
        "said:2022-12-03",
        "said:2022-11..2022-12",
        "said:2022..",
        "-said:2021",
        "-said:2021-11..2022-03",
        "-speaker:lavrov",
        "(speaker:macron OR topic:peace) guarantee",
        "Macron security",
        "secur* -peace",
        "-lavrov",
    ],
)
def test_fields_and_words_find_what_they_say(client, query):
    assert speakers(search(client, query)) == ["Emmanuel Macron"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("speaker:nobody", "speaker:nobody: No speaker on record goes by this name."),
        ("relay:nobody", "relay:nobody: No outlet on record goes by this name."),
        ("topic:x-files", "topic:x-files: No topic on record goes by this name."),
        ("mode:loud", "mode:loud: There is no such mode of speech; write direct, indirect or mixed."),
        ("origins:few", "origins:few: How many? Write origins:1, origins:2.. for two or more, or origins:1..3."),
        ("origins:..", "origins:..: How many? Write"),
        ("origins:²", "origins:²: How many? Write"),
        ("origins:3..1", "origins:3..1: The greater number stands first. Write origins:1..3."),
        ("lang:klingon!", "lang:klingon!: This is no language tag."),
        ("said:yesterday", "said:yesterday: This is no time."),
        ("-said:2022-12-03", "said:2022-12-03: After “-”, beside OR and in brackets a time is whole months"),
        ("-said:2022..", "said:2022..: After “-”, beside OR and in brackets a time is whole months"),
        ("-said:1900..2022", "a time is at most 20 years long."),
        ("by:—", "by:—: There is no word in this to look for."),
        ("— OR", "There is no word in this to look for."),
        ("word " * 2100, "This is 10,499 characters long; the first 10,000 were read."),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_list(client, query, message):
    page = search(client, query)
    assert page.status_code == 200
    assert message in text(page)


def test_a_search_is_shown_as_it_was_read_with_each_part_to_be_taken_off(client):
    page = search(client, 'peace, -"tough sanctions" speaker:macron')
    chips = re.findall(r'<a class="chip" href="([^"]*)">(?:<span[^>]*>Remove </span>)<bdi>(.*?)</bdi>', page.text)
    assert [unescape(words) for _, words in chips] == ["peace", '-"tough sanctions"', "speaker:macron"]
    assert unescape(chips[0][0]) == "/statements/?q=-%22tough+sanctions%22+speaker%3Amacron"


def test_a_single_word_is_shown_once(client):
    assert "Looked for all of" not in text(search(client, "security"))


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("Makron", "macron"),
        ("speaker:makron", "speaker:macron"),
        ("lavorv peace", "lavrov peace"),
        ("enlargment", "topic:enlargement"),
        ("speaker:tasss", "outlet:tass"),
    ],
)
def test_a_misspelt_name_leads_to_the_one_that_was_likely_meant(client, query, meant):
    page = search(client, query)
    assert f"Did you mean: {meant}" in text(page)
    link = re.search(r'did-you-mean.*?href="([^"]*)"', page.text, re.DOTALL)[1]
    assert speakers(client.get(unescape(link)))


def test_nobody_is_asked_what_they_meant_by_what_is_on_record(client):
    assert "Did you mean" not in text(search(client, "macron"))


@pytest.mark.parametrize(
    "query", ["speaker:makron outlet:tf1 relay:tass topic:nato lavorv peace", "speaker:macron peace guarantee", "x"]
)
def test_a_search_takes_at_most_nine_queries(client, django_assert_max_num_queries, query):
    with django_assert_max_num_queries(9):
        search(client, query)


def test_a_corrected_label_is_found_in_place_of_the_former(client):
    statement = factories.publish("“New words.”", label="Director")
    changes = record.Changes(label="Chairman")
    record.correct(statement, changes, editor=factories.publisher(), reason="Wrong office")
    assert "New words" in text(search(client, "by:chairman"))
    assert "New words" not in text(search(client, "by:director"))
