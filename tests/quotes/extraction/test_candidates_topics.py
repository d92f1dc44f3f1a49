"""What a candidate is about, out of the record's own topics."""

from quotes.extraction.known import Known, KnownTopic
from quotes.extraction.topics import Topics, stems
from tests.quotes.extraction.telling import FERRIES, FISHING, only, propose, said


def of(text, *topics):
    return Topics(topics).of(text)


def test_a_label_is_recognised_in_other_forms_of_its_words():
    assert of("A quota for every fishing boat.", FISHING, FERRIES)["fishing"] > 0.9


def test_statements_already_filed_tell_a_topic_that_its_label_doesnt():
    assert list(of("The boats were sailing to the island.", FISHING, FERRIES)) == ["ferries"]


def test_a_word_that_many_labels_share_tells_less_than_a_rare_one():
    topics = [KnownTopic(n, label) for n, label in enumerate(["Sea rescue", "Sea tax", "Sea birds", "Sea walls"])]
    assert of("The sea is wide.", *topics) == {}
    assert list(of("We feed the birds.", *topics)) == [2]


def test_a_word_of_several_labels_is_none_of_those_that_have_a_word_of_their_own():
    war, neutrality = KnownTopic(1, "War in Ukraine"), KnownTopic(2, "Neutrality of Ukraine")
    assert of("We travel to Ukraine.", war, neutrality) == {}
    assert list(of("Ukraine stays neutral.", war, neutrality)) == [2]


def test_a_topic_above_another_is_left_out_where_it_tells_no_more():
    above = KnownTopic("sea", "Fishing at sea")
    below = KnownTopic("fishing", "Fishing quotas", parents=("sea",))
    topics = Topics((above, below))
    assert list(topics.narrowed({"sea": 0.5, "fishing": 0.6}, "A quota for fishing.")) == ["fishing"]
    assert list(topics.narrowed({"sea": 0.5, "fishing": 0.6}, "A quota for fishing at sea.")) == ["sea", "fishing"]


def test_a_topic_of_no_words_is_never_suggested():
    assert of("The sea is wide.", KnownTopic(1, "…")) == {}


def test_words_of_any_language_are_compared_by_their_beginnings():
    assert stems("Die Verhandlungen, les négociations") == ["verhan", "negoci"]


def test_a_candidate_has_its_topics_surest_first():
    text = "“The fishing quota stays, and boats are sailing to the island,” Ada Larsen said."
    found = only(text, said(text, "Ada Larsen", "said", text[: text.index(" Ada")]))
    assert [topic.id for topic in found.topics] == ["fishing", "ferries"]


def test_a_record_without_topics_suggests_none():
    text = "“The fishing quota stays as it is,” Ada Larsen said."
    assert only(text, said(text, "Ada Larsen", "said", text[: text.index(" Ada")]), known=Known()).topics == ()


def test_an_answer_is_about_what_it_answers():
    text = (
        "“The fishing quota stays as it is,” Ada Larsen said.\n"
        "“That is not how we treat one another,” replied Jan Gruber."
    )
    found = propose(
        text,
        said(text, "Ada Larsen", "said", "“The fishing quota stays as it is,”"),
        said(text, "Jan Gruber", "replied", "“That is not how we treat one another,”"),
    )
    assert [topic.id for topic in found[1].topics] == ["fishing"]
    assert found[1].topics[0].confidence < found[0].topics[0].confidence
