"""No text that people read stands in a template or a catalogue untranslated."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import ngettext

from quotes.management.commands.messages import LANGUAGES, LOCALE, catalogue, compiled, gathered

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"

# English in every language, by choice: the API's page, the admin, what feeds hold, and the page of the design.
ENGLISH = {"api", "admin", "feeds", "styleguide"}
# Names and signs, which are alike in every language.
NAMES = {"On Record", "— On Record", "Atom", "JSON", "UTC", "sha256", "/q/", "/v", "API", "(API)", "article"}
READ_OUT = {"alt", "aria-label", "label", "placeholder", "title"}
TRANSLATING = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy"}
UNREAD = {"code", "pre", "script", "style"}

_TRANSLATED = re.compile(
    r"\{% blocktranslate.*?\{% endblocktranslate %\}|\{% comment.*?endcomment %\}|\{#.*?#\}", re.DOTALL
)
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
NUMBERS = (0, 1, 2, 3, 11, 100)
_MARKUP = re.compile(r"<[^<>]*>")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|\{\}|</?\w+[^>]*>")


def templates():
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = str(path.relative_to(TEMPLATES))
        folder = name.rpartition("/")[0]
        if folder not in ENGLISH:
            yield name


class Literals(HTMLParser):
    """Collects the text and the attributes that a reader sees or hears."""

    def __init__(self):
        super().__init__()
        self.inside = []
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.inside += [tag] if tag in UNREAD else []
        self.found += [value for name, value in attrs if name in READ_OUT and value]

    def handle_endtag(self, tag):
        if tag in UNREAD and self.inside:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            self.found.append(data)


def literals(source):
    """The words of a template that stand outside all translation, as far as they are more than names."""
    parser = Literals()
    bare = _TAG.sub("\x00", _TRANSLATED.sub("\x00", source))
    parser.feed(_MARKUP.sub(lambda found: found[0].replace("\x00", " "), bare))
    pieces = [piece.strip(" \n.,:;·()") for text in parser.found for piece in text.split("\x00")]
    return [piece for piece in pieces if _LETTERS.search(piece) and piece not in NAMES]


def english_in_tags(source):
    """Words that a tag or a filter is given as they are: a label, a default, a date's form, an English plural."""
    source = _TRANSLATED.sub(lambda found: found[0].split("%}")[0] + "%}", source)
    tags = " ".join(_TAG.findall(source))
    return re.findall(r'\|pluralize|\|date:"|\|default:"[^"]*[a-z]|\b(?:label|heading|help|what)="[^"]+"', tags)


def test_a_literal_text_is_found():
    assert literals('<p title="Hello you">{{ who }} said <b>{% translate "x" %}</b></p>') == ["Hello you", "said"]
    assert english_in_tags("{{ n }} item{{ n|pluralize }}") == ["|pluralize"]


@pytest.mark.parametrize("name", list(templates()))
def test_a_template_has_no_words_outside_translation(name):
    source = (TEMPLATES / name).read_text()
    assert literals(source) + english_in_tags(source) == []


@pytest.fixture(scope="module")
def found():
    return gathered()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_every_message_and_no_other(language, found):
    wanted = {(message.id, message.context) for message in found if message.id}
    assert {(message.id, message.context) for message in catalogue(language) if message.id} == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_in_all_its_forms(language):
    catalog = catalogue(language)
    for message in catalog:
        strings = message.string if isinstance(message.id, tuple) else (message.string,)
        assert all(strings), message.id
        assert not message.fuzzy, message.id
        assert len(strings) == (catalog.num_plurals if isinstance(message.id, tuple) else 1), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_placeholders_and_the_markup(language):
    for message in catalogue(language):
        if not message.id:
            continue
        plural = isinstance(message.id, tuple)
        wanted = set(_PLACEHOLDER.findall(message.id[-1] if plural else message.id))
        for string in message.string if plural else (message.string,):
            kept = set(_PLACEHOLDER.findall(string))
            # “One statement” and the Arabic dual need no number.
            assert kept <= wanted if plural else kept == wanted, (message.id, string)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_text(language):
    folder = LOCALE / language / "LC_MESSAGES"
    with (folder / "django.po").open("rb") as file:
        assert (folder / "django.mo").read_bytes() == compiled(read_po(file, locale=language))


def test_arabic_numbers_find_the_form_that_a_reader_expects():
    with translation.override("ar"):
        told = [ngettext("%(number)s statement", "%(number)s statements", n) % {"number": n} for n in NUMBERS]
    assert told == ["لا تصريحات", "تصريح واحد", "تصريحان", "3 تصريحات", "11 تصريحًا", "100 تصريح"]


def test_french_counts_nothing_as_one():
    with translation.override("fr"):
        told = [ngettext("%(number)s statement", "%(number)s statements", n) % {"number": n} for n in (0, 1, 2)]
    assert told == ["0 déclaration", "1 déclaration", "2 déclarations"]


def test_every_folder_that_is_left_out_is_there():
    assert all((TEMPLATES / folder).is_dir() for folder in ENGLISH)


def test_no_translation_hides_inside_a_format_string_where_it_would_not_be_gathered():
    hidden = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in ("quotes", "sources", "config")
        for path in (ROOT / folder).rglob("*.py")
        for outer in ast.walk(ast.parse(path.read_text()))
        if isinstance(outer, ast.JoinedStr)
        for node in ast.walk(outer)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TRANSLATING
    ]
    assert not hidden


def test_python_never_stitches_a_translation_of_pieces_it_formats():
    stitched = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in ("quotes", "sources", "config")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in TRANSLATING
        and any(isinstance(part, ast.JoinedStr) for part in node.args)
    ]
    assert not stitched
