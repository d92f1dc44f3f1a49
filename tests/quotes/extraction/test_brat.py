import pytest

from quotes.extraction.brat import normalised, read_events, read_folder

TEXT = "The mayor said “we will build” a bridge."
NOTES = """T1\tSource 0 9\tThe mayor
T2\tCue 10 14\tsaid
T3\tContent 15 30;31 40\t“we will build” a bridge.
T4\tAttribution 10 14\tsaid
E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3
#1\tAnnotatorNotes T1\twhich mayor?
"""


def folder(path, **notes):
    (path / "text").mkdir(parents=True)
    (path / "attributions").mkdir()
    (path / "text" / "mayor.txt").write_bytes(TEXT.encode())
    for suffix, content in notes.items():
        (path / "attributions" / f"mayor_{suffix}.ann").write_text(content, "utf-8")
    return path


def test_an_event_names_its_roles_and_their_fragments():
    (event,) = read_events(NOTES)
    assert event.source == ((0, 9),)
    assert event.cue == ((10, 14),)
    assert event.content == ((15, 30), (31, 40))


def test_a_second_content_of_an_event_is_a_part_of_it():
    (event,) = read_events("T1\tContent 0 3\tabc\nT2\tContent 5 6\td\nE1\tContent:T2 Content2:T1\n")
    assert event.content == ((0, 3), (5, 6))


def test_every_annotator_of_a_text_is_read_and_counts_less(tmp_path):
    alone, together = folder(tmp_path / "a", a1b2=NOTES), folder(tmp_path / "b", a1b2=NOTES, ffff="")
    assert [each.weight for each in read_folder(alone)] == [1.0]
    weights = [each.weight for each in read_folder(together)]
    assert len(weights) == 2
    assert all(weight < 1 for weight in weights)


def test_a_text_without_annotations_is_left_out(tmp_path):
    assert list(read_folder(folder(tmp_path / "a"))) == []


def test_a_folder_of_another_kind_is_refused_by_name(tmp_path):
    with pytest.raises(FileNotFoundError, match="is no brat folder"):
        list(read_folder(tmp_path))


def test_edges_are_trimmed_and_fragments_joined_over_punctuation():
    assert normalised("“Go, now,” he", ((0, 3), (3, 10))) == ((1, 8),)


def test_a_span_of_nothing_but_punctuation_stays():
    assert normalised("Mayor: no", ((5, 6),)) == ((5, 6),)


def test_a_span_beyond_the_text_is_cut():
    assert normalised("Go on", ((3, 99),)) == ((3, 5),)
