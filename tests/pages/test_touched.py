"""Whatever changes what a statement's page shows makes every copy of that page old."""

import datetime as dt
from contextlib import contextmanager

import pytest

from quotes import record
from quotes.models import Role, Statement
from quotes.notation import parse
from quotes.record import AppearanceSpec, Changes
from sources.documents import archive
from sources.models import Outlet
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.publisher()


@pytest.fixture
def pair(editor):
    """A statement, and one of somebody else's whose page shows it."""
    statement = factories.publish("“We must think about security.”", editor=editor)
    other = factories.publish("“We need not.”", "spoken_to BBC", by="Olaf Scholz", editor=editor)
    record.link(other, statement, "denies", editor=editor)
    return statement, other


def again(client, address, tag):
    return client.get(address, headers={"If-None-Match": tag})


def pages_of(statements):
    return [page for one in statements for page in (one.get_absolute_url(), one.version_url(1))]


@contextmanager
def renewed(client, *statements):
    """What is done inside makes the copies of these pages old, and leaves a bystander's good."""
    bystander = factories.publish("“Nothing to do with it.”", "spoken_to CNN", by="Jane Roe").get_absolute_url()
    tags = {page: client.get(page)["ETag"] for page in [bystander, *pages_of(statements)]}
    assert all(again(client, page, tag).status_code == 304 for page, tag in tags.items())
    yield
    kept = tags.pop(bystander)
    for page, tag in tags.items():
        assert again(client, page, tag).status_code == 200, page
    assert again(client, bystander, kept).status_code == 304


def correct(statement, editor):
    record.correct(statement, Changes(spans=parse("“Other words.”")), editor=editor, reason="A slip")


def retract(statement, editor):
    record.retract(statement, editor=editor, reason="Doubts")


def remove(statement, editor):
    record.remove(statement, editor=editor, reason_code="law", reason="An order")


def rename_the_speaker(statement, editor):
    record.rename(statement.speaker, name="President Macron", editor=editor)


def merge_the_speaker_away(statement, editor):
    record.merge(statement.speaker, factories.speaker("Emmanuel J. Macron"), editor=editor, reason="One man")


def merge_it_away(statement, editor):
    record.merge(
        statement, factories.publish("“Security!”", by=statement.speaker), editor=editor, reason="One utterance"
    )


ACTS = [correct, retract, remove, rename_the_speaker, merge_the_speaker_away, merge_it_away]


@pytest.mark.parametrize("act", ACTS)
def test_what_is_done_to_a_statement_shows_on_the_page_it_is_linked_from(client, pair, editor, act):
    statement, other = pair
    before = client.get(other.get_absolute_url()).text
    with renewed(client, other):
        act(statement, editor)
    assert client.get(other.get_absolute_url()).text != before


@pytest.mark.parametrize("act", ACTS)
def test_what_is_done_to_a_statement_shows_on_the_page_it_links_to(client, pair, editor, act):
    statement, other = pair
    with renewed(client, statement):
        act(other, editor)


@pytest.mark.parametrize("act", [correct, retract, rename_the_speaker, merge_the_speaker_away])
def test_what_is_done_to_a_statement_shows_on_its_own_page(client, pair, editor, act):
    with renewed(client, pair[0]):
        act(pair[0], editor)


def test_a_restored_statement_shows_again_where_it_is_linked(client, pair, editor):
    statement, other = pair
    retract(statement, editor)
    with renewed(client, *pair):
        record.restore(statement, editor=editor, reason="No doubt")
    assert "think about security" in client.get(other.get_absolute_url()).text


def test_a_published_draft_shows_where_it_is_linked(client, pair, editor):
    draft = factories.draft("“I answer that.”", by="Ann Abel")
    record.link(draft, pair[0], "responds_to", editor=editor)
    with renewed(client, pair[0]):
        record.publish(draft, editor=editor)
    assert "I answer that." in client.get(pair[0].get_absolute_url()).text


def test_a_link_and_its_end_show_on_both_pages(client, pair, editor):
    with renewed(client, *pair):
        made = record.link(*pair, "contradicts", editor=editor)
    with renewed(client, *pair):
        record.unlink(made, editor=editor)


def test_a_merge_and_its_undoing_show_on_the_pages_linked_to_either(client, pair, editor):
    statement, other = pair
    survivor = factories.publish("“Security!”", editor=editor)
    third = factories.publish("“Hear, hear.”", by="Ann Abel", editor=editor)
    record.link(third, survivor, "confirms", editor=editor)
    with renewed(client, other, survivor, third):
        act = record.merge(statement, survivor, editor=editor, reason="One utterance")
    assert survivor.pid in client.get(other.get_absolute_url()).text
    with renewed(client, other, survivor, third):
        record.undo_merge(act, editor=editor)
    assert statement.pid in client.get(other.get_absolute_url()).text


def test_undoing_a_merge_of_speakers_shows_on_the_pages_that_name_them(client, pair, editor):
    statement, other = pair
    act = record.merge(statement.speaker, factories.speaker("E. Macron"), editor=editor, reason="One man")
    with renewed(client, statement, other):
        record.undo_merge(act, editor=editor)
    assert "Emmanuel Macron" in client.get(other.get_absolute_url()).text


@pytest.mark.parametrize("act", [rename_the_speaker, merge_the_speaker_away])
def test_who_tells_of_it_goes_by_the_present_name(client, editor, act):
    teller = factories.publish("“I say.”")
    told = factories.publish("“He told me.”", "told_by Emmanuel Macron", by="Vladimir Putin")
    with renewed(client, told):
        act(teller, editor)


def test_outlets_go_by_their_present_names(client, editor):
    carried = factories.publish("“Carried.”", "spoken_to TF 1")
    printed = factories.publish("“Printed.”", "spoken_to BBC", document=factories.document("TF 1"))
    outlet = Outlet.objects.get(name="TF 1")
    with renewed(client, carried, printed):
        record.rename(outlet, name="Télévision française 1", editor=editor)
    with renewed(client, carried, printed):
        act = record.merge(outlet, factories.outlet("TF1"), editor=editor, reason="One channel")
    assert "Télévision" not in client.get(carried.get_absolute_url()).text
    with renewed(client, carried, printed):
        record.undo_merge(act, editor=editor)
    assert "Télévision" in client.get(carried.get_absolute_url()).text


def test_topics_go_by_their_present_names(client, editor):
    filed = factories.publish(topics=[factories.topic("Securty")])
    with renewed(client, filed):
        record.rename(factories.topic("Securty"), name="Security", slug="security", editor=editor)
    assert "/topics/security/" in client.get(filed.get_absolute_url()).text


def test_names_changed_by_housekeeping_show_too(client, pair):
    keeper = factories.publisher()
    keeper.is_staff = True
    keeper.save()
    statement, other = pair
    housekeeper = type(client)()
    housekeeper.force_login(keeper)
    empty = {f"{prefix}-{total}_FORMS": "0" for prefix in ("aliases", "roles") for total in ("TOTAL", "INITIAL")}
    named = {"name": "President Macron", "slug": "macron", "kind": "person", "given": "Emmanuel", "family": "Macron"}
    with renewed(client, statement, other):
        housekeeper.post(f"/admin/quotes/speaker/{statement.speaker_id}/change/", {**named, **empty})
    assert "President Macron" in client.get(other.get_absolute_url()).text


def test_a_further_appearance_shows(client, pair, editor):
    with renewed(client, pair[0]):
        record.add_appearance(pair[0], factories.appearance("The same.", "relayed_by TASS"), editor=editor)


def test_other_topics_show(client, pair, editor):
    with renewed(client, pair[0]):
        record.file_under(pair[0], [factories.topic()], editor=editor)


def test_a_removal_shows_on_the_pages_from_the_same_document(client, editor):
    text = "He said “The wording that must go.” She said “I stay.” The end."
    document = factories.document(title="“The wording that must go”, he says")
    snapshot = archive(document, text, dt.datetime(2022, 12, 5, tzinfo=dt.UTC))

    def stand(words, **fields):
        start = text.index(words)
        place = {"snapshot": snapshot, "start": start, "end": start + len(words)}
        return factories.publish(words, appearances=[AppearanceSpec(document, (), parse(words), words, **place)])

    gone, neighbour = stand("“The wording that must go.”"), stand("“I stay.”")
    named = factories.publish(
        "“From elsewhere.”",
        appearances=[
            AppearanceSpec(
                factories.document(),
                [record.HopSpec("published_by", outlet=document.outlet, document=document)],
                parse("“Yes.”"),
                "“Yes.”",
            )
        ],
    )
    with renewed(client, neighbour, named):
        remove(gone, editor)
    assert "█" in client.get(neighbour.get_absolute_url()).text


def test_offices_and_the_tree_of_topics_show_on_no_statements_page(client, editor):
    """Else whoever changes them would have to make the pages new."""
    topic = factories.topic("Missiles")
    statement = factories.publish(topics=[topic])
    office = Role.objects.create(
        speaker=statement.speaker, label="President", held="2017-05-14/..", held_min=dt.date.min
    )
    before = client.get(statement.get_absolute_url()).text
    office.label = "Sovereign"
    office.save()
    record.move_topic(topic, record.add_topic("Arms"))
    assert client.get(statement.get_absolute_url()).text == before


def test_a_draft_at_the_other_end_is_not_disturbed(pair, editor):
    """Its counter tells whether another editor has overtaken the one at work on it."""
    draft = factories.draft("“I answer that.”", by="Ann Abel")
    record.link(draft, pair[0], "responds_to", editor=editor)
    draft.refresh_from_db()
    seen = draft.touched
    correct(pair[0], editor)
    assert Statement.objects.get(pk=draft.pk).touched == seen


@pytest.mark.parametrize("statements", [1, 25])
def test_a_rename_takes_as_many_queries_however_many_pages_it_shows_on(
    statements, editor, django_assert_max_num_queries
):
    for number in range(statements):
        factories.publish(f"“Words {number}.”", editor=editor)
    speaker = factories.speaker()
    with django_assert_max_num_queries(30):
        record.rename(speaker, name="President Macron", slug="president", editor=editor)
