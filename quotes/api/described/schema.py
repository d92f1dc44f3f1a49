"""How the schema is made: each view says what it is called, and the whole is written once a process."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

PREFIX = f"{settings.API_PATH}v1"


class Schema(AutoSchema):
    """Names operations after their views: getStatements, getStatementById, postCheck."""

    def get_operation_id(self) -> str:
        """The method, and the view's own name."""
        return f"{self.method.lower()}{self.view.__class__.__name__}{'File' if '{suffix}' in self.path else ''}"

    def get_tags(self) -> list[str]:
        """The first part of the address."""
        return [self.path.removeprefix(PREFIX).strip("/").partition("/")[0].partition(".")[0] or "index"]

    def _get_parameters(self) -> list[dict[str, Any]]:
        """Those of the path that stand in it: an address with a suffix and the one without have one description."""
        described: list[dict[str, Any]] = super()._get_parameters()
        return [one for one in described if one["in"] != "path" or f"{{{one['name']}}}" in self.path]


@cache
def document() -> bytes:
    """The OpenAPI document as JSON."""
    made: dict[str, Any] = SchemaGenerator(urlconf="config.urls").get_schema(request=None, public=True)
    # Where the document was read from: whoever tries it out stays there.
    made["servers"] = [{"url": "/"}]
    for name, shape in made["components"]["schemas"].items():
        # What is sent has no further members; answers may gain some.
        if name.endswith(("Sent", "Asked")):
            shape["additionalProperties"] = False
    for operation in (one for path in made["paths"].values() for one in path.values()):
        # A body of optional members is one all the same.
        operation.get("requestBody", {})["required"] = True
    made["info"]["license"] = {"name": "The record’s own data", "url": settings.RECORD_LICENCE}
    return json.dumps(made, ensure_ascii=False, indent=1).encode()
