"""Findings and their corrections by machine: read for agency and firm; the agency sends plans and proof.

Raising, grading, verifying and closing are judgements of auditors who were there: no key makes them.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from audits.findings import selectors, services
from audits.findings.models import CorrectiveAction, Finding
from audits.findings.states import ActionState, FindingState, Grade
from iris.accounts.states import ApiScope
from iris.core.drf import ReadOnlySerializer, StrictSerializer
from iris.core.endpoints import ABSENT, ACTS, Endpoint
from iris.core.web import get_or_404

LONGEST = 8_000
EXAMPLE = {
    "root_cause": "Nobody compared the receipts of sub-agents with the fee table.",
    "correction": "The fee was paid back on 3 November.",
    "action": "The cashier compares every receipt with the table before it is booked.",
    "prevention": "The same check runs in both branches from 1 December.",
    "owner": "Sabina Gurung",
    "due_on": "2026-12-15",
}


class FindingQuery(StrictSerializer):
    """Filters of the list; they add up."""

    state = serializers.ChoiceField(required=False, choices=FindingState.choices)
    grade = serializers.ChoiceField(required=False, choices=Grade.choices)
    audit_id = serializers.UUIDField(required=False)


class PlanIn(StrictSerializer):
    """Root cause, correction, corrective and preventive action, who and until when."""

    root_cause = serializers.CharField(max_length=LONGEST)
    correction = serializers.CharField(max_length=LONGEST)
    action = serializers.CharField(max_length=LONGEST)
    prevention = serializers.CharField(max_length=LONGEST)
    owner = serializers.CharField(max_length=200)
    due_on = serializers.DateField()


class ProofIn(StrictSerializer):
    """A document that shows the agreed action carried out."""

    file = serializers.FileField()
    title = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class ContainmentIn(StrictSerializer):
    """What was done at once to stop the harm, and when."""

    done = serializers.CharField(max_length=LONGEST)
    done_on = serializers.DateField()


class ActionOut(ReadOnlySerializer):
    """One plan; one that is sent back stays, the next is a new round."""

    round = serializers.IntegerField()
    state = serializers.ChoiceField(choices=ActionState.choices)
    root_cause = serializers.CharField()
    correction = serializers.CharField()
    action = serializers.CharField()
    prevention = serializers.CharField()
    owner = serializers.CharField()
    due_on = serializers.DateField()
    agreed_at = serializers.DateTimeField(allow_null=True)
    evidence_sent_at = serializers.DateTimeField(allow_null=True)
    verified_at = serializers.DateTimeField(allow_null=True)
    rejected_reason = serializers.CharField()
    files = serializers.SerializerMethodField(help_text="Titles of the documents sent with it.")

    def get_files(self, row: CorrectiveAction) -> list[str]:
        """Titles; the documents are opened on the page."""
        return [one.title for one in row.files.all()]


class FindingOut(ReadOnlySerializer):
    """One finding with its clocks."""

    id = serializers.UUIDField()
    audit_id = serializers.UUIDField()
    audit_number = serializers.CharField(source="audit.number")
    agency_id = serializers.UUIDField(source="audit.agency_id")
    number = serializers.IntegerField()
    indicator = serializers.CharField(source="indicator.code")
    grade = serializers.ChoiceField(choices=Grade.choices)
    state = serializers.ChoiceField(choices=FindingState.choices)
    title = serializers.CharField()
    issued_at = serializers.DateTimeField(allow_null=True)
    due = serializers.SerializerMethodField(help_text="By when the agency's next step is due.")
    late = serializers.BooleanField(source="is_late")
    closed_at = serializers.DateTimeField(allow_null=True)

    def get_due(self, row: Finding) -> date | None:
        """The nearest clock that runs."""
        return row.due


class FindingDetailOut(FindingOut):
    """One finding with what was found and what is done about it."""

    statement = serializers.CharField()
    evidence = serializers.CharField(help_text="In words; interviews stand behind it without a name.")
    returned_reason = serializers.CharField()
    verification_note = serializers.CharField()
    disagreement = serializers.CharField()
    disagreement_answer = serializers.CharField()
    actions = ActionOut(many=True)


def _detail(request: Request) -> Any:
    return selectors.with_context(selectors.findings_visible_to(request.user)).prefetch_related(
        "actions__files"
    )


class Findings(Endpoint):
    """Findings."""

    reads = ApiScope.READ_AUDITS
    orderings = ("number", "issued_at", "closed_at")

    @extend_schema(
        operation_id="findings_list",
        summary="Findings",
        description="Of the audits that you may see; an agency reads those that were issued to it.",
        parameters=[FindingQuery],
        responses=FindingOut(many=True),
        tags=["audits"],
    )
    def get(self, request: Request) -> Response:
        """Findings with their clocks, oldest first."""
        rows = selectors.with_context(selectors.findings_visible_to(request.user))
        return self.page(rows.filter(**self.asked(FindingQuery)), FindingOut)


class OneFinding(Endpoint):
    """One finding."""

    reads = ApiScope.READ_AUDITS
    pagination_class = None

    @extend_schema(
        operation_id="findings_retrieve", responses={200: FindingDetailOut, 404: ABSENT}, tags=["audits"]
    )
    def get(self, request: Request, finding_id: UUID) -> Response:
        """A finding with every plan that was sent for it."""
        return Response(FindingDetailOut(get_or_404(_detail(request), pk=finding_id)).data)


class _Reply(Endpoint):
    """What an agency sends for a finding of its own."""

    writes = ApiScope.WRITE_AUDITS
    pagination_class = None

    def mine(self, finding_id: UUID) -> Finding:
        """The finding, or 404."""
        return get_or_404(selectors.findings_visible_to(self.request.user), pk=finding_id)

    def told(self, finding_id: UUID) -> Response:
        """As it stands now."""
        return Response(FindingDetailOut(get_or_404(_detail(self.request), pk=finding_id)).data)


class Plan(_Reply):
    """The plan."""

    @extend_schema(
        operation_id="findings_plan",
        summary="Send the plan of correction",
        description="While it is the agency's move. It goes to the auditors, who agree or send it back.",
        request=PlanIn,
        responses={200: FindingDetailOut, **ACTS},
        tags=["audits"],
        examples=[OpenApiExample("plan", value=EXAMPLE, request_only=True)],
    )
    def post(self, request: Request, finding_id: UUID) -> Response:
        """Root cause and plan."""
        row = self.mine(finding_id)
        plan = services.ActionPlan(**self.given(PlanIn))
        services.answer_finding(finding_id=row.pk, actor=request.user, plan=plan)
        return self.told(row.pk)


class Proof(_Reply):
    """The proof."""

    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="findings_evidence",
        summary="Send the proof that the agreed action was carried out",
        description="One document as multipart form data, with the title under which the auditors find it.",
        request=ProofIn,
        responses={200: FindingDetailOut, **ACTS},
        tags=["audits"],
    )
    def post(self, request: Request, finding_id: UUID) -> Response:
        """A document, sent to the auditors."""
        row = self.mine(finding_id)
        told = self.given(ProofIn)
        services.send_evidence(
            finding_id=row.pk, actor=request.user, uploads=(told["file"],), title=told["title"]
        )
        return self.told(row.pk)


class ContainmentAct(_Reply):
    """Containment."""

    @extend_schema(
        operation_id="findings_containment",
        summary="Say what was done at once to stop the harm",
        request=ContainmentIn,
        responses={200: FindingDetailOut, **ACTS},
        tags=["audits"],
    )
    def post(self, request: Request, finding_id: UUID) -> Response:
        """What was done and when; its clock rests until the auditor has looked."""
        row = self.mine(finding_id)
        services.record_containment(finding_id=row.pk, actor=request.user, **self.given(ContainmentIn))
        return self.told(row.pk)


ONE = "findings/<uuid:finding_id>/"
api_urlpatterns = [
    path("findings/", Findings.as_view(), name="findings"),
    path(ONE, OneFinding.as_view(), name="finding"),
    path(f"{ONE}plan/", Plan.as_view(), name="finding_plan"),
    path(f"{ONE}evidence/", Proof.as_view(), name="finding_evidence"),
    path(f"{ONE}containment/", ContainmentAct.as_view(), name="finding_containment"),
]
