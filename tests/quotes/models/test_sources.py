"""What the database itself refuses of outlets, documents and slugs."""

import datetime as dt

import pytest
from django.utils import timezone

from sources.documents import archive
from sources.models import Document, Outlet, Recheck, SlugRedirect
from tests import factories
from tests.quotes.models.breaking import Attempts, assert_refused, update

pytestmark = pytest.mark.django_db

breaks = Attempts()
DAY, NEXT_DAY = dt.date(2022, 12, 3), dt.date(2022, 12, 4)


@breaks("slug_redirect_leads_to_one_place")
def two_redirects_from_one_slug():
    SlugRedirect.objects.create(kind="speaker", slug="macron", target_id=1)
    SlugRedirect.objects.create(kind="speaker", slug="macron", target_id=2)


@breaks("outlet_domain_is_its_own")
def two_outlets_with_one_domain():
    factories.outlet("TF1", domain="tf1.fr")
    factories.outlet("LCI", domain="tf1.fr")


@breaks("outlet_is_not_merged_into_itself")
def outlet_into_itself():
    outlet = factories.outlet()
    update(outlet, merged_into=outlet)


@breaks("document_url_is_its_own")
def two_documents_with_one_address():
    factories.document(url="https://example.org/a")
    factories.document(url="https://example.org/a")


@breaks("published_interval_is_ordered")
def published_backwards():
    update(factories.document(), published_min=NEXT_DAY, published_max=DAY)


@breaks("snapshot_text_is_kept_once")
def one_text_archived_twice():
    snapshot = archive(factories.document(), "The text.", timezone.now())
    snapshot.pk = None
    snapshot.save(force_insert=True)


@breaks("recheck_result_is_known")
def a_look_that_found_what_there_is_not():
    Recheck.objects.create(document=factories.document(), at=timezone.now(), result="vanished")


@breaks.each
def test_the_database_refuses(name, attempt):
    assert_refused(name, attempt)


def test_outlets_without_a_domain_are_many():
    assert {factories.outlet("A").domain, factories.outlet("B").domain} == {""}


def test_documents_without_an_address_are_many():
    assert [factories.document().url, factories.document().url] == ["", ""]
    assert Document.objects.filter(url="").count() == 2


def test_one_slug_may_have_led_to_a_speaker_and_to_an_outlet():
    SlugRedirect.objects.create(kind="speaker", slug="tass", target_id=1)
    SlugRedirect.objects.create(kind="outlet", slug="tass", target_id=1)
    assert not Outlet.objects.filter(slug="tass").exists()
