import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from quotes import reports
from quotes.models import Statement
from tests import factories

OWN = "correct horse battery staple"


@pytest.fixture
def signed_in(page, client):
    """Give the browser a publisher's session."""
    client.force_login(factories.publisher())
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}])
    return page


def test_from_a_one_time_password_to_a_permalink(page, capsys):
    call_command("make_editor")
    password = re.search(r"/ (\S+) —", capsys.readouterr().out)[1]
    page.goto("/desk/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("New password", exact=True).fill(OWN)
    page.get_by_label("New password confirmation").fill(OWN)
    page.get_by_role("button", name="Set the password").click()
    page.get_by_role("link", name="Record a statement").click()

    page.get_by_label("Words", exact=True).fill("“We must think about security,” she said.")
    page.get_by_label("Language", exact=True).first.fill("en")
    who = page.get_by_role("region", name="Who said them")
    who.get_by_label("Speaker", exact=True).fill("Jane Roe")
    page.get_by_label("Said", exact=True).fill("2022-12-03")
    where = page.get_by_role("region", name="Where it was found")
    where.get_by_label("Outlet", exact=True).fill("The New Gazette")
    where.get_by_label("If new: what is it?").select_option("Newspaper")
    where.get_by_label("Published", exact=True).fill("2022-12-04")
    page.get_by_label("Topics", exact=True).fill("Security guarantees")
    page.get_by_label("Add topics").check()
    page.get_by_role("button", name="Save and preview").click()

    # The speaker is new: the form asks, and keeps the rest.
    summary = page.get_by_role("alert")
    assert "“Jane Roe” is not on record yet: what is it?" in summary.inner_text()
    assert page.get_by_label("Words", exact=True).input_value() == "“We must think about security,” she said."
    assert where.get_by_label("Outlet", exact=True).input_value() == "The New Gazette"
    summary.get_by_role("link", name="If new: what is it?").click()
    page.keyboard.press("P")
    who.get_by_label("Given name").first.fill("Jane")
    who.get_by_label("Family name").first.fill("Roe")
    page.get_by_role("button", name="Save and preview").click()

    assert "visitors don’t see this yet" in page.inner_text("main")
    page.get_by_role("button", name="Publish").click()
    statement = Statement.objects.get()
    assert page.url.endswith(f"/q/{statement.pid}")
    shown = page.inner_text("main")
    for text in ("We must think about security", "Jane Roe", "The New Gazette", "Security guarantees"):
        assert text in shown
    assert statement.speaker.kind == "person"


def test_names_on_record_are_offered_while_typing(signed_in):
    factories.speaker("Emmanuel Macron").roles.create(label="President of France", held="2017/..")
    factories.outlet("TF1")
    signed_in.goto("/desk/statements/new/")
    signed_in.get_by_label("Speaker", exact=True).press_sequentially("emm")
    option = signed_in.locator("#id_speaker-name-names option")
    option.wait_for(state="attached")
    assert option.get_attribute("value") == "Emmanuel Macron"
    assert "President of France" in option.inner_text()
    signed_in.locator("#id_stop1-role").select_option("told_by")
    signed_in.locator("#id_stop1-name").press_sequentially("mac")
    signed_in.locator("#id_stop1-name-names option").wait_for(state="attached")
    factories.topic("Security")
    signed_in.get_by_label("Topics", exact=True).press_sequentially("Peace, sec")
    option = signed_in.locator("#id_topics-names option")
    option.wait_for(state="attached")
    assert option.get_attribute("value") == "Peace, Security"


def test_signing_in_is_open_to_all(page, judged):
    page.goto("/signin/")
    judged(page)


def test_reporting_is_open_to_all(page, judged):
    page.goto(f"/q/{factories.publish().pid}/report")
    judged(page)
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("alert")).to_be_visible()
    judged(page)
    page.get_by_label("What is wrong?").fill("The date")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("main")).to_contain_text("Thank you")
    judged(page)


def test_the_desk_is_open_to_all(signed_in, judged):
    factories.draft("“We must,” he said, “prepare [(for what comes)] […].”", topics=[factories.topic()])
    report = reports.send(factories.publish(), "The date is wrong", address="")
    for address in ("/desk/", "/desk/tokens/", "/desk/reports/", f"/desk/reports/{report.pk}/", "/password/"):
        signed_in.goto(address)
        judged(signed_in)


def test_the_form_is_open_to_all(signed_in, judged):
    draft = factories.draft()
    for place in ("new/", f"{draft.pid}/", f"{draft.pid}/preview/", f"{draft.pid}/discard/"):
        signed_in.goto(f"/desk/statements/{place}")
        judged(signed_in)
    signed_in.goto(f"/desk/statements/{draft.pid}/appearances/new/")
    judged(signed_in)


def test_the_form_with_errors_is_open_to_all(signed_in, judged):
    factories.speaker("John Smith", slug="one")
    factories.speaker("John Smith", slug="two")
    signed_in.goto("/desk/statements/new/")
    signed_in.get_by_label("Speaker", exact=True).fill("John Smith")
    signed_in.locator("#id_stop1-role").select_option("spoken_to")
    signed_in.get_by_role("button", name="Save and preview").click()
    expect(signed_in.get_by_label("John Smith: Person, one")).to_be_visible()
    judged(signed_in)
