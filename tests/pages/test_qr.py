"""The QR code of a version, which a printed permalink shows."""

import pytest

from quotes import pictures, record
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_version_has_its_address_as_a_code(client, settings):
    statement = factories.publish()
    answer = client.get(f"{statement.version_url(1)}.qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ')
    assert answer.content == pictures.qr_code(f"{settings.SITE_URL}{statement.version_url(1)}")


def test_another_version_has_another_code():
    assert pictures.qr_code("https://record.example/q/A/v1") != pictures.qr_code("https://record.example/q/A/v2")


def test_the_page_names_it_for_print_and_for_nothing_else(client):
    statement = factories.publish()
    page = client.get(statement.get_absolute_url()).text
    assert f'src="{statement.version_url(1)}.qr.svg"' in page
    assert 'class="print-only"' in page
    assert 'loading="lazy"' in page


@pytest.mark.parametrize("typed", ["V1", "v01"])
def test_an_address_typed_another_way_leads_to_it(client, typed):
    statement = factories.publish()
    answer = client.get(f"{statement.get_absolute_url()}/{typed}.qr.svg")
    assert answer["Location"] == f"{statement.version_url(1)}.qr.svg"


def test_there_is_none_of_what_nobody_may_read(client):
    assert client.get(f"{factories.draft().get_absolute_url()}/v1.qr.svg").status_code == 404
    assert client.get(f"{factories.publish().get_absolute_url()}/v7.qr.svg").status_code == 404
    gone = factories.publish("“Gone.”")
    record.remove(gone, editor=factories.administrator(), reason_code="court", reason="A ruling.")
    assert client.get(f"{gone.get_absolute_url()}/v1.qr.svg").status_code == 410
