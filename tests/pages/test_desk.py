import re

import pytest
from django.test import Client

from quotes.models import Appearance, Link, Speaker, Statement, Topic
from sources.models import Document, Outlet
from tests import factories
from tests.desk import NEW, at, known, typed, typed_into

pytestmark = pytest.mark.django_db


def nothing_made():
    return not (Statement.objects.exists() or Document.objects.exists() or Topic.objects.exists())


# Who may


@pytest.mark.parametrize("place", ["", "preview/", "discard/", "appearances/new/"])
def test_visitors_are_sent_to_sign_in_and_others_refused(client, place):
    address = at(factories.draft(), place)
    assert client.get(address).headers["Location"] == f"/signin/?next={address}"
    client.force_login(factories.user())
    assert client.get(address).status_code == 403
    assert client.post(address, {}).status_code in {403, 405}


@pytest.mark.parametrize("address", ["/desk/", NEW, "/desk/suggest/speakers/?q=E", "/desk/reports/"])
def test_the_desk_is_for_editors(client, address):
    assert client.get(address).headers["Location"].startswith("/signin/?next=/desk/")
    client.force_login(factories.user())
    assert client.get(address).status_code == 403


def test_publishing_takes_the_right_to(client, editor):
    draft = factories.draft()
    assert "Publish</button>" not in client.get(at(draft, "preview/")).text
    assert client.post(at(draft, "publish/"), {"seen": draft.touched}).status_code == 403
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_writing_without_a_csrf_token_is_refused():
    draft, strict = factories.draft(), Client(enforce_csrf_checks=True)
    strict.force_login(factories.publisher())
    for address in (NEW, at(draft), at(draft, "publish/"), at(draft, "discard/"), at(draft, "appearances/new/")):
        assert strict.post(address, typed()).status_code == 403
    assert Statement.objects.get() == draft
    strict.get(NEW)
    token = strict.cookies["csrftoken"].value
    assert strict.post(NEW, typed(csrfmiddlewaretoken=token, speaker__name="")).status_code == 200


@pytest.mark.parametrize("pid", ["0000000000", "0000000001", "nonsense"])
def test_unknown_statements_are_not_found(client, editor, pid):
    for place in ("", "preview/", "discard/", "appearances/new/"):
        assert client.get(f"/desk/statements/{pid}/{place}").status_code == 404


# The desk


def test_drafts_are_listed_a_page_at_a_time(client, editor):
    drafts = [factories.draft(f"“Draft {number:02}”", editor=editor) for number in range(51)]
    first = client.get("/desk/").text
    assert "Draft 50" in first
    assert "Draft 00" not in first
    assert "Draft 00" in client.get(f"/desk/?before={drafts[1].pk}").text
    assert client.get("/desk/?before=99999999999999999999999999").status_code == 200


def test_the_desk_takes_as_many_queries_for_many_drafts_as_for_few(client, editor, django_assert_max_num_queries):
    for number in range(20):
        factories.draft(f"“Draft {number}”", editor=editor, by=f"Speaker {number}")
    with django_assert_max_num_queries(8):
        client.get("/desk/")


# Recording


def test_a_statement_with_everything_new_is_recorded_previewed_and_published(client, publisher):
    response = client.post(
        NEW,
        typed(
            speaker__name="Jane Roe",
            speaker__kind="person",
            speaker__given="Jane",
            speaker__family="Roe",
            document__outlet__name="The New Gazette",
            document__outlet__kind="newspaper",
            document__url="https://gazette.example/1",
            stop1__role="spoken_to",
            stop1__name="Radio One",
            stop1__kind="broadcaster",
            stop1__date="2022-12-03",
            stop2__role="relayed_by",
            stop2__name="Wire",
            stop2__kind="agency",
            topics="Peace, Rivers",
            add_topics="on",
        ),
    )
    draft = Statement.objects.get()
    assert response.headers["Location"] == at(draft, "preview/")
    preview = client.get(at(draft, "preview/")).text
    for shown in ("Jane Roe", "Radio One", "Wire", "The New Gazette", "Peace", "3 December 2022"):
        assert shown in preview
    assert client.get(f"/q/{draft.pid}").status_code == 404
    response = client.post(at(draft, "publish/"), {"seen": draft.touched})
    assert response.headers["Location"] == f"/q/{draft.pid}"
    page = client.get(f"/q/{draft.pid}").text
    assert "Jane Roe" in page
    chain = draft.appearances.get().hops.all()
    assert [str(hop) for hop in chain] == ["spoken to Radio One", "relayed by Wire", "published by The New Gazette"]
    assert Speaker.objects.get().slug == "jane-roe"


def test_the_final_stop_is_not_doubled(client, editor):
    known()
    client.post(NEW, typed(stop1__role="published_by", stop1__name="le monde"))
    assert [str(hop) for hop in Appearance.objects.get().hops.all()] == ["published by Le Monde"]


def test_one_new_name_typed_twice_is_made_once(client, editor):
    known()
    gazette = {"document__outlet__name": "Gazette", "document__outlet__kind": "newspaper"}
    client.post(NEW, typed(**gazette, stop1__role="spoken_to", stop1__name="gazette", stop1__kind="newspaper"))
    assert Outlet.objects.filter(name__iexact="gazette").count() == 1


def test_words_are_printed_as_they_stand_unless_told_otherwise(client, editor):
    known()
    client.post(NEW, typed(words="“deterioration [of] the [(European)] situation”"))
    assert Appearance.objects.get().printed == "“deterioration the [European] situation”"


def test_a_faulty_wording_is_kept_as_printed(client, editor):
    known()
    printed = "“once the parties return.” to the table.”"
    client.post(NEW, typed(words="“once the parties return to the table.”", printed=printed))
    appearance = Appearance.objects.get()
    assert appearance.printed == printed
    assert [span.text for span in appearance.wording] == ["once the parties return to the table."]


def test_a_known_document_is_found_by_id_permalink_or_address(client, editor):
    known()
    document = factories.document(url="https://lemonde.example/a")
    for number, text in enumerate((document.pid, document.pid.lower(), f"/documents/{document.pid}/", document.url)):
        client.post(NEW, typed(document__existing=text, document__outlet__name="", document__published=""))
        assert document.appearances.count() == number + 1


def test_the_form_can_start_from_a_document(client, editor):
    document = factories.document()
    assert f'value="{document.pid}"' in client.get(f"{NEW}?document={document.pid}").text


def test_an_empty_form_names_no_document(client, editor):
    factories.document(url="")
    assert 'value="' not in re.search('<input[^>]*name="document-existing"[^>]*>', client.get(NEW).text)[0]


def test_an_unknown_outlet_is_one_of_its_own(client, editor):
    factories.speaker()
    for _ in range(2):
        client.post(NEW, typed(document__outlet__name="", document__unknown_outlet="on"))
    assert list(Outlet.objects.values_list("name", "identified")) == [("Unidentified website", False)] * 2


def test_an_unnamed_source_belongs_to_the_document(client, editor):
    known()
    client.post(NEW, typed(speaker__name="a French official", speaker__kind="unnamed"))
    statement = Statement.objects.get()
    assert statement.speaker.document == statement.primary_appearance.document
    client.post(at(statement), typed_into(statement, speaker__kind="unnamed"))
    assert Speaker.objects.filter(kind="unnamed").count() == 1


def test_a_draft_links_to_a_published_statement_and_visitors_dont_see_it(client, editor):
    published = factories.publish("“An earlier word.”")
    known()
    client.post(NEW, typed(words="“The answer.”", link1__kind="responds_to", link1__target=f"/q/{published.pid}"))
    link = Link.objects.get()
    assert (link.kind, link.target) == ("responds_to", published)
    assert "The answer." not in client.get(f"/q/{published.pid}").text
    draft = link.source
    assert f'value="{published.pid}"' in client.get(at(draft)).text
    client.post(at(draft), typed_into(draft))
    assert not Link.objects.exists()


def test_a_draft_that_had_links_and_appearances_can_be_discarded(client, editor):
    published = factories.publish("“An earlier word.”")
    known()
    client.post(NEW, typed(link1__kind="denies", link1__target=published.pid))
    draft = Statement.objects.get(state="draft")
    page = client.post(at(draft, "discard/"), {"seen": draft.touched}, follow=True)
    assert "The draft is discarded" in page.text
    assert not Statement.objects.filter(state="draft").exists()


def test_topics_are_found_by_name_or_slug(client, editor):
    known()
    factories.topic("Peace negotiations")
    client.post(NEW, typed(topics="peace Negotiations, , peace-negotiations"))
    assert [topic.name for topic in Statement.objects.get().topics.all()] == ["Peace negotiations"]


# Suggestions


def test_names_on_record_are_suggested_ten_at_most(client, editor):
    for number in range(12):
        factories.speaker(f"Emma {number}", family=f"Number {number}")
    factories.outlet("Emmaus FM")
    factories.topic("Emigration")
    names = client.get("/desk/suggest/speakers/?q=emma").json()["names"]
    assert len(names) == 10
    assert names[0]["note"].startswith("Person")
    assert client.get("/desk/suggest/outlets/?q=EMM").json()["names"][0]["name"] == "Emmaus FM"
    assert client.get("/desk/suggest/topics/?q=em").json()["names"] == [{"name": "Emigration", "note": ""}]
    assert client.get("/desk/suggest/speakers/?q=").json() == {"names": []}
    assert client.get("/desk/suggest/elsewhere/?q=e").status_code == 404


@pytest.mark.parametrize("address", [f"{NEW}?document=%00", "/desk/suggest/speakers/?q=%00", "/desk/?before=%00"])
def test_a_nul_byte_in_an_address_is_no_server_error(client, editor, address):
    assert client.get(address).status_code == 200
