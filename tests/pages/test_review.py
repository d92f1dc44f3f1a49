import pytest
from django.test import Client

from quotes import reviewing
from quotes.models import Appearance, Candidate, Link, Speaker, Statement
from quotes.record import publish
from sources.documents import archive
from sources.models import Outlet
from tests import factories
from tests.review import FIRST, TAKEN, TEXT, at, sent, suggested, three, under_review

pytestmark = pytest.mark.django_db

NASTY = "He said: “<script>alert(1)</script> & <b>bold</b>.”"


def refreshed(*candidates):
    for candidate in candidates:
        candidate.refresh_from_db()
    return candidates[0] if len(candidates) == 1 else candidates


def accepted(client, document, candidate, **changes):
    """Accept a suggestion by its form, and return the page that follows."""
    return client.post(at(document), sent(candidate, act="accept", **changes), follow=True)


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
    with django_assert_max_num_queries(12):
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


# Deciding


def test_accepting_makes_a_draft_where_the_words_stand(client, editor):
    document, (one, *_) = three()
    page = accepted(client, document, one)
    statement = refreshed(one).statement
    found = statement.appearances.get()
    assert (statement.state, statement.text) == ("draft", "We must think about security,")
    assert (found.snapshot, found.start, found.end) == (one.snapshot, one.start, one.end)
    assert found.printed == FIRST
    assert "Accepted: it is a draft now." in page.text
    assert "1 of 3 decided" in page.text


def test_after_a_decision_the_next_of_the_queue_is_shown(client, editor):
    document, (one, two, third) = three()
    response = client.post(at(document), sent(two, reject="trivial"))
    assert response.headers["Location"] == f"{at(document, one)}#candidate"
    response = client.post(at(document), sent(third, reject="trivial"))
    assert response.headers["Location"] == f"{at(document, one)}#candidate"
    response = client.post(at(document), sent(one, reject="trivial"))
    assert response.headers["Location"] == at(document)
    assert "All is decided" in client.get(at(document)).text


def test_corrections_are_accepted_with_it(client, editor):
    document, (one, *_) = three()
    changes = {"said": "2022-12", "speaker__name": "Vladimir Putin", "words": "“We must think of security.”"}
    accepted(client, document, one, **changes, topics="Peace", add_topics="on")
    statement = refreshed(one).statement
    assert (statement.said, str(statement.speaker)) == ("2022-12", "Vladimir Putin")
    assert [topic.name for topic in statement.topics.all()] == ["Peace"]
    assert one.entry["words"]["said"] == "2022-12"


def test_a_new_speaker_is_made_in_place(client, editor):
    document, (one, *_) = three()
    page = client.post(at(document), sent(one, act="accept", speaker__name="Jane Roe"))
    assert "“Jane Roe” is not on record yet: what is it?" in page.text
    accepted(client, document, one, speaker__name="Jane Roe", speaker__kind="person", speaker__family="Roe")
    assert str(refreshed(one).statement.speaker) == "Jane Roe"


@pytest.mark.parametrize(
    ("changes", "anchor", "message"),
    [
        ({"words": ""}, "id_words", "There are no words."),
        ({"said": "03/12/2022"}, "id_said", "is not a date"),
        ({"said": "2022-12-05"}, "id_said", "was published 4 December 2022 already"),
        ({"speaker__name": ""}, "id_speaker-name", "This field is required"),
        ({"stop1__role": "spoken_to", "stop1__name": "Nobody"}, "id_stop1-kind", "what is it?"),
    ],
)
def test_a_wrong_field_is_refused_in_place_and_nothing_typed_is_lost(client, editor, changes, anchor, message):
    document, (one, *_) = three()
    page = client.post(at(document), sent(one, act="accept", said_reasoning="Kept reasoning", **changes)).text
    assert message in page
    assert f'<a href="#{anchor}">' in page
    assert "Kept reasoning" in page
    assert refreshed(one).state == "open"
    assert not Statement.objects.exists()


def test_what_is_saved_is_there_on_coming_back_complete_or_not(client, editor):
    document, (one, *_) = three()
    client.post(at(document), sent(one, act="save", said="", speaker__name="Jane", stop1__role="spoken_to"))
    assert refreshed(one).entry["speaker"] == {"name": "Jane"}
    page = client.get(at(document, one)).text
    assert 'value="Jane"' in page
    assert '<option value="spoken_to" selected>' in page


def test_saving_what_stands_is_no_change(client, editor):
    document, (one, *_) = three()
    client.post(at(document), sent(one, act="save"))
    assert refreshed(one).touched == 0


def test_rejecting_keeps_the_reason(client, editor):
    document, (one, *_) = three()
    client.post(at(document), sent(one, reject="scare_quotes", reject__remark="Not his words"))
    assert (refreshed(one).rejected_for, one.remark, one.decided_by) == ("scare_quotes", "Not his words", editor)
    page = client.get(at(document, one)).text
    assert "Marks that quote nobody" in page
    assert "“Not his words”" in page


def test_another_reason_must_be_said(client, editor):
    document, (one, *_) = three()
    page = client.post(at(document), sent(one, reject="other")).text
    assert "Which reason is it?" in page
    assert client.post(at(document), sent(one, reject="because")).status_code == 200
    assert refreshed(one).state == "open"


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("start-back", "the alliance is near"),
        ("start-on", "is near"),
        ("end-back", "alliance is"),
        ("end-on", "alliance is near the"),
    ],
)
def test_boundaries_move_by_a_word(client, editor, act, words):
    document, (_, two, _) = three()
    client.post(at(document), sent(two, act=act, said="2022-11"))
    assert TEXT[refreshed(two).start : two.end] == words
    assert two.entry["words"]["words"] == words
    assert two.entry["words"]["said"] == "2022-11"


def test_boundaries_are_set_by_position(client, editor):
    document, (_, two, _) = three()
    start = TEXT.index("the alliance")
    client.post(at(document), sent(two, act="move", place__start=start - 1, place__end=start + 13))
    assert TEXT[refreshed(two).start : two.end] == "the alliance"


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (0, 10_000, "The text has"),
        (20, 20, "no words between"),
        (20, 10, "no words between"),
        ("", "", "This field is required"),
        ("x", 5, "whole number"),
    ],
)
def test_boundaries_that_hold_nothing_are_refused(client, editor, start, end, message):
    document, (_, two, _) = three()
    page = client.post(at(document), sent(two, act="move", place__start=start, place__end=end))
    assert message in page.text
    assert refreshed(two).touched == 0


def test_a_suggestion_is_split_and_merged_again(client, editor):
    factories.speaker("Emmanuel Macron")
    document = under_review("He said “We must think. We must act.” and left.")
    one = suggested(document, "“We must think. We must act.”")
    cut = one.snapshot.text.index("We must act")
    assert "We must act." in client.get(at(document)).text
    client.post(at(document), sent(one, act="split", split__at=cut))
    first, second = Candidate.objects.filter(state="open").order_by("start")
    assert (first.entry["words"]["words"], second.entry["words"]["words"]) == ("“We must think.”", "“We must act.”")
    assert client.get(at(document, one)).headers["Location"] == f"{at(document, first)}#candidate"
    client.post(at(document), sent(first, act="merge"))
    merged = Candidate.objects.get(state="open")
    assert merged.entry["words"]["words"] == "“We must think. We must act.”"


@pytest.mark.parametrize("position", ["0", "5000", ""])
def test_a_split_outside_the_suggestion_is_refused(client, editor, position):
    document, (one, *_) = three()
    page = client.post(at(document), sent(one, act="split", split__position=position))
    assert page.status_code == 200
    assert "Please look at this again" in page.text
    assert refreshed(one).state == "open"


def test_the_last_one_has_nothing_to_merge_with(client, editor):
    document, (_, _, third) = three()
    assert "No open suggestion follows" in client.post(at(document), sent(third, act="merge")).text


def test_words_that_were_missed_become_a_suggestion(client, editor):
    document, _ = three()
    start = TEXT.index("It matters")
    response = client.post(at(document), {"act": "add", "missed-start": start, "missed-end": start + 21})
    made = Candidate.objects.latest("pk")
    assert response.headers["Location"] == f"{at(document, made)}#candidate"
    assert TEXT[made.start : made.end] == "It matters to us all."
    page = client.post(at(document), {"act": "add", "missed-start": "9", "missed-end": "2"})
    assert "no words between" in page.text


def test_the_latest_decision_is_taken_back(client, editor):
    document, (one, *_) = three()
    accepted(client, document, one)
    page = client.post(at(document), {"act": "undo"}, follow=True)
    assert page.redirect_chain == [(f"{at(document, one)}#candidate", 302)]
    assert refreshed(one).state == "open"
    assert not Statement.objects.exists()
    assert "nothing of yours to take back" in client.post(at(document), {"act": "undo"}, follow=True).text


def test_taking_back_keeps_what_was_typed_about_another_one(client, editor):
    document, (one, two, _) = three()
    reviewing.reject(two, "trivial", seen=0, reviewer=editor)
    client.post(at(document), sent(one, act="undo", said="2022-11"))
    assert refreshed(two).state == "open"
    assert refreshed(one).entry["words"]["said"] == "2022-11"


def test_what_cant_be_taken_back_keeps_what_was_typed(client, editor):
    document, (one, *_) = three()
    page = client.post(at(document), sent(one, act="undo", said="2022-11"))
    assert "nothing of yours to take back" in page.text
    assert 'value="2022-11"' in page.text


# Two reviewers


def test_a_stale_form_shows_what_the_other_did_and_keeps_what_was_typed(client, editor):
    document, (one, *_) = three()
    stale = sent(one, act="save", said="2022-11")
    other = factories.editor()
    reviewing.save_entry(one, {"words": one.entry["words"] | {"said": "2022-10"}}, seen=0, reviewer=other)
    page = client.post(at(document), stale)
    assert page.status_code == 409
    assert "<li>2022-10</li>" in page.text
    assert 'value="2022-11"' in page.text
    again = client.post(at(document), stale | {"seen": refreshed(one).touched})
    assert again.status_code == 302
    assert refreshed(one).entry["words"]["said"] == "2022-11"


def test_what_the_other_decided_is_not_decided_again(client, editor):
    document, (one, *_) = three()
    other = factories.editor()
    reviewing.reject(one, "trivial", seen=0, reviewer=other)
    page = client.post(at(document), sent(one, act="accept", seen=0, said_reasoning="Kept reasoning"))
    assert page.status_code == 409
    assert f"by {other}" in page.text
    assert "Kept reasoning" in page.text
    assert 'value="accept"' not in page.text


def test_what_the_other_split_keeps_what_was_typed(client, editor):
    document, (one, *_) = three()
    reviewing.split(one, one.start + 9, seen=0, reviewer=factories.editor())
    page = client.post(at(document), sent(one, act="accept", seen=0, said_reasoning="Kept reasoning"))
    assert page.status_code == 409
    assert "Kept reasoning" in page.text


def test_what_the_other_did_to_the_next_one_is_shown_before_merging(client, editor):
    document, (one, two, _) = three()
    as_seen = {"merge__with": two.pk, "merge__seen": two.touched}
    other = factories.editor()
    changed = two.entry | {"words": two.entry["words"] | {"said": "2022-10"}}
    reviewing.save_entry(two, changed, seen=0, reviewer=other)
    page = client.post(at(document), sent(one, act="merge", **as_seen))
    assert page.status_code == 409
    assert "<li>2022-10</li>" in page.text
    reviewing.reject(two, "trivial", seen=1, reviewer=other)
    page = client.post(at(document), sent(one, act="merge", **as_seen))
    assert "Another suggestion follows in the text now" in page.text
    assert refreshed(one).state == "open"


# Already on record


def test_the_same_words_on_record_are_shown_and_joined(client, publisher):
    statement = factories.publish(FIRST)
    document, (one, *_) = three()
    page = client.get(at(document, one)).text
    assert "Already on record?" in page
    assert f'value="{statement.pid}"' in page
    client.post(at(document), sent(one, join=statement.pid))
    assert refreshed(one).state == "joined"
    assert Appearance.objects.filter(statement=statement, document=document).exists()
    assert f"/q/{statement.pid}" in client.get(at(document, one)).text


def test_what_was_typed_before_it_is_joined_is_kept(client, publisher):
    statement = factories.publish(FIRST)
    document, (one, *_) = three()
    typed = {"also1__role": "relayed_by", "also1__name": "TASS", "also1__kind": "agency"}
    client.post(at(document), sent(one, join=statement.pid, **typed))
    assert statement.appearances.get(attested=True).hops.get().outlet.name == "TASS"


def test_adding_to_what_is_public_takes_the_right_to_publish(client, editor):
    statement = factories.publish(FIRST)
    document, (one, *_) = three()
    assert 'name="join"' not in client.get(at(document, one)).text
    assert client.post(at(document), sent(one, join=statement.pid)).status_code == 403
    assert refreshed(one).state == "open"


def test_only_what_is_published_can_be_joined(client, publisher):
    draft = factories.draft(FIRST)
    document, (one, *_) = three()
    for pid in (draft.pid, "nonsense"):
        assert "not published any more" in client.post(at(document), sent(one, join=pid)).text
    assert refreshed(one).state == "open"


# Further carriers, and what it does to others


def test_chains_and_links_that_are_unticked_are_not_kept(client, editor):
    document, (one, two, _) = three()
    chain = [{"role": "relayed_by", "name": "TASS", "kind": "agency"}]
    one.entry |= {"attested": [chain], "between": [{"kind": "responds_to", "candidate": two.pk}]}
    one.save()
    page = client.get(at(document, one)).text
    assert "others carried it: relayed by TASS" in page
    assert "It responds to suggestion 2" in page.replace("\n", " ").replace("          ", "")
    client.post(at(document), sent(one, act="save", **{"attested-0": "on"}))
    assert (refreshed(one).entry["attested"], one.entry["between"]) == ([chain], [])


TASS = {"also1__role": "relayed_by", "also1__name": "TASS", "also1__kind": "agency"}


def test_a_carrier_that_was_missed_is_added_and_attested(client, editor):
    factories.outlet("TF1")
    document, (one, *_) = three()
    road = {"also1__role": "spoken_to", "also1__name": "TF1", "also2__role": "relayed_by", "also2__name": "TASS"}
    accepted(client, document, one, **road, also2__kind="agency")
    (attested,) = refreshed(one).statement.appearances.filter(attested=True)
    assert [str(hop) for hop in attested.hops.all()] == ["spoken to TF1", "relayed by TASS"]


def test_several_missed_roads_are_added_one_after_the_other(client, editor):
    document, (one, *_) = three()
    client.post(at(document), sent(one, act="save", **TASS))
    page = client.get(at(document, one)).text
    assert "others carried it: relayed by TASS" in page
    assert 'name="also1-name" value' not in page
    afp = {"also1__role": "relayed_by", "also1__name": "AFP", "also1__kind": "agency"}
    accepted(client, document, refreshed(one), **afp, **{"attested-0": "on"})
    roads = refreshed(one).statement.appearances.filter(attested=True)
    assert [str(road.hops.get()) for road in roads] == ["relayed by TASS", "relayed by AFP"]


def test_a_missed_carrier_that_is_incomplete_waits_as_typed(client, editor):
    document, (one, *_) = three()
    page = client.post(at(document), sent(one, act="accept", also1__role="relayed_by", also1__name="TASS")).text
    assert "“TASS” is not on record yet: what is it?" in page
    assert refreshed(one).state == "open"
    client.post(at(document), sent(one, act="save", also1__role="relayed_by", also1__name="TASS"))
    assert (refreshed(one).entry["attested"], one.entry["also"]) == ([], [{"role": "relayed_by", "name": "TASS"}])
    assert 'value="TASS"' in client.get(at(document, one)).text


def test_of_several_carriers_of_a_name_a_new_one_can_be_meant(client, editor):
    factories.outlet("Herald", kind="newspaper")
    document, (one, *_) = three()
    herald = {"also1__role": "relayed_by", "also1__name": "Herald", "also1__kind": "agency", "also1__choice": "new"}
    accepted(client, document, one, **herald)
    attested = refreshed(one).statement.appearances.get(attested=True)
    assert attested.hops.get().outlet.kind == "agency"


def test_a_link_that_was_missed_is_added_between_suggestions(client, editor):
    document, (one, two, _) = three()
    tie = {"tie1__kind": "responds_to", "tie1__candidate": one.pk}
    client.post(at(document), sent(two, act="save", **tie))
    assert refreshed(two).entry["between"] == [{"kind": "responds_to", "candidate": one.pk}]
    accepted(client, document, two, **{"between-0": "on"})
    accepted(client, document, one)
    link = Link.objects.get()
    assert (link.source, link.kind, link.target) == (refreshed(two).statement, "responds_to", refreshed(one).statement)


def test_a_link_that_was_missed_leads_to_a_statement_on_record(client, editor):
    known = factories.publish("“We will not.”")
    document, (one, *_) = three()
    accepted(client, document, one, link1__kind="denies", link1__target=known.pid)
    assert Link.objects.get().target == known


@pytest.mark.parametrize(
    ("tie", "message"),
    [
        ({"tie1__kind": "denies"}, "Which suggestion?"),
        ({"tie1__candidate": "{two}"}, "What does this statement do to that one?"),
        ({"tie1__kind": "denies", "tie1__candidate": "99999"}, "Select a valid choice"),
        ({"tie1__kind": "denies", "tie1__candidate": "{one}"}, "Select a valid choice"),
    ],
)
def test_half_a_link_is_refused_in_place_and_kept_as_typed(client, editor, tie, message):
    document, (one, two, _) = three()
    tie = {name: value.format(one=one.pk, two=two.pk) for name, value in tie.items()}
    assert message in client.post(at(document), sent(one, act="accept", **tie)).text
    client.post(at(document), sent(one, act="save", **tie))
    assert (refreshed(one).state, one.entry["between"]) == ("open", [])
    assert one.entry["ties"] == [{name.removeprefix("tie1__"): value for name, value in tie.items()}]


def test_what_is_unticked_stays_so_where_the_form_comes_back(client, editor):
    document, (one, *_) = three()
    one.entry |= {"attested": [[{"role": "relayed_by", "name": "TASS", "kind": "agency"}]]}
    one.save()
    page = client.post(at(document), sent(one, act="accept", words="")).text
    assert 'name="attested-0">' in " ".join(page.split()).replace(" >", ">")


# Publishing


def test_what_was_accepted_is_published_together(client, publisher):
    document, (one, two, third) = three()
    accepted(client, document, one)
    accepted(client, document, third)
    assert "Publish what was accepted (2)" in client.get(at(document)).text
    page = client.post(at(document), {"act": "publish"}, follow=True)
    assert "2 statements published." in page.text
    assert {refreshed(one).statement.state, refreshed(third).statement.state} == {"published"}
    assert refreshed(two).state == "open"


def test_publishing_takes_the_right_to(client, editor):
    document, (one, *_) = three()
    accepted(client, document, one)
    assert 'value="publish"' not in client.get(at(document)).text
    assert client.post(at(document), {"act": "publish"}).status_code == 403
    assert refreshed(one).statement.state == "draft"


def test_what_is_published_is_not_taken_back_here(client, publisher):
    document, (one, *_) = three()
    accepted(client, document, one)
    publish(refreshed(one).statement, editor=publisher)
    page = client.post(at(document), {"act": "undo"}, follow=True)
    assert "it can’t be taken back here" in page.text
    assert refreshed(one).state == "accepted"


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
