"""The styles that a public site serves are, to a browser, the ones that were written."""

from pathlib import Path

import pytest
from django.conf import settings

from config.smaller import smaller

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

STYLES = sorted(path for folder in settings.STATICFILES_DIRS for path in Path(folder).rglob("*.css"))
RULES = r"""(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  // What isn't computed yet, values of variables, is kept with its space.
  return [...sheet.cssRules].map((rule) => rule.cssText.replaceAll(/\s*,\s*/g, ","));
}"""


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_browser_reads_the_same_rules(page, path):
    written = page.evaluate(RULES, path.read_text())
    assert written
    assert page.evaluate(RULES, smaller(path.name, path.read_text())) == written
