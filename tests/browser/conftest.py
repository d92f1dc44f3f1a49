import pytest

WIDE, NARROW = (1280, 900), (390, 844)
# What differs most is looked at in every run; the other two pairs when all is.
VIEWS = [
    pytest.param([("light", WIDE), ("dark", NARROW)], id="most"),
    pytest.param([("light", NARROW), ("dark", WIDE)], id="others", marks=pytest.mark.slow),
]


@pytest.fixture(params=VIEWS)
def judged(request, axe):
    """Check a page in two colour schemes and at two widths: no barrier, no scrolling sideways."""

    def judge(page):
        for colours, (width, height) in request.param:
            page.emulate_media(color_scheme=colours)
            page.set_viewport_size({"width": width, "height": height})
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} scrolls sideways"

    return judge
