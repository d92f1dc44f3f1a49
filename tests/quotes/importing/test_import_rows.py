"""What becomes of a row, by what it tells and by what is on record."""

import pytest
from django.test import Client

from quotes import record
from quotes.importing import findings
from quotes.importing.errors import CannotImport
from quotes.importing.fields import FIELDS
from quotes.importing.findings import csv_of
from quotes.importing.mapping import ColumnMap, from_json
from quotes.models import Alias, Speaker, Statement
from tests import factories
from tests.quotes.importing import csv_file, done, found, json_file, row, tried

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wrong", "column", "why"),
    [
        ({"words": " "}, "words", "There are no words."),
        ({"words": "“Never closed"}, "words", "This quotation mark is never closed, at character 1."),
        ({"words": "“" + "a" * 20_001 + "”"}, "words", "The words are 20,003 characters long; the limit is 20,000"),
        ({"speaker": ""}, "speaker", "There is nothing here."),
        ({"speaker": "x" * 201}, "speaker", "It is 201 characters long; the limit is 200."),
        ({"said": "soon"}, "said", "is not a date the record can keep"),
        ({"said": "2022-12-05"}, "said", "published 4 December 2022 already"),
        ({"outlet": "", "link": ""}, "outlet", "Neither an outlet nor a web address"),
        ({"published": ""}, "published", "when was it published?"),
        ({"published": "2022-12-04/.."}, "published", "It needs a last day"),
        ({"link": "lemonde.fr"}, "link", "is no web address"),
        ({"link": "http://[bad/"}, "link", "is no web address"),
        ({"language": "english!"}, "language", "is no language tag"),
        ({"topics": "; ".join(f"t{n}" for n in range(26))}, "topics", "There are 26 of them"),
        ({"speaker_kind": "ghost"}, "speaker_kind", "It is one of: person"),
        ({"outlet_kind": "ghost"}, "outlet_kind", "It is one of: broadcaster"),
        ({"speaker_wikidata": "42"}, "speaker_wikidata", "is no Wikidata id"),
        ({"translated": "maybe"}, "translated", "It is yes or no."),
        ({"translated": "no", "translator": "AFP"}, "translated", "It says no, but"),
        ({"document": "NONESUCH00", "published": ""}, "document", "No document on record has this id."),
    ],
    ids=range(20),
)
def test_a_row_that_cannot_be_a_statement_is_refused_with_its_column_and_why(wrong, column, why):
    of = tried(csv_file(row(1, **wrong)))
    ((kind, line, told_column, reason),) = found(of)
    assert (kind, line, told_column) == ("refused", 2, column)
    assert why in reason
    assert (of.expected["refused"], of.expected["new"]) == (1, 0)


def test_namesakes_are_told_apart_by_their_slugs():
    for slug in ("jane-roe", "jane-roe-2"):
        Speaker.objects.create(kind="person", name="Jane Roe", slug=slug)
    of = tried(
        csv_file(row(1, speaker="Jane Roe", speaker_slug=""), row(2, speaker="Jane Roe", speaker_slug="jane-roe-2"))
    )
    assert [line[3] for line in found(of)] == ["2 speakers on record have this name: give the slug of one."]
    assert of.expected["new"] == 1


def test_speakers_are_known_by_other_names_in_any_case_and_by_wikidata():
    known = factories.speaker(wikidata="Q3052772")
    Alias.objects.create(speaker=known, name="Макрон", language="ru")
    names = (
        {"speaker": "EMMANUEL MACRON"},
        {"speaker": "Макрон"},
        {"speaker": "E. M.", "speaker_wikidata": "Q3052772"},
    )
    of = done(csv_file(*(row(number, **{"speaker_wikidata": "", **name}) for number, name in enumerate(names))))
    assert {one.statement.speaker for one in of.statements.all()} == {known}


def test_another_person_of_a_name_has_another_wikidata_id():
    factories.speaker(wikidata="Q3052772")
    of = tried(csv_file(row(1, speaker_wikidata="Q1")))
    assert of.expected["speakers"] == 1


def test_the_same_words_by_the_same_speaker_of_the_same_day_are_there_already():
    standing = factories.publish("“We must think about security, part 1.”")
    of = tried(csv_file(row(1, words="“WE MUST THINK about security, part 1.”"), row(2), row(2)))
    assert list(of.findings.values_list("kind", "row", "reason", "statement")) == [
        ("there", 2, "It is on record.", standing.pk),
        ("there", 4, "Row 3 has it.", None),
    ]


def test_a_draft_is_there_already_too():
    done(csv_file(row(1)), publish=False)
    standing = factories.draft("“By hand.”", document=factories.document("AFP", url="https://afp.com/1"))
    by_hand = row(2, words="“By hand.”", link="https://afp.com/1", outlet="AFP")
    of = tried(csv_file(row(1), by_hand))
    assert [line[3] for line in found(of)] == ["It is a draft already."] * 2
    assert of.findings.last().statement == standing


@pytest.mark.parametrize(("other", "what"), [({"speaker": "Olaf Scholz"}, "speaker"), ({"said": "2022-12-01"}, "date")])
def test_the_same_words_of_the_same_document_with_another_speaker_or_date_conflict(other, what):
    done(csv_file(row(1)))
    of = tried(csv_file(row(1, **other), row(2), row(2, **other)))
    assert [(kind, line, reason.rpartition("another ")[2]) for kind, line, _, reason in found(of)] == [
        ("conflicting", 2, f"{what}."),
        ("conflicting", 4, f"{what}."),
    ]


def test_the_same_words_of_another_speaker_elsewhere_are_new():
    done(csv_file(row(1)))
    of = tried(csv_file(row(1, speaker="Olaf Scholz", link="https://lemonde.fr/other")))
    assert of.expected["new"] == 1


def test_what_was_retracted_conflicts():
    standing = done(csv_file(row(1))).statements.get().statement
    record.retract(standing, editor=factories.publisher(), reason="A forgery")
    of = tried(csv_file(row(1)))
    assert found(of) == [("conflicting", 2, "", "It was on record, and was retracted.")]


def test_a_permalink_of_another_statement_conflicts_and_an_id_is_one_rows():
    standing = factories.publish("“We must think about security, part 1.”", by="Olaf Scholz")
    rows = [row(1, id=f"https://x.example/q/{standing.pid}"), row(2, id="A1"), row(3, id="A1")]
    assert [line[:3] for line in found(tried(csv_file(*rows)))] == [("conflicting", 2, "id"), ("conflicting", 4, "id")]


def test_a_document_has_one_date_and_one_outlet():
    rows = [row(1), row(2, link="https://lemonde.fr/1", published="2022-12-06")]
    rows += [row(3, link="https://lemonde.fr/1", outlet="AFP")]
    of = tried(csv_file(*rows))
    assert [line[:3] for line in found(of)] == [("refused", 3, "published"), ("refused", 4, "outlet")]
    assert of.expected["documents"] == 1


def test_rows_without_an_address_share_the_document_of_one_title_and_day():
    of = done(csv_file(row(1, link="", title="One"), row(2, link="", title="One"), row(3, link="", title="Two")))
    assert len({one.statement.primary_appearance.document_id for one in of.statements.all()}) == 2
    again = tried(csv_file(row(4, link="", title="One")))
    assert again.expected.get("documents", 0) == 0


def test_the_outlet_of_an_address_is_known_by_its_domain():
    known = factories.outlet("Le Monde", domain="lemonde.fr")
    of = done(csv_file(row(1, outlet=""), row(2, outlet="", link="https://www.afp.example/2")))
    first, second = (one.statement.primary_appearance.document.outlet for one in of.statements.order_by("row"))
    assert first == known
    assert (second.name, second.domain, second.kind) == ("afp.example", "afp.example", "website")


def test_a_row_tells_the_whole_road():
    of = done(
        csv_file(row(1, told_by="Jane Roe", spoken_to="TF1", relayed_by="TASS; AFP", published_by="BBC; Le Monde"))
    )
    hops = of.statements.get().statement.primary_appearance.hops.all()
    assert [(hop.role, hop.carrier.name) for hop in hops] == [
        ("told_by", "Jane Roe"),
        ("spoken_to", "TF1"),
        ("relayed_by", "TASS"),
        ("relayed_by", "AFP"),
        ("published_by", "BBC"),
        ("published_by", "Le Monde"),
    ]


def test_a_row_without_a_day_was_said_not_after_it_was_published():
    made = done(csv_file(row(1, said=""))).statements.get().statement
    assert (made.said, made.said_basis) == ("/2022-12-04", "inferred")


def test_an_unnamed_source_belongs_to_its_document():
    of = done(
        csv_file(
            row(1, speaker="an official", speaker_kind="unnamed"), row(2, speaker="an official", speaker_kind="unnamed")
        )
    )
    first, second = (one.statement.speaker for one in of.statements.order_by("row"))
    assert first != second
    assert (first.kind, first.document.url) == ("unnamed", "https://lemonde.fr/1")


def test_a_translation_is_told_by_its_language():
    made = done(csv_file(row(1, translated_from="fr", translator="Reuters"))).statements.get().statement
    assert (made.is_translation, made.translated_from, made.translator) == (True, "fr", "Reuters")


@pytest.mark.parametrize(
    ("marks", "words", "spans"),
    [
        (
            "marked",
            "He said “no” [then]",
            [("indirect", "He said "), ("direct", "no"), ("indirect", " "), ("insertion", "then")],
        ),
        ("direct", "No “tough” talk", [("direct", "No “tough” talk")]),
        ("direct", "“No.”", [("direct", "No.")]),
        ("direct", "“No” and “yes”", [("direct", "“No” and “yes”")]),
        ("reported", "That he would not", [("indirect", "That he would not")]),
    ],
)
def test_words_are_read_as_the_columns_say_they_are_written(marks, words, spans):
    columns = ColumnMap(
        {name: name for name in ("words", "speaker", "outlet", "language")}, {"document_published": "2022-12-04"}, marks
    )
    made = done(csv_file(row(1, words=words)), columns).statements.get().statement
    assert [(span.mode, span.text) for span in made.wording] == spans


@pytest.mark.parametrize(
    ("dates", "written", "said"),
    [
        ("day", "3/12/2022", "2022-12-03"),
        ("month", "12/3/2022", "2022-12-03"),
        ("day", "03.12.2022", "2022-12-03"),
        ("iso", "2022-12-03 10:30:00", "2022-12-03"),
    ],
)
def test_dates_are_read_as_the_columns_say_they_are_written(dates, written, said):
    assert ColumnMap({"said": "a"}, {}, "marked", dates).fields({"a": written}) == {"said": said}


def test_what_is_the_same_for_all_rows_stands_where_a_cell_is_empty():
    columns = ColumnMap({"language": "a"}, {"language": "en", "outlet": "AFP"})
    assert columns.fields({"a": "fr"}) == {"language": "fr", "outlet": "AFP"}
    assert columns.fields({"a": " "}) == {"language": "en", "outlet": "AFP"}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ([], "an object"),
        ({"colums": {}}, "no “colums”"),
        ({"columns": {"wrods": "a"}}, "called “wrods”"),
        ({"columns": {"words": 1}}, "an object of texts"),
        ({"constants": {"words": "Yes"}}, "called “words”"),
        ({"marks": "none"}, "“marks” is one of"),
    ],
)
def test_a_mapping_that_cannot_be_understood_is_refused_with_why(data, why):
    with pytest.raises(CannotImport, match=why):
        from_json(data)


def test_findings_are_bounded_counted_and_told_as_csv(monkeypatch):
    monkeypatch.setattr(findings, "MOST", 2)
    of = tried(csv_file(*(row(number, language="=1+1") for number in range(4))))
    assert (of.expected["refused"], of.findings.count()) == (4, 2)
    lines = b"".join(csv_of(of)).decode().splitlines()
    assert lines[0] == "row,quotation,what,column,value,reason,statement"
    assert lines[1].startswith("2,,refused,language,'=1+1,")


def exported(form):
    """What a list of everything is downloaded as."""
    return Client().get(f"/statements.{form}").getvalue()


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_what_the_record_exports_is_there_already_when_it_comes_back(form):
    factories.publish("He said “=no” [now]", "spoken_to TF1", "relayed_by TASS", topics=[factories.topic()])
    factories.publish("“Elsewhere.”", by="Olaf Scholz", said="2021-12?")
    of = tried(exported(form))
    assert (of.expected["there"], of.expected["new"], of.rows) == (2, 0, 2)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_another_record_makes_the_same_statements_of_an_export(form):
    old = factories.publish("He said “no” [now] […]", "spoken_to TF1", topics=[factories.topic()], is_translation=True)
    data, spans, said = exported(form), old.spans, old.said
    Statement.objects.update(text="", folded="", pid="0000000011")
    of = done(data)
    made = of.statements.get().statement
    assert (made.spans, made.said, made.speaker, made.is_translation) == (spans, said, old.speaker, True)
    assert [topic.name for topic in made.topics.all()] == ["Security guarantees"]


def test_json_lines_need_no_columns_told():
    line = {
        "words": "“Ja.”",
        "speaker": "Olaf Scholz",
        "outlet": "ARD",
        "document_published": "2022-12-04",
        "language": "de",
        "topics": ["A", "B"],
    }
    assert done(json_file(line)).counts == {"new": 1}


def test_every_field_is_told_in_the_docs(project):
    told = (project / "docs" / "importing.md").read_text()
    assert [one.name for one in FIELDS if f"`{one.name}`" not in told] == []
