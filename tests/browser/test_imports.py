import pytest
from playwright.sync_api import expect

from tests import factories
from tests.quotes.importing import csv_file, row


@pytest.fixture
def signed_in(page, client, settings, tmp_path):
    """Give the browser a publisher's session."""
    settings.MEDIA_ROOT = tmp_path / "media"
    client.force_login(factories.publisher())
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}])
    return page


def test_a_spreadsheet_is_imported_and_undone(signed_in, tmp_path, judged):
    page, sheet = signed_in, tmp_path / "Quotes of the week.csv"
    sheet.write_bytes(csv_file(row(1), row(2, said="soon"), row(1)))
    page.goto("/desk/imports/")
    judged(page)
    page.get_by_label("File").set_input_files(sheet)
    page.get_by_role("button", name="Bring the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What its columns are")
    expect(page.get_by_label("Words (needed)")).to_have_value("words")
    judged(page)
    page.get_by_label("Keep these columns as").fill("Weekly")
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What would come of it")
    expect(page.get_by_text("1 speaker: Emmanuel Macron")).to_be_visible()
    judged(page)
    page.get_by_role("button", name="Import and publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Imported")
    judged(page)
    page.get_by_label("Why").fill("The wrong sheet")
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Undone")
    expect(page.get_by_text("1 statement retracted.")).to_be_visible()
    judged(page)
