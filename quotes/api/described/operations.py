"""What each address takes and answers, as decorators of the views."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.serializers import Serializer

from quotes.api.described import answers, parameters, sent
from quotes.api.formats import OF_STATEMENTS, OF_TABLES, Format
from quotes.api.once import HEADER
from quotes.api.problems import MEDIA_TYPE
from quotes.api.shapes.statements import EXPANDED, FIELDS
from quotes.checking import MOST_IN_ADDRESS
from quotes.models import Link
from quotes.search.query import MAX_LENGTH

View = TypeVar("View", bound=type)
Shape = type[Serializer]
Answers = dict[tuple[int, str], Any]


def _described(
    answer: Shape,
    taken: Sequence[OpenApiParameter] = (),
    *,
    told: str,
    others: Iterable[Format] = (),
    more: Answers | None = None,
) -> Callable[[View], View]:
    """Describe a view's one operation: what it answers as JSON, as what else, and what goes wrong."""
    answered: Answers = {(200, "application/json"): OpenApiResponse(answer, "What was asked for")}
    answered |= {(200, one.media_type): OpenApiTypes.STR for one in others if one.name != "json"}
    formats = list(others)
    if formats:
        answered[406, MEDIA_TYPE] = OpenApiResponse(answers.NotAcceptableTold, "None of the accepted types is there")
    for status, why in _PROBLEMS.items():
        answered[status, MEDIA_TYPE] = OpenApiResponse(answers.ProblemTold, why)
    described = extend_schema(
        parameters=[*taken, *_suffix(formats)], responses={**answered, **(more or {})}, summary=told, description=told
    )
    decorate: Callable[[View], View] = extend_schema_view(get=described)
    return decorate


def _written(
    takes: Shape,
    answered: Mapping[int, tuple[Shape, str]],
    taken: Sequence[OpenApiParameter] = (),
    *,
    told: str,
) -> Callable[[View], View]:
    """Describe what a view does by POST: what it takes, what it answers, and what goes wrong."""
    answers_: Answers = {(status, "application/json"): OpenApiResponse(*one) for status, one in answered.items()}
    for status, why in {**_PROBLEMS, **_REFUSALS}.items():
        answers_[status, MEDIA_TYPE] = OpenApiResponse(answers.ProblemTold, why)
    key = OpenApiParameter(
        HEADER,
        {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[ -~]*$"},
        OpenApiParameter.HEADER,
        required=True,
        description="Made up by you for this act: asked again with it within a day, nothing is done twice",
    )
    described = extend_schema(
        parameters=[*taken, key],
        request={"application/json": takes},
        responses=answers_,
        summary=told,
        description=told,
        auth=[{"token": []}],  # type: ignore[list-item]  # as OpenAPI has it, and as it is written down
    )
    decorate: Callable[[View], View] = extend_schema_view(post=described)
    return decorate


_REFUSALS = {
    401: "There is no token, or none that works",
    403: "The token, or its account, may not do this",
    409: "It was changed or published since",
    413: "It is more than one request may carry",
    415: "It isn’t JSON",
    422: "The key was used for another request, or what was sent can’t be taken in",
}
_PROBLEMS = {
    400: "Something in the address can’t be read",
    404: "What it names isn’t there",
    429: "Too many requests came from this address",
}
_GONE: Answers = {
    (410, MEDIA_TYPE): OpenApiResponse(answers.RemovedTold, "The statement was removed for good"),
    (301, "application/json"): OpenApiResponse(None, "It was merged into another, or its id is written otherwise"),
}
_MOVED: Answers = {(301, "application/json"): OpenApiResponse(None, "It has another name now")}


def _suffix(formats: Iterable[Format]) -> list[OpenApiParameter]:
    known = [one.name for one in formats]
    schema = {"type": "string", "enum": known}
    return [parameters.path("suffix", schema, "The format; without it, Accept decides")] if known else []


_ID = parameters.path("id", parameters.PID, "A public id")
_SLUG = parameters.path("slug", parameters.SLUG, "The readable part of an address")
_FIELDS = parameters.names("fields", FIELDS, "The fields to tell; without it all, of a list those that cost little")
_EXPAND = parameters.names("expand", EXPANDED, "Further fields")
_LISTED = [*parameters.filters(), *parameters.places(parameters.PLACE), _FIELDS, _EXPAND]
_SEARCHED = [
    parameters.query(
        "q", {"type": "string", "minLength": 1, "maxLength": MAX_LENGTH}, "Words to look for", required=True
    ),
    *(one for one in _LISTED if one.name != "q"),
]
_STATEMENTS = answers.listed(answers.StatementTold)

publish = _written(
    sent.PublishSent,
    {200: (answers.PublishedTold, "It is public: version 1")},
    [_ID],
    told="Publish a draft as it was seen",
)


def statements(view: View) -> View:
    """Describe the list and the making of a draft."""
    reads = _described(_STATEMENTS, _LISTED, told="Published statements, latest said first", others=OF_STATEMENTS)
    drafts = {201: (answers.DraftTold, "The draft is made; an editor sees it at the desk")}
    return reads(_written(sent.StatementSent, drafts, told="Record a statement as a draft")(view))


search = _described(_STATEMENTS, _SEARCHED, told="Statements with some words", others=OF_STATEMENTS)
facets = _described(
    answers.FacetsTold,
    parameters.filters(),
    told="How the statements of a list spread over speakers, outlets and so on",
)
statement = _described(
    answers.StatementTold,
    [_ID, _FIELDS],
    told="One statement, published or retracted",
    others=OF_STATEMENTS,
    more=_GONE,
)
revisions = _described(
    answers.listed(answers.RevisionListed), [_ID], told="The versions of a statement, the last first", more=_GONE
)
revision = _described(
    answers.RevisionTold,
    [_ID, parameters.path("number", {"type": "string", "pattern": "^[1-9][0-9]{0,8}$"}, "The version’s number")],
    told="One version, with the text that was hashed",
    more=_GONE,
)
speakers = _described(answers.listed(answers.SpeakerListed), parameters.index(), told="Everybody heard, by name")
speaker = _described(answers.SpeakerTold, [_SLUG], told="A speaker", more=_MOVED)
outlets = _described(answers.listed(answers.OutletListed), parameters.index(), told="Every outlet, by name")
outlet = _described(answers.OutletListed, [_SLUG], told="An outlet", more=_MOVED)
topics = _described(answers.listed(answers.TopicListed), told="The tree of topics")
topic = _described(answers.TopicTold, [_SLUG], told="A topic", more=_MOVED)
_LISTS_DOCUMENTS = _described(
    answers.listed(answers.DocumentTold),
    [
        parameters.query("outlet", parameters.SLUG, "The slug of whose documents"),
        parameters.query("url", {"type": "string", "maxLength": 2000}, "Where it was published, exactly"),
        *parameters.places(parameters.PID),
    ],
    told="The documents that statements were found in, the last taken in first",
)
_BRINGS_DOCUMENTS = _written(
    sent.DocumentTextSent,
    {
        200: (answers.BroughtTold, "The text is on record already"),
        201: (answers.BroughtTold, "It is taken in, and is read for statements"),
        202: (answers.BroughtTold, "It waits for an editor to confirm what it doesn’t tell, or to be fetched"),
    },
    told="Bring a document",
)


def documents(view: View) -> View:
    """Describe the list and the taking in of a document."""
    return _LISTS_DOCUMENTS(_BRINGS_DOCUMENTS(view))


document = _described(answers.DocumentWhole, [_ID], told="A document and what was found in it", more=_MOVED)
links = _described(
    answers.listed(answers.LinkTold),
    [
        parameters.query("statement", parameters.PID, "The id of a statement at either end"),
        parameters.query("kind", {"type": "string", "enum": list(Link.Kind.values)}, "What the one does"),
        *parameters.places(parameters.KEY),
    ],
    told="What statements do to one another, the last made first",
)
corrections = _described(
    answers.listed(answers.LedgerEntry),
    [*parameters.ledger(), *parameters.places(parameters.KEY)],
    told="What was corrected, retracted, merged or removed, the last first",
    others=OF_TABLES,
)

_CHECK = "Was this said? Every quotation of a text, held against the record; nothing of it is kept"
_CHECKED = {
    (200, "application/json"): OpenApiResponse(answers.CheckTold, "What was found"),
    (400, MEDIA_TYPE): OpenApiResponse(answers.ProblemTold, "Something can’t be read"),
    (429, MEDIA_TYPE): OpenApiResponse(answers.ProblemTold, _PROBLEMS[429]),
}
check: Callable[[View], View] = extend_schema_view(
    get=extend_schema(
        parameters=[
            parameters.query(
                "text",
                {"type": "string", "minLength": 1, "maxLength": MOST_IN_ADDRESS},
                "A quotation, or a sentence that tells what somebody said; post what is longer",
                required=True,
            ),
            parameters.query("speaker", {"type": "string", "maxLength": 200}, "Who is said to have said it"),
            parameters.query("said", {"type": "string", "maxLength": 50}, "When, in EDTF: 2022-12-03, 2022-12"),
        ],
        responses=_CHECKED,
        summary=_CHECK,
        description=_CHECK,
    ),
    post=extend_schema(
        request=answers.CheckAsked,
        responses={
            **_CHECKED,
            (413, MEDIA_TYPE): OpenApiResponse(answers.ProblemTold, "The body is larger than is read at once"),
            (415, MEDIA_TYPE): OpenApiResponse(answers.ProblemTold, "The body is no application/json"),
        },
        summary=_CHECK,
        description=_CHECK,
    ),
)
