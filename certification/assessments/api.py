"""Self-assessments by machine: read the answers, write drafts of them. Declaring them true stays a signatory's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from certification.assessments import selectors, services
from certification.assessments.models import Answer
from certification.assessments.services import AnswerEntry
from certification.assessments.states import AnswerValue, AssessmentState, Maturity
from iris.accounts.states import ApiScope
from iris.core.drf import ReadOnlySerializer, StrictSerializer
from iris.core.endpoints import ABSENT, ACTS, Endpoint
from iris.core.web import get_or_404

LONGEST = 8_000
WRITTEN = ("value", "maturity", "reason", "comment", "due_on")


class AssessmentQuery(StrictSerializer):
    """Filters of the list."""

    state = serializers.ChoiceField(required=False, choices=AssessmentState.choices)


class AssessmentOut(ReadOnlySerializer):
    """One round of self-assessment."""

    id = serializers.UUIDField()
    agency_id = serializers.UUIDField()
    edition = serializers.IntegerField(source="edition.number")
    cycle = serializers.IntegerField()
    revision = serializers.IntegerField()
    state = serializers.ChoiceField(choices=AssessmentState.choices)
    due_on = serializers.DateField(allow_null=True)
    frozen_at = serializers.DateTimeField(allow_null=True)
    content_hash = serializers.CharField(help_text="SHA-256 of what was declared; empty before.")


class DocumentOut(ReadOnlySerializer):
    """A document shown for an answer."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    sha256 = serializers.CharField(source="file.sha256")


class AnswerOut(ReadOnlySerializer):
    """One answer."""

    indicator = serializers.CharField(source="indicator.code")
    value = serializers.ChoiceField(choices=AnswerValue.choices, allow_blank=True)
    maturity = serializers.ChoiceField(choices=Maturity.choices, allow_null=True)
    reason = serializers.CharField()
    comment = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField(help_text="Send it back with a change, so that two writers notice.")
    carried = serializers.BooleanField(help_text="Carried over from an earlier round and not looked at yet.")
    flagged = serializers.BooleanField(help_text="The scheme asked about it.")
    evidence = DocumentOut(many=True)


class AnswersOut(ReadOnlySerializer):
    """Every answer in the order of the Standard."""

    state = serializers.ChoiceField(choices=AssessmentState.choices)
    results = AnswerOut(many=True)


class AnswerIn(StrictSerializer):
    """A draft of one answer; what is left out stays as it is."""

    version = serializers.IntegerField(min_value=0, max_value=2_000_000_000, help_text="As you read it.")
    value = serializers.ChoiceField(choices=AnswerValue.choices, required=False, allow_blank=True)
    maturity = serializers.ChoiceField(choices=Maturity.choices, required=False, allow_null=True)
    reason = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True)
    comment = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True)
    due_on = serializers.DateField(required=False, allow_null=True)


class Assessments(Endpoint):
    """Self-assessments."""

    reads = ApiScope.READ_CERTIFICATION
    orderings = ("cycle", "due_on", "frozen_at")

    @extend_schema(
        operation_id="assessments_list",
        summary="Self-assessments",
        description="An agency's own, drafts too. Others read what was declared, as far as they may.",
        parameters=[AssessmentQuery],
        responses=AssessmentOut(many=True),
        tags=["certification"],
    )
    def get(self, request: Request) -> Response:
        """Self-assessments that you may read, oldest first."""
        rows = selectors.assessments_visible_to(request.user).filter(**self.asked(AssessmentQuery))
        return self.page(rows, AssessmentOut)


class OneAssessment(Endpoint):
    """One round."""

    reads = ApiScope.READ_CERTIFICATION
    pagination_class = None

    @extend_schema(
        operation_id="assessments_retrieve",
        responses={200: AssessmentOut, 404: ABSENT},
        tags=["certification"],
    )
    def get(self, request: Request, assessment_id: UUID) -> Response:
        """A self-assessment that you may read."""
        row = get_or_404(selectors.assessments_visible_to(request.user), pk=assessment_id)
        return Response(AssessmentOut(row).data)


class Answers(Endpoint):
    """Answers of a round."""

    reads = ApiScope.READ_CERTIFICATION
    pagination_class = None

    @extend_schema(
        operation_id="assessments_answers",
        summary="Every answer of a self-assessment",
        description="Whole, in the order of the Standard: an edition has a fixed number of indicators.",
        responses={200: AnswersOut, 404: ABSENT},
        tags=["certification"],
    )
    def get(self, request: Request, assessment_id: UUID) -> Response:
        """Answers with the documents that are shown for them."""
        row = get_or_404(selectors.assessments_visible_to(request.user), pk=assessment_id)
        told = {"state": row.state, "results": selectors.answers_with_evidence(row)}
        return Response(AnswersOut(told).data)


class OneAnswer(Endpoint):
    """One answer."""

    writes = ApiScope.WRITE_CERTIFICATION
    pagination_class = None

    @extend_schema(
        operation_id="assessments_answer",
        summary="Write a draft of one answer",
        description=(
            "While the self-assessment is open. 409 when somebody else changed the answer meanwhile: theirs stands. "
            "Declaring the whole true is a signatory's act, by hand."
        ),
        request=AnswerIn,
        responses={200: AnswerOut, **ACTS},
        tags=["certification"],
        examples=[
            OpenApiExample("draft", value={"version": 3, "value": "partly", "maturity": 2}, request_only=True)
        ],
    )
    def patch(self, request: Request, assessment_id: UUID, indicator: str) -> Response:
        """Write a draft."""
        assessment = get_or_404(selectors.assessments_visible_to(request.user), pk=assessment_id)
        rows = selectors.answers_with_evidence(assessment)
        answer: Answer = get_or_404(rows, indicator__code=indicator)
        told = self.given(AnswerIn)
        entry = _entry(answer, told)
        services.save_answer(assessment_id=assessment.pk, actor=request.user, entry=entry)
        return Response(AnswerOut(get_or_404(rows.all(), pk=answer.pk)).data)


def _entry(answer: Answer, told: dict[str, Any]) -> AnswerEntry:
    """The answer as it is, with what was sent; owner and documents are chosen on the page."""
    written = {name: told.get(name, getattr(answer, name)) for name in WRITTEN}
    return AnswerEntry(
        indicator_id=answer.indicator_id,
        version=told["version"],
        owner_id=answer.owner_id,
        evidence_ids=frozenset(document.pk for document in answer.evidence.all()),
        **written,
    )


ONE = "assessments/<uuid:assessment_id>/"
api_urlpatterns = [
    path("assessments/", Assessments.as_view(), name="assessments"),
    path(ONE, OneAssessment.as_view(), name="assessment"),
    path(f"{ONE}answers/", Answers.as_view(), name="assessment_answers"),
    path(f"{ONE}answers/<str:indicator>/", OneAnswer.as_view(), name="assessment_answer"),
]
