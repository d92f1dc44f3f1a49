import dataclasses
import io

import pytest
from PIL import Image

from quotes import pictures
from quotes.citing.record import (
    CitedAppearance,
    CitedDocument,
    CitedHop,
    CitedOutlet,
    CitedSpeaker,
    CitedStatement,
    Said,
)
from quotes.notation import parse
from quotes.pictures import Fragment, Word, can_draw, draw, fonts, in_order_seen, layout, words_of
from quotes.spans import plain

WORDS = "“This issue will be part of the discussions about peace,” he said."
WIDTH, HEIGHT = 1000, 300

noto = pytest.mark.skipif(
    not any(path.stem == "NotoNaskhArabic-Regular" for path in fonts()), reason="needs Debian's fonts-noto-core"
)


def measure(word, size):
    """Every letter is half as wide as it is high."""
    return len(word.text) * size / 2


def laid_out(words):
    return layout(parse(words), measure, WIDTH, HEIGHT)


@pytest.fixture
def cited():
    tf1 = CitedOutlet("TF1", "tf1", "broadcaster", identified=True)
    document = CitedDocument("", "article", "", "", "", "", "en", tf1)
    return CitedStatement(
        pid="7K2M9QX4TA",
        version=1,
        recorded="",
        site_url="https://onrecord.example",
        spans=parse(WORDS),
        mode="mixed",
        language="en",
        translation=None,
        speaker=CitedSpeaker("person", "Emmanuel Macron"),
        speaks_for=None,
        label="President of France",
        said=Said("2022-12-03", "stated", ""),
        source=CitedAppearance(document, (CitedHop("spoken_to", tf1, None),), "", None, None, "", "", attested=True),
        relayed_by=(),
        topics=(),
        body={},
    )


def saying(cited, words, language="en"):
    return dataclasses.replace(cited, spans=parse(words), language=language)


def opened(picture):
    image = Image.open(io.BytesIO(picture))
    image.load()
    return image


def colours(picture):
    return {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in opened(picture).getcolors(1 << 20)}


# Laying out


def test_all_the_words_are_on_the_lines_with_their_marks():
    assert " ".join(laid_out(WORDS).texts) == WORDS


def test_no_line_is_wider_than_there_is_room():
    fitted = laid_out("“" + "Peace and the many long discussions of it. " * 8 + "”")
    assert len(fitted.lines) * fitted.size * pictures.LEADING <= HEIGHT
    assert all(len(text) * fitted.size / 2 <= WIDTH for text in fitted.texts)


def test_fewer_words_are_set_larger():
    assert laid_out("“No.”").size > laid_out(WORDS).size > laid_out(f"“{'Peace and war. ' * 20}”").size


def test_words_that_do_not_fit_are_marked_as_left_out():
    fitted = laid_out(f"“{'We must think about peace. ' * 400}”")
    assert fitted.size == pictures.SIZES[-1]
    assert fitted.texts[0].startswith("“We must think")
    assert fitted.texts[-1].endswith("[…]”")
    assert len(fitted.lines) * fitted.size * pictures.LEADING <= HEIGHT


def test_a_word_wider_than_a_line_is_broken():
    fitted = laid_out(f"“{'Donaudampfschiff' * 20}”")
    assert all(len(text) * fitted.size / 2 <= WIDTH for text in fitted.texts)
    assert "".join(fitted.texts).startswith("“Donaudampfschiff")


def test_a_mark_stays_with_the_letter_it_combines_with():
    fitted = laid_out("“" + "q\u0323" * 200 + "”")
    assert not any(text.startswith("\u0323") for text in fitted.texts)


def test_what_is_not_the_speakers_own_is_soft_and_touches_its_word():
    first, second, *_ = words_of(parse("“Peace”ful he said"))
    assert first == Word((Fragment("“Peace”"), Fragment("ful", soft=True)), spaced=False)
    assert second == Word((Fragment("he", soft=True),))


def test_chinese_breaks_between_symbols_but_never_before_a_closing_mark():
    assert [word.text for word in words_of(parse("“和平，我们。”"))] == ["“和", "平，", "我", "们。”"]
    fitted = laid_out("“" + "我们必须考虑安全保障，" * 6 + "”")
    assert not any(text.startswith(("，", "”")) for text in fitted.texts)


@pytest.mark.parametrize(
    ("text", "base", "seen"),
    [
        ("one two three", "ltr", "one two three"),
        ("אחת שתיים שלוש", "rtl", "שלוש שתיים אחת"),
        ("אחת New York שלוש", "rtl", "שלוש New York אחת"),
        ("one שתיים שלוש four", "ltr", "one שלוש שתיים four"),
        ("אחת 2022 שלוש", "rtl", "שלוש 2022 אחת"),
    ],
)
def test_words_of_both_directions_stand_as_they_are_read(text, base, seen):
    order = in_order_seen(words_of(parse(text)), base)
    assert "".join(" " * gap + word.text for word, _, gap in order) == seen


# Drawing


def test_a_picture_is_a_small_png_of_the_size_that_sites_ask_for(cited):
    picture = draw(cited)
    assert opened(picture).format == "PNG"
    assert opened(picture).size == (1200, 630)
    assert len(picture) < 1_000_000


def test_a_picture_has_the_colours_of_the_site(cited, project):
    seen = colours(draw(cited))
    style = (project / "static" / "onrecord.css").read_text()
    for colour in (pictures.PAPER, pictures.INK, pictures.SOFT, pictures.LINE, pictures.ACCENT):
        assert colour in seen
        assert colour in style


def test_the_same_version_is_drawn_the_same_and_another_is_not(cited):
    assert draw(cited) == draw(cited)
    others = [
        saying(cited, "“No.”"),
        dataclasses.replace(cited, speaker=CitedSpeaker("person", "Ann Roe")),
        dataclasses.replace(cited, said=Said("2022-12", "stated", "")),
        dataclasses.replace(cited, version=2),
    ]
    assert len({draw(one) for one in [cited, *others]}) == 5


def test_a_script_without_letters_here_leaves_the_words_out_and_draws_no_boxes(cited, monkeypatch):
    monkeypatch.setattr(pictures, "font_for", lambda letter: fonts()[0] if ord(letter) < 0x2100 else None)
    assert not can_draw("“和平”")
    assert draw(saying(cited, "“和平”", "zh")) == draw(saying(cited, "“我们”", "zh"))
    assert draw(saying(cited, "“和平”", "zh")) != draw(cited)


def test_without_a_shaper_no_script_is_drawn_that_needs_one(monkeypatch):
    monkeypatch.setattr(pictures, "can_shape", lambda: False)
    assert can_draw(WORDS)
    assert not can_draw("السلام")
    assert not can_draw("हिन्दी")


def test_a_letter_that_nothing_has_cannot_be_drawn():
    assert not can_draw("\U0010fffd")


@pytest.fixture
def bare(monkeypatch):
    """A machine without fonts."""
    pictures.font_for.cache_clear()
    monkeypatch.setattr(pictures, "fonts", lambda: (pictures.BUILT_IN,))
    yield
    pictures.font_for.cache_clear()


def test_a_machine_without_fonts_draws_latin_letters(cited, bare):
    assert can_draw(WORDS)
    assert not can_draw("和平")
    assert draw(saying(cited, "“No.”")) != draw(cited)


def test_a_letter_is_looked_for_in_every_font_at_little_cost(monkeypatch):
    looked = []
    pictures.font_for.cache_clear()
    monkeypatch.setattr(pictures, "_has", lambda path, _: bool(looked.append(path)))
    assert not can_draw("\U0010fffd" + "和平" * 100)
    assert len(looked) == len(fonts())
    pictures.font_for.cache_clear()


@noto
@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("“Мы должны подумать”, сказал он", "ru"),
        ("“يجب أن نفكر في NATO” قال", "ar"),
        ("“עלינו לחשוב” אמר", "he"),
        ("“हमें सोचना चाहिए,” उन्होंने कहा", "hi"),
        ("“Πρέπει”", "el"),
        ("“უნდა”", "ka"),
        ("“ต้องคิด”", "th"),
    ],
)
def test_scripts_of_the_world_are_drawn(cited, words, language):
    assert can_draw(plain(parse(words)))
    assert draw(saying(cited, words, language)) != draw(saying(cited, "“\U0010fffd”", language))


@noto
def test_words_written_from_right_to_left_start_at_the_right(cited):
    def ink(picture, box):
        return opened(picture).crop(box).convert("L").getextrema()[0] < 100

    left, right = (84, 130, 300, 430), (900, 130, 1116, 430)
    for words, language, is_right in (("“לא”", "he", True), ("“No”", "en", False)):
        picture = draw(saying(cited, words, language))
        assert (ink(picture, left), ink(picture, right)) == (not is_right, is_right)


def test_endless_names_and_roads_are_cut(cited):
    endless = dataclasses.replace(cited, label="of many things, " * 500)
    assert opened(draw(endless)).size == (1200, 630)
