"""What a document tells beyond a suggestion itself: who else carried it, and what it answers."""

import pytest

from quotes.models import Link
from tests import factories
from tests.review import accepted, at, refreshed, sent, three

pytestmark = pytest.mark.django_db


def test_chains_and_links_that_are_unticked_are_not_kept(client, editor):
    document, (one, two, _) = three()
    chain = [{"role": "relayed_by", "name": "TASS", "kind": "agency"}]
    one.entry |= {"attested": [chain], "between": [{"kind": "responds_to", "candidate": two.pk}]}
    one.save()
    page = client.get(at(document, one)).text
    assert "others carried it: relayed by TASS" in page
    assert "It responds to suggestion 2" in page.replace("\n", " ").replace("          ", "")
    client.post(at(document), sent(one, act="save", **{"attested-0": "on"}))
    assert (refreshed(one).entry["attested"], one.entry["between"]) == ([chain], [])


TASS = {"also1__role": "relayed_by", "also1__name": "TASS", "also1__kind": "agency"}


def test_a_carrier_that_was_missed_is_added_and_attested(client, editor):
    factories.outlet("TF1")
    document, (one, *_) = three()
    road = {"also1__role": "spoken_to", "also1__name": "TF1", "also2__role": "relayed_by", "also2__name": "TASS"}
    accepted(client, document, one, **road, also2__kind="agency")
    (attested,) = refreshed(one).statement.appearances.filter(attested=True)
    assert [str(hop) for hop in attested.hops.all()] == ["spoken to TF1", "relayed by TASS"]


def test_several_missed_roads_are_added_one_after_the_other(client, editor):
    document, (one, *_) = three()
    client.post(at(document), sent(one, act="save", **TASS))
    page = client.get(at(document, one)).text
    assert "others carried it: relayed by TASS" in page
    assert 'name="also1-name" value' not in page
    afp = {"also1__role": "relayed_by", "also1__name": "AFP", "also1__kind": "agency"}
    accepted(client, document, refreshed(one), **afp, **{"attested-0": "on"})
    roads = refreshed(one).statement.appearances.filter(attested=True)
    assert [str(road.hops.get()) for road in roads] == ["relayed by TASS", "relayed by AFP"]


def test_a_missed_carrier_that_is_incomplete_waits_as_typed(client, editor):
    document, (one, *_) = three()
    page = client.post(at(document), sent(one, act="accept", also1__role="relayed_by", also1__name="TASS")).text
    assert "“TASS” is not on record yet: what is it?" in page
    assert refreshed(one).state == "open"
    client.post(at(document), sent(one, act="save", also1__role="relayed_by", also1__name="TASS"))
    assert (refreshed(one).entry["attested"], one.entry["also"]) == ([], [{"role": "relayed_by", "name": "TASS"}])
    assert 'value="TASS"' in client.get(at(document, one)).text


def test_of_several_carriers_of_a_name_a_new_one_can_be_meant(client, editor):
    factories.outlet("Herald", kind="newspaper")
    document, (one, *_) = three()
    herald = {"also1__role": "relayed_by", "also1__name": "Herald", "also1__kind": "agency", "also1__choice": "new"}
    accepted(client, document, one, **herald)
    attested = refreshed(one).statement.appearances.get(attested=True)
    assert attested.hops.get().outlet.kind == "agency"


def test_a_link_that_was_missed_is_added_between_suggestions(client, editor):
    document, (one, two, _) = three()
    tie = {"tie1__kind": "responds_to", "tie1__candidate": one.pk}
    client.post(at(document), sent(two, act="save", **tie))
    assert refreshed(two).entry["between"] == [{"kind": "responds_to", "candidate": one.pk}]
    accepted(client, document, two, **{"between-0": "on"})
    accepted(client, document, one)
    link = Link.objects.get()
    assert (link.source, link.kind, link.target) == (refreshed(two).statement, "responds_to", refreshed(one).statement)


def test_a_link_that_was_missed_leads_to_a_statement_on_record(client, editor):
    known = factories.publish("“We will not.”")
    document, (one, *_) = three()
    accepted(client, document, one, link1__kind="denies", link1__target=known.pid)
    assert Link.objects.get().target == known


@pytest.mark.parametrize(
    ("tie", "message"),
    [
        ({"tie1__kind": "denies"}, "Which suggestion?"),
        ({"tie1__candidate": "{two}"}, "What does this statement do to that one?"),
        ({"tie1__kind": "denies", "tie1__candidate": "99999"}, "Select a valid choice"),
        ({"tie1__kind": "denies", "tie1__candidate": "{one}"}, "Select a valid choice"),
    ],
)
def test_half_a_link_is_refused_in_place_and_kept_as_typed(client, editor, tie, message):
    document, (one, two, _) = three()
    tie = {name: value.format(one=one.pk, two=two.pk) for name, value in tie.items()}
    assert message in client.post(at(document), sent(one, act="accept", **tie)).text
    client.post(at(document), sent(one, act="save", **tie))
    assert (refreshed(one).state, one.entry["between"]) == ("open", [])
    assert one.entry["ties"] == [{name.removeprefix("tie1__"): value for name, value in tie.items()}]


def test_what_is_unticked_stays_so_where_the_form_comes_back(client, editor):
    document, (one, *_) = three()
    one.entry |= {"attested": [[{"role": "relayed_by", "name": "TASS", "kind": "agency"}]]}
    one.save()
    page = client.post(at(document), sent(one, act="accept", words="")).text
    assert 'name="attested-0">' in " ".join(page.split()).replace(" >", ">")
