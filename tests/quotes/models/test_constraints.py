"""Each constraint of the models has one test that tries to break it; a constraint without one fails the last test."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from quotes.models import Alias, Appearance, Carriage, Hop, Link, Merge, MovedRow, Revision, Role, Speaker, Topic
from quotes.models import Statement as StatementModel
from sources.documents import archive
from sources.models import Document, Outlet, SlugRedirect
from tests import factories

pytestmark = pytest.mark.django_db

BREAKS: dict[str, list[Callable[[], None]]] = {}
DAY, NEXT_DAY = dt.date(2022, 12, 3), dt.date(2022, 12, 4)


def breaks(name):
    def register(attempt):
        BREAKS.setdefault(name, []).append(attempt)
        return attempt

    return register


def update(thing, **fields):
    type(thing)._default_manager.filter(pk=thing.pk).update(**fields)


def stretch(**fields):
    """Move an appearance with a snapshot to a position."""
    appearance = factories.draft().appearances.get()
    snapshot = archive(appearance.document, "We must think.", timezone.now())
    update(appearance, **({"snapshot": snapshot, "start": 0, "end": 4} | fields))


def chain():
    """Three hops."""
    statement = factories.draft("“Words.”", "spoken_to TF1", "relayed_by TASS", "published_by Le Monde")
    return list(Hop.objects.filter(appearance__statement=statement))


def merge_row(**fields):
    return Merge.objects.create(
        **({"kind": "speaker", "loser_id": 1, "survivor_id": 2, "at": timezone.now()} | fields),
        actor=factories.editor(),
        reason="One and the same",
    )


@breaks("slug_redirect_leads_to_one_place")
def two_redirects_from_one_slug():
    SlugRedirect.objects.create(kind="speaker", slug="macron", target_id=1)
    SlugRedirect.objects.create(kind="speaker", slug="macron", target_id=2)


@breaks("outlet_domain_is_its_own")
def two_outlets_with_one_domain():
    factories.outlet("TF1", domain="tf1.fr")
    factories.outlet("LCI", domain="tf1.fr")


@breaks("outlet_is_not_merged_into_itself")
def outlet_into_itself():
    outlet = factories.outlet()
    update(outlet, merged_into=outlet)


@breaks("document_url_is_its_own")
def two_documents_with_one_address():
    factories.document(url="https://example.org/a")
    factories.document(url="https://example.org/a")


@breaks("published_interval_is_ordered")
def published_backwards():
    update(factories.document(), published_min=NEXT_DAY, published_max=DAY)


@breaks("snapshot_text_is_kept_once")
def one_text_archived_twice():
    snapshot = archive(factories.document(), "The text.", timezone.now())
    snapshot.pk = None
    snapshot.save(force_insert=True)


@breaks("unnamed_source_belongs_to_its_document_alone")
def unnamed_source_without_document():
    Speaker.objects.create(kind="unnamed", name="A senior official")


@breaks("unnamed_source_belongs_to_its_document_alone")
def unnamed_source_with_a_page():
    Speaker.objects.create(kind="unnamed", name="A senior official", slug="official", document=factories.document())


@breaks("unnamed_source_belongs_to_its_document_alone")
def named_speaker_of_one_document():
    Speaker.objects.create(kind="person", name="Macron", slug="macron", document=factories.document())


@breaks("unnamed_source_belongs_to_its_document_alone")
def named_speaker_without_a_page():
    Speaker.objects.create(kind="person", name="Macron")


@breaks("unnamed_source_belongs_to_its_document_alone")
def unnamed_source_merged_away():
    unnamed = Speaker.objects.create(kind="unnamed", name="A senior official", document=factories.document())
    update(unnamed, merged_into=factories.speaker())


@breaks("only_people_have_name_parts")
def ministry_with_a_family_name():
    Speaker.objects.create(kind="organisation", name="Ministry", slug="ministry", family="Ministry")


@breaks("speaker_is_not_merged_into_itself")
def speaker_into_itself():
    speaker = factories.speaker()
    update(speaker, merged_into=speaker)


@breaks("alias_is_unique_per_language")
def one_alias_twice():
    speaker = factories.speaker()
    for _ in range(2):
        Alias.objects.create(speaker=speaker, name="Макрон", language="ru")


@breaks("role_interval_is_ordered")
def role_backwards():
    Role.objects.create(speaker=factories.speaker(), label="President", held="x", held_min=NEXT_DAY, held_max=DAY)


@breaks("topic_is_not_its_own_parent")
def topic_below_itself():
    topic = factories.topic()
    update(topic, parent=topic)


@breaks("said_interval_is_ordered")
def said_backwards():
    update(factories.draft(), said_min=NEXT_DAY, said_max=DAY)


@breaks("said_before_it_was_published")
def said_after_it_was_published():
    update(factories.draft(), said_min=None, said_max=NEXT_DAY, published_min=None, published_max=DAY)


@breaks("statement_mode_is_a_speech_mode")
def shouted():
    update(factories.draft(), mode="shouted")


@breaks("merged_statement_names_its_survivor")
def merged_into_nothing():
    update(factories.publish(), state="merged")


@breaks("merged_statement_names_its_survivor")
def survivor_of_a_statement_that_is_not_merged():
    update(factories.publish(), merged_into=factories.publish())


@breaks("statement_is_not_merged_into_itself")
def statement_into_itself():
    statement = factories.publish()
    update(statement, state="merged", merged_into=statement)


@breaks("published_statement_has_its_time")
def published_at_no_time():
    update(factories.draft(), state="published")


@breaks("only_translations_have_a_translator")
def translator_of_no_translation():
    update(factories.draft(), is_translation=False, translator="A. Nonymous")


@breaks("only_translations_have_a_translator")
def original_of_no_translation():
    update(factories.draft(), is_translation=False, translated_from="fr")


@breaks("statement_is_not_linked_to_itself")
def linked_to_itself():
    statement = factories.draft()
    Link.objects.create(source=statement, target=statement, kind="repeats")


@breaks("link_is_made_once")
def linked_twice():
    source, target = factories.draft(), factories.draft()
    for _ in range(2):
        Link.objects.create(source=source, target=target, kind="repeats")


@breaks("position_is_in_a_snapshot_and_ordered")
def position_backwards():
    stretch(start=4, end=0)


@breaks("position_is_in_a_snapshot_and_ordered")
def position_of_no_length():
    stretch(start=4, end=4)


@breaks("position_is_in_a_snapshot_and_ordered")
def position_in_no_snapshot():
    stretch(snapshot=None)


@breaks("position_is_in_a_snapshot_and_ordered")
def position_without_an_end():
    stretch(end=None)


@breaks("position_is_in_a_snapshot_and_ordered")
def position_without_a_start():
    stretch(start=None)


@breaks("appearance_mode_is_a_speech_mode")
def appearance_in_an_unknown_mode():
    update(factories.draft().appearances.get(), mode="sung")


@breaks("statement_state_is_known")
def statement_in_an_unknown_state():
    update(factories.publish(), state="lost")


@breaks("hop_role_is_known")
def hop_in_an_unknown_role():
    update(chain()[2], role="dreamt_by")


@breaks("media_position_is_ordered")
def media_backwards():
    update(factories.draft().appearances.get(), media_start=5.0, media_end=4.0)


@breaks("found_wording_is_kept")
def found_without_its_wording():
    update(factories.draft().appearances.get(), printed="")


@breaks("hop_has_exactly_one_of_outlet_and_speaker")
def hop_of_nobody():
    update(chain()[2], outlet=None)


@breaks("hop_has_exactly_one_of_outlet_and_speaker")
def hop_of_two():
    update(chain()[2], speaker=factories.speaker())


@breaks("hop_is_told_by_a_speaker_or_carried_by_an_outlet")
def hop_told_by_an_outlet():
    update(chain()[2], role="told_by")


@breaks("hop_is_told_by_a_speaker_or_carried_by_an_outlet")
def hop_relayed_by_a_speaker():
    update(chain()[2], outlet=None, speaker=factories.speaker())


@breaks("hop_positions_are_unique")
def hop_with_a_wrong_key():
    update(chain()[2], position=2)


@breaks("hop_positions_are_unique")
def hop_of_another_appearance():
    hops, other = chain(), factories.draft().appearances.get()
    update(hops[2], appearance=other)


@breaks("hop_positions_are_unique")
def hop_past_the_last_position():
    appearance = factories.draft().appearances.get()
    Hop.at(appearance, 32, role="spoken_to", outlet=factories.outlet()).save(force_insert=True)


@breaks("hop_positions_are_gapless")
def hop_after_the_wrong_one():
    hops = chain()
    update(hops[2], previous=chain()[0])


@breaks("hop_positions_are_gapless")
def first_hop_after_another():
    hops = chain()
    update(hops[0], previous=chain()[2])


@breaks("hop_positions_are_gapless")
def later_hop_after_none():
    update(chain()[2], previous=None)


@breaks("carriage_is_derived_once")
def carriage_twice():
    carriage = Carriage.objects.filter(statement=factories.publish()).get()
    carriage.pk = None
    carriage.save(force_insert=True)


@breaks("carriage_is_by_an_outlet")
def carriage_told_by():
    update(Carriage.objects.filter(statement=factories.publish()).get(), role="told_by")


@breaks("revision_number_is_unique")
def version_one_twice():
    first = factories.revision(factories.publish())
    Revision.objects.create(
        statement=first.statement, number=1, body="{}", sha256="", recorded_at=first.recorded_at, actor=first.actor
    )


@breaks("revision_numbers_start_at_one")
def version_zero():
    first = factories.revision(factories.publish())
    Revision.objects.create(
        statement=first.statement, number=0, body="{}", sha256="", recorded_at=first.recorded_at, actor=first.actor
    )


@breaks("nothing_is_merged_into_itself")
def merge_into_itself():
    merge_row(survivor_id=1)


@breaks("merged_away_only_once")
def merged_away_twice():
    merge_row(survivor_id=2)
    merge_row(survivor_id=3)


@breaks("row_is_moved_once")
def one_row_moved_twice():
    act = merge_row()
    for _ in range(2):
        MovedRow.objects.create(merge=act, table="quotes_statement", row_id=1, field="speaker_id")


def declared():
    """The names of all constraints, with what SQLite calls a broken UNIQUE instead of its name."""
    models = [*apps.get_app_config("quotes").get_models(), *apps.get_app_config("sources").get_models()]
    for model in models:
        for constraint in model._meta.constraints:
            columns = [model._meta.get_field(name).column for name in getattr(constraint, "fields", ())]
            yield constraint.name, ", ".join(f"{model._meta.db_table}.{column}" for column in columns)


CONSTRAINTS = dict(declared())
ATTEMPTS = [(name, attempt) for name, attempts in BREAKS.items() for attempt in attempts]


@pytest.mark.parametrize(("name", "attempt"), ATTEMPTS, ids=[attempt.__name__ for _, attempt in ATTEMPTS])
def test_the_database_refuses(name, attempt):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        attempt()
    on_sqlite = connection.vendor == "sqlite" and CONSTRAINTS[name]
    assert (CONSTRAINTS[name] if on_sqlite else name) in str(refused.value)


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_every_constraint_has_an_attempt_to_break_it(name):
    assert name in BREAKS


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_the_database_has_every_constraint_of_the_models(name):
    models = [*apps.get_app_config("quotes").get_models(), *apps.get_app_config("sources").get_models()]
    with connection.cursor() as cursor:
        there = {name for m in models for name in connection.introspection.get_constraints(cursor, m._meta.db_table)}
    assert name in there


def written_and_checked(act):
    """Do something in a transaction and check foreign keys as its end would."""
    with transaction.atomic():
        act()
        connection.check_constraints()


def test_a_hop_in_the_middle_of_a_chain_cannot_be_deleted():
    middle = Hop.objects.filter(pk=chain()[1].pk)
    with pytest.raises(IntegrityError):
        written_and_checked(middle.delete)


def test_the_last_hop_of_a_chain_can_be_deleted():
    hops = chain()
    Hop.objects.filter(pk=hops[2].pk).delete()
    connection.check_constraints()


def test_a_chain_is_deleted_with_its_appearance():
    hops = chain()
    appearance = hops[0].appearance
    StatementModel.objects.filter(pk=appearance.statement_id).update(primary_appearance=None)
    Appearance.objects.get(pk=appearance.pk).delete()
    connection.check_constraints()
    assert not Hop.objects.filter(appearance=appearance.pk).exists()


def test_two_hops_at_one_position_are_refused():
    hop = chain()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Hop.at(hop.appearance, 1, role="spoken_to", outlet=factories.outlet()).save(force_insert=True)


def test_positions_count_from_one():
    appearance = factories.draft().appearances.get()
    hop = Hop(id=appearance.pk * 32, appearance=appearance, position=0, role="spoken_to", outlet=factories.outlet())
    with pytest.raises(IntegrityError, match="hop_positions_are"), transaction.atomic():
        hop.save(force_insert=True)


def test_a_hop_that_follows_a_missing_one_is_refused():
    appearance = chain()[0].appearance
    hop = Hop.at(appearance, 5, role="published_by", outlet=factories.outlet())
    with pytest.raises(IntegrityError):
        written_and_checked(lambda: hop.save(force_insert=True))


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (factories.draft, "pid"),
        (factories.document, "pid"),
        (factories.speaker, "slug"),
        (factories.outlet, "slug"),
        (factories.topic, "slug"),
    ],
    ids=["statement", "document", "speaker", "outlet", "topic"],
)
def test_no_two_have_one_address(make, field):
    first = make()
    second = make("“Other words.”") if make is factories.draft else make("Another")
    with pytest.raises(IntegrityError), transaction.atomic():
        update(second, **{field: getattr(first, field)})


def test_outlets_without_a_domain_are_many():
    assert {factories.outlet("A").domain, factories.outlet("B").domain} == {""}


def test_documents_without_an_address_are_many():
    assert [factories.document().url, factories.document().url] == ["", ""]
    assert Document.objects.filter(url="").count() == 2


def test_one_slug_may_have_led_to_a_speaker_and_to_an_outlet():
    SlugRedirect.objects.create(kind="speaker", slug="tass", target_id=1)
    SlugRedirect.objects.create(kind="outlet", slug="tass", target_id=1)
    assert not Outlet.objects.filter(slug="tass").exists()


def test_a_topic_with_topics_below_it_is_not_deleted():
    root = factories.topic("Security")
    factories.topic("Guarantees", parent=root)
    with pytest.raises(IntegrityError):
        Topic.objects.get(pk=root.pk).delete()
