"""Examples of what is sent, to try out on any record: whoever isn't on it yet comes with a kind."""

from drf_spectacular.utils import OpenApiExample

STATEMENT = OpenApiExample(
    "A statement relayed by an agency",
    {
        "words": "“We are ready to talk about security guarantees,” he said.",
        "language": "en",
        "speaker": {"name": "Emmanuel Macron", "kind": "person", "given": "Emmanuel", "family": "Macron"},
        "said": "2022-12-03",
        "document": {
            "title": "Macron on guarantees",
            "published": "2022-12-04",
            "outlet": {"name": "A Daily", "kind": "newspaper"},
        },
        "road": [
            {"role": "spoken_to", "name": "TF1", "kind": "broadcaster"},
            {"role": "relayed_by", "name": "TASS", "kind": "agency"},
        ],
        "topics": ["security guarantees"],
        "add_topics": True,
    },
    request_only=True,
)
DOCUMENT = OpenApiExample(
    "An article’s text, of which an editor confirms the rest",
    {
        "text": "“We are ready to talk about security guarantees,” Emmanuel Macron told TF1 on Saturday.\n\n"
        "The interview was relayed by TASS.",
        "title": "Macron on guarantees",
        "published": "2022-12-04",
        "language": "en",
    },
    request_only=True,
)
PUBLISH = OpenApiExample("A draft that nobody changed", {"touched": 0}, request_only=True)
WATCH = OpenApiExample("A speaker", {"query": "speaker=emmanuel-macron", "mail": "daily"}, request_only=True)
