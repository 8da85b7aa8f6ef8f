"""Decisions written by machine. Approving, declining and waiving are a second person's, and stay on the pages."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iris.accounts.states import ApiScope
from iris.core import clocks
from iris.core.drf import ReadOnlySerializer, StrictSerializer
from iris.core.endpoints import ABSENT, ACTS, REFUSED, Endpoint
from iris.core.places import COUNTRY_CHOICES
from iris.core.web import get_or_404
from supplychain.diligence import selectors, services
from supplychain.diligence.models import Decision
from supplychain.diligence.states import ConditionState, DecisionState, Outcome

COUNTRIES = [code for code, _name in COUNTRY_CHOICES]
MOST_CONDITIONS = 50
EXAMPLE = {
    "agency_id": "0192f3c4-8a11-7c3e-9b5e-6b1a2f0d4c77",
    "outcome": "conditions",
    "reason": "Certified for the corridor; the fee terms of one sub-agent are not told.",
    "receipt_number": "R-2611-7KQ2M-9XWPD",
    "conditions": [
        {"text": "Tell the fee terms in writing.", "due_on": "2027-01-31", "responsible": "Agency"}
    ],
}


class DecisionQuery(StrictSerializer):
    """Filters of the log; they add up."""

    state = serializers.ChoiceField(required=False, choices=DecisionState.choices)
    outcome = serializers.ChoiceField(required=False, choices=Outcome.choices)
    agency_id = serializers.UUIDField(required=False)
    number = serializers.CharField(required=False, max_length=20)


class ConditionIn(StrictSerializer):
    """What has to happen, until when, by whom."""

    text = serializers.CharField(max_length=2_000)
    due_on = serializers.DateField()
    responsible = serializers.CharField(max_length=160, required=False, default="", allow_blank=True)


class DecisionIn(StrictSerializer):
    """A decision about one recruiter: an agency of the register, or a name."""

    agency_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    name = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    country = serializers.ChoiceField(required=False, default="", allow_blank=True, choices=COUNTRIES)
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    reason = serializers.CharField(max_length=4_000)
    conditions = ConditionIn(many=True, required=False, default=list)
    receipt_number = serializers.CharField(
        max_length=40, required=False, default="", allow_blank=True, help_text="The check it rests on."
    )
    source = serializers.CharField(  # type: ignore[assignment] # a field named source
        max_length=300,
        required=False,
        default="",
        allow_blank=True,
        help_text="What else it rests on, in words.",
    )

    def validate_conditions(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Not without end."""
        if len(value) > MOST_CONDITIONS:
            raise serializers.ValidationError(f"Expected at most {MOST_CONDITIONS}, found {len(value)}.")
        return value


class ConditionOut(ReadOnlySerializer):
    """A condition of a decision."""

    id = serializers.UUIDField()
    decision_id = serializers.UUIDField()
    number = serializers.IntegerField()
    text = serializers.CharField()
    responsible = serializers.CharField()
    due_on = serializers.DateField()
    state = serializers.ChoiceField(choices=ConditionState.choices)
    overdue = serializers.BooleanField()
    note = serializers.CharField(help_text="What shows that it is met, or why it was waived.")
    closed_at = serializers.DateTimeField(allow_null=True)


class DecisionOut(ReadOnlySerializer):
    """One decision. What it says never changes; a later one replaces it."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    agency_id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    country = serializers.CharField()
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    reason = serializers.CharField()
    state = serializers.ChoiceField(choices=DecisionState.choices)
    state_reason = serializers.CharField(help_text="Why a second person declined.")
    needs_approval = serializers.BooleanField()
    why_approval = serializers.ListField(child=serializers.CharField(), help_text="Codes: why two people.")
    receipt_number = serializers.CharField(source="receipt.number", allow_null=True, default=None)
    proposed_by = serializers.CharField(source="proposed_by.label")
    proposed_at = serializers.DateTimeField()
    decided_by = serializers.CharField(source="decided_by.label", allow_null=True, default=None)
    decided_at = serializers.DateTimeField(allow_null=True)
    replaced_by = serializers.CharField(source="replaced_by.number", allow_null=True, default=None)
    basis_sha256 = serializers.CharField()
    conditions = ConditionOut(many=True)


class DecisionDetailOut(DecisionOut):
    """One decision with what was known when it was proposed."""

    basis = serializers.SerializerMethodField(help_text="Canonical JSON whose SHA-256 is `basis_sha256`.")

    def get_basis(self, row: Decision) -> dict[str, Any]:
        """What was known then."""
        found: dict[str, Any] = json.loads(row.basis)
        return found


class Decisions(Endpoint):
    """The decision log."""

    reads = ApiScope.READ_DILIGENCE
    writes = ApiScope.WRITE_DILIGENCE
    orderings = ("number", "name", "proposed_at", "decided_at")

    @extend_schema(
        operation_id="decisions_list",
        summary="The decision log",
        parameters=[DecisionQuery],
        responses=DecisionOut(many=True),
        tags=["diligence"],
    )
    def get(self, request: Request) -> Response:
        """Your organisation's decisions with their conditions, oldest first."""
        asked = self.asked(DecisionQuery)
        return self.page(selectors.decisions_visible_to(request.user).filter(**asked), DecisionOut)

    @extend_schema(
        operation_id="decisions_create",
        summary="Write a decision down",
        description=(
            "In force at once, or `proposed` until a second person of your organisation approves it on its page. No "
            "key approves, declines or waives: a second pair of eyes is a person's."
        ),
        request=DecisionIn,
        responses={201: DecisionDetailOut, 403: ACTS[403], 422: REFUSED},
        tags=["diligence"],
        examples=[OpenApiExample("decision", value=EXAMPLE, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """Write a decision down, in the name of the person who issued the key."""
        told = self.given(DecisionIn)
        wanted = [services.ConditionEntry(**one) for one in told.pop("conditions")]
        made = services.decide(actor=request.user, conditions=wanted, **told)
        row = selectors.decisions_visible_to(request.user).get(pk=made.pk)
        return Response(DecisionDetailOut(row).data, status=201)


class OneDecision(Endpoint):
    """One decision."""

    reads = ApiScope.READ_DILIGENCE
    pagination_class = None

    @extend_schema(
        operation_id="decisions_retrieve",
        responses={200: DecisionDetailOut, 404: ABSENT},
        tags=["diligence"],
    )
    def get(self, request: Request, decision_id: UUID) -> Response:
        """A decision of your organisation, with what was known when it was proposed."""
        row = get_or_404(selectors.decisions_visible_to(request.user), pk=decision_id)
        return Response(DecisionDetailOut(row).data)


class Withdrawal(Endpoint):
    """A proposal taken back."""

    writes = ApiScope.WRITE_DILIGENCE
    pagination_class = None

    @extend_schema(
        operation_id="decisions_withdraw",
        summary="Take a proposed decision back",
        description="Before anybody approved, and only by a key of the person who proposed it.",
        request=None,
        responses={200: DecisionDetailOut, **ACTS},
        tags=["diligence"],
    )
    def post(self, request: Request, decision_id: UUID) -> Response:
        """The proposer takes it back; it stays in the history."""
        rows = selectors.decisions_visible_to(request.user)
        row = get_or_404(rows, pk=decision_id)
        services.withdraw_decision(decision_id=row.pk, actor=request.user)
        return Response(DecisionDetailOut(rows.get(pk=row.pk)).data)


class ConditionQuery(StrictSerializer):
    """Filters of the list; they add up."""

    state = serializers.ChoiceField(required=False, choices=ConditionState.choices)
    overdue = serializers.BooleanField(
        required=False, default=False, help_text="Open, and their day has passed."
    )
    decision_id = serializers.UUIDField(required=False)


class MetIn(StrictSerializer):
    """What shows that it is met."""

    note = serializers.CharField(max_length=2_000)


class Conditions(Endpoint):
    """Conditions of decisions."""

    reads = ApiScope.READ_DILIGENCE
    orderings = ("due_on", "closed_at")

    @extend_schema(
        operation_id="conditions_list",
        summary="Conditions of your decisions",
        parameters=[ConditionQuery],
        responses=ConditionOut(many=True),
        tags=["diligence"],
    )
    def get(self, request: Request) -> Response:
        """What your organisation waits for, and what was met or waived."""
        asked = self.asked(ConditionQuery)
        rows = selectors.conditions_visible_to(request.user)
        if asked.pop("overdue"):
            rows = rows.filter(state=ConditionState.OPEN, due_on__lt=clocks.today())
        return self.page(rows.filter(**asked), ConditionOut)


class MetCondition(Endpoint):
    """A condition that is met."""

    writes = ApiScope.WRITE_DILIGENCE
    pagination_class = None

    @extend_schema(
        operation_id="conditions_meet",
        summary="Note that a condition is met",
        description="Of a decision in force. A document that shows it is added on the page.",
        request=MetIn,
        responses={200: ConditionOut, **ACTS},
        tags=["diligence"],
    )
    def post(self, request: Request, condition_id: UUID) -> Response:
        """It has happened, and this shows it."""
        row = get_or_404(selectors.conditions_visible_to(request.user), pk=condition_id)
        note = self.given(MetIn)["note"]
        made = services.meet_condition(condition_id=row.pk, actor=request.user, note=note)
        return Response(ConditionOut(made).data)
