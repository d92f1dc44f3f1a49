"""Static files as a public site serves them: under hashed names, and our own made smaller without saying less."""

import json
import re
from pathlib import Path

import lxml.html
import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.test import override_settings

from config.smaller import smaller
from tests import factories

OWN = sorted(path for folder in project.STATICFILES_DIRS for path in Path(folder).rglob("*.*"))
WRITTEN = [path for path in OWN if path.suffix in {".css", ".js"}]
DRESSING = 25_000
"""Bytes of styles and scripts that a page may name, compressed."""
LITERAL_OR_COMMENT = re.compile(
    r"""(?P<literal>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|//[^\n]*|/\*.*?\*/""", re.DOTALL
)


def collect(folder: Path) -> None:
    """Fill a folder with all that a public site serves but what takes long to compress: the API's documentation."""
    storages = {**project.STORAGES, "staticfiles": {"BACKEND": project.HASHED_FILES}}
    with override_settings(STATIC_ROOT=folder, STORAGES=storages):
        ignored = ["redoc", "swagger-ui*"]
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=ignored)


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("static")
    collect(folder)
    return folder


def said(script: str) -> tuple[list[str], str]:
    """The literals of a script, and all of it without comments and space."""
    literals = [found["literal"] for found in LITERAL_OR_COMMENT.finditer(script) if found["literal"]]
    return literals, "".join(LITERAL_OR_COMMENT.sub(lambda found: found["literal"] or "", script).split())


def name_of(path: Path) -> str:
    return next(path.relative_to(folder).as_posix() for folder in project.STATICFILES_DIRS if folder in path.parents)


def test_every_file_that_a_stylesheet_names_is_collected_under_a_hashed_name(collected):
    paths = json.loads((collected / "staticfiles.json").read_text())["paths"]
    assert {name_of(path) for path in OWN} <= set(paths)
    assert all((collected / hashed).exists() for hashed in paths.values())


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_what_is_served_is_what_was_written_without_comments_and_space(collected, path):
    name = name_of(path)
    hashed = json.loads((collected / "staticfiles.json").read_text())["paths"][name]
    served, written = (collected / hashed).read_text(), path.read_text()
    assert served == smaller(name, written)
    assert len(served) < len(written)


def test_what_a_release_before_collected_is_made_smaller_too(tmp_path):
    name = name_of(WRITTEN[0])
    (tmp_path / name).write_bytes(WRITTEN[0].read_bytes())
    collect(tmp_path)
    assert (tmp_path / name).read_text() == smaller(name, WRITTEN[0].read_text())


@pytest.mark.parametrize("path", [path for path in WRITTEN if path.suffix == ".js"], ids=lambda path: path.name)
def test_a_smaller_script_says_the_same(path):
    script = path.read_text()
    assert said(smaller(path.name, script)) == said(script)


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["home", "list", "speaker", "permalink", "check"])
def test_a_page_names_few_bytes_of_styles_and_scripts(collected, client, page):
    made = factories.publish()
    lists = {"list": "/statements/", "check": "/check/", "home": "/"}
    own = {"speaker": made.speaker.get_absolute_url(), "permalink": made.get_absolute_url()}
    tree = lxml.html.fromstring(client.get({**lists, **own}[page]).content)
    named = {str(one) for one in tree.xpath("//link[@rel='stylesheet']/@href | //script/@src")}
    files = [collected / f"{address.removeprefix('/static/')}.br" for address in named]
    assert sum(path.stat().st_size for path in files) <= DRESSING, {path.name: path.stat().st_size for path in files}
