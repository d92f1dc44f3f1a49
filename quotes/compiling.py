"""PostgreSQL's compiler of queries (jit), which this record has no use for.

It compiles what it expects to cost much, by estimates that count every row a condition might leave. Lists stop when
they have enough, so theirs are far too high on a large record, and a list of 50 rows was compiled for five seconds.
"""

SWITCH_OFF = """
DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET jit = off', current_database());
EXCEPTION WHEN insufficient_privilege THEN
    RAISE WARNING 'jit stays on: only the owner of a database may switch it off for it';
END $$
"""
"""For all who connect from now on, by a pooler, too, and to replicas. Dumps and copies of a database leave it out."""
SWITCH_BACK = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET jit', current_database()); END $$"
