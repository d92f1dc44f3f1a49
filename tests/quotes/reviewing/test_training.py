import pytest
from django.utils import timezone

from quotes import reviewing
from quotes.extraction.brat import Event
from quotes.models import Candidate
from sources.models import Snapshot
from tests import factories
from tests.quotes.reviewing.desk import accept, reject

pytestmark = pytest.mark.django_db

TEXT = "Macron said: “We must think.” The “tough” sanctions failed. Putin told TF1: “We will see.”"


@pytest.fixture
def reviewer():
    return factories.publisher()


@pytest.fixture
def where():
    return factories.snapshot(TEXT)


def place(words):
    return TEXT.index(words), TEXT.index(words) + len(words)


def suggested(words, where, **fields):
    by = fields.pop("by", factories.speaker())
    proposal = {
        "speaker": {"id": by.pk, "name": by.name},
        "speaker_mention": "Macron",
        "speaker_range": list(place("Macron")),
        "cue_range": list(place("said")),
    }
    return factories.candidate(words, where, by=by, proposal=proposal, **fields)


def said(example):
    return [tuple(TEXT[start:end] for start, end in one.content) for one in example.events]


def test_what_was_accepted_is_an_example(where, reviewer):
    accept(suggested("“We must think.”", where), reviewer)
    (example,) = reviewing.training_examples()
    assert example.text == TEXT
    assert example.events == (Event((place("Macron"),), (place("said"),), (place("“We must think.”"),)),)


def test_what_a_reviewer_moved_stands_where_it_was_moved_to(where, reviewer):
    candidate = suggested("“We must", where)
    reviewing.set_ranges(candidate, [place("“We must think.”")], seen=0, reviewer=reviewer)
    accept(candidate, reviewer)
    assert [said(example) for example in reviewing.training_examples()] == [[("“We must think.”",)]]


def test_what_nobody_said_is_not_among_the_attributions(where, reviewer):
    accept(suggested("“We must think.”", where), reviewer)
    reject(suggested("“tough”", where), reviewer, "scare_quotes")
    assert [said(example) for example in reviewing.training_examples()] == [[("“We must think.”",)]]


def test_a_text_where_nothing_was_said_is_an_example_too(where, reviewer):
    reject(suggested("“tough”", where), reviewer, "not_said")
    assert [example.events for example in reviewing.training_examples()] == [()]


def test_what_was_said_but_is_not_kept_is_an_attribution_all_the_same(where, reviewer):
    reject(suggested("“We must think.”", where), reviewer, "trivial")
    assert [said(example) for example in reviewing.training_examples()] == [[("“We must think.”",)]]


def test_what_was_proposed_twice_is_there_once(where, reviewer):
    accept(suggested("“We must think.”", where), reviewer)
    reject(suggested("“We must think.”", where), reviewer, "twice")
    assert [said(example) for example in reviewing.training_examples()] == [[("“We must think.”",)]]


def test_a_text_that_is_not_reviewed_to_its_end_is_no_example(where, reviewer):
    accept(suggested("“We must think.”", where), reviewer)
    suggested("“We will see.”", where)
    assert list(reviewing.training_examples()) == []


def test_a_text_with_words_removed_by_law_is_no_example(where, reviewer):
    accept(suggested("“We must think.”", where), reviewer)
    Snapshot.objects.update(redacted_at=timezone.now())
    assert list(reviewing.training_examples()) == []


def test_what_was_split_is_there_in_its_parts(where, reviewer):
    candidate = suggested("“We must think.”", where)
    for part in reviewing.split(candidate, TEXT.index(" think"), seen=0, reviewer=reviewer):
        accept(part, reviewer)
    assert [said(example) for example in reviewing.training_examples()] == [[("“We must",), ("think.”",)]]


def test_a_mention_that_was_taken_for_the_wrong_speaker_is_no_source(where, reviewer):
    candidate = suggested("“We will see.”", where)
    accept(candidate, reviewer, {"speaker": {"name": "Vladimir Putin"}}, speaker=factories.speaker("Vladimir Putin"))
    (example,) = reviewing.training_examples()
    assert example.events[0].source == ()


def test_the_parts_of_what_was_split_keep_its_source_and_cue(where, reviewer):
    candidate = suggested("“We must think.”", where)
    first, second = reviewing.split(candidate, TEXT.index(" think"), seen=0, reviewer=reviewer)
    merged = reviewing.merge(first, second, seen=0, reviewer=reviewer)
    for part in reviewing.split(merged, TEXT.index(" think"), seen=0, reviewer=reviewer):
        accept(part, reviewer)
    (example,) = reviewing.training_examples()
    assert [(event.source, event.cue) for event in example.events] == [((place("Macron"),), (place("said"),))] * 2


def test_of_what_was_added_by_hand_source_and_cue_are_what_stands_beside(where, reviewer):
    by = factories.speaker("Emmanuel Macron")
    added = reviewing.add_by_hand(where.document, [place("“We must think.”")], reviewer=reviewer)
    entry = {"speaker": {"name": by.name, "choice": str(by.pk)}, "words": {**added.entry["words"], "said": "2022-12"}}
    accept(reviewing.save_entry(added, entry, seen=0, reviewer=reviewer), reviewer)
    (example,) = reviewing.training_examples()
    assert example.events == (Event((place("Macron"),), (place("said"),), (place("“We must think.”"),)),)


def test_texts_come_one_by_one(reviewer, django_assert_max_num_queries):
    for number in range(3):
        reject(factories.candidate("“Words.”", factories.snapshot(f"“Words.” {number}")), reviewer)
    with django_assert_max_num_queries(4):
        assert len({example.name for example in reviewing.training_examples()}) == 3
    assert Candidate.objects.count() == 3
