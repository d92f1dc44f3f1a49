"""What each address takes and answers, as decorators of the views."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.serializers import Serializer

from quotes.api.asked import LONGEST_ADDRESS, MOST_WORDS
from quotes.api.described import answers, examples, outcomes, parameters, sent
from quotes.api.formats import JSON, OF_STATEMENTS, OF_TABLES, Format
from quotes.api.once import HEADER
from quotes.api.shapes.statements import EXPANDED, FIELDS
from quotes.checking import MOST_IN_ADDRESS
from quotes.models import Link

_BY_TOKEN: Any = [{"token": []}]
_KEY = OpenApiParameter(
    HEADER,
    {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[ -~]*[!#-~][ -~]*$"},
    OpenApiParameter.HEADER,
    required=True,
    description="Made up by you for this act: asked again with it within a day, nothing is done twice",
)
View = TypeVar("View", bound=type)
Shape = type[Serializer]


def _described(
    answer: Shape,
    taken: Sequence[OpenApiParameter] = (),
    *,
    told: str,
    others: Iterable[Format] = (),
    more: outcomes.Answers | None = None,
) -> Callable[[View], View]:
    """Describe a view's one operation: what it answers as JSON, as what else, and what goes wrong."""
    answered: outcomes.Answers = {(200, "application/json"): OpenApiResponse(answer, "What was asked for")}
    formats = [one for one in others if one.name != JSON.name]
    answered |= {(200, one.media_type): _WRITTEN_AS.get(one.name, OpenApiTypes.STR) for one in formats}
    described = extend_schema(
        parameters=[*taken, *_suffix(others), *outcomes.OF_READS],
        responses={**answered, **outcomes.UNREAD, **(more or {})},
        summary=told,
        description=told,
    )
    decorate: Callable[[View], View] = extend_schema_view(get=described)
    return decorate


def _written(
    takes: Shape,
    answered: Mapping[int, tuple[Shape, str]],
    taken: Sequence[OpenApiParameter] = (),
    *,
    told: str,
    example: OpenApiExample,
) -> Callable[[View], View]:
    """Describe what a view does by POST: what it takes, what it answers, and what goes wrong."""
    done: outcomes.Answers = {(status, "application/json"): OpenApiResponse(*one) for status, one in answered.items()}
    described = extend_schema(
        parameters=[*taken, _KEY, *outcomes.OF_WRITES],
        request={"application/json": takes},
        responses={**done, **outcomes.UNWRITTEN},
        summary=told,
        description=told,
        examples=[example],
        auth=_BY_TOKEN,
    )
    decorate: Callable[[View], View] = extend_schema_view(post=described)
    return decorate


# A graph is an object; whatever else isn't JSON is text.
_WRITTEN_AS = {"jsonld": OpenApiTypes.OBJECT}


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
        "q", {"type": "string", "minLength": 1, "maxLength": MOST_WORDS}, "Words to look for", required=True
    ),
    *(one for one in _LISTED if one.name != "q"),
]
_STATEMENTS = answers.listed(answers.StatementTold)

publish = _written(
    sent.PublishSent,
    {200: (answers.PublishedTold, "It is public: version 1")},
    [_ID],
    told="Publish a draft as it was seen",
    example=examples.PUBLISH,
)


def statements(view: View) -> View:
    """Describe the list and the making of a draft."""
    reads = _described(_STATEMENTS, _LISTED, told="Published statements, latest said first", others=OF_STATEMENTS)
    drafts = {201: (answers.DraftTold, "The draft is made; an editor sees it at the desk")}
    writes = _written(sent.StatementSent, drafts, told="Record a statement as a draft", example=examples.STATEMENT)
    return reads(writes(view))


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
    more=outcomes.GONE,
)
revisions = _described(
    answers.listed(answers.RevisionListed),
    [_ID],
    told="The versions of a statement, the last first",
    more=outcomes.GONE,
)
revision = _described(
    answers.RevisionTold,
    [_ID, parameters.path("number", {"type": "string", "pattern": "^[1-9][0-9]{0,8}$"}, "The version’s number")],
    told="One version, with the text that was hashed",
    more=outcomes.GONE,
)
speakers = _described(answers.listed(answers.SpeakerListed), parameters.index(), told="Everybody heard, by name")
speaker = _described(answers.SpeakerTold, [_SLUG], told="A speaker", more=outcomes.MOVED)
outlets = _described(answers.listed(answers.OutletListed), parameters.index(), told="Every outlet, by name")
outlet = _described(answers.OutletListed, [_SLUG], told="An outlet", more=outcomes.MOVED)
topics = _described(answers.listed(answers.TopicListed), told="The tree of topics")
topic = _described(answers.TopicTold, [_SLUG], told="A topic", more=outcomes.MOVED)
_LISTS_DOCUMENTS = _described(
    answers.listed(answers.DocumentTold),
    [
        parameters.query("outlet", parameters.SLUG, "The slug of whose documents"),
        parameters.query(
            "url", {"type": "string", "minLength": 1, "maxLength": LONGEST_ADDRESS}, "Where it was published, exactly"
        ),
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
    example=examples.DOCUMENT,
)


def documents(view: View) -> View:
    """Describe the list and the taking in of a document."""
    return _LISTS_DOCUMENTS(_BRINGS_DOCUMENTS(view))


document = _described(answers.DocumentWhole, [_ID], told="A document and what was found in it", more=outcomes.MOVED)
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

_OWN_WATCHES = "What the account of the token watches, the last begun first"
_WATCHED = _written(
    sent.WatchSent,
    {200: (answers.WatchTold, "It is watched already"), 201: (answers.WatchTold, "It is watched from now on")},
    told="Watch a list or a statement",
    example=examples.WATCH,
)


def watches(view: View) -> View:
    """Describe the account's own list, and the beginning of a watch."""
    listed: outcomes.Answers = {
        (200, "application/json"): OpenApiResponse(answers.listed(answers.WatchTold), "What was asked for")
    }
    reads: Callable[[View], View] = extend_schema_view(
        get=extend_schema(
            parameters=[*parameters.places(parameters.KEY), *outcomes.OF_OWN],
            responses={**listed, **outcomes.OWN_UNREAD},
            summary=_OWN_WATCHES,
            description=_OWN_WATCHES,
            auth=_BY_TOKEN,
        )
    )
    return reads(_WATCHED(view))


_UNWATCH = "Watch something no longer"
_WATCH_KEY = {"type": "string", "pattern": "^[0-9]{1,18}$"}
watch: Callable[[View], View] = extend_schema_view(
    delete=extend_schema(
        parameters=[parameters.path("id", _WATCH_KEY, "The watch’s number"), _KEY, *outcomes.OF_DELETIONS],
        responses={(204, "application/json"): OpenApiResponse(None, "It is gone"), **outcomes.UNDELETED},
        summary=_UNWATCH,
        description=_UNWATCH,
        auth=_BY_TOKEN,
    )
)

_CHECK = "Was this said? Every quotation of a text, held against the record; nothing of it is kept"
_CHECKED: outcomes.Answers = {(200, "application/json"): OpenApiResponse(answers.CheckTold, "What was found")}
check: Callable[[View], View] = extend_schema_view(
    get=extend_schema(
        parameters=[
            parameters.query(
                "text",
                {"type": "string", "minLength": 1, "maxLength": MOST_IN_ADDRESS},
                "A quotation, or a sentence that tells what somebody said; post what is longer",
                required=True,
            ),
            parameters.query(
                "speaker", {"type": "string", "minLength": 1, "maxLength": 200}, "Who is said to have said it"
            ),
            parameters.query("said", parameters.EDTF, "When, in EDTF: 2022-12-03, 2022-12"),
            *outcomes.OF_CHECKS,
        ],
        responses={**_CHECKED, **outcomes.UNCHECKED},
        summary=_CHECK,
        description=_CHECK,
    ),
    post=extend_schema(
        parameters=outcomes.OF_CHECKS,
        request={"application/json": answers.CheckAsked},
        responses={**_CHECKED, **outcomes.UNCHECKED_POSTED},
        summary=_CHECK,
        description=_CHECK,
    ),
)
