"""Verifying by machine: the same answers as the page, without a key."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from certification.credentials import selectors
from certification.credentials.rules.documents import MOST_BYTES
from certification.credentials.selectors import Expected
from certification.credentials.selectors.verifying.reading import LONGEST_TEXT
from certification.credentials.states import Verdict
from iris.core.drf import ReadOnlySerializer
from iris.core.endpoints import Given
from iris.core.places import COUNTRY_CHOICES
from iris.core.shapes import ENDED_HELP, EndedOut

COUNTRIES = [code for code, _name in COUNTRY_CHOICES]


class VerifyIn(Given):
    """One thing to verify, and what you expect it to be about."""

    number = serializers.CharField(
        required=False, max_length=2_000, help_text="A certificate's number, or the link of its QR code."
    )
    credential = serializers.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        help_text="A credential: compact JWS (vc+jwt), or an EnvelopedVerifiableCredential as JSON text.",
    )
    pdf = serializers.CharField(
        required=False, max_length=MOST_BYTES * 4 // 3 + 4, help_text="The PDF of a certificate, in base64."
    )
    agency = serializers.CharField(
        required=False,
        max_length=200,
        help_text="The agency you expect: its full name or registration number.",
    )
    origin = serializers.ChoiceField(
        required=False, choices=COUNTRIES, help_text="Corridor you expect: workers from."
    )
    destination = serializers.ChoiceField(
        required=False, choices=COUNTRIES, help_text="Corridor you expect: jobs in."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len([name for name in ("number", "credential", "pdf") if name in attrs]) != 1:
            raise serializers.ValidationError("Send exactly one of number, credential and pdf.")
        return attrs

    def validate_pdf(self, value: str) -> bytes:
        try:
            return base64.b64decode(value, validate=True)
        except (ValueError, binascii.Error):
            raise serializers.ValidationError("This is not base64.") from None


class CheckOut(ReadOnlySerializer):
    """One step of the check."""

    check = serializers.CharField()
    passed = serializers.BooleanField(allow_null=True, help_text="null where the step could not be made")


class VerifiedCorridorOut(ReadOnlySerializer):
    """From a country of origin to a country of work."""

    origin = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    destination = serializers.CharField(help_text="ISO 3166-1 alpha-2")


class VerifiedCertificateOut(ReadOnlySerializer):
    """What the certificate is about."""

    number = serializers.CharField()
    revision = serializers.IntegerField()
    legal_name = serializers.CharField()
    registration_number = serializers.CharField()
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    corridors = VerifiedCorridorOut(many=True)
    effective_on = serializers.DateField()
    expires_on = serializers.DateField()
    audit_firm = serializers.CharField()
    url = serializers.CharField()
    agency_ended = EndedOut(
        allow_null=True, help_text=f"{ENDED_HELP} It changes nothing in `result` and `valid`."
    )


class VerifyOut(ReadOnlySerializer):
    """The answer: one code that counts, every reason, and as of when."""

    result = serializers.ChoiceField(choices=Verdict.choices)
    valid = serializers.BooleanField(help_text="Whether it may be relied on now, within its scope.")
    reasons = serializers.ListField(child=serializers.ChoiceField(choices=Verdict.choices))
    title = serializers.CharField()
    text = serializers.CharField(help_text="What it means, and what to do.")
    source = serializers.ChoiceField(  # type: ignore[assignment] # a field of our own, not the attribute of fields
        choices=["number", "link", "pdf", "credential"]
    )
    as_of = serializers.DateTimeField()
    checks = CheckOut(many=True)
    certificate = VerifiedCertificateOut(allow_null=True)


class Verify(APIView):
    """Whether a certificate holds now."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="verify",
        summary="Verify a certificate, a PDF or a credential",
        description="The answer of the page /verify/, without a key. Nothing is fetched from other sites: a credential "
        "of another issuer is answered unknown_issuer. Nothing of what you send is kept. A sandbox key gets the fixed "
        "answers of the sandbox.",
        request=VerifyIn,
        responses=VerifyOut,
        tags=["verify"],
        examples=[OpenApiExample("by number", value={"number": "ORIS-C-0001-2611"}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        asked = VerifyIn(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        expected = Expected(*(given.get(name, "") for name in ("agency", "origin", "destination")))
        if "pdf" in given:
            answer = selectors.verify_file(given["pdf"], expected)
        elif "credential" in given:
            answer = selectors.verify_file(given["credential"].encode(), expected)
        else:
            answer = selectors.verify_text(given["number"], expected)
        return Response(answer.as_json())


api_urlpatterns = [path("verify/", Verify.as_view(), name="verify")]
