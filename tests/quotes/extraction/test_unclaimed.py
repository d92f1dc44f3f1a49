from quotes.extraction.pieces import read_text
from quotes.extraction.tagging import Found, strongest
from quotes.extraction.unclaimed import claimed
from quotes.extraction.wordpiece import WordPiece

VOCABULARY = WordPiece(["[UNK]", "[CLS]", "[SEP]", "[MASK]"])
FIRST, SECOND = "We will all go to the harbour", "Nobody will be left behind there"
TEXT = f"“{FIRST},” said Marta.\n\n“{SECOND}.”\n\nIt rained."


def found(text, source, cue, content, accepted=0.9):
    reading = read_text(text, VOCABULARY)

    def span(part):
        return reading.word_at(text.index(part)), reading.word_at(text.index(part) + len(part) - 1) + 1

    return Found((span(source),), span(cue), (span(content),), accepted)


def contents(text, kept, doubtful=()):
    reading = read_text(text, VOCABULARY)
    return [
        (text[reading.words[start].start : reading.words[end - 1].end], each.accepted)
        for each in claimed(reading, kept, list(doubtful))
        for start, end in each.content
    ]


def test_a_quotation_nobody_claimed_goes_to_the_voice_quoted_before_it_with_less_confidence():
    sure = found(TEXT, "Marta", "said", FIRST)
    (_, (content, accepted)) = contents(TEXT, [sure])
    assert content == f"{SECOND}."
    assert accepted < sure.accepted / 2


def test_a_doubtful_reading_that_covers_it_comes_first():
    doubtful = found(TEXT, "Marta", "said", SECOND, accepted=0.2)
    assert (SECOND, 0.2) in contents(TEXT, [], [doubtful])


def test_a_few_words_in_marks_stay_unclaimed():
    text = f"“{FIRST},” said Marta. It was a “tough” time."
    assert len(contents(text, [found(text, "Marta", "said", FIRST)])) == 1


def test_a_quotation_far_from_any_voice_stays_unclaimed():
    text = f"“{FIRST},” said Marta.\n\nIt rained.\n\nIt snowed.\n\n“{SECOND}.”"
    assert len(contents(text, [found(text, "Marta", "said", FIRST)])) == 1


def test_a_voice_that_was_not_quoted_does_not_go_on():
    text = f"Marta said that it rained.\n\n“{SECOND}.”"
    assert len(contents(text, [found(text, "Marta", "said", "that it rained")])) == 1


def test_of_two_readings_of_one_cue_the_likelier_stays():
    weak, strong = found(TEXT, "Marta", "said", SECOND, 0.3), found(TEXT, "Marta", "said", FIRST, 0.8)
    assert strongest([weak, strong]) == [strong]


def test_of_two_readings_of_one_content_the_likelier_stays():
    weak, strong = found(TEXT, "Marta", "rained", FIRST, 0.3), found(TEXT, "Marta", "said", FIRST, 0.8)
    assert strongest([weak, strong]) == [strong]
