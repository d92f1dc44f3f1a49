"""What is derived from statements is held against them, and whatever disagrees is named and mended."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from quotes.derived import disagreements
from quotes.models import Carriage, Entry, Fingerprint, NameStart, Statement, TokenCount
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement():
    factories.draft("“Not yet.”")
    return factories.publish("“We must think about the security structure of tomorrow.”", "relayed_by TASS")


def mended():
    call_command("reindex", "--from-the-start")
    call_command("reindex", "--counts")
    return list(disagreements()) == []


def test_a_whole_record_agrees_with_itself(statement, capsys):
    call_command("check_record")
    assert "says what they say" in capsys.readouterr().out


def test_a_lost_carriage_is_found(statement):
    Carriage.objects.filter(outlet__name="TASS").delete()
    assert f"The carriage of {statement.pid} isn’t what its roads say." in list(disagreements())
    assert mended()


def test_a_lost_entry_is_found(statement):
    Entry.objects.all().delete()
    found = list(disagreements())
    assert f"{statement.pid} isn’t in the index as it should be." in found
    assert f"_s{statement.speaker_id} of all months is counted 1 times, and 0 entries have it." in found
    assert mended()


def test_an_entry_with_other_words_is_found(statement):
    Entry.objects.update(words="something else")
    assert list(disagreements()) == [f"{statement.pid} isn’t in the index as it should be."]
    assert mended()


def test_an_entry_of_what_isnt_published_is_found(statement):
    Statement.objects.filter(pk=statement.pk).update(state="retracted")
    assert f"{statement.pid} isn’t in the index as it should be." in list(disagreements())
    assert mended()


def test_fingerprints_that_are_lost_or_strange_are_found(statement):
    told = [f"The fingerprints of {statement.pid} aren’t those of its words."]
    Fingerprint.objects.create(hash=17, statement_id=statement.pk)
    assert list(disagreements()) == told
    assert mended()
    Fingerprint.objects.filter(hash=Fingerprint.objects.order_by("-hash").first().hash).delete()
    assert list(disagreements()) == told
    assert mended()


def test_fingerprints_that_many_have_need_not_be_kept_of_all(monkeypatch, statement):
    for _ in range(4):
        factories.publish("“We must think about the security structure of tomorrow.”")
    first, last = Fingerprint.objects.filter(statement=statement).order_by("hash").values_list("hash", flat=True)[:2]
    Fingerprint.objects.filter(statement_id=statement.pk, hash=last).delete()
    assert list(disagreements())
    monkeypatch.setattr("quotes.record.fingerprinting.MOST_READ", 8)
    assert list(disagreements()) == []
    # By its first one it shows that it was read.
    Fingerprint.objects.filter(statement_id=statement.pk, hash=first).delete()
    assert list(disagreements())


def test_a_count_too_many_and_one_that_is_missing_are_found(statement, capsys):
    TokenCount.objects.create(token="_s999999", month=0, kind="_s", n=3)
    TokenCount.objects.filter(token=f"_s{statement.speaker_id}", month=202212).delete()
    told = list(disagreements())
    assert "_s999999 of all months is counted 3 times, and 0 entries have it." in told
    assert f"_s{statement.speaker_id} of 202212 is counted 0 times, and 1 entries have it." in told
    call_command("reindex", "--counts")
    assert "2 counts were wrong, and are mended." in capsys.readouterr().out
    assert list(disagreements()) == []


def test_a_speaker_that_its_name_doesnt_lead_to_is_found(statement):
    NameStart.objects.filter(start="macron").delete()
    assert list(disagreements()) == [f"The speaker {statement.speaker_id} isn’t found by its name."]


def test_a_statement_without_a_document_is_found(statement):
    Statement.objects.filter(pk=statement.pk).update(primary_appearance=None)
    assert f"{statement.pid} stands in no document." in list(disagreements())


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_a_damaged_index_of_words_is_found(statement):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM quotes_entry_index_data WHERE id > 10")
    assert "The index of words is damaged" in list(disagreements())[-1]


def test_a_principal_that_its_name_doesnt_lead_to_is_found():
    kremlin = factories.speaker("The Kremlin", kind="government")
    factories.publish("“One.”", speaks_for=kremlin)
    NameStart.objects.filter(key=kremlin.pk, kind="speaker").delete()
    assert list(disagreements()) == [f"The speaker {kremlin.pk} isn’t found by its name."]


def test_the_command_names_what_is_wrong_and_how_to_mend_it(statement, capsys):
    Fingerprint.objects.all().delete()
    with pytest.raises(CommandError, match=r"1 findings.*reindex --from-the-start"):
        call_command("check_record")
    assert statement.pid in capsys.readouterr().out
