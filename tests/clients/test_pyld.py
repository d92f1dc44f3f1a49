"""pyld, a JSON-LD processor, makes one graph of what the site says; extruct finds it in the page."""

import json

import extruct
import pytest
from django.conf import settings
from pyld import jsonld

from quotes.citing import jsonld as writer
from tests import factories
from tests.quotes.citing.samples import SAMPLES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SCHEMA, PROV, DCTERMS = "https://schema.org/", "http://www.w3.org/ns/prov#", "http://purl.org/dc/terms/"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
SUFFIXES = ["", "/v1", ".jsonld", "/v1.jsonld"]


def refuse(address, options):
    raise AssertionError(f"The context is inline, but {address} was asked for")


def graph(document):
    """The nodes of a document by their ids, with every term as an absolute address; nothing is fetched."""
    return {node["@id"]: node for node in jsonld.flatten(document, options={"documentLoader": refuse})}


def read(client, statement, suffix="/v1"):
    """The graph at one of a statement's addresses, be it a page or an export."""
    answer = client.get(statement.get_absolute_url() + suffix)
    if answer["Content-Type"].startswith("text/html"):
        (document,) = extruct.extract(answer.text, syntaxes=["json-ld"])["json-ld"]
        return graph(document)
    return graph(json.loads(answer.content))


def told(node, term):
    """What a node says under a term: values, or ids of other nodes."""
    return [value.get("@value", value.get("@id")) for value in node.get(term, [])]


def only(nodes, type_):
    (node,) = [node for node in nodes.values() if type_ in node["@type"]]
    return node


def at(path):
    return settings.SITE_URL + path


@pytest.fixture
def article():
    return factories.document(title="Macron on “security”", url="https://lemonde.example/security?a=1&b=2")


@pytest.fixture
def statement(article):
    chain = ("spoken_to TF1", "relayed_by TASS")
    return factories.publish("“Peace, then.”", *chain, document=article, topics=[factories.topic("Peace")])


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_address_holds_the_words_and_whose_they_are(client, statement, suffix):
    nodes = read(client, statement, suffix)
    quotation = nodes[at(statement.version_url(1))]
    (speaker,) = told(quotation, f"{SCHEMA}creator")
    assert quotation["@type"] == [f"{SCHEMA}Quotation", f"{PROV}Entity"]
    assert told(quotation, f"{SCHEMA}text") == ["“Peace, then.”"]
    assert speaker == at("/speakers/emmanuel-macron/")
    assert nodes[speaker]["@type"] == [f"{SCHEMA}Person", f"{PROV}Agent"]
    assert told(nodes[speaker], f"{SCHEMA}familyName") == ["Macron"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_address_holds_where_the_words_were_said_and_what_carried_them(client, statement, article, suffix):
    nodes = read(client, statement, suffix)
    quotation = nodes[at(statement.version_url(1))]
    (event,), (document,) = (told(quotation, SCHEMA + term) for term in ("recordedAt", "isBasedOn"))
    assert nodes[event]["@type"] == [f"{SCHEMA}Event"]
    assert told(nodes[event], f"{SCHEMA}organizer") == [at("/outlets/tf1/")]
    assert document == at(article.get_absolute_url())
    assert told(nodes[document], f"{SCHEMA}publisher") == [at("/outlets/le-monde/")]
    assert told(nodes[document], f"{SCHEMA}url") == ["https://lemonde.example/security?a=1&b=2"]
    assert told(nodes[document], f"{SCHEMA}datePublished") == ["2022-12-04"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_address_holds_the_road_as_provenance(client, statement, article, suffix):
    nodes = read(client, statement, suffix)
    quotation, document = nodes[at(statement.version_url(1))], nodes[at(article.get_absolute_url())]
    assert told(quotation, f"{PROV}wasAttributedTo") == [at("/speakers/emmanuel-macron/")]
    assert told(quotation, f"{PROV}wasQuotedFrom") == [document["@id"]]
    (dispatch,) = told(document, f"{PROV}wasDerivedFrom")
    assert told(document, f"{SCHEMA}isBasedOn") == [dispatch]
    assert f"{PROV}Entity" in nodes[dispatch]["@type"]
    (agency,) = told(nodes[dispatch], f"{SCHEMA}publisher")
    assert told(nodes[agency], f"{SCHEMA}name") == ["TASS"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_address_holds_the_topic_the_version_and_its_address(client, statement, suffix):
    nodes = read(client, statement, suffix)
    quotation = nodes[at(statement.version_url(1))]
    assert told(quotation, f"{SCHEMA}about") == [at("/topics/peace/")]
    assert told(quotation, f"{SCHEMA}version") == [1]
    assert told(quotation, f"{SCHEMA}identifier") == [statement.pid]
    assert quotation[f"{SCHEMA}archivedAt"] == quotation[f"{SCHEMA}url"] == [{"@id": at(statement.version_url(1))}]


def test_reported_words_are_derived_and_not_quoted(client, article):
    statement = factories.publish("He was ready for peace.", document=article)
    quotation = read(client, statement)[at(statement.version_url(1))]
    assert told(quotation, f"{PROV}wasDerivedFrom") == [at(article.get_absolute_url())]
    assert f"{PROV}wasQuotedFrom" not in quotation


def test_an_unnamed_source_is_nobodys_node(client, article):
    source = factories.speaker("a French official", kind="unnamed", slug=None, document=article)
    statement = factories.publish(by=source, document=article)
    nodes = read(client, statement)
    quotation = nodes[at(statement.version_url(1))]
    assert f"{SCHEMA}creator" not in quotation
    assert told(quotation, f"{SCHEMA}creditText") == ["a French official"]
    assert not [node for node in nodes.values() if f"{SCHEMA}Person" in node.get("@type", [])]


@pytest.mark.parametrize(("said", "created"), [("2022-12", ["2022-12"]), ("2021-12?", []), ("2022-12-03/..", [])])
def test_a_date_is_plain_or_told_as_edtf_alone(client, article, said, created):
    statement = factories.publish(said=said, document=article)
    quotation = read(client, statement)[at(statement.version_url(1))]
    assert told(quotation, f"{SCHEMA}dateCreated") == created
    assert quotation[f"{DCTERMS}created"] == [{"@type": EDTF, "@value": said}]


@pytest.mark.parametrize("name", SAMPLES)
def test_whatever_is_hard_to_cite_is_one_quotation_whose_terms_all_have_an_address(name):
    cited = SAMPLES[name]
    nodes = graph(json.loads(writer.write(cited)))
    quotation = only(nodes, f"{SCHEMA}Quotation") if not cited.translation else nodes[cited.version_url]
    assert quotation["@id"] == cited.version_url
    assert told(quotation, f"{SCHEMA}text") == [cited.words]
    known = {SCHEMA, PROV, DCTERMS}
    terms = {term for node in nodes.values() for term in node if not term.startswith("@")}
    assert all(any(term.startswith(vocabulary) for vocabulary in known) for term in terms)
