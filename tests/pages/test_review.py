"""The review page: who may see it, and what it shows."""

import pytest
from django.test import Client

from quotes import reviewing
from quotes.models import Speaker
from sources.documents import archive
from sources.models import Outlet
from tests import factories
from tests.review import FIRST, TAKEN, TEXT, at, refreshed, sent, suggested, three, under_review

pytestmark = pytest.mark.django_db


NASTY = "He said: “<script>alert(1)</script> & <b>bold</b>.”"


# Who may


def test_visitors_are_sent_to_sign_in_and_others_refused(client):
    document, (one, *_) = three()
    address = at(document)
    assert client.get(address).headers["Location"] == f"/signin/?next={address}"
    assert client.post(address, sent(one, act="accept")).headers["Location"] == f"/signin/?next={address}"
    client.force_login(factories.user())
    assert client.get(address).status_code == 403
    assert client.post(address, sent(one, act="accept")).status_code == 403
    assert refreshed(one).state == "open"


def test_writing_without_a_csrf_token_is_refused():
    document, (one, *_) = three()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.publisher())
    assert strict.post(at(document), sent(one, act="reject", reject="trivial")).status_code == 403


@pytest.mark.parametrize("pid", ["0000000000", "0000000001", "nonsense"])
def test_unknown_documents_are_not_found(client, editor, pid):
    assert client.get(f"/intake/documents/{pid}/").status_code == 404


@pytest.mark.parametrize("asked", ["?candidate=0", "?candidate=x", "?candidate=99999999999999999999", "?candidate=%00"])
def test_unknown_suggestions_are_not_found(client, editor, asked):
    document, _ = three()
    assert client.get(at(document) + asked).status_code == 404


def test_another_documents_suggestion_is_not_found(client, editor):
    document, _ = three()
    _, (other, *_) = three()
    assert client.get(at(document, other)).status_code == 404
    assert client.post(at(document), sent(other, act="reject", reject="trivial")).status_code == 404


def test_an_unknown_act_is_not_found(client, editor):
    document, (one, *_) = three()
    assert client.post(at(document), sent(one, act="dream")).status_code == 404
    assert client.post(at(document), {}).status_code == 404


# What it shows


def test_the_doubtful_one_comes_first(client, editor):
    document, (_, two, _) = three()
    page = client.get(at(document)).text
    assert "Suggestion 2 of 3" in page
    assert f'name="candidate" value="{two.pk}"' in page
    assert "speaker: doubtful" in page
    assert "date: doubtful" not in page


def test_every_suggestion_is_marked_in_the_text_with_its_state_in_words(client, editor):
    document, (one, two, third) = three()
    reviewing.reject(one, "trivial", seen=0, reviewer=editor)
    page = client.get(at(document)).text
    for candidate, state in ((one, "1, rejected"), (two, "2, open, doubtful"), (third, "3, open")):
        assert f'id="c{candidate.pk}"' in page
        assert f"Suggestion {state}: </span>" in page


def test_one_within_another_is_marked_too(client, editor):
    document, (one, *_) = three()
    inner = suggested(document, "must think")
    page = client.get(at(document, one)).text
    assert f'id="c{inner.pk}"' in page
    assert '<mark class="open inner chosen">' in page


def test_a_text_with_markup_is_shown_as_text(client, editor):
    document = under_review(NASTY)
    page = client.get(at(document)).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;bold" in page


def test_lines_that_are_no_part_of_the_article_are_dimmed(client, editor):
    document, _ = three()
    assert 'class="noise">- Advertisement -' in client.get(at(document)).text


def test_a_known_speaker_is_told_apart(client, editor):
    document, (one, *_) = three()
    speaker = factories.speaker("Emmanuel Macron")
    speaker.roles.create(label="President of France", held="2017/..")
    one.entry["speaker"]["choice"] = str(speaker.pk)
    one.save()
    assert "On record: President of France, emmanuel-macron" in client.get(at(document, one)).text


def test_a_document_that_was_never_read_can_be(client, editor):
    document = factories.document()
    archive(document, TEXT, TAKEN)
    assert "The document was not read yet" in client.get(at(document)).text
    client.post(at(document), {"act": "read"})
    assert document.readings.get().asked_by == editor


def test_a_document_without_a_text_says_so(client, editor):
    page = client.post(at(factories.document()), {"act": "read"}, follow=True)
    assert "No text of this document is archived" in page.text


def test_while_it_is_read_the_page_looks_again(client, editor):
    document = under_review()
    document.readings.update(state="running", ended_at=None)
    page = client.get(at(document)).text
    assert "The document is being read" in page
    assert 'data-hx-trigger="every 2s"' in page


def test_a_failed_reading_says_why(client, editor):
    document = under_review()
    document.readings.update(state="failed", problem="The reader has stopped.")
    page = client.get(at(document)).text
    assert "The reader has stopped." in page
    assert "Try again" in page


def test_a_text_that_is_read_again_says_how_that_goes(client, editor):
    document, _ = three()
    assert "Read it again" in client.get(at(document)).text
    document.readings.update(state="running", ended_at=None)
    assert "It is being read again" in client.get(at(document)).text
    document.readings.update(state="failed", ended_at=TAKEN, problem="The reader has stopped.")
    assert "Reading it again failed:" in client.get(at(document)).text


def test_an_article_without_statements_offers_the_form_by_hand(client, editor):
    document = under_review()
    page = client.get(at(document)).text
    assert "Nothing was found" in page
    assert f"/desk/statements/new/?document={document.pid}" in page


@pytest.mark.parametrize("count", [10, 200])
def test_the_page_takes_as_many_queries_for_many_suggestions_as_for_few(
    client, editor, count, django_assert_max_num_queries
):
    factories.speaker("Emmanuel Macron")
    document = under_review("".join(f"“Sentence {number} of many,” he said.\n" for number in range(count)))
    for number in range(count):
        suggested(document, f"“Sentence {number} of many,”")
    with django_assert_max_num_queries(13):
        assert client.get(at(document)).text.count('class="badge open') >= count


@pytest.mark.parametrize("many", [1, 5])
def test_the_page_takes_as_many_queries_for_a_long_road_with_namesakes_and_matches(
    client, editor, many, django_assert_max_num_queries
):
    document, (one, *_) = three()
    for number in range(many + 1):
        factories.speaker("Emmanuel Macron").roles.create(label=f"Mayor {number}")
        Speaker.objects.create(name="Jane Roe", slug=f"roe-{number}", kind="person", family="Roe")
        Outlet.objects.create(name="Herald", slug=f"herald-{number}", kind="newspaper", identified=number > 0)
        factories.publish(FIRST, by="Emmanuel Macron")
    carriers = [factories.outlet(f"Carrier {number}").name for number in range(many)]
    road = [{"role": "relayed_by", "name": name} for name in (*carriers, "Herald")]
    told = {"role": "told_by", "name": "Jane Roe"}
    also = [{"role": "relayed_by", "name": "Herald"}]
    one.entry |= {"chain": [told, *road], "also": also, "principal": {"name": "Jane Roe"}}
    one.save()
    with django_assert_max_num_queries(19):
        page = client.get(at(document, one)).text
    assert page.count("Another one, which is not on record yet") == 4
    assert page.count('name="join"') == 0
    assert "Already on record?" in page


@pytest.mark.parametrize("many", [1, 5])
def test_a_refused_form_takes_as_many_queries_for_a_long_road_as_for_a_short_one(
    client, editor, many, django_assert_max_num_queries
):
    document, (one, *_) = three()
    for number in range(2):
        Outlet.objects.create(name="Herald", slug=f"herald-{number}", kind="newspaper", identified=number > 0)
    typed = {"speaker-kind": "person", "principal-name": "Jane Roe", "topics": "Peace", "said": ""}
    for number in range(1, many + 1):
        factories.speaker(f"Teller {number}").roles.create(label=f"Mayor {number}")
        typed[f"stop{2 * number}-name"], typed[f"stop{2 * number}-role"] = f"Teller {number}", "told_by"
        typed[f"stop{2 * number + 1}-name"] = factories.outlet(f"Carrier {number}").name
        typed[f"stop{2 * number + 1}-role"], typed[f"stop{2 * number + 1}-kind"] = "relayed_by", "agency"
        typed[f"also{number}-name"], typed[f"also{number}-role"] = "Herald", "relayed_by"
        typed[f"link{number}-target"] = factories.publish(f"“Words {number}.”").pid
        typed[f"link{number}-kind"] = "denies"
        typed["topics"] += f", {factories.topic(f'Topic {number}').name}"
    client.get(at(document))
    with django_assert_max_num_queries(36):
        page = client.post(at(document), sent(one, act="accept", **typed)).text
    assert "This field is required." in page
    assert page.count("Another one, which is not on record yet") == 1 + 2 * many


# Ways to it


def test_editors_find_it_from_the_desk_and_the_documents_page(client, editor):
    document, _ = three()
    assert 'href="/intake/"' in client.get("/desk/").text
    assert at(document) in client.get(document.get_absolute_url()).text


def test_visitors_see_nothing_of_it(client):
    document, _ = three()
    factories.publish(FIRST, appearances=[factories.appearance(FIRST, "spoken_to TF1", document=document)])
    page = client.get(document.get_absolute_url()).text
    assert "/intake/" not in page
    assert "It matters to us all" not in page
