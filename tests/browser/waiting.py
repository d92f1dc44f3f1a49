"""Waiting till something holds in a page."""

_UNTIL = """async argument => {
  const holds = %s;
  const end = performance.now() + 30_000;
  while (!holds(argument)) {
    if (performance.now() > end) throw new Error("still not so: %s");
    await new Promise(requestAnimationFrame);
  }
}"""


def until(page, holds, argument=None):
    """Wait till a function of the page's, as JavaScript, tells true of an argument.

    Playwright's own `wait_for_function` reads its text anew each time, which the content policy of our pages forbids
    after the first.
    """
    page.evaluate(_UNTIL % (holds, holds.partition("\n")[0].replace('"', "'").replace("\\", "")), argument)
