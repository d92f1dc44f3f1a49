"""Imports go one way: a room may import its own modules and what its row in MAY_IMPORT names, nothing else of ours."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("quotes", "sources", "config")
TOLD = "said in the reader's language"

# What each group of rooms is made of. The first pattern that a module's name begins with decides.
ROOMS = {
    "spans": ["quotes.spans"],
    "notation": ["quotes.notation"],
    "dates": ["quotes.dates"],
    TOLD: ["quotes.dates_told", "quotes.field_help", "quotes.glossary", "quotes.numbers", "quotes.retold"],
    "permalinks": ["quotes.permalinks"],
    "text": ["quotes.text", "quotes.remembering"],
    "citing": ["quotes.citing"],
    "negotiation": ["quotes.negotiation"],
    "linking": ["quotes.linking"],
    "parquet": ["quotes.parquet"],
    "log": ["quotes.log"],
    "packing": ["quotes.packing", "quotes.compiling"],
    "roles": ["quotes.roles"],
    "boundaries": ["quotes.boundaries"],
    "extraction": ["quotes.extraction"],
    "wording": ["quotes.wording"],
    "asking": [
        "quotes.search.analysis",
        "quotes.search.counting",
        "quotes.search.demands",
        "quotes.search.entries",
        "quotes.search.expressions",
        "quotes.search.highlighting",
        "quotes.search.holding",
        "quotes.search.query",
        "quotes.search.ranking",
        "quotes.search.spelling",
        "quotes.search.tokens",
    ],
    "engines": ["quotes.search.engine", "quotes.search.names", "quotes.search.postgres", "quotes.search.sqlite"],
    "reading": ["sources.reading", "sources.addresses", "sources.anchoring", "sources.sayings"],
    "sources": [
        "sources.models",
        "sources.apart",
        "sources.documents",
        "sources.fetching",
        "sources.intake",
        "sources.letters",
        "sources.lookups",
        "sources.rechecking",
        "sources.slugs",
        "sources.web_archives",
        "sources.apps",
        "sources.migrations",
    ],
    "sources admin": ["sources.admin"],
    "querysets": ["quotes.querysets"],
    "models": ["quotes.models", "quotes.migrations", "quotes.apps"],
    "record": ["quotes.record"],
    "readers": [
        "quotes.turns",
        "quotes.parameters",
        "quotes.patience",
        "quotes.filters",
        "quotes.facets",
        "quotes.pagination",
        "quotes.listing",
        "quotes.pages",
        "quotes.cards",
        "quotes.charts",
        "quotes.comparison",
        "quotes.on_this_day",
        "quotes.prepared",
        "quotes.indexes",
        "quotes.topic_tree",
        "quotes.touring",
        "quotes.marking",
        "quotes.meanings",
        "quotes.best",
        "quotes.jump",
        "quotes.mentioned",
        "quotes.near_wordings",
        "quotes.own_words",
        "quotes.copying",
        "quotes.differences",
        "quotes.drift",
        "quotes.exchange",
        "quotes.relating",
        "quotes.utterances",
        "quotes.origins",
        "quotes.checking",
        "quotes.review_pages",
        "quotes.verifying",
        "quotes.naming",
        "quotes.embedding",
        "quotes.exporting",
        "quotes.pictures",
        "quotes.access",
        "quotes.addresses",
        "quotes.history",
        "quotes.languages",
        "quotes.ledger",
        "quotes.limits",
        "quotes.signing_in",
        "quotes.moved",
        "quotes.revalidation",
        "quotes.epoch",
        "quotes.compressing",
        "quotes.figure_files",
        "quotes.kept_counts",
        "quotes.kept_pages",
        "quotes.page_cache",
        "quotes.searched",
        "quotes.styleguide",
        "quotes.suggesting",
        "quotes.syndication",
        "quotes.versions",
    ],
    "writers": [
        "quotes.backups",
        "quotes.accounts",
        "quotes.derived",
        "quotes.discarding",
        "quotes.drafting",
        "quotes.dumping",
        "quotes.correcting",
        "quotes.reports",
        "quotes.founding",
        "quotes.generating",
        "quotes.hashed",
        "quotes.importing",
        "quotes.intake",
        "quotes.reviewing",
        "quotes.saving",
        "quotes.extracting",
        "quotes.saved_checks",
        "quotes.sealing",
        "quotes.tasks",
        "quotes.tokens",
        "quotes.watching",
    ],
    "forms": ["quotes.forms"],
    "template tags": ["quotes.templatetags"],
    "views": ["quotes.views", "quotes.feeds"],
    "api": ["quotes.api"],
    "beginning of commands": ["quotes.management.unchecked"],
    "commands": ["quotes.management"],
    "admin": ["quotes.admin"],
    "addresses of pages": ["quotes.urls"],
    "config": ["config"],
    "packages": ["quotes", "sources"],
}

PURE = ["spans", "notation", "dates", "permalinks", "text", "citing", "negotiation", "linking", "parquet"]
PURE = ["spans", "notation", "dates", "permalinks", "text", "citing", "negotiation", "linking", "parquet", "packing"]
PURE += ["log", "boundaries", "extraction", "wording", "asking", "reading", "roles"]
BELOW_MODELS = [*PURE, TOLD, "sources", "models"]

# What each room may import, beside its own modules.
MAY_IMPORT = {
    "spans": [],
    "notation": ["spans"],
    "dates": [],
    TOLD: ["dates", "reading"],
    "permalinks": [],
    "text": [],
    "citing": ["spans", "dates"],
    "negotiation": [],
    "linking": ["citing"],
    "parquet": [],
    "log": [],
    "packing": [],
    "roles": [],
    "boundaries": [],
    "extraction": ["spans", "notation", "dates", "text"],
    "wording": ["spans", "text"],
    "asking": ["spans", "dates", "text"],
    "reading": ["dates"],
    "sources": [TOLD, "dates", "permalinks", "reading"],
    "sources admin": ["sources"],
    "querysets": ["sources"],
    "models": [*PURE, TOLD, "sources", "querysets"],
    "engines": ["asking", "wording", "models"],
    "record": BELOW_MODELS,
    "readers": [*BELOW_MODELS, "querysets", "engines"],
    "writers": [*BELOW_MODELS, "record", "readers"],
    "forms": [*BELOW_MODELS, "record", "readers", "writers"],
    "template tags": [*BELOW_MODELS, "readers"],
    "views": [*BELOW_MODELS, "querysets", "record", "readers", "writers", "forms"],
    "api": [*BELOW_MODELS, "querysets", "record", "readers", "writers", "forms"],
    "beginning of commands": [],
    "commands": [*BELOW_MODELS, "record", "readers", "writers", "config", "beginning of commands"],
    "admin": [*BELOW_MODELS, "sources admin", "record", "readers", "forms"],
    "addresses of pages": ["views"],
    "config": [],
    "packages": [],
}

# Modules of these rooms never import each other: what two of them share belongs in a room above.
APART = ["views", "commands"]


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for name in OURS for path in sorted((ROOT / name).rglob("*.py"))}


def room_of(module):
    for room, beginnings in ROOMS.items():
        if any(module == beginning or module.startswith(beginning + ".") for beginning in beginnings):
            return room
    return None


def for_types_alone(node):
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def running(node):
    """All that runs: everything but what stands below `if TYPE_CHECKING`."""
    yield node
    for child in ast.iter_child_nodes(node):
        if for_types_alone(child):
            yield from (part for other in child.orelse for part in running(other))
        else:
            yield from running(child)


@cache
def parsed(module):
    return ast.parse(MODULES[module].read_text())


@cache
def imports(module):
    return list(read_imports(module))


def read_imports(module):
    """What a module imports when it runs, as (line, name); of `from package import module`, the module."""
    package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
    for node in running(ast.parse(MODULES[module].read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}" if f"{base}.{alias.name}" in MODULES else base


def complaints(module, is_wrong):
    place = MODULES[module].relative_to(ROOT)
    return [f"{place}:{line} imports {name}" for line, name in imports(module) if is_wrong(name)]


def is_ours(name):
    return name.split(".")[0] in OURS


def pure_modules():
    return [module for module in MODULES if room_of(module) in PURE]


def libraries_pure_rooms_may_not_use(name):
    return name.split(".")[0] in {"django", "socket", "urllib", "http", "requests", "psycopg", "time"} and (
        name != "urllib.parse"
    )


def test_every_module_belongs_to_a_room():
    assert not [module for module in MODULES if not room_of(module)]


def test_a_room_imports_only_what_stands_above_it():
    found = []
    for module in MODULES:
        allowed = {room_of(module), *MAY_IMPORT[room_of(module)]}
        found += complaints(module, lambda name, allowed=allowed: is_ours(name) and room_of(name) not in allowed)
    assert not found


def test_a_pure_room_uses_neither_django_nor_the_network_nor_a_clock():
    found = [one for module in pure_modules() for one in complaints(module, libraries_pure_rooms_may_not_use)]
    assert not found


def test_a_pure_room_never_asks_what_time_it_is():
    calls = [
        f"{MODULES[module].relative_to(ROOT)}:{node.lineno} calls {ast.unparse(node.func)}"
        for module in pure_modules()
        for node in ast.walk(parsed(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "today", "utcnow", "time"}
    ]
    assert not calls


def test_thin_edges_never_import_each_other():
    found = []
    for module in MODULES:
        if (room := room_of(module)) in APART:
            found += complaints(module, lambda name, own=module, room=room: name != own and room_of(name) == room)
    assert not found


def is_signal(name):
    return name.startswith(("django.db.models.signals", "django.dispatch", "django.core.signals")) or name.endswith(
        ".signals"
    )


def test_no_signals():
    assert not [one for module in MODULES for one in complaints(module, is_signal)]


def test_no_work_is_hidden_in_saving():
    hidden = [
        f"{MODULES[module].relative_to(ROOT)}:{method.lineno} overrides {method.name}() of {node.name}"
        for module in MODULES
        if module.split(".")[-2:-1] != ["migrations"]
        for node in ast.walk(parsed(module))
        if isinstance(node, ast.ClassDef) and any("Model" in ast.unparse(base) for base in node.bases)
        for method in node.body
        if isinstance(method, ast.FunctionDef) and method.name in {"save", "delete", "save_base", "full_clean"}
    ]
    assert not hidden


def test_imports_never_form_a_circle_of_rooms():
    def reaches(room, seen):
        for above in MAY_IMPORT[room]:
            assert above not in seen, f"{above} imports itself by way of {' → '.join(seen)}"
            reaches(above, [*seen, above])

    for room in MAY_IMPORT:
        reaches(room, [room])


def test_markup_is_made_in_few_places_and_never_of_what_came_from_outside():
    makers = {
        module for module in MODULES if any(name.startswith("django.utils.safestring") for _, name in imports(module))
    }
    assert makers == {
        "quotes.embedding",
        "quotes.templatetags.addresses",
        "quotes.templatetags.glossary",
        "quotes.templatetags.languages",
        "quotes.templatetags.parts",
        "quotes.templatetags.record",
        "quotes.templatetags.review",
    }
    unescaped = [path.name for path in (ROOT / "templates").rglob("*") if path.is_file() and _unescapes(path)]
    # JSON-LD, of which no value can end its element.
    assert unescaped == ["_metadata.html"]


def _unescapes(path):
    # Plain text has no markup to escape.
    return path.suffix != ".txt" and any(mark in path.read_text() for mark in ("|safe", "autoescape off"))


def test_top_level_stays_as_it_is():
    python = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert python <= {"quotes", "sources", "config", "tests", "bench"}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import quotes.models", ["quotes.models"]),
        ("from quotes import models", ["quotes.models"]),
        ("from quotes.models import Statement", ["quotes.models"]),
        ("from . import views", ["quotes.views"]),
        ("from .views import home", ["quotes.views.home"]),
        ("def f():\n    from quotes.views import home", ["quotes.views.home"]),
        ("if TYPE_CHECKING:\n    from quotes.models import Statement", []),
    ],
)
def test_imports_are_seen_however_they_are_written(code, found, tmp_path, monkeypatch):
    path = tmp_path / "module.py"
    path.write_text(code)
    monkeypatch.setitem(MODULES, "quotes.module", path)
    assert [name for _, name in read_imports("quotes.module")] == found
