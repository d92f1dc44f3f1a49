"""The page of the site's own design: there while the record is worked on, and nowhere else."""

from http import HTTPStatus

import pytest

from quotes.styleguide.colours import contrast, pairs

PAGE = "/styleguide/"


@pytest.fixture
def working_on_it(settings):
    settings.DEBUG = True


@pytest.mark.django_db
def test_a_public_site_has_no_such_page(client):
    assert client.get(PAGE).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.django_db
def test_it_shows_every_part_without_asking_the_record(client, working_on_it, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get(PAGE)
    assert page.status_code == HTTPStatus.OK
    parts = ("Direct", "Mixed, with insertions", "Indirect", "Right to left", "Very long", "Retracted")
    for part in (*parts, "A message stands above", "The editors have retracted", "Later statements", "As a table"):
        assert part in page.text


@pytest.mark.django_db(transaction=True)
def test_it_has_no_barrier_and_never_scrolls_sideways(page, judged, working_on_it):
    page.goto(PAGE)
    judged(page)


@pytest.mark.parametrize("pair", list(pairs()), ids=lambda pair: f"{pair.theme}, {pair.name}")
def test_colours_stand_far_enough_apart(pair):
    assert pair.is_enough, f"{pair.contrast} is less than {pair.least}"


def test_contrast_is_counted_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
