"""The epoch: the database itself moves it in every transaction that changes what a public page shows.

Triggers, so that no writer can forget it: neither a verb, nor the admin, nor COPY, nor somebody at a prompt. What only
editors see yet, drafts and documents that nothing public was found in, moves nothing.

Making triggers locks each table for writers, for a moment. SQLite drops a table's triggers when a migration rebuilds
the table: whoever alters one of these calls `create` again, and tests/quotes/test_epoch.py says so.
"""

import re
import uuid

from django.db import migrations, models

_IS_PUBLIC = "EXISTS (SELECT 1 FROM quotes_statement AS s WHERE s.id = {key} AND s.state <> 'draft')"
_IN_PUBLIC_APPEARANCE = (
    "EXISTS (SELECT 1 FROM quotes_appearance AS a JOIN quotes_statement AS s ON s.id = a.statement_id"
    " WHERE a.id = r.appearance_id AND s.state <> 'draft')"
)
_FOUND_IN = "EXISTS (SELECT 1 FROM quotes_appearance AS a WHERE a.document_id = {key})"
_PASSED_BY = "EXISTS (SELECT 1 FROM quotes_hop AS h WHERE h.document_id = {key})"

# The tables that public pages are made of, and of which rows they are, r being a row before or after the change.
WHERE = {
    "quotes_act": "",
    "quotes_alias": "",
    "quotes_appearance": _IS_PUBLIC.format(key="r.statement_id"),
    "quotes_carriage": "",
    "quotes_entry": "",
    "quotes_fingerprint": "",
    "quotes_hop": _IN_PUBLIC_APPEARANCE,
    "quotes_link": f"{_IS_PUBLIC.format(key='r.source_id')} AND {_IS_PUBLIC.format(key='r.target_id')}",
    "quotes_merge": "",
    "quotes_namestart": "",
    "quotes_nametrigram": "",
    "quotes_nameword": "",
    "quotes_revision": "",
    "quotes_role": "",
    "quotes_speaker": "",
    "quotes_speaker_members": "",
    "quotes_statement": "r.state <> 'draft'",
    "quotes_statement_topics": _IS_PUBLIC.format(key="r.statement_id"),
    "quotes_tokencount": "",
    "quotes_topic": "",
    "sources_document": f"{_FOUND_IN.format(key='r.id')} OR {_PASSED_BY.format(key='r.id')}",
    "sources_outlet": "",
    "sources_recheck": _FOUND_IN.format(key="r.document_id"),
    "sources_slugredirect": "",
    "sources_snapshot": _FOUND_IN.format(key="r.document_id"),
}
# The sides of a change that are looked at.
SIDES = {"insert": ["new"], "update": ["new", "old"], "delete": ["old"]}

# SQLite has no random UUIDs, but as good a source. One writer at a time, so one row does.
_MOVE = (
    "INSERT INTO quotes_epoch (id, mark) VALUES (1, lower(hex(randomblob(16))))"
    " ON CONFLICT (id) DO UPDATE SET mark = excluded.mark"
)

# Whoever writes takes the first row that no other writer holds, or adds one. Once a transaction is enough.
_FUNCTION = """
CREATE FUNCTION move_epoch() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    mine text := pg_current_xact_id()::text;
BEGIN
    IF current_setting('onrecord.moved', true) = mine THEN
        RETURN;
    END IF;
    UPDATE quotes_epoch SET mark = gen_random_uuid()
        WHERE id = (SELECT id FROM quotes_epoch ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED);
    IF NOT FOUND THEN
        INSERT INTO quotes_epoch (mark) VALUES (gen_random_uuid());
    END IF;
    PERFORM set_config('onrecord.moved', mine, true);
END $$
"""
_ANY = """
CREATE FUNCTION epoch_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM move_epoch();
    RETURN NULL;
END $$
"""
_SOME = """
CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('onrecord.moved', true) IS DISTINCT FROM pg_current_xact_id()::text
        AND EXISTS (SELECT 1 FROM changed AS r WHERE {where})
    THEN PERFORM move_epoch();
    END IF;
    RETURN NULL;
END $$
"""
_ROWS = "epoch_moves_with_rows"


def _sqlite(table, where):
    for event, sides in SIDES.items():
        either = " OR ".join("({})".format(re.sub(r"\br\.", f"{side.upper()}.", where)) for side in sides)
        when = either if where else "1"
        yield f"CREATE TRIGGER epoch_{table}_{event} AFTER {event} ON {table} WHEN {when} BEGIN {_MOVE}; END"


def _postgresql(table, where):
    function = f"epoch_moves_{table}" if where else _ROWS
    if where:
        yield _SOME.format(function=function, where=where)
    # Changing or deleting rows of which there are none moves nothing. Where all rows count, whoever adds some isn't
    # looked over: PostgreSQL would keep all that COPY brings for it.
    at_once = "TRUNCATE" if where else "INSERT OR TRUNCATE"
    yield f"CREATE TRIGGER epoch_{table} AFTER {at_once} ON {table} EXECUTE FUNCTION epoch_moves()"
    for event, sides in SIDES.items():
        for side in sides if where else [one for one in sides if one == "old"]:
            yield (
                f"CREATE TRIGGER epoch_{table}_{event}_{side} AFTER {event} ON {table}"
                f" REFERENCING {side} TABLE AS changed EXECUTE FUNCTION {function}()"
            )


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        statements = [each for table, where in WHERE.items() for each in _sqlite(table, where)]
    else:
        of_tables = [each for table, where in WHERE.items() for each in _postgresql(table, where)]
        statements = [_FUNCTION, _ANY, _SOME.format(function=_ROWS, where="true"), *of_tables]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in WHERE:
            for event in SIDES:
                schema_editor.execute(f"DROP TRIGGER epoch_{table}_{event}")
        return
    # A function takes its triggers along.
    for function in ["epoch_moves", _ROWS, *(f"epoch_moves_{table}" for table, where in WHERE.items() if where)]:
        schema_editor.execute(f"DROP FUNCTION {function}() CASCADE")
    schema_editor.execute("DROP FUNCTION move_epoch()")


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0010_tokens"),
        ("sources", "0005_seal_what_was_removed"),
    ]
    operations = [
        migrations.CreateModel(
            name="Epoch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.UUIDField(default=uuid.uuid4)),
            ],
        ),
        migrations.RunPython(create, drop),
    ]
