"""The glossary: every term told once, linked from where it is met, and in the forms' questions."""

import re

import pytest
from django.core.management import call_command
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from quotes.field_help import HELP, help_with
from quotes.glossary import GROUPS, TERMS, UnknownTerm, term
from quotes.models import Statement
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def founding():
    call_command("load_founding_record", verbosity=0)
    return Statement.objects.get(text__startswith="This issue will be part")


def terms_on(page):
    return re.findall(r'class="term" rel="help" href="/glossary/#([\w-]+)"', page.text)


def test_every_term_has_its_anchor_name_and_meaning(client):
    page = client.get("/glossary/")
    for one in TERMS.values():
        assert f'id="{one.key}"' in page.text
        assert f"<dfn>{one.name}</dfn>" in page.text


def test_no_two_terms_share_an_anchor():
    assert len(TERMS) == sum(len(group.terms) for group in GROUPS)


def test_each_term_leads_to_a_page_that_answers(client, founding):
    for address in {one.found_at for one in TERMS.values() if one.where}:
        assert client.get(address).status_code == 200, address


def test_what_is_given_as_words_on_record_is_on_record(founding):
    told = [one.words.strip("“… ”").rstrip(".,") for one in TERMS.values() if one.words and one.key != "permalink"]
    on_record = " ".join(
        f"{statement.words} {statement.speaker}, {statement.label} "
        + " ".join(appearance.printed for appearance in statement.appearances.all())
        for statement in Statement.objects.published()
    )
    assert [words for words in told if words not in on_record and not words.startswith("/q/")] == []


def test_a_term_is_told_in_the_readers_language(client):
    assert "Le premier média d’un parcours." in client.get("/glossary/?lang=fr").text
    assert "أول وسيلة إعلام في المسار." in client.get("/glossary/?lang=ar").text


def test_visitors_ask_the_database_nothing_for_it(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/glossary/").status_code == 200


def test_a_page_that_names_an_unknown_term_is_never_made():
    with pytest.raises(TemplateSyntaxError, match="no “orgin”"):
        Template('{% term "orgin" %}1 origin{% endterm %}')
    with pytest.raises(UnknownTerm):
        term("orgin")
    with pytest.raises(UnknownTerm):
        help_with("stop")


def test_a_term_is_a_link_around_what_the_page_says():
    told = Template('{% term "origin" %}1 origin{% endterm %}').render(Context())
    assert told == '<a class="term" rel="help" href="/glossary/#origin" title="What this means">1 origin</a>'


def test_a_permalink_explains_its_terms_once_each(client, founding):
    met = terms_on(client.get(founding.get_absolute_url()))
    assert set(met) == {"basis", "road", "origin", "as-printed", "link", "permalink"}
    assert len(met) == len(set(met))


def test_reported_words_explain_that_they_are_reported(client):
    told = factories.publish("He was willing.")
    assert "reported" in terms_on(client.get(told.get_absolute_url()))


@pytest.mark.parametrize(
    ("address", "met"),
    [
        ("/statements/", {"outlet", "agency", "speech", "origin"}),
        ("/check/?text=security+guarantees", {"verdict"}),
    ],
)
def test_lists_and_checks_explain_theirs(client, founding, address, met):
    assert set(terms_on(client.get(address))) == met


def test_the_history_explains_itself(client, founding):
    assert terms_on(client.get(f"{founding.get_absolute_url()}/history")) == ["history"]


@pytest.mark.parametrize("key", HELP)
def test_each_question_about_a_field_leads_to_terms_that_are_told(key):
    with translation.override("fr"):
        made = Template("{% what_is key %}").render(Context({"key": key}))
    assert "<summary>" in made
    assert all(f"#{one.key}" in made for one in help_with(key).terms)


def test_the_form_of_a_statement_answers_what_editors_ask(client):
    client.force_login(factories.editor())
    page = client.get("/desk/statements/new/").text
    asked = ("words", "translation", "speaker", "speaks-for", "said", "basis", "document", "printed", "stops", "links")
    assert [key for key in asked if str(help_with(key).question) not in page] == []


def test_each_question_is_asked_somewhere(project):
    templates = "".join(path.read_text() for path in (project / "templates").rglob("*.html"))
    assert [key for key in HELP if f'{{% what_is "{key}" %}}' not in templates] == []
