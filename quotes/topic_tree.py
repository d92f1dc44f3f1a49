"""The tree of topics as a page shows it."""

from collections import defaultdict
from dataclasses import dataclass, field

from quotes.indexes import Letter
from quotes.models import Topic


@dataclass
class Branch:
    """A topic, its own statements counted in `topic.statement_count`, and what hangs below it."""

    topic: Topic
    below: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True)
class Tree:
    """The branches that were asked for, and the first letters of all topics."""

    branches: list[Branch]
    letters: list[Letter]


def topic_tree(typed: str = "", letter: str = "") -> Tree:
    """The roots with all that hangs below them; where something was asked for, what fits and the topics above it.

    `typed` stands anywhere in a name, `letter` begins it. One query: a record has a few thousand topics at most.
    """
    topics = list(Topic.objects.with_counts())
    letters = [Letter.of(symbol, letter) for symbol in sorted({topic.name[:1].lower() for topic in topics})]
    if typed or letter:
        wanted = {topic.pk for topic in topics if _fits(topic.name.casefold(), typed.casefold(), letter)}
        above = {key for topic in topics if topic.pk in wanted for key in topic.above}
        topics = [topic for topic in topics if topic.pk in wanted | above]
    children: dict[int | None, list[Topic]] = defaultdict(list)
    for topic in topics:
        children[topic.parent_id].append(topic)
    return Tree(_hang(None, children), letters)


def _fits(name: str, typed: str, letter: str) -> bool:
    return typed in name and name.startswith(letter)


def _hang(parent: int | None, children: dict[int | None, list[Topic]]) -> list[Branch]:
    return [Branch(topic, _hang(topic.pk, children)) for topic in children[parent]]
