"""Dossiers by machine: drafted, made, followed, and fetched as PDF and archive for each kind of reader."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iris.accounts.states import ApiScope
from iris.core import files
from iris.core.drf import ReadOnlySerializer, StrictSerializer
from iris.core.endpoints import ABSENT, ACTS, REFUSED, Endpoint
from iris.core.web import get_or_404
from supplychain.dossiers import selectors, services
from supplychain.dossiers.models import Dossier
from supplychain.dossiers.rules.laws import laws
from supplychain.dossiers.states import DossierState, Profile, Scope

LAWS = list(laws())
EXAMPLE = {"law": LAWS[0], "title": "Statement 2026", "period_from": "2026-01-01", "period_to": "2026-12-31"}


class DossierQuery(StrictSerializer):
    """Filters of the list; they add up."""

    state = serializers.ChoiceField(required=False, choices=DossierState.choices)
    law = serializers.ChoiceField(required=False, choices=LAWS)


class DossierIn(StrictSerializer):
    """What a dossier is about."""

    law = serializers.ChoiceField(choices=LAWS)
    title = serializers.CharField(max_length=200)
    period_from = serializers.DateField()
    period_to = serializers.DateField()
    scope = serializers.ChoiceField(required=False, default=Scope.WHOLE, choices=Scope.choices)
    suppliers = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        default=list,
        max_length=1_000,
        help_text="Parties of your chain, where `scope` is chosen.",
    )


class MakeIn(StrictSerializer):
    """For whom copies are made."""

    profiles = serializers.ListField(
        child=serializers.ChoiceField(choices=Profile.choices), min_length=1, max_length=len(Profile)
    )


class DossierOut(ReadOnlySerializer):
    """One dossier."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    law = serializers.ChoiceField(choices=LAWS)
    title = serializers.CharField()
    period_from = serializers.DateField()
    period_to = serializers.DateField()
    scope = serializers.ChoiceField(choices=Scope.choices)
    suppliers = serializers.ListField(child=serializers.UUIDField())
    state = serializers.ChoiceField(choices=DossierState.choices)
    made_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class CopyOut(ReadOnlySerializer):
    """One copy, for one kind of reader. The same version gives the same bytes again."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(source="version.number")
    profile = serializers.ChoiceField(choices=Profile.choices)
    top_sha256 = serializers.CharField(
        help_text="Stands for all files; printed on the PDF, checked in public."
    )
    pieces = serializers.IntegerField()
    made_at = serializers.DateTimeField(source="version.made_at")


class AskOut(ReadOnlySerializer):
    """One thing the law asks, and whether something is held for it."""

    code = serializers.CharField(source="ask.code")
    title = serializers.CharField(source="ask.title")
    state = serializers.ChoiceField(choices=["held", "part", "missing"])
    missing = serializers.SerializerMethodField(help_text="What is not there, in words.")

    def get_missing(self, one: Any) -> list[str]:
        """Sentences."""
        return [str(piece.missing) for piece in one.missing]


class DossierDetailOut(DossierOut):
    """A dossier with its copies and what is held for each ask of the law."""

    copies = serializers.SerializerMethodField()
    asks = serializers.SerializerMethodField()

    @extend_schema_field(CopyOut(many=True))
    def get_copies(self, row: Dossier) -> Any:
        """Every copy, the newest version first."""
        return CopyOut(selectors.copies_of(row), many=True).data

    @extend_schema_field(AskOut(many=True))
    def get_asks(self, row: Dossier) -> Any:
        """As of now."""
        return AskOut(selectors.held_now(row), many=True).data


class _Dossiers(Endpoint):
    """Dossiers of the caller's employer."""

    reads = ApiScope.READ_DOSSIERS
    writes = ApiScope.WRITE_DOSSIERS
    pagination_class = None

    def mine(self, dossier_id: UUID) -> Dossier:
        """The dossier, or 404."""
        return get_or_404(selectors.dossiers_visible_to(self.request.user), pk=dossier_id)

    def told(self, made: Dossier, status: int = 200) -> Response:
        """As it is now."""
        return Response(DossierOut(self.mine(made.pk)).data, status=status)


class Dossiers(Endpoint):
    """The list."""

    reads = ApiScope.READ_DOSSIERS
    writes = ApiScope.WRITE_DOSSIERS
    orderings = ("number", "title", "period_from", "made_at")

    @extend_schema(
        operation_id="dossiers_list",
        summary="Dossiers of your organisation",
        parameters=[DossierQuery],
        responses=DossierOut(many=True),
        tags=["dossiers"],
    )
    def get(self, request: Request) -> Response:
        """Drafts and dossiers made, oldest first."""
        asked = self.asked(DossierQuery)
        return self.page(selectors.dossiers_visible_to(request.user).filter(**asked), DossierOut)

    @extend_schema(
        operation_id="dossiers_create",
        summary="Begin a dossier",
        description="A draft. Your words on what the law asks, and who signs and approves, are written on its page.",
        request=DossierIn,
        responses={201: DossierOut, 403: ACTS[403], 422: REFUSED},
        tags=["dossiers"],
        examples=[OpenApiExample("dossier", value=EXAMPLE, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """Begin a dossier for a law, a period and a part of the chain."""
        told = self.given(DossierIn)
        made = services.draft_dossier(actor=request.user, entry=services.DossierEntry(**told))
        return Response(DossierOut(made).data, status=201)


class OneDossier(_Dossiers):
    """One dossier."""

    @extend_schema(
        operation_id="dossiers_retrieve",
        responses={200: DossierDetailOut, 404: ABSENT},
        tags=["dossiers"],
    )
    def get(self, request: Request, dossier_id: UUID) -> Response:
        """Where it stands, its copies, and what is held and missing for each thing the law asks."""
        return Response(DossierDetailOut(self.mine(dossier_id)).data)


class Making(_Dossiers):
    """Have it made."""

    @extend_schema(
        operation_id="dossiers_make",
        summary="Freeze a dossier and have its copies made",
        description="A job does it: follow `state` until it is `made`. A version that is made stays as it is.",
        request=MakeIn,
        responses={202: DossierOut, **ACTS},
        tags=["dossiers"],
    )
    def post(self, request: Request, dossier_id: UUID) -> Response:
        """Ask for a version and its copies."""
        row = self.mine(dossier_id)
        made = services.make_dossier(dossier_id=row.pk, actor=request.user, **self.given(MakeIn))
        return self.told(made, status=202)


class Revision(_Dossiers):
    """The next version."""

    @extend_schema(
        operation_id="dossiers_revise",
        summary="Begin the next version",
        request=None,
        responses={200: DossierOut, **ACTS},
        tags=["dossiers"],
    )
    def post(self, request: Request, dossier_id: UUID) -> Response:
        """A draft again; the versions made stay."""
        return self.told(services.revise_dossier(dossier_id=self.mine(dossier_id).pk, actor=request.user))


class _File(_Dossiers):
    """A file of a copy. That it was fetched is on record."""

    def fetched(self, dossier_id: UUID, copy_id: UUID, kind: str) -> HttpResponse:
        """The file as a download."""
        row = self.mine(dossier_id)
        copy = get_or_404(selectors.copies_of(row), pk=copy_id)
        services.note_download(dossier=row, copy=copy, actor=self.request.user, kind=kind)
        return files.serve(copy.pdf if kind == "pdf" else copy.archive)


class PdfFile(_File):
    """The PDF."""

    @extend_schema(
        operation_id="dossiers_pdf",
        summary="The PDF of a copy",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, 404: ABSENT},
        tags=["dossiers"],
    )
    def get(self, request: Request, dossier_id: UUID, copy_id: UUID) -> HttpResponse:
        """The document of one copy."""
        return self.fetched(dossier_id, copy_id, "pdf")


class ArchiveFile(_File):
    """The archive."""

    @extend_schema(
        operation_id="dossiers_zip",
        summary="The archive of a copy",
        description="Every piece with its SHA-256, the manifest and the PDF; checked by anybody without this product.",
        responses={(200, "application/zip"): OpenApiTypes.BINARY, 404: ABSENT},
        tags=["dossiers"],
    )
    def get(self, request: Request, dossier_id: UUID, copy_id: UUID) -> HttpResponse:
        """The archive of one copy."""
        return self.fetched(dossier_id, copy_id, "zip")


ONE = "dossiers/<uuid:dossier_id>/"
api_urlpatterns = [
    path("dossiers/", Dossiers.as_view(), name="dossiers"),
    path(ONE, OneDossier.as_view(), name="dossier"),
    path(f"{ONE}making/", Making.as_view(), name="dossier_making"),
    path(f"{ONE}revision/", Revision.as_view(), name="dossier_revision"),
    path(f"{ONE}copies/<uuid:copy_id>/dossier.pdf", PdfFile.as_view(), name="dossier_pdf"),
    path(f"{ONE}copies/<uuid:copy_id>/dossier.zip", ArchiveFile.as_view(), name="dossier_zip"),
]
