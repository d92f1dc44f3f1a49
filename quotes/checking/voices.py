"""Whom a text names as the speaker, and who on record that may be."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quotes.mentioned import speakers_meant
from quotes.models import Speaker, Statement
from quotes.naming import speakers_called

_ARTICLE = re.compile(r"(?:the|a|an|this|that|his|her|their|its|one|some)\b\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Voice:
    """A speaker as a text names one: `keys` are those on record it may mean, with the groups they belong to.

    `is_sure` says that the text names them beside the words, so that another speaker's words are another speaker's.
    """

    name: str = ""
    speakers: tuple[Speaker, ...] = ()
    keys: frozenset[int] = frozenset()
    is_sure: bool = False

    @property
    def shown(self) -> str:
        """The name on record, where only one can be meant, else as the text has it."""
        return self.speakers[0].name if len(self.speakers) == 1 else self.name

    @property
    def is_unknown(self) -> bool:
        """Whether nobody on record goes by the name."""
        return bool(self.name) and not self.keys

    def agrees(self, statement: Statement) -> bool:
        """Whether a statement is by whom the text names, or was said on their behalf."""
        return bool({statement.speaker_id, statement.speaks_for_id} & self.keys)

    def contradicts(self, statement: Statement) -> bool:
        """Whether a statement is somebody else's than whom the text surely names."""
        return self.is_sure and not self.agrees(statement)


def voices(names: Iterable[tuple[str, bool]]) -> dict[tuple[str, bool], Voice]:
    """The voice of each name in a text, which is beside the words or not.

    Six queries in all, and three more for each name by which that finds nobody.
    """
    named = dict.fromkeys(names)
    meant = speakers_meant({name for name, _ in named if name})
    speakers = {name: found or speakers_called(name) for name, found in meant.items()}
    groups = _groups({one.pk for some in speakers.values() for one in some})
    return {(name, sure): _voice(name, sure, speakers.get(name, []), groups) for name, sure in named}


def _groups(members: set[int]) -> dict[int, set[int]]:
    """The groups of each of some speakers."""
    groups: dict[int, set[int]] = {}
    among = Speaker.members.through._default_manager.filter(to_speaker__among=members) if members else ()
    for link in among:
        groups.setdefault(link.to_speaker_id, set()).add(link.from_speaker_id)
    return groups


def _voice(name: str, sure: bool, speakers: list[Speaker], groups: dict[int, set[int]]) -> Voice:  # noqa: FBT001  # as a claim has it
    keys = {speaker.pk for speaker in speakers}
    keys |= {group for key in keys for group in groups.get(key, ())}
    return Voice(name, tuple(speakers), frozenset(keys), sure and (bool(keys) or _is_name(name)))


def _is_name(text: str) -> bool:
    """Whether words name somebody and don't only describe them: not “the ministry”, not “a diplomat”."""
    bare = _ARTICLE.sub("", text)
    return any(word[0].isupper() or word[0].lower() == word[0].upper() for word in re.findall(r"[^\W\d_]+", bare))
