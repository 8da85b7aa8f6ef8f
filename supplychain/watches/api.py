"""Watches by machine: begin one, read their ledgers, and follow the changes with a cursor."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from iris.accounts.states import ApiScope
from iris.core.drf import ReadOnlySerializer, Scoped
from iris.core.web import get_or_404
from supplychain.watches import selectors, services
from supplychain.watches.models import Change, Entry, Watch
from supplychain.watches.states import Cause, ChangeKind, Outcome, SubjectKind, Tempo, WatchState


class WatchInput(serializers.Serializer[Any]):
    """What to watch: the fields its kind needs."""

    kind = serializers.ChoiceField(choices=SubjectKind.choices)
    agency_id = serializers.UUIDField(required=False, help_text="For kind agency.")
    screening_id = serializers.UUIDField(required=False, help_text="For kind screening.")
    origin = serializers.CharField(max_length=2, required=False, default="", allow_blank=True)
    destination = serializers.CharField(max_length=2, required=False, default="", allow_blank=True)
    status = serializers.CharField(max_length=30, required=False, default="", allow_blank=True)
    country = serializers.CharField(max_length=2, required=False, default="", allow_blank=True)
    sector = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    relationship = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class WatchOutput(ReadOnlySerializer):
    """One watch."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=SubjectKind.choices)
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=WatchState.choices)
    agency_id = serializers.UUIDField(allow_null=True)
    tempo = serializers.ChoiceField(choices=Tempo.choices)
    webhook = serializers.BooleanField()
    agencies = serializers.IntegerField(source="size")
    created_at = serializers.DateTimeField()
    checked_at = serializers.DateTimeField(allow_null=True)
    failure = serializers.CharField(help_text="Why the last run failed; empty when it did not.")


class EntryOutput(ReadOnlySerializer):
    """One run in the ledger of a watch."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    cause = serializers.ChoiceField(choices=Cause.choices)
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    agencies = serializers.IntegerField()
    changed = serializers.IntegerField()
    hash_before = serializers.CharField()
    hash_after = serializers.CharField()
    register_event = serializers.IntegerField(help_text="The register as of this event.")
    note = serializers.CharField()


class ChangeOutput(ReadOnlySerializer):
    """One change that a run found of one agency."""

    id = serializers.UUIDField()
    watch_id = serializers.UUIDField()
    run_id = serializers.UUIDField(source="entry_id")
    at = serializers.DateTimeField(source="entry.at")
    agency_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=ChangeKind.choices)
    kinds = serializers.ListField(child=serializers.CharField())
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


@extend_schema_view(get=extend_schema(operation_id="watches_list"))
class Watches(ListAPIView[Watch]):
    """The watches of your organisation; a new one."""

    permission_classes = [Scoped]
    required_scope = ApiScope.READ_WATCHES
    serializer_class = WatchOutput

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Reading and beginning need scopes of their own."""
        if request.method == "POST":
            self.required_scope = ApiScope.WRITE_WATCHES
        super().initial(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Watch]:
        """Your organisation's."""
        return selectors.watches_visible_to(self.request.user)

    @extend_schema(
        operation_id="watches_begin",
        request=WatchInput,
        responses={201: WatchOutput, 422: OpenApiResponse(description="problem+json: what to correct")},
    )
    def post(self, request: Request) -> Response:
        """Begin a watch and look for the first time; the same subject again answers with the watch there is."""
        given = WatchInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = dict(given.validated_data)
        corridor = data["kind"] == SubjectKind.CORRIDOR
        row = services.watch(
            actor=request.user,
            subject_kind=data["kind"],
            agency_id=data.get("agency_id"),
            screening_id=data.get("screening_id"),
            origin=data["origin"] if corridor else "",
            destination=data["destination"] if corridor else "",
            wanted=data if data["kind"] == SubjectKind.FILTER else None,
            relationship=data["relationship"],
        )
        return Response(WatchOutput(row).data, status=201)


@extend_schema_view(get=extend_schema(operation_id="watches_ledger"))
class Ledger(ListAPIView[Entry]):
    """The ledger of one watch, the oldest run first."""

    permission_classes = [Scoped]
    required_scope = ApiScope.READ_WATCHES
    serializer_class = EntryOutput

    def get_queryset(self) -> QuerySet[Entry]:
        """Runs of a watch of your organisation."""
        if getattr(self, "swagger_fake_view", False):
            return Entry.objects.none()
        watch_id: UUID = self.kwargs["watch_id"]
        return get_or_404(selectors.watches_visible_to(self.request.user), pk=watch_id).entries.all()


@extend_schema_view(get=extend_schema(operation_id="watches_changes"))
class Changes(ListAPIView[Change]):
    """Every change that your watches found, the oldest first: follow `next` to miss none."""

    permission_classes = [Scoped]
    required_scope = ApiScope.READ_WATCHES
    serializer_class = ChangeOutput

    def get_queryset(self) -> QuerySet[Change]:
        """Changes found by watches of your organisation."""
        return selectors.changes_visible_to(self.request.user)


api_urlpatterns = [
    path("watches/", Watches.as_view(), name="watches"),
    path("watches/changes/", Changes.as_view(), name="watches_changes"),
    path("watches/<uuid:watch_id>/ledger/", Ledger.as_view(), name="watches_ledger"),
]
