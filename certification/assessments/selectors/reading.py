"""What a person may read. A draft never leaves the agency; scheme and audit firm read what was declared."""

from __future__ import annotations

from typing import TypedDict
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Prefetch, Q, QuerySet
from django_stubs_ext import WithAnnotations

from certification.agencies.models import Agency
from certification.assessments.models import Answer, Assessment, Evidence
from certification.assessments.states import OPEN_STATES, AssessmentState
from iris.accounts.models import User

DECLARED = (AssessmentState.FROZEN, AssessmentState.SUPERSEDED)


def assessments_visible_to(user: User | AnonymousUser) -> QuerySet[Assessment]:
    """The agency's own, drafts too; declared ones for the scheme; those of its audits for an audit firm."""
    everything = Assessment.objects.select_related("agency", "edition", "frozen_by")
    if not isinstance(user, User) or user.organisation is None:
        return everything.none()
    if user.is_kind("agency"):
        return everything.filter(agency__organisation=user.organisation)
    if user.is_kind("scheme"):
        return everything.filter(state__in=DECLARED)
    if user.is_kind("audit_firm"):
        return everything.filter(state__in=DECLARED, readers__organisation=user.organisation)
    return everything.none()


def evidence_visible_to(user: User | AnonymousUser) -> QuerySet[Evidence]:
    """The agency's library for its members; for others what a declared assessment they may read relies on."""
    everything = Evidence.objects.select_related("file", "agency")
    if not isinstance(user, User) or user.organisation is None:
        return everything.none()
    if user.is_kind("agency"):
        return everything.filter(agency__organisation=user.organisation)
    if not user.is_kind("scheme", "audit_firm"):
        return everything.none()
    readable = assessments_visible_to(user).order_by().values("pk")
    return everything.filter(
        Q(pk__in=Evidence.objects.filter(answers__assessment__in=readable).values("pk"))
        | Q(pk__in=Evidence.objects.filter(cost_lines__job_order__assessment__in=readable).values("pk"))
    )


def open_assessment(agency: Agency) -> Assessment | None:
    """The assessment the agency is working on, if there is one."""
    return Assessment.objects.filter(agency=agency, state__in=OPEN_STATES).first()


def last_frozen(agency: Agency) -> Assessment | None:
    """The newest declared assessment."""
    return Assessment.objects.filter(agency=agency, state=AssessmentState.FROZEN).first()


def current_assessment(agency: Agency) -> Assessment | None:
    """The one being worked on, else the newest declared one."""
    return open_assessment(agency) or last_frozen(agency)


def previous_of(assessment: Assessment) -> Assessment | None:
    """The declared one it was begun from: last cycle's, or the revision before it."""
    return assessment.previous


def reopening_of(assessment: Assessment) -> Assessment | None:
    """The reopened revision of a declared assessment that the agency works on now, if there is one."""
    return Assessment.objects.filter(previous=assessment, state=AssessmentState.REOPENED).first()


def latest_revision(assessment: Assessment) -> Assessment:
    """The newest declared revision of the same cycle; itself when nothing replaced it."""
    newer = Assessment.objects.filter(
        agency=assessment.agency_id, cycle=assessment.cycle, state__in=DECLARED
    ).order_by("-revision")
    return newer.first() or assessment


def flagged_answers(assessment: Assessment) -> list[Answer]:
    """What the scheme asked again in a reopened revision, in the order of the Standard."""
    return list(answers_with_evidence(assessment).filter(flagged=True))


def answers_with_evidence(assessment: Assessment) -> QuerySet[Answer]:
    """All answers in the order of the Standard with people and documents: three queries whatever their number."""
    documents = Evidence.objects.select_related("file").order_by("title")
    return (
        assessment.answers_in_order()
        .select_related("owner", "updated_by")
        .prefetch_related(Prefetch("evidence", queryset=documents))
    )


class Shown(TypedDict):
    """What `evidence_library` adds to a document."""

    used_in_answers: int
    used_in_costs: int


def evidence_library(agency: Agency) -> QuerySet[WithAnnotations[Evidence, Shown]]:
    """The agency's documents with the number of answers and costs each one proves in the current assessment."""
    current = current_assessment(agency)
    here = current.pk if current else None
    return (
        Evidence.objects.filter(agency=agency)
        .select_related("file", "added_by")
        .annotate(
            used_in_answers=Count(
                "answer_links", filter=Q(answer_links__answer__assessment=here), distinct=True
            ),
            used_in_costs=Count(
                "cost_lines", filter=Q(cost_lines__job_order__assessment=here), distinct=True
            ),
        )
        .order_by("title", "created_at")
    )


def newest_versions(agency: Agency) -> dict[UUID, Evidence]:
    """For each document that was replaced, the newest version of it: one query whatever the length of the chains."""
    after = {row.replaces_id: row for row in Evidence.objects.filter(agency=agency, replaces__isnull=False)}
    found: dict[UUID, Evidence] = {}
    for first, row in after.items():
        last = row
        while last.pk in after:
            last = after[last.pk]
        if first is not None:
            found[first] = last
    return found


def is_declared(evidence: Evidence) -> bool:
    """Whether a declared assessment relies on this document."""
    return Assessment.objects.filter(
        Q(answers__evidence=evidence) | Q(job_orders__cost_lines__proof=evidence), state__in=DECLARED
    ).exists()
