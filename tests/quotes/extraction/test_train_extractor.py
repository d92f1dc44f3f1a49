"""Training's command, with the trainer exchanged for one that needs no torch: what is gathered to be learned from."""

import sys
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from quotes.extraction.brat import Annotated, Event
from quotes.management.commands import train_extractor

TEXT = "“The harbour will be open again by the spring,” said Marta Oliveira."


def run(*arguments, **options):
    call_command("train_extractor", *arguments, stdout=StringIO(), **options)


SAID = Event(((51, 64),), ((46, 50),), ((0, 45),))


def decided(name, *events):
    return Annotated(name, TEXT, events)


def brat(folder):
    """Annotate a text as brat does."""
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    (folder / "text" / "harbour.txt").write_text(TEXT, "utf-8")
    notes = (
        "T1\tSource 51 64\tx\nT2\tCue 46 50\tx\nT3\tContent 0 45\tx\nE1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n"
    )
    (folder / "attributions" / "harbour_abcd.ann").write_text(notes, "utf-8")
    return folder


class Trainer:
    """What the command asks of the trainer, which needs torch: it only remembers what it was given."""

    class NothingToLearn(Exception):
        pass

    WrongEncoder = NothingToLearn

    def base_folder(self):
        return Path("base")

    def Folders(self, base, out, checkpoints, onward):  # noqa: N802 - named like the trainer's own
        return SimpleNamespace(base=base, out=out, checkpoints=checkpoints, onward=onward)

    def Plan(self, **fields):  # noqa: N802 - as above
        return SimpleNamespace(**fields)

    def learn(self, examples, folders, _plan, **fields):
        self.examples, self.folders, self.trained_on = examples, folders, fields["trained_on"]


@pytest.fixture
def trainer(monkeypatch):
    made = Trainer()
    monkeypatch.setattr(train_extractor, "imported", lambda: made)
    return made


def test_training_without_torch_says_in_one_line_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    for name in [name for name in sys.modules if name.startswith("quotes.extraction.training.")]:
        monkeypatch.delitem(sys.modules, name)
    brat(tmp_path)
    with pytest.raises(CommandError, match=r"Training needs torch, which isn't installed: pip install torch"):
        run(tmp_path, out=tmp_path / "model")


def test_what_reviewers_decided_is_learned_from_beside_folders(tmp_path, trainer, monkeypatch):
    monkeypatch.setattr(train_extractor, "training_examples", lambda: iter([decided("desk", SAID)]))
    run(brat(tmp_path / "brat"), reviewed=True, out=tmp_path / "model", onward=tmp_path / "shipped")
    assert [example.name for example in trainer.examples] == ["harbour", "desk"]
    assert trainer.folders.onward == tmp_path / "shipped"
    assert trainer.trained_on == "brat, the record’s own reviewed suggestions"


def test_without_reviewed_only_folders_are_learned_from(tmp_path, trainer, monkeypatch):
    monkeypatch.setattr(train_extractor, "training_examples", lambda: pytest.fail("nobody asked for these"))
    run(brat(tmp_path / "brat"), out=tmp_path / "model")
    assert [example.name for example in trainer.examples] == ["harbour"]


def test_reviews_in_which_nothing_was_said_teach_nothing(tmp_path, trainer, monkeypatch):
    nothing = [decided("rejected"), decided("no cue", Event(content=((0, 9),)))]
    monkeypatch.setattr(train_extractor, "training_examples", lambda: iter(nothing))
    with pytest.raises(CommandError, match="Nothing that was reviewed can be learned from yet"):
        run(reviewed=True, out=tmp_path / "model")


def test_training_on_nothing_says_what_could_be_learned_from(tmp_path, trainer):
    with pytest.raises(CommandError, match="Name a brat folder to learn from, or learn from what was reviewed"):
        run(out=tmp_path / "model")
