"""Every wording of a statement, by date and by language, with what each printing changed."""

import pytest
from django.core.management import call_command

from quotes import record
from quotes.drift import drift
from quotes.models import Statement
from quotes.utterances import same_utterance
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "“We must think about the security structure under which our children will live tomorrow.”"
SHORTER = "“We must think about the security structure”"
TURNED = "“We must not think about the security structure under which our children will live tomorrow.”"
FRENCH = "«Nous devons penser à l’architecture de sécurité dans laquelle vivront nos enfants.»"


def print_in(statement, words=WORDS, *chain, outlet="The Daily", published="2022-12-05", **fields):
    document = factories.document(outlet, published)
    spec = factories.appearance(words, *(chain or ("spoken_to TF1",)), document=document, **fields)
    return record.add_appearance(statement, spec, editor=factories.publisher())


@pytest.fixture
def statement():
    """Said in French, on record in English: the primary printing is Le Monde's of 4 December."""
    return factories.publish(
        WORDS,
        is_translation=True,
        translated_from="fr",
        appearances=[factories.appearance(WORDS, "spoken_to TF1", language="en", is_translation=True)],
    )


def page_of(client, statement):
    return " ".join(client.get(f"/q/{statement.pid}/wordings").text.split())


def test_printings_stand_in_the_order_of_their_dates(statement):
    print_in(statement, outlet="C", published="2022-12-09", language="en")
    print_in(statement, outlet="B", published="2022-12-05", language="en")
    assert [one.appearance.document.outlet.name for one in drift(statement).printings] == ["Le Monde", "B", "C"]


def test_the_earliest_is_marked_where_the_dates_tell_it(client, statement):
    print_in(statement, published="2022-12-05", language="en")
    first, second = drift(statement).printings
    assert (first.is_first, second.may_be_first) == (True, False)
    assert page_of(client, statement).count("the earliest on record") == 2


def test_where_dates_overlap_each_that_may_be_it_is_only_possibly_the_earliest(client, statement):
    print_in(statement, published="2022-12", language="en")
    assert not any(one.is_first for one in drift(statement).printings)
    assert page_of(client, statement).count("possibly the earliest on record") == 4


def test_a_single_printing_is_no_earliest(client, statement):
    assert "earliest" not in page_of(client, statement)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (WORDS, "word for word"),
        (SHORTER, "word for word, as far as it goes"),
        ("“We must think about the security structure under which our children live tomorrow.”", "with words left out"),
        ("“We must think about the security structure of our children tomorrow.”", "in other words"),
        (TURNED, "the meaning may have turned"),
        ("“The harvest of the southern vineyards was poor.”", "too different to be compared"),
    ],
)
def test_each_is_compared_with_the_primary_one(client, statement, words, told):
    print_in(statement, words, language="en")
    assert told in page_of(client, statement)


def test_what_is_unlike_the_primary_one_is_compared_with_what_it_is_like(client, statement):
    print_in(statement, "“how to give guarantees to Russia the day it returns.”", outlet="B", language="en")
    print_in(statement, "“how to give guarantees to Russia on the day it returns.”", outlet="C", language="en")
    last = drift(statement).tongues[0].printings[-1]
    assert (last.base.appearance.document.outlet.name, last.told) == ("B", "in other words")
    assert "[put in: </span>on " in page_of(client, statement)


def test_a_difference_is_marked_for_the_eye_and_for_the_ear(client, statement):
    print_in(statement, TURNED, language="en")
    page = page_of(client, statement)
    assert '<ins class="turns"><span class="visually-hidden" lang="en"> [put in: </span>not ' in page


def test_languages_stand_beside_each_other_the_one_it_was_said_in_first(client, statement):
    print_in(statement, FRENCH, outlet="Le Soir", language="fr")
    shown = drift(statement)
    assert [(tongue.language, tongue.is_original) for tongue in shown.tongues] == [("fr", True), ("en", False)]
    assert not shown.lacks_original
    page = page_of(client, statement)
    assert "In French, in which it was said" in page
    assert 'lang="fr"' in page


def test_that_only_translations_are_on_record_is_said(client, statement):
    assert "not on record, only translations of them" in page_of(client, statement)


def test_who_translated_from_what_is_said(client, statement):
    print_in(statement, language="en", is_translation=True, translated_from="fr", translator="A. Doe")
    page = page_of(client, statement)
    assert "translated from French by A. Doe" in page
    assert "translated from a language that is not known, translator unknown" in page


# Translations of translations


@pytest.mark.parametrize(
    ("fields", "again"),
    [
        ({"language": "en", "is_translation": True, "translated_from": "fr"}, False),
        ({"language": "en", "is_translation": True}, False),
        ({"language": "pl", "is_translation": True, "translated_from": "en"}, True),
        ({"language": "pl", "is_translation": True, "translated_from": "fr-CA"}, False),
        ({"language": "fr", "is_translation": True}, True),
        ({"language": "fr"}, False),
    ],
)
def test_by_way_of_a_third_language_or_back_it_is_a_translation_of_a_translation(statement, fields, again):
    assert print_in(statement, **fields).is_retranslation is again


def test_a_stop_in_a_third_language_makes_it_one(statement):
    chain = [
        *factories.hops("spoken_to TF1"),
        record.HopSpec("relayed_by", outlet=factories.outlet("R"), language="en"),
    ]
    spec = record.AppearanceSpec(
        document=factories.document("P"),
        hops=chain,
        spans=statement.wording,
        printed="Słowa",
        language="pl",
        is_translation=True,
    )
    assert record.add_appearance(statement, spec, editor=factories.publisher()).is_retranslation


def test_it_is_called_so_everywhere(client, statement):
    print_in(
        statement,
        "„Musimy myśleć o strukturze bezpieczeństwa”",
        language="pl",
        is_translation=True,
        translated_from="en",
    )
    assert page_of(client, statement).count("translation of a translation") == 2
    assert "translation of a translation" in client.get(statement.get_absolute_url()).text
    assert (
        "translation of a translation"
        in client.get("/check/", {"text": "Musimy myśleć o strukturze bezpieczeństwa"}).text
    )
    told = client.get(f"/api/v1/statements/{statement.pid}").json()["appearances"]
    assert [one["retranslated"] for one in told] == [False, True]


# The page


def test_the_permalink_leads_to_it_where_there_are_several(client, statement):
    address = f'href="/q/{statement.pid}/wordings"'
    assert address not in client.get(statement.get_absolute_url()).text
    print_in(statement)
    assert address in client.get(statement.get_absolute_url()).text


def test_it_costs_the_same_however_many_there_are(client, statement, django_assert_max_num_queries):
    for number in range(6):
        print_in(statement, outlet=f"Paper {number}", published=f"2022-12-{number + 10}")
    with django_assert_max_num_queries(6):
        assert client.get(f"/q/{statement.pid}/wordings").status_code == 200


def test_a_copy_is_good_until_something_changes(client, statement):
    tag = client.get(f"/q/{statement.pid}/wordings")["ETag"]
    assert client.get(f"/q/{statement.pid}/wordings", headers={"If-None-Match": tag}).status_code == 304
    print_in(statement)
    assert client.get(f"/q/{statement.pid}/wordings", headers={"If-None-Match": tag}).status_code == 200


def test_other_ways_to_write_the_id_lead_to_it(client, statement):
    answer = client.get(f"/q/{statement.pid.lower()}/wordings")
    assert (answer.status_code, answer["Location"]) == (301, f"/q/{statement.pid}/wordings")
    assert client.get("/q/7K2M9QX4TB/wordings").status_code == 404
    assert client.get(f"/q/{factories.draft().pid}/wordings").status_code == 404


def test_of_a_removed_statement_nothing_is_shown(client, statement):
    record.remove(statement, editor=factories.publisher(), reason_code="law", reason="An order")
    answer = client.get(f"/q/{statement.pid}/wordings")
    assert answer.status_code == 410
    assert "security structure" not in answer.text


def test_a_merged_statement_leads_to_the_other_ones_wordings(client, statement):
    other = factories.publish("“Quite other words.”")
    record.merge(other, statement, editor=factories.publisher(), reason="One utterance")
    assert client.get(f"/q/{other.pid}/wordings")["Location"] == f"/q/{statement.pid}/wordings"


def test_the_founding_interview_is_compared_in_three_languages(client, groups):
    call_command("load_founding_record", verbosity=0)
    first, second = Statement.objects.order_by("pk")[:2]
    assert [tongue.language for tongue in drift(first).tongues] == ["fr", "en", "pl"]
    held = [one for each in (first, second) for tongue in drift(each).tongues for one in tongue.printings]
    assert len(held) == 8
    page = page_of(client, first)
    assert page.count('<span class="chip">translation of a translation</span>') == 2
    assert "by way of Reuters" in page
    assert "says that it was carried so, but not in which words" in page_of(client, second)


# One utterance, recorded twice


def test_near_words_of_one_speaker_on_one_day_are_perhaps_one_utterance(client, statement):
    other = factories.publish("“We must think about the security structure under which we shall live.”", said="2022-12")
    assert same_utterance(statement) == [other]
    client.force_login(factories.publisher())
    page = client.get(f"/desk/statements/{statement.pid}/merge/")
    assert f'href="?survivor={other.pid}"' in page.text
    assert f'value="{other.pid}"' in client.get(f"/desk/statements/{statement.pid}/merge/?survivor={other.pid}").text


def test_the_same_words_of_two_speakers_or_of_two_years_stay_two(statement):
    factories.publish(WORDS, by="Olaf Scholz")
    factories.publish(WORDS, said="2020-05-01")
    factories.publish("“The harvest of the southern vineyards was poor.”")
    assert same_utterance(statement) == []
