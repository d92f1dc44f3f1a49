import pytest

from quotes import record
from quotes.filters import StatementFilter
from quotes.models import Alias, Speaker
from quotes.parameters import MAX_VALUES
from tests import factories

pytestmark = pytest.mark.django_db


def found(**params):
    """The words of what is found, latest first."""
    filterset = StatementFilter(params)
    assert filterset.is_valid(), filterset.errors
    return [statement.text for statement in filterset.qs]


def problem(name, value):
    """The message beside a refused parameter, under which nothing is listed."""
    filterset = StatementFilter({name: value})
    assert not filterset.qs.exists()
    (chosen,) = filterset.chosen()
    return chosen.problem


def certain_and_possible(**params):
    filterset = StatementFilter(params)
    statements = list(filterset.qs)
    filterset.mark_possible(statements)
    return {statement.text: statement.possibly for statement in statements}


# Speakers


def test_a_speaker_is_who_said_it():
    factories.publish("“One.”", by="Emmanuel Macron")
    factories.publish("“Two.”", by="Vladimir Putin")
    assert found(speaker="vladimir-putin") == ["Two."]


def test_a_speaker_is_neither_spoken_for_nor_the_one_who_told():
    factories.publish("“One.”", by="Dmitry Peskov", speaks_for=factories.speaker("Vladimir Putin"))
    factories.publish("He wants talks.", "told_by Emmanuel Macron", "spoken_to TF1", by="Vladimir Putin")
    assert found(speaker="vladimir-putin") == ["He wants talks."]
    factories.publish("“Three.”", by="Emmanuel Macron")
    assert found(speaker="emmanuel-macron") == ["Three."]


def test_values_of_one_parameter_are_alternatives():
    for words, by in [("“One.”", "Emmanuel Macron"), ("“Two.”", "Vladimir Putin"), ("“Three.”", "Olaf Scholz")]:
        factories.publish(words, by=by)
    assert found(speaker=["vladimir-putin", "emmanuel-macron"]) == ["Two.", "One."]


def test_parameters_narrow_each_other():
    factories.publish("“One.”", "spoken_to TF1", by="Emmanuel Macron")
    factories.publish("“Two.”", "spoken_to BBC", by="Emmanuel Macron")
    factories.publish("“Three.”", "spoken_to TF1", by="Vladimir Putin")
    assert found(speaker="emmanuel-macron", outlet="tf1") == ["One."]


def test_unknown_parameters_are_ignored():
    factories.publish("“One.”")
    assert found(colour="red", utm_source="elsewhere") == ["One."]


def test_empty_values_ask_for_nothing():
    factories.publish("“One.”")
    assert found(speaker="", q="  ", year=["", " "], said_after="") == ["One."]


# Outlets and their roles


def test_a_statement_relayed_by_two_agencies_is_found_under_both_and_once():
    factories.publish("“One.”", "spoken_to TF1", "relayed_by TASS", "relayed_by Reuters")
    assert found(relay="tass") == found(relay="reuters") == found(relay=["tass", "reuters"]) == ["One."]


ROLES = {"spoken_to": "tf1", "issued_by": "elysee", "relay": "tass", "published_by": "le-monde"}


def test_each_role_has_its_parameter():
    factories.publish("“One.”", "spoken_to TF1", "relayed_by TASS", "published_by Le Monde")
    factories.publish("“Two.”", "issued_by Elysee")
    for parameter in ROLES:
        for role, outlet in ROLES.items():
            expected = ["Two." if role == "issued_by" else "One."] if role == parameter else []
            assert found(**{parameter: outlet}) == expected


def test_an_outlet_is_found_in_any_role():
    factories.publish("“One.”", "spoken_to TASS")
    factories.publish("“Two.”", "spoken_to TF1", "relayed_by TASS", "published_by TASS")
    assert found(outlet="tass") == ["Two.", "One."]
    assert found(relay="tass") == ["Two."]


def test_an_outlet_and_a_relay_must_both_have_carried_it():
    factories.publish("“One.”", "spoken_to TF1", "relayed_by TASS")
    factories.publish("“Two.”", "spoken_to TF1")
    assert found(outlet="tf1", relay="tass") == ["One."]


def test_all_parameters_that_take_outlets_are_looked_up_in_one_query(django_assert_num_queries):
    factories.publish("“One.”", "spoken_to TF1", "relayed_by TASS", "published_by Le Monde")
    params = {"outlet": ["tf1", "le-monde"], "relay": "tass", "spoken_to": "tf1", "published_by": "le-monde"}
    with django_assert_num_queries(1):
        assert StatementFilter(params).is_valid()


# Topics


def test_a_topic_is_found_with_those_below_it():
    security = factories.topic("Security")
    missiles = factories.topic("Missiles", factories.topic("Arms", security))
    factories.publish("“One.”", topics=[missiles])
    factories.publish("“Two.”", topics=[security, missiles])
    factories.publish("“Three.”", topics=[factories.topic("Trade")])
    assert found(topic="security") == ["Two.", "One."]
    assert found(topic="arms") == ["Two.", "One."]
    assert found(topic="trade") == ["Three."]


def test_a_topic_is_not_taken_for_another_whose_number_starts_alike():
    topics = [factories.topic(f"Topic {number}") for number in range(12)]
    factories.publish("“One.”", topics=[topics[10]])
    assert found(topic="topic-0") == []
    assert found(topic="topic-1") == []


# Modes and languages


def test_a_mode_is_that_of_the_whole_statement():
    factories.publish("“One.”")
    factories.publish("He agreed.")
    factories.publish("He called it “two”.")
    assert found(mode="indirect") == ["He agreed."]
    assert found(mode=["mixed", "direct"]) == ["He called it two.", "One."]


def test_a_language_is_its_tag_however_it_is_cased():
    factories.publish("“One.”", language="pt-BR")
    factories.publish("“Two.”", language="pt")
    assert found(language="PT-br") == ["One."]


# Words


def test_every_word_must_occur():
    factories.publish("“We must think about security.”")
    factories.publish("“Security for all.”")
    assert found(q="security think") == ["We must think about security."]
    assert found(q="think for") == []


def test_words_are_compared_without_case_accents_and_typographic_marks():
    factories.publish("“L’Ukraine décidera.”")
    assert found(q="L'UKRAINE decidera") == ["L’Ukraine décidera."]


def test_a_phrase_in_quotation_marks_must_occur_as_it_stands():
    factories.publish("“Must we think?”")
    factories.publish("“We must think.”")
    assert found(q='"we must"') == found(q="“we must”") == ["We must think."]


def test_a_word_may_be_in_the_speakers_name_or_in_another_name_of_theirs():
    macron = factories.speaker("Emmanuel Macron")
    Alias.objects.create(speaker=macron, name="Макрон", language="ru")
    factories.publish("“Security.”", by=macron)
    factories.publish("“Security.”", by="Vladimir Putin")
    for query in ("macron security", "MACRON", "Макрон", "макрон", '"emmanuel macron"'):
        assert found(q=query) == ["Security."]


def test_signs_between_words_are_passed_over_whatever_they_mean_to_a_database():
    factories.publish("“100% of it_all.”")
    factories.publish("“100 of it all.”")
    factories.publish("“It was all of 100.”")
    assert found(q='"100% of"') == found(q="it_all") == ["100 of it all.", "100% of it_all."]
    assert found(q="';--") == []


FIELDS = {
    "speaker:emmanuel-macron": ["One."],
    'speaker:"Macron"': ["One."],
    "outlet:tf1": ["One."],
    'relay:"TASS" one': ["One."],
    "topic:arms": ["One."],
    "mode:indirect": ["He agreed."],
    "lang:fr": ["He agreed."],
    "said:2021": ["He agreed."],
    "said:2022-12..": ["One."],
    "said:..2022-11-30": ["He agreed."],
    "said:2021-05 OR one": ["One.", "He agreed."],
    "-said:2021": ["One."],
    'by:"President of France"': ["One."],
    "by:president -relay:tass": [],
    "origins:1 lang:fr": ["He agreed."],
    "-origins:1": [],
    "origins:few": [],
    "speaker:nobody": [],
    "-speaker:nobody": ["One.", "He agreed."],
    "said:never": [],
    "mode:loud": [],
}


def test_fields_of_a_search_name_what_filters_do():
    arms = factories.topic("Arms")
    factories.publish("“One.”", "spoken_to TF1", "relayed_by TASS", topics=[arms], label="President of France")
    factories.publish("He agreed.", "spoken_to BBC", by="Olaf Scholz", said="2021-05-10", language="fr")
    for query, words in FIELDS.items():
        assert (query, found(q=query)) == (query, words)


# Dates


def test_days_are_inclusive():
    factories.publish("“One.”", said="2022-12-03")
    assert found(said_after="2022-12-03", said_before="2022-12-03") == ["One."]
    assert found(said_after="2022-12-04") == found(said_before="2022-12-02") == []


def test_a_month_or_a_year_stands_for_its_first_or_last_day():
    factories.publish("“One.”", said="2022-12-03")
    assert found(said_after="2022-12", said_before="2022-12") == ["One."]
    assert found(said_after="2022", said_before="2022") == ["One."]
    assert found(said_before="2022-11") == found(said_after="2023") == []


def test_publication_has_its_own_dates():
    factories.publish("“One.”", said="2022-12-03", document=factories.document(published="2022-12-04"))
    assert found(published_after="2022-12-04", published_before="2022-12-04") == ["One."]
    assert found(published_before="2022-12-03") == []


def test_what_only_overlaps_is_found_and_marked_as_possible():
    factories.publish("“Day.”", said="2021-12-10")
    factories.publish("“Month.”", said="2021-12")
    factories.publish("“By then.”", said="/2021-12-10")
    assert certain_and_possible(said_after="2021-12-10") == {"Day.": False, "Month.": True, "By then.": True}
    assert certain_and_possible(said_before="2021-12-20") == {"Day.": False, "Month.": True, "By then.": False}


def test_a_year_takes_what_can_have_been_said_in_it():
    factories.publish("“Day.”", said="2021-12-31")
    factories.publish("“Winter.”", said="2021-12-20/2022-01-10")
    factories.publish("“Next.”", said="2022-01-01")
    assert certain_and_possible(year="2021") == {"Day.": False, "Winter.": True}
    assert certain_and_possible(year="2022") == {"Next.": False, "Winter.": True}


def test_over_a_new_year_two_years_that_follow_each_other_are_certain():
    factories.publish("“Winter.”", said="2021-12-20/2022-01-10")
    assert certain_and_possible(year=["2022", "2021"]) == {"Winter.": False}
    assert certain_and_possible(year=["2022", "2020"]) == {"Winter.": True}


def test_without_dates_nothing_is_only_possible():
    factories.publish("“Month.”", said="2021-12")
    assert certain_and_possible() == {"Month.": False}


def test_an_uncertain_publication_is_possible_too():
    factories.publish("“One.”", said="2021", document=factories.document(published="2022-12"))
    assert certain_and_possible(published_after="2022-12-10") == {"One.": True}


# Names that changed


def test_a_renamed_speaker_is_found_by_both_slugs():
    macron = factories.speaker("Emmanuel Macron")
    factories.publish("“One.”", by=macron)
    record.rename(macron, editor=factories.publisher(), slug="macron")
    assert found(speaker="emmanuel-macron") == found(speaker="macron") == ["One."]


def test_a_merged_outlet_leads_to_the_one_it_was_merged_into():
    factories.publish("“One.”", "spoken_to TF1")
    factories.publish("“Two.”", "spoken_to TF1 Info")
    record.merge(
        factories.outlet("TF1 Info"), factories.outlet("TF1"), editor=factories.publisher(), reason="The same house"
    )
    assert found(outlet="tf1-info") == found(spoken_to="tf1") == ["Two.", "One."]


# What is never listed


def test_drafts_and_retracted_statements_are_never_listed():
    factories.draft("“Draft.”")
    for state in ("retracted", "removed"):
        statement = factories.publish(f"“{state}.”")
        type(statement).objects.filter(pk=statement.pk).update(state=state)
    assert found() == found(speaker="emmanuel-macron") == found(outlet="tf1") == found(q="draft") == []


def test_an_unnamed_source_has_no_slug_to_be_chosen_by():
    source = Speaker.objects.create(kind="unnamed", name="a senior official", document=factories.document())
    factories.publish("“One.”", by=source)
    assert problem("speaker", "a-senior-official") == "No speaker goes by this name."


# Bad input


NO_SLUGS = [
    "no-such-name",
    "NUL\x00",
    "\ud800",
    "'; DROP TABLE quotes_statement; --",
    "<script>",
    "x" * 10_000,
    "😀",
    "%",
]
NO_DAYS = ["soon", "2022-13", "2022-02-30", "0000", "2022-12-03T10:00", "2021-12~", "2021/2022", "202X", "١٩٩٩"]


@pytest.mark.parametrize("parameter", ["speaker", "outlet", "relay", "spoken_to", "issued_by", "published_by", "topic"])
def test_an_unknown_slug_has_a_message_and_lists_nothing(parameter):
    factories.publish("“Something.”")
    kind = parameter if parameter in ("speaker", "topic") else "outlet"
    for value in NO_SLUGS:
        assert problem(parameter, value) == f"No {kind} goes by this name."


@pytest.mark.parametrize("parameter", ["said_after", "said_before", "published_after", "published_before"])
def test_a_wrong_date_has_a_message_and_lists_nothing(parameter):
    factories.publish("“Something.”")
    for value in [*NO_DAYS, "\x00", "\udfff"]:
        assert problem(parameter, value) == "This is no date. Write 2022, 2022-12 or 2022-12-03."


WRONG = [
    ("mode", "loud", "There is no such mode of speech; choose direct, indirect, mixed."),
    ("language", "klingon", "This is no language tag. Write en, fr or pt-BR."),
    ("language", "e\x00", "This is no language tag. Write en, fr or pt-BR."),
    ("year", "22", "This is no year. Write four digits, like 2022."),
    ("year", "0000", "This is no year. Write four digits, like 2022."),
    ("year", "٢٠٢٢", "This is no year. Write four digits, like 2022."),
    ("year", "99999999999999999999", "This is no year. Write four digits, like 2022."),
]


def test_a_wrong_value_has_a_message_and_lists_nothing():
    factories.publish("“Something.”")
    for parameter, value, message in WRONG:
        assert problem(parameter, value) == message


def test_a_last_day_before_the_first_is_refused():
    filterset = StatementFilter({"said_after": "2022-12", "said_before": "2021"})
    assert not filterset.qs.exists()
    assert [(one.name, one.problem) for one in filterset.chosen()] == [
        ("said_after", ""),
        ("said_before", "The last day comes before the first."),
    ]


def test_of_several_values_only_the_wrong_one_has_a_message():
    factories.publish("“One.”")
    filterset = StatementFilter({"speaker": ["emmanuel-macron", "nobody"], "outlet": "tf1"})
    assert not filterset.qs.exists()
    assert [(one.words, one.problem) for one in filterset.chosen()] == [
        ("emmanuel-macron", ""),
        ("nobody", "No speaker goes by this name."),
        ("TF1", ""),
    ]


def test_too_many_values_are_refused():
    filterset = StatementFilter({"speaker": [f"speaker-{number}" for number in range(MAX_VALUES + 1)]})
    assert not filterset.is_valid()
    assert {one.problem for one in filterset.chosen()} == {f"At most {MAX_VALUES} values can be chosen at once."}


def test_every_year_a_database_can_hold_is_a_year():
    factories.publish("“One.”")
    assert found(year=["0001", "9999"]) == []
