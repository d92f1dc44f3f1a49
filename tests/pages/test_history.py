import pytest

from quotes import record
from quotes.notation import parse
from tests import factories

pytestmark = pytest.mark.django_db


def correct(statement, words="“We must think about our security.”", **changes):
    return record.correct(
        statement, record.Changes(spans=parse(words), **changes), editor=factories.publisher(), reason="A word missed"
    )


def test_the_history_lists_every_version_with_its_reason(client):
    statement = factories.publish()
    correct(statement)
    page = client.get(f"/q/{statement.pid}/history")
    assert page.status_code == 200
    for text in (f"/q/{statement.pid}/v1", f"/q/{statement.pid}/v2", "A word missed", "which changes the words"):
        assert text in page.text


def test_the_public_sees_a_role_and_editors_the_account(client):
    statement = factories.publish()
    name = correct(statement).actor.username
    assert name not in client.get(f"/q/{statement.pid}/history").text
    client.force_login(factories.editor())
    assert name in client.get(f"/q/{statement.pid}/history").text


def test_the_latest_is_compared_with_the_one_before_it(client):
    statement = factories.publish()
    correct(statement, said="2022-12")
    page = client.get(f"/q/{statement.pid}/history")
    assert '<ins><span class="visually-hidden" lang="en"> [inserted: </span> our<' in page.text
    assert '<del dir="auto">3 December 2022</del>' in page.text
    assert '<ins dir="auto">December 2022</ins>' in page.text


def test_any_two_versions_can_be_compared(client):
    statement = factories.publish()
    correct(statement)
    correct(statement, "“We must think.”")
    page = client.get(f"/q/{statement.pid}/history?from=1&to=3")
    assert page.context["history"].chosen == (1, 3)
    assert "[deleted: </span> about security<" in page.text


@pytest.mark.parametrize("query", ["from=9", "to=0", "from=x&to=1", "to=%00", "from=1&to=99999999999999999999"])
def test_a_version_that_isnt_there_is_told_with_those_that_are(client, query):
    statement = factories.publish()
    correct(statement)
    page = client.get(f"/q/{statement.pid}/history?{query}")
    assert page.status_code == 400
    assert "versions 1 to 2" in page.text


def test_a_version_compared_with_itself_says_so(client):
    statement = factories.publish()
    correct(statement)
    assert "doesn’t differ from itself" in client.get(f"/q/{statement.pid}/history?from=2&to=2").text


def test_retractions_and_merges_stand_between_the_versions(client):
    by = factories.publisher()
    one, other = factories.publish(), factories.publish("“We must think of security.”")
    record.retract(one, editor=by, reason="Doubtful")
    record.restore(one, editor=by, reason="Confirmed by the office")
    record.undo_merge(record.merge(one, other, editor=by, reason="One utterance"), editor=by)
    page = client.get(f"/q/{one.pid}/history")
    told = [event.what for event in page.context["history"].events]
    assert told == ["Parted again from", "Merged into", "Restored", "Retracted", "Recorded"]
    assert "Confirmed by the office" in page.text
    assert "Took in" in client.get(f"/q/{other.pid}/history").text


def test_a_history_takes_at_most_nine_queries(client, django_assert_max_num_queries):
    statement = factories.publish()
    for number in range(12):
        correct(statement, f"“Wording {number}.”")
    record.merge(factories.publish(), statement, editor=factories.publisher(), reason="One utterance")
    with django_assert_max_num_queries(9):
        assert client.get(f"/q/{statement.pid}/history").status_code == 200


def test_another_spelling_of_the_id_leads_to_the_address_as_written(client):
    statement = factories.publish()
    page = client.get(f"/q/{statement.pid.lower()}/history")
    assert (page.status_code, page["Location"]) == (301, f"/q/{statement.pid}/history")


def test_a_removed_statement_has_a_tombstone_for_a_history(client):
    by = factories.publisher()
    loser, statement = factories.publish(), factories.publish("“We must think of security.”")
    record.merge(loser, statement, editor=by, reason="One utterance")
    record.remove(statement, editor=by, reason_code="safety", reason="A threat")
    for one in (loser, statement):
        page = client.get(f"/q/{one.pid}/history")
        assert page.status_code == 410
        assert "somebody’s safety" in page.text
        assert by.username not in page.text


def test_a_tombstone_names_what_replaces_it(client):
    by, other = factories.publisher(), factories.publish("“Something else entirely.”")
    statement = factories.publish()
    record.remove(statement, editor=by, reason_code="court", reason="A ruling", replacement=other)
    page = client.get(statement.get_absolute_url())
    assert page.status_code == 410
    for text in ("an editor of this record", "ordered by a court", "A ruling", f'href="/q/{other.pid}"'):
        assert text in page.text


def test_drafts_and_unknown_ids_have_no_history(client):
    assert client.get(f"/q/{factories.draft().pid}/history").status_code == 404
    assert client.get("/q/7K2M9QX4TA/history").status_code == 404
    assert client.get("/q/7K2M9QX4TB/history").status_code == 404


def test_a_version_tells_what_was_changed_since(client):
    statement = factories.publish()
    correct(statement)
    correct(statement, "“We must think.”", said="2022-12")
    page = client.get(statement.version_url(1))
    assert "A later version exists" in page.text
    assert "Changed since this one: the words, the date." in page.text
    assert f"/q/{statement.pid}/history?from=1&amp;to=3" in page.text
    assert "A later version exists" not in client.get(statement.version_url(3)).text


def test_the_permalink_tells_the_latest_corrections(client):
    statement = factories.publish()
    for number in range(5):
        correct(statement, f"“Wording {number}.”")
    page = client.get(statement.get_absolute_url())
    assert page.text.partition("<blockquote")[0].partition("<main")[2].count("Corrected on ") == 3
    assert "2 earlier corrections, and the versions compared" in page.text


def test_a_retracted_statement_says_when_and_why(client):
    statement = factories.publish()
    record.retract(statement, editor=factories.publisher(), reason="The source has withdrawn it")
    for address in (statement.get_absolute_url(), statement.version_url(1)):
        page = client.get(address)
        assert page.status_code == 200
        assert "have retracted this statement</strong> on" in page.text
        assert "The source has withdrawn it" in page.text


def test_a_version_of_a_merged_statement_leads_to_the_survivor(client):
    loser, other = factories.publish(), factories.publish("“We must think of security.”")
    record.merge(loser, other, editor=factories.publisher(), reason="One utterance")
    page = client.get(loser.version_url(1))
    assert page.status_code == 200
    assert f'href="/q/{other.pid}"' in page.text
    assert "One utterance" in page.text
