"""No address breaks that was ever given out: a machine does at random what editors may, then asks for them all."""

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from quotes import record
from quotes.models import Merge, Statement
from quotes.notation import parse
from quotes.record import Changes
from tests import factories

SUFFIXES = (".json", ".bib", ".ris", ".csl.json", ".jsonld", ".wiki.txt", ".txt", ".apa.txt")
SPEAKERS = ("Ann Abel", "Bea Bond")


class Newsroom(RuleBasedStateMachine):
    """Editors at work, and a reader who keeps every address with what it answered first."""

    statements = Bundle("statements")

    def __init__(self):
        super().__init__()
        self.work = transaction.atomic()
        self.work.__enter__()
        self.reader = Client()
        self.editor = factories.publisher()
        self.count = 0
        self.kept = {}
        self.removed = set()
        self.merges = []

    def teardown(self):
        self.ask_for_everything()
        transaction.set_rollback(True)
        self.work.__exit__(None, None, None)

    def words(self):
        self.count += 1
        return f"“The words of wording number {self.count}.”"

    def keep(self, revision):
        """Note every address of a version, with its bytes."""
        address = revision.statement.version_url(revision.number)
        for suffix in SUFFIXES:
            self.kept[address + suffix] = (revision.statement_id, self.reader.get(address + suffix).content)
        self.kept[address] = (revision.statement_id, None)

    def fresh(self, statement):
        return Statement.objects.get(pk=statement.pk)

    def gone(self, key):
        """Whether a statement was removed, itself or with the one it was merged into at the time."""
        return key in self.removed

    def family(self, key):
        merged = {loser for loser, survivor, _ in self.merges if survivor == key}
        return {key}.union(*(self.family(one) for one in merged))

    def attempt(self, act, *arguments, **fields):
        """Do what an editor might try; what the record refuses changes nothing."""
        try:
            with transaction.atomic():
                return act(*arguments, editor=self.editor, **fields)
        except record.RecordError:
            return None

    @rule(target=statements, speaker=st.sampled_from(SPEAKERS), agency=st.sampled_from(["TASS", "Reuters"]))
    def publish(self, speaker, agency):
        by = factories.speaker(speaker)
        statement = factories.publish(
            self.words(), "spoken_to TF1", f"relayed_by {agency}", by=survivor(by), editor=self.editor
        )
        self.keep(statement.revisions.get())
        return statement

    @rule(statement=statements)
    def correct(self, statement):
        changes = Changes(spans=parse(self.words()))
        if revision := self.attempt(record.correct, self.fresh(statement), changes, reason="A slip"):
            self.keep(revision)

    @rule(statement=statements)
    def correct_the_chain(self, statement):
        changes = Changes(hops=factories.hops("spoken_to BBC"), label=f"Label {self.count}")
        if revision := self.attempt(record.correct, self.fresh(statement), changes, reason="Another road"):
            self.keep(revision)

    @rule(statement=statements)
    def retract(self, statement):
        self.attempt(record.retract, self.fresh(statement), reason="Doubts")

    @rule(statement=statements)
    def restore(self, statement):
        self.attempt(record.restore, self.fresh(statement), reason="No doubts")

    @rule(statement=consumes(statements))
    def remove(self, statement):
        if self.attempt(record.remove, self.fresh(statement), reason="An order", reason_code="law"):
            self.removed |= self.family(statement.pk)

    @rule(loser=statements, survivor=statements)
    def merge(self, loser, survivor):
        act = self.attempt(record.merge, self.fresh(loser), self.fresh(survivor), reason="One utterance")
        if act:
            self.merges.append((loser.pk, survivor.pk, act))

    @precondition(lambda self: self.merges)
    @rule()
    def undo_the_newest_merge(self):
        if self.attempt(record.undo_merge, self.merges[-1][-1]):
            self.merges.pop()

    @rule(statement=statements)
    def find_it_again(self, statement):
        spec = factories.appearance(self.words(), "spoken_to TF1", "relayed_by AFP")
        self.attempt(record.add_appearance, self.fresh(statement), spec)

    @rule(one=statements, other=statements)
    def link(self, one, other):
        self.attempt(record.link, one, other, "responds_to")

    @rule(name=st.sampled_from(SPEAKERS))
    def rename_a_speaker(self, name):
        self.count += 1
        factories_speaker = factories.speaker(name)
        self.attempt(record.rename, factories_speaker, slug=f"renamed-{self.count}")

    @rule()
    def merge_the_speakers(self):
        one, other = (factories.speaker(name) for name in SPEAKERS)
        self.attempt(record.merge, one, other, reason="One person")

    @invariant()
    def lists_hold_what_is_published_alone(self):
        shown = self.reader.get("/statements/").text
        for statement in Statement.objects.exclude(state="published"):
            assert f'id="{statement.pid}"' not in shown

    def ask_for_everything(self):
        for address, (key, bytes_then) in self.kept.items():
            answer = self.reader.get(address)
            assert answer.status_code == (410 if self.gone(key) else 200), address
            if bytes_then is not None and not self.gone(key):
                assert answer.content == bytes_then, address
        for statement in Statement.objects.exclude(state="draft"):
            self.ask_for_the_latest(statement)

    def ask_for_the_latest(self, statement):
        answer = self.reader.get(statement.get_absolute_url())
        if statement.state != Statement.State.MERGED:
            assert answer.status_code == (410 if self.gone(statement.pk) else 200)
            return
        assert answer.status_code == 301
        assert self.reader.get(answer["Location"]).status_code in (200, 410), "a chain resolves in one step"


def survivor(speaker):
    while speaker.merged_into:
        speaker = speaker.merged_into
    return speaker


def run(examples, steps):
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=checks, database=None
        ),
    )


@pytest.mark.django_db
def test_no_address_breaks_after_a_few_acts():
    run(examples=4, steps=12)


@pytest.mark.slow
@pytest.mark.django_db
def test_no_address_breaks_after_many_acts():
    run(examples=60, steps=40)
    assert not Merge.objects.exists(), "every example ends as it began"
