import pytest

from quotes import record
from quotes.models import Act, Alias, Appearance, Carriage, Hop, Merge, Revision, Role, Speaker, Statement
from sources.models import Document, Outlet
from sources.slugs import resolve
from tests import factories

pytestmark = pytest.mark.django_db

WHY = "One and the same"


@pytest.fixture
def editor():
    return factories.publisher()


@pytest.fixture
def macrons():
    return factories.speaker("E. Macron"), factories.speaker("Emmanuel Macron")


@pytest.fixture
def agencies():
    return factories.outlet("Tass News", kind="agency"), factories.outlet("TASS", kind="agency")


def merge(loser, survivor, by, reason=WHY):
    return record.merge(loser, survivor, editor=by, reason=reason)


def names(aliases):
    return sorted((alias.speaker_id, alias.name) for alias in aliases)


def test_statements_move_to_the_survivor(macrons, editor):
    statement = factories.publish(by=macrons[0])
    merge(*macrons, editor)
    assert list(macrons[1].statements.all()) == [statement]


def test_statements_of_a_spokesperson_move_with_the_principal(macrons, editor):
    statement = factories.publish(by="A spokesperson", speaks_for=macrons[0])
    merge(*macrons, editor)
    assert list(macrons[1].statements_by_spokespeople.all()) == [statement]


def test_drafts_move_too(macrons, editor):
    statement = factories.draft(by=macrons[0])
    merge(*macrons, editor)
    assert Statement.objects.get(pk=statement.pk).speaker == macrons[1]


def test_hops_told_by_the_loser_move(macrons, editor):
    factories.publish("“Words.”", "told_by E. Macron", by="Vladimir Putin")
    merge(*macrons, editor)
    assert Hop.objects.get(role="told_by").speaker == macrons[1]


def test_roles_move(macrons, editor):
    role = Role.objects.create(speaker=macrons[0], label="President", held="2017/..")
    merge(*macrons, editor)
    assert list(macrons[1].roles.all()) == [role]


def test_aliases_move_and_those_the_survivor_has_already_stay(macrons, editor):
    loser, survivor = macrons
    for speaker, name in [(loser, "Макрон"), (loser, "Macron"), (survivor, "Macron")]:
        Alias.objects.create(speaker=speaker, name=name)
    merge(loser, survivor, editor)
    assert names(Alias.objects.all()) == sorted(
        [(survivor.pk, "Макрон"), (survivor.pk, "Macron"), (loser.pk, "Macron")]
    )


def test_groups_move_on_both_sides(editor):
    loser, survivor = (factories.speaker(name, kind="group") for name in ("The Five", "The P5"))
    member, larger = factories.speaker("France"), factories.speaker("The UN", kind="group")
    loser.members.add(member)
    larger.members.add(loser)
    merge(loser, survivor, editor)
    assert list(survivor.members.all()) == [member]
    assert list(larger.members.all()) == [survivor]


def test_a_group_both_belong_to_keeps_the_survivor_once(macrons, editor):
    group = factories.speaker("The Seven", kind="group")
    group.members.add(*macrons)
    merge(*macrons, editor)
    assert group.members.filter(pk=macrons[1].pk).count() == 1


def test_an_outlets_hops_and_documents_move(agencies, editor):
    document = factories.document(agencies[0].name)
    factories.publish("“Words.”", "relayed_by Tass News", document=document)
    merge(*agencies, editor)
    assert Hop.objects.get().outlet == agencies[1]
    assert Document.objects.get(pk=document.pk).outlet == agencies[1]


def test_carriage_is_derived_anew(agencies, editor):
    statement = factories.publish("“Words.”", "relayed_by Tass News")
    merge(*agencies, editor)
    assert [carriage.outlet for carriage in statement.carriages.all()] == [agencies[1]]


def test_a_statement_that_both_relayed_is_carried_once(agencies, editor):
    statement = factories.publish("“Words.”", "relayed_by Tass News", "relayed_by TASS")
    merge(*agencies, editor)
    assert statement.carriages.count() == 1


def test_the_carriage_of_other_statements_is_left_alone(agencies, editor):
    factories.publish("“Words.”", "spoken_to TF1")
    before = list(Carriage.objects.values_list("pk", flat=True))
    merge(*agencies, editor)
    assert list(Carriage.objects.values_list("pk", flat=True)) == before


def test_the_losers_slug_leads_to_the_survivor(macrons, editor):
    merge(*macrons, editor)
    assert resolve(Speaker, ["e-macron"]) == {"e-macron": macrons[1]}


def test_slugs_lead_to_the_survivor_through_a_chain_of_merges(editor):
    first, second, third = (factories.outlet(name) for name in ("First", "Second", "Third"))
    merge(first, second, editor)
    merge(second, third, editor)
    assert resolve(Outlet, ["first", "second"]) == {"first": third, "second": third}


def test_a_former_slug_of_the_loser_leads_to_the_survivor(macrons, editor):
    record.rename(macrons[0], slug="macron", editor=editor)
    merge(*macrons, editor)
    assert resolve(Speaker, ["e-macron", "macron"]) == {"e-macron": macrons[1], "macron": macrons[1]}


def test_old_versions_keep_every_byte(agencies, macrons, editor):
    factories.publish("“Words.”", "relayed_by Tass News", by=macrons[0])
    before = list(Revision.objects.values())
    merge(*agencies, editor)
    merge(*macrons, editor)
    assert list(Revision.objects.values()) == before


@pytest.mark.parametrize("pair", ["macrons", "agencies"])
def test_the_pages_that_show_it_change(pair, editor, request):
    loser, survivor = request.getfixturevalue(pair)
    fields = {"by": loser} if pair == "macrons" else {}
    statement = factories.publish("“Words.”", "relayed_by Tass News", **fields)
    seen = statement.touched
    merge(loser, survivor, editor)
    statement.refresh_from_db()
    assert statement.touched == seen + 1


def test_a_merge_is_in_the_audit_trail(macrons, editor):
    made = merge(*macrons, editor)
    act = Act.objects.get()
    assert (act.verb, act.actor, act.reason) == (Act.Verb.MERGE, editor, WHY)
    assert act.detail == {"merge": made.pk, "kind": "speaker", "loser": macrons[0].pk, "survivor": macrons[1].pk}


def test_one_cannot_be_merged_into_itself(macrons, editor):
    with pytest.raises(record.CannotMerge, match="into itself"):
        merge(macrons[0], macrons[0], editor)


def test_a_speaker_cannot_be_merged_into_an_outlet(macrons, agencies, editor):
    with pytest.raises(record.CannotMerge, match="Only two speakers, two outlets or two statements"):
        merge(macrons[0], agencies[0], editor)


def test_topics_cannot_be_merged(editor):
    with pytest.raises(record.CannotMerge):
        merge(factories.topic("A"), factories.topic("B"), editor)


def test_the_merged_away_cannot_be_merged_again(macrons, editor):
    merge(*macrons, editor)
    with pytest.raises(record.CannotMerge, match="merged into Emmanuel Macron already"):
        merge(macrons[0], factories.speaker("Vladimir Putin"), editor)


def test_nothing_is_merged_into_the_merged_away(macrons, editor):
    merge(*macrons, editor)
    with pytest.raises(record.CannotMerge, match="already"):
        merge(factories.speaker("Vladimir Putin"), macrons[0], editor)


def test_two_are_never_merged_into_each_other_by_one_who_has_not_seen_the_first_merge(macrons, editor):
    stale = Speaker.objects.get(pk=macrons[1].pk), Speaker.objects.get(pk=macrons[0].pk)
    merge(*macrons, editor)
    with pytest.raises(record.CannotMerge):
        merge(*stale, editor)


@pytest.mark.parametrize("order", [1, -1])
def test_an_unnamed_source_cannot_be_merged(macrons, editor, order):
    unnamed = Speaker.objects.create(kind="unnamed", name="A senior official", document=factories.document())
    with pytest.raises(record.CannotMerge, match="unnamed source"):
        merge(*[unnamed, macrons[0]][::order], editor)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_merge_needs_a_reason(macrons, editor, reason):
    with pytest.raises(record.CannotMerge) as refused:
        merge(*macrons, editor, reason=reason)
    assert refused.value.field == "reason"


def test_a_refused_merge_leaves_no_trace(macrons, editor):
    with pytest.raises(record.CannotMerge):
        merge(*macrons, editor, reason="")
    assert not Merge.objects.exists()
    assert not Act.objects.exists()


def everything():
    return [
        list(model.objects.order_by("pk").values_list(*fields))
        for model, fields in [
            (Statement, ("pk", "speaker_id", "speaks_for_id")),
            (Hop, ("pk", "speaker_id", "outlet_id")),
            (Role, ("pk", "speaker_id")),
            (Alias, ("pk", "speaker_id")),
            (Speaker.members.through, ("pk", "from_speaker_id", "to_speaker_id")),
            (Document, ("pk", "outlet_id")),
            (Speaker, ("pk", "merged_into_id")),
            (Outlet, ("pk", "merged_into_id")),
            (Appearance, ("pk", "document_id")),
        ]
    ] + [sorted(Carriage.objects.values_list("statement_id", "outlet_id", "role"))]


def furnish(speakers, outlets):
    """Give the losers, and the survivors, one of everything."""
    for number, (speaker, outlet) in enumerate(zip(speakers, outlets, strict=True)):
        document = factories.document(outlet.name)
        factories.publish(f"“Words {number}.”", f"relayed_by {outlet.name}", by=speaker, document=document)
        factories.publish(f"“Told {number}.”", f"told_by {speaker.name}", by="Vladimir Putin", speaks_for=speaker)
        Role.objects.create(speaker=speaker, label="President", held="2017/..")
        Alias.objects.create(speaker=speaker, name="Macron")
        Alias.objects.create(speaker=speaker, name=f"Macron {number}")
        factories.speaker(f"Group {number}", kind="group").members.add(speaker)


def test_undoing_moves_everything_back(macrons, agencies, editor):
    furnish(macrons, agencies)
    before = everything()
    acts = [merge(*macrons, editor), merge(*agencies, editor)]
    assert everything() != before
    for act in reversed(acts):
        assert record.undo_merge(act, editor=editor).skipped == []
    assert everything() == before


def test_merges_that_stand_on_each_other_are_undone_newest_first(editor):
    first, second, third = (factories.speaker(name) for name in ("First", "Second", "Third"))
    statement = factories.publish(by=first)
    acts = [merge(first, second, editor), merge(second, third, editor)]
    for act in reversed(acts):
        record.undo_merge(act, editor=editor)
    statement.refresh_from_db()
    assert statement.speaker == first
    assert resolve(Speaker, ["first", "second"]) == {"first": first, "second": second}


def test_a_merge_is_not_undone_under_a_newer_one(editor):
    first, second, third = (factories.speaker(name) for name in ("First", "Second", "Third"))
    older = merge(first, second, editor)
    merge(second, third, editor)
    with pytest.raises(record.CannotUndo, match="Second merged into Third"):
        record.undo_merge(older, editor=editor)


def test_a_newer_merge_of_others_is_no_hindrance(macrons, agencies, editor):
    older = merge(*macrons, editor)
    merge(*agencies, editor)
    assert record.undo_merge(older, editor=editor).skipped == []


def test_a_merge_is_undone_once(macrons, editor):
    act = merge(*macrons, editor)
    record.undo_merge(act, editor=editor)
    with pytest.raises(record.CannotUndo, match="undone already"):
        record.undo_merge(act, editor=editor)


def test_what_was_moved_on_since_stays_and_is_reported(macrons, editor):
    kept, moved = factories.publish(by=macrons[0]), factories.publish("“Moved.”", by=macrons[0])
    act = merge(*macrons, editor)
    putin = factories.speaker("Vladimir Putin")
    Statement.objects.filter(pk=moved.pk).update(speaker=putin)
    undone = record.undo_merge(act, editor=editor)
    assert [(row.table, row.row_id, row.field) for row in undone.skipped] == [
        ("quotes_statement", moved.pk, "speaker_id")
    ]
    assert undone.back == 1
    assert [s.speaker for s in Statement.objects.order_by("pk")] == [kept.speaker, putin]


def test_what_the_survivor_gained_since_is_not_the_losers(macrons, editor):
    act = merge(*macrons, editor)
    later = factories.publish(by=macrons[1])
    record.undo_merge(act, editor=editor)
    assert list(macrons[1].statements.all()) == [later]


def test_the_undone_can_be_merged_again_the_other_way_round(macrons, editor):
    record.undo_merge(merge(*macrons, editor), editor=editor)
    merge(macrons[1], macrons[0], editor)
    assert resolve(Speaker, ["emmanuel-macron"]) == {"emmanuel-macron": macrons[0]}


def test_undoing_is_in_the_audit_trail(macrons, editor):
    act = merge(*macrons, editor)
    record.undo_merge(act, editor=editor)
    act.refresh_from_db()
    assert act.undone_by == editor
    assert Act.objects.filter(verb=Act.Verb.UNDO_MERGE).get().detail["merge"] == act.pk


@pytest.mark.parametrize("order", [1, -1])
def test_a_group_is_never_made_a_member_of_itself(editor, order):
    loser, survivor = (factories.speaker(name, kind="group") for name in ("The Five", "The P5"))
    group, member = (loser, survivor)[::order]
    group.members.add(member, factories.speaker("France"))
    before = everything()
    act = merge(loser, survivor, editor)
    assert not survivor.members.filter(pk=survivor.pk).exists()
    record.undo_merge(act, editor=editor)
    assert everything() == before


def test_the_reason_is_kept_without_space_around_it(macrons, editor):
    assert merge(*macrons, editor, reason=" One man.\n").reason == "One man."
