"""No page reads a whole table: of every query that an address asks, SQLite's plan looks rows up by an index.

PostgreSQL plans by size, and reads three rows faster than their index.
"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quotes import record
from quotes.naming import Directory, document_called, speakers_called
from quotes.notation import parse
from sources.intake import find_document
from tests import factories
from tests.pages.addresses import a_record

LARGE = {
    "quotes_statement", "quotes_statement_topics", "quotes_appearance", "quotes_hop", "quotes_carriage", "quotes_link",
    "quotes_revision", "quotes_act", "quotes_leaf", "quotes_entry", "quotes_fingerprint", "sources_document",
    "sources_snapshot",
}  # fmt: skip
"""Tables that grow with the statements."""
FROM_THE_END = {"api_documents", "api_links", "sitemap_index"}
"""Lists in the order of keys, nearly all of whose rows are shown: they are read until a page is full."""

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by size"),
]


def scans(sql, large):
    """What of large tables a query reads from one end to the other."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        steps = [re.fullmatch(r"SCAN (\S+)", step) for *_, step in cursor.fetchall()]
    tables = {alias: table for table, alias in re.findall(r'"(\w+)" ([A-Z]\d+)\b', sql)}
    read = [tables.get(step[1], step[1]) for step in steps if step]
    return [table for table in read if table in large]


def scanned(asked, large=LARGE):
    queries = [query["sql"] for query in asked.captured_queries if query["sql"].startswith(("SELECT", "WITH"))]
    return [(table, sql) for sql in queries for table in scans(sql, large)]


@pytest.mark.parametrize("who", ["a visitor", "a publisher"])
def test_no_address_reads_a_whole_table(who):
    addresses = a_record().addresses
    client = Client()
    if who == "a publisher":
        client.force_login(factories.publisher())
    for name, address in addresses.items():
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        if name not in FROM_THE_END:
            assert scanned(asked) == [], address


def test_no_act_reads_a_whole_table():
    editor = factories.publisher()
    with CaptureQueriesContext(connection) as asked:
        kept, lost, gone = (factories.publish(f"“We must think of {what}.”") for what in ("peace", "it all", "war"))
        record.correct(kept, record.Changes(spans=parse("“We must think.”")), editor=editor, reason="A slip")
        record.merge(lost, kept, editor=editor, reason="One utterance")
        record.retract(gone, editor=editor, reason="A forgery")
        record.restore(gone, editor=editor, reason="It was none")
        record.remove(gone, editor=editor, reason_code="law", reason="An order")
    assert scanned(asked) == []


def test_a_document_is_looked_up_by_its_address_and_by_its_text():
    with CaptureQueriesContext(connection) as asked:
        assert find_document("https://record.example/a") is None
        assert find_document(sha256="0" * 64) is None
        assert document_called("https://record.example/a") is None
        Client().get("/api/v1/documents?url=https://record.example/a")
    assert scanned(asked) == []


def test_a_speaker_is_looked_up_by_a_name_in_any_case():
    factories.speaker(name="Ann Arbor")
    with CaptureQueriesContext(connection) as asked:
        (found,) = speakers_called("ann arbor")
        assert Directory(speakers=["ANN ARBOR"]).speakers("ANN ARBOR") == [found]
    assert scanned(asked, {"quotes_speaker", "quotes_alias"}) == []
