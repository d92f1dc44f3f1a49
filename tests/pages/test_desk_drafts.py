import pytest

from quotes import record
from quotes.models import Act, Discarded, Statement, Topic
from sources.models import Document
from tests import factories
from tests.desk import NEW, at, known, typed, typed_into

pytestmark = pytest.mark.django_db


def nothing_made():
    return not (Statement.objects.exists() or Document.objects.exists() or Topic.objects.exists())


# Editing


def test_a_draft_comes_back_as_it_was_typed(client, editor):
    known()
    factories.outlet("TF1")
    client.post(
        NEW,
        typed(
            words="“Peace [(in Europe)],” he said […]",
            said_basis="resolved",
            said_phrase="On Saturday",
            stop1__role="spoken_to",
            stop1__name="TF1",
            stop1__date="2022-12-03",
        ),
    )
    draft = Statement.objects.get()
    page = client.get(at(draft)).text
    for value in ("Peace [(in Europe)],” he said […]", 'value="On Saturday"', 'value="TF1"', 'value="2022-12-03"'):
        assert value in page
    before = draft.appearances.get()
    data = typed_into(draft, words="“Peace [(in Europe)],” he said […]", stop1__role="spoken_to", stop1__name="TF1")
    client.post(at(draft), data)
    draft.refresh_from_db()
    after = draft.appearances.get()
    assert after.printed == before.printed
    assert [str(hop) for hop in after.hops.all()] == ["spoken to TF1", "published by Le Monde"]


def test_further_appearances_survive_an_edit(client, editor):
    draft = factories.draft()
    other = factories.appearance("“We must think of security.”", "relayed_by TASS", language="fr")
    record.add_appearance(draft, other, editor=editor)
    client.post(at(draft), typed_into(draft, words="“Another wording.”"))
    draft.refresh_from_db()
    assert draft.text == "Another wording."
    assert [a.language for a in draft.appearances.all()] == ["en", "fr"]
    assert str(draft.appearances.last().hops.first()) == "relayed by TASS"


def test_of_two_editors_saving_one_draft_the_second_is_told_and_loses_nothing(client, editor):
    draft = factories.draft("“As it was.”")
    seen = draft.touched
    client.post(at(draft), typed_into(draft, words="“What the first saved.”"))
    page = client.post(at(draft), typed_into(draft, words="“What the second typed.”", seen=seen, topics="Kept"))
    assert page.status_code == 200  # the unknown topic comes first
    mine = typed_into(draft, words="“What the second typed.”", seen=seen, said_phrase="Kept")
    page = client.post(at(draft), mine)
    assert page.status_code == 409
    for text in ("Somebody else changed this draft", "What the first saved.", "What the second typed.", "Kept"):
        assert text in page.text
    draft.refresh_from_db()
    assert draft.text == "What the first saved."
    assert f'name="seen" value="{draft.touched}"' in page.text
    assert client.post(at(draft), {**mine, "seen": draft.touched}).status_code == 302
    draft.refresh_from_db()
    assert draft.text == "What the second typed."


@pytest.mark.parametrize("seen", ["", "x", "-1", "²", "9" * 30])
def test_a_tampered_counter_counts_as_changed(client, editor, seen):
    draft = factories.draft()
    assert client.post(at(draft), typed_into(draft, seen=seen)).status_code == 409


def test_what_is_published_has_left_the_desk(client, publisher):
    statement = factories.publish()
    for place in ("", "preview/", "discard/"):
        page = client.get(at(statement, place), follow=True)
        assert page.redirect_chain[-1][0] == f"/q/{statement.pid}"
        assert "What is published changes by a correction" in page.text
    data = typed_into(statement, words="“Rewritten.”")
    for place in ("", "publish/", "discard/"):
        assert client.post(at(statement, place), data).headers["Location"] == f"/q/{statement.pid}"
    statement.refresh_from_db()
    assert statement.revisions.count() == 1
    assert "Rewritten" not in statement.text


def test_a_draft_that_changed_since_its_preview_is_shown_again(client, publisher):
    draft = factories.draft()
    page = client.post(at(draft, "publish/"), {"seen": draft.touched + 1})
    assert page.status_code == 409
    assert "This is how it stands now" in page.text
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_discarding_asks_first(client, editor):
    draft = factories.draft()
    assert "It is deleted." in client.get(at(draft, "discard/")).text
    assert client.post(at(draft, "discard/"), {"seen": 99}).status_code == 409
    assert client.post(at(draft, "discard/"), {"seen": draft.touched}).headers["Location"] == "/desk/"
    assert not Statement.objects.exists()


def test_what_was_discarded_can_be_recorded_again(client, editor):
    draft = factories.draft("“We must [(all)] think.”", topics=[factories.topic()])
    page = client.post(at(draft, "discard/"), {"seen": draft.touched}, follow=True)
    again = f"{NEW}?again={Discarded.objects.get().pk}"
    assert f'<a href="{again}">Record it again</a>' in page.text
    form = client.get(again).text
    for value in ("“We must [(all)] think.”", "Security guarantees", draft.said):
        assert value in form
    document = Document.objects.get()
    data = typed_into_new(document, words="“We must [(all)] think.”", topics="Security guarantees")
    client.post(again, data)
    assert Statement.objects.get().text == draft.text
    assert "“We must [(all)] think.”" not in client.get(again).text


def typed_into_new(document, **changes):
    new = {"document__outlet__name": "", "document__published": "", "document__existing": document.pid}
    return typed(**{**new, **changes})


# What is saved while it is typed


def autosaved(client, draft, **changes):
    return client.post(at(draft), {**typed_into(draft, **changes), "act": "autosave"}).json()


def test_a_draft_is_saved_while_it_is_typed(client, editor):
    draft = factories.draft()
    told = autosaved(client, draft, words="“We must think again.”")
    draft.refresh_from_db()
    assert draft.text == "We must think again."
    assert told == {"seen": draft.touched}


def test_it_never_overwrites_what_somebody_else_wrote(client, editor):
    draft = factories.draft()
    told = autosaved(client, draft, words="“Mine.”", seen=str(draft.touched + 1))
    assert "Somebody else" in told["problem"]
    draft.refresh_from_db()
    assert draft.text != "Mine."


@pytest.mark.parametrize(
    "unfinished",
    [
        {"words": ""},
        {"speaker__name": "Jane R", "speaker__kind": "person", "speaker__family": "R"},
        {"topics": "Secur", "add_topics": "on"},
    ],
)
def test_what_is_not_finished_waits_for_its_editor(client, editor, unfinished):
    draft = factories.draft()
    before = draft.touched
    assert autosaved(client, draft, **unfinished) == {}
    draft.refresh_from_db()
    assert draft.touched == before
    assert not Topic.objects.exists()


def test_others_drafts_are_not_saved_for_a_contributor(client):
    draft = factories.draft()
    client.force_login(factories.user("Contributor"))
    answer = client.post(at(draft), {**typed_into(draft), "act": "autosave"})
    assert answer.status_code == 403


# Found again


def again(**changes):
    data = {
        "printed": "“We must think.”",
        "language": "en",
        "document__outlet__name": "Le Monde",
        "document__kind": "article",
        "document__published": "2022-12-05",
    }
    return {name.replace("__", "-"): value for name, value in {**data, **changes}.items()}


def test_a_published_statement_found_again_keeps_its_version(client, publisher):
    statement = factories.publish()
    response = client.post(at(statement, "appearances/new/"), again())
    assert response.headers["Location"] == f"/q/{statement.pid}"
    assert statement.appearances.count() == 2
    assert statement.revisions.count() == 1
    assert Act.objects.filter(verb="add_appearance", statement=statement).exists()
    assert "5 December 2022" in client.get(f"/q/{statement.pid}").text


def test_adding_to_what_is_public_takes_the_right_to_publish(client, editor):
    assert client.get(at(factories.publish(), "appearances/new/")).status_code == 403
    draft = factories.draft()
    response = client.post(at(draft, "appearances/new/"), again())
    assert response.headers["Location"] == at(draft, "preview/")


def test_an_attested_appearance_names_its_carrier_and_has_no_stop_of_the_document(client, publisher):
    statement = factories.publish()
    data = again(attested="on", printed="", language="")
    assert "Who carried it" in client.post(at(statement, "appearances/new/"), data).text
    data |= {"stop1-role": "relayed_by", "stop1-name": "TASS", "stop1-kind": "agency"}
    client.post(at(statement, "appearances/new/"), data)
    appearance = statement.appearances.last()
    assert appearance.attested
    assert [str(hop) for hop in appearance.hops.all()] == ["relayed by TASS"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"printed": ""}, "Copy the words"),
        ({"language": ""}, "Which language is that?"),
        ({"printed": "“once they return.” to it.”"}, "Write here which words are whose"),
        ({"document__published": "2022-12-01"}, "was published 1 December 2022 already"),
    ],
)
def test_a_wrong_appearance_is_refused_and_kept(client, publisher, changes, message):
    statement = factories.publish()
    page = client.post(at(statement, "appearances/new/"), again(note="Kept note", **changes))
    assert message in page.text
    assert "Kept note" in page.text
    assert statement.appearances.count() == 1
