"""The interface's language: how it is chosen, remembered, kept apart in copies, and told to those who ask."""

import re

import pytest
from django.utils import timezone, translation

from config.interface import is_english
from quotes import dates_told, record
from quotes.charts import figures
from quotes.charts.periods import MONTH, Period
from quotes.numbers import grouped
from tests import factories
from tests.pages.addresses import a_record
from tests.pages.test_page_cache import PUBLIC

pytestmark = pytest.mark.django_db

HEADINGS = {
    "en": "Public statements, with the road they travelled",
    "fr": "Des déclarations publiques, et leur parcours",
    "ar": "تصريحات علنية، والمسار الذي سلكته",
}
# What tells when it was made, or what was asked; or comes in pieces.
NOT_ALIKE = {"proof", "statements_download", "dump_file", "web_archive", "archived_text"}


def read(client, address, language="", **headers):
    return client.get(address, headers={"accept-language": language, **headers} if language else headers)


def spoken(response):
    language = response["Content-Language"]
    assert HEADINGS[language] in response.text
    root = re.search(r'<html lang="(\w+)"\s+dir="(\w+)"', response.text)
    assert root.groups() == (language, "rtl" if language == "ar" else "ltr")
    return language


# Choosing


def test_a_page_is_english_where_nothing_is_chosen(client):
    assert spoken(client.get("/")) == "en"


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("fr", "fr"),
        ("fr-CA, en;q=0.5", "fr"),
        ("ar-EG", "ar"),
        ("de, ar;q=0.7, en;q=0.3", "ar"),
        ("de, uk", "en"),
        ("*", "en"),
        ("not a language,,;q=x", "en"),
    ],
)
def test_a_browser_is_answered_in_the_first_of_its_languages_that_is_spoken(client, accept, language):
    assert spoken(read(client, "/", accept)) == language


def test_what_was_chosen_goes_before_what_the_browser_asks_for(client):
    client.cookies["lang"] = "ar"
    assert spoken(read(client, "/", "fr")) == "ar"


def test_an_address_goes_before_what_was_chosen(client):
    client.cookies["lang"] = "ar"
    assert spoken(read(client, "/?lang=fr", "en")) == "fr"


@pytest.mark.parametrize("asked", ["xx", "", "FR-fr-fr", "../../etc/passwd", "%00", "a" * 1000])
def test_a_language_that_is_not_spoken_is_passed_over(client, asked):
    assert spoken(read(client, f"/?lang={asked}", "fr")) == "fr"
    client.cookies["lang"] = "xx"
    assert spoken(read(client, f"/?lang={asked}", "fr")) == "fr"


def test_a_choice_is_remembered(client):
    client.get("/?lang=fr")
    assert client.cookies["lang"]["samesite"] == "Lax"
    assert client.cookies["lang"]["httponly"]
    assert spoken(client.get("/")) == "fr"


def test_an_answer_that_remembers_a_choice_is_kept_by_its_reader_alone(client):
    first, again = client.get("/?lang=fr"), client.get("/?lang=fr")
    assert first["Cache-Control"] == "private, max-age=0, must-revalidate"
    assert again["Cache-Control"] == PUBLIC
    assert not again.cookies


def test_an_editor_reads_in_the_language_they_chose(client):
    client.force_login(factories.editor())
    assert spoken(client.get("/?lang=ar")) == "ar"
    assert "تسجيل الخروج" in client.get("/").text


# Copies


def test_one_address_has_a_copy_in_each_language(client, django_assert_num_queries):
    languages = ["fr", "ar", "en"]
    pages = {language: read(client, "/", language) for language in languages}
    for language in languages:
        with django_assert_num_queries(1):
            again = read(client, "/", language)
        assert spoken(again) == language
        assert again.content == pages[language].content
    assert len({page["ETag"] for page in pages.values()}) == len(languages)


def test_all_ways_to_ask_for_one_language_share_a_copy(client, django_assert_num_queries):
    read(client, "/", "fr")
    for accept in ("fr-FR,fr;q=0.9,en-US;q=0.8", "de,fr;q=0.5", "fr-CA"):
        with django_assert_num_queries(1):
            assert spoken(read(client, "/", accept)) == "fr"


@pytest.mark.parametrize("address", ["/", "/statements/", "/about/", "/corrections/", "statement"])
def test_a_copy_in_one_language_is_no_copy_of_another(client, address):
    made = factories.publish()
    address = made.get_absolute_url() if address == "statement" else address
    french = read(client, address, "fr")
    same = read(client, address, "fr", **{"if-none-match": french["ETag"]})
    other = read(client, address, "ar", **{"if-none-match": french["ETag"]})
    assert (same.status_code, other.status_code) == (304, 200)
    assert other["Content-Language"] == "ar"


def test_every_answer_for_people_says_that_it_depends_on_their_language(client):
    for name, address in a_record().addresses.items():
        if is_english(address.partition("?")[0]) or name == "embed":
            continue
        first = read(client, address, "fr")
        assert {"accept-language", "cookie"} <= varies(first), name
        if tag := first.get("ETag"):
            assert {"accept-language", "cookie"} <= varies(read(client, address, "fr", **{"if-none-match": tag})), name


def varies(response):
    return {name.strip().lower() for name in response.get("Vary", "").split(",")}


# Programs


def test_what_programs_read_is_the_same_in_every_language(client, monkeypatch):
    # Some answers say when they were made.
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)
    for name, address in a_record().addresses.items():
        path = address.partition("?")[0]
        if not is_english(path) or name in NOT_ALIKE:
            continue
        answers = [read(client, address, accept) for accept in ("en", "ar")]
        assert answers[0].content == answers[1].content, name
        assert answers[0].get("ETag") == answers[1].get("ETag"), name
        assert "accept-language" not in answers[1].get("Vary", "").lower(), name
        assert "Content-Language" not in answers[1], name


@pytest.mark.parametrize("accept", ["application/json", "application/x-bibtex", "text/plain", "application/ld+json"])
def test_an_export_that_is_asked_for_at_the_page_is_the_same_in_every_language(client, accept):
    address = factories.publish().get_absolute_url()
    english, arabic = (read(client, address, language, Accept=accept) for language in ("en", "ar"))
    assert not english["Content-Type"].startswith("text/html")
    assert english.content == arabic.content
    assert "Content-Language" not in arabic


def test_a_frame_speaks_what_the_page_around_it_asks_for_and_nothing_else(client):
    address = f"{factories.publish().get_absolute_url()}/embed"
    english, french = read(client, address, "ar"), client.get(f"{address}?lang=fr")
    assert '<html lang="en"' in english.text
    assert '<html lang="fr"' in french.text
    assert not {"accept-language", "cookie"} & (varies(english) | varies(french))
    assert not french.cookies


def test_a_statement_is_frozen_alike_whatever_language_its_editor_reads():
    bodies = []
    for language in ("en", "ar"):
        with translation.override(language):
            made = factories.publish(said="2022-12~")
            record.correct(
                made, record.Changes(said="2022-12-03"), editor=factories.publisher(), reason="The day is known"
            )
        bodies.append([re.sub(r'"(id|salt|recorded|url|slug)":"[^"]*"', "", body) for body in frozen(made)])
    keys = [re.findall(r'"(\w+)":', "".join(body)) for body in bodies]
    assert keys[0] == keys[1]
    assert not re.search("[\u0600-\u06ff]", "".join(bodies[1]))


def frozen(statement):
    return list(statement.revisions.order_by("number").values_list("body", flat=True))


# Telling


def test_a_public_page_names_its_other_languages_to_search_engines(client, settings):
    page = client.get("/statements/?topic=peace&lang=fr&mode=direct").text
    here = f"{settings.SITE_URL}/statements/?topic=peace&amp;mode=direct"
    assert re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', page) == [
        ("x-default", here),
        ("en", f"{here}&amp;lang=en"),
        ("fr", f"{here}&amp;lang=fr"),
        ("ar", f"{here}&amp;lang=ar"),
    ]


@pytest.mark.parametrize("address", ["/signin/", "/nowhere/"])
def test_a_page_that_is_not_public_names_none(client, address):
    assert "hreflang" not in client.get(address).text.partition("<body")[0]


def test_the_choice_stands_on_every_page_each_language_named_in_itself(client):
    page = client.get("/speakers/?q=mac&lang=ar").text
    links = re.findall(r'<a href="([^"]+)" lang="(\w+)" hreflang="\w+" rel="nofollow"([^>]*)>([^<]+)</a>', page)
    assert links == [
        ("?q=mac&amp;lang=en", "en", "", "English"),
        ("?q=mac&amp;lang=fr", "fr", "", "français"),
        ("?q=mac&amp;lang=ar", "ar", ' aria-current="page"', "العربية"),
    ]


def test_an_address_that_somebody_filled_is_not_repeated(client):
    page = client.get("/statements/?q=" + "peace " * 200).text
    assert "hreflang" not in page.partition("<body")[0]
    assert '<a href="?lang=fr" lang="fr"' in page


def test_a_statement_keeps_its_own_language_direction_and_marks(client):
    address = factories.publish("“We must think about security.”").get_absolute_url()
    page = read(client, address, "ar").text
    assert '<span lang="en" dir="ltr"><span class="direct">“We must think about security.”</span></span>' in page


# Dates and numbers

DATES = [
    ("2022-12-03", "3 décembre 2022", "le 3 décembre 2022", "3 ديسمبر 2022"),
    ("2022-12-01", "1er décembre 2022", "le 1er décembre 2022", "1 ديسمبر 2022"),
    ("2021-12", "décembre 2021", "en décembre 2021", "ديسمبر 2021"),
    ("2021", "2021", "en 2021", "2021"),
    ("2021-12?", "décembre 2021 (incertain)", "en décembre 2021 (incertain)", "ديسمبر 2021 (غير مؤكد)"),
    ("2021-12~", "vers décembre 2021", "vers décembre 2021", "نحو ديسمبر 2021"),
    ("2021-12-03~", "vers le 3 décembre 2021", "vers le 3 décembre 2021", "نحو 3 ديسمبر 2021"),
    ("2021-21", "printemps 2021", "au printemps 2021", "ربيع 2021"),
    ("202X", "années 2020", "dans les années 2020", "عقد 2020"),
    ("19XX", "1900–1999", "dans les années 1900–1999", "1900–1999"),
    (
        "/2022-12-04",
        "au plus tard le 4 décembre 2022",
        "au plus tard le 4 décembre 2022",
        "في موعد أقصاه 4 ديسمبر 2022",
    ),
    ("2017-05-14/..", "à partir du 14 mai 2017", "à partir du 14 mai 2017", "ابتداءً من 14 مايو 2017"),
    (
        "2022-12-03/2022-12-05",
        "entre le 3 décembre 2022 et le 5 décembre 2022",
        "entre le 3 décembre 2022 et le 5 décembre 2022",
        "بين 3 ديسمبر 2022 و5 ديسمبر 2022",
    ),
]


@pytest.mark.parametrize(("edtf", "french", "in_a_sentence", "arabic"), DATES)
def test_a_date_is_said_at_its_own_precision_in_every_language(edtf, french, in_a_sentence, arabic):
    with translation.override("fr"):
        assert (dates_told.told(edtf), dates_told.told_on(edtf)) == (french, in_a_sentence)
    with translation.override("ar"):
        assert dates_told.told(edtf) == arabic


@pytest.mark.parametrize(
    ("language", "first", "third"),
    [("en", "1 December", "3 December"), ("fr", "1er décembre", "3 décembre"), ("ar", "1 ديسمبر", "3 ديسمبر")],
)
def test_a_day_of_whichever_year_is_said_in_every_language(language, first, third):
    with translation.override(language):
        assert [dates_told.day_of_year(12, day) for day in (1, 3)] == [first, third]


@pytest.mark.parametrize(("language", "told"), [("en", ["12%", "<1%"]), ("fr", ["12\xa0%", "<1\xa0%"])])
def test_a_share_is_written_as_its_language_writes_it(language, told):
    with translation.override(language):
        assert [figures.share(part, 1000) for part in (120, 1)] == told


@pytest.mark.parametrize(("language", "number"), [("en", "12,345"), ("fr", "12\u202f345"), ("ar", "12,345")])
def test_a_number_is_grouped_as_its_language_groups(language, number):
    with translation.override(language):
        assert grouped(12345) == number


@pytest.mark.parametrize(("language", "short"), [("en", "Jul 2022"), ("fr", "juil. 2022"), ("ar", "07/2022")])
def test_a_month_below_an_axis_is_short_and_plain_in_every_language(language, short):
    with translation.override(language):
        assert Period(MONTH, 2022 * 12 + 6).short == short
