"""Every public page, in both themes, narrow and wide: no barrier that axe-core knows, no sideways scroll."""

import pytest
from django.core.management import call_command

from quotes.models import Statement
from sources.models import Document
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture
def addresses():
    """Every kind of public page of the founding record, and of a statement that strains the layout."""
    call_command("load_founding_record", verbosity=0)
    strained = factories.publish(
        f"“{LONG} ” said he, “السلام عليكم”", f"spoken_to {LONG[:60]}", by=f"Ann {LONG[:60]}", label=LONG
    )
    founding = Statement.objects.get(text__startswith="This issue will be part")
    told = Statement.objects.get(text__startswith="We must think about the security")
    article = Document.objects.get(kind="reconstruction")
    return [
        "/",
        "/about/",
        "/glossary/",
        *("/tour/" if number == 1 else f"/tour/{number}/" for number in range(1, 8)),
        "/keys/",
        "/data/",
        "/statements/",
        "/statements/?speaker=emmanuel-macron&relay=tass",
        "/statements/?speaker=nobody&said_after=soon",
        "/statements/?q=nothing-like-this",
        "/statements/?q=makron+-speaker:nobody+security",
        "/speakers/",
        "/speakers/emmanuel-macron/",
        "/outlets/",
        "/outlets/tass/",
        "/outlets/unidentified-website/",
        "/topics/",
        "/topics/security-guarantees/",
        article.get_absolute_url(),
        founding.get_absolute_url(),
        founding.version_url(1),
        f"{founding.get_absolute_url()}/history",
        f"{founding.get_absolute_url()}/wordings",
        f"{told.get_absolute_url()}/wordings",
        "/topics/war-in-ukraine/exchange/",
        f"{founding.get_absolute_url()}/embed",
        "/corrections/",
        strained.get_absolute_url(),
        strained.speaker.get_absolute_url(),
    ]


@pytest.mark.parametrize(
    ("theme", "width"),
    [
        ("light", 1280),
        pytest.param("dark", 390, marks=pytest.mark.slow),
    ],
)
def test_no_public_page_has_a_barrier_or_scrolls_sideways(page, axe, addresses, theme, width):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    for address in addresses:
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} scrolls sideways"


@pytest.mark.parametrize("address", ["/q/7K2M9QX4TA", "/q/7K2M9QX4TB", "/nowhere"])
def test_no_error_page_has_a_barrier(page, axe, complaints, address):
    page.goto(address)
    page.wait_for_load_state("networkidle")
    complaints.clear()
    axe(page)
