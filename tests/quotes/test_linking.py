import datetime as dt
import json

import pytest

from quotes import linking
from quotes.citing.record import read
from quotes.linking import Link, Series, Version
from tests.quotes.citing import samples

URL = "https://onrecord.example/q/7K2M9QX4TA"
NOON = dt.datetime(2023, 1, 1, 12, 0, 0, 700_000, tzinfo=dt.UTC)
SERIES = Series(URL, [Version(number, NOON + dt.timedelta(days=number - 1)) for number in (1, 2, 3)])
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"


def test_a_link_is_written_as_a_header_has_it():
    links = [Link("cite-as", f"{URL}/v1"), Link("describedby", f"{URL}.bib", (("type", "application/x-bibtex"),))]
    assert linking.link_header(links) == (
        f'<{URL}/v1>; rel="cite-as", <{URL}.bib>; rel="describedby"; type="application/x-bibtex"'
    )


@pytest.mark.parametrize("address", ["https://a.example/é b", 'https://a.example/">\r\nSet-Cookie: x=y'])
def test_no_address_breaks_out_of_its_brackets(address):
    written = linking.link_header([Link("author", address)])
    assert written.isascii()
    assert not set(written[1 : written.rindex(">")]) & set(' "<>\r\n')


def test_an_encoded_address_stays_as_it_is():
    assert "<https://a.example/%C3%A9>" in linking.link_header([Link("author", "https://a.example/%C3%A9")])


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (NOON - dt.timedelta(days=900), 1),
        (NOON.replace(microsecond=0), 1),
        (NOON + dt.timedelta(hours=23), 1),
        (NOON + dt.timedelta(days=1), 2),
        (NOON + dt.timedelta(days=900), 3),
    ],
)
def test_the_version_of_a_time_is_the_last_recorded_by_then(moment, number):
    assert SERIES.at(moment).number == number


def test_a_time_in_another_zone_is_told_in_greenwich():
    paris = dt.timezone(dt.timedelta(hours=1))
    assert linking.http_date(dt.datetime(2022, 12, 3, 21, 0, 0, tzinfo=paris)) == "Sat, 03 Dec 2022 20:00:00 GMT"


def test_the_only_version_is_the_first_and_the_last():
    assert [link.relations for link in linking.mementos(Series(URL, SERIES.versions[:1]))] == ["first last memento"]


def test_a_linkset_groups_links_by_anchor_and_by_relation():
    links = [Link("original timegate", URL), Link("memento", f"{URL}/v1", (("datetime", "D"), ("type", "text/html")))]
    assert json.loads(linking.linkset_json([(URL, links)])) == {
        "linkset": [
            {
                "anchor": URL,
                "original": [{"href": URL}],
                "timegate": [{"href": URL}],
                "memento": [{"href": f"{URL}/v1", "datetime": ["D"], "type": "text/html"}],
            }
        ]
    }


def test_both_linksets_say_the_same():
    anchored = linking.contexts(read(samples.FOUNDING, samples.SITE), SERIES, LICENCE)
    lines = linking.linkset(anchored).strip().split(",\n")
    grouped = json.loads(linking.linkset_json(anchored))["linkset"]
    written = sum(len(line.split('rel="')[1].split('"')[0].split()) for line in lines)
    assert written == sum(len(links) for one in grouped for name, links in one.items() if name != "anchor")


def test_the_annotation_is_described_only_where_there_is_one():
    cited = read(samples.MINISTRY_RELEASE, samples.SITE)
    described = [link.target for link in linking.page_links(cited, LICENCE) if link.relations == "describedby"]
    assert any(".anno." in target for target in described) == bool(cited.source.printed)


def test_without_a_page_an_author_is_known_by_wikidata():
    body = samples.FOUNDING | {"speaker": samples.MACRON | {"slug": ""}}
    authors = [link for link in linking.page_links(read(body, samples.SITE), LICENCE) if link.relations == "author"]
    assert authors == [Link("author", "http://www.wikidata.org/entity/Q3052772")]


def test_an_empty_licence_is_not_linked():
    links = linking.page_links(read(samples.FOUNDING, samples.SITE), "")
    assert not [link for link in links if link.relations == "license"]
