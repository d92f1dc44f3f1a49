"""From the pages of speakers, outlets and topics as they were called, or were apart, to those of today."""

from typing import Any

from django.db import models
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect

from sources.slugs import resolve


def to_present_name(model: type[models.Model], slug: str) -> HttpResponse:
    """Redirect from the page of a slug that was given up, or of what was merged away. Raises Http404 for others.

    Two queries; one more for every further merge in a chain.
    """
    found: Any = resolve(model, [slug]).get(slug)  # a speaker, an outlet or a topic
    if found is None or found.slug == slug:
        raise Http404("unknown")
    return HttpResponsePermanentRedirect(found.get_absolute_url())
