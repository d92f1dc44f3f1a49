import pytest

from quotes import record
from quotes.models import Speaker
from sources.models import Outlet
from tests import factories

pytestmark = pytest.mark.django_db


def test_speakers_are_listed_with_their_counts(client):
    factories.publish()
    factories.publish()
    page = client.get("/speakers/")
    assert "Emmanuel Macron" in page.text
    assert '2<span class="visually-hidden"> statements' in page.text


def test_a_speaker_of_drafts_alone_is_not_listed_and_has_no_page(client):
    statement = factories.draft()
    assert "Emmanuel Macron" not in client.get("/speakers/").text
    assert client.get(statement.speaker.get_absolute_url()).status_code == 404


def test_the_letters_lead_to_family_names(client):
    factories.publish()
    factories.publish(by="Vladimir Putin")
    page = client.get("/speakers/?letter=m")
    assert "Emmanuel Macron" in page.text
    assert "Vladimir Putin" not in page.text


def test_the_filter_box_finds_a_speaker_by_another_name(client):
    kyiv = factories.speaker("Government of Ukraine", kind="government")
    kyiv.aliases.create(name="Kyiv", language="en")
    factories.publish(by=kyiv)
    factories.publish()
    page = client.get("/speakers/?q=kyiv")
    assert "Government of Ukraine" in page.text
    assert "Emmanuel Macron" not in page.text


def test_a_filter_that_finds_nobody_says_so_and_keeps_what_was_typed(client):
    page = client.get("/speakers/", {"q": "<b>nobody</b>"})
    assert page.status_code == 200
    assert "&lt;b&gt;nobody&lt;/b&gt;" in page.text


@pytest.mark.parametrize(
    "query", ["q=%00", "letter=%00", "after=%00", "q=" + "x" * 5000, "after=nobody", "letter=%F0%9F%99%82"]
)
@pytest.mark.parametrize("address", ["/speakers/", "/outlets/", "/topics/"])
def test_odd_parameters_never_break_an_index(client, address, query):
    factories.publish(topics=[factories.topic()])
    assert client.get(f"{address}?{query}").status_code == 200


def test_a_long_index_goes_on_after_its_last_name(client, monkeypatch):
    monkeypatch.setattr("quotes.indexes.PAGE", 2)
    for name in ("Ann Abel", "Bea Bond", "Cem Cole"):
        factories.publish(by=name)
    page = client.get("/speakers/")
    assert "after=bea-bond" in page.text
    onward = client.get("/speakers/?after=bea-bond")
    assert "Cem Cole" in onward.text
    assert "Bea Bond" not in onward.text


def test_a_speaker_s_page_tells_roles_names_and_statements(client):
    macron = factories.speaker()
    macron.roles.create(label="President of France", held="2017-05-14/..", held_min="2017-05-14")
    macron.aliases.create(name="Макрон", language="ru")
    factories.publish("“We must think.”", by=macron)
    factories.publish("“Never.”", by="Vladimir Putin")
    page = client.get("/speakers/emmanuel-macron/")
    assert "<bdi>President of France</bdi>, from 14 May 2017 on" in page.text
    assert '<bdi lang="ru">Макрон</bdi>' in page.text
    assert "We must think." in page.text
    assert "Never." not in page.text


def test_a_former_address_of_a_speaker_leads_to_the_present_one(client):
    statement = factories.publish()
    record.rename(statement.speaker, editor=factories.editor(), slug="macron")
    page = client.get("/speakers/emmanuel-macron/")
    assert page.status_code == 301
    assert page["Location"] == "/speakers/macron/"


def test_the_page_of_a_speaker_merged_away_leads_to_the_survivor(client):
    statement, double = factories.publish(), factories.publish(by="E Macron").speaker
    record.merge(double, statement.speaker, editor=factories.publisher(), reason="The same person")
    assert client.get("/speakers/e-macron/")["Location"] == "/speakers/emmanuel-macron/"
    assert "E Macron" not in client.get("/speakers/").text


def test_an_unnamed_source_has_no_page_and_is_not_listed(client):
    document = factories.document()
    source = Speaker.objects.create(kind="unnamed", name="a French official", document=document)
    statement = factories.publish(by=source, document=document)
    assert "a French official" not in client.get("/speakers/").text
    assert "a French official" in client.get(statement.get_absolute_url()).text


def test_an_outlet_s_tabs_part_what_was_said_there_from_what_it_relayed(client):
    factories.publish("“To TASS itself.”", "spoken_to TASS")
    factories.publish("“Relayed by TASS.”", "spoken_to TF1", "relayed_by TASS")
    said, relayed = client.get("/outlets/tass/"), client.get("/outlets/tass/?tab=relayed")
    assert "To TASS itself." in said.text
    assert "Relayed by TASS." not in said.text
    assert "Relayed by TASS." in relayed.text


def test_an_unidentified_outlet_says_that_it_is(client):
    Outlet.objects.create(name="Unidentified website", slug="unidentified-website", kind="website", identified=False)
    factories.publish("“Peace.”", "published_by Unidentified website")
    assert "don’t know who published it" in client.get("/outlets/unidentified-website/").text


@pytest.mark.parametrize(
    "address", ["/speakers/nobody/", "/outlets/nobody/", "/topics/nothing/", "/outlets/tf1/?tab=x"]
)
def test_what_is_not_there_is_not_found(client, address):
    factories.publish()
    assert client.get(address).status_code == 404


def test_topics_hang_under_each_other_with_their_counts(client):
    europe = factories.topic("European security")
    factories.publish(topics=[factories.topic("NATO enlargement", parent=europe)])
    page = client.get("/topics/")
    assert page.text.index("European security") < page.text.index("NATO enlargement")


def test_a_topic_s_page_holds_what_was_said_below_it(client):
    europe = factories.topic("European security")
    factories.publish("“On NATO.”", topics=[factories.topic("NATO enlargement", parent=europe)])
    page = client.get("/topics/european-security/")
    assert "On NATO." in page.text
    assert "NATO enlargement" in page.text


def test_a_topic_s_former_address_leads_to_the_present_one(client):
    topic = factories.topic()
    record.rename(topic, editor=factories.editor(), slug="guarantees")
    assert client.get("/topics/security-guarantees/")["Location"] == "/topics/guarantees/"


@pytest.mark.parametrize("address", ["/speakers/", "/outlets/", "/topics/"])
def test_an_index_takes_as_many_queries_for_one_as_for_thirty(client, django_assert_max_num_queries, address):
    for number in range(30):
        factories.publish(
            f"“Peace {number}.”",
            f"spoken_to Outlet {number}",
            by=f"Ann Speaker{number}",
            topics=[factories.topic(f"Topic {number}")],
        )
    with django_assert_max_num_queries(3):
        client.get(address)
