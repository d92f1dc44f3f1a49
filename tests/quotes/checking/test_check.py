import json

import pytest
from django.core.management import call_command

from quotes import record
from quotes.checking import MOST_CHARACTERS, TooLong, check, check_json
from quotes.checking.drafts import MOST_JUDGED
from quotes.checking.telling import notes
from quotes.dates import BadDate
from quotes.models import Act, Alias
from quotes.notation import parse
from tests import factories

pytestmark = pytest.mark.django_db

SECURITY = "“We must think about the security structure under which our children will live tomorrow.”"
VINES = "“The harvest of the southern vineyards was poor this year, and prices will not fall.”"


def verdicts(text, **more):
    return [one.verdict.value for one in check(text, **more).judgements]


def judged(text, **more):
    (one,) = check(text, **more).judgements
    return one


@pytest.fixture
def statement():
    return factories.publish(SECURITY)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("“We must think about the security structure”", "exact"),
        ("we must think about the security structure", "trivial"),
        ("“We must think about […] which our children will live”", "elided"),
        ("“We must talk about the security structure of our children”", "altered"),
        ("“We must never think about the security structure”", "turned"),
        ("“We must think about the security structure,” Scholz said.", "other_speaker"),
        ("“We must plant new trees along the river every spring”", "not_found"),
    ],
)
def test_each_quotation_has_its_verdict(statement, text, verdict):
    assert verdicts(text) == [verdict]


def test_the_statement_and_its_origins_come_along(statement):
    found = judged("“We must think about the security structure”")
    assert found.statement == statement
    assert [(one.outlet.name, one.held) for one in found.origins] == [("TF1", False)]


def test_five_printings_of_one_interview_are_one_origin(statement):
    for name in ("Reuters", "TASS", "AFP"):
        chain = ("spoken_to TF1", f"relayed_by {name}")
        record.add_appearance(statement, factories.appearance(SECURITY, *chain), editor=factories.publisher())
    assert len(judged(SECURITY).origins) == 1


def test_an_own_document_makes_an_origin_held(statement):
    own = factories.document("TF1")
    spec = factories.appearance(SECURITY, "spoken_to TF1", document=own)
    record.add_appearance(statement, spec, editor=factories.publisher())
    assert [one.held for one in judged(SECURITY).origins] == [True]


def test_an_interview_with_another_outlet_is_a_second_origin(statement):
    spec = factories.appearance(SECURITY, "spoken_to BBC")
    record.add_appearance(statement, spec, editor=factories.publisher())
    assert {one.outlet.name for one in judged(SECURITY).origins} == {"TF1", "BBC"}


def test_the_worst_comes_first(statement):
    factories.publish(VINES, by="Jean Dupont")
    text = "“The harvest of the southern vineyards was poor this year” and “We must never think about the security”"
    assert verdicts(text) == ["turned", "exact"]


# Who


@pytest.mark.parametrize("name", ["Macron", "Emmanuel Macron", "emmanuel-macron", "President Emmanuel Macron"])
def test_a_speaker_is_known_by_every_name(statement, name):
    Alias.objects.create(speaker=statement.speaker, name="Macron")
    assert verdicts(SECURITY, speaker=name) == ["exact"]
    assert verdicts(f"{name} said: {SECURITY}")[0] == "exact"


def test_the_same_words_of_the_one_who_is_asked_about_come_first(statement):
    other = factories.publish(SECURITY, by="Olaf Scholz")
    assert judged(SECURITY, speaker="Olaf Scholz").statement == other
    assert judged(SECURITY, speaker="Emmanuel Macron").statement == statement


def test_a_spokesperson_speaks_for_the_principal():
    factories.publish(SECURITY, by="Dmitry Peskov", speaks_for=factories.speaker("Vladimir Putin"))
    assert verdicts(SECURITY, speaker="Vladimir Putin") == ["exact"]


def test_a_described_source_is_nobody_in_particular(statement):
    assert verdicts("“We must think about the security structure,” a diplomat said.") == ["exact"]


def test_that_nobody_goes_by_a_name_is_said(statement):
    found = judged(SECURITY, speaker="Scholz")
    assert "nobody on record goes by “Scholz”" in notes(found)[0]


# Which wording


def test_words_as_another_outlet_printed_them_are_on_record(statement):
    printed = factories.appearance("« Il faut penser à une architecture nouvelle »", is_translation=True)
    record.add_appearance(statement, printed, editor=factories.publisher())
    found = judged("une architecture nouvelle")
    assert (found.verdict, found.statement) == ("exact", statement)
    assert "So it was printed by Le Monde, in translation." in notes(found)


def test_words_that_were_corrected_since_say_so(statement):
    changes = record.Changes(spans=parse(VINES))
    record.correct(statement, changes, editor=factories.publisher(), reason="Misheard")
    found = judged("“We must think about the security structure”")
    assert found.verdict == "exact"
    assert "So it stood in version 1; the words were corrected since." in notes(found)


def test_a_reporters_words_are_said_to_be_one_s():
    factories.publish("he was ready to give Russia guarantees of its security.")
    assert judged("“ready to give Russia guarantees of its security”").is_reported


def test_what_is_told_in_other_words_is_a_paraphrase():
    statement = factories.publish("he was ready to give Russia guarantees of its security at the talks.")
    Alias.objects.create(speaker=statement.speaker, name="Macron")
    found = judged("Macron said Russia must get security guarantees")
    assert (found.verdict, found.statement) == ("paraphrased", statement)


@pytest.mark.parametrize(
    ("words", "told", "verdict"),
    [
        ("he would give Russia guarantees of its security.", "Russia must not get security guarantees", "turned"),
        ("Russia would never get guarantees of its security.", "Russia must get security guarantees", "turned"),
        (
            "Russia would never get guarantees of its security.",
            "Russia must not get security guarantees",
            "paraphrased",
        ),
        ("Nobody slept. Russia had guarantees of its security.", "Russia has security guarantees", "paraphrased"),
    ],
)
def test_a_paraphrase_that_denies_what_is_on_record_may_have_turned_it(words, told, verdict):
    statement = factories.publish(words)
    Alias.objects.create(speaker=statement.speaker, name="Macron")
    found = judged(f"Macron said {told}")
    assert (found.verdict, found.statement) == (verdict, statement)
    assert any("a negation was dropped or added" in note for note in notes(found)) == (verdict == "turned")


def test_a_quotation_glued_from_two_statements_names_both(statement):
    vines = factories.publish(VINES)
    found = judged("“We must think about the security structure, and prices will not fall”")
    assert found.verdict == "altered"
    assert {found.statement, *found.also} == {statement, vines}


def test_a_glued_quotation_says_more_than_that_most_of_it_is_somebody_else_s(statement):
    vines = factories.publish(VINES, by="Anna Arden")
    found = judged(
        "“The harvest of the southern vineyards was poor, and the security structure under which our children will"
        " live tomorrow”",
        speaker="Anna Arden",
    )
    assert (found.verdict, found.statement, found.also) == ("altered", vines, [statement])


def test_a_changed_word_is_no_gluing_though_others_said_the_rest():
    said = (
        "“My government stands by the embargo on grain, whatever is written in Veldmark and nowhere else in Norrland.”"
    )
    one = factories.publish(said, by="Anna Arden")
    factories.publish(
        "“Whatever is written in Lomasse and nowhere else in Norrland deserves no answer.”", by="Boris Belov"
    )
    found = judged(said.replace("Veldmark", "Lomasse"), speaker="Anna Arden")
    assert (found.verdict, found.statement) == ("turned", one)


def test_a_part_that_is_not_near_the_whole_is_looked_up_by_itself(statement, monkeypatch):
    monkeypatch.setattr("quotes.near_wordings.MOST_STATEMENTS", 1)
    monkeypatch.setattr("quotes.near_wordings._MOST_OWN", 0)
    vines = factories.publish(VINES)
    found = judged("“The harvest of the southern vineyards was poor this year, and our children will live tomorrow”")
    assert found.verdict == "altered"
    assert [found.statement, *found.also] == [vines, statement]


@pytest.mark.parametrize("act", [record.retract, lambda one, **by: record.remove(one, reason_code="law", **by)])
def test_what_was_retracted_or_removed_is_not_on_record(statement, act):
    act(statement, editor=factories.publisher(), reason="An order")
    assert verdicts(SECURITY) == ["not_found"]


# When


def test_another_day_is_said_and_turns_no_verdict(statement):
    found = judged(SECURITY, date="2020-05")
    assert (found.verdict, found.agrees_on_day) == ("exact", False)
    assert judged(SECURITY, date="2022-12-04").agrees_on_day
    assert judged(SECURITY, date="2022-12-01/..").agrees_on_day


def test_a_date_that_is_none_is_refused(statement):
    with pytest.raises(BadDate):
        check(SECURITY, date="last Tuesday")


# Bad input


@pytest.mark.parametrize("text", ["", "…", '"', "\x00"])
def test_without_a_word_there_is_nothing_to_judge(text):
    assert check(text).judgements == ()


@pytest.mark.parametrize("text", ["the", "and it is what it is", "Macron"])
def test_too_few_telling_words_are_said_to_be_so(statement, text):
    found = judged(text)
    assert found.verdict == "not_found"
    assert found.is_short


@pytest.mark.parametrize("text", ["Мы должны думать о безопасности", "علينا أن نفكر في الأمن", "我们必须考虑安全结构"])
def test_other_scripts_are_looked_up_alike(text):
    assert verdicts(text) == ["not_found"]
    factories.publish(f"“{text}”")
    assert verdicts(text) == ["exact"]


def test_a_nul_in_the_text_is_no_obstacle(statement):
    assert verdicts("We must think\x00 about the security structure") == ["exact"]


def test_fifty_thousand_words_without_marks_quote_nobody():
    assert check("The weather was fine in the town. " * 7200).judgements == ()


def test_a_long_quotation_is_looked_at_to_a_limit(statement):
    found = judged(f"“We must think about the security structure {'of our children ' * 400}”")
    assert found.is_cut


def test_more_quotations_than_are_judged_are_counted(statement):
    found = check("“We must think about it.” " * (MOST_JUDGED + 5))
    assert (len(found.judgements), found.left) == (MOST_JUDGED, 5)


def test_more_text_than_is_read_is_refused():
    with pytest.raises(TooLong, match="in parts"):
        check("a" * (MOST_CHARACTERS + 1))


def test_a_check_writes_nothing(statement, django_assert_max_num_queries):
    acts = Act.objects.count()
    with django_assert_max_num_queries(25) as context:
        check(SECURITY, speaker="Emmanuel Macron")
    assert Act.objects.count() == acts
    assert all(query["sql"].lstrip("( ").upper().startswith("SELECT") for query in context.captured_queries)


# Plain data


def test_plain_data_has_what_a_program_needs(statement):
    data = json.loads(json.dumps(check_json("“We must never think about the security structure,” Macron said.")))
    (one,) = data["quotations"]
    assert (one["verdict"], one["turns"], one["speaker"]) == ("turned", ["negation"], "Emmanuel Macron")
    assert one["statement"]["url"].endswith(f"/q/{statement.pid}")
    assert [part["quoted"] for part in one["differences"] if part["kind"] == "insert"] == ["never "]
    assert one["origins"] == [{"outlet": "TF1", "slug": "tf1", "held": False}]


def test_the_founding_article_is_on_record(project):
    call_command("load_founding_record", verbosity=0)
    text = (project / "quotes" / "founding" / "reconstruction.txt").read_text()
    assert set(verdicts(text)) == {"exact"}
