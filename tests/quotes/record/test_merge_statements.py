import pytest

from quotes import record
from quotes.models import Act, Merge, Statement
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.publisher()


@pytest.fixture
def pair(editor):
    survivor = factories.publish("“Peace.”", "spoken_to TF1", editor=editor)
    return factories.publish("“Peace, now.”", "spoken_to TF1", "relayed_by TASS", editor=editor), survivor


def merge(loser, survivor, reason="One utterance"):
    return record.merge(loser, survivor, editor=factories.publisher(), reason=reason)


def test_the_survivor_gains_the_appearances_and_the_carriage(pair):
    loser, survivor = pair
    merge(loser, survivor)
    assert survivor.appearances.count() == 2
    assert [outlet.name for outlet in Statement.objects.get(pk=survivor.pk).carried["relayed_by"]] == ["TASS"]
    assert not loser.carriages.exists()


def test_the_loser_leaves_every_list_and_keeps_its_versions(pair):
    loser, survivor = pair
    before = factories.revision(loser).body
    merge(loser, survivor)
    assert list(Statement.objects.published()) == [survivor]
    assert factories.revision(loser).body == before


def test_the_survivor_makes_no_version(pair):
    merge(*pair)
    assert pair[1].revisions.count() == 1


def test_links_and_topics_move_and_a_link_between_the_two_stays_behind(pair, editor):
    loser, survivor = pair
    other = factories.publish("“No.”", editor=editor)
    record.link(other, loser, "denies", editor=editor)
    record.link(loser, survivor, "repeats", editor=editor)
    record.file_under(loser, [factories.topic()], editor=editor)
    merge(loser, survivor)
    assert survivor.links_in.get(kind="denies").source == other
    assert survivor.topics.get() == factories.topic()


def test_the_earliest_publication_follows(editor):
    early = factories.publish(document=factories.document(published="2022-12-03"), editor=editor)
    late = factories.publish(document=factories.document(published="2022-12-10"), editor=editor)
    merge(early, late)
    late.refresh_from_db()
    assert late.published == "2022-12-03"


def test_undoing_puts_everything_back(pair, editor):
    loser, survivor = pair
    undone = record.undo_merge(merge(loser, survivor), editor=editor)
    loser.refresh_from_db()
    assert (loser.state, loser.merged_into, undone.skipped) == ("published", None, [])
    assert survivor.appearances.count() == loser.appearances.count() == 1
    assert loser.carriages.count() == 2


def test_a_merge_is_in_the_ledger_under_the_loser(pair):
    merge(*pair)
    assert pair[0].acts.get(verb=Act.Verb.MERGE).reason == "One utterance"


def test_the_same_words_by_two_speakers_stay_two(editor):
    with pytest.raises(record.CannotMerge):
        merge(factories.publish(editor=editor), factories.publish(by="Vladimir Putin", editor=editor))


def test_no_statement_is_merged_into_itself_or_in_a_circle(pair):
    loser, survivor = pair
    with pytest.raises(record.CannotMerge):
        merge(loser, loser)
    merge(loser, survivor)
    with pytest.raises(record.CannotMerge):
        merge(survivor, loser)
    assert Merge.objects.count() == 1


@pytest.mark.parametrize("spoil", ["draft", "retracted", "removed"])
def test_only_published_statements_are_merged(pair, editor, spoil):
    loser, survivor = pair
    if spoil == "draft":
        survivor = factories.draft(editor=editor)
    elif spoil == "retracted":
        record.retract(survivor, editor=editor, reason="Doubts")
    else:
        record.remove(survivor, editor=editor, reason_code="law", reason="An order")
    with pytest.raises(record.CannotMerge):
        merge(loser, survivor)


def test_a_merge_into_what_was_removed_since_can_not_be_undone(pair, editor):
    act = merge(*pair)
    record.remove(pair[1], editor=editor, reason_code="law", reason="An order")
    with pytest.raises(record.CannotUndo):
        record.undo_merge(act, editor=editor)


def test_a_merge_without_a_reason_is_refused(pair):
    with pytest.raises(record.CannotMerge) as refusal:
        merge(*pair, reason=" ")
    assert refusal.value.field == "reason"


def test_what_is_merged_away_is_changed_no_more(pair, editor):
    loser, survivor = pair
    merge(loser, survivor)
    with pytest.raises(record.RecordError, match="merged"):
        record.correct(loser, record.Changes(language="fr"), editor=editor, reason="It was French")
    with pytest.raises(record.RecordError, match="merged"):
        record.retract(loser, editor=editor, reason="Doubts")
    with pytest.raises(record.RecordError, match="merged"):
        record.remove(loser, editor=editor, reason_code="law", reason="An order")


def test_nothing_is_merged_into_what_was_merged_away(pair, editor):
    merge(*pair)
    with pytest.raises(record.CannotMerge, match="already"):
        merge(factories.publish("“Peace!”", editor=editor), pair[0])


def test_no_longer_circle_is_made(pair, editor):
    third = factories.publish("“Peace!”", editor=editor)
    merge(*pair)
    merge(pair[1], third)
    with pytest.raises(record.CannotMerge, match="already"):
        merge(third, pair[0])
