import pytest

from quotes.drafting import NewOutlet, NewSpeaker
from quotes.forms.chain import StopForm
from quotes.forms.parties import OutletForm, PrincipalForm, SpeakerForm
from quotes.models import Speaker
from tests import factories

pytestmark = pytest.mark.django_db


def speaker_form(**data):
    return SpeakerForm(data)


def test_a_name_on_record_is_enough():
    macron = factories.speaker()
    form = speaker_form(name=" emmanuel  MACRON ")
    assert form.is_valid()
    assert form.party == macron


def test_an_unknown_name_asks_what_it_is():
    form = speaker_form(name="Jane Roe")
    assert not form.is_valid()
    assert form.asks
    assert list(form.errors) == ["kind"]


def test_a_new_person_has_the_parts_of_a_name():
    form = speaker_form(name="Charles de Gaulle", kind="person", given="Charles", particle="de", family="Gaulle")
    assert form.is_valid()
    assert form.party == NewSpeaker("person", "Charles de Gaulle", "Charles", "de", "Gaulle")


def test_others_have_none():
    form = speaker_form(name="Ministry", kind="organisation", family="Left over")
    assert form.is_valid()
    assert form.party == NewSpeaker("organisation", "Ministry")


def test_namesakes_are_offered_and_a_foreign_choice_counts_for_nothing():
    one = factories.speaker("John Smith", slug="one")
    two = Speaker.objects.create(name="John Smith", kind="person", slug="two")
    stranger = factories.speaker("Jane Roe")
    form = speaker_form(name="John Smith", choice=str(stranger.pk))
    assert not form.is_valid()
    assert {key for key, _ in form.options} == {str(one.pk), str(two.pk), "new"}
    chosen = speaker_form(name="John Smith", choice=str(two.pk))
    assert chosen.is_valid()
    assert chosen.party == two


def test_unnamed_sources_are_nobodys_namesakes():
    document = factories.document()
    Speaker.objects.create(name="an official", kind="unnamed", document=document)
    assert not speaker_form(name="an official").is_valid()


def test_nobody_speaks_for_an_unnamed_source():
    assert not PrincipalForm({"name": "an official", "kind": "unnamed"}).is_valid()
    assert PrincipalForm({"name": ""}, required=False).is_valid()


def test_an_outlet_is_found_by_its_domain():
    tf1 = factories.outlet("TF1", domain="tf1.fr")
    form = OutletForm({"name": "TF1.fr"})
    assert form.is_valid()
    assert form.party == tf1


def test_a_stop_is_told_by_a_speaker_and_made_by_an_outlet_otherwise():
    factories.speaker("Wire", kind="organisation")
    told = StopForm({"role": "told_by", "name": "Wire"})
    assert told.is_valid()
    assert isinstance(told.stop().carrier, Speaker)
    relayed = StopForm({"role": "relayed_by", "name": "Wire", "kind": "agency", "date": "2022-12"})
    assert relayed.is_valid()
    assert (relayed.stop().carrier, relayed.stop().date) == (NewOutlet("agency", "Wire"), "2022-12")


def test_an_empty_row_is_no_stop():
    form = StopForm({"role": "", "name": "", "kind": "", "date": ""})
    assert form.is_valid()
    assert form.stop() is None
