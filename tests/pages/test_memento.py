import datetime as dt
import re

import pytest
from django.conf import settings

from quotes.linking import http_date
from quotes.models import Statement
from tests import factories

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def statement():
    """A statement of three versions, recorded a day apart."""
    made = factories.publish("“Words to be kept.”")
    first = factories.revision(made)
    for number in (2, 3):
        body = first.body.replace('"version":1', f'"version":{number}')
        at = first.recorded_at + (number - 1) * DAY
        made.revisions.create(number=number, body=body, sha256=first.sha256, recorded_at=at, actor=first.actor)
    return made


def recorded(statement, number):
    return factories.revision(statement, number).recorded_at


def relation(answer, name):
    found = re.findall(r'<([^>]*)>; rel="([^"]*)"', answer["Link"])
    return [target.removeprefix(settings.SITE_URL) for target, names in found if name in names.split()]


def test_a_version_tells_when_it_was_recorded_and_where_its_original_is(client, statement):
    page = client.get(statement.version_url(2))
    assert page["Memento-Datetime"] == http_date(recorded(statement, 2))
    assert relation(page, "original") == relation(page, "timegate") == [statement.get_absolute_url()]
    assert relation(page, "timemap") == [f"{statement.get_absolute_url()}/timemap"]


def test_a_version_names_those_beside_it(client, statement):
    page = client.get(statement.version_url(2))
    assert relation(page, "predecessor-version") == [statement.version_url(1)]
    assert relation(page, "successor-version") == [statement.version_url(3)]
    assert relation(page, "latest-version") == [statement.get_absolute_url()]
    assert relation(page, "version-history") == [f"{statement.get_absolute_url()}/history"]


def test_the_first_and_the_last_version_have_a_neighbour_on_one_side(client, statement):
    first, last = client.get(statement.version_url(1)), client.get(statement.version_url(3))
    assert relation(first, "predecessor-version") == relation(last, "successor-version") == []
    assert relation(first, "successor-version") == relation(last, "predecessor-version") == [statement.version_url(2)]


def test_the_latest_page_is_no_memento(client, statement):
    page = client.get(statement.get_absolute_url())
    assert "Memento-Datetime" not in page
    assert relation(page, "timegate") == [statement.get_absolute_url()]


@pytest.mark.parametrize(
    ("version", "later", "found"), [(1, -365 * DAY, 1), (1, 0 * DAY, 1), (2, -DAY / 2, 1), (2, 0 * DAY, 2), (3, DAY, 3)]
)
def test_a_date_leads_to_the_version_that_was_current_then(client, statement, version, later, found):
    headers = {"Accept-Datetime": http_date(recorded(statement, version) + later)}
    answer = client.get(statement.get_absolute_url(), headers=headers)
    assert answer.status_code == 302
    assert answer["Location"] == settings.SITE_URL + statement.version_url(found)
    assert {"Accept-Datetime", "Accept"} <= set(answer["Vary"].split(", "))
    assert relation(answer, "original") == [statement.get_absolute_url()]
    assert "Memento-Datetime" not in answer


def test_the_time_that_a_version_tells_leads_back_to_it(client, statement):
    for number in (1, 2, 3):
        told = client.get(statement.version_url(number))["Memento-Datetime"]
        answer = client.get(statement.get_absolute_url(), headers={"Accept-Datetime": told})
        assert answer["Location"] == settings.SITE_URL + statement.version_url(number)


@pytest.mark.parametrize("when", ["", "yesterday", "2023-01-01", "Sat, 99 Dec 2022 20:00:00 GMT", "\u00ff", "x" * 5000])
def test_a_date_that_cannot_be_read_is_answered_with_one_that_can(client, statement, when):
    answer = client.get(statement.get_absolute_url(), headers={"Accept-Datetime": when})
    assert answer.status_code == 400
    assert "Sat, 03 Dec 2022 20:00:00 GMT" in answer.text
    assert "Accept-Datetime" in answer["Vary"]


def test_a_version_does_not_move_with_the_date(client, statement):
    headers = {"Accept-Datetime": http_date(recorded(statement, 1))}
    assert client.get(statement.version_url(3), headers=headers).status_code == 200


def test_the_timemap_lists_every_version_with_its_time(client, statement):
    answer = client.get(f"{statement.get_absolute_url()}/timemap")
    url, first, last = (
        settings.SITE_URL + statement.get_absolute_url(),
        http_date(recorded(statement, 1)),
        http_date(recorded(statement, 3)),
    )
    assert answer["Content-Type"] == "application/link-format"
    assert answer.text == (
        f'<{url}>; rel="original timegate",\n'
        f'<{url}/timemap>; rel="self"; type="application/link-format"; from="{first}"; until="{last}",\n'
        f'<{url}/v1>; rel="first memento"; datetime="{first}",\n'
        f'<{url}/v2>; rel="memento"; datetime="{http_date(recorded(statement, 2))}",\n'
        f'<{url}/v3>; rel="last memento"; datetime="{last}"\n'
    )


@pytest.mark.parametrize("path", ["timemap", "linkset", "linkset.json"])
def test_lists_for_machines_hold_no_words_and_take_few_queries(client, statement, django_assert_max_num_queries, path):
    with django_assert_max_num_queries(4):
        answer = client.get(f"{statement.get_absolute_url()}/{path}")
    assert answer.status_code == 200
    assert "kept" not in answer.text


@pytest.mark.parametrize("path", ["timemap", "linkset", "linkset.json"])
def test_lists_for_machines_have_the_addresses_manners(client, statement, path):
    address = f"{statement.get_absolute_url()}/{path}"
    typed = client.get(f"/q/{statement.pid.lower()}/{path}")
    assert (typed.status_code, typed["Location"]) == (301, address)
    assert client.get(f"/q/7K2M9QX4TA/{path}").status_code == 404
    assert client.get(f"/q/7K2M9QX4TB/{path}").status_code == 404
    assert client.get(f"{factories.draft().get_absolute_url()}/{path}").status_code == 404
    Statement.objects.filter(pk=statement.pk).update(state="removed")
    assert client.get(address).status_code == 410


def test_what_was_removed_is_gone_at_every_time(client, statement):
    when = http_date(recorded(statement, 1))
    Statement.objects.filter(pk=statement.pk).update(state="removed")
    assert client.get(statement.get_absolute_url(), headers={"Accept-Datetime": when}).status_code == 410
