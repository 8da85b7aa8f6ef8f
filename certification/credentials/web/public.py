"""What anyone may fetch: the DID document, credentials, status lists."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from certification.credentials import selectors
from iris.core.policy import public


@public
@require_safe
def did(request: HttpRequest) -> HttpResponse:
    """The scheme's DID document."""
    return _open(_json(selectors.did_document(), "application/did+json"), seconds=300)


def _json(data: dict[str, Any], media_type: str) -> HttpResponse:
    return JsonResponse(data, content_type=media_type, json_dumps_params={"ensure_ascii": False})


def _open(response: HttpResponse, *, seconds: int) -> HttpResponse:
    """Any page of any site may read it, and may keep it for so long."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={seconds}"
    return response
