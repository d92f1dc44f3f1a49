import json
import re

import pytest
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage

from quotes import revalidation
from quotes.citing.formats import FORMATS
from quotes.models import Statement
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESSES = ["", "/v1", ".bib", "/v1.bib", ".csl.json"]


def links(answer):
    """The links of a header, as (relation, address, the rest)."""
    found = re.findall(r'<([^>]*)>; rel="([^"]*)"([^<]*)', answer["Link"])
    return [
        (relation, target, rest.strip(" ,;")) for target, relations, rest in found for relation in relations.split()
    ]


def targets(answer, relation):
    return [target for one, target, _ in links(answer) if one == relation]


def absolute(path):
    return settings.SITE_URL + path


@pytest.fixture
def statement():
    return factories.publish()


def test_the_version_is_what_to_cite(client, statement):
    for address in (statement.get_absolute_url(), statement.version_url(1)):
        assert targets(client.get(address), "cite-as") == [absolute(statement.version_url(1))]


def test_every_export_describes_the_page_and_the_page_names_every_export(client, statement):
    for address in (statement.get_absolute_url(), statement.version_url(1)):
        page = client.get(address)
        assert targets(page, "describedby") == [absolute(address + one.suffix) for one in FORMATS]
        for one in FORMATS:
            assert targets(client.get(address + one.suffix), "describes") == [absolute(address)]
    assert ("describedby", absolute(f"{address}.bib"), 'type="application/x-bibtex"') in links(page)


def test_the_annotation_is_told_apart_by_its_profile(client, statement):
    described = [rest for relation, target, rest in links(client.get(statement.get_absolute_url())) if "anno" in target]
    assert described == ['type="application/ld+json"; profile="http://www.w3.org/ns/anno.jsonld"']


def test_the_page_says_what_it_is_whose_and_under_which_licence(client, statement):
    page = client.get(statement.get_absolute_url())
    assert targets(page, "type") == ["https://schema.org/Quotation", "https://schema.org/AboutPage"]
    assert targets(page, "author") == [absolute("/speakers/emmanuel-macron/")]
    assert targets(page, "license") == [settings.RECORD_LICENCE]


def test_an_unnamed_source_has_no_author_link(client):
    article = factories.document()
    source = factories.speaker("a French official", kind="unnamed", slug=None, document=article)
    page = client.get(factories.publish(by=source, document=article).get_absolute_url())
    assert targets(page, "author") == []


def test_a_speaker_of_another_script_is_linked_in_ascii(client):
    by = factories.speaker("Lǐ Míng", slug="李明")
    page = client.get(factories.publish(by=by).get_absolute_url())
    assert targets(page, "author") == [absolute("/speakers/%E6%9D%8E%E6%98%8E/")]


def test_the_linkset_says_at_least_what_the_header_says(client, statement):
    page = client.get(statement.get_absolute_url())
    answer = client.get(targets(page, "linkset")[1].removeprefix(settings.SITE_URL))
    assert answer["Content-Type"] == "application/linkset+json"
    contexts = {one["anchor"]: one for one in json.loads(answer.content)["linkset"]}
    context = contexts[absolute(statement.get_absolute_url())]
    for relation, target, _ in links(page):
        assert target in [link["href"] for link in context[relation]]
    assert absolute(statement.version_url(1)) in contexts
    assert absolute(f"{statement.get_absolute_url()}.bib") in contexts


def test_the_linkset_is_there_as_text_too(client, statement):
    page = client.get(statement.get_absolute_url())
    answer = client.get(targets(page, "linkset")[0].removeprefix(settings.SITE_URL))
    address = absolute(statement.get_absolute_url())
    assert answer["Content-Type"] == "application/linkset"
    assert f'<{absolute(statement.version_url(1))}>; rel="cite-as"; anchor="{address}"' in answer.text


def test_an_export_names_the_canonical_page(client, statement):
    answer = client.get(f"{statement.version_url(1)}.ris")
    assert targets(answer, "canonical") == [absolute(statement.get_absolute_url())]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_copy_that_is_still_good_costs_one_query(client, statement, django_assert_num_queries, address):
    first = client.get(statement.get_absolute_url() + address)
    with django_assert_num_queries(1) as asked:
        again = client.get(statement.get_absolute_url() + address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    for name in ("ETag", "Cache-Control"):
        assert again[name] == first[name]
    for column in ("body", "text", "spans"):
        assert f'"{column}"' not in asked.captured_queries[0]["sql"].partition(" WHERE ")[0]


def test_a_copy_is_good_only_for_the_format_it_was_made_in(client, statement):
    page = client.get(statement.get_absolute_url())
    headers = {"If-None-Match": page["ETag"], "Accept": "application/x-bibtex"}
    assert client.get(statement.get_absolute_url(), headers=headers).status_code == 200


@pytest.mark.parametrize("change", [{"touched": 7}, {"state": "retracted"}])
def test_a_change_on_the_page_makes_every_copy_of_it_old(client, statement, change):
    tags = {address: client.get(statement.get_absolute_url() + address)["ETag"] for address in ADDRESSES}
    Statement.objects.filter(pk=statement.pk).update(**change)
    for address, tag in tags.items():
        answer = client.get(statement.get_absolute_url() + address, headers={"If-None-Match": tag})
        frozen = address.startswith("/v1.")
        assert answer.status_code == (304 if frozen else 200)


def test_a_release_makes_every_copy_old(client, statement, monkeypatch):
    tags = {address: client.get(statement.get_absolute_url() + address)["ETag"] for address in ADDRESSES}
    monkeypatch.setattr(revalidation, "code", lambda: "the next release")
    for address, tag in tags.items():
        answer = client.get(statement.get_absolute_url() + address, headers={"If-None-Match": tag})
        assert answer.status_code == 200


def test_a_release_is_known_by_its_sources(settings, tmp_path):
    settings.BASE_DIR, settings.DEBUG = tmp_path, True
    (tmp_path / "templates").mkdir()
    seen = {revalidation.code()}
    for text in ("one", "two"):
        (tmp_path / "templates" / "page.html").write_text(text)
        seen.add(revalidation.code())
    assert len(seen) == 3


def test_a_later_version_makes_the_earlier_page_old(client, statement):
    tag = client.get(statement.version_url(1))["ETag"]
    first = factories.revision(statement)
    fields = {"body": first.body, "sha256": first.sha256, "recorded_at": first.recorded_at, "actor": first.actor}
    statement.revisions.create(number=2, **fields)
    assert client.get(statement.version_url(1), headers={"If-None-Match": tag}).status_code == 200


def test_the_links_fit_into_a_proxys_buffer(client, statement):
    assert len(client.get(statement.version_url(1))["Link"]) < 3500


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_copy_of_what_was_removed_is_still_good(client, statement, address):
    tag = client.get(statement.get_absolute_url() + address)["ETag"]
    Statement.objects.filter(pk=statement.pk).update(state="removed")
    for known in (tag, "*"):
        answer = client.get(statement.get_absolute_url() + address, headers={"If-None-Match": known})
        assert answer.status_code == 410


@pytest.mark.parametrize("suffix", ["", ".bib"])
def test_no_copy_of_what_was_removed_after_a_merge_is_still_good(client, suffix):
    lost, kept = factories.publish(), factories.publish()
    Statement.objects.filter(pk=lost.pk).update(state="merged", merged_into=kept)
    address = lost.version_url(1) + suffix
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    lost.revisions.update(body="")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 410


@pytest.mark.parametrize("tag", ["", "nonsense", '"', 'W/"', '"a", W/"b"', "," * 5000, "*, *"])
def test_an_absurd_tag_is_no_error(client, statement, tag):
    assert client.get(statement.get_absolute_url(), headers={"If-None-Match": tag}).status_code == 200


def test_what_is_unknown_is_unknown_whatever_copy_is_named(client):
    for address in ("/q/7K2M9QX4TA", "/q/nonsense", factories.draft().get_absolute_url()):
        assert client.get(address, headers={"If-None-Match": "*"}).status_code == 404


def test_pages_have_weak_tags_and_exports_strong_ones(client, statement):
    assert client.get(statement.get_absolute_url())["ETag"].startswith('W/"')
    assert client.get(f"{statement.version_url(1)}.bib")["ETag"].startswith('"')


def test_every_copy_is_asked_about_again_so_that_banners_and_removals_appear(client, statement):
    for address in ADDRESSES:
        answer = client.get(statement.get_absolute_url() + address)
        assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_who_is_signed_in_gets_pages_of_their_own(client, statement):
    tag = client.get(statement.get_absolute_url())["ETag"]
    client.force_login(factories.editor())
    page = client.get(statement.get_absolute_url(), headers={"If-None-Match": tag})
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"
    assert "ETag" not in page
    assert "Cookie" in page["Vary"]


def test_a_message_for_one_reader_is_kept_from_caches(client, statement, rf):
    tag = client.get(statement.get_absolute_url())["ETag"]
    storage = CookieStorage(rf.get("/"))
    client.cookies["messages"] = storage._encode([Message(20, "Thank you for the report.")])
    page = client.get(statement.get_absolute_url(), headers={"If-None-Match": tag})
    assert "Thank you for the report." in page.text
    assert page["Cache-Control"] == "private, no-store"
    assert "ETag" not in page


def test_a_page_whose_copy_is_old_takes_at_most_eleven_queries(client, django_assert_max_num_queries):
    full = factories.publish("“Peace.”", "told_by Vladimir Putin", "spoken_to TF1", topics=[factories.topic()])
    for address in (full.get_absolute_url(), full.version_url(1)):
        with django_assert_max_num_queries(11):
            client.get(address, headers={"If-None-Match": 'W/"old"'})
        with django_assert_max_num_queries(5):
            client.get(f"{address}.bib", headers={"If-None-Match": '"old"'})
