"""The same statements as one flat table for Datasette, with what its documentation advises: indexes and a search.

Where a statement has several outlets, relays or topics, its first stands in the column, as in a spreadsheet.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

COLUMNS = ("speaker", "outlet", "relay", "topic", "mode", "language", "year")

_TABLE = """
CREATE TABLE statements AS
SELECT s.pid AS id, p.name AS speaker, s.label, s.text AS words, s.mode, s.language, s.said, s.said_max,
    CAST(substr(s.said_max, 1, 4) AS INTEGER) AS year, s.published,
    (SELECT o.name FROM record.quotes_carriage c JOIN record.sources_outlet o ON o.id = c.outlet_id
        WHERE c.statement_id = s.id ORDER BY c.id LIMIT 1) AS outlet,
    (SELECT o.name FROM record.quotes_carriage c JOIN record.sources_outlet o ON o.id = c.outlet_id
        WHERE c.statement_id = s.id AND c.role = 'relayed_by' ORDER BY c.id LIMIT 1) AS relay,
    (SELECT t.name FROM record.quotes_statement_topics f JOIN record.quotes_topic t ON t.id = f.topic_id
        WHERE f.statement_id = s.id ORDER BY t.name LIMIT 1) AS topic
FROM record.quotes_statement s JOIN record.quotes_speaker p ON p.id = s.speaker_id
WHERE s.state = 'published' ORDER BY s.said_max DESC
"""


def flatten(record: Path, flat: Path) -> None:
    """Write the flat file of a record's."""
    draft = flat.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(draft)) as connection:
        connection.execute("ATTACH ? AS record", [f"{record}"])
        connection.execute(_TABLE)
        connection.execute("ALTER TABLE statements RENAME TO filled")
        connection.execute(_with_key(connection))
        connection.execute("INSERT INTO statements SELECT * FROM filled")
        connection.execute("DROP TABLE filled")
        for column in (*COLUMNS, "said_max"):
            connection.execute(f"CREATE INDEX by_{column} ON statements ({column})")
        connection.execute(
            "CREATE VIRTUAL TABLE statements_fts USING fts5 (words, speaker, content=statements, tokenize=porter)"
        )
        connection.execute("INSERT INTO statements_fts (statements_fts) VALUES ('rebuild')")
        connection.commit()
        connection.execute("ANALYZE")
        connection.execute("VACUUM")
    draft.rename(flat)


def _with_key(connection: sqlite3.Connection) -> str:
    columns = connection.execute("SELECT name, type FROM pragma_table_info('filled')").fetchall()
    told = ", ".join(f"{name} {kind}{' PRIMARY KEY' if name == 'id' else ''}" for name, kind in columns)
    return f"CREATE TABLE statements ({told})"
