"""What a report says at one moment, as plain data: everything that is printed, and nobody who was interviewed.

A version keeps this content and its SHA-256. The PDF of an old version is made from it and from nothing else, so it
says the same years later. Rooms below give their part through their own selectors, already without identities.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from audits.engagements import selectors as engagements
from audits.engagements.models import Audit, IndicatorNote
from audits.engagements.states import Rating, Stage
from audits.findings import selectors as findings
from audits.findings.models import Finding
from audits.findings.states import FindingState, Grade
from certification.standard.models import Principle
from iris.accounts.models import User

from ..models import Report, ReportVersion
from ..states import FINAL_KINDS, VersionKind
from .parts import interview_counts, parts_of
from .reporting import reports_visible_to

# The agency may answer the auditors' answer once (R40).
LAST_WORD = 3
KIND_OF_BAR = {Rating.MEETS: "yes", Rating.PARTLY: "partly", Rating.FAILS: "no", Rating.NA: "na"}


def content_of(audit: Audit, report: Report, kind: VersionKind) -> dict[str, Any]:
    """The report as it goes out now. Days are ISO text; states and grades are their stable words."""
    rows = _findings(audit)
    return {
        "audit": _about(audit),
        "kind": str(kind),
        "text": {"summary": report.summary, "strengths": report.strengths, "limits": report.limits},
        "plan": _plan(audit),
        "team": [
            {"name": place.auditor.person.label, "role": str(place.get_role_display())}
            for place in engagements.team_of(audit)
        ],
        "interviews": interview_counts(audit),
        "principles": ratings_by_principle(audit),
        "grades": [
            {"grade": str(grade), "label": str(grade.label), "value": sum(row.grade == grade for row in rows)}
            for grade in Grade
        ],
        "findings": [_finding(row) for row in rows],
        "parts": parts_of(audit),
        "recommendation": _recommendation(report) if kind in FINAL_KINDS else None,
    }


def canonical(content: dict[str, Any]) -> bytes:
    """The bytes that are hashed: UTF-8 JSON, keys in order, no spaces."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical bytes, 64 hex digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


def versions_of(report: Report) -> list[ReportVersion]:
    """Every version that went out, the newest first, with its PDF where it is made."""
    rows = ReportVersion.objects.filter(report=report).select_related("made_by", "printed__file")
    return list(rows.order_by("-number"))


def version_visible_to(user: User, audit: Audit, number: int) -> ReportVersion | None:
    """One version of the report of an audit this person may see."""
    rows = ReportVersion.objects.filter(report__in=reports_visible_to(user), report__audit=audit)
    return rows.select_related("report", "printed__file").filter(number=number).first()


def ratings_by_principle(audit: Audit) -> list[dict[str, Any]]:
    """How many indicators of each principle meet, meet in part, fail or do not apply; the later stage counts."""
    latest: dict[Any, tuple[Any, str]] = {}
    notes = IndicatorNote.objects.filter(audit=audit).order_by("stage")
    for indicator_id, principle_id, rating, stage in notes.values_list(
        "indicator_id", "indicator__criterion__principle_id", "rating", "stage"
    ):
        if stage == Stage.SITE or rating in KIND_OF_BAR:
            latest[indicator_id] = (principle_id, rating)
    principles = Principle.objects.filter(edition_id=audit.assessment.edition_id).order_by("order")
    rows = []
    for one in principles:
        counts = dict.fromkeys(KIND_OF_BAR.values(), 0)
        for principle_id, rating in latest.values():
            if principle_id == one.pk and rating in KIND_OF_BAR:
                counts[KIND_OF_BAR[Rating(rating)]] += 1
        rows.append({"code": one.code, "label": one.title, **counts})
    return rows


def _findings(audit: Audit) -> list[Finding]:
    rows: Iterable[Finding] = (
        Finding.objects.filter(audit=audit)
        .exclude(state__in=[FindingState.DRAFT, FindingState.WITHDRAWN])
        .select_related("indicator__criterion")
        .prefetch_related("positions")
    )
    return findings.in_order(rows)


def _about(audit: Audit) -> dict[str, Any]:
    edition = audit.assessment.edition
    return {
        "number": audit.number,
        "application": audit.application.number,
        "agency": audit.agency.legal_name,
        "country": audit.agency.country,
        "corridors": engagements.corridor_words(audit),
        "edition": edition.title,
        "firm": audit.firm.organisation.name,
        "lead": audit.lead.person.label,
        "kind_label": str(audit.get_kind_display()),
        "days": str(audit.days),
        "stage1_closed_on": _day(audit.stage1_closed_at),
        "stage2_from": _day(audit.stage2_started_at),
        "stage2_to": _day(audit.stage2_ended_on),
    }


def _plan(audit: Audit) -> dict[str, Any] | None:
    plan = getattr(audit, "audit_plan", None)
    if plan is None:
        return None
    return {
        "objectives": plan.objectives,
        "scope": plan.scope,
        "criteria": plan.criteria,
        "sites": plan.sites,
        "languages": plan.language_names,
        "notice": str(plan.get_notice_display()),
        "notice_reason": plan.notice_reason,
    }


def _finding(row: Finding) -> dict[str, Any]:
    return {
        "number": row.number,
        "grade": row.grade,
        "grade_label": str(row.get_grade_display()),
        "state": str(row.state),
        "state_label": str(FindingState(row.state).label),
        "title": row.title,
        "criterion": row.indicator.criterion.code,
        "indicator": row.indicator.code,
        "indicator_text": row.indicator.text,
        "statement": row.statement,
        "evidence": row.evidence,
        "issued_on": _day(row.issued_at),
        "contain_due": _day(row.contain_due),
        "plan_due": _day(row.plan_due),
        "evidence_due": _day(row.evidence_due),
        "closed_on": _day(row.closed_at),
        "disagreement": row.disagreement,
        "disagreement_answer": row.disagreement_answer,
        "last_word": next((one.words for one in row.positions.all() if one.turn == LAST_WORD), ""),
    }


def _recommendation(report: Report) -> dict[str, Any]:
    return {
        "outcome": report.outcome,
        "label": str(report.get_outcome_display()),
        "text": report.recommendation,
        "sent_by": report.sent_by.label if report.sent_by else "",
        "sent_on": _day(report.sent_at),
    }


def _day(value: date | datetime | None) -> str:
    if value is None:
        return ""
    return (value.date() if isinstance(value, datetime) else value).isoformat()
