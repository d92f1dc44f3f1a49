"""Pages in French and Arabic in a browser: no barrier, no sideways scroll, and Arabic from right to left."""

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

from quotes.models import Statement
from tests import factories, review
from tests.quotes.importing import csv_file, row, tried

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def founding():
    call_command("load_founding_record", verbosity=0)
    return Statement.objects.get(text__startswith="This issue will be part")


@pytest.mark.parametrize(
    ("language", "theme", "width"),
    [
        ("ar", "light", 390),
        pytest.param("ar", "dark", 1280, marks=pytest.mark.slow),
        pytest.param("fr", "dark", 390, marks=pytest.mark.slow),
    ],
)
def test_no_main_page_has_a_barrier_or_scrolls_sideways_in_any_language(page, axe, founding, language, theme, width):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    own = founding.get_absolute_url()
    lists = [
        "/",
        "/statements/?q=security",
        "/speakers/",
        "/check/?text=security+guarantees",
        "/about/",
        "/log/",
        "/glossary/",
        "/tour/",
        "/tour/3/",
        "/tour/7/",
    ]
    for address in [*lists, own, f"{own}/history", f"{own}/wordings", "/corrections/", "/signin/"]:
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} scrolls sideways"


def test_arabic_runs_from_right_to_left_and_a_statement_its_own_way(page, founding):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(founding.get_absolute_url())
    english = page.locator(".brand").bounding_box()
    page.get_by_role("link", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    arabic = page.locator(".brand").bounding_box()
    assert english["x"] < 640 < arabic["x"]
    assert page.locator("aside").bounding_box()["x"] < page.locator(".words").first.bounding_box()["x"]
    words = page.locator(".words span[lang]").first
    expect(words).to_have_css("direction", "ltr")
    expect(words).to_have_attribute("lang", "en")


def test_the_language_is_changed_on_a_page_and_by_its_address_and_lasts(place):
    page, of = place.page, dict(settings.LANGUAGES)
    other = "en" if place.language == "ar" else "ar"
    root = page.locator("html")
    page.goto(f"/about/?lang={other}")
    expect(root).to_have_attribute("lang", other)
    page.goto("/speakers/")
    expect(root).to_have_attribute("lang", other)
    page.get_by_role("contentinfo").get_by_role("link", name=of[place.language], exact=True).click()
    expect(root).to_have_attribute("lang", place.language)
    expect(root).to_have_attribute("dir", place.direction)
    expect(page).to_have_url(f"/speakers/?lang={place.language}")
    page.get_by_role("navigation", name=place.says("Site")).get_by_role("link", name=place.says("Topics")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(place.says("Topics"))
    brand = page.locator(".brand").bounding_box()
    assert (brand["x"] < place.size[0] / 2) == (place.direction == "ltr")


def test_what_was_chosen_lasts_and_can_be_taken_back(page, founding):
    page.goto("/")
    page.get_by_role("link", name="français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.get_by_role("link", name="Locuteurs").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Locuteurs")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Speakers")


def test_a_script_says_its_words_in_the_language_of_the_page(page, founding):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{founding.get_absolute_url()}?lang=fr")
    page.get_by_role("button", name="Copier la référence").click()
    expect(page.get_by_role("button", name="Copié")).to_be_visible()


@pytest.fixture
def at_work(page, client, settings, tmp_path):
    """A publisher's session, a document under review, and an import that was tried."""
    settings.MEDIA_ROOT = tmp_path / "media"
    client.force_login(factories.publisher())
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}])
    document, _ = review.three()
    of = tried(csv_file(row(1), row(2, said="soon"), row(1)))
    return [review.at(document), f"/desk/imports/{of.pk}/"]


@pytest.mark.parametrize(
    ("language", "theme", "width"),
    [
        ("ar", "light", 390),
        pytest.param("ar", "dark", 1280, marks=pytest.mark.slow),
        pytest.param("fr", "dark", 390, marks=pytest.mark.slow),
    ],
)
def test_no_page_of_an_editor_has_a_barrier_or_scrolls_sideways(page, axe, founding, at_work, language, theme, width):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    acts = [f"/desk/statements/{founding.pid}/{act}/" for act in ("correct", "links")]
    for address in ["/desk/", "/desk/statements/new/", "/desk/tokens/", "/intake/", "/desk/imports/", *acts, *at_work]:
        page.goto(f"{address}?lang={language}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} scrolls sideways"


def test_keys_and_dates_are_written_from_left_to_right_in_arabic(page, at_work):
    page.goto(f"{at_work[0]}?lang=ar")
    # Brackets would be mirrored, and name the other key.
    expect(page.locator("kbd").first).to_have_css("direction", "ltr")
    expect(page.locator("#id_said")).to_have_css("direction", "ltr")
    expect(page.locator("#text .badge").first).to_have_css("direction", "ltr")


def test_a_script_of_the_review_says_its_words_in_the_language_of_the_page(page, at_work):
    page.goto(f"{at_work[0]}?lang=fr")
    expect(page.get_by_role("button", name="Une autre étape").first).to_be_visible()
    page.get_by_role("button", name="Prendre la sélection").click()
    expect(page.locator("#selection-problem")).to_have_text("Sélectionnez d’abord les mots dans le texte.")
