import os
from pathlib import Path

import pytest
from django.conf import settings

from quotes.extraction.lines import boilerplate
from quotes.extraction.model_folder import CARD, ENCODER, ModelUnusable, open_model
from quotes.extraction.tagger import Tagger
from tests.quotes.extraction.telling import tagger

MEGABYTE = 1_000_000


def tagged(text):
    """Source, cue and content of each attribution, as words."""
    return [
        tuple(" … ".join(text[start:end] for start, end in ranges) for ranges in (each.source, each.cue, each.content))
        for each in tagger().tag(text)
    ]


def test_a_direct_quotation_has_its_source_its_cue_and_its_marks():
    text = "“The harbour will be open again by the spring,” said Marta Oliveira, the port’s director."
    ((source, cue, content),) = tagged(text)
    assert source.startswith("Marta Oliveira")
    assert cue == "said"
    assert content == "“The harbour will be open again by the spring,”"


def test_an_indirect_statement_is_found_without_marks():
    ((source, cue, content),) = tagged("The finance ministry said that taxes on fuel would not rise next year.")
    assert source == "The finance ministry"
    assert cue == "said"
    assert content.removeprefix("that ").startswith("taxes on fuel would not rise next year")


def test_according_to_names_a_source():
    ((source, cue, _),) = tagged("Unemployment fell to four percent in March, according to the statistics office.")
    assert (source, cue) == ("the statistics office", "according to")


def test_an_interrupted_quotation_is_one_attribution_of_two_parts():
    text = "“We have waited for ten years,” Ms. Oliveira said, “and we will not wait for another one.”"
    found = tagger().tag(text)
    words = [text[start:end] for each in found for start, end in each.content]
    assert words == ["“We have waited for ten years,”", "“and we will not wait for another one.”"]


def test_text_without_speech_has_no_attribution():
    assert tagged("The bridge is forty metres long. It crosses the river twice a day, and at night it rests.") == []


def test_a_page_s_own_lines_are_in_no_content():
    text = (
        "The mayor said the bridge would be closed on Monday,\n- Advertisement -\nand that the ferry would run instead."
    )
    for each in tagger().tag(text):
        for start, end in each.content:
            assert not boilerplate(text[start:end])
            assert "Advertisement" not in text[start:end]


def test_straight_marks_are_read_as_curly_ones_are():
    text = "“The harbour will be open again by the spring,” said Marta Oliveira. “Nobody doubts it.”"
    straight = text.replace("“", '"').replace("”", '"')
    assert tagger().tag(straight) == tagger().tag(text)


def test_positions_count_code_points_of_the_raw_text():
    text = "🚢🚢\r\n\r\n“The harbour will be open again by the spring,” said Marta Oliveira."
    (found,) = tagger().tag(text)
    assert text[found.content[0][0] : found.content[0][1]] == "“The harbour will be open again by the spring,”"


def test_confidences_are_likelihoods():
    text = "“It will rain,” the mayor said. Some think that it may not. The council is expected to agree."
    for each in tagger().tag(text):
        assert 0 <= each.confidence <= 1
        assert 0 <= each.source_confidence <= 1


def test_a_plain_quotation_is_surer_than_a_hint():
    sure, *_ = tagger().tag("“The harbour will be open again by the spring,” said Marta Oliveira.")
    hints = tagger().tag("The harbour seemed to please her.")
    assert all(hint.confidence < sure.confidence for hint in hints)
    assert sure.confidence > 0.7


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "“", "””””", "“" * 5000, "said " * 3000, "a" * 200_000, "\x00\ufeff\u202e", "😀" * 50]
)
def test_no_text_is_too_strange(text):
    for each in tagger().tag(text):
        for start, end in (*each.source, *each.cue, *each.content):
            assert 0 <= start < end <= len(text)


def test_a_long_text_is_read_to_its_end():
    filler = "The road was closed for a day. " * 400
    text = filler + "“Nobody knew why it was closed,” said Marta Oliveira."
    assert any(end > len(filler) for each in tagger().tag(text) for _, end in each.content)


def test_the_shipped_model_is_small_and_is_what_it_says_it_is():
    folder = settings.BASE_DIR / "quotes" / "extraction" / "model"
    open_model(folder)
    assert sum(path.stat().st_size for path in folder.iterdir()) < 30 * MEGABYTE


def test_a_folder_without_a_model_is_refused(tmp_path):
    with pytest.raises(ModelUnusable, match=CARD):
        Tagger(tmp_path)


def test_a_model_that_was_changed_is_refused(tmp_path):
    for path in tagger().model.folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / ENCODER).write_bytes(b"something else")
    with pytest.raises(ModelUnusable, match="sha256"):
        Tagger(tmp_path)


def founding_article():
    """The article's raw text where the reader has it; its prose is not ours to keep here."""
    folder = os.environ.get("ARTICLES")
    if not folder:
        pytest.skip("ARTICLES names no folder: the real founding article is not part of the project")
    path = Path(folder) / "founding.txt"
    if not path.exists():
        pytest.skip(f"ARTICLES names {folder}, which holds no founding.txt")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "begins",
    [
        "“We must think about the security structure",
        "“This issue will be part of the discussions",
        "“guarantees that NATO will not expand",
        "“undertaking obligations not to deploy",
        "“limiting military activities in Europe",
        "“interfering with its sovereignty",
    ],
)
def test_the_founding_article_s_quotations_are_all_found(begins):
    text = founding_article()
    contents = [text[start:end] for each in tagger().tag(text) for start, end in each.content]
    assert any(begins in content for content in contents)


def test_the_founding_article_s_misplaced_mark_cuts_nothing_off():
    text = founding_article()
    contents = [text[start:end] for each in tagger().tag(text) for start, end in each.content]
    assert any("security once the parties return.” to the negotiating table" in content for content in contents)


@pytest.mark.parametrize("never", ["“tough”", "Advertisement"])
def test_the_founding_article_s_noise_is_in_no_content(never):
    text = founding_article()
    contents = [text[start:end] for each in tagger().tag(text) for start, end in each.content]
    assert not any(never in content for content in contents)
