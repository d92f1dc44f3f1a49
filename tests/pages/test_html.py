"""Every public page by the Nu checker, the W3C's judge of HTML."""

import os
import subprocess

import pytest
from django.core.management import call_command

from quotes.models import Statement
from sources.models import Document
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ADDRESSES = [
    "/",
    "/about/",
    "/glossary/",
    "/tour/",
    "/tour/6/",
    "/tour/7/",
    "/data/",
    "/statements/",
    "/statements/?speaker=emmanuel-macron&relay=tass",
    "/statements/?speaker=nobody&said_after=soon&q=x",
    "/statements/?q=makron+-speaker:nobody+security",
    "/speakers/",
    "/speakers/emmanuel-macron/",
    "/outlets/tass/?tab=relayed",
    "/topics/",
    "/topics/security-guarantees/",
    "/signin/",
    "/speakers/emmanuel-macron/overview/",
    "/outlets/tass/overview/",
    "/topics/security-guarantees/overview/",
    "/coverage/?lag=unknown",
    "/compare/?topic=security-guarantees",
    "/compare/?speaker=emmanuel-macron&speaker=vladimir-putin",
    "/on-this-day/?day=12-03",
    "/q/7K2M9QX4TB",
]


@pytest.fixture
def founding():
    call_command("load_founding_record", verbosity=0)
    return Statement.objects.get(text__startswith="This issue will be part")


def test_every_page_is_valid_html(client, founding, tmp_path):
    article = Document.objects.get(kind="reconstruction")
    address = founding.get_absolute_url()
    own = [
        address,
        founding.version_url(1),
        article.get_absolute_url(),
        f"{address}/report",
        f"{address}/history",
        f"{address}/wordings",
        "/topics/war-in-ukraine/exchange/",
        "/corrections/",
    ]
    files = [save(client, address, tmp_path / f"{number}.html") for number, address in enumerate([*ADDRESSES, *own])]
    client.force_login(factories.publisher())
    draft = factories.draft()
    form = f"/desk/statements/{draft.pid}/"
    desk = ["/searches/", "/searches/new/?q=peace", "/desk/", "/desk/statements/new/", form, f"{form}preview/"]
    desk += [f"/desk/statements/{founding.pid}/{act}/" for act in ("copies", "links", "merge")]
    files += [save(client, address, tmp_path / f"desk{number}.html") for number, address in enumerate(desk)]
    checked = subprocess.run(
        ["java", "-jar", os.environ["VNU_JAR"], "--errors-only", "--format", "gnu", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


def save(client, address, path):
    page = client.get(address)
    path.write_text(f"{page.text}\n<!-- {address} -->")
    return str(path)
