"""Instances made by the thousand are those that the model itself makes."""

import pytest

from quotes.models import Appearance, Hop, Speaker, Statement
from quotes.models.unsaved import unsaved
from sources.models import Document, Outlet

_SPEAKER, _OUTLET = Speaker(pk=7, name="Emmanuel Macron"), Outlet(pk=3, name="TF1")


def held(instance):
    """What an instance holds, and what it leads to."""
    own = {name: value for name, value in vars(instance).items() if name != "_state"}
    return own, instance._state.fields_cache, instance._state.adding


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Statement, {"pid": "7K2M9QX4TA", "speaker": _SPEAKER, "speaks_for": None, "spans": [], "touched": 1}),
        (Appearance, {"id": 5, "document": Document(pk=2, title="Talks"), "printed": "Yes."}),
        (
            Hop,
            {"id": 161, "appearance_id": 5, "position": 1, "previous_id": None, "role": "spoken_to", "outlet": _OUTLET},
        ),
    ],
)
def test_an_instance_is_as_its_model_makes_it(model, values):
    assert held(unsaved(model, **values)) == held(model(**values))


def test_no_two_share_a_list():
    one, other = unsaved(Appearance), unsaved(Appearance)
    one.spans.append("a span")
    assert other.spans == []
