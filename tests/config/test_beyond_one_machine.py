"""A site of several servers, as docs/scaling.md builds it: what visitors and editors meet when one of them goes."""

import subprocess
import sys
import time
from functools import partial

import pytest

from tests import clusters, servers
from tests.clusters import until
from tests.config.site import PASSWORD, ROOT, Site, Visitor
from tests.environment import clean_environment

# Pages, acts, and transactions that meet: what a pooler that mixes up sessions would break.
THROUGH_A_POOLER = ["tests/quotes/record/test_at_once.py", "tests/pages/test_acts.py", "tests/pages/test_accounts.py"]

pytestmark = [pytest.mark.slow, pytest.mark.pure]


@pytest.fixture
def place():
    """Somewhere for a primary, a standby and a pooler."""
    programs = servers.debian_programs()
    if programs is None or not servers.pgbouncer():
        pytest.skip(
            "Needs Debian's postgresql and pgbouncer; `python -m tests --slow` says so too, and fails for it in CI"
        )
    with clusters.place(programs) as place:
        yield place


def prepared(folder, primary, **settings):
    """A site whose tables and files are made: the operator's steps, on the primary itself."""
    direct = f"postgres://{clusters.ROLE}@/record?host={primary.folder}"
    Site(folder, DATABASE_URL=direct, DATABASE_POOL="false").manage("migrate", "--verbosity=0")
    site = Site(folder, **settings)
    site.collect()
    return site


def kept(cluster):
    pids = cluster.ask(
        "SELECT coalesce(string_agg(pid, ' '), '') FROM quotes_statement WHERE state = 'published'", "record"
    )
    return set(pids.split())


def reads(visitor, path):
    return visitor.get(path).status == 200


def lacks(visitor, path):
    return visitor.get(path).status == 404


def visits(visitor, path, seconds):
    """What a visitor gets who asks again and again for so long."""
    deadline = time.monotonic() + seconds
    pages = []
    while time.monotonic() < deadline:
        pages.append(visitor.get(path))
    return pages


def test_no_acknowledged_write_is_lost_when_the_replica_stops_and_the_primary_dies(place, tmp_path):
    primary = place.primary()
    standby = place.standby(primary)
    pooler = place.pooler(record=primary, record_replica=standby)
    site = prepared(
        tmp_path,
        primary,
        DATABASE_URL=pooler.address("record"),
        DATABASE_REPLICA_URLS=pooler.address("record_replica"),
        DATABASE_POOL="false",
        DISABLE_SERVER_SIDE_CURSORS="true",
    )
    primary.synchronise("standby")
    with site.served(), site.publishing() as publisher:
        publisher.goes_on()
        visitor = Visitor(site.address)
        permalink = f"/q/{publisher.acknowledged[0]}"
        until(partial(reads, visitor, permalink), what="the first statement is read")

        standby.end()
        primary.synchronise("")
        pages = visits(visitor, permalink, 2)
        assert {page.status for page in pages} == {200}
        assert max(page.seconds for page in pages) < 2
        publisher.goes_on()

        standby.start()
        until(lambda: primary.ask("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"))
        primary.synchronise("standby")
        until(lambda: primary.ask("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"))
        publisher.goes_on()
        assert "database 'replica1' doesn't answer" in site.log.read_text()

        primary.end(clusters.CRASH)
        # Who asks before the replica is known to be back waits for the primary, as long as the pooler does.
        until(partial(reads, visitor, permalink), what="the replica is read")
        standby.promote()
        pooler.serve(record=standby, record_replica=standby)
        publisher.goes_on()
        publisher.end()

        assert set(publisher.acknowledged) <= kept(standby)
        assert visitor.get(f"/q/{publisher.acknowledged[-1]}").status == 200


def test_without_a_synchronous_standby_what_it_had_not_received_is_lost_with_the_primary(place, tmp_path):
    primary = place.primary()
    standby = place.standby(primary)
    site = prepared(tmp_path, primary, DATABASE_URL=f"postgres://{clusters.ROLE}@/record?host={primary.folder}")
    with site.publishing() as publisher:
        publisher.goes_on()
        standby.freeze()
        # What the kernel holds for a frozen receiver still reaches it: this is more.
        primary.ask("SELECT pg_logical_emit_message(false, '', repeat('x', 20000000))")
        publisher.goes_on()
        primary.end(clusters.CRASH)
    standby.thaw()
    standby.promote()
    assert publisher.acknowledged[0] in kept(standby)
    assert publisher.acknowledged[-1] not in kept(standby)


def test_a_copy_of_what_a_late_replica_shows_is_gone_once_it_has_caught_up(place, tmp_path):
    primary = place.primary()
    standby = place.standby(primary)
    direct = f"postgres://{clusters.ROLE}@/record?host="
    addresses = {"DATABASE_URL": f"{direct}{primary.folder}", "DATABASE_REPLICA_URLS": f"{direct}{standby.folder}"}
    site = prepared(tmp_path, primary, DATABASE_REPLICA_LAG="60", **addresses)
    with site.served():
        with site.publishing() as publisher:
            publisher.goes_on()
        visitor = Visitor(site.address)
        until(lambda: "Emmanuel Macron" in visitor.get("/speakers/").text, what="the speaker is listed")
        standby.ask("SELECT pg_wal_replay_pause()")
        primary.ask("UPDATE quotes_speaker SET name = 'President M.'", "record")
        late = {"Emmanuel Macron" in visitor.get("/speakers/").text for _ in range(5)}
        assert late == {True}
        standby.ask("SELECT pg_wal_replay_resume()")
        until(lambda: standby.ask("SELECT count(*) FROM quotes_speaker WHERE name = 'President M.'", "record"))
        assert all("President M." in visitor.get("/speakers/").text for _ in range(5))


LAG = 12


def editor_of(site):
    site.manage(
        "shell",
        "--verbosity=0",
        "--command",
        f"""
from django.contrib.auth.models import Group, User
User.objects.create_user("editor", password={PASSWORD!r}).groups.set(Group.objects.all())
User.objects.update(last_login="2022-12-05T00:00Z")""",
    )


def published_on(site):
    """Publish a statement and return its permalink."""
    code = """
from django.contrib.auth.models import User
from tests import factories
print("/q/" + factories.publish(editor=User.objects.get(username="editor")).pid)"""
    return site.manage("shell", "--verbosity=0", "--command", code).strip()


@pytest.fixture
def served(place, tmp_path):
    """A site with a primary and a replica, without a pooler."""
    primary = place.primary()
    standby = place.standby(primary)
    site = prepared(
        tmp_path,
        primary,
        DATABASE_URL=f"postgres://{clusters.ROLE}@/record?host={primary.folder}",
        DATABASE_REPLICA_URLS=f"postgres://{clusters.ROLE}@/record?host={standby.folder}",
        DATABASE_REPLICA_LAG=str(LAG),
    )
    editor_of(site)
    with site.served():
        yield site, primary, standby


def test_whoever_wrote_reads_it_at_once_and_others_within_the_bound(served):
    site, _, standby = served
    visitor, editor = Visitor(site.address), Visitor(site.address)
    visitor.get("/")
    standby.ask("SELECT pg_wal_replay_pause()")
    permalink = published_on(site)
    published = time.monotonic()
    # On a busy machine a replica may go unheard for a second, and the primary is read: so not at the first attempt.
    until(partial(lacks, visitor, permalink), LAG - 2, "visitors read the replica, which can't have it yet")
    # Signing in writes a session, which the replica lacks.
    editor.post("/signin/", username="editor", password=PASSWORD)
    assert {page.status for page in visits(editor, "/desk/", 1)} == {200}
    assert {page.status for page in visits(editor, permalink, 1)} == {200}

    until(lambda: time.monotonic() > published + LAG + 1, LAG + 2)
    assert {page.status for page in visits(visitor, permalink, 1)} == {200}, "A replica later than the bound was read"

    standby.ask("SELECT pg_wal_replay_resume()")
    until(lambda: standby.ask("SELECT pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()"))
    standby.ask("SELECT pg_wal_replay_pause()")
    until(partial(lacks, visitor, published_on(site)), LAG - 2, "once it has caught up, it's read again")


def test_a_replica_that_hangs_keeps_nobody_waiting_for_long(served):
    site, _, standby = served
    visitor = Visitor(site.address)
    permalink = published_on(site)
    until(partial(reads, visitor, permalink))
    standby.freeze()
    pages = visits(visitor, permalink, 3)
    standby.thaw()
    assert {page.status for page in pages} == {200}
    assert max(page.seconds for page in pages) < 3
    assert max(page.seconds for page in pages[len(pages) // 2 :]) < 1


def test_the_site_stays_readable_while_the_primary_is_away_and_says_when_to_write(served):
    site, primary, _ = served
    visitor = Visitor(site.address)
    permalink = published_on(site)
    until(partial(reads, visitor, permalink))
    primary.end(clusters.CRASH)
    visits(visitor, permalink, 1.5)
    assert {page.status for page in visits(visitor, permalink, 1)} == {200}
    refused = visitor.post("/signin/", username="editor", password=PASSWORD)
    assert refused.status == 503
    assert int(refused.headers["Retry-After"]) > 0
    primary.start()
    assert until(lambda: visitor.post("/signin/", username="editor", password=PASSWORD).status == 200) < 15


def test_the_record_works_through_a_pooler_in_transaction_mode(place):
    primary = place.primary()
    pooler = place.pooler(anything=primary)
    settings = {"DATABASE_URL": pooler.address("record"), "VAR_DIR": str(place.folder / "var")}
    settings |= {"DATABASE_POOL": "false", "DISABLE_SERVER_SIDE_CURSORS": "true"}
    # A pooler keeps connections to the test database, so it can't be dropped; it goes with its cluster.
    command = [sys.executable, "-m", "pytest", "-q", "--reuse-db", "-p", "no:cacheprovider", *THROUGH_A_POOLER]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=ROOT, env=clean_environment(**settings)
    )
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout
