import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from quotes import facets, record
from quotes.facets import Total, spread, totals_without
from quotes.filters import StatementFilter
from quotes.listing import listing
from quotes.models import Speaker, Statement
from quotes.pagination import places
from tests import factories

pytestmark = pytest.mark.django_db


def counts(name, **params):
    """One facet as a reader sees it: labels and numbers in their order."""
    return [(tally.label, tally.n) for tally in spread(StatementFilter(params)).facets[name]]


@pytest.fixture
def few():
    factories.publish("“One.”", "spoken_to TF1", "relayed_by TASS", by="Emmanuel Macron")
    factories.publish("“Two.”", "spoken_to TF1", by="Emmanuel Macron", said="2021-05")
    factories.publish("He agreed.", "spoken_to BBC", "relayed_by TASS", "relayed_by Reuters", by="Olaf Scholz")


def test_facets_count_what_is_listed(few):
    assert counts("speaker") == [("Emmanuel Macron", 2), ("Olaf Scholz", 1)]
    assert counts("outlet") == [("TASS", 2), ("TF1", 2), ("BBC", 1), ("Reuters", 1)]
    assert counts("relay") == [("TASS", 2), ("Reuters", 1)]
    assert counts("mode") == [("Direct", 2), ("Reported", 1)]
    assert counts("language") == [("English", 3)]
    assert counts("year") == [("2022", 2), ("2021", 1)]


def test_a_facet_ignores_its_own_filter_and_heeds_the_others(few):
    assert counts("speaker", speaker="olaf-scholz") == [("Emmanuel Macron", 2), ("Olaf Scholz", 1)]
    assert counts("relay", speaker="olaf-scholz") == [("Reuters", 1), ("TASS", 1)]
    assert counts("speaker", speaker="olaf-scholz", spoken_to="tf1") == [("Emmanuel Macron", 2), ("Olaf Scholz", 0)]


def test_an_outlet_in_two_roles_counts_once():
    factories.publish("“One.”", "spoken_to TF1", "published_by TF1")
    assert counts("outlet") == [("TF1", 1)]


def test_a_topic_counts_with_those_below_it_and_each_statement_once():
    security = factories.topic("Security")
    arms = factories.topic("Arms", security)
    factories.publish("“One.”", topics=[security, arms])
    factories.publish("“Two.”", topics=[arms])
    factories.publish("“Three.”", topics=[factories.topic("Trade", security)])
    assert counts("topic") == [("Security", 3), ("Arms", 2), ("Trade", 1)]
    for tally in spread(StatementFilter({})).facets["topic"]:
        assert StatementFilter({"topic": tally.value}).qs.count() == tally.n


def test_a_year_counts_by_the_last_day_it_can_have_been_said():
    factories.publish("“Winter.”", said="2021-12-20/2022-01-10")
    assert counts("year") == [("2022", 1)]


def test_years_are_listed_from_the_latest():
    for year in range(1999, 2003):
        factories.publish(f"“In {year}.”", said=str(year))
    assert [label for label, _ in counts("year")] == ["2002", "2001", "2000", "1999"]


def test_ten_values_are_shown_and_the_chosen_ones_whatever_their_number():
    for number in range(12):
        for _ in range(2 if number < 11 else 1):
            factories.publish("“One.”", by=f"Speaker {number:02}")
    assert len(counts("speaker")) == facets.VALUES_SHOWN
    shown = counts("speaker", speaker="speaker-11")
    assert len(shown) == facets.VALUES_SHOWN + 1
    assert ("Speaker 11", 1) in shown


def test_a_chosen_value_that_nothing_has_any_more_stays_with_nought(few):
    assert ("BBC", 0) in counts("outlet", outlet="bbc", speaker="emmanuel-macron")
    assert ("1990", 0) in counts("year", year="1990")


def test_a_chosen_value_is_counted_under_todays_slug_and_name():
    macron = factories.speaker("Emmanuel Macron")
    factories.publish("“One.”", by=macron)
    record.rename(macron, editor=factories.publisher(), name="E. Macron", slug="macron")
    (tally,) = spread(StatementFilter({"speaker": "emmanuel-macron"})).facets["speaker"]
    assert (tally.value, tally.label, tally.n) == ("macron", "E. Macron", 1)


def test_an_unnamed_source_is_not_in_the_facet_of_speakers():
    source = Speaker.objects.create(kind="unnamed", name="a senior official", document=factories.document())
    factories.publish("“One.”", by=source)
    assert counts("speaker") == []


def test_drafts_are_not_counted():
    factories.draft("“One.”")
    assert spread(StatementFilter({})).total == Total(0)
    assert counts("speaker") == counts("outlet") == counts("year") == []


def test_the_count_and_all_facets_are_one_query(few, django_assert_num_queries):
    filterset = StatementFilter({"speaker": "emmanuel-macron", "year": ["2022", "2021"], "q": "one"})
    assert filterset.demand().stretches  # which looks for the names in the query
    with django_assert_num_queries(1):
        found = spread(filterset)
    assert found.total == Total(1)
    assert len(found.facets) == 8


def test_a_facet_can_be_left_out(few):
    assert "speaker" not in spread(StatementFilter({}), leaving_out=["speaker"]).facets


def test_the_count_is_exact_up_to_its_bound(few, monkeypatch):
    monkeypatch.setattr(facets, "COUNT_LIMIT", 3)
    assert str(spread(StatementFilter({})).total) == "3"
    factories.publish("“Four.”")
    factories.publish("“Five.”")
    total = spread(StatementFilter({})).total
    assert (total.n, str(total)) == (4, "more than 3")


def test_past_the_bound_the_newest_are_counted_and_the_numbers_say_so(few, monkeypatch):
    monkeypatch.setattr(facets, "COUNT_LIMIT", 1)
    numbers = [one.number for one in spread(StatementFilter({"language": "en"})).facets["mode"]]
    assert numbers == ["1+", "1+"]
    assert [one.number for one in spread(StatementFilter({})).facets["speaker"]] == ["2", "1"]


def test_facets_count_the_newest_of_a_list_that_is_longer_than_their_bound(few, monkeypatch):
    monkeypatch.setattr(facets, "FACET_LIMIT", 1)
    found = spread(StatementFilter({"q": "one OR two"}))
    assert (str(found.total), [tally.number for tally in found.facets["mode"]]) == ("2", ["1+"])
    assert [tally.label for tally in found.facets["year"]] == ["2022"]
    monkeypatch.setattr(facets, "FACET_LIMIT", 2)
    found = spread(StatementFilter({"q": "one OR two"}))
    assert (str(found.total), [tally.number for tally in found.facets["mode"]]) == ("2", ["2"])


def test_so_they_do_where_the_list_is_longer_than_its_own_bound(few, monkeypatch):
    monkeypatch.setattr(facets, "COUNT_LIMIT", 2)
    monkeypatch.setattr(facets, "FACET_LIMIT", 1)
    found = spread(StatementFilter({"language": "en"}))
    assert str(found.total) == "more than 2"
    assert [tally.number for tally in found.facets["mode"]] == ["1+"]


def test_of_a_list_by_one_of_two_speakers_no_fewer_are_told_than_either_has(few, monkeypatch):
    monkeypatch.setattr(facets, "COUNT_LIMIT", 1)
    monkeypatch.setattr(facets, "FACET_LIMIT", 1)
    found = spread(StatementFilter(QueryDict("speaker=emmanuel-macron&speaker=olaf-scholz")))
    assert str(found.total) == "more than 1"
    assert [tally.number for tally in found.facets["relay"]] == ["1+", "1+"]


@pytest.mark.parametrize(
    "params", ["q=one OR two", "q=nobody", "speaker=emmanuel-macron", "speaker=emmanuel-macron&outlet=tf1&q=two"]
)
def test_what_was_found_already_is_counted_as_what_is_looked_for(few, params):
    filterset = StatementFilter(QueryDict(params))
    found = places(filterset.demand(), None, 10)
    assert spread(filterset, places=found) == spread(filterset)


@pytest.mark.parametrize("params", ["q=agreed", "q=agreed&sort=date", "q=nobody", "relay=reuters&mode=indirect"])
def test_a_list_that_is_found_whole_is_looked_for_once(few, params):
    with CaptureQueriesContext(connection) as asked:
        found = listing(QueryDict(params), leaving_out=["relay", "mode"], ranked=True)
    assert found.total == Total(len(found.statements))
    assert len([one for one in asked if "quotes_entry_index MATCH" in one["sql"] or "vector @@" in one["sql"]]) == 1


def test_the_months_of_a_list_are_known_without_reading_it(few):
    assert spread(StatementFilter({})).months == [202105, 202212]
    assert spread(StatementFilter({"speaker": "olaf-scholz", "relay": "tass"})).months == [202212]
    assert spread(StatementFilter({"speaker": "olaf-scholz", "year": "2021"})).months == []


def test_what_dropping_each_parameter_gives_is_counted_with_the_facets(few, django_assert_num_queries):
    filterset = StatementFilter({"speaker": "emmanuel-macron", "relay": "reuters", "mode": "direct"})
    assert filterset.is_valid()
    with django_assert_num_queries(1):
        without = spread(filterset).without
    assert without == {"speaker": Total(0), "relay": Total(2), "mode": Total(0)}
    with django_assert_num_queries(0):
        assert totals_without(filterset, without) == without


def test_what_dropping_parameters_without_facets_gives_is_one_query(few, django_assert_num_queries):
    filterset = StatementFilter({"speaker": "olaf-scholz", "q": "tanks", "said_after": "1990"})
    assert filterset.is_valid()
    without = spread(filterset).without
    assert set(without) == {"speaker"}
    with django_assert_num_queries(1):
        totals = totals_without(filterset, without)
    assert set(totals) == {"speaker", "q", "said_after"}
    assert totals["q"] == Total(spread(StatementFilter({"speaker": "olaf-scholz", "said_after": "1990"})).total.n)


def test_names_that_look_like_sql_are_names():
    factories.publish("“One.”", by=factories.speaker("Robert %s '); DROP TABLE {x}", slug="robert"))
    assert counts("speaker", q="one%s") == []
    assert counts("speaker", q="robert") == [("Robert %s '); DROP TABLE {x}", 1)]
    assert Statement.objects.count() == 1
