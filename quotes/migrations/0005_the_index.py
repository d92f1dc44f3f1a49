"""The index of published statements, empty: `manage.py reindex` fills it where statements stand already.

SQLite drops a table's triggers when a migration rebuilds the table: whoever alters the table calls `create` again.
"""

import django.db.models.deletion
from django.db import migrations, models

import quotes.models.search

SQLITE = [
    # The analyser's terms are parted by spaces, and hold no other sign of ASCII than letters, digits and the low line.
    """
    CREATE VIRTUAL TABLE quotes_entry_index USING fts5(
        words, terms, dates, content='quotes_entry', content_rowid='place', tokenize="ascii tokenchars '_'"
    )
    """,
    """
    CREATE TRIGGER entry_is_indexed AFTER INSERT ON quotes_entry BEGIN
        INSERT INTO quotes_entry_index (rowid, words, terms, dates)
        VALUES (NEW.place, NEW.words, NEW.terms, NEW.dates);
    END
    """,
    """
    CREATE TRIGGER entry_is_forgotten AFTER DELETE ON quotes_entry BEGIN
        INSERT INTO quotes_entry_index (quotes_entry_index, rowid, words, terms, dates)
        VALUES ('delete', OLD.place, OLD.words, OLD.terms, OLD.dates);
    END
    """,
    """
    CREATE TRIGGER entry_is_indexed_anew AFTER UPDATE ON quotes_entry BEGIN
        INSERT INTO quotes_entry_index (quotes_entry_index, rowid, words, terms, dates)
        VALUES ('delete', OLD.place, OLD.words, OLD.terms, OLD.dates);
        INSERT INTO quotes_entry_index (rowid, words, terms, dates)
        VALUES (NEW.place, NEW.words, NEW.terms, NEW.dates);
    END
    """,
]

POSTGRESQL = [
    # Words have places, so that phrases are found; tokens have none.
    r"""
    CREATE FUNCTION entry_vector(words text, terms text, dates text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT (
            coalesce(string_agg(quote_literal(translate(word, '\', '')) || ':' || place, ' '), '')
            || ' ' || terms || ' ' || dates
        )::tsvector
        FROM unnest(string_to_array(words, ' ')) WITH ORDINALITY AS split (word, place) WHERE word <> ''
    $$
    """,
    """
    ALTER TABLE quotes_entry ADD COLUMN vector tsvector
    GENERATED ALWAYS AS (entry_vector(words, terms, dates)) STORED
    """,
    "CREATE INDEX entry_by_vector ON quotes_entry USING gin (vector)",
]


def create(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for trigger in ("entry_is_indexed", "entry_is_forgotten", "entry_is_indexed_anew"):
            schema_editor.execute(f"DROP TRIGGER {trigger}")
        schema_editor.execute("DROP TABLE quotes_entry_index")
    else:
        schema_editor.execute("ALTER TABLE quotes_entry DROP COLUMN vector")
        schema_editor.execute("DROP FUNCTION entry_vector(text, text, text)")


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0004_candidates"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reindexing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.BigIntegerField()),
                ("started_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="TokenCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=50)),
                ("month", models.PositiveIntegerField()),
                ("kind", models.CharField(help_text="The letters that the token begins with: _s, _r", max_length=2)),
                ("n", models.IntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("kind"),
                        models.OrderBy(models.F("n"), descending=True),
                        models.F("token"),
                        condition=models.Q(("month", 0)),
                        name="token_count_greatest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("token", "month"), name="token_is_counted_once_a_month")
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("place", quotes.models.search.PlaceField(primary_key=True, serialize=False)),
                ("words", models.TextField(help_text="The analysed words in their order, parted by spaces")),
                (
                    "voices",
                    models.TextField(
                        help_text="Whose words they are, in order: 4d2r for four direct and two reported ones"
                    ),
                ),
                (
                    "terms",
                    models.TextField(
                        help_text="What facets count: the tokens of its speaker, outlets, topics, mode, …"
                    ),
                ),
                ("dates", models.TextField(help_text="The tokens of what isn't counted: days, the words of its label")),
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entry", to="quotes.statement"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("place__gt", 0)), name="place_is_a_day_and_an_id")
                ],
            },
        ),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=64)),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="name_words", to="quotes.speaker"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("word", "speaker"), name="name_word_leads_to_a_speaker_once")
                ],
            },
        ),
        migrations.RunPython(create, drop),
    ]
