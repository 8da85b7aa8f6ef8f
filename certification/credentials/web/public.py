"""What anyone may fetch: the DID document, credentials, status lists."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from certification.credentials import examples, selectors
from certification.credentials.models import Credential
from certification.credentials.rules import untp
from certification.credentials.states import TERMS, Verdict
from iris.core.policy import public

VC_JWT = "application/vc+jwt"


@public
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """For developers: how to read a credential and check it without us, and with which keys."""
    base, did_ = selectors.public_url(), selectors.scheme_did()
    context = {
        "did": did_,
        "keys": selectors.key_ring(),
        "lists": selectors.status_lists(),
        "fetch": examples.text_of(examples.FETCH, base, did_),
        "python": examples.text_of(examples.PYTHON, base, did_),
        "javascript": examples.text_of(examples.JAVASCRIPT, base, did_),
        "verdicts": list(Verdict),
    }
    return render(request, "credentials/guide.html", context)


@public
@require_safe
def did(request: HttpRequest) -> HttpResponse:
    """The scheme's DID document."""
    return opened(request, _json(selectors.did_document(), "application/did+json"), seconds=60)


@public
@require_safe
def firm_did(request: HttpRequest, firm_id: UUID) -> HttpResponse:
    """The DID document of an audit firm that the scheme vouches for, or did."""
    if selectors.anchor_of(firm_id) is None:
        raise Http404
    return opened(request, _json(selectors.firm_document(firm_id), "application/did+json"), seconds=300)


@public
@require_safe
def anchor(request: HttpRequest, firm_id: UUID) -> HttpResponse:
    """The Digital Identity Anchor of an audit firm; its status says whether it still holds."""
    found = selectors.anchor_of(firm_id)
    if found is None:
        raise Http404
    return token(request, found, seconds=60)


@public
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The JSON-LD context of the words that are ours; a browser gets them as a page."""
    if request.get_preferred_type(("application/ld+json", "text/html")) == "text/html":
        response = render(request, "credentials/terms.html", {"terms": TERMS, "url": selectors.terms_url()})
        patch_vary_headers(response, ["Accept"])
        return response
    return opened(request, _json(untp.terms(selectors.terms_url()), "application/ld+json"), seconds=86_400)


@public
@require_safe
def status(request: HttpRequest, purpose: str, number: int) -> HttpResponse:
    """A status list as it was last published."""
    found = selectors.status_list(purpose, number)
    if found is None or not found.jwt:
        raise Http404
    # Half of the list's own ttl: who honours both learns of an act within a minute and a half of it.
    return opened(request, HttpResponse(found.jwt, content_type=VC_JWT), seconds=30)


@public
@require_safe
def credential(request: HttpRequest, credential_id: UUID) -> HttpResponse:
    """One credential; `?profile=w3c` for the one with both status entries."""
    found = selectors.published_credential(credential_id)
    if found is None:
        raise Http404
    return token(request, found, seconds=300)


def token(request: HttpRequest, found: Credential, *, seconds: int) -> HttpResponse:
    """The signed text, as it was signed."""
    text = found.jwt_w3c if request.GET.get("profile") == "w3c" and found.jwt_w3c else found.jwt
    response = HttpResponse(text, content_type=VC_JWT)
    response["Content-Disposition"] = f'inline; filename="{found.pk}.vc.jwt"'
    return opened(request, response, seconds=seconds)


def opened(request: HttpRequest, response: HttpResponse, *, seconds: int) -> HttpResponse:
    """Any page of any site may read it, and may keep it for so long; asked for again unchanged, it is not sent."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={seconds}"
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    patch_vary_headers(response, ["Accept"])
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _json(data: dict[str, Any], media_type: str) -> HttpResponse:
    return JsonResponse(data, content_type=media_type, json_dumps_params={"ensure_ascii": False})
