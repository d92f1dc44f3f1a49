"""The API's page where scripts run. Its policy lets nothing inline pass: a complaint in the console fails the test."""

import pytest

from tests import factories


@pytest.mark.slow
def test_every_address_can_be_tried(page):
    factories.publish("“A most particular phrase.”")
    page.goto("/api/v1/docs/")
    operation = page.locator("#operations-statements-getStatements")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Execute").click()
    told = operation.locator(".live-responses-table .response-col_status").last
    told.wait_for()
    assert "200" in told.inner_text()
    assert "particular" in operation.locator(".live-responses-table").inner_text()
