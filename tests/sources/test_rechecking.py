"""Looking again at documents: unchanged, changed, gone; and what became of the words."""

import datetime as dt

import pytest
from django.db import IntegrityError

from quotes import record
from quotes.record.recheck import recheck as recheck_on_record
from sources.documents import redact
from sources.intake import read_address, take_in
from sources.models import Recheck, Snapshot
from sources.reading import Hints, read_pasted
from sources.rechecking import Passage, due, last_shown, look_at, note, recheck
from tests import factories
from tests.sources import files, web
from tests.sources.files import WORDS

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2022, 12, 4, 12, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)
Result = Recheck.Result
LONG = "The minister went on to say that nobody in the room had been told about it before the end of that week."


@pytest.fixture
def site():
    with web.serving() as made:
        yield made


def took(site, *paragraphs, path="/article", at=NOW):
    site.says(path, files.page(*(paragraphs or (LONG, WORDS))))
    reading = read_address(site.url(path), web.fetcher())
    return take_in(reading, factories.outlet("The Daily"), published="2022-12-04", taken_at=at).document


def look(document, weeks=1, passages=(), **options):
    return recheck(document, fetcher=web.fetcher(**options), at=NOW + weeks * WEEK, passages=passages)


def passage(document, words=WORDS):
    snapshot = document.snapshots.last()
    start = snapshot.text.index(words)
    return Passage(snapshot.pk, start, start + len(words))


def test_a_page_that_says_the_same_is_unchanged(site):
    document = took(site)
    made = look(document)
    snapshot = document.snapshots.get()
    assert (made.result, made.status, made.reason) == (Result.UNCHANGED, 200, "")
    assert (made.compared, made.shown) == (snapshot, snapshot)
    assert (snapshot.check_result, snapshot.checked_at) == ("unchanged", NOW + WEEK)


def test_a_page_that_looks_different_and_says_the_same_is_unchanged(site):
    document = took(site)
    site.says("/article", files.page(LONG, f"<b>{WORDS}</b> ", body="<nav><a href=/>Home</a></nav>"))
    assert look(document).result == Result.UNCHANGED


def test_a_page_that_says_something_else_is_changed_and_its_text_is_kept(site):
    document = took(site)
    site.says("/article", files.page(LONG, WORDS, "A correction was added."))
    made = look(document)
    newest = document.snapshots.first()
    assert made.result == Result.CHANGED
    assert made.shown == newest
    assert newest.text.endswith("A correction was added.")
    assert newest.original.read() == files.page(LONG, WORDS, "A correction was added.").encode()
    newest.original.close()
    assert document.snapshots.last().check_result == "changed"


def test_the_next_look_compares_with_what_was_seen_last(site):
    document = took(site)
    site.says("/article", files.page(LONG, "Other words."))
    assert look(document, 1).result == Result.CHANGED
    assert look(document, 2).result == Result.UNCHANGED
    site.says("/article", files.page(LONG, WORDS))
    assert look(document, 3).result == Result.CHANGED
    assert look(document, 4).result == Result.UNCHANGED
    assert document.snapshots.count() == 2


def test_the_words_are_looked_for_in_the_changed_text(site):
    document = took(site)
    there, gone = passage(document), passage(document, LONG)
    site.says("/article", files.page("Updated on Monday.", WORDS))
    moved, lost = look(document, passages=[there, gone]).passages
    text = document.snapshots.first().text
    assert moved == {
        "snapshot": there.snapshot_id,
        "start": there.start,
        "end": there.end,
        "place": "moved",
        "now": [text.index(WORDS), text.index(WORDS) + len(WORDS)],
    }
    assert (lost["place"], lost["now"]) == ("gone", None)


def test_words_of_an_older_text_are_looked_for_too(site):
    document = took(site)
    old = passage(document)
    site.says("/article", files.page("Updated on Monday.", WORDS))
    look(document, 1)
    assert look(document, 2, [old]).passages[0]["place"] == "moved"


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_no_more_is_gone(site, status):
    document = took(site)
    site.says("/article", "No such page", status)
    made = look(document, passages=[passage(document)])
    assert (made.result, made.status, made.shown, made.passages) == (Result.GONE, status, None, [])
    assert document.snapshots.get().check_result == "gone"


def test_an_article_that_leads_to_the_front_page_is_gone(site):
    document = took(site)
    site.says("/", files.page("Today’s news.", LONG))
    site.redirects("/article", "/")
    made = look(document)
    assert (made.result, made.reached) == (Result.GONE, site.url("/"))
    assert document.snapshots.count() == 1


def test_a_page_that_comes_back_is_unchanged(site):
    document = took(site)
    answering = site.paths.pop("/article")
    assert look(document, 1).result == Result.GONE
    site.paths["/article"] = answering
    assert look(document, 2).result == Result.UNCHANGED


def test_a_page_that_moved_tells_where(site):
    document = took(site)
    site.paths["/new"] = site.paths["/article"]
    site.redirects("/article", "/new")
    made = look(document)
    assert (made.result, made.reached) == (Result.UNCHANGED, site.url("/new"))


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_site_that_is_unwell_says_nothing_about_its_page(site, status):
    document = took(site)
    site.says("/article", "", status)
    made = look(document)
    assert (made.result, made.status) == (Result.UNREACHABLE, status)
    assert document.snapshots.get().check_result == ""


def test_a_site_that_stays_away_for_weeks_is_gone(site):
    document = took(site)
    site.says("/article", "", 500)
    assert [look(document, weeks).result for weeks in (1, 1.1, 1.2, 2.5)] == [*["unreachable"] * 3, "gone"]
    assert look(document, 3).result == Result.GONE


def test_a_site_that_was_away_now_and_then_is_not_gone(site):
    document = took(site)
    for weeks in range(1, 8):
        site.says("/article", files.page(LONG, WORDS), 200 if weeks % 3 == 0 else 500)
        assert look(document, weeks).result != Result.GONE


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [("/article", "", 403), ("/article", '""“”', 200), ("/robots.txt", "User-agent: *\nDisallow: /", 200)],
)
def test_a_page_that_programs_may_not_see_or_can_t_read_is_told_as_such(site, path, body, status):
    document = took(site)
    site.says(path, body, status)
    made = look(document)
    assert made.result == Result.REFUSED
    assert made.reason
    assert document.snapshots.count() == 1


def test_a_document_that_was_recorded_without_its_text_gets_one():
    with web.serving() as site:
        site.says("/article", files.page(WORDS))
        document = factories.document(url=site.url())
        made = look(document)
    assert (made.result, made.compared, made.shown) == (Result.UNCHANGED, None, document.snapshots.get())
    assert "first time" in made.reason


def test_removed_words_don_t_come_back_with_a_look():
    with web.serving() as site:
        site.says("/article", files.page(LONG, "“We must think about security.”"))
        statement = factories.publish("“We must think about security.”")
        document = statement.appearances.get().document
        type(document).objects.filter(pk=document.pk).update(url=site.url())
        document.refresh_from_db()
        reading = read_pasted(files.page(LONG, "“We must think about security.”"), Hints(url=site.url()))
        take_in(reading, document.outlet, published="2022", taken_at=NOW)
        record.remove(statement, editor=factories.publisher(), reason_code="court", reason="A court orders it")
        assert look(document, 1).result == Result.UNCHANGED
        site.says("/article", files.page(LONG, "“We must think about security.”", "More."))
        made = look(document, 2)
    assert (made.result, made.shown) == (Result.CHANGED, None)
    assert not any("security" in text for text in Snapshot.objects.values_list("text", flat=True))
    assert not any(snapshot.original for snapshot in Snapshot.objects.all())


def test_a_result_is_one_of_five():
    with pytest.raises(IntegrityError, match="recheck_result_is_known"):
        Recheck.objects.create(document=factories.document(), at=NOW, result="perhaps")


# On record


def test_a_look_finds_the_statements_words_and_renews_their_pages(site):
    document = took(site, LONG, "“We must think about security.”")
    statement = factories.draft("“We must think about security.”", document=document)
    appearance = statement.appearances.get()
    text, snapshot = appearance.printed, document.snapshots.get()
    start = snapshot.text.index(text)
    type(appearance).objects.filter(pk=appearance.pk).update(snapshot=snapshot, start=start, end=start + len(text))
    record.publish(statement, editor=factories.publisher())
    statement.refresh_from_db()
    seen = statement.touched
    site.says("/article", files.page("Updated.", "“We must think about security.”"))
    made = recheck_on_record(document, fetcher=web.fetcher(), at=NOW + WEEK)
    statement.refresh_from_db()
    appearance.refresh_from_db()
    assert [told["place"] for told in made.passages] == ["ambiguous"]
    assert statement.touched == seen + 1
    assert statement.revisions.count() == 1
    assert (appearance.snapshot_id, appearance.start) == (snapshot.pk, start)


def test_a_look_that_shows_nothing_new_renews_no_page(site):
    document = took(site, LONG)
    statement = factories.publish("“We must think about security.”", document=document)
    seen = []
    for days in (0, 0, 1):
        recheck_on_record(document, fetcher=web.fetcher(), at=NOW + WEEK + dt.timedelta(days=days))
        statement.refresh_from_db()
        seen.append(statement.touched)
    # The second look was on the same day as the first; the third is told with its own.
    assert (seen[1] - seen[0], seen[2] - seen[1]) == (0, 1)


# Whose turn it is


def test_a_text_that_a_dump_didnt_bring_is_compared_with_nothing(site):
    document = took(site)
    document.snapshots.update(text="")
    assert not due(NOW + 3 * WEEK, WEEK).exists()


def test_those_that_wait_longest_come_first(site):
    never = took(site, "Never looked at.", path="/never")
    longest = took(site, "Looked at long ago.", path="/longest")
    long = took(site, "Looked at a while ago.", path="/long")
    lately = took(site, "Looked at lately.", path="/lately")
    look(longest, 1)
    look(long, 2)
    look(lately, 4)
    assert list(due(NOW + 4 * WEEK, WEEK)) == [never, longest, long]
    assert last_shown(lately) == lately.snapshots.get()


def test_what_has_no_address_no_text_or_was_archived_lately_waits_for_nothing(site):
    factories.document()
    factories.document(url="https://daily.example/empty")
    took(site, at=NOW + WEEK)
    assert not due(NOW + WEEK, WEEK).exists()
    assert due(NOW + 3 * WEEK, WEEK).count() == 1


def test_a_removal_is_not_undone_by_a_look_that_began_before_it(site):
    """The page is fetched before the removal and noted after it."""
    document = took(site)
    reading = look_at(document.url, web.fetcher())
    site.says("/article", files.page(LONG, WORDS, "More."))
    changed = look_at(document.url, web.fetcher())
    blanked = document.snapshots.get()
    redact(blanked, "█", NOW)
    blanked.save()
    assert note(document, reading, at=NOW + WEEK).result == Result.UNCHANGED
    assert note(document, changed, at=NOW + WEEK).shown is None
    assert document.snapshots.get().text == "█"
