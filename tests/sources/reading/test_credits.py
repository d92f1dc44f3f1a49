import pytest

from sources.reading import read_pasted
from sources.reading.agencies import credited
from tests.sources.files import WORDS, page


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("PARIS (Reuters) - The president said on Saturday", "Reuters"),
        ("PARIS, Dec 3 (Reuters) – The president said", "Reuters"),
        ("PARIS (AP) — The president said", "AP"),
        ("(AFP) - The president said", "AFP"),
        ("MOSCOW, December 4. /TASS/. The ministry said", "TASS"),
        ("МОСКВА, 4 декабря. /ТАСС/. Министерство сообщило", "TASS"),
        ("МОСКВА, 4 дек — РИА Новости. Министерство", "RIA Novosti"),
        ("Berlin (dpa) - Der Minister sagte", "dpa"),
        ("Berlin/dpa - Der Minister sagte", "dpa"),
        ("MADRID, 4 (EUROPA PRESS) - El ministro", None),
        ("© Agence France-Presse", "AFP"),
        ("© 2022 AFP", "AFP"),
        ("With reporting by Reuters and the BBC.", "Reuters"),
        ("With files from The Canadian Press", "The Canadian Press"),
        ("(Reporting by Ann Lee; Editing by Reuters)", "Reuters"),
        ("Source: Xinhua", "Xinhua"),
        ("Quelle: dpa", "dpa"),
        ("Par Le Monde avec AFP", "AFP"),
        ("It was the last word of the day. (AP)", "AP"),
        ("Reuters", "Reuters"),
        ("新华社", "Xinhua"),
    ],
)
def test_an_agency_is_credited(line, agency):
    assert credited(f"A first paragraph.\n{line}\nA last paragraph.") == ((agency,) if agency else ())


@pytest.mark.parametrize(
    "line",
    [
        "And he continued in his statements, which were also reported by the Russian news agency TASS: “This issue”",
        "By Saturday the ministry had told Reuters that it would not.",
        "“Reuters (AP) - is wrong,” he said.",
        "TASSILO said so.",
        "The PA system failed.",
        "The apartment (APA style) - was sold.",
    ],
)
def test_an_agency_that_is_told_about_is_no_credit(line):
    assert credited(line) == ()


def test_bylines_credit_agencies_in_any_case():
    assert credited("Words.", "By ANN LEE, REUTERS and AFP") == ("Reuters", "AFP")


def test_a_page_s_byline_is_looked_at_though_it_is_no_part_of_the_text():
    reading = read_pasted(
        page(WORDS, WORDS, WORDS, body='<div class="article-byline">By Ann Lee, Associated Press</div>')
    )
    assert reading.agencies == ("AP",)


def test_each_agency_is_named_once():
    assert credited("PARIS (AFP) - Words\n© AFP", "AFP") == ("AFP",)
