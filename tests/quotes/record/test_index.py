"""The index says what the record says, after every act."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from quotes import record
from quotes.derived import disagreements
from quotes.filters import StatementFilter
from quotes.models import Entry, Fingerprint, NameWord, Reindexing, Speaker, Statement, TokenCount
from quotes.notation import parse
from quotes.record.index import index
from quotes.record.reindex import lacking, reindex_next, seems_to_lack, sweep
from quotes.search.entries import months_of
from quotes.search.tokens import LAST_PLACE
from tests import factories

pytestmark = pytest.mark.django_db


def found(**params):
    return [statement.text for statement in StatementFilter(params).qs]


def kept():
    return list(Entry.objects.order_by("pk").values())


def counted():
    """The counts as they follow from the entries."""
    totals = {}
    for place, terms in Entry.objects.values_list("place", "terms"):
        for token, month in months_of(place, terms):
            totals[token, month] = totals.get((token, month), 0) + 1
    return totals


@pytest.fixture
def by():
    return factories.publisher()


@pytest.fixture(autouse=True)
def whole():
    """Whatever a test does by the record's verbs: the index, made anew, is what it was, and so are the counts."""
    yield
    before = kept()
    index(Statement.objects.values_list("pk", flat=True))
    assert kept() == before
    assert {(token, month): n for token, month, n in TokenCount.objects.values_list("token", "month", "n")} == counted()
    assert not lacking()
    assert not list(disagreements())


def test_an_entry_has_its_topics_in_one_order_however_they_were_filed():
    first, second = factories.topic("Security"), factories.topic("Trade")
    statement = factories.publish("“One.”", topics=[second])
    statement.topics.add(first)
    index([statement.pk])
    assert Entry.objects.get(statement=statement).terms.endswith(f"_t{first.pk} _t{second.pk}")


def test_a_draft_is_in_no_index():
    factories.draft()
    assert kept() == []


def test_a_corrected_statement_is_found_by_its_new_words_alone(by):
    statement = factories.publish("“Guarantees.”")
    changes = record.Changes(spans=parse("“Assurances.”"), said="2022-11-30")
    record.correct(statement, changes, editor=by, reason="Misheard")
    assert found(q="assurances", said_before="2022-11") == ["Assurances."]
    assert found(q="guarantees") == []


def test_a_corrected_speaker_and_chain_are_followed(by):
    statement = factories.publish("“One.”", "spoken_to TF1")
    changes = record.Changes(speaker=factories.speaker("Olaf Scholz"), hops=factories.hops("spoken_to BBC"))
    record.correct(statement, changes, editor=by, reason="Not he")
    assert found(speaker="olaf-scholz", outlet="bbc") == found(q="scholz") == ["One."]
    assert found(outlet="tf1") == []


def test_a_retracted_statement_is_found_again_once_it_is_restored(by):
    statement = factories.publish("“One.”")
    record.retract(statement, editor=by, reason="Doubtful")
    assert kept() == []
    record.restore(statement, editor=by, reason="Confirmed")
    assert found(q="one") == ["One."]


def test_a_further_appearance_brings_its_carriers_and_takes_them_away_again(by):
    statement = factories.publish("“One.”")
    more = record.add_appearance(statement, factories.appearance("“One.”", "relayed_by TASS"), editor=by)
    assert found(relay="tass") == ["One."]
    record.withdraw_appearance(more, editor=by)
    assert found(relay="tass") == []


def test_topics_and_their_place_in_the_tree_are_followed(by):
    security, arms = factories.topic("Security"), factories.topic("Arms")
    statement = factories.publish("“One.”")
    record.file_under(statement, [arms], editor=by)
    assert found(topic="arms") == ["One."]
    assert found(topic="security") == []
    record.move_topic(arms, security)
    assert found(topic="security") == ["One."]


def test_a_merge_of_speakers_moves_their_statements_and_back(by):
    factories.publish("“One.”", by="E Macron")
    loser, survivor = factories.speaker("E Macron"), factories.speaker("Emmanuel Macron")
    act = record.merge(loser, survivor, editor=by, reason="One man")
    assert found(speaker="emmanuel-macron") == ["One."]
    record.undo_merge(act, editor=by)
    assert found(speaker="emmanuel-macron") == []


def test_a_merge_of_outlets_moves_what_they_carried_and_back(by):
    factories.publish("“One.”", "spoken_to TF1 Info")
    loser, survivor = factories.outlet("TF1 Info"), factories.outlet("TF1")
    act = record.merge(loser, survivor, editor=by, reason="One house")
    assert found(spoken_to="tf1") == ["One."]
    record.undo_merge(act, editor=by)
    assert found(spoken_to="tf1") == []


def test_a_statement_merged_away_is_found_no_more_until_that_is_undone(by):
    loser, survivor = factories.publish("“One.”", topics=[factories.topic()]), factories.publish("“One.”")
    act = record.merge(loser, survivor, editor=by, reason="Twice")
    assert Entry.objects.get().statement == survivor
    assert found(topic="security-guarantees") == ["One."]
    record.undo_merge(act, editor=by)
    assert Entry.objects.count() == 2


def test_a_rename_needs_no_entry_to_be_written(by):
    macron = factories.speaker("Emmanuel Macron")
    factories.publish("“One.”", by=macron)
    before = kept()
    record.rename(macron, editor=by, name="The President")
    assert found(q="president") == ["One."]
    assert found(q="macron") == []
    assert kept() == before


def test_a_new_alias_is_found_once_its_words_are_indexed():
    kyiv = factories.speaker("Government of Ukraine", kind="government", slug="ukraine")
    factories.publish("“One.”", by=kyiv)
    for name in ("Kyiv", "Kiev"):
        kyiv.aliases.create(name=name)
    record.know_names(Speaker, [kyiv.pk])
    assert found(q="kiev") == found(q="Kyiv one") == found(q="kie*") == ["One."]
    assert NameWord.objects.filter(speaker=kyiv).count() == 5


def test_a_removal_leaves_no_word_in_the_whole_database(by):
    statement = factories.publish("“A clandestine xylophone.”")
    factories.publish("“Another.”")
    record.remove(statement, editor=by, reason_code="court", reason="A ruling")
    assert found(q="xylophone") == found(q="clandestine") == []
    if connection.vendor == "sqlite":
        tables = [name for name in connection.introspection.table_names() if name.startswith("quotes_entry")]
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # the database's own names
                told = b"".join(value for row in cursor.fetchall() for value in row if isinstance(value, bytes))
                # A term's beginning may stand with the term before it: its end is its own.
                assert b"ylophon" not in told, table
                assert b"andestin" not in told, table


def test_the_database_keeps_the_index_in_step_by_itself():
    """A migration that rebuilds a table on SQLite drops its triggers: then nothing new is found."""
    factories.publish("“One.”")
    Entry.objects.update(words="alter")
    assert found(q="altered") == ["One."]
    Entry.objects.update(words="one")
    assert found(q="altered") == []
    Entry.objects.all().delete()
    TokenCount.objects.all().delete()
    assert found(q="one") == []
    index(Statement.objects.values_list("pk", flat=True))


# Making it anew


@pytest.fixture
def unindexed():
    """Three statements of an earlier release, which had no index."""
    for day in ("01", "02", "03"):
        factories.publish(f"“Said on {day}.”", said=f"2022-11-{day}")
    Entry.objects.all().delete()
    TokenCount.objects.all().delete()
    NameWord.objects.all().delete()


def test_reindexing_makes_what_is_missing(unindexed, capsys):
    assert (lacking(), seems_to_lack()) == (3, True)
    call_command("reindex")
    assert "Indexed 3 statements anew" in capsys.readouterr().out
    assert (lacking(), seems_to_lack()) == (0, False)
    assert found(q="said macron") == ["Said on 03.", "Said on 02.", "Said on 01."]
    assert not Reindexing.objects.exists()


def test_a_stopped_run_is_gone_on_with(unindexed, monkeypatch, capsys):
    monkeypatch.setattr("quotes.record.reindex.BATCH", 1)
    run = Reindexing.objects.create(pk=1, place=LAST_PLACE, started_at="2022-12-01T10:00Z")
    assert reindex_next(run) == 1
    assert found(q="said") == ["Said on 03."]
    call_command("reindex")
    told = capsys.readouterr().out
    assert "Going on with the run of 2022-12-01 10:00." in told
    assert "Indexed 2 statements anew" in told


def test_a_check_tells_what_is_missing_and_fails(unindexed, capsys):
    with pytest.raises(CommandError, match="3 published statements aren't in the index"):
        call_command("reindex", "--check")
    call_command("reindex", "--missing")
    call_command("reindex", "--check")
    assert "Every published statement is in the index." in capsys.readouterr().out


def test_reindexing_makes_fingerprints_too(capsys):
    statement = factories.publish("“We must think about the security structure of tomorrow.”")
    factories.publish("“?!”")
    before = set(Fingerprint.objects.values_list("hash", "statement"))
    Fingerprint.objects.all().delete()
    assert lacking() == 1
    call_command("reindex", "--missing")
    assert "Indexed 2 statements anew" in capsys.readouterr().out
    assert set(Fingerprint.objects.values_list("hash", "statement")) == before
    call_command("reindex", "--missing")
    assert "Every published statement is in the index." in capsys.readouterr().out
    assert {key for _, key in before} == {statement.pk}


def test_a_stopped_run_has_made_the_fingerprints_of_its_batches(unindexed, monkeypatch):
    Fingerprint.objects.all().delete()
    monkeypatch.setattr("quotes.record.reindex.BATCH", 1)
    reindex_next(Reindexing.objects.create(pk=1, place=LAST_PLACE, started_at="2022-12-01T10:00Z"))
    assert set(Fingerprint.objects.values_list("statement__said", flat=True)) == {"2022-11-03"}
    call_command("reindex")
    assert Fingerprint.objects.values("statement").distinct().count() == 3


def test_fingerprints_of_what_is_published_no_more_are_swept_away():
    statement = factories.publish("“We must think about the security structure of tomorrow.”")
    Statement.objects.filter(pk=statement.pk).update(state="retracted")
    sweep()
    assert not Fingerprint.objects.exists()


def test_entries_of_what_is_published_no_more_are_swept_away():
    statement = factories.publish("“One.”")
    Statement.objects.filter(pk=statement.pk).update(state="retracted")
    assert sweep() == 1
    assert kept() == []
