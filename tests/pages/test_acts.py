import pytest

from quotes import record
from quotes.models import Report, Speaker, Statement
from quotes.notation import parse, write
from tests import factories

pytestmark = pytest.mark.django_db

ACTS = ["correct", "retract", "restore", "merge", "remove"]


@pytest.fixture
def publisher(client):
    """Whoever may do all of it: removing takes an administrator."""
    account = factories.administrator()
    client.force_login(account)
    return account


def desk(statement, act):
    return f"/desk/statements/{statement.pid}/{act}/"


def shown(client, statement):
    """The form's data as the page shows a statement."""
    page = client.get(desk(statement, "correct"))
    forms = page.context["page"].forms()
    data = {field.html_name: field.value() for form in forms for field in form if field.value() not in (None, False)}
    return {**data, "seen": str(page.context["seen"])}


def correct(client, statement, **changes):
    typed = {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(desk(statement, "correct"), {**shown(client, statement), "reason": "It was wrong", **typed})


@pytest.mark.parametrize("act", ACTS)
def test_visitors_are_sent_to_sign_in(client, act):
    statement = factories.publish()
    for answer in (client.get(desk(statement, act)), client.post(desk(statement, act), {"reason": "x"})):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/signin/")


@pytest.mark.parametrize("act", ACTS)
def test_editors_who_may_not_publish_are_refused(client, act):
    statement = factories.publish()
    client.force_login(factories.editor())
    assert client.get(desk(statement, act)).status_code == 403
    assert client.post(desk(statement, act), {"reason": "x"}).status_code == 403
    statement.refresh_from_db()
    assert statement.state == "published"


@pytest.mark.parametrize("act", ACTS)
def test_a_draft_a_tombstone_and_what_never_was_cant_be_acted_on(client, publisher, act):
    draft, gone = factories.draft(), factories.publish("“Something else entirely.”")
    record.remove(gone, editor=publisher, reason_code="law", reason="The law")
    assert client.get(desk(draft, act))["Location"] == f"/desk/statements/{draft.pid}/"
    assert client.get(desk(gone, act))["Location"] == f"/q/{gone.pid}/history"
    assert client.get(f"/desk/statements/7K2M9QX4TA/{act}/").status_code == 404
    assert client.get(f"/desk/statements/nonsense/{act}/").status_code == 404


@pytest.mark.parametrize("act", ["correct", "retract", "merge", "remove"])
def test_an_empty_reason_is_refused_and_the_rest_is_kept(client, publisher, act):
    statement, other = factories.publish(), factories.publish("“Something else entirely.”")
    typed = {"survivor": other.pid, "reason_code": "law", "confirmation": statement.pid}
    if act == "correct":
        typed = {**shown(client, statement), "words": "“Typed with care.”"}
    page = client.post(desk(statement, act), {**typed, "reason": " \n "})
    assert page.status_code == 200
    assert "Say why: the reason is public." in page.text
    kept = {"correct": "“Typed with care.”", "merge": other.pid, "remove": statement.pid}.get(act, "")
    assert kept in page.text
    statement.refresh_from_db()
    assert (statement.state, statement.revisions.count()) == ("published", 1)


def test_a_correction_makes_the_next_version(client, publisher):
    statement = factories.publish()
    answer = correct(client, statement, words="“We must think about our security,” he said.", reason="A word missed")
    assert answer["Location"] == f"/q/{statement.pid}"
    statement.refresh_from_db()
    assert write(statement.wording) == "“We must think about our security,” he said."
    revision = factories.revision(statement, 2)
    assert (revision.reason, revision.actor) == ("A word missed", publisher)
    assert statement.acts.get(verb="correct").detail["changed"] == ["spans", "mode", "text", "folded"]


@pytest.mark.parametrize(
    "fields",
    [
        {"by": "Olaf Scholz", "label": "Chancellor", "said_basis": "resolved", "said_phrase": "On Saturday"},
        {"is_translation": True, "translated_from": "fr", "translator": "Ann Roe"},
    ],
)
def test_a_form_sent_back_as_it_was_shown_changes_nothing(client, publisher, fields):
    chain = ("told_by Jane Roe", "relayed_by TASS", "published_by Le Monde")
    statement = factories.publish("“We must think [of] […] peace,” he said.\n\n“Now.”", *chain, **fields)
    page = correct(client, statement)
    assert page.status_code == 200
    assert "This is what stands already" in page.text
    assert "It was wrong" in page.text
    assert statement.revisions.count() == 1


def test_a_correction_may_bring_in_somebody_new(client, publisher):
    statement = factories.publish()
    correct(
        client,
        statement,
        speaker__name="Jane Roe",
        speaker__choice="",
        speaker__kind="person",
        speaker__given="Jane",
        speaker__family="Roe",
        stop1__name="A New Channel",
        stop1__choice="",
        stop1__kind="broadcaster",
    )
    statement.refresh_from_db()
    assert statement.speaker.name == "Jane Roe"
    assert [hop.outlet.name for hop in statement.primary_appearance.hops.all()] == ["A New Channel"]


def test_a_refused_correction_makes_nobody(client, publisher):
    statement = factories.publish()
    page = correct(
        client, statement, speaker__name="A Ministry", speaker__choice="", speaker__kind="organisation", said="2030"
    )
    assert page.status_code == 200
    assert 'value="2030"' in page.text
    assert not Speaker.objects.filter(name="A Ministry").exists()
    assert statement.revisions.count() == 1


def test_the_second_of_two_editors_is_told_and_may_save_again(client, publisher):
    statement = factories.publish()
    mine = {**shown(client, statement), "words": "“Mine.”", "reason": "I think so"}
    record.correct(
        statement, record.Changes(spans=parse("“Theirs.”")), editor=factories.publisher(), reason="They think so"
    )
    page = client.post(desk(statement, "correct"), mine)
    assert page.status_code == 409
    for text in ("“Mine.”", "Theirs.", "I think so", "Nothing you typed is lost"):
        assert text in page.text
    assert client.post(desk(statement, "correct"), {**mine, "seen": page.context["seen"]}).status_code == 302
    statement.refresh_from_db()
    assert (statement.words, statement.revisions.count()) == ("“Mine.”", 3)


def test_what_makes_no_version_is_no_conflict(client, publisher):
    statement, other = factories.publish(), factories.publish("“Never.”", by="Vladimir Putin")
    mine = {**shown(client, statement), "words": "“Mine.”", "reason": "I think so"}
    record.rename(statement.speaker, editor=factories.editor(), slug="macron")
    record.link(other, statement, "responds_to", editor=factories.editor())
    assert client.post(desk(statement, "correct"), mine).status_code == 302


@pytest.mark.parametrize("seen", ["", "x", "²", "-1", "9" * 30])
def test_a_tampered_counter_counts_as_a_conflict(client, publisher, seen):
    statement = factories.publish()
    assert correct(client, statement, words="“Mine.”", seen=seen).status_code == 409


def test_a_retraction_leads_to_restoring_it(client, publisher):
    statement = factories.publish()
    page = client.post(desk(statement, "retract"), {"reason": "Doubtful"}, follow=True)
    assert f'The statement is retracted. <a href="{desk(statement, "restore")}">Restore it</a>' in page.text


def test_a_link_that_was_taken_back_can_be_made_again(client, publisher):
    one, other = factories.publish(), factories.publish("“No.”", by="Olaf Scholz")
    link = record.link(other, one, "denies", editor=publisher)
    page = client.post(desk(one, "links"), {"unlink": link.pk}, follow=True)
    again = f"{desk(other, 'links')}?kind=denies&amp;target={one.pid}"
    assert f'<a href="{again}">Link them again</a>' in page.text
    assert one.pid in client.get(again.replace("&amp;", "&")).text


def test_removing_says_before_that_it_is_final(client, publisher):
    assert "This can’t be undone, by anybody." in client.get(desk(factories.publish(), "remove")).text


def test_a_statement_is_retracted_and_restored(client, publisher):
    statement = factories.publish()
    assert client.post(desk(statement, "retract"), {"reason": "Doubtful"}).status_code == 302
    statement.refresh_from_db()
    assert statement.state == "retracted"
    assert "retracted already" in client.post(desk(statement, "retract"), {"reason": "Doubtful"}).text
    client.post(desk(statement, "restore"), {"reason": "Confirmed"})
    statement.refresh_from_db()
    assert statement.state == "published"


def test_a_statement_is_merged_by_permalink_and_parted_from_its_history(client, publisher):
    loser, other = factories.publish(), factories.publish("“We must think of security.”")
    client.post(desk(loser, "merge"), {"survivor": f"https://example.org/q/{other.pid}/v1", "reason": "One utterance"})
    loser.refresh_from_db()
    assert loser.merged_into == other
    page = client.get(f"/q/{loser.pid}/history")
    (event,) = [event for event in page.context["history"].events if event.merge]
    undo = f"/desk/merges/{event.merge.pk}/undo/"
    assert undo in page.text
    assert client.get(undo).status_code == 405
    client.post(undo)
    loser.refresh_from_db()
    assert loser.state == "published"
    assert "is undone already" in client.post(undo, follow=True).text


def test_only_those_who_may_publish_undo_a_merge(client):
    loser, other = factories.publish(), factories.publish("“We must think of security.”")
    merge = record.merge(loser, other, editor=factories.publisher(), reason="One utterance")
    assert client.post(f"/desk/merges/{merge.pk}/undo/").status_code == 302
    client.force_login(factories.editor())
    assert client.post(f"/desk/merges/{merge.pk}/undo/").status_code == 403
    assert "undo/" not in client.get(f"/q/{loser.pid}/history").text
    loser.refresh_from_db()
    assert loser.state == "merged"


@pytest.mark.parametrize(
    "survivor", ["itself", "a draft", "7K2M9QX4TA", "https://[", "", "removed", "another speaker’s"]
)
def test_a_merge_into_what_cant_take_it_is_refused_and_kept(client, publisher, survivor):
    statement = factories.publish()
    gone = factories.publish("“Something else entirely.”")
    record.remove(gone, editor=publisher, reason_code="law", reason="The law")
    named = {
        "itself": statement,
        "a draft": factories.draft(),
        "removed": gone,
        "another speaker’s": factories.publish("“Quite another thing.”", by="Olaf Scholz"),
    }
    typed = named[survivor].pid if survivor in named else survivor
    page = client.post(desk(statement, "merge"), {"survivor": typed, "reason": "One utterance, I think"})
    assert page.status_code == 200
    assert "Please look at this again" in page.text
    assert "One utterance, I think" in page.text
    statement.refresh_from_db()
    assert statement.state == "published"


def test_a_removal_asks_for_the_id_and_then_lists_who_still_holds_the_words(client, publisher):
    document = factories.document()
    inner = factories.publish("“We must think about security guarantees.”", document=document)
    outer = factories.publish("“I say: we must. We must think about security guarantees. Now.”", document=document)
    typed = {"reason_code": "court", "reason": "A ruling", "confirmation": outer.pid}
    page = client.post(desk(inner, "remove"), typed)
    assert "This is not the id of this statement" in page.text
    answer = client.post(desk(inner, "remove"), {**typed, "confirmation": inner.pid.lower()}, follow=True)
    inner.refresh_from_db()
    assert inner.state == "removed"
    assert desk(outer, "remove") in answer.text
    assert "court" in inner.acts.get(verb="remove").reason_code


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason_code": "whim"},
        {"reason_code": ""},
        {"replacement": "nothing"},
        {"confirmation": ""},
        {"reason": "\x00"},
    ],
)
def test_a_removal_with_anything_wrong_is_refused(client, publisher, wrong):
    statement = factories.publish()
    typed = {"reason_code": "law", "reason": "The law asks for it", "confirmation": statement.pid}
    page = client.post(desk(statement, "remove"), {**typed, **wrong})
    assert page.status_code == 200
    assert "Please look at this again" in page.text
    statement.refresh_from_db()
    assert statement.state == "published"


def test_nothing_cant_replace_itself(client, publisher):
    statement = factories.publish()
    typed = {"reason_code": "law", "reason": "The law", "confirmation": statement.pid, "replacement": statement.pid}
    assert "must be another published statement" in client.post(desk(statement, "remove"), typed).text


def test_what_was_never_removed_has_no_page_after_it(client, publisher):
    assert client.get(desk(factories.publish(), "removed")).status_code == 404


def test_a_report_is_answered_with_the_act_it_led_to(client, publisher):
    statement = factories.publish()
    report = Report.objects.create(
        statement=statement, message="He never said so", sent_at=statement.recorded_at, address="x"
    )
    address = f"{desk(statement, 'retract')}?report={report.pk}"
    assert address in client.get(f"/desk/reports/{report.pk}/").text
    assert "This answers" in client.get(address).text
    client.post(address, {"reason": "The source has withdrawn it"})
    report.refresh_from_db()
    assert report.answer == "Retracted: The source has withdrawn it"
    assert report.answered_by == publisher


@pytest.mark.parametrize("number", ["", "x", "999999", "9" * 40])
def test_a_report_that_isnt_there_changes_nothing(client, publisher, number):
    statement = factories.publish()
    answer = client.post(f"{desk(statement, 'retract')}?report={number}", {"reason": "Doubtful"})
    assert answer.status_code == 302
    assert Statement.objects.get().state == "retracted"


def test_the_office_follows_the_speaker_unless_another_is_typed(client, publisher):
    scholz = factories.speaker("Olaf Scholz")
    scholz.roles.create(label="Chancellor of Germany", held="2021-12-08/..", held_min="2021-12-08")
    statement = factories.publish(label="President of France")
    correct(client, statement, speaker__name="Olaf Scholz", speaker__choice="")
    statement.refresh_from_db()
    assert statement.label == "Chancellor of Germany"
    correct(client, statement, label="Head of the SPD’s government")
    statement.refresh_from_db()
    assert statement.label == "Head of the SPD’s government"
    correct(client, statement, words="“Another wording.”")
    statement.refresh_from_db()
    assert statement.label == "Head of the SPD’s government"


def test_only_those_who_may_publish_are_led_to_the_acts(client):
    statement = factories.publish()
    address = f"/q/{statement.pid}/history"
    assert desk(statement, "correct") not in client.get(address).text
    client.force_login(factories.editor())
    assert desk(statement, "correct") not in client.get(address).text
    client.force_login(factories.publisher())
    page = client.get(address)
    for act in ("correct", "retract", "merge"):
        assert desk(statement, act) in page.text
    assert desk(statement, "remove") not in page.text
    client.force_login(factories.administrator())
    assert desk(statement, "remove") in client.get(address).text


def test_a_retracted_statement_can_be_corrected_and_restored_but_not_merged(client, publisher):
    statement = factories.publish()
    record.retract(statement, editor=publisher, reason="Doubtful")
    page = client.get(f"/q/{statement.pid}/history")
    assert desk(statement, "restore") in page.text
    assert desk(statement, "merge") not in page.text
    correct(client, statement, words="“Another wording.”")
    statement.refresh_from_db()
    assert (statement.state, statement.revisions.count()) == ("retracted", 2)
