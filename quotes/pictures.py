"""The picture of a statement that other sites show beside a link: 1200 × 630, drawn from one version's record.

Any script an installed font has is drawn, shaped and in its own direction. Where none has it, the picture tells who
said it and where to read it, and leaves the words out: a row of boxes would say nothing.
"""

import io
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFont, features

from quotes import spans as wording
from quotes.citing.record import PUBLICATION, CitedStatement
from quotes.citing.road import road
from quotes.dates import display
from quotes.languages import direction
from quotes.spans import Spans

DRAWING = 1
"""Counts the changes of the drawing, so that caches let go of pictures drawn before."""
WIDTH, HEIGHT = 1200, 630
QUIET = 2
"""Blank modules round a QR code, less than its norm asks for: the paper round it is as blank."""
PAPER, INK, SOFT, LINE, ACCENT = "#faf8f4", "#1d1b18", "#5d574d", "#e4ded2", "#8c2f1b"
SIZES = (76, 66, 58, 50, 44, 38, 34)
LEADING = 1.36
MARGIN, TOP, BOTTOM = 84, 124, 442
LONGEST = 700
_SHORTEST = 20

_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts")
# The first pattern that a font's file name matches ranks it: a serif for reading, then what has many scripts.
_RANKS = (
    "NotoSerif-Regular", "NotoSerifDisplay-Regular", "NotoNaskhArabic-Regular", "NotoSerif[A-Z].*-Regular",
    "NotoSans-Regular", "NotoSans[A-Z].*-Regular", "DejaVuSerif", "DejaVuSans", ".*",
)  # fmt: skip
_OTHER_FACE = re.compile("bold|italic|oblique|condensed|light|thin|black|medium|mono|emoji|lastresort", re.IGNORECASE)
_HAN = "\u2e80-\u2fff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_PARTS = re.compile(rf"\s+|[“‘「『（【《]*[{_HAN}][”’」』）】》、。，．！？：；…\u3000-\u3002]*|[^\s{_HAN}]+")
# Pillow's own font, with the letters of western Europe: the last resort.
BUILT_IN = Path("built-in")
# A symbol that no font may have: how a font draws it is how it draws all that it lacks.
_NONE = "\U0010fffe"


@dataclass(frozen=True)
class Fragment:
    """Letters of one colour: `soft` for what isn't the speaker's own."""

    text: str
    soft: bool = False


@dataclass(frozen=True)
class Word:
    """What a line is never broken within; `spaced` where a space stands before it."""

    fragments: tuple[Fragment, ...]
    spaced: bool = True

    @property
    def text(self) -> str:
        """The letters."""
        return "".join(fragment.text for fragment in self.fragments)


@dataclass(frozen=True)
class Layout:
    """Words in lines, in the order they are read, and the size at which they fit."""

    size: int
    lines: tuple[tuple[Word, ...], ...]

    @property
    def height(self) -> float:
        """How much room the lines take."""
        return len(self.lines) * self.size * LEADING

    @property
    def texts(self) -> list[str]:
        """The lines as text."""
        return ["".join(" " * word.spaced + word.text for word in line).strip() for line in self.lines]


Measure = Callable[[Word, int], float]


# Laying out: plain values in and out


def layout(spans: Spans, measure: Measure, width: float, height: float) -> Layout:
    """The words with their marks at the largest size that fits; what doesn't at the smallest is marked as left out."""
    length = min(LONGEST, len(wording.plain(spans)))
    shown = wording.shorten(spans, LONGEST)
    for size in SIZES:
        tried = _at_size(shown, measure, width, size)
        if tried.height <= height:
            return tried
    while tried.height > height and length > _SHORTEST:
        length = length * 9 // 10
        tried = _at_size(wording.shorten(spans, length), measure, width, SIZES[-1])
    return tried


def _at_size(spans: Spans, measure: Measure, width: float, size: int) -> Layout:
    def measured(word: Word) -> float:
        return measure(word, size)

    return Layout(size, tuple(_lines(words_of(spans), measured, width)))


def words_of(spans: Spans) -> list[Word]:
    """The wording in words, marks generated; each Han or kana symbol is a word, as lines may break between them."""
    words: list[Word] = []
    spaced = joins = False
    for piece in wording.pieces(spans):
        for part in _PARTS.findall(piece.before + piece.text + piece.after):
            if part.isspace():
                spaced, joins = True, False
                continue
            fragment, is_han = Fragment(part, piece.mode != "direct"), bool(re.search(f"[{_HAN}]", part))
            if joins and not is_han:
                words[-1] = Word((*words[-1].fragments, fragment), words[-1].spaced)
            else:
                words.append(Word((fragment,), spaced))
            spaced, joins = False, not is_han
    return words


def _lines(words: Iterable[Word], measure: Callable[[Word], float], width: float) -> Iterator[tuple[Word, ...]]:
    space = measure(Word((Fragment(" "),)))
    line: list[Word] = []
    used = 0.0
    for word in (part for whole in words for part in _broken(whole, measure, width)):
        needed = measure(word) + (space if word.spaced and line else 0)
        if line and used + needed > width:
            yield tuple(line)
            line, used, needed = [], 0.0, measure(word)
        line.append(word)
        used += needed
    if line:
        yield tuple(line)


def _broken(word: Word, measure: Callable[[Word], float], width: float) -> Iterator[Word]:
    """A word that is wider than a line, in parts that aren't; never parted before a mark that combines."""
    if measure(word) <= width:
        yield word
        return
    part, soft, spaced = "", word.fragments[0].soft, word.spaced
    for letter in word.text:
        if part and not unicodedata.combining(letter) and measure(Word((Fragment(part + letter),))) > width:
            yield Word((Fragment(part, soft),), spaced)
            part, spaced = "", False
        part += letter
    yield Word((Fragment(part, soft),), spaced)


def in_order_seen(line: Iterable[Word], base: str) -> list[tuple[Word, str, bool]]:
    """A line's words from left to right, each with its direction and whether a space stands before it.

    The bidirectional algorithm word by word: words of the other direction keep their own order among themselves.
    """
    directed = list(_directed(line, base))
    runs = [list(run) for _, run in groupby(directed, key=lambda item: item[1])]
    if base == "rtl":
        runs.reverse()
    seen = [item for run in runs for item in (run[::-1] if run[0][1] == "rtl" else run)]
    gaps = [False] + [max(left, right, key=lambda item: item[2])[0].spaced for left, right in pairwise(seen)]
    return [(word, way, gap) for (word, way, _), gap in zip(seen, gaps, strict=True)]


def _directed(line: Iterable[Word], base: str) -> Iterator[tuple[Word, str, int]]:
    """Each word with its direction and its place; one without letters goes the way of the one before."""
    way = base
    for place, word in enumerate(line):
        kinds = [unicodedata.bidirectional(letter) for letter in word.text]
        strong = next((kind for kind in kinds if kind in ("L", "R", "AL")), None)
        way = ("ltr" if strong == "L" else "rtl") if strong else way
        yield word, way, place


# Fonts


@lru_cache(maxsize=1)
def fonts() -> tuple[Path, ...]:
    """The regular faces installed, the best for reading first, of equals the largest; at last Pillow's own."""
    folders = [Path(folder).expanduser() for folder in _FOLDERS]
    found = {
        Path(place) / name
        for folder in folders
        for place, _, names in os.walk(folder)
        for name in names
        if name.lower().endswith((".ttf", ".otf", ".ttc")) and not _OTHER_FACE.search(name)
    }
    return (*sorted(found, key=_rank), BUILT_IN)


def _rank(path: Path) -> tuple[int, int, str]:
    rank = next(number for number, pattern in enumerate(_RANKS) if re.fullmatch(pattern, path.stem))
    return rank, -path.stat().st_size, path.name


def can_shape() -> bool:
    """Whether letters can be joined and turned, which Pillow does where it finds FriBiDi."""
    return features.check("raqm") is True


@lru_cache(maxsize=96)
def _face(path: Path, size: int) -> ImageFont.FreeTypeFont:
    if path == BUILT_IN:
        default = ImageFont.load_default(size)
        if not isinstance(default, ImageFont.FreeTypeFont):
            raise OSError("Pillow was built without FreeType: install its wheel")
        return default
    engine = ImageFont.Layout.RAQM if can_shape() else ImageFont.Layout.BASIC
    return ImageFont.truetype(path, size, layout_engine=engine)


Shape = Callable[[str], tuple[tuple[int, int], bytes]]


@lru_cache(maxsize=1024)
def _shapes(path: Path) -> tuple[Shape, tuple[tuple[int, int], bytes]]:
    """How a font draws a letter alone, and how it draws one that it lacks."""
    face = _face(path, 24) if path == BUILT_IN else ImageFont.truetype(path, 24, layout_engine=ImageFont.Layout.BASIC)

    def shape(letter: str) -> tuple[tuple[int, int], bytes]:
        mask = face.getmask(letter)
        return mask.size, bytes(mask)

    return shape, shape(_NONE)


@lru_cache(maxsize=50_000)
def _has(path: Path, letter: str) -> bool:
    """Whether a font has a letter: it draws it unlike a symbol that doesn't exist."""
    try:
        shape, none = _shapes(path)
        return shape(letter) != none
    except OSError:
        return False


@lru_cache(maxsize=20_000)
def font_for(letter: str) -> Path | None:
    """The first font that has a letter, None where none has."""
    return next((path for path in fonts() if _has(path, letter)), None)


def _is_silent(letter: str) -> bool:
    """Spaces, joiners and selectors have no shape of their own: they go with the letter before."""
    return letter.isspace() or unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f"


def can_draw(text: str) -> bool:
    """Whether every letter of a text has a shape here, and can be shaped where its script asks for that."""
    letters = {letter for letter in text if not _is_silent(letter)}
    if not can_shape() and any(
        unicodedata.bidirectional(letter) in ("R", "AL") or unicodedata.category(letter) in ("Mn", "Mc")
        for letter in letters
    ):
        return False
    return all(font_for(letter) for letter in letters)


def _runs(text: str) -> list[tuple[Path, str]]:
    """A text in runs of one font; marks stay with the letter they combine with where its font has them."""
    runs: list[tuple[Path, str]] = []
    for letter in text:
        last = runs[-1][0] if runs else None
        stays = last and (_is_silent(letter) or (not letter.isascii() and _has(last, letter)))
        path = last if last and stays else font_for(letter) or BUILT_IN
        if path == last:
            runs[-1] = (path, runs[-1][1] + letter)
        else:
            runs.append((path, letter))
    return runs


# Drawing


def draw(cited: CitedStatement) -> bytes:
    """A version's picture, as PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, 13, HEIGHT), fill=ACCENT)
    _write(canvas, (MARGIN, 82), PUBLICATION, 38, INK, bold=True)
    canvas.line((MARGIN, 108, WIDTH - MARGIN, 108), fill=LINE, width=2)
    if can_draw(cited.words):
        _draw_words(canvas, cited)
        _write(canvas, (MARGIN, 496), _who(cited), 36, INK, bold=True)
    else:
        _write(canvas, (MARGIN, 280), cited.speaker.name, 66, INK, bold=True)
        _write(canvas, (MARGIN, 350), cited.label, 40, SOFT)
    _write(canvas, (MARGIN, 542), f"{display(cited.said.edtf)} · {road(cited)}", 27, SOFT)
    _write(canvas, (MARGIN, 588), cited.version_url.partition("://")[2], 27, ACCENT)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _who(cited: CitedStatement) -> str:
    return f"{cited.speaker.name}, {cited.label}" if cited.label else cited.speaker.name


def _draw_words(canvas: ImageDraw.ImageDraw, cited: CitedStatement) -> None:
    base = direction(cited.language)
    fitted = layout(cited.spans, measure, WIDTH - 2 * MARGIN, BOTTOM - TOP)
    top = TOP + (BOTTOM - TOP - fitted.height) / 2
    for number, line in enumerate(fitted.lines):
        _draw_line(canvas, line, base, fitted.size, top + fitted.size * (number * LEADING + 1))


def _draw_line(canvas: ImageDraw.ImageDraw, line: Iterable[Word], base: str, size: int, y: float) -> None:
    seen = in_order_seen(line, base)
    space = measure(Word((Fragment(" "),)), size)
    width = sum(measure(word, size) + space * gap for word, _, gap in seen)
    x = WIDTH - MARGIN - width if base == "rtl" else float(MARGIN)
    for word, way, gap in seen:
        x = _draw_word(canvas, word, way, size, (x + space * gap, y))


def _draw_word(canvas: ImageDraw.ImageDraw, word: Word, way: str, size: int, at: tuple[float, float]) -> float:
    """Draw a word with its left end on the baseline at a place; where its right end is."""
    runs = [(path, text, fragment.soft) for fragment in word.fragments for path, text in _runs(fragment.text)]
    x, y = at
    for path, text, soft in reversed(runs) if way == "rtl" else runs:
        face = _face(path, size)
        turned = way if face.layout_engine == ImageFont.Layout.RAQM else None
        canvas.text((x, y), text, font=face, fill=SOFT if soft else INK, anchor="ls", direction=turned)
        x += face.getlength(text, direction=turned)
    return x


def measure(word: Word, size: int) -> float:
    """How wide a word is in the fonts it is drawn with."""
    return sum(_face(path, size).getlength(text) for one in word.fragments for path, text in _runs(one.text))


def _write(
    canvas: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, colour: str, *, bold: bool = False
) -> None:
    """One line on its baseline, cut with an ellipsis where it is too long; nothing where it can't be drawn."""
    if not can_draw(text):
        return
    line = Word((Fragment(_cut(text, size, WIDTH - 2 * MARGIN)),))
    x = float(at[0])
    for path, run in _runs(line.text):
        face = _face(_bold(path) if bold else path, size)
        canvas.text((x, at[1]), run, font=face, fill=colour, anchor="ls")
        x += face.getlength(run)


def _cut(text: str, size: int, room: float) -> str:
    """The beginning of a text that fits."""
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    while cut and measure(Word((Fragment(cut),)), size) > room:
        cut = cut.removesuffix("…")[: -1 - len(cut) // 50].rstrip(" ,(") + "…"
    return cut


def _bold(path: Path) -> Path:
    """The bold face of a font, where it lies beside the regular one."""
    beside = path.with_name(f"{path.stem.removesuffix('-Regular')}-Bold{path.suffix}")
    return beside if beside.exists() else path


@lru_cache(maxsize=256)
def qr_code(address: str) -> bytes:
    """An address as a QR code: an SVG document, black on white, as large as whoever shows it says."""
    file = io.BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(file, kind="svg", xmldecl=False, omitsize=True, border=QUIET, light="#fff", dark="#000")
    return file.getvalue()
