import pytest

from quotes import record
from quotes.models import Act, Speaker, Topic
from sources.models import Outlet
from sources.slugs import new_slug, resolve
from tests import factories

pytestmark = pytest.mark.django_db

THINGS = pytest.mark.parametrize("make", [factories.speaker, factories.outlet, factories.topic])


@pytest.fixture
def editor():
    return factories.publisher()


@THINGS
def test_a_former_slug_leads_to_the_renamed(make, editor):
    thing = make("Old Name")
    record.rename(thing, name="New Name", slug="new-name", editor=editor)
    assert resolve(type(thing), ["old-name"]) == {"old-name": thing}
    assert resolve(type(thing), ["new-name"]) == {"new-name": thing}


@THINGS
def test_every_slug_it_ever_had_leads_to_it(make, editor):
    thing = make("First")
    for slug in ("second", "third"):
        record.rename(thing, slug=slug, editor=editor)
    assert resolve(type(thing), ["first", "second", "third"]) == dict.fromkeys(["first", "second", "third"], thing)


def test_a_speaker_can_be_given_its_former_slug_back(editor):
    speaker = factories.speaker("First")
    for slug in ("second", "first"):
        record.rename(speaker, slug=slug, editor=editor)
    assert speaker.slug == "first"
    assert resolve(Speaker, ["first", "second"]) == {"first": speaker, "second": speaker}


def test_a_slug_of_another_is_refused(editor):
    factories.speaker("Vladimir Putin")
    with pytest.raises(record.SlugTaken) as refused:
        record.rename(factories.speaker(), slug="vladimir-putin", editor=editor)
    assert refused.value.field == "slug"


def test_a_former_slug_of_another_is_refused(editor):
    record.rename(factories.speaker("First"), slug="second", editor=editor)
    with pytest.raises(record.SlugTaken):
        record.rename(factories.speaker("Other"), slug="first", editor=editor)


def test_a_refused_slug_leaves_everything_as_it_was(editor):
    factories.speaker("Vladimir Putin")
    speaker = factories.speaker("Emmanuel Macron")
    with pytest.raises(record.SlugTaken):
        record.rename(speaker, name="Other", slug="vladimir-putin", editor=editor)
    speaker.refresh_from_db()
    assert (speaker.name, speaker.slug) == ("Emmanuel Macron", "emmanuel-macron")
    assert not Act.objects.exists()


def test_an_outlets_slug_may_be_a_speakers(editor):
    factories.speaker("Kremlin")
    outlet = factories.outlet("Press office")
    record.rename(outlet, slug="kremlin", editor=editor)
    assert Outlet.objects.get(slug="kremlin") == outlet


def test_a_new_name_alone_keeps_the_slug(editor):
    topic = factories.topic("Security")
    record.rename(topic, name="Safety", editor=editor)
    assert Topic.objects.get(slug="security").name == "Safety"


def test_old_versions_keep_the_old_name(editor):
    statement = factories.publish()
    before = factories.revision(statement).body
    record.rename(statement.speaker, name="President Macron", slug="president-macron", editor=editor)
    assert [revision.body for revision in statement.revisions.all()] == [before]


def test_a_rename_is_in_the_audit_trail(editor):
    speaker = factories.speaker("First")
    record.rename(speaker, name="Second", slug="second", editor=editor)
    act = Act.objects.get()
    assert (act.verb, act.actor) == (Act.Verb.RENAME, editor)
    assert act.detail == {"kind": "speaker", "id": speaker.pk, "from": ["First", "first"], "to": ["Second", "second"]}


def test_a_former_slug_is_not_given_to_a_new_speaker(editor):
    record.rename(factories.speaker("First"), slug="second", editor=editor)
    assert new_slug(Speaker, "First") == "first-2"
