import pytest

from quotes import record, reviewing
from quotes.models import Candidate, Decision
from tests import factories

pytestmark = pytest.mark.django_db

SECRET = "the name of a child"
WORDS = f"“It was {SECRET}.”"


def blanked(text):
    return text.replace(SECRET, "█" * len(SECRET))


@pytest.fixture
def candidate():
    where = factories.snapshot(f"Macron said: {WORDS} And: “Nothing.”")
    return factories.candidate(WORDS, where, proposal={"spans": [{"mode": "direct", "text": f"It was {SECRET}."}]})


def test_removed_words_stand_in_no_suggestion(candidate):
    record.blank_suggestions([candidate.document], blanked)
    candidate.refresh_from_db()
    assert SECRET not in f"{candidate.proposal} {candidate.entry}"
    assert candidate.entry["words"]["words"] == f"“It was {'█' * len(SECRET)}.”"


def test_removed_words_stand_in_nothing_that_is_kept_to_take_acts_back(candidate):
    reviewing.save_entry(candidate, {"words": {"words": "“Other.”"}}, seen=0, reviewer=factories.editor())
    assert SECRET in str(Decision.objects.get().before)
    record.blank_suggestions([candidate.document], blanked)
    assert SECRET not in str(Decision.objects.get().before)


def test_a_remark_repeats_no_removed_words(candidate):
    reviewing.reject(candidate, "other", f"It tells {SECRET}", seen=0, reviewer=factories.editor())
    record.blank_suggestions([candidate.document], blanked)
    assert SECRET not in Candidate.objects.get().remark


def test_whoever_had_such_a_suggestion_open_is_told(candidate):
    record.blank_suggestions([candidate.document], blanked)
    with pytest.raises(reviewing.CandidateChanged):
        reviewing.reject(candidate, "trivial", seen=0, reviewer=factories.editor())


def test_other_suggestions_are_left_alone(candidate):
    other = factories.candidate("“Nothing.”", candidate.snapshot)
    elsewhere = factories.candidate(WORDS)
    record.blank_suggestions([candidate.document], blanked)
    other.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (other.touched, elsewhere.touched) == (0, 0)
    assert SECRET in elsewhere.entry["words"]["words"]
