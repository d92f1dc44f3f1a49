import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.permalinks import ALPHABET, LENGTH, Mistyped, check_number, new_pid, read_pid

VECTOR = "7K2M9QX4TA"

bodies = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)
pids = bodies.filter(lambda body: check_number(body) < 32).map(lambda body: body + ALPHABET[check_number(body)])


def substitutions(pid):
    for place in range(LENGTH):
        for symbol in ALPHABET.replace(pid[place], ""):
            yield pid[:place] + symbol + pid[place + 1 :]


def transpositions(pid):
    for first in range(LENGTH):
        for second in range(first + 1, LENGTH):
            if pid[first] != pid[second]:
                yield pid[:first] + pid[second] + pid[first + 1 : second] + pid[first] + pid[second + 1 :]


def is_mistyped(text):
    try:
        read_pid(text)
    except Mistyped:
        return True
    return False


def test_the_published_vector_is_a_valid_id():
    assert read_pid(VECTOR) == VECTOR


@settings(deadline=None)
@given(pids)
def test_every_single_wrong_symbol_is_mistyped(pid):
    assert all(is_mistyped(wrong) for wrong in substitutions(pid))


@settings(deadline=None)
@given(pids)
def test_every_swap_of_two_different_symbols_is_mistyped(pid):
    assert all(is_mistyped(wrong) for wrong in transpositions(pid))


@pytest.mark.parametrize("typed", ["7k2m9qx4ta", "7K2M-9QX4-TA", "-7k2m9qx4ta-", "7-K-2-M-9-Q-X-4-T-A"])
def test_case_and_hyphens_do_not_matter(typed):
    assert read_pid(typed) == VECTOR


@settings(deadline=None)
@given(pids, st.sampled_from("IiLl"), st.sampled_from("Oo"))
def test_lookalike_letters_are_read_as_digits(pid, one, zero):
    assert read_pid(pid.replace("1", one).replace("0", zero)) == pid


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "7K2M9QX4T",
        "7K2M9QX4TAA",
        "7K2M9QX4TU",
        "7K2M9QX4T\n",
        "7K2M9QX4TA\n",
        " 7K2M9QX4TA",
        "7K2M9QX4T٣",
        "🎈" * 10,
    ],
)
def test_what_no_id_can_look_like_is_mistyped(typed):
    with pytest.raises(Mistyped):
        read_pid(typed)


def test_a_mistyped_id_is_named_as_it_was_typed():
    with pytest.raises(Mistyped, match="7k2m-9qx4-tb"):
        read_pid("7k2m-9qx4-tb")


@settings(deadline=None)
@given(st.text())
def test_any_text_is_an_id_or_mistyped(typed):
    if not is_mistyped(typed):
        assert read_pid(read_pid(typed)) == read_pid(typed)


def test_new_ids_read_back_as_they_are():
    made = [new_pid() for _ in range(500)]
    assert [read_pid(pid.lower()) for pid in made] == made


def test_new_ids_differ():
    assert len({new_pid() for _ in range(500)}) == 500


def test_ids_whose_check_has_no_symbol_are_drawn_again(monkeypatch):
    drawn = iter([31, 32, 1])
    monkeypatch.setattr("quotes.permalinks.secrets.randbits", lambda _bits: next(drawn))
    assert check_number("00000000Z") < 32
    assert new_pid() == "00000000ZZ"
    assert check_number("000000010") == 32
    assert new_pid() == "0000000011"
