"""JSON-LD: a schema.org Quotation, with the road told in PROV and the date as EDTF; the context stands inside.

`creator` and not `spokenByCharacter`, which is for fiction. An unnamed source is credited as described (`creditText`)
and no person is made of it. `dateCreated` appears only for a plain date; `dcterms:created` keeps any EDTF text.
"""

import datetime as dt
import json
from typing import Any

from quotes import dates
from quotes.citing.present import Present
from quotes.citing.record import PUBLICATION, CitedDocument, CitedOutlet, CitedSpeaker, CitedStatement
from quotes.citing.road import relays, road

Node = dict[str, Any]
CONTEXT: Node = {
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "url": {"@id": "https://schema.org/url", "@type": "@id"},
    "sameAs": {"@id": "https://schema.org/sameAs", "@type": "@id"},
    "archivedAt": {"@id": "https://schema.org/archivedAt", "@type": "@id"},
}
_SPEAKERS = {"person": "Person", "government": "GovernmentOrganization"}
_OUTLETS = {"broadcaster": "NewsMediaOrganization", "newspaper": "NewsMediaOrganization"} | {
    "agency": "NewsMediaOrganization",
    "public_body": "GovernmentOrganization",
}
_DOCUMENTS = {
    "article": "NewsArticle",
    "dispatch": "NewsArticle",
    "interview": "NewsArticle",
    "official_paper": "Report",
    "post": "SocialMediaPosting",
}


def write(cited: CitedStatement, present: Present | None = None) -> str:
    """The Quotation as a document; “<” is escaped, so that it may stand in a page's script element as it is."""
    return _escaped(json.dumps(build(cited, present), ensure_ascii=False, indent=2)) + "\n"


def write_small(cited: CitedStatement, present: Present | None = None) -> str:
    """The same on one line, which takes a third of the time: for a page, where nobody reads it."""
    return _escaped(json.dumps(build(cited, present), ensure_ascii=False))


def _escaped(text: str) -> str:
    return text.replace("<", "\\u003c")


def build(cited: CitedStatement, present: Present | None = None) -> Node:
    """The Quotation as a value; with `present`, what became of it since."""
    node: Node = {
        "@context": CONTEXT,
        "@id": cited.version_url,
        "@type": ["Quotation", "prov:Entity"],
        **_words(cited),
        **_attribution(cited),
        **_when(cited),
        **_road(cited),
        "about": [_topic(topic.name, topic.slug, cited.site_url) for topic in cited.topics],
        **_record(cited),
        **(_since(cited, present) if present else {}),
    }
    return _pruned(node)


def _words(cited: CitedStatement) -> Node:
    translation = cited.translation
    return {
        "text": cited.words,
        "inLanguage": cited.language,
        "disambiguatingDescription": road(cited),
        "translator": {"@type": "Person", "name": translation.translator} if translation else {},
        "translationOfWork": {"@type": "Quotation", "inLanguage": translation.source} if translation else {},
    }


def _attribution(cited: CitedStatement) -> Node:
    if cited.speaker.is_unnamed:
        return {
            "creditText": cited.speaker.name,
            "prov:wasAttributedTo": {"@type": "prov:Agent", "prov:label": cited.speaker.name},
        }
    speaker = _speaker(cited.speaker, cited.site_url) | {"jobTitle": cited.label if _is_person(cited.speaker) else ""}
    if cited.speaks_for:
        speaker["prov:actedOnBehalfOf"] = _speaker(cited.speaks_for, cited.site_url)
    reference = {"@id": speaker["@id"]} if "@id" in speaker else speaker
    return {"creator": speaker, "prov:wasAttributedTo": reference}


def _is_person(speaker: CitedSpeaker) -> bool:
    return speaker.kind == "person"


def _when(cited: CitedStatement) -> Node:
    edtf = cited.said.edtf
    return {
        "dateCreated": edtf if edtf and dates.read(edtf).is_simple else "",
        "dcterms:created": {"@type": "edtf:EDTF", "@value": edtf} if edtf else {},
    }


def _road(cited: CitedStatement) -> Node:
    """Where it was said, what it is taken from: quoted where the words are the speaker's, else derived."""
    said_to = [hop.outlet for hop in cited.source.hops if hop.role == "spoken_to" and hop.outlet and hop.name]
    document = _document(cited)
    taken = "prov:wasDerivedFrom" if cited.mode == "indirect" else "prov:wasQuotedFrom"
    return {
        "recordedAt": [
            {"@type": "Event", "name": f"Statement to {outlet.name}", "organizer": _outlet(outlet, cited.site_url)}
            for outlet in said_to
        ],
        "isBasedOn": document,
        taken: {"@id": document["@id"]},
        "prov:wasInfluencedBy": [
            _speaker(hop.speaker, cited.site_url) for hop in cited.source.hops if hop.role == "told_by" and hop.speaker
        ],
    }


def _document(cited: CitedStatement) -> Node:
    document = cited.source.document
    dispatches = [_dispatch(name, cited) for name in relays(cited) if name != document.publisher]
    return {
        "@id": f"{cited.site_url}/documents/{document.pid}/",
        "@type": [_DOCUMENTS.get(document.kind, "CreativeWork"), "prov:Entity"],
        "name": document.title,
        "author": {"@type": "Person" if document.author else "", "name": document.author},
        "url": document.url,
        "datePublished": _simple(document),
        "inLanguage": document.language,
        **(_publisher(_outlet(document.outlet, cited.site_url)) if document.publisher and document.outlet else {}),
        "isBasedOn": dispatches,
        "prov:wasDerivedFrom": [{"@id": dispatch["@id"]} for dispatch in dispatches],
    }


def _simple(document: CitedDocument) -> str:
    return document.published if document.published and dates.read(document.published).is_simple else ""


def _dispatch(name: str, cited: CitedStatement) -> Node:
    """An agency's own report, which the record knows of through others: a node of this document only."""
    outlets = [hop.outlet for hop in cited.source.hops if hop.outlet and hop.outlet.name == name]
    known = _outlet(outlets[0], cited.site_url) if outlets else {"@type": "NewsMediaOrganization", "name": name}
    place = relays(cited).index(name) + 1
    return {"@id": f"_:dispatch{place}", "@type": ["NewsArticle", "prov:Entity"], **_publisher(known)}


def _speaker(speaker: CitedSpeaker, site_url: str) -> Node:
    """A speaker as an agent, by its page here; a group or organisation has no given name."""
    is_person = _is_person(speaker)
    return {
        **({"@id": f"{site_url}/speakers/{speaker.slug}/"} if speaker.slug else {}),
        "@type": [_SPEAKERS.get(speaker.kind, "Organization"), "prov:Agent"],
        "name": speaker.name,
        "givenName": speaker.given if is_person else "",
        "familyName": " ".join(part for part in (speaker.particle, speaker.family) if part) if is_person else "",
        "sameAs": f"http://www.wikidata.org/entity/{speaker.wikidata}" if speaker.wikidata else "",
    }


def _outlet(outlet: CitedOutlet, site_url: str) -> Node:
    page = {"@id": f"{site_url}/outlets/{outlet.slug}/"} if outlet.slug else {}
    return {**page, "@type": _OUTLETS.get(outlet.kind, "Organization"), "name": outlet.name}


def _publisher(outlet: Node) -> Node:
    """Who published, in the words of both vocabularies."""
    return {"publisher": outlet, "prov:wasAttributedTo": {"@id": outlet["@id"]} if "@id" in outlet else outlet}


def _topic(name: str, slug: str, site_url: str) -> Node:
    return {"@id": f"{site_url}/topics/{slug}/", "@type": "DefinedTerm", "name": name}


def _record(cited: CitedStatement) -> Node:
    return {
        "version": cited.version,
        "identifier": cited.pid,
        "url": cited.version_url,
        "archivedAt": cited.version_url,
        "sdPublisher": {"@type": "Organization", "name": PUBLICATION, "url": f"{cited.site_url}/"},
        "sdDatePublished": cited.recorded,
    }


def _since(cited: CitedStatement, present: Present) -> Node:
    """The corrections, and a retraction as one more: schema.org has no other place for its reason."""
    retraction = present.retraction
    told = [_comment(one.reason, one.on, one.url) for one in present.corrections]
    told += [_comment(retraction.sentence, retraction.on, f"{cited.url}/history")] if retraction else []
    return {
        "creativeWorkStatus": "Retracted" if retraction else "",
        "dateModified": present.modified.isoformat() if present.modified else "",
        "correction": told,
    }


def _comment(text: str, on: dt.date | None, url: str) -> Node:
    return {"@type": "CorrectionComment", "text": text, "datePublished": on.isoformat() if on else "", "url": url}


def _pruned(node: Node) -> Node:
    """The node without what is empty: an unknown fact has no key, a node that says nothing but its type is none."""
    kept = {key: known for key, value in node.items() if (known := _known(value)) not in ("", [], {}, None)}
    return {} if set(kept) == {"@type"} else kept


def _known(value: object) -> object:
    if isinstance(value, list):
        return [known for item in value if (known := _known(item))]
    return _pruned(value) if isinstance(value, dict) else value
