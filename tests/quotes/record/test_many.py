"""Many statements at once stand as they would had each been recorded by itself."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from quotes import record
from quotes.models import (
    Act,
    Appearance,
    Carriage,
    Entry,
    Fingerprint,
    Hop,
    NameStart,
    NameWord,
    Revision,
    Role,
    Speaker,
    Statement,
    TokenCount,
)
from quotes.notation import parse
from quotes.packing import MARK
from quotes.record.reindex import lacking
from quotes.record.rows import insert
from tests import factories

pytestmark = pytest.mark.django_db


def specs():
    """Statements of every shape: several appearances, a chosen one, roads of every stop, a translation, topics."""
    Role.objects.create(
        speaker=factories.speaker(), label="President of France", held="2017-05-14/..", held_min=dt.date(2017, 5, 14)
    )
    topics = [factories.topic("Peace"), factories.topic("Arms", parent=factories.topic("Security"))]
    early, late = factories.document("Reuters", "2022-12-04"), factories.document("BBC", "2022-12-06")
    words = "He said “we must think” [now] […] [(so)]"
    return [
        factories.spec(topics=topics, document=early),
        factories.spec("“No.”", by="Olaf Scholz", said="2021-12?", label="Chancellor", document=late),
        factories.spec(
            words,
            appearances=[
                factories.appearance(words, "spoken_to TF1", "relayed_by TASS", "relayed_by AFP", document=late),
                factories.appearance(words, "told_by Vladimir Putin", "relayed_by AFP", document=early),
                factories.appearance(words, "spoken_to TF1", document=early, attested=True),
            ],
            is_translation=True,
            translated_from="fr",
            speaks_for=factories.speaker("Olaf Scholz"),
            said="/2022-12-04",
        ),
        factories.spec(
            "“Chosen.”",
            appearances=[
                factories.appearance("“Chosen.”", document=early),
                factories.appearance("“Chosen!”", document=late, chosen=True, language="fr", note="Odd"),
            ],
            topics=topics[:1],
        ),
    ]


OWN = {"id", "pk", "pid", "salt", "created_at", "recorded_at", "recorded", "at", "sha256", "statement_id", "place"}
OWN |= {"appearance_id", "primary_appearance_id", "revision_id", "previous_id"}


def own(row):
    """A row without its keys and times."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: value for name, value in fields.items() if name not in OWN}


def all_of(statement):
    """Everything that the database holds of one statement but keys, times and salts."""
    body = [json.loads(one.body) for one in Revision.objects.filter(statement=statement)]
    hashed = [{name: value for name, value in one.items() if name not in {*OWN, "id"}} for one in body]
    revisions = [{**own(one), "body": ""} for one in Revision.objects.filter(statement=statement)]
    rows = {model: model.objects.filter(statement=statement) for model in (Appearance, Act, Fingerprint, Entry)}
    appearances = list(rows[Appearance].order_by("pk").values_list("pk", flat=True))
    return {
        "statement": own(Statement.objects.get(pk=statement.pk)),
        "primary": appearances.index(Statement.objects.get(pk=statement.pk).primary_appearance_id),
        "topics": sorted(statement.topics.values_list("slug", flat=True)),
        "bodies": hashed,
        "revisions": revisions,
        **{model.__name__: [own(row) for row in found.order_by("pk")] for model, found in rows.items()},
        "hops": [[own(hop) for hop in Hop.objects.filter(appearance=key)] for key in appearances],
        "carriage": [own(row) for row in Carriage.objects.filter(statement=statement).order_by("pk")],
    }


def counted():
    """What is counted and known of names."""
    names = [set(model.objects.values_list(*columns)) for model, columns in NAMES.items()]
    return {(row.token, row.month): row.n for row in TokenCount.objects.all()}, names


NAMES = {NameWord: ("word", "speaker"), NameStart: ("kind", "key", "start")}


def test_many_published_at_once_are_as_each_by_itself():
    by, handed = factories.publisher(), specs()
    at_once = record.publish_many(handed, editor=by)
    counts, names = counted()
    one_by_one = [record.draft(spec, editor=by) for spec in handed]
    for draft in one_by_one:
        record.publish(draft, editor=by)
    for many, one in zip(at_once, one_by_one, strict=True):
        assert all_of(many) == all_of(one)
    twice, names_now = counted()
    assert twice == {key: 2 * n for key, n in counts.items()}
    assert names_now == names
    assert lacking() == 0


def test_bodies_of_many_are_kept_packed():
    (made,) = record.publish_many([factories.spec()], editor=factories.publisher())
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM quotes_revision WHERE statement_id = %s", [made.pk])
        (kept,) = cursor.fetchone()
    assert kept.startswith(MARK)


def test_many_drafts_at_once_are_as_each_by_itself():
    by, handed = factories.editor(), specs()
    at_once = record.draft_many(handed, editor=by)
    one_by_one = [record.draft(spec, editor=by) for spec in handed]
    assert [all_of(many) for many in at_once] == [all_of(one) for one in one_by_one]
    assert not Entry.objects.exists()


def test_a_draft_of_many_is_published_like_any_other():
    by = factories.publisher()
    (draft,) = record.draft_many([factories.spec()], editor=by)
    assert record.publish(draft, editor=by).number == 1


def test_keys_taken_ahead_are_nobody_elses():
    by = factories.publisher()
    before, (made,), after = factories.draft(), record.publish_many([factories.spec()], editor=by), factories.draft()
    assert before.pk < made.pk < after.pk
    assert len({before.pid, made.pid, after.pid}) == 3


def test_one_bad_one_among_many_leaves_nothing():
    good, bad = factories.spec(), factories.spec("“Later.”", said="2022-12-05")
    with pytest.raises(record.BadDraft) as refused:
        record.publish_many([good, bad], editor=factories.publisher())
    assert refused.value.field == "said"
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"said": "2022-12-05"}, "said"),
        ({"said": "soon"}, "said"),
        ({"spans": ()}, "words"),
        ({"appearances": []}, "document"),
    ],
)
def test_a_check_refuses_what_the_record_would(wrong, field):
    with pytest.raises(record.BadDraft) as refused:
        record.check(factories.spec(**wrong))
    assert refused.value.field == field


def test_a_check_refuses_a_stop_that_is_none():
    found = factories.appearance("“Yes.”")
    hops = [record.HopSpec("relayed_by")]
    with pytest.raises(record.BadDraft):
        record.check(factories.spec("“Yes.”", appearances=[record.AppearanceSpec(found.document, hops, found.spans)]))


def test_many_take_no_more_queries_than_few():
    by, where = factories.publisher(), factories.document()

    def queries(number):
        handed = [factories.spec(f"“Number {n} of {number}.”", document=where) for n in range(number)]
        with CaptureQueriesContext(connection) as caught:
            record.publish_many(handed, editor=by)
        return len(caught)

    queries(1)
    assert queries(40) <= queries(2) + 2


def test_a_row_that_the_database_refuses_is_told_as_any_other_is():
    kept = factories.speaker()
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([Speaker(pk=kept.pk, name="Another", slug="another")])


def test_nothing_at_all_is_no_trouble():
    assert record.publish_many([], editor=factories.publisher()) == []


def test_words_are_found_by_search_as_soon_as_many_are_published(client):
    (made,) = record.publish_many([factories.spec("“A thorough inspection.”")], editor=factories.publisher())
    assert made.get_absolute_url() in client.get("/statements/?q=inspections").text


def test_merged_speakers_stand_for_their_survivors():
    gone, stays = factories.speaker("E. Macron"), factories.speaker()
    by = factories.publisher()
    spec = record.StatementSpec(**{**vars(factories.spec()), "speaker": gone})
    record.merge(gone, stays, editor=by, reason="The same")
    gone.refresh_from_db()
    (made,) = record.publish_many([spec], editor=by)
    assert made.speaker == stays
    assert parse("“We must think about security.”") == made.wording


def test_many_retracted_at_once_are_as_each_by_itself():
    by, where = factories.publisher(), factories.document()
    first, second = (factories.publish("“Yes.”", document=where, editor=by) for _ in range(2))
    record.link(first, second, "repeats", editor=by)
    for one in (first, second):
        one.acts.filter(verb="link").delete()
    draft = factories.draft("“Not yet.”")
    record.retract(first, editor=by, reason="The same")
    second.refresh_from_db()
    seen = second.touched
    assert record.retract_many([second.pk, first.pk, draft.pk], editor=by, reason=" The same ") == [second.pk]
    one, other = all_of(first), all_of(second)
    assert {**one, "statement": {**one["statement"], "touched": 0}} == {
        **other,
        "statement": {**other["statement"], "touched": 0},
    }
    second.refresh_from_db()
    assert second.touched == seen + 1
    assert not Entry.objects.exists()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_many_are_retracted_for_a_reason():
    with pytest.raises(record.ReasonMissing):
        record.retract_many([factories.publish().pk], editor=factories.publisher(), reason=" ")


def test_many_drafts_are_discarded_and_nothing_that_was_public():
    by, published = factories.publisher(), factories.publish()
    drafts = record.draft_many([factories.spec("“One.”"), factories.spec("“Two.”")], editor=by)
    record.link(drafts[0], published, "repeats", editor=by)
    keys = [one.pk for one in drafts]
    assert record.discard_many([*keys, published.pk]) == keys
    assert list(Statement.objects.all()) == [published]
