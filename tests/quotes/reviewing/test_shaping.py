import pytest

from quotes import reviewing
from quotes.models import Candidate, Decision
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = "Macron said: “We must think. We must talk,” and agreed that Kyiv comes first.\nHe left, he added."


@pytest.fixture
def reviewer():
    return factories.editor()


@pytest.fixture
def where():
    return factories.snapshot(TEXT)


def place(words):
    start = TEXT.index(words)
    return start, start + len(words)


def words_of(candidate):
    return candidate.entry["words"]["words"]


def test_what_was_typed_is_kept_complete_or_not(reviewer):
    candidate = factories.candidate()
    saved = reviewing.save_entry(candidate, {"words": {"words": "“We must"}}, seen=0, reviewer=reviewer)
    assert (words_of(saved), saved.touched) == ("“We must", 1)
    assert saved.entry["speaker"]["name"] == "Emmanuel Macron"


def test_saving_what_stands_is_no_change(reviewer):
    candidate = factories.candidate()
    reviewing.save_entry(candidate, dict(candidate.entry), seen=0, reviewer=reviewer)
    assert (candidate.touched, Decision.objects.count()) == (0, 0)


def test_two_reviewers_never_overwrite_each_other(reviewer):
    candidate = factories.candidate()
    reviewing.save_entry(candidate, {"links": [1]}, seen=0, reviewer=factories.editor())
    with pytest.raises(reviewing.CandidateChanged, match="Nothing you typed is lost") as refused:
        reviewing.save_entry(candidate, {"links": [2]}, seen=0, reviewer=reviewer)
    assert refused.value.current.entry["links"] == [1]


def test_moved_boundaries_bring_the_words_between_them(reviewer, where):
    candidate = factories.candidate("“We must think.", where, topics="Security")
    reviewing.set_ranges(candidate, [place("“We must think. We must talk,”")], seen=0, reviewer=reviewer)
    assert words_of(candidate) == "“We must think. We must talk,”"
    assert (candidate.start, candidate.end) == place("“We must think. We must talk,”")
    assert candidate.entry["words"]["topics"] == "Security"


def test_marks_decide_whose_words_stand_between_boundaries(reviewer, where):
    candidate = factories.candidate("“We must think.", where)
    ranges = [place("We must talk,” and agreed that Kyiv comes first")]
    reviewing.set_ranges(candidate, ranges, seen=0, reviewer=reviewer)
    assert words_of(candidate) == "“We must talk,” and agreed that Kyiv comes first"


def test_words_that_somebody_else_tells_stand_within_their_marks(reviewer):
    where = factories.snapshot("Macron said: “Putin says that NATO comes nearer every day.”")
    told = {"role": "told_by", "name": "Emmanuel Macron"}
    candidate = factories.candidate("NATO comes", where, chain=[told])
    start = where.text.index("NATO")
    reviewing.set_ranges(candidate, [(start, len(where.text) - 1)], seen=0, reviewer=reviewer)
    assert words_of(candidate) == "NATO comes nearer every day."


def test_boundaries_may_leave_an_interruption_out(reviewer, where):
    candidate = factories.candidate("“We must think.", where)
    ranges = [place("Kyiv comes first"), place("“We must think.")]
    reviewing.set_ranges(candidate, ranges, seen=0, reviewer=reviewer)
    assert candidate.spoken_ranges == [place("“We must think."), place("Kyiv comes first")]
    assert words_of(candidate) == "“We must think.” Kyiv comes first"


def test_white_space_at_the_boundaries_is_left_out(reviewer, where):
    candidate = factories.candidate("“We must think.", where)
    reviewing.set_ranges(candidate, [place(" Kyiv comes ")], seen=0, reviewer=reviewer)
    assert candidate.spoken_ranges == [place("Kyiv comes")]


@pytest.mark.parametrize("ranges", [[(0, 10_000)], [(-1, 5)], [(5, 5)], [(9, 3)], []])
def test_boundaries_lie_in_the_text(reviewer, where, ranges):
    candidate = factories.candidate("“We must think.", where)
    with pytest.raises(reviewing.ReviewError) as refused:
        reviewing.set_ranges(candidate, ranges, seen=0, reviewer=reviewer)
    candidate.refresh_from_db()
    assert (refused.value.field, candidate.touched) == ("ranges", 0)


def test_boundaries_hold_words(reviewer, where):
    candidate = factories.candidate("“We must think.", where)
    at = TEXT.index(": “")
    with pytest.raises(reviewing.ReviewError, match="no words"):
        reviewing.set_ranges(candidate, [(at, at + 2)], seen=0, reviewer=reviewer)


def test_a_statement_is_no_longer_than_the_record_takes(reviewer):
    candidate = factories.candidate("a b", factories.snapshot("a b " * 6_000))
    with pytest.raises(reviewing.ReviewError, match="at most 20,000 characters"):
        reviewing.set_ranges(candidate, [(0, 24_000)], seen=0, reviewer=reviewer)


def test_words_far_inside_a_long_text_are_read_in_their_own_paragraph(reviewer):
    long = "He said nothing of it.\n" * 5_000
    where = factories.snapshot(f"{long}She said: “This is it.”\n{long}")
    candidate = factories.candidate("This", where)
    start = len(long) + len("She said: ")
    reviewing.set_ranges(candidate, [(start, start + len("“This is it.”"))], seen=0, reviewer=reviewer)
    assert words_of(candidate) == "“This is it.”"


def test_a_suggestion_is_split_in_two(reviewer, where):
    candidate = factories.candidate("“We must think. We must talk,”", where, said="2022-12-02")
    at = TEXT.index(" We must talk")
    first, second = reviewing.split(candidate, at, seen=0, reviewer=reviewer)
    assert [words_of(first), words_of(second)] == ["“We must think.”", "“We must talk,”"]
    assert second.entry["words"]["said"] == "2022-12-02"
    candidate.refresh_from_db()
    assert (candidate.state, set(candidate.replaced_by.all())) == ("replaced", {first, second})


@pytest.mark.parametrize("at", [0, 13, 43, 10_000])
def test_a_split_leaves_words_on_both_sides(reviewer, where, at):
    candidate = factories.candidate("“We must think. We must talk,”", where)
    with pytest.raises(reviewing.ReviewError):
        reviewing.split(candidate, at, seen=0, reviewer=reviewer)
    assert Candidate.objects.count() == 1


def test_two_suggestions_are_merged_into_one(reviewer, where):
    first = factories.candidate("“We must think.", where, topics="Security")
    second = factories.candidate("We must talk,”", where, topics="Peace, Security", chain=[{"role": "spoken_to"}])
    merged = reviewing.merge(first, second, seen=0, reviewer=reviewer)
    assert words_of(merged) == "“We must think. We must talk,”"
    assert merged.entry["words"]["topics"] == "Security, Peace"
    assert merged.entry["chain"] == [{"role": "spoken_to"}]
    assert {one.state for one in merged.replaces.all()} == {"replaced"}


def test_a_merger_fills_up_what_the_first_leaves_open(reviewer, where):
    first = factories.candidate("“We must think.", where, said="")
    second = factories.candidate("We must talk,”", where, said="2022-12-02")
    Candidate.objects.filter(pk=first.pk).update(entry=first.entry | {"speaker": {}})
    merged = reviewing.merge(first, second, seen=0, reviewer=reviewer)
    assert merged.entry["speaker"] == second.entry["speaker"]
    assert merged.entry["words"]["said"] == "2022-12-02"


def test_a_merger_needs_two_of_one_text(reviewer, where):
    candidate, elsewhere = factories.candidate("“We must think.", where), factories.candidate()
    for other in (candidate, elsewhere):
        with pytest.raises(reviewing.ReviewError, match="Two different suggestions"):
            reviewing.merge(candidate, other, seen=0, reviewer=reviewer)


def test_a_merger_with_a_decided_one_is_refused(reviewer, where):
    first, second = factories.candidate("“We must think.", where), factories.candidate("We must talk,”", where)
    reviewing.reject(second, "trivial", seen=0, reviewer=reviewer)
    with pytest.raises(reviewing.ReviewError, match="decided"):
        reviewing.merge(first, second, seen=0, reviewer=reviewer)


def test_a_merger_sees_what_became_of_the_second(reviewer, where):
    first, second = factories.candidate("“We must think.", where), factories.candidate("We must talk,”", where)
    reviewing.save_entry(second, {"links": [1]}, seen=0, reviewer=factories.editor())
    with pytest.raises(reviewing.CandidateChanged):
        reviewing.merge(first, second, seen=0, seen_second=0, reviewer=reviewer)


def test_words_that_were_missed_are_added_by_hand(reviewer, where):
    made = reviewing.add_by_hand(where.document, [place("Kyiv comes first")], reviewer=reviewer)
    assert (words_of(made), made.snapshot, made.reading) == ("Kyiv comes first", where, None)
    assert made.entry["words"]["language"] == "en"


def test_nothing_is_added_where_no_text_is_archived(reviewer):
    with pytest.raises(reviewing.ReviewError, match="No text of this document is archived"):
        reviewing.add_by_hand(factories.document(), [(0, 5)], reviewer=reviewer)


def test_lines_that_are_no_part_of_the_article_are_told():
    where = factories.snapshot("He spoke.\n- Advertisement -\nHe left.")
    assert [where.text[start:end] for start, end in reviewing.noise(where)] == ["- Advertisement -"]
