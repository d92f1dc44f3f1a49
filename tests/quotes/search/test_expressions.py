import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from quotes.search.demands import Demand, Stretch
from quotes.search.expressions import EVERYTHING, NOTHING, All, Any, Attribute, Not, Phrase, Word, simplified
from quotes.search.postgres import query
from quotes.search.sqlite import match
from quotes.search.tokens import place_of

WORDS = "abc"
leaves = st.sampled_from([*map(Word, WORDS), EVERYTHING, NOTHING])
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, max_size=3).map(tuple).map(All),
        st.lists(inner, max_size=3).map(tuple).map(Any),
    ),
    max_leaves=12,
)


def holds(expression, words):
    """What an expression means: whether a text of these words matches."""
    match expression:
        case Word(term):
            return term in words
        case All(parts):
            return all(holds(part, words) for part in parts)
        case Any(parts):
            return any(holds(part, words) for part in parts)
        case Not(part):
            return not holds(part, words)
        case _:
            return expression == EVERYTHING


def parts_of(expression):
    inner = getattr(expression, "parts", ()) or ([expression.part] if isinstance(expression, Not) else [])
    return [expression, *(found for part in inner for found in parts_of(part))]


@given(trees, st.sets(st.sampled_from(WORDS)))
def test_a_simplified_expression_matches_the_same(expression, words):
    assert holds(simplified(expression), words) == holds(expression, words)


@given(trees)
def test_a_simplified_expression_is_one_that_both_engines_can_write(expression):
    simple = simplified(expression)
    if simple in (EVERYTHING, NOTHING):
        return
    assert not {EVERYTHING, NOTHING} & set(parts_of(simple))
    assert match(simple)
    assert query(simple)


def test_a_phrase_of_one_term_is_a_word():
    assert simplified(Phrase(("peac",))) == Word("peac")
    assert simplified(Phrase(())) == NOTHING


def test_every_term_is_quoted():
    assert match(Word('a" OR b')) == '"a"" OR b"'
    assert query(Word("a' | 'b\\")) == "'a'' | ''b\\\\'"
    assert "\x00" not in match(Word("\x00")) + query(Word("\x00"))


def test_refusals_stand_behind_what_is_asked_for():
    assert match(simplified(All((Not(Word("b")), Word("a"), Not(Word("c")))))) == '(("a") NOT ("b" OR "c"))'
    assert match(Not(Word("a"))) == '("_a" NOT "a")'


# Demands


DAY = dt.date(2022, 12, 3)


def test_a_demand_without_anything_asks_for_everything():
    assert Demand().single == EVERYTHING
    assert Demand.of(NOTHING).stretches == ()


def test_days_part_a_demand_in_stretches_the_latest_first():
    parted = Demand.of(Word("a")).said_until(DAY)
    assert [stretch.high for stretch in parted.stretches] == sorted(
        (stretch.high for stretch in parted.stretches), reverse=True
    )
    assert parted.stretches[-1] == Stretch(Word("a"), 0, place_of(DAY + dt.timedelta(1)))
    assert parted.single is None


def test_a_last_day_before_the_first_leaves_nothing_but_what_is_imprecise():
    later = dt.date(2023, 1, 1)
    (only,) = Demand().said_until(DAY).said_from(later).stretches
    assert isinstance(only.expression, Any)
    assert all(isinstance(part, Attribute) for part in only.expression.parts)
