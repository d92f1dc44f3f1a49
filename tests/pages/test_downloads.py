import csv
import datetime as dt
import gc
import io
import json

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quotes import record
from quotes.exporting import rows as reading
from quotes.exporting import turns
from quotes.exporting.columns import COLUMNS, NAMES
from quotes.models import Statement
from quotes.notation import parse
from quotes.patience import TookTooLong
from tests import factories

pytestmark = pytest.mark.django_db


def got(client, form, **params):
    answer = client.get(f"/statements.{form}", params)
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def lines(client, **params):
    return [json.loads(line) for line in got(client, "jsonl", **params).splitlines()]


def cells(client, **params):
    return list(csv.DictReader(io.StringIO(got(client, "csv", **params).decode())))


def words(rows):
    return [row["words"] for row in rows]


@pytest.fixture
def founding(db):
    call_command("load_founding_record", verbosity=0)


def test_a_download_holds_the_list_in_its_order(client):
    factories.publish("“To TASS.”", "spoken_to TASS")
    factories.publish("“Relayed.”", "spoken_to TF1", "relayed_by TASS", said="2021-12-03")
    factories.publish("“Later.”", "spoken_to TF1", "relayed_by TASS", said="2022-12-01")
    factories.publish("“Nyet.”", "relayed_by TASS", by="Vladimir Putin")
    asked = {"speaker": "emmanuel-macron", "relay": "tass"}
    assert words(lines(client, **asked)) == ["“Later.”", "“Relayed.”"]
    assert words(cells(client, **asked)) == ["“Later.”", "“Relayed.”"]
    assert words(lines(client, q="relayed")) == ["“Relayed.”"]


def test_what_was_taken_off_the_record_is_in_no_download(client):
    kept, retracted, removed, merged = (factories.publish(f"“{word}.”") for word in ("A", "B", "C", "D"))
    factories.draft("“A draft.”")
    by = factories.publisher()
    record.retract(retracted, editor=by, reason="Staged")
    record.remove(removed, editor=by, reason_code="law", reason="An order")
    record.merge(merged, kept, editor=by, reason="The same words")
    assert [row["id"] for row in lines(client)] == [kept.pid]


def test_a_row_tells_what_is_known(client):
    topics = [factories.topic("NATO enlargement"), factories.topic()]
    statement = factories.publish(
        "He said “[the ministry] [(in Moscow)] must\n\nthink” of […] it",
        "told_by Vladimir Putin",
        "spoken_to TF1",
        "relayed_by TASS",
        label="President of France",
        topics=topics,
        said="2021-12?",
        said_basis="inferred",
        speaks_for=factories.speaker("The Kremlin", kind="government"),
    )
    record.correct(statement, record.Changes(language="fr"), editor=factories.publisher(), reason="It is French")
    document = statement.appearances.get().document
    latest = factories.revision(statement, 2)
    [row] = lines(client)
    assert list(row) == list(NAMES)
    assert row == {
        "id": statement.pid,
        "url": f"{settings.SITE_URL}/q/{statement.pid}",
        "state": "published",
        "version": 2,
        "version_url": f"{settings.SITE_URL}/q/{statement.pid}/v2",
        "sha256": latest.sha256,
        "words": "He said “[the ministry] [in Moscow] must\n\nthink” of […] it",
        "text": "He said the ministry in Moscow must think of it",
        "notation": "He said “[the ministry] [(in Moscow)] must\n\nthink” of […] it",
        "mode": "mixed",
        "language": "fr",
        "is_translation": False,
        "translated_from": None,
        "translator": None,
        "speaker": "Emmanuel Macron",
        "speaker_slug": "emmanuel-macron",
        "speaker_kind": "person",
        "speaker_wikidata": None,
        "speaks_for": "The Kremlin",
        "label": "President of France",
        "said": "2021-12?",
        "said_min": "2021-12-01",
        "said_max": "2021-12-31",
        "said_basis": "inferred",
        "published": "2022-12-04",
        "published_min": "2022-12-04",
        "published_max": "2022-12-04",
        "recorded": Statement.objects.get().recorded_at.isoformat(),
        "told_by": ["Vladimir Putin"],
        "spoken_to": ["tf1"],
        "issued_by": [],
        "relayed_by": ["tass"],
        "published_by": [],
        "outlet": "le-monde",
        "document": document.pid,
        "document_title": document.title,
        "document_url": None,
        "document_published": "2022-12-04",
        "topics": ["nato-enlargement", "security-guarantees"],
        "corrections_count": 1,
        "modified": latest.recorded_at.date().isoformat(),
        "cursor": f"2021-12-31.{statement.pk}",
    }


def test_a_table_says_the_same_in_cells(client, founding):
    for row, cell in zip(lines(client), cells(client), strict=True):
        for column in COLUMNS:
            value = row[column.name]
            if isinstance(value, list):
                value = "; ".join(value)
            elif isinstance(value, bool):
                value = "yes" if value else "no"
            assert cell[column.name] == ("" if value is None else str(value)), column.name


def test_columns_that_the_api_has_too_say_the_same_there(client, founding):
    told = list(csv.DictReader(io.StringIO(client.get("/api/v1/statements.csv?size=100").text)))
    for row, cell in zip(told, cells(client), strict=True):
        shared = row.keys() & cell.keys()
        assert len(shared) > 30
        assert {name: row[name] for name in shared} == {name: cell[name] for name in shared}


def test_a_cell_is_never_a_formula(client):
    factories.publish("=HYPERLINK(1) he said", by=factories.speaker("@SUM(A1)", slug="sum"), label="+1")
    [row] = cells(client)
    assert row["words"] == "'=HYPERLINK(1) he said"
    assert row["text"].startswith("'=")
    assert row["notation"].startswith("'=")
    assert row["speaker"] == "'@SUM(A1)"
    assert row["label"] == "'+1"
    assert lines(client)[0]["speaker"] == "@SUM(A1)"


def test_the_notation_of_a_row_reads_back(client, founding):
    for row in lines(client):
        assert parse(row["notation"]) == Statement.objects.get(pid=row["id"]).wording


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("csv", "text/csv; charset=utf-8; header=present"),
        ("jsonl", "application/jsonl; charset=utf-8"),
        ("parquet", "application/vnd.apache.parquet"),
    ],
)
def test_the_headers_say_what_it_is_of_when_and_under_which_licence(client, form, media_type):
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    for answer in (client.get(f"/statements.{form}"), client.head(f"/statements.{form}")):
        assert answer["Content-Type"] == media_type
        assert answer["Content-Disposition"] == f'attachment; filename="statements.{form}"'
        assert f'<{settings.RECORD_LICENCE}>; rel="license"' in answer["Link"]
        assert f'<{settings.SITE_URL}/data/statements.json>; rel="describedby"' in answer["Link"]
        assert dt.datetime.fromisoformat(answer["Record-As-Of"]) >= before
        assert answer["Access-Control-Allow-Origin"] == "*"
        b"".join(answer)


def test_a_download_goes_on_after_any_row(client, founding):
    whole = lines(client)
    assert len(whole) > 5
    for place, row in enumerate(whole):
        assert lines(client, after=row["cursor"]) == whole[place + 1 :]


def test_a_download_can_be_asked_for_in_parts(client, founding):
    whole, parts, after = lines(client), [], ""
    while part := lines(client, rows=2, after=after):
        assert len(part) <= 2
        parts += part
        after = part[-1]["cursor"]
    assert parts == whole


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_batches_of_any_size_make_the_same_file(client, founding, monkeypatch, size):
    whole = {form: got(client, form) for form in ("csv", "jsonl")}
    monkeypatch.setattr(reading, "LOOK", size)
    monkeypatch.setattr(reading, "BATCH", min(2, size))
    assert {form: got(client, form) for form in whole} == whole


def test_an_empty_list_is_an_empty_file(client):
    factories.speaker()
    asked = {"speaker": "emmanuel-macron"}
    assert got(client, "csv", **asked).decode().split("\r\n") == [",".join(NAMES), ""]
    assert got(client, "jsonl", **asked) == b""


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("speaker=nobody", "Speaker: “nobody”. No speaker goes by this name."),
        ("speeker=emmanuel-macron", "speeker: A list has no such parameter; it has q, speaker, "),
        ("before=2022-12-03", "before: A list has no such parameter"),
        ("after=yesterday", "“yesterday” is no place in this list."),
        ("rows=0", "rows: “0” is not how many rows to give at most, from 1 on."),
        ("rows=-1", "rows: “-1” is not"),
        ("rows=٣", "rows: “٣” is not"),
        ("year=20222", "Year said: “20222”."),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_line(client, query, line):
    answer = client.get(f"/statements.csv?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert line in answer.text


def test_a_batch_takes_a_bounded_number_of_queries(client):
    for number in range(5):
        factories.publish(f"“Words {number}.”", "spoken_to TF1", "relayed_by TASS", topics=[factories.topic()])
    with CaptureQueriesContext(connection) as asked:
        assert len(lines(client)) == 5
    assert len(asked) <= 8


def test_no_more_downloads_are_served_at_a_time_than_may_be(client, settings):
    settings.DOWNLOADS_AT_ONCE = 2
    factories.publish()
    under_way = [client.get("/statements.csv") for _ in range(2)]
    refused = client.get("/statements.csv")
    assert refused.status_code == 503
    assert refused["Retry-After"]
    assert client.head("/statements.csv").status_code == 200
    b"".join(under_way[0])
    again = client.get("/statements.csv")
    assert again.status_code == 200
    assert client.get("/statements.csv").status_code == 503
    for answer in (again, under_way[1]):
        b"".join(answer)
    assert turns._turns.taken == 0


def test_an_answer_that_never_got_out_holds_up_no_other(client, settings):
    settings.DOWNLOADS_AT_ONCE = 1
    factories.publish()
    answer = client.get("/statements.csv")
    del answer
    gc.collect()
    assert client.get("/statements.csv").status_code == 200


def test_a_list_that_takes_too_long_from_the_start_is_answered_503(client, monkeypatch):
    def too_long(*_):
        raise TookTooLong

    monkeypatch.setattr(reading, "places", too_long)
    answer = client.get("/statements.csv")
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert turns._turns.taken == 0


def test_a_download_that_takes_too_long_later_breaks_off(client, monkeypatch, caplog):
    factories.publish("“One.”")
    factories.publish("“Two.”")
    monkeypatch.setattr(reading, "BATCH", 1)
    answer = client.get("/statements.jsonl")
    read = reading.read

    def too_long(*_):
        raise TookTooLong

    monkeypatch.setattr(reading, "read", too_long)
    parts = iter(answer.streaming_content)
    assert b"Two." in next(parts)
    with pytest.raises(TookTooLong):
        next(parts)
    assert "broke off" in caplog.text
    assert turns._turns.taken == 0
    monkeypatch.setattr(reading, "read", read)
    assert words(lines(client)) == ["“Two.”", "“One.”"]


@pytest.mark.parametrize("address", ["/statements/?topic=peace", "/speakers/emmanuel-macron/", "/outlets/tf1/"])
def test_every_list_has_its_downloads_beside_the_feeds(client, address):
    factories.publish(topics=[factories.topic("Peace")])
    page = client.get(address).text
    query = {"/speakers": "speaker=emmanuel-macron", "/outlets/": "outlet=tf1"}.get(address[:9], "topic=peace")
    for form in ("csv", "jsonl", "parquet"):
        assert f'href="/statements.{form}?{query}' in page


def test_crawlers_are_told_to_leave_downloads_alone(client):
    told = client.get("/robots.txt").text.splitlines()
    for form in ("csv", "jsonl", "parquet"):
        assert f"Disallow: /statements.{form}" in told


def test_the_columns_are_described_for_programs_and_for_people(client, project):
    package = client.get("/data/statements.json").json()
    [table] = package["resources"]
    assert [field["name"] for field in table["schema"]["fields"]] == list(NAMES)
    assert table["path"] == f"{settings.SITE_URL}/statements.csv"
    assert package["licenses"][0]["path"] == settings.RECORD_LICENCE
    described = (project / "docs" / "data.md").read_text()
    for column in COLUMNS:
        assert f"| `{column.name}` | {column.tells} |" in described
