import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from config.preflight import problem


@pytest.mark.django_db
def test_what_is_looked_at_before_serving_leaves_the_connections_of_those_who_serve_alone(settings):
    # Else collected files come first, which a test has none of.
    settings.DEBUG = True
    served = connections["default"]
    with CaptureQueriesContext(served) as asked:
        assert problem() is None
    assert not asked.captured_queries
    assert connections["default"] is served
