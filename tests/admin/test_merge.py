import pytest
from django.contrib.auth.models import Permission

from quotes import record
from quotes.models import Act, Merge, Speaker, Topic
from sources.models import Outlet
from tests import factories
from tests.quotes.record.at_once import one_then_other

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client):
    account = factories.publisher()
    account.is_staff = True
    account.save()
    client.force_login(account)
    return account


def merge_page(client, kind, *parties, **more):
    data = {"action": "merge_selected", "_selected_action": [party.pk for party in parties], **more}
    return client.post(f"/admin/{kind}/", data, follow=True)


def merged(client, kind, survivor, *losers, reason="They are one"):
    return merge_page(client, kind, survivor, *losers, chosen="yes", survivor=survivor.pk, reason=reason)


def change(client, thing, **fields):
    """Save a thing's admin form with some fields changed."""
    app = thing._meta.app_label
    address = f"/admin/{app}/{thing._meta.model_name}/{thing.pk}/change/"
    form = client.get(address).context["adminform"].form
    data = {name: value if value is not None else "" for name, value in form.initial.items() if name in form.fields}
    data["members"] = []
    for prefix in ("aliases", "roles"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return client.post(address, {**data, **fields}, follow=True)


def add(client, model, **fields):
    app = model._meta.app_label
    data = {}
    for prefix in ("aliases", "roles"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return client.post(f"/admin/{app}/{model._meta.model_name}/add/", {**data, **fields}, follow=True)


# Merging and undoing


def test_speakers_are_merged_into_the_chosen_one(client, keeper):
    statement = factories.publish(by="Vladimir Poutine")
    loser, survivor = statement.speaker, factories.speaker("Vladimir Putin")
    page = merge_page(client, "quotes/speaker", loser, survivor)
    assert "Which one stays?" in page.text
    assert "Person, vladimir-poutine" in page.text
    page = merged(client, "quotes/speaker", survivor, loser, reason="One man, two spellings")
    assert "Vladimir Poutine is merged into Vladimir Putin." in page.text
    statement.refresh_from_db()
    assert statement.speaker == survivor
    act = Merge.objects.get()
    assert (act.reason, act.actor) == ("One man, two spellings", keeper)


def test_outlets_are_merged_too_and_the_merge_is_undone(client, keeper):
    statement = factories.publish("“Words.”", "spoken_to TF 1")
    loser, survivor = Outlet.objects.get(name="TF 1"), factories.outlet("TF1")
    merged(client, "sources/outlet", survivor, loser)
    assert statement.carriages.filter(outlet=survivor).exists()
    act = Merge.objects.get()
    data = {"action": "undo", "_selected_action": [act.pk]}
    page = client.post("/admin/quotes/merge/", data, follow=True)
    assert "undone, 1 moved back." in page.text
    assert statement.carriages.filter(outlet=loser).exists()
    assert "undone already" in client.post("/admin/quotes/merge/", data, follow=True).text


def test_undoing_reports_what_has_moved_on_since(client, keeper):
    statement = factories.draft(by="Vladimir Poutine")
    loser, survivor = statement.speaker, factories.speaker("Vladimir Putin")
    merged(client, "quotes/speaker", survivor, loser)
    statement.speaker = factories.speaker("Somebody else")
    statement.save()
    data = {"action": "undo", "_selected_action": [Merge.objects.get().pk]}
    page = client.post("/admin/quotes/merge/", data, follow=True)
    assert f"quotes_statement.speaker_id of {statement.pk}" in page.text


def test_several_merges_are_undone_newest_first(client, keeper):
    one, two, three = (factories.speaker(name) for name in ("A One", "A Two", "A Three"))
    merged(client, "quotes/speaker", two, one)
    merged(client, "quotes/speaker", three, two)
    keys = list(Merge.objects.values_list("pk", flat=True))
    client.post("/admin/quotes/merge/", {"action": "undo", "_selected_action": keys})
    assert not Merge.objects.filter(undone_at=None).exists()


def test_a_merge_takes_two_a_reason_and_a_survivor(client, keeper):
    one, two = factories.speaker("A One"), factories.speaker("A Two")
    assert "Select two or more" in merge_page(client, "quotes/speaker", one).text
    page = merge_page(client, "quotes/speaker", one, two, chosen="yes", reason="")
    assert "Say why they are one" in page.text
    assert "This field is required" in page.text
    stranger = factories.speaker("A Three")
    page = merge_page(client, "quotes/speaker", one, two, chosen="yes", survivor=stranger.pk, reason="x")
    assert "Select a valid choice" in page.text
    assert not Merge.objects.exists()


def test_what_cannot_be_merged_is_told(client, keeper):
    one, two, three = (factories.speaker(name) for name in ("A One", "A Two", "A Three"))
    record.merge(one, two, editor=keeper, reason="x")
    assert "merged into A Two already" in merged(client, "quotes/speaker", three, one).text


def test_merging_and_undoing_take_the_rights(client):
    account = factories.user(is_staff=True)
    account.user_permissions.add(*Permission.objects.filter(codename__in=["view_speaker", "view_merge"]))
    client.force_login(account)
    one, two = factories.speaker("A One"), factories.speaker("A Two")
    merged(client, "quotes/speaker", two, one)
    assert not Merge.objects.exists()
    act = record.merge(one, two, editor=account, reason="x")
    client.post("/admin/quotes/merge/", {"action": "undo", "_selected_action": [act.pk]})
    act.refresh_from_db()
    assert act.undone_at is None


def test_a_merge_is_not_rewritten(client, keeper):
    act = record.merge(factories.speaker("A One"), factories.speaker("A Two"), editor=keeper, reason="x")
    assert client.get("/admin/quotes/merge/add/").status_code == 403
    assert client.post(f"/admin/quotes/merge/{act.pk}/change/", {"reason": "y"}).status_code == 403
    assert client.post(f"/admin/quotes/merge/{act.pk}/delete/", {"post": "yes"}).status_code == 403


# Names


def test_a_renamed_speaker_is_found_under_the_old_address(client, keeper):
    speaker = factories.publish(by="Emanuel Macron").speaker
    change(client, speaker, name="Emmanuel Macron", slug="emmanuel-macron", wikidata="Q3052772")
    speaker.refresh_from_db()
    assert (speaker.name, speaker.slug, speaker.wikidata) == ("Emmanuel Macron", "emmanuel-macron", "Q3052772")
    assert client.get("/speakers/emanuel-macron/").headers["Location"].startswith("/speakers/emmanuel-macron/")
    assert Act.objects.get(verb="rename").actor == keeper


@pytest.mark.parametrize("make", [factories.speaker, factories.outlet, factories.topic])
def test_a_slug_that_led_elsewhere_is_refused(client, keeper, make):
    moved, other = make("First Name"), make("Second Name")
    record.rename(moved, editor=keeper, slug="moved-away")
    assert "already. Choose another slug" in change(client, other, slug="first-name").text
    assert "already exists" in change(client, other, slug="moved-away").text
    assert client.get(f"/admin/{other._meta.app_label}/{other._meta.model_name}/").status_code == 200


def test_an_empty_slug_is_made_from_the_name(client, keeper):
    factories.speaker("Jane Roe")
    add(client, Speaker, name="Jane Roe", kind="person", family="Roe")
    add(client, Outlet, name="Le Grand Écho", kind="newspaper", identified="on")
    assert set(Speaker.objects.values_list("slug", flat=True)) == {"jane-roe", "jane-roe-2"}
    assert Outlet.objects.get().slug == "le-grand-echo"


def test_only_people_have_the_parts_of_a_name(client, keeper):
    page = add(client, Speaker, name="Ministry", kind="organisation", family="Left over")
    assert "Only people have given and family names" in page.text


def test_a_group_is_not_its_own_member(client, keeper):
    group = factories.speaker("The Five", kind="group")
    assert "can’t be a member of itself" in change(client, group, members=[group.pk]).text
    assert not group.members.exists()


@pytest.mark.django_db(transaction=True)
def test_saving_a_form_never_takes_back_a_merge_made_meanwhile(client, groups, keeper):
    loser, survivor = factories.speaker("E. Macron"), factories.speaker("Emmanuel Macron")
    _, page = one_then_other(
        lambda: record.merge(Speaker.objects.get(pk=loser.pk), survivor, editor=keeper, reason="One man"),
        lambda: change(client, loser, wikidata="Q3052772"),
    )
    assert page.status_code == 200
    loser.refresh_from_db()
    assert (loser.merged_into, loser.wikidata) == (survivor, "Q3052772")


def test_unnamed_sources_are_not_kept_here(client, keeper):
    unnamed = Speaker.objects.create(name="an official", kind="unnamed", document=factories.document())
    assert "an official" not in client.get("/admin/quotes/speaker/").text
    assert add(client, Speaker, name="x", kind="unnamed").status_code == 200
    assert Speaker.objects.get() == unnamed


def test_an_office_gets_its_days(client, keeper):
    speaker = factories.speaker()
    role = {"roles-TOTAL_FORMS": "1", "roles-0-label": "President of France"}
    assert "is not a date" in change(client, speaker, **role, **{"roles-0-held": "since 2017"}).text
    change(client, speaker, **role, **{"roles-0-held": "2017-05-14/.."})
    made = speaker.roles.get()
    assert (str(made.held_min), made.held_max) == ("2017-05-14", None)


# Topics


def test_topics_hang_in_the_tree_through_the_record(client, keeper):
    add(client, Topic, name="Security", description="All of it")
    security = Topic.objects.get()
    assert (security.path, security.slug, security.description) == (f"/{security.pk}/", "security", "All of it")
    add(client, Topic, name="Missiles", slug="rockets", parent=security.pk)
    missiles = Topic.objects.get(name="Missiles")
    assert (missiles.path, missiles.slug) == (f"/{security.pk}/{missiles.pk}/", "rockets")
    below = factories.topic("Range", parent=missiles)
    change(client, missiles, parent="")
    below.refresh_from_db()
    assert below.path == f"/{missiles.pk}/{below.pk}/"
    assert "is below" in change(client, missiles, parent=below.pk).text
    change(client, missiles, name="Rockets", slug="missiles")
    missiles.refresh_from_db()
    assert (missiles.name, missiles.path) == ("Rockets", f"/{missiles.pk}/")


def test_a_topic_in_use_is_not_deleted(client, keeper):
    topic = factories.topic()
    factories.publish(topics=[topic])
    client.post(f"/admin/quotes/topic/{topic.pk}/delete/", {"post": "yes"})
    data = {"action": "delete_selected", "_selected_action": [topic.pk], "post": "yes"}
    client.post("/admin/quotes/topic/", data)
    assert Topic.objects.filter(pk=topic.pk).exists()


# Looking


def test_documents_and_statements_are_not_edited_here(client, keeper):
    document = factories.document()
    keeper.user_permissions.add(*Permission.objects.filter(codename__in=["view_document", "view_snapshot"]))
    assert document.title in client.get("/admin/sources/document/").text
    assert client.post(f"/admin/sources/document/{document.pk}/change/", {"title": "x"}).status_code == 403
    assert client.get("/admin/sources/document/add/").status_code == 403
    assert client.get("/admin/sources/snapshot/").status_code == 200
    assert client.get("/admin/quotes/statement/").status_code == 404


def test_lists_open_for_whoever_keeps_house(client, keeper):
    factories.publish()
    for kind in ("quotes/speaker", "quotes/topic", "quotes/merge", "sources/outlet"):
        assert client.get(f"/admin/{kind}/?q=a").status_code == 200
