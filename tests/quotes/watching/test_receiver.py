"""The receiver that docs/watching.md shows: it runs, knows what is genuine, and drops what it has heard."""

import re
import subprocess
import sys

import pytest
from django.utils import timezone

from quotes.models import Endpoint
from quotes.watching import endpoints
from quotes.watching.signing import new_salt, secret_of
from tests import factories
from tests.quotes.watching.watchers import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def endpoint(watcher, project, tmp_path):
    """An endpoint at which the documented program listens, on a port of its own; it has `program` for its process."""
    factories.speaker()
    salt = new_salt()
    code = re.search(r"```python\n(.*?)```", (project / "docs" / "watching.md").read_text(), re.DOTALL)[1]
    code = code.replace("whsec_…", secret_of(salt)).replace("8765", "0")
    # It says where it listens before it serves.
    code = re.sub(
        r"    (HTTPServer.*)\.serve_forever\(\)",
        r"    s = \1; print(s.server_port, flush=True); s.serve_forever()",
        code,
    )
    script = tmp_path / "receiver.py"
    script.write_text(code)
    with subprocess.Popen([sys.executable, script], stdout=-1, stderr=-3, text=True) as program:
        url = f"http://127.0.0.1:{program.stdout.readline().strip()}/"
        made = Endpoint.objects.create(owner=watcher.owner, url=url, salt=salt, created_at=timezone.now())
        watcher.watch("speaker=emmanuel-macron", mail="", endpoint=made)
        made.program = program
        yield made
        program.kill()


def test_it_hears_of_a_statement_once_and_takes_nothing_forged(endpoint, settings):
    made = factories.publish()
    work()
    told = endpoint.deliveries.get()
    assert (told.state, told.status) == ("sent", 204)
    assert endpoint.program.stdout.readline() == f"statement.published {settings.SITE_URL}/q/{made.pid}\n"
    endpoints.tell_again(told)
    work()
    endpoints.try_out(endpoint)
    work()
    assert endpoint.program.stdout.readline() == "test \n", "what came again was dropped"
    Endpoint.objects.update(salt="0" * 32)
    forged = endpoints.try_out(endpoint)
    work()
    forged.refresh_from_db()
    assert forged.status == 401
