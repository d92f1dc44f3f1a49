"""The database itself refuses to rewrite history: a trigger on revisions, on both databases.

SQLite drops a table's triggers when a migration rebuilds the table: whoever alters the table calls `create` again.
"""

from django.db import migrations

SQLITE = """
CREATE TRIGGER revisions_are_append_only BEFORE UPDATE ON quotes_revision
WHEN NOT (
    NEW.body = '' AND NEW.id IS OLD.id AND NEW.statement_id IS OLD.statement_id AND NEW.number IS OLD.number
    AND NEW.sha256 IS OLD.sha256 AND NEW.recorded_at IS OLD.recorded_at AND NEW.actor_id IS OLD.actor_id
    AND (NEW.reason = '' OR NEW.reason IS OLD.reason)
)
BEGIN SELECT RAISE(ABORT, 'revisions_are_append_only'); END
"""

POSTGRESQL = """
CREATE FUNCTION revisions_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.body = '' AND NEW.reason IN ('', OLD.reason)
        AND (NEW.id, NEW.statement_id, NEW.number, NEW.sha256, NEW.recorded_at, NEW.actor_id)
        IS NOT DISTINCT FROM (OLD.id, OLD.statement_id, OLD.number, OLD.sha256, OLD.recorded_at, OLD.actor_id)
    THEN RETURN NEW;
    END IF;
    RAISE EXCEPTION 'revisions_are_append_only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER revisions_are_append_only BEFORE UPDATE ON quotes_revision
FOR EACH ROW EXECUTE FUNCTION revisions_are_append_only()
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE)
    else:
        schema_editor.execute(POSTGRESQL, params=None)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER revisions_are_append_only")
    else:
        schema_editor.execute("DROP TRIGGER revisions_are_append_only ON quotes_revision")
        schema_editor.execute("DROP FUNCTION revisions_are_append_only()")


class Migration(migrations.Migration):
    dependencies = [("quotes", "0001_the_record")]
    operations = [migrations.RunPython(create, drop)]
