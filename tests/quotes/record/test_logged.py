"""Every version and public act has its leaf in the log, made with it."""

import re
from pathlib import Path

import pytest
from django.db import transaction

from quotes import record
from quotes.log.entries import LOGGED, digest, is_open
from quotes.log.hashing import leaf_hash
from quotes.models import Act, Leaf, Revision
from quotes.models.log import act_facts, version_facts
from quotes.notation import parse
from tests import factories

pytestmark = pytest.mark.django_db
PAST_THE_LOG = re.compile(
    r"\b(?:Act|Revision)\.(?:objects|_default_manager)\.(?:create|bulk_create|get_or_create|update)"
)


@pytest.fixture
def editor():
    return factories.publisher()


@pytest.fixture
def why(editor):
    return {"editor": editor, "reason": "“We must think” was cut"}


def agrees(leaf):
    facts = version_facts(leaf.revision) if leaf.revision else act_facts(leaf.act)
    return leaf_hash(facts.entry(leaf.seals)) == bytes(leaf.hash)


def test_only_one_module_writes_versions_and_acts():
    root = Path(__file__).parent.parent.parent.parent
    writers = {
        str(path.relative_to(root))
        for path in (root / "quotes").rglob("*.py")
        if PAST_THE_LOG.search(path.read_text()) and "migrations" not in path.parts
    }
    assert writers == {"quotes/record/acts.py"}


def test_a_publication_has_one_leaf_its_first_version():
    made = factories.publish()
    assert [leaf.revision.number for leaf in Leaf.objects.all()] == [1]
    assert Leaf.objects.get().revision.statement == made
    assert agrees(Leaf.objects.get())


def test_every_logged_act_has_a_leaf_that_says_what_it_says(editor, why):
    one, two = factories.publish(editor=editor), factories.publish("“No more words.”", editor=editor)
    record.correct(one, record.Changes(spans=parse("“Other words.”")), **why)
    record.retract(one, **why)
    record.restore(one, **why)
    spec = factories.appearance("“We must think about security.”", "published_by BBC")
    copy = record.add_appearance(one, spec, editor=editor)
    record.mark_copy(copy, one.primary_appearance, **why)
    copy.refresh_from_db()
    record.unmark_copy(copy, **why)
    record.undo_merge(record.merge(one, two, **why), editor=editor)
    record.remove(one, editor=editor, reason="An order", reason_code="law")
    acts = Act.objects.filter(verb__in=LOGGED)
    assert {act.verb for act in acts} == set(LOGGED)
    assert all(act.leaves.count() == 1 for act in acts)
    assert all(revision.leaves.count() == 1 for revision in Revision.objects.all())
    assert all(agrees(leaf) for leaf in Leaf.objects.all())


def test_many_at_once_have_a_leaf_for_each_version_and_act(editor):
    made = record.publish_many([factories.spec(), factories.spec("“No more words.”")], editor=editor)
    record.retract_many([one.pk for one in made], editor=editor, reason="Imported by mistake")
    leaves = list(Leaf.objects.all())
    assert len([leaf for leaf in leaves if leaf.revision]) == len([leaf for leaf in leaves if leaf.act]) == 2
    assert all(agrees(leaf) for leaf in leaves)


def test_a_draft_has_no_leaf(editor):
    draft = factories.draft()
    record.add_appearance(draft, factories.appearance("“We must think.”", "published_by BBC"), editor=editor)
    assert not Leaf.objects.exists()


def test_what_is_taken_back_has_no_leaf():
    with transaction.atomic():
        factories.publish()
        transaction.set_rollback(True)
    assert not Leaf.objects.exists()


def test_a_removal_keeps_every_leaf_and_no_salt_of_a_reason_that_told_the_words(editor):
    words = "We must think about the security of all of us"
    made = factories.publish(f"“{words}.”", editor=editor)
    record.correct(
        made, record.Changes(spans=parse("“Other words.”")), editor=editor, reason=f"He did say: {words}, and more"
    )
    before = {leaf.pk: bytes(leaf.hash) for leaf in Leaf.objects.all()}
    record.remove(made, editor=editor, reason_code="law", reason="An order")
    after = {leaf.pk: leaf for leaf in Leaf.objects.filter(pk__in=before)}
    assert {key: bytes(leaf.hash) for key, leaf in after.items()} == before
    assert all(agrees(leaf) for leaf in after.values())
    told = [leaf for leaf in after.values() if leaf.act or leaf.revision.number == 2]
    assert [is_open(leaf.seals.reason) for leaf in told] == [False, False]


def test_a_removal_says_which_versions_and_acts_it_blanked(editor):
    words = "We must think about the security of all of us"
    made = factories.publish(f"“{words}.”", editor=editor)
    version = factories.revision(made)
    retracted = record.retract(made, editor=editor, reason=f"Nobody heard: {words}")
    removed = record.remove(made, editor=editor, reason_code="law", reason="An order")
    assert removed.detail["blanked"] == [version.pk]
    assert removed.detail["redacted"] == [retracted.pk]


def test_two_leaves_of_the_same_reason_have_nothing_in_common(editor, why):
    leaves = []
    for words in ("“One word.”", "“Another word.”"):
        act = record.retract(factories.publish(words, editor=editor), **why)
        leaves.append(act.leaves.get())
    assert len({digest(leaf.seals.reason, why["reason"]) for leaf in leaves}) == 2
