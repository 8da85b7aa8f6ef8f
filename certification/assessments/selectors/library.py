"""One document in full: its versions, and everything that was ever shown with each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from certification.agencies.models import Agency
from certification.assessments.models import Answer, AnswerEvidence, Assessment, CostLine, Evidence
from certification.assessments.selectors.reading import evidence_library
from iris.core import clocks


@dataclass(frozen=True)
class Use:
    """Where one assessment shows a version: its answers and its costs."""

    assessment: Assessment
    version: Evidence
    answers: list[Answer]
    lines: list[CostLine]


def library(agency: Agency, *, text: str = "", only: str = "") -> QuerySet[Evidence]:
    """The newest version of each document; `only`: soon (ends within the warning time), ended, unused, older."""
    rows = evidence_library(agency)
    newer = Exists(Evidence.objects.filter(replaces=OuterRef("pk")))
    rows = rows.filter(newer) if only == "older" else rows.exclude(newer)
    if text:
        rows = rows.filter(Q(title__icontains=text[:100]) | Q(file__sha256__startswith=text[:64].lower()))
    today = clocks.today()
    if only == "soon":
        until = clocks.deadline(today, "evidence_expiry_warning_days")
        return rows.filter(valid_until__gte=today, valid_until__lte=until).order_by("valid_until", "title")
    if only == "ended":
        return rows.filter(valid_until__lt=today).order_by("valid_until", "title")
    if only == "unused":
        return rows.filter(used_in_answers=0, used_in_costs=0)
    return rows


def versions_of(document: Evidence) -> list[Evidence]:
    """Every version of the document, the newest first: one query for the agency's chains."""
    rows = {
        row.pk: row
        for row in Evidence.objects.filter(agency=document.agency_id).select_related("file", "added_by")
        if row.pk == document.pk or row.number > 1 or row.title == document.title
    }
    after = {row.replaces_id: row for row in rows.values() if row.replaces_id}
    chain = [rows[document.pk]]
    while (step := chain[-1].replaces_id) and step in rows:
        chain.append(rows[step])
    while chain[0].pk in after:
        chain.insert(0, after[chain[0].pk])
    return chain


def uses_of(versions: Iterable[Evidence]) -> list[Use]:
    """Where any of these versions is shown, the newest assessment first; across cycles and revisions."""
    by_pk = {version.pk: version for version in versions}
    found: dict[tuple[Assessment, Evidence], tuple[list[Answer], list[CostLine]]] = {}
    links = AnswerEvidence.objects.filter(evidence__in=by_pk).select_related(
        "answer__assessment__edition", "answer__indicator__criterion"
    )
    for link in links.order_by("answer__indicator__criterion__code", "answer__indicator__order"):
        found.setdefault((link.answer.assessment, by_pk[link.evidence_id]), ([], []))[0].append(link.answer)
    lines = CostLine.objects.filter(proof__in=by_pk).select_related("job_order__assessment__edition")
    for line in lines.order_by("job_order__reference", "category"):
        if line.proof_id is not None:
            found.setdefault((line.job_order.assessment, by_pk[line.proof_id]), ([], []))[1].append(line)
    uses = [Use(assessment, version, *shown) for (assessment, version), shown in found.items()]
    return sorted(
        uses, key=lambda use: (-use.assessment.cycle, -use.assessment.revision, -use.version.number)
    )
