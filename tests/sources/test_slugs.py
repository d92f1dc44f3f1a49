import pytest

from quotes.models import Speaker, Topic
from sources.models import Outlet, SlugRedirect
from sources.slugs import kind_of, look_up, new_slug, resolve, survivor
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Emmanuel Macron", "emmanuel-macron"),
        ("Élysée Palace", "elysee-palace"),
        ("Макрон", "макрон"),
        ("新华社", "新华社"),
        ("!!!", "outlet"),
        ("🎈", "outlet"),
        ("", "outlet"),
        ("a" * 300, "a" * 100),
        ("'; DROP TABLE outlets --", "drop-table-outlets"),
    ],
)
def test_a_slug_is_the_readable_part_of_a_name(name, slug):
    assert new_slug(Outlet, name) == slug


def test_a_slug_that_is_taken_is_numbered():
    factories.outlet("TF1")
    factories.outlet("TF1 2")
    assert new_slug(Outlet, "TF1") == "tf1-3"


def test_a_slug_that_once_led_elsewhere_is_numbered():
    SlugRedirect.objects.create(kind="outlet", slug="tf1", target_id=factories.outlet("LCI").pk)
    assert new_slug(Outlet, "TF1") == "tf1-2"


def test_a_slug_of_another_kind_is_free():
    factories.outlet("TF1")
    assert new_slug(Speaker, "TF1") == "tf1"


def test_long_names_that_begin_alike_get_slugs_that_fit():
    for _ in range(12):
        Outlet.objects.create(name="b", kind="website", slug=new_slug(Outlet, "b" * 500))
    assert max(len(slug) for slug in Outlet.objects.values_list("slug", flat=True)) <= 120


@pytest.mark.parametrize(("model", "kind"), [(Speaker, "speaker"), (Outlet, "outlet"), (Topic, "topic")])
def test_each_kind_keeps_its_own_former_slugs(model, kind):
    assert kind_of(model) == kind


def test_unknown_slugs_are_left_out():
    assert resolve(Outlet, ["nobody", "", "\u202e", "a" * 10_000]) == {}


def test_a_redirect_to_what_is_gone_is_left_out():
    SlugRedirect.objects.create(kind="outlet", slug="gone", target_id=4711)
    assert resolve(Outlet, ["gone"]) == {}


def test_slugs_past_and_present_take_two_queries(django_assert_num_queries):
    outlet = factories.outlet()
    for slug in ("one", "two"):
        SlugRedirect.objects.create(kind="outlet", slug=slug, target_id=outlet.pk)
    with django_assert_num_queries(2):
        assert resolve(Outlet, ["one", "two", "tf1"]) == {"one": outlet, "two": outlet, "tf1": outlet}


def test_slugs_of_all_kinds_past_and_present_are_looked_up_in_one_query(django_assert_num_queries):
    macron, tf1, topic = factories.speaker(), factories.outlet(), factories.topic()
    for kind, slug, thing in [("speaker", "old", macron), ("outlet", "old", tf1), ("outlet", "older", tf1)]:
        SlugRedirect.objects.create(kind=kind, slug=slug, target_id=thing.pk)
    wanted = {Speaker: {"old", "nobody"}, Outlet: {"tf1", "old", "older"}, Topic: {topic.slug, "old"}}
    with django_assert_num_queries(1):
        found = look_up(wanted)
    assert found == {
        Speaker: {"old": macron},
        Outlet: {"tf1": tf1, "old": tf1, "older": tf1},
        Topic: {topic.slug: topic},
    }
    assert [str(thing) for things in found.values() for thing in things.values()][:2] == ["Emmanuel Macron", "TF1"]


def test_a_slug_that_was_given_up_and_taken_anew_leads_to_who_has_it_today():
    first, second = factories.outlet("TF1"), factories.outlet("LCI")
    SlugRedirect.objects.create(kind="outlet", slug="tf1", target_id=second.pk)
    assert look_up({Outlet: {"tf1"}}) == {Outlet: {"tf1": first}}


def test_looking_up_nothing_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert look_up({Speaker: set()}) == {Speaker: {}}


def test_what_was_not_merged_is_its_own_survivor():
    topic = factories.topic()
    assert survivor(topic) is topic
