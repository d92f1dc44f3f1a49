"""What the database itself refuses of appearances, relay chains and carriage."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from quotes.models import Appearance, Carriage, Hop, Statement
from sources.documents import archive
from tests import factories
from tests.quotes.models.breaking import Attempts, assert_refused, update

pytestmark = pytest.mark.django_db

breaks = Attempts()


def stretch(**fields):
    """Move an appearance with a snapshot to a position."""
    appearance = factories.draft().appearances.get()
    snapshot = archive(appearance.document, "We must think.", timezone.now())
    update(appearance, **({"snapshot": snapshot, "start": 0, "end": 4} | fields))


def chain():
    """Three hops."""
    statement = factories.draft("“Words.”", "spoken_to TF1", "relayed_by TASS", "published_by Le Monde")
    return list(Hop.objects.filter(appearance__statement=statement))


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


@breaks("appearance_is_no_copy_of_itself")
def appearance_copied_from_itself():
    appearance = factories.draft().appearances.get()
    update(appearance, copy_of=appearance)


@breaks("carriage_origin_is_known")
def carriage_of_an_unknown_origin():
    factories.publish()
    update(Carriage.objects.get(), origin="heard")


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


@breaks.each
def test_the_database_refuses(name, attempt):
    assert_refused(name, attempt)


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
    Statement.objects.filter(pk=appearance.statement_id).update(primary_appearance=None)
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
