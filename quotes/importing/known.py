"""Whom and what rows name: on record, one of several, or new. Looked up for many rows at once, and remembered."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from quotes.importing import remarks
from quotes.importing.errors import Refused
from quotes.importing.reading import Paper, Party, Wanted
from quotes.models import Alias, Speaker, Topic
from quotes.naming import topics_called
from quotes.permalinks import Mistyped, read_pid
from sources.addresses import alike
from sources.documents import at
from sources.models import Document, Outlet
from sources.slugs import resolve, survivor


@dataclass
class Known:
    """What is on record under the names that rows have used so far, by name as written, and what is new."""

    speakers: dict[str, list[Speaker]] = field(default_factory=dict)
    by_code: dict[str, Speaker] = field(default_factory=dict)
    by_slug: dict[str, Speaker] = field(default_factory=dict)
    outlets: dict[str, list[Outlet]] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    unnamed: dict[tuple[int, str], Speaker] = field(default_factory=dict)
    looked_up: set[Any] = field(default_factory=set)

    def look_up(self, rows: Iterable[Wanted]) -> None:
        """Learn what is on record of all that these rows name, if it was not looked up before. About ten queries."""
        rows = list(rows)
        self._look_up_speakers([party for row in rows for party in speakers_of(row)])
        self._look_up_outlets([party for row in rows for party in outlets_of(row)])
        if names := self._unseen("topic", (name for row in rows for name in row.topics)):
            self.topics |= topics_called(names)
        self._look_up_documents([row.paper for row in rows])
        self._look_up_unnamed(row for row in rows if row.speaker.is_unnamed)

    def _look_up_unnamed(self, rows: Iterable[Wanted]) -> None:
        documents = {one.pk for row in rows if (one := self.documents.get(row.paper.pid or row.paper.url))}
        if asked := [key for key in documents if ("unnamed", key) not in self.looked_up]:
            self.looked_up |= {("unnamed", key) for key in asked}
            found = Speaker.objects.filter(kind=Speaker.Kind.UNNAMED, document__in=asked).order_by("-pk")
            self.unnamed |= {(one.document_id or 0, one.name): one for one in found}

    def _unseen(self, what: str, names: Iterable[str]) -> list[str]:
        found = [name for name in dict.fromkeys(names) if name and (what, name) not in self.looked_up]
        self.looked_up |= {(what, name) for name in found}
        return found

    def _look_up_speakers(self, parties: list[Party]) -> None:
        slugs = self._unseen("slug", (party.slug for party in parties))
        codes = self._unseen("code", (party.code for party in parties))
        names = self._unseen("speaker", (party.name for party in parties if not party.is_unnamed))
        if slugs:
            self.by_slug |= resolve(Speaker, slugs)
        if codes:
            found = Speaker.objects.filter(wikidata__among=codes).select_related("merged_into").order_by("-pk")
            self.by_code |= {one.wikidata: survivor(one) for one in found}
        if names:
            self.speakers |= _speakers_called(names)

    def _look_up_outlets(self, parties: list[Party]) -> None:
        names = self._unseen("outlet", (name for party in parties for name in (party.name, party.code)))
        if names:
            called = Outlet.objects.filter(
                Q(name__in_any_case=names) | Q(domain__among=[name.lower() for name in names])
            )
            rows = [(row, {row.name, row.domain}) for row in called.select_related("merged_into")]
            self.outlets |= _by_name(names, rows, resolve(Outlet, names))

    def _look_up_documents(self, papers: list[Paper]) -> None:
        pids = self._unseen("pid", (paper.pid for paper in papers))
        urls = self._unseen("url", (paper.url for paper in papers))
        documents = Document.objects.select_related("outlet")
        read = {pid: _read_pid(pid) for pid in pids}
        if pids:
            by_pid = {one.pid: one for one in documents.filter(pid__among=read.values())}
            self.documents |= {pid: by_pid[key] for pid, key in read.items() if key in by_pid}
        if urls:
            near = {url: alike(url) for url in urls}
            there = {one.url: one for one in documents.filter(at(each for some in near.values() for each in some))}
            found = ((url, next((there[each] for each in some if each in there), None)) for url, some in near.items())
            self.documents |= {url: one for url, one in found if one}
        self._look_up_titles(papers)

    def _look_up_titles(self, papers: list[Paper]) -> None:
        """Those without an address: of the same outlet and day, under the same title."""
        asked = {}
        for paper in papers:
            outlet = None if paper.pid or paper.url or not paper.outlet else self.outlet_or_none(paper.outlet)
            if outlet and (key := f"{outlet.pk}/{paper.published}/{paper.title}") not in self.looked_up:
                asked[key] = (outlet.pk, paper.published, paper.title)
        self.looked_up |= asked.keys()
        if asked:
            outlets, days, titles = (set(part) for part in zip(*asked.values(), strict=True))
            found = Document.objects.filter(outlet__in=outlets, published__in=days, title__in=titles, url="")
            for one in found.select_related("outlet").order_by("-pk"):
                self.documents[f"{one.outlet_id}/{one.published}/{one.title}"] = one

    def speaker(self, party: Party, name: str = "speaker") -> Speaker | None:
        """The speaker on record; None for a new one and for an unnamed source. Raises Refused for one of several."""
        if party.is_unnamed:
            return None
        if party.slug and (found := self.by_slug.get(party.slug)):
            return found
        if party.code and (found := self.by_code.get(party.code)):
            return found
        called = [one for one in self.speakers.get(party.name, []) if not (party.code and one.wikidata)]
        if len(called) > 1:
            raise Refused(name, remarks.SEVERAL_SPEAKERS % {"number": len(called)}, party.name)
        return called[0] if called else None

    def outlet(self, party: Party, name: str = "outlet") -> Outlet | None:
        """The outlet on record; None for a new one. Raises Refused for one of several."""
        called = self.outlets.get(party.name) or self.outlets.get(party.code) or []
        if len(called) > 1:
            raise Refused(name, remarks.SEVERAL_OUTLETS % {"number": len(called)}, party.name)
        return called[0] if called else None

    def outlet_or_none(self, party: Party) -> Outlet | None:
        """The same, None also for one of several."""
        called = self.outlets.get(party.name) or self.outlets.get(party.code) or []
        return called[0] if len(called) == 1 else None

    def document(self, paper: Paper) -> Document | None:
        """The document on record; None for a new one. Raises Refused for an id that none has."""
        if paper.pid:
            if found := self.documents.get(paper.pid):
                return found
            if not (paper.outlet and paper.published):
                raise Refused("document", remarks.NO_DOCUMENT, paper.pid)
        if paper.url:
            return self.documents.get(paper.url)
        outlet = self.outlet_or_none(paper.outlet) if paper.outlet else None
        return self.documents.get(f"{outlet.pk}/{paper.published}/{paper.title}") if outlet else None


def speakers_of(row: Wanted) -> list[Party]:
    """All speakers that a row names."""
    told = [party for role, party in row.stops if role == "told_by"]
    return [row.speaker, *([row.speaks_for] if row.speaks_for else []), *told]


def outlets_of(row: Wanted) -> list[Party]:
    """All outlets that a row names."""
    carried = [party for role, party in row.stops if role != "told_by"]
    return [*([row.paper.outlet] if row.paper.outlet else []), *carried]


def _speakers_called(names: list[str]) -> dict[str, list[Speaker]]:
    aliases: dict[int, set[str]] = defaultdict(set)
    for key, alias in Alias.objects.filter(name__in_any_case=names).values_list("speaker", "name"):
        aliases[key].add(alias)
    named = Speaker.objects.filter(Q(name__in_any_case=names) | Q(pk__among=aliases))
    rows = named.exclude(kind=Speaker.Kind.UNNAMED).select_related("merged_into")
    return _by_name(names, [(row, {row.name, *aliases.get(row.pk, ())}) for row in rows], resolve(Speaker, names))


def _by_name(names: list[str], rows: list[tuple[Any, set[str]]], by_slug: dict[str, Any]) -> dict[str, list[Any]]:
    """Those of each name in any case, the survivors of the merged; by slug where none has the name."""
    called: dict[str, dict[int, Any]] = defaultdict(dict)
    for row, own in rows:
        for name in filter(None, own):
            stands = survivor(row)
            called[name.upper()][stands.pk] = stands
    found = {name: list(called.get(name.upper(), {}).values()) for name in names}
    return {name: some or ([by_slug[name]] if name in by_slug else []) for name, some in found.items()}


def _read_pid(text: str) -> str:
    try:
        return read_pid(text.rstrip("/").rpartition("/")[2])
    except Mistyped:
        return ""
