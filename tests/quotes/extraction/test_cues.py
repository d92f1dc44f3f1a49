"""What a reporter's verb beside words says that they do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.cues import cue_beside
from quotes.extraction.link_verbs import verbs_of


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("Jan Gruber denied that ", ".", "denies"),
        ("The minister confirmed on Tuesday: ", " Nobody asked.", "confirms"),
        ("", ",” Jan Gruber replied. He then left.", "responds_to"),
        ("Jan Gruber contradicted him: ", "", "contradicts"),
        ("Jan Gruber echoed his colleague, saying ", "", "repeats"),
        ("Jan Gruber reiterated that ", "", "repeats"),
        ("Jan Gruber said that ", ".", None),
        ("", "", None),
    ],
)
def test_the_verb_tells(before, after, kind):
    found = cue_beside(before, after)
    assert (found[0] if found else None) == kind


def test_a_verb_of_the_sentence_before_tells_nothing():
    assert cue_beside("They denied everything. Jan Gruber said: ", "") is None


def test_a_verb_within_what_is_quoted_before_tells_nothing():
    assert cue_beside("“We denied it,” he said, and then: ", "") is None


def test_the_nearest_verb_counts():
    assert cue_beside("Asked whether it was confirmed, Jan Gruber denied that ", "") == ("denies", "denied")


def test_a_verb_of_the_next_sentence_tells_nothing():
    assert cue_beside("Jan Gruber said: ", ".” She denied it.") is None


@pytest.mark.parametrize(
    ("language", "before", "after", "kind"),
    [
        ("fr", "Le ministre a démenti que ", "", "denies"),
        ("fr", "", " », a répondu Jeanne Moreau. Puis elle est partie.", "responds_to"),
        ("fr-CA", "« C’est faux », puis elle a confirmé : ", "", "confirms"),
        ("fr", "Il contredit son collègue : ", "", "contradicts"),
        ("fr", "Elle a réitéré que ", "", "repeats"),
        ("de", "Der Minister bestritt, dass ", "", "denies"),
        ("de", "", "“, bestätigte Jan Gruber. Dann ging er.", "confirms"),
        ("de", "Scholz widersprach ihm: ", "", "contradicts"),
        ("de", "Scholz bekräftigte: ", "", "repeats"),
        ("de", "", "«, entgegnete Jan Gruber.", "responds_to"),
        ("es", "El ministro negó que ", "", "denies"),
        ("es", "Sánchez confirmó: ", "", "confirms"),
        ("es", "La ministra contradijo a su colega: ", "", "contradicts"),
        ("es", "", "», reiteró el ministro.", "repeats"),
        ("es", "", "”, respondió el ministro.", "responds_to"),
        ("it", "Il ministro ha smentito che ", "", "denies"),
        ("it", "Meloni conferma: ", "", "confirms"),
        ("it", "Il portavoce ha contraddetto il ministro: ", "", "contradicts"),
        ("it", "", "», ha ribadito il ministro.", "repeats"),
        ("it", "", "”, replicò il ministro.", "responds_to"),
        ("pt-BR", "O ministro negou que ", "", "denies"),
        ("pt", "", "”, confirmou o ministro.", "confirms"),
        ("pt", "A ministra contradisse o colega: ", "", "contradicts"),
        ("pt", "O presidente reiterou que ", "", "repeats"),
        ("pt", "", "”, rebateu o ministro.", "responds_to"),
        ("ar", "ونفى الوزير أن ", "", "denies"),
        ("ar", "نَفَى الوزير أن ", "", "denies"),
        ("ar", "وقد ناقض الوزير زميله قائلا: ", "", "contradicts"),
        ("ar", "وكرر الوزير: ", "", "repeats"),
        ("ar", "", "»، أجابت الوزيرة. ثم غادرت.", "responds_to"),
        ("ru", "Министр опроверг, что ", "", "denies"),
        ("ru", "", "», — подтвердила Захарова.", "confirms"),
        ("ru", "Это противоречит сказанному ранее: ", "", "contradicts"),
        ("ru", "Песков повторил: ", "", "repeats"),
        ("ru", "", "», — ответил Песков.", "responds_to"),
    ],
)
def test_the_verb_tells_in_the_language_of_the_text(language, before, after, kind):
    found = cue_beside(before, after, language)
    assert (found[0] if found else None) == kind


@pytest.mark.parametrize(
    ("language", "before"),
    [
        ("fr", "Le ministre a déclaré : "),
        ("de", "Der Minister hat wiederholt gesagt: "),
        ("es", "El ministro dijo: "),
        ("it", "Il ministro ha detto: "),
        ("pt", "O ministro disse: "),
        ("ar", "وأكد الوزير أن "),
        ("ru", "Министр заявил: "),
        ("fi", "He denied it: "),
    ],
)
def test_mere_saying_tells_nothing(language, before):
    assert cue_beside(before, "", language) is None


@pytest.mark.parametrize(
    ("language", "before"),
    [
        ("ar", "نفى الوزير ذلك. وقال: "),
        ("es", "El ministro lo negó. ¿Y ahora? Dijo: "),
        ("de", "„Wir haben es bestritten“, sagte er, und dann: "),
        ("ru", "«Он всё отрицает», — сказал Песков: "),
    ],
)
def test_what_is_quoted_or_of_another_sentence_tells_nothing_in_any_language(language, before):
    assert cue_beside(before, "", language) is None


def test_verbs_are_english_where_no_language_is_told():
    assert cue_beside("Jan Gruber denied that ", "", "") == ("denies", "denied")


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it", "pt", "ar", "ru"])
def test_every_language_has_verbs_that_answer_deny_and_repeat(language):
    assert set(verbs_of(language).values()) >= {"responds_to", "denies", "contradicts", "repeats"}


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_read(before, after):
    found = cue_beside(before, after)
    assert found is None or found[1] in before + after
