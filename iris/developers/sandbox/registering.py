"""GET register/ and register/{id}/, and the licences of an agency: fixed, and as of any day since they were made."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iris.core import clocks
from iris.core.drf import StrictSerializer
from iris.core.places import SECTOR_CHOICES
from iris.developers.sandbox import pages, records
from iris.developers.sandbox.meant import LABELS
from iris.developers.sandbox.records import Case

BEGAN = date(2026, 1, 15)
VALID = ("certified", "certified_with_conditions", "reduced_scope")


class Day(StrictSerializer):
    """As of which day."""

    on = serializers.DateField(required=False)

    def validate_on(self, value: date) -> date:
        """From the day the records were made to today."""
        if not BEGAN <= value <= clocks.today():
            raise serializers.ValidationError(_("The sandbox begins on 15 January 2026 and ends today."))
        return value


class RegisterFilters(Day):
    """The filters of the register."""

    q = serializers.CharField(required=False, max_length=300)
    status = serializers.ChoiceField(required=False, choices=[one for one in LABELS if one])
    country = serializers.CharField(required=False, max_length=2)
    origin = serializers.CharField(required=False, max_length=2)
    destination = serializers.CharField(required=False, max_length=2)
    sector = serializers.ChoiceField(required=False, choices=SECTOR_CHOICES)


def _asked(shape: type[StrictSerializer], request: Request) -> dict[str, Any]:
    given = shape(data=request.query_params)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _status(case: Case, on: date) -> str:
    """Before its last change an agency was certified; one that expired, until its last day."""
    return case.status if on.isoformat() >= case.since else "certified"


def _row(case: Case, on: date) -> dict[str, Any]:
    told, status = records.certificate(case), _status(case, on)
    held = {
        name: told[name]
        for name in ("number", "revision", "effective_on", "expires_on", "corridors", "sectors", "audit_firm")
    }
    return {
        "agency_id": case.id,
        "legal_name": case.name,
        "registration_number": records.registration(case),
        "country": "NP",
        "on": on.isoformat(),
        "standing": status,
        "valid": status in VALID,
        "since": case.since if status == case.status else told["effective_on"],
        "certificate": held,
        "ended": None,
    }


def register(request: Request, view: Any, **_kwargs: Any) -> Response:
    """GET register/."""
    asked = _asked(RegisterFilters, request)
    on = asked.get("on") or clocks.today()
    cases = [case for case in records.AGENCIES if case.number]
    if asked.get("q"):
        cases = [one for one in cases if asked["q"].casefold() in one.name.casefold()]
    for place, name in enumerate(("origin", "destination")):
        if asked.get(name):
            cases = [one for one in cases if any(pair[place] == asked[name] for pair in one.corridors)]
    rows = [_row(case, on) for case in cases]
    if asked.get("status"):
        rows = [row for row in rows if row["standing"] == asked["status"]]
    if asked.get("country"):
        rows = [row for row in rows if row["country"] == asked["country"]]
    if asked.get("sector"):
        rows = [row for row in rows if asked["sector"] in row["certificate"]["sectors"]]
    return pages.page(request, view, rows, "register")


def entry(request: Request, view: Any, *, agency_id: UUID) -> Response:
    """GET register/{id}/. Agencies without a certificate do not stand on the register."""
    on = _asked(Day, request).get("on") or clocks.today()
    case = records.find(lambda one: one.id == str(agency_id) and bool(one.number))
    if case is None:
        raise Http404
    row, agency = _row(case, on), records.agency(case)
    change = records.certificate_detail(case)["changes"][0]
    published = [{"number": case.number, "revision": case.revision, **change}]
    more = {
        "answer": f"{LABELS[row['standing']]}. A record of the sandbox.",
        "names": agency["names"],
        "licences": [_licence_line(one, on) for one in agency["licences"]],
        "training_level": None,
        "history": [one for one in published if one["on"] <= on.isoformat()],
        "disputed_since": None,
        "agency_reply": "",
    }
    return Response({**row, **more})


def _word(licence: dict[str, str], on: date) -> str:
    return "active" if licence["valid_from"] <= on.isoformat() <= licence["valid_to"] else "expired"


def _licence_line(licence: dict[str, str], on: date) -> dict[str, Any]:
    word = _word(licence, on)
    return {
        **licence,
        "declared_in_force": word == "active",
        "status": word,
        "sentence": f"The sandbox register says: {word}.",
        "source": "Sandbox Register",
        "retrieved_at": records.MADE,
    }


def licences(request: Request, view: Any, *, agency_id: UUID) -> Response:
    """GET agencies/{id}/licences/."""
    on = _asked(Day, request).get("on") or clocks.today()
    case = records.find(lambda one: one.id == str(agency_id))
    if case is None:
        raise Http404
    rows = []
    for licence in records.agency(case)["licences"]:
        word = _word(licence, on)
        says = {
            "status": word,
            "raw": word.title(),
            "lang": "en",
            "register": "Sandbox Register",
            "source": "Sandbox Register",
            "retrieved_at": records.MADE,
            "terms": "Fixed records, free to use",
            "sentence": f"The sandbox register says: {word}.",
        }
        rows.append({**licence, "declared_in_force": word == "active", "register_says": says})
    return Response({"on": on.isoformat(), "results": rows})
