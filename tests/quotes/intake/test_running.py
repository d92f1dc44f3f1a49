import datetime as dt

import pytest
from django.utils import timezone

from quotes import reviewing
from quotes.extracting.client import Extracted
from quotes.extracting.errors import ExtractionFailed
from quotes.intake import begin, running
from quotes.intake.beginning import STALE
from quotes.intake.running import run
from quotes.models import Candidate, Reading
from tests import factories
from tests.quotes.reviewing.desk import accept, reject

pytestmark = pytest.mark.django_db

TEXT = "Macron said: “We must think.” Putin told TF1: “We will see (soon).” Nobody knows."
FIRST, SECOND = "“We must think.”", "“We will see (soon).”"


@pytest.fixture
def editor():
    return factories.publisher()


@pytest.fixture
def where():
    return factories.snapshot(TEXT)


def proposal(words, text=TEXT, **fields):
    """A proposal as extraction makes one, of words that stand in the text with their marks."""
    start = text.index(words)
    inner = words.strip("“”")
    said = {"date": "2022-12-03", "basis": "resolved", "phrase": "On Saturday", "range": None}
    return {
        "spans": [{"mode": "direct", "text": inner}],
        "ranges": [[[start + 1, start + 1 + len(inner)]]],
        "place": [start, start + len(words)],
        "wording_as_printed": [],
        "speaker": None,
        "speaker_mention": "Macron",
        "speaker_range": [0, 6],
        "speaks_for": None,
        "cue": "said",
        "cue_range": [7, 11],
        "hops": [],
        "attested": [],
        "said": said,
        "topics": [],
        "links": [],
        "confidence": 0.7,
        "confidences": {"words": 0.8, "speaker": 0.6, "said": 0.5, "hops": 0.9},
    } | fields


def finds(*proposals):
    """An extractor that finds these, whatever the text."""

    def extractor(*given):
        return Extracted(list(proposals), "a" * 64)

    return extractor


def read(where, *proposals):
    return run(begin(where.document, where, editor=None), finds(*proposals))


def party(**fields):
    nobody = {"kind": "person", "name": "", "id": None, "given": "", "particle": "", "family": "", "members": []}
    return nobody | fields


def hop(role, **fields):
    return {"role": role, "mention": "it", "range": None, "outlet": None, "speaker": None, "confidence": 1} | fields


def entry(where, **fields):
    read(where, proposal(FIRST, **fields))
    return Candidate.objects.get().entry


def test_what_is_found_becomes_suggestions(where):
    reading = read(where, proposal(FIRST), proposal(SECOND))
    assert (reading.state, reading.extractor) == ("done", "a" * 64)
    first, second = reviewing.queue(where.document)
    assert (first.start, first.end, first.confidence) == (TEXT.index(FIRST), TEXT.index(FIRST) + len(FIRST), 0.7)
    assert (first.reading, second.snapshot) == (reading, where)


def test_the_proposal_is_kept_as_it_is(where):
    proposed = proposal(FIRST)
    read(where, proposed)
    assert Candidate.objects.get().proposal == proposed


def test_the_words_stand_in_the_notation_of_the_form(where):
    words = entry(where)["words"]
    assert (words["words"], words["printed"], words["language"]) == (FIRST, "", "en")
    assert (words["said"], words["said_basis"], words["said_phrase"]) == ("2022-12-03", "resolved", "On Saturday")
    assert words["said_reasoning"] == "Counted from the document’s date, 4 December 2022"


def test_the_ranges_hold_the_marks_and_what_stands_in_brackets(where):
    start = TEXT.index(SECOND)
    parts = [[[start + 1, start + 13]], [[start + 14, start + 18]], [[start + 19, start + 20]]]
    spans = [
        {"mode": "direct", "text": "We will see "},
        {"mode": "insertion", "text": "soon", "by": "source"},
        {"mode": "direct", "text": "."},
    ]
    read(where, proposal(SECOND, spans=spans, ranges=parts))
    candidate = Candidate.objects.get()
    assert candidate.ranges == [[start, start + len(SECOND)]]
    assert candidate.entry["words"]["printed"] == "“We will see (soon).”"


def test_words_that_are_interrupted_have_several_ranges(where):
    start = TEXT.index(FIRST)
    parts = [[[start + 1, start + 3], [start + 9, start + 14]]]
    read(where, proposal(FIRST, ranges=parts))
    assert Candidate.objects.get().ranges == [[start, start + 3], [start + 9, start + len(FIRST)]]


def test_a_statement_of_an_unknown_day_is_not_after_its_document(where):
    words = entry(where, said={"date": "", "basis": "inferred", "phrase": "", "range": None})["words"]
    assert (words["said"], words["said_basis"]) == ("/2022-12-04", "inferred")


@pytest.mark.parametrize(
    ("date", "role", "reasoning"),
    [
        ("/2022-12-04", "spoken_to", "The document gives no date: not after it was published, 4 December 2022"),
        ("/2022-12-03", "told_by", "Told without a date: not after it was told"),
        ("2021-12?", "spoken_to", "The document dates what the words are about, not the words"),
    ],
)
def test_a_date_that_is_inferred_says_how(where, date, role, reasoning):
    said = {"date": date, "basis": "inferred", "phrase": "", "range": None}
    hops = [hop(role, speaker=party(name="Macron"), outlet={"name": "TF1", "kind": "broadcaster", "id": None})]
    assert entry(where, said=said, hops=hops)["words"]["said_reasoning"] == reasoning


def test_a_stop_has_its_date(where):
    tf1 = {"name": "TF1", "kind": "broadcaster", "id": None}
    assert entry(where, hops=[hop("spoken_to", outlet=tf1, date="2022-12-03")])["chain"][0]["date"] == "2022-12-03"


def test_a_speaker_on_record_is_named(where):
    macron = factories.speaker()
    assert entry(where, speaker=party(id=macron.pk, name=macron.name))["speaker"] == {
        "name": "Emmanuel Macron",
        "choice": str(macron.pk),
    }


def test_a_new_speaker_is_described(where):
    proposed = party(name="Charles de Gaulle", given="Charles", particle="de", family="Gaulle")
    assert entry(where, speaker=proposed)["speaker"] == {
        "name": "Charles de Gaulle",
        "kind": "person",
        "given": "Charles",
        "particle": "de",
        "family": "Gaulle",
    }


def test_an_unnamed_source_and_a_principal_are_described(where):
    found = entry(
        where, speaker=party(kind="unnamed", name="an official"), speaks_for=party(kind="government", name="X")
    )
    assert found["speaker"] == {"name": "an official", "kind": "unnamed"}
    assert found["principal"] == {"name": "X", "kind": "government"}


def test_the_road_ends_before_the_documents_own_outlet(where):
    tf1, own = factories.outlet("TF1"), where.document.outlet
    hops = [
        hop("told_by", speaker=party(name="Vladimir Putin", kind="person")),
        hop("spoken_to", outlet={"name": "TF1", "kind": "broadcaster", "id": tf1.pk}),
        hop("published_by", outlet={"name": own.name, "kind": own.kind, "id": own.pk}),
    ]
    assert entry(where, hops=hops)["chain"] == [
        {"role": "told_by", "date": "", "name": "Vladimir Putin", "kind": "person"},
        {"role": "spoken_to", "date": "", "name": "TF1", "choice": str(tf1.pk)},
    ]


def test_what_the_document_attests_is_a_chain_of_its_own(where):
    tass = hop("relayed_by", outlet={"name": "TASS", "kind": "agency", "id": None})
    assert entry(where, attested=[[tass]])["attested"] == [
        [{"role": "relayed_by", "date": "", "name": "TASS", "kind": "agency"}]
    ]


def test_topics_are_named(where):
    topics = [factories.topic("Security"), factories.topic("Peace")]
    proposed = [{"id": topic.pk, "confidence": 0.9} for topic in topics]
    assert entry(where, topics=proposed)["words"]["topics"] == "Security, Peace"


def test_links_lead_to_the_suggestions_of_the_same_reading(where):
    read(where, proposal(FIRST), proposal(SECOND, links=[{"kind": "denies", "target": 0, "confidence": 0.9}]))
    first, second = reviewing.queue(where.document)
    assert second.entry["between"] == [{"kind": "denies", "candidate": first.pk}]


def test_the_extractor_is_told_what_the_record_knows_of_the_text(where):
    macron = factories.speaker()
    told = {}

    def extractor(text, facts, known):
        told.update(text=text, facts=facts, known=known)
        return Extracted([], "")

    run(begin(where.document, where, editor=None), extractor)
    assert told["text"] == TEXT
    assert told["facts"]["published"] == "2022-12-04"
    assert [speaker["id"] for speaker in told["known"]["speakers"]] == [macron.pk]


def test_reading_again_replaces_what_nobody_touched(where):
    read(where, proposal(FIRST), proposal(SECOND))
    read(where, proposal(SECOND, confidence=0.9))
    assert [candidate.confidence for candidate in Candidate.objects.all()] == [0.9]


def test_reading_again_leaves_what_was_decided_changed_or_made_by_hand(where, editor):
    read(where, proposal(FIRST), proposal(SECOND))
    first, second = reviewing.queue(where.document)
    reject(first, editor)
    reviewing.save_entry(second, {"links": [1]}, seen=0, reviewer=editor)
    nobody = TEXT.index("Nobody")
    by_hand = reviewing.add_by_hand(where.document, [(nobody, nobody + 12)], reviewer=editor)
    read(where, proposal(FIRST), proposal(SECOND))
    assert set(Candidate.objects.all()) == {first, second, by_hand}


def test_a_link_to_what_was_decided_before_holds(where, editor):
    factories.speaker()
    read(where, proposal(FIRST, speaker=party(id=factories.speaker().pk, name="Emmanuel Macron")))
    (first,) = reviewing.queue(where.document)
    accept(first, editor)
    read(where, proposal(FIRST), proposal(SECOND, links=[{"kind": "denies", "target": 0, "confidence": 0.9}]))
    (second,) = reviewing.queue(where.document)
    assert second.entry["between"] == [{"kind": "denies", "candidate": first.pk}]


def test_words_within_others_words_are_no_repetition_of_them(where, editor):
    read(where, proposal(SECOND))
    reject(reviewing.queue(where.document)[0], editor)
    start = TEXT.index("see")
    read(
        where,
        proposal(SECOND),
        proposal("see", ranges=[[[start, start + 3]]], spans=[{"mode": "indirect", "text": "see"}]),
    )
    assert [one.entry["words"]["words"] for one in reviewing.queue(where.document)] == ["see"]


def fails(error):
    def extractor(*given):
        raise error

    return extractor


def test_a_failure_tells_the_editor_why(where):
    reading = run(begin(where.document, where, editor=None), fails(ExtractionFailed("It took too long.")))
    assert (reading.state, reading.problem) == ("failed", "It took too long.")
    assert reading.ended_at is not None


def test_a_failure_leaves_the_suggestions_of_before(where):
    read(where, proposal(FIRST))
    run(begin(where.document, where, editor=None), fails(ExtractionFailed("It took too long.")))
    assert Candidate.objects.count() == 1


@pytest.mark.parametrize(
    "nonsense",
    [{}, proposal(FIRST, place=[0, 10_000]), proposal(FIRST, links=[{"kind": "denies", "target": 9, "confidence": 1}])],
    ids=["nothing", "a place outside the text", "a link to nowhere"],
)
def test_an_answer_that_makes_no_sense_is_a_problem_and_nothing_is_half_saved(where, nonsense):
    read(where, proposal(FIRST))
    reading = read(where, proposal(SECOND), nonsense)
    assert reading.state == "failed"
    assert [one.entry["words"]["words"] for one in reviewing.queue(where.document)] == [FIRST]


def test_a_reading_is_asked_for_once(where, editor):
    assert begin(where.document, where, editor=editor) == begin(where.document, where, editor=factories.editor())


def test_a_reading_runs_once(where):
    reading = begin(where.document, where, editor=None)
    run(reading, finds(proposal(FIRST)))
    assert run(reading, fails(AssertionError("it ran twice"))).state == "done"


def test_a_reading_that_was_stopped_is_asked_for_anew(where):
    stopped = begin(where.document, where, editor=None)
    long_ago = timezone.now() - STALE - dt.timedelta(seconds=1)
    Reading.objects.update(state="running", started_at=long_ago)
    again = begin(where.document, where, editor=None)
    stopped.refresh_from_db()
    assert again != stopped
    assert (stopped.state, stopped.problem) == ("failed", "Reading was stopped before it was done.")


def test_whoever_asks_has_it_done_at_once_where_no_worker_runs(
    where, settings, django_capture_on_commit_callbacks, monkeypatch
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(running, "extract", finds(proposal(FIRST)))
    with django_capture_on_commit_callbacks(execute=True):
        reading = begin(where.document, where, editor=None)
    reading.refresh_from_db()
    assert (reading.state, Candidate.objects.count()) == ("done", 1)
