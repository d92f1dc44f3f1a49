import pytest
from django.test import Client

from quotes import reports
from quotes.models import Report
from tests import factories

pytestmark = pytest.mark.django_db
NASTY = "<script>alert(1)</script> '; DROP TABLE quotes_report; -- \u202eאבג 🎙"


@pytest.fixture
def statement():
    return factories.publish()


def address(statement):
    return f"/q/{statement.pid}/report"


def test_anybody_reports_a_problem_and_learns_what_happens_next(client, statement):
    assert "What is wrong?" in client.get(address(statement)).text
    page = client.post(address(statement), {"message": NASTY, "email": "reader@example.org"})
    assert "An editor reads it" in page.text
    report = Report.objects.get()
    assert (report.message, report.email, report.statement) == (NASTY, "reader@example.org", statement)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"message": "  "}, "Say what is wrong."),
        ({"message": "x" * 4001}, "4001 characters long; the limit is 4000"),
        ({"message": "a\x00b"}, "Null characters are not allowed"),
        ({"message": "Kept as typed", "email": "nobody"}, "Enter a valid email address"),
    ],
)
def test_a_wrong_report_is_refused_beside_its_field_and_kept(client, statement, data, message):
    page = client.post(address(statement), data)
    assert message in page.text
    assert data["message"].strip("\x00 ")[:5] in page.text
    assert not Report.objects.exists()


def test_over_the_limit_the_text_is_kept_with_when_to_come_back(client, statement, settings):
    settings.REPORTS_PER_HOUR = 1
    client.post(address(statement), {"message": "First"})
    page = client.post(address(statement), {"message": "The second, typed at length"})
    assert page.status_code == 429
    assert "The second, typed at length" in page.text
    assert "in 60 minutes" in page.text
    assert page.headers["Retry-After"]
    assert client.post(address(statement), {"message": "x"}, REMOTE_ADDR="192.0.2.9").status_code == 200


def test_reports_are_of_public_statements_alone(client):
    draft = factories.draft()
    assert client.get(address(draft)).status_code == 404
    assert client.post(address(draft), {"message": "x"}).status_code == 404
    assert client.get("/q/0000000000/report").status_code == 404
    assert client.get("/q/0000000001/report").status_code == 404


def test_a_report_without_a_csrf_token_is_refused(statement):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(statement), {"message": "x"}).status_code == 403
    strict.get(address(statement))
    data = {"message": "x", "csrfmiddlewaretoken": strict.cookies["csrftoken"].value}
    assert strict.post(address(statement), data).status_code == 200


def test_a_report_is_never_public(client, statement):
    client.post(address(statement), {"message": "Only for editors", "email": "reader@example.org"})
    for page in (f"/q/{statement.pid}", f"/q/{statement.pid}/v1", "/", address(statement)):
        assert "Only for editors" not in client.get(page).text


def test_the_queue_is_for_editors(client, statement):
    report = reports.send(statement, "x", address="")
    for page in ("/desk/reports/", f"/desk/reports/{report.pk}/"):
        assert client.get(page).headers["Location"] == f"/signin/?next={page}"
    client.force_login(factories.user())
    assert client.get("/desk/reports/").status_code == 403
    assert client.post(f"/desk/reports/{report.pk}/", {"answer": "x"}).status_code == 403


def test_an_editor_answers_and_the_queue_moves_on(client, statement):
    older, newer = (reports.send(statement, text, address="") for text in ("The older one", NASTY))
    client.force_login(factories.editor())
    queue = client.get("/desk/reports/").text
    assert queue.index("The older one") < queue.index("&lt;script&gt;alert(1)")
    assert "2 waiting" in client.get("/desk/").text
    assert "<script>alert(1)" not in client.get(f"/desk/reports/{newer.pk}/").text
    client.post(f"/desk/reports/{older.pk}/", {"answer": "Corrected in version 2"})
    assert "The older one" not in client.get("/desk/reports/").text
    assert "The older one" in client.get("/desk/reports/?show=answered").text
    assert "Corrected in version 2" in client.get(f"/desk/reports/{older.pk}/").text


def test_an_empty_answer_is_refused(client, statement):
    report = reports.send(statement, "x", address="")
    client.force_login(factories.editor())
    assert "Say what was done" in client.post(f"/desk/reports/{report.pk}/", {"answer": ""}).text


def test_the_second_of_two_answers_is_told(client, statement):
    report = reports.send(statement, "x", address="")
    reports.answer(report, "The first answer", editor=factories.editor())
    client.force_login(factories.editor())
    page = client.post(f"/desk/reports/{report.pk}/", {"answer": "The second"}).text
    assert "answered this report already" in page
    assert "The first answer" in page


def test_answered_reports_come_a_page_at_a_time(client, statement, settings):
    settings.REPORTS_PER_HOUR = 100
    editor = factories.editor()
    for number in range(51):
        reports.answer(reports.send(statement, f"Report {number:02}", address=""), "Done", editor=editor)
    client.force_login(editor)
    first = client.get("/desk/reports/?show=answered")
    assert "Report 01" in first.text
    assert "Report 00" not in first.text
    oldest = Report.objects.get(message="Report 01")
    assert "Report 00" in client.get(f"/desk/reports/?show=answered&before={oldest.pk}").text
    assert client.get("/desk/reports/?show=answered&before=²'").status_code == 200
