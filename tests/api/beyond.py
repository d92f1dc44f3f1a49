"""What a schema can't say: the reasons for which a request that has the described shape is refused all the same.

A hook of Schemathesis too (`SCHEMATHESIS_HOOKS=tests.api.beyond`): it passes over a refusal for one of these reasons,
and over nothing else.
"""

import json
import re
from http import HTTPStatus
from typing import Any

import schemathesis

ASKED = re.compile(
    # Days: those of masked dates, and which of two comes first.
    "there is no such day|it ends before it starts|needs at least one known end|last day comes before"
    # A page has one place.
    "|not both|after it or before it"
    # A text of no letters, or with characters that no text has.
    "|no word in this|a character that no text|No address holds|No name holds|What shall be looked for|nothing to check"
    # Nothing but spaces, and spaces around a text.
    "|There is nothing in this|spaces around this"
)
SENT = re.compile(
    # A key of an act is good for one.
    "was used for another request"
    # One of two members.
    "|one of the two|tells this itself"
)
# What the shape of a body alone refuses: if that happens to what has the shape, the schema is wrong.
SHAPE = re.compile("This takes|This must be|There is no such member|This has more|This isn’t what|may not be|Ensure")
# What the desk knows of names, documents and the notation of words, and the page of a watch of filters.
BY_THE_DESK = {"POST /api/v1/statements", "POST /api/v1/documents", "POST /api/v1/watches"}


def is_beyond_a_schema(operation: str, body: bytes) -> bool:
    """Whether a problem tells what no schema can."""
    told = json.loads(body)
    details = [one["detail"] for one in told.get("errors", []) if one["code"] == "malformed"] or [told["detail"]]
    if any(SHAPE.search(detail) for detail in details):
        return False
    return operation in BY_THE_DESK or all(ASKED.search(one) or SENT.search(one) for one in details)


@schemathesis.hook
def filter_failure(_context: Any, failure: Any, case: Any, response: Any) -> bool:
    """Whether a failure counts."""
    if response.status_code == HTTPStatus.REQUEST_URI_TOO_LONG:
        # How long an address may be the server says, before anything reads it.
        return False
    if type(failure).__name__ != "RejectedPositiveData":
        return True
    # A document that waits has no id: “null” is none to follow.
    if "null" in (case.path_parameters or {}).values():
        return False
    return not is_beyond_a_schema(case.operation.label, response.content)
