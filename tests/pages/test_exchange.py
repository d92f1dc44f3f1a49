"""Who answered whom on a topic; and links that editors make, with what suggests them."""

import datetime as dt
from itertools import pairwise

import pytest
from django.core.management import call_command

from quotes import record
from quotes.exchange import DEPTH, exchanges
from quotes.models import Act, Link, Statement
from quotes.relating import suggested_links
from tests import factories

pytestmark = pytest.mark.django_db

SECURITY = "“We must think about the security structure under which our children will live tomorrow.”"


@pytest.fixture
def by():
    return factories.publisher()


def say(words, by="Emmanuel Macron", said="2022-12-03", **fields):
    return factories.publish(words, by=by, said=said, topics=[factories.topic()], **fields)


def page_of(client, query="", topic="security-guarantees"):
    """The page from its list on, below the drawing of the same."""
    return " ".join(client.get(f"/topics/{topic}/exchange/{query}").text.partition('<ol class="exchange">')[2].split())


# The exchange


def test_an_answer_stands_below_what_it_answers_alone(client, by):
    demand, reply = say("“One demand.”"), say("“Our reply.”", "Olaf Scholz", "2022-12-04")
    record.link(reply, demand, "responds_to", editor=by)
    [turn] = exchanges([reply, demand])
    assert (turn.statement, [(below.statement, below.relation) for below in turn.turns]) == (
        demand,
        [(reply, "answered by")],
    )
    page = page_of(client)
    assert page.index("One demand") < page.index("answered by") < page.index("Our reply")


def test_what_nobody_answered_says_so_as_of_today(client, by):
    say("“One demand.”")
    today = dt.datetime.now(dt.UTC).date()
    assert f"No response on record as of {today.day} {today:%B %Y}." in page_of(client)


@pytest.mark.parametrize("kind", ["responds_to", "denies", "confirms", "contradicts"])
def test_what_was_answered_denied_or_confirmed_doesnt_say_so(client, by, kind):
    record.link(say("“Two.”", "Olaf Scholz", "2022-12-04"), say("“One.”"), kind, editor=by)
    assert "No response on record" not in page_of(client)


def test_what_was_only_repeated_has_no_response(client, by):
    record.link(say("“One again.”", "Olaf Scholz", "2022-12-04"), say("“One.”"), "repeats", editor=by)
    page = page_of(client)
    assert "repeated by" in page
    assert "No response on record" in page


def test_a_draft_or_a_retracted_answer_is_none(client, by):
    demand, reply = say("“One.”"), say("“Two.”", "Olaf Scholz")
    record.link(reply, demand, "responds_to", editor=by)
    record.link(factories.draft("“Three.”"), demand, "responds_to", editor=by)
    record.retract(reply, editor=by, reason="A hoax")
    page = page_of(client)
    assert "No response on record" in page
    assert "Three" not in page


def test_answers_stand_in_the_order_they_were_given(by):
    demand = say("“One.”", said="2022-11-01")
    late, early = say("“Late.”", "A", "2022-11-05"), say("“Early.”", "B", "2022-11-02")
    for one in (late, early):
        record.link(one, demand, "responds_to", editor=by)
    [turn] = exchanges([demand])
    assert [below.statement for below in turn.turns] == [early, late]


def test_answers_to_answers_are_read_to_a_depth_and_the_rest_is_pointed_to(client, by):
    chain = [say(f"“Number {number}.”", f"Speaker {number}", f"2022-11-{number + 1:02}") for number in range(DEPTH + 3)]
    for one, other in pairwise(chain):
        record.link(other, one, "responds_to", editor=by)
    page = page_of(client)
    assert page.count('class="turn responds_to"') == DEPTH
    assert "stands on <a" in page


def test_two_that_confirm_each_other_stand_once(by):
    one, other = say("“One.”"), say("“Two.”", "Olaf Scholz", "2022-12-04")
    record.link(one, other, "confirms", editor=by)
    record.link(other, one, "confirms", editor=by)
    [turn] = exchanges([other, one])
    assert (turn.statement, [below.statement for below in turn.turns]) == (one, [other])
    assert turn.turns[0].turns == []


def test_it_costs_the_same_however_much_is_said(client, by, django_assert_max_num_queries):
    for number in range(12):
        demand = say(f"“Demand {number}.”", f"Speaker {number}", "2022-12-01")
        record.link(say(f"“Reply {number}.”", "Olaf Scholz"), demand, "responds_to", editor=by)
    with django_assert_max_num_queries(14):
        client.get("/topics/security-guarantees/exchange/")


def test_it_has_pages_and_takes_the_filters_of_lists(client, by):
    for number in range(30):
        say(f"“Demand {number}.”", "Olaf Scholz" if number % 2 else "Emmanuel Macron")
    assert 'rel="next"' in page_of(client)
    assert "Olaf Scholz</a></strong>" not in page_of(client, "?speaker=emmanuel-macron")
    assert client.get("/topics/security-guarantees/exchange/?year=x").status_code == 200


def test_a_topic_leads_to_it_and_another_name_too(client, by):
    say("“One.”")
    assert 'href="/topics/security-guarantees/exchange/"' in client.get("/topics/security-guarantees/").text
    assert client.get("/topics/nothing/exchange/").status_code == 404


def test_kyivs_reply_stands_below_russias_requirement(client, groups):
    call_command("load_founding_record", verbosity=0)
    page = page_of(client, topic="neutrality-of-ukraine")
    assert (
        page.index("Government of Russia") < page.index("answered by") < page.index("interfering with its sovereignty")
    )


# Links made by editors


def in_one_text(first, between, second, language="en"):
    """Two statements that stand in one archived text, by Scholz and by Macron."""
    where = factories.snapshot(f"Scholz said: {first} {between} {second}, he went on to say.", language=language)

    def printed(words):
        start = where.text.index(words)
        return factories.appearance(
            words, "published_by Le Monde", document=where.document, snapshot=where, start=start, end=start + len(words)
        )

    return (
        say(first, "Olaf Scholz", appearances=[printed(first)]),
        say(second, "Emmanuel Macron", appearances=[printed(second)]),
    )


def suggestions(statement):
    return [(one.source, one.kind, one.target) for one in suggested_links(statement)]


@pytest.mark.parametrize(
    ("verb", "kind"),
    [("denied", "denies"), ("confirmed", "confirms"), ("replied", "responds_to"), ("echoed", "repeats")],
)
def test_the_cue_in_the_text_suggests_what_it_does_to_what_stands_before(verb, kind):
    before, after = in_one_text("“The gates are open.”", f"Macron {verb} that:", "“They were shut on Tuesday.”")
    assert suggestions(after) == [(after, kind, before)]
    assert suggestions(before) == []


def test_the_cue_is_one_of_the_document_s_language():
    before, after = in_one_text("«Die Tore sind offen.»", "Macron bestritt:", "«Sie waren zu.»", language="de")
    assert suggestions(after) == [(after, "denies", before)]


def test_mere_saying_suggests_nothing():
    _, after = in_one_text("“The gates are open.”", "Macron said:", "“They were shut on Tuesday.”")
    assert suggestions(after) == []


def test_near_words_of_another_with_a_negation_may_contradict():
    first = say(SECURITY, "Olaf Scholz", "2022-12-01")
    second = say("“We must not think about the security structure under which our children will live tomorrow.”")
    assert suggestions(second) == [(second, "contradicts", first)]


def test_the_same_words_on_another_day_may_repeat_the_first():
    first = say(SECURITY, said="2022-12-01")
    second = say(
        SECURITY,
        said="2022-12-09",
        appearances=[
            factories.appearance(SECURITY, "spoken_to BBC", document=factories.document(published="2022-12-10"))
        ],
    )
    assert suggestions(second) == [(second, "repeats", first)]
    assert suggestions(first) == []


def test_what_is_linked_is_suggested_no_more(by):
    before, after = in_one_text("“The gates are open.”", "Macron denied that:", "“They were shut on Tuesday.”")
    record.link(after, before, "denies", editor=by)
    assert suggestions(after) == []


def test_what_a_speaker_tells_of_another_is_suggested_as_told(client, by):
    call_command("load_founding_record", verbosity=0)
    outer, inner = Statement.objects.get(links_out__kind="reports"), Statement.objects.get(links_in__kind="reports")
    Link.objects.filter(kind="reports").delete()
    assert (outer, "reports", inner) in suggestions(inner)


def test_an_editor_takes_a_suggestion_and_takes_it_back(client, by):
    before, after = in_one_text("“The gates are open.”", "Macron denied that:", "“They were shut on Tuesday.”")
    client.force_login(by)
    address = f"/desk/statements/{after.pid}/links/"
    page = client.get(address)
    assert f'href="{address}?kind=denies&amp;target={before.pid}"' in page.text
    assert f'value="{before.pid}"' in client.get(f"{address}?kind=denies&target={before.pid}").text
    client.post(address, {"kind": "denies", "target": before.pid})
    made = Link.objects.get()
    assert (made.source, made.kind, made.target) == (after, "denies", before)
    assert f'name="unlink" value="{made.pk}"' in client.get(address).text.replace("\n", " ").replace(
        '" value', '" value'
    )
    client.post(address, {"unlink": made.pk})
    assert not Link.objects.exists()
    assert set(Act.objects.values_list("verb", flat=True)) >= {"link", "unlink"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"kind": "", "target": ""}, "Which statement?"),
        ({"kind": "denies", "target": ""}, "Which statement?"),
        ({"kind": "denies", "target": "7K2M9QX4TA"}, "No published statement has this id"),
        ({"kind": "denies", "target": "{self}"}, "be linked to itself"),
        ({"kind": "likes", "target": "{other}"}, "likes is not one"),
    ],
)
def test_what_cant_be_linked_is_said(client, by, typed, told):
    statement, other = say("“One.”"), say("“Two.”")
    client.force_login(by)
    named = {name: value.format(self=statement.pid, other=other.pid) for name, value in typed.items()}
    assert told in client.post(f"/desk/statements/{statement.pid}/links/", named).text
    assert not Link.objects.exists()


def test_nobody_takes_back_links_of_other_statements(client, by):
    made = record.link(say("“One.”"), say("“Two.”"), "denies", editor=by)
    client.force_login(by)
    client.post(f"/desk/statements/{say('“Three.”').pid}/links/", {"unlink": made.pk})
    assert Link.objects.exists()
