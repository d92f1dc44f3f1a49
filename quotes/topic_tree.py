"""The tree of topics as a page shows it."""

from collections import defaultdict
from dataclasses import dataclass, field

from quotes.indexes import Letter, begun, likely_meant
from quotes.models import Topic
from quotes.searched import Way


@dataclass
class Branch:
    """A topic, its own statements counted in `topic.statement_count`, and what hangs below it."""

    topic: Topic
    below: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True)
class Tree:
    """The branches that were asked for, the first letters of all topics, and what was likely meant where none fits."""

    branches: list[Branch]
    letters: list[Letter]
    meant: list[Way]


def topic_tree(typed: str = "", letter: str = "") -> Tree:
    """The roots with all that hangs below them; where something was asked for, what fits and the topics above it.

    `typed` begins a word of a name, `letter` a name. One query: a record has a few thousand topics at most; a second
    where something is typed, and at most three more where no topic is called so.
    """
    topics = list(Topic.objects.with_counts())
    letters = [Letter.of(symbol, letter) for symbol in sorted({topic.name[:1].lower() for topic in topics})]
    meant: list[Way] = []
    if typed or letter:
        wanted = _called(typed) if typed else {one.pk for one in topics if one.name.casefold().startswith(letter)}
        meant = [] if wanted else likely_meant(Topic.objects.all(), typed)
        above = {key for topic in topics if topic.pk in wanted for key in topic.above}
        topics = [topic for topic in topics if topic.pk in wanted | above]
    children: dict[int | None, list[Topic]] = defaultdict(list)
    for topic in topics:
        children[topic.parent_id].append(topic)
    return Tree(_hang(None, children), letters, meant)


def _called(typed: str) -> set[int]:
    return set(begun(Topic.objects.all(), typed).values_list("key", flat=True))


def _hang(parent: int | None, children: dict[int | None, list[Topic]]) -> list[Branch]:
    return [Branch(topic, _hang(topic.pk, children)) for topic in children[parent]]
