"""Endpoints as the sandbox answers them: the shapes of the product, from the fixed records."""

import hashlib
import json
from typing import Any
from uuid import UUID, uuid5

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iris.core.drf import StrictSerializer
from iris.core.drf import sandbox as gate
from iris.core.errors import BadInput
from iris.core.places import SECTOR_CHOICES, is_country
from iris.developers.sandbox import matching, pages, records, registering, verifying
from iris.developers.sandbox.meant import meant

MOST_TEXT = 300
STATUSES = ("certified", "certified_with_conditions", "reduced_scope", "suspended", "expired", "withdrawn")


class AgencyFilters(StrictSerializer):
    """The filters that the list of agencies has."""

    q = serializers.CharField(required=False, max_length=MOST_TEXT)
    country = serializers.CharField(required=False, max_length=2)
    corridor = serializers.CharField(required=False, max_length=5)


class CertificateFilters(StrictSerializer):
    """The filters that the list of certificates has."""

    status = serializers.CharField(required=False, max_length=40)
    country = serializers.CharField(required=False, max_length=2)
    origin = serializers.CharField(required=False, max_length=2)
    destination = serializers.CharField(required=False, max_length=2)
    sector = serializers.ChoiceField(required=False, choices=SECTOR_CHOICES)
    agency_id = serializers.UUIDField(required=False)


class Question(StrictSerializer):
    """The fields that a check takes."""

    text = serializers.CharField(max_length=MOST_TEXT, allow_blank=True)
    country = serializers.CharField(required=False, default="", allow_blank=True)
    origin = serializers.CharField(required=False, default="", allow_blank=True)
    destination = serializers.CharField(required=False, default="", allow_blank=True)
    sector = serializers.CharField(required=False, default="", allow_blank=True)
    branch = serializers.CharField(required=False, default="", allow_blank=True)
    on = serializers.DateField(required=False, default=None, allow_null=True)
    relationship = serializers.CharField(required=False, default="", allow_blank=True)


def _asked(shape: type[StrictSerializer], request: Request) -> dict[str, Any]:
    given = shape(data=request.query_params)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def agencies(request: Request, view: Any, **_kwargs: Any) -> Response:
    """GET agencies/."""
    asked = _asked(AgencyFilters, request)
    every = rows = [records.agency(case) for case in records.AGENCIES]
    if asked.get("q"):
        rows = [row for row in rows if asked["q"].casefold() in row["legal_name"].casefold()]
    if asked.get("country"):
        rows = [row for row in rows if row["country"] == asked["country"]]
    if asked.get("corridor"):
        origin, _dash, destination = asked["corridor"].partition("-")
        wanted = {"origin": origin.upper(), "destination": destination.upper()}
        rows = [row for row in rows if wanted in row["corridors"]]
    return pages.listed(request, view, every, rows, "agencies")


def agency(request: Request, view: Any, *, agency_id: UUID) -> Response:
    """GET agencies/{id}/."""
    case = records.find(lambda one: one.id == str(agency_id))
    if case is None:
        raise Http404
    return Response(records.agency(case))


def certificates(request: Request, view: Any, **_kwargs: Any) -> Response:
    """GET certificates/."""
    asked = _asked(CertificateFilters, request)
    if asked.get("status") and asked["status"] not in STATUSES:
        raise serializers.ValidationError({"status": [f"Expected one of {', '.join(STATUSES)}."]})
    every = rows = [records.certificate(case) for case in records.AGENCIES if case.number]
    for name in ("status", "country"):
        if asked.get(name):
            rows = [row for row in rows if row[name] == asked[name]]
    for name in ("origin", "destination"):
        if asked.get(name):
            rows = [row for row in rows if any(one[name] == asked[name] for one in row["corridors"])]
    if asked.get("sector"):
        rows = [row for row in rows if asked["sector"] in row["sectors"]]
    if asked.get("agency_id"):
        rows = [row for row in rows if row["agency_id"] == str(asked["agency_id"])]
    return pages.listed(request, view, every, rows, "certificates")


def certificate(request: Request, view: Any, *, number: str) -> Response:
    """GET certificates/{number}/."""
    plain = "".join(one for one in number.upper() if one.isalnum())
    case = records.find(lambda one: bool(one.number) and one.number.replace("-", "") == plain)
    if case is None:
        raise Http404
    return Response(records.certificate_detail(case))


def revisions(request: Request, view: Any, *, number: str) -> Response:
    """GET certificates/{number}/revisions/: the latest first, and the one it took the place of."""
    told = certificate(request, view, number=number).data
    changes, earlier = told.pop("changes"), told.pop("earlier_revisions")
    rows = [{**told, "ended_on": None, "changes": changes}]
    for one in earlier:
        obsolete = {"revision": one["revision"], "status": "superseded", "valid_today": False}
        was = {"corridors": [*told["corridors"], {"origin": "NP", "destination": "AE"}]}
        rows.append({**told, **obsolete, **was, "ended_on": one["ended_on"], "changes": []})
    return Response({"number": told["number"], "results": rows})


def me(request: Request, view: Any, **_kwargs: Any) -> Response:
    """GET me/: the key itself is no record; it is told as it is."""
    answer: Response = type(view).get(view, request)  # the instance's own `get` is this answer
    return answer


def _verdict(case: records.Case, asked: dict[str, Any]) -> str:
    if not case.status:
        return "not_certified"
    if not case.valid:
        return "not_valid"
    corridor = (asked["origin"], asked["destination"])
    return "other_scope" if all(corridor) and corridor not in case.corridors else "certified"


def lookup(request: Request, view: Any, **_kwargs: Any) -> Response:
    """POST lookups/: a receipt that nobody keeps. The same question gives the same receipt, to the byte."""
    given = Question(data=request.data)
    given.is_valid(raise_exception=True)
    asked = dict(given.validated_data)
    asked["on"] = asked["on"] and asked["on"].isoformat()
    _check_places(asked)
    answer = meant(asked["text"])
    outcome, case = answer.outcome, answer.case
    verdict = _verdict(case, asked) if case else outcome
    found = records.agency(case) if case else None
    alike = [records.agency(one.case) for one in answer.candidates]
    snapshot = {
        "sandbox": True,
        "question": asked,
        "outcome": outcome,
        "agency": found,
        "alike": alike if outcome in ("ambiguous", "possible") else [],
    }
    return Response(_receipt(snapshot, outcome, verdict, asked["relationship"]), status=201)


def _check_places(asked: dict[str, Any]) -> None:
    for name in ("country", "origin", "destination"):
        if asked[name] and not is_country(asked[name]):
            raise BadInput(fields={name: ["Expected an ISO 3166-1 alpha-2 country code."]})
    if bool(asked["origin"]) != bool(asked["destination"]):
        empty = "destination" if asked["origin"] else "origin"
        raise BadInput(fields={empty: ["A corridor needs both countries."]})


def _receipt(snapshot: dict[str, Any], outcome: str, verdict: str, relationship: str) -> dict[str, Any]:
    canonical = json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return {
        "id": str(uuid5(records.SPACE, digest)),
        "number": f"SANDBOX-{digest[:8].upper()}",
        "created_at": records.MADE,
        "outcome": outcome,
        "verdict": verdict,
        "relationship": relationship,
        "sha256": digest,
        "snapshot": snapshot,
    }


def own_key(request: Request, view: Any, **_kwargs: Any) -> Response:
    """DELETE me/key/: a sandbox key ends for good, like any other."""
    ended: Response = type(view).delete(view, request)
    return ended


def offer_all() -> None:
    """Register every answer under the name of its address."""
    gate.offer("agencies", "GET", agencies)
    gate.offer("agency", "GET", agency)
    gate.offer("certificates", "GET", certificates)
    gate.offer("certificate", "GET", certificate)
    gate.offer("certificate_revisions", "GET", revisions)
    gate.offer("agency_licences", "GET", registering.licences)
    gate.offer("register", "GET", registering.register)
    gate.offer("register_entry", "GET", registering.entry)
    gate.offer("lookups", "POST", lookup)
    gate.offer("own_key", "DELETE", own_key)
    gate.offer("match", "POST", matching.match)
    gate.offer("verify", "POST", verifying.verify)
    gate.offer("me", "GET", me)
