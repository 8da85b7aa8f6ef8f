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
from iris.core.drf import ReadOnlySerializer, Scoped, StrictSerializer
from iris.core.endpoints import ACTS, Endpoint
from iris.core.web import get_or_404
from supplychain.watches import selectors, services
from supplychain.watches.models import Change, Entry
from supplychain.watches.states import Cause, ChangeKind, Outcome, SubjectKind, Tempo, WatchState


class WatchInput(StrictSerializer):
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
    before = serializers.DictField(
        allow_null=True, help_text="The facts until then; null where there were none."
    )
    after = serializers.DictField(
        allow_null=True, help_text="The facts since; null where there are none any more."
    )


class WatchQuery(StrictSerializer):
    """Filters of the list; they add up."""

    state = serializers.ChoiceField(required=False, choices=WatchState.choices)
    kind = serializers.ChoiceField(required=False, choices=SubjectKind.choices)
    agency_id = serializers.UUIDField(required=False, help_text="The watches of this very agency.")


class WatchChange(StrictSerializer):
    """What to change; what is left out stays as it is."""

    title = serializers.CharField(max_length=300, required=False)
    note = serializers.CharField(max_length=2_000, required=False, allow_blank=True)
    relationship = serializers.CharField(max_length=200, required=False, allow_blank=True)
    tempo = serializers.ChoiceField(choices=Tempo.choices, required=False)
    webhook = serializers.BooleanField(
        required=False, help_text="Whether changes are also sent to your webhooks."
    )
    disclosed = serializers.BooleanField(
        required=False,
        help_text="Whether the agency may know that you watch it; only the watch of one agency.",
    )


class WatchAct(StrictSerializer):
    """Pause it, let it go on, or end it for good."""

    act = serializers.ChoiceField(choices=["pause", "resume", "end"])


class Watches(Endpoint):
    """The watches of your organisation; a new one."""

    reads = ApiScope.READ_WATCHES
    writes = ApiScope.WRITE_WATCHES
    orderings = ("title",)

    @extend_schema(
        operation_id="watches_list",
        parameters=[WatchQuery],
        responses=WatchOutput(many=True),
        tags=["watches"],
    )
    def get(self, request: Request) -> Response:
        """The watches of your organisation, ended ones too, oldest first."""
        rows = selectors.watches_visible_to(request.user).filter(**self.asked(WatchQuery))
        return self.page(rows, WatchOutput)

    @extend_schema(
        operation_id="watches_begin",
        tags=["watches"],
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


class OneWatch(Endpoint):
    """One watch."""

    reads = ApiScope.READ_WATCHES
    writes = ApiScope.WRITE_WATCHES
    pagination_class = None

    @extend_schema(operation_id="watches_retrieve", responses=WatchOutput, tags=["watches"])
    def get(self, request: Request, watch_id: UUID) -> Response:
        """A watch of your organisation."""
        return Response(WatchOutput(get_or_404(selectors.watches_visible_to(request.user), pk=watch_id)).data)

    @extend_schema(
        operation_id="watches_change",
        request=WatchChange,
        responses={200: WatchOutput, **ACTS},
        tags=["watches"],
    )
    def patch(self, request: Request, watch_id: UUID) -> Response:
        """Change what is noted about a watch and how its changes are told. Who hears of it is set on its page."""
        row = get_or_404(selectors.watches_visible_to(request.user), pk=watch_id)
        made = services.change_some(watch_id=row.pk, actor=request.user, **self.given(WatchChange))
        return Response(WatchOutput(made).data)


class WatchActs(Endpoint):
    """What can be done with a watch."""

    reads = ApiScope.READ_WATCHES
    writes = ApiScope.WRITE_WATCHES
    pagination_class = None

    @extend_schema(
        operation_id="watches_act",
        summary="Pause, resume or end a watch",
        description="A resumed watch looks at once: what changed in the pause is told now. An ended one stays ended.",
        request=WatchAct,
        responses={200: WatchOutput, **ACTS},
        tags=["watches"],
    )
    def post(self, request: Request, watch_id: UUID) -> Response:
        """Pause, resume, end."""
        row = get_or_404(selectors.watches_visible_to(request.user), pk=watch_id)
        act = ACT[self.given(WatchAct)["act"]]
        return Response(WatchOutput(act(watch_id=row.pk, actor=request.user)).data)


@extend_schema_view(get=extend_schema(operation_id="watches_ledger", tags=["watches"]))
class Ledger(ListAPIView[Entry]):
    """The ledger of one watch, the oldest run first."""

    permission_classes = [Scoped]
    required_scope = ApiScope.READ_WATCHES
    serializer_class = EntryOutput
    orderings = ("at",)

    def get_queryset(self) -> QuerySet[Entry]:
        """Runs of a watch of your organisation."""
        if getattr(self, "swagger_fake_view", False):
            return Entry.objects.none()
        watch_id: UUID = self.kwargs["watch_id"]
        return get_or_404(selectors.watches_visible_to(self.request.user), pk=watch_id).entries.all()


@extend_schema_view(get=extend_schema(operation_id="watches_changes", tags=["watches"]))
class Changes(ListAPIView[Change]):
    """Every change that your watches found, the oldest first. A webhook tells of each when it is found.

    To follow them, ask with `changed_since`: changes are found by runs that commit in any order, and one that was found
    earlier and committed later stands before the end of a list that was read to its end. The feed misses none.
    """

    permission_classes = [Scoped]
    required_scope = ApiScope.READ_WATCHES
    serializer_class = ChangeOutput
    feed = "watch_changes"
    feed_own = True

    def get_queryset(self) -> QuerySet[Change]:
        """Changes found by watches of your organisation."""
        return selectors.changes_visible_to(self.request.user)


class NoticeLineOutput(ReadOnlySerializer):
    """One difference: its name, how it was, how it is."""

    label = serializers.CharField()  # type: ignore[assignment] # a field named label
    before = serializers.CharField()
    after = serializers.CharField()


class NoticeOutput(ReadOnlySerializer):
    """One change in words, as people are told of it."""

    change_id = serializers.UUIDField()
    watch_id = serializers.UUIDField()
    at = serializers.DateTimeField()
    agency_id = serializers.UUIDField()
    name = serializers.CharField(help_text="The agency, as it was called then.")
    kind = serializers.ChoiceField(choices=ChangeKind.choices)
    headline = serializers.CharField()
    lines = NoticeLineOutput(many=True)
    since = serializers.DateField(allow_null=True)
    advice = serializers.CharField(help_text="What to do now.")

    def to_representation(self, instance: Change) -> dict[str, Any]:
        """The change in the words of the room."""
        told = selectors.tell_of(instance)
        where = {"change_id": instance.pk, "watch_id": instance.watch_id, "at": instance.entry.at}
        return super().to_representation({**vars(told), **where, "kind": instance.kind})


class Notices(Endpoint):
    """Notices."""

    reads = ApiScope.READ_WATCHES
    feed = "watch_changes"
    feed_own = True

    @extend_schema(
        operation_id="watches_notices",
        summary="Changes in words",
        description="The same changes as /watches/changes/, in the sentences that people get by e-mail. "
        "To follow them, ask with `changed_since`.",
        responses=NoticeOutput(many=True),
        tags=["watches"],
    )
    def get(self, request: Request) -> Response:
        """Every change that your watches found, in words, oldest first."""
        return self.page(selectors.changes_visible_to(request.user), NoticeOutput)


ACT = {"pause": services.pause_watch, "resume": services.resume_watch, "end": services.end_watch}
api_urlpatterns = [
    path("watches/", Watches.as_view(), name="watches"),
    path("watches/changes/", Changes.as_view(), name="watches_changes"),
    path("watches/notices/", Notices.as_view(), name="watches_notices"),
    path("watches/<uuid:watch_id>/", OneWatch.as_view(), name="watch"),
    path("watches/<uuid:watch_id>/acts/", WatchActs.as_view(), name="watch_acts"),
    path("watches/<uuid:watch_id>/ledger/", Ledger.as_view(), name="watches_ledger"),
]
