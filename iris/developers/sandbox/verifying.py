"""POST verify/ with a sandbox key: a fixed question for every answer that the product can give."""

import base64
import binascii
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iris.core.drf import StrictSerializer
from iris.core.errors import Text
from iris.core.places import is_country
from iris.developers.sandbox import records
from iris.developers.sandbox.records import Case

LONGEST = 400_000
# What weighs most comes first, as in the product.
WEIGHT = (
    *("unreadable", "not_found", "unknown_issuer", "altered", "superseded", "withdrawn", "expired"),
    *("suspended", "status_unavailable", "not_yet_valid", "another_entity", "another_corridor"),
)
WORDS = {
    "valid": "A record of the sandbox, valid",
    "not_yet_valid": "A record of the sandbox whose first day is still to come",
    "status_unavailable": "A record of the sandbox whose status cannot be read now",
}
# The text of a credential -> what it answers. About the first agency where it says who.
CREDENTIALS = {
    "sandbox.valid": "valid",
    "sandbox.altered": "altered",
    "sandbox.unknown-issuer": "unknown_issuer",
    "sandbox.status-unavailable": "status_unavailable",
    "sandbox.not-yet-valid": "not_yet_valid",
}


@dataclass(frozen=True)
class Question:
    """What to send, what comes, and what it shows."""

    body: dict[str, str]
    result: str
    shows: Text


QUESTIONS: tuple[Question, ...] = (
    Question({"number": "SANDBOX-C-0001"}, "valid", gettext_lazy("In force")),
    Question({"number": "SANDBOX-C-0004"}, "suspended", gettext_lazy("Suspended")),
    Question({"number": "SANDBOX-C-0005"}, "withdrawn", gettext_lazy("Withdrawn for good")),
    Question({"number": "SANDBOX-C-0006"}, "expired", gettext_lazy("Its last day is over")),
    Question({"number": "SANDBOX-C-9999"}, "not_found", gettext_lazy("Any other number")),
    Question(
        {"number": "/verify/SANDBOX-C-0003/?revision=1"},
        "superseded",
        gettext_lazy("The link of an older revision, with this server before it"),
    ),
    Question(
        {"number": "SANDBOX-C-0001", "agency": "Test Narrow Overseas"},
        "another_entity",
        gettext_lazy("Another agency than expected"),
    ),
    Question(
        {"number": "SANDBOX-C-0003", "origin": "NP", "destination": "AE"},
        "another_corridor",
        gettext_lazy("Another corridor than expected"),
    ),
    Question({"credential": "nothing of ours"}, "unreadable", gettext_lazy("Any other text")),
    Question({"credential": "sandbox.altered"}, "altered", gettext_lazy("Not what was signed")),
    Question({"credential": "sandbox.unknown-issuer"}, "unknown_issuer", gettext_lazy("Of another scheme")),
    Question(
        {"credential": "sandbox.status-unavailable"},
        "status_unavailable",
        gettext_lazy("Its status list cannot be read now: not valid, and not known to be otherwise"),
    ),
    Question(
        {"credential": "sandbox.not-yet-valid"}, "not_yet_valid", gettext_lazy("Its first day is to come")
    ),
    Question({"credential": "sandbox.valid"}, "valid", gettext_lazy("A credential in force")),
)


class VerifyGiven(StrictSerializer):
    """The fields of the product."""

    number = serializers.CharField(required=False, max_length=2_000)
    credential = serializers.CharField(required=False, max_length=LONGEST)
    pdf = serializers.CharField(required=False, max_length=LONGEST)
    agency = serializers.CharField(required=False, max_length=200)
    origin = serializers.CharField(required=False, max_length=2)
    destination = serializers.CharField(required=False, max_length=2)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One thing to verify; countries that there are."""
        if len([name for name in ("number", "credential", "pdf") if name in attrs]) != 1:
            raise serializers.ValidationError("Send exactly one of number, credential and pdf.")
        for name in ("origin", "destination"):
            if attrs.get(name) and not is_country(attrs[name]):
                raise serializers.ValidationError({name: [_("Expected an ISO 3166-1 alpha-2 country code.")]})
        return attrs

    def validate_pdf(self, value: str) -> str:
        """The text in the place of a PDF."""
        try:
            return base64.b64decode(value, validate=True).decode("utf-8", errors="replace")
        except (ValueError, binascii.Error):
            raise serializers.ValidationError("This is not base64.") from None


def verify(request: Request, view: Any, **_kwargs: Any) -> Response:
    """POST verify/."""
    given = VerifyGiven(data=request.data)
    given.is_valid(raise_exception=True)
    asked = given.validated_data
    if "number" in asked:
        source, case, reasons = _by_number(asked["number"].strip())
    else:
        source = "pdf" if "pdf" in asked else "credential"
        result = CREDENTIALS.get(asked[source].strip(), "unreadable")
        case = records.AGENCIES[0] if result not in ("unreadable", "unknown_issuer") else None
        reasons = [] if result == "valid" else [result]
    if case is not None:
        reasons = [*reasons, *_missed(case, asked)]
    return Response(_answer(source, case, [one for one in WEIGHT if one in reasons]))


def _by_number(text: str) -> tuple[str, Case | None, list[str]]:
    source, revision = "number", ""
    if "://" in text[:12] or text.startswith("/verify/"):
        parts, source = urlsplit(text), "link"
        ours = urlsplit(settings.IRIS_PUBLIC_URL)
        if parts.netloc and (parts.scheme, parts.netloc) != (ours.scheme, ours.netloc):
            return source, None, ["unknown_issuer"]
        text = parts.path.removeprefix("/verify/").rstrip("/")
        revision = parse_qs(parts.query).get("revision", [""])[0]
    plain = "".join(one for one in text.upper() if one.isalnum())
    case = records.find(lambda one: bool(one.number) and one.number.replace("-", "") == plain)
    if case is None:
        return source, None, ["not_found"]
    if revision and revision != str(case.revision):
        return source, case, ["superseded"] if revision == "1" and case.revision > 1 else ["not_found"]
    return source, case, [] if case.valid else [case.status]


def _missed(case: Case, asked: dict[str, Any]) -> list[str]:
    found = []
    wanted = asked.get("agency", "").strip().casefold()
    if wanted and wanted not in {text.casefold() for text in (case.name, records.registration(case))}:
        found.append("another_entity")
    origin, destination = asked.get("origin", ""), asked.get("destination", "")
    if not any(origin in ("", one) and destination in ("", other) for one, other in case.corridors):
        found.append("another_corridor")
    return found


def _answer(source: str, case: Case | None, reasons: list[str]) -> dict[str, Any]:
    result = reasons[0] if reasons else "valid"
    certificate = None
    if case is not None and result != "not_found":
        told = records.certificate(case)
        certificate = {
            name: told[name]
            for name in ("number", "revision", "legal_name", "registration_number", "country", "corridors")
        }
        certificate |= {name: told[name] for name in ("effective_on", "expires_on", "audit_firm")}
        certificate |= {"url": told["verify_url"], "agency_ended": None}
    title = WORDS.get(result, f"A record of the sandbox: {result.replace('_', ' ')}")
    return {
        "result": result,
        "valid": not reasons,
        "reasons": reasons,
        "title": title,
        "text": "It says nothing about anybody.",
        "source": source,
        "as_of": records.MADE,
        "checks": [{"check": "In force today", "passed": not reasons}],
        "certificate": certificate,
    }
