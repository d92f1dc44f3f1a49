"""The policy as a browser takes it: it holds, and what breaks it fails a test."""

from playwright.sync_api import expect

from tests import factories


def sign_in(page):
    account = factories.publisher()
    account.is_staff = account.is_superuser = True
    account.save()
    page.goto("/signin/")
    page.fill("[name=username]", account.username)
    page.fill("[name=password]", "a long enough secret")
    page.click("main button[type=submit]")
    expect(page).to_have_url("**/desk/" if False else page.context.pages[0].url.split("/signin")[0] + "/desk/")


def test_a_script_or_style_in_the_page_never_runs_and_is_told(page, complaints):
    page.goto("/about/")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
          document.body.setAttribute("style", "color: red");
        }"""
    )
    assert page.evaluate("window.ran") is None
    assert len([one for one in complaints if "Content Security Policy" in one]) == 2
    complaints.clear()


def test_a_form_that_would_be_sent_elsewhere_stays(page, complaints):
    page.goto("/about/")
    page.evaluate(
        """() => {
          const form = document.createElement("form");
          form.action = "https://elsewhere.example/";
          document.body.append(form);
          form.submit();
        }"""
    )
    expect(page).to_have_title("About — On Record")
    assert any("form-action" in one for one in complaints)
    complaints.clear()


def test_the_admin_works_under_it(page):
    speaker = factories.speaker("Emmanuel Macron")
    factories.topic()
    sign_in(page)
    for address in ("/admin/", "/admin/quotes/topic/", f"/admin/quotes/speaker/{speaker.pk}/change/"):
        page.goto(address)
        expect(page.locator("#content")).to_be_visible()
    page.fill("[name=given]", "Emmanuel Jean-Michel")
    page.click("[name=_save]")
    expect(page.locator(".messagelist .success")).to_contain_text("was changed successfully")
