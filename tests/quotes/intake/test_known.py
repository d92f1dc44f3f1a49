import pytest

from quotes.extraction.known import KnownAlias, KnownRole
from quotes.intake import known
from quotes.intake.known import facts_of, known_in
from quotes.mentioned import mentioned
from quotes.models import Alias, Role, Speaker
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    return factories.document()


def speakers_in(text, document):
    return {speaker.name for speaker in known_in(text, document).speakers}


def body(name, kind="organisation"):
    return factories.speaker(name, kind=kind)


@pytest.mark.parametrize(
    "text",
    [
        "Then Emmanuel Macron spoke.",
        "Then Macron spoke.",
        "It was Macron’s idea.",
        "It was Macron's idea.",
        "EMMANUEL MACRON SPOKE.",
        "“Macron” it said.",
    ],
)
def test_a_speaker_is_known_by_name_and_family_name(text, document):
    factories.speaker("Emmanuel Macron")
    assert speakers_in(text, document) == {"Emmanuel Macron"}


def test_whoever_is_not_mentioned_is_not_loaded(document):
    factories.speaker("Emmanuel Macron")
    assert speakers_in("Then Olaf Scholz spoke.", document) == set()


def test_a_name_does_not_go_on_in_the_next_line_or_sentence(document):
    factories.speaker("Emmanuel Macron", family="")
    assert speakers_in("It was Emmanuel\nMacron left. Emmanuel, Macron. Emmanuel. Macron.", document) == set()


def test_an_initial_may_have_a_stop(document):
    assert "John F. Kennedy Library" in set(mentioned("the John F. Kennedy Library said"))


def test_a_speaker_is_known_by_an_alias_in_any_language(document):
    Alias.objects.create(speaker=factories.speaker("Emmanuel Macron"), name="Макрон", language="ru")
    (found,) = known_in("Президент Макрон сказал.", document).speakers
    assert found.aliases == (KnownAlias("Макрон", "ru"),)


@pytest.mark.parametrize(
    "text", ["The President of France spoke.", "French President arrives.", "The French president."]
)
def test_a_speaker_is_known_by_an_office(text, document):
    Role.objects.create(speaker=factories.speaker("Emmanuel Macron"), label="President of France", held="2017-05-14/..")
    (found,) = known_in(text, document).speakers
    assert found.roles == (KnownRole("President of France", "2017-05-14/.."),)


@pytest.mark.parametrize(
    "text",
    [
        "the Russian Ministry of Defense said",
        "Russia’s Ministry",
        "the Russian Defense Ministry",
        "Russian Defence Ministry",
    ],
)
def test_a_body_is_known_however_its_country_is_put(text, document):
    body("Ministry of Defense of Russia")
    found = speakers_in(text, document)
    assert found == ({"Ministry of Defense of Russia"} if "Defen" in text else set())


def test_a_government_is_known_by_its_seat(document):
    body("Government of Ukraine", "government")
    assert speakers_in("which Kyiv considers wrong", document) == {"Government of Ukraine"}


def test_a_merged_speaker_stands_for_its_survivor(document):
    survivor = factories.speaker("Emmanuel Macron")
    factories.speaker("Manu Macron", merged_into=survivor, family="Manu")
    assert [found.id for found in known_in("Then Manu Macron spoke.", document).speakers] == [survivor.pk]


def test_unnamed_sources_are_nobodys_namesakes(document):
    Speaker.objects.create(kind="unnamed", name="Officials", document=document)
    assert speakers_in("Officials said so.", document) == set()


def test_outlets_are_known_by_name_and_domain_and_the_documents_own_always(document):
    factories.outlet("TF1")
    factories.outlet("The Paper", domain="paper.example")
    factories.outlet("Unmentioned")
    found = {outlet.name for outlet in known_in("He told TF1 so, www.paper.example reports.", document).outlets}
    assert found == {"Le Monde", "TF1", "The Paper"}


def test_an_unidentified_outlet_is_never_mentioned(document):
    factories.outlet("Unidentified website", identified=False)
    assert len(known_in("an Unidentified website said", document).outlets) == 1


def test_topics_come_with_the_words_of_what_is_filed_under_them(document):
    root = factories.topic("Security")
    topic = factories.topic("Missiles", parent=root)
    factories.publish("“We must talk about rockets.”", topics=[topic])
    found = {one.label: one for one in known_in("Words.", document).topics}
    assert found["Missiles"].parents == (root.pk,)
    assert found["Missiles"].words["rockets"] == 1
    assert found["Security"].words == {}


def test_drafts_tell_nothing_of_topics(document):
    factories.draft("“We must talk about rockets.”", topics=[factories.topic("Missiles")])
    assert [topic.words for topic in known_in("Words.", document).topics] == [{}]


def test_the_queries_grow_neither_with_the_text_nor_with_the_record(document, django_assert_max_num_queries):
    for number in range(20):
        factories.speaker(f"Person{number} Family{number}")
    text = " and ".join(f"Person{number} Family{number} of Place{number}" for number in range(2_000))
    with django_assert_max_num_queries(11):
        assert len(known_in(text, document).speakers) == 20


def test_only_so_many_names_are_looked_up(document, monkeypatch):
    monkeypatch.setattr(known, "MOST_NAMES", 2)
    factories.speaker("Emmanuel Macron")
    assert speakers_in("One. Two. Emmanuel Macron.", document) == set()


def test_the_documents_own_facts():
    document = factories.document("Le Monde", published="2022-12", language="fr")
    facts = facts_of(document)
    assert (facts.published, facts.language, facts.outlet.name) == ("2022-12", "fr", "Le Monde")
