"""One trace from criterion to question, answer, document, rating, finding, action, decision and certificate.

Everything is read through the rooms' own visible_to selectors: a reader gets the parts that reader may see anyway,
put beside each other. The public gets `public_trace`: that each step was taken and when, never what was said in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from audits.engagements.models import Audit, IndicatorNote
from audits.engagements.selectors import audits_visible_to
from audits.engagements.states import CASE_KINDS, AuditState
from audits.findings.models import Finding
from audits.findings.selectors import findings_visible_to
from certification.applications.models import Application
from certification.applications.selectors import Panel
from certification.assessments.models import Answer, Assessment
from certification.assessments.selectors import answers_with_evidence, assessments_visible_to
from certification.certificates.models import Certificate
from certification.certificates.selectors import SUBJECT
from certification.decisions.models import Decision
from certification.decisions.selectors import decision_for
from certification.standard.models import Criterion, Indicator
from iris.accounts.models import User


@dataclass(frozen=True)
class IndicatorTrace:
    """One indicator: its question, what the agency said and showed, what the auditors saw and found."""

    indicator: Indicator
    answer: Answer | None
    notes: list[IndicatorNote] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class CriterionTrace:
    """One criterion with its indicators."""

    criterion: Criterion
    rows: list[IndicatorTrace]

    @property
    def documents(self) -> int:
        """How many different documents are shown for it."""
        return len({one.pk for row in self.rows if row.answer for one in row.answer.evidence.all()})

    @property
    def finding_count(self) -> int:
        """How many findings the reader sees under it."""
        return sum(len(row.findings) for row in self.rows)


@dataclass(frozen=True)
class Trace:
    """The whole way of one application."""

    application: Application
    assessment: Assessment | None
    audit: Audit | None
    decision: Decision | None
    certificates: list[Certificate]
    criteria: list[CriterionTrace]

    def lines(self) -> Iterator[IndicatorTrace]:
        """Every indicator in the order of the Standard."""
        for criterion in self.criteria:
            yield from criterion.rows


def trace(application: Application, user: User) -> Trace:
    """The trace of an application that `user` may see, with no more in it than `user` may see elsewhere."""
    assessment = assessments_visible_to(user).filter(applications=application).first()
    audit = audits_visible_to(user).filter(application=application).exclude(state__in=ENDED).first()
    answers = _answers(assessment) if assessment else []
    notes = _notes(audit, user)
    findings = _findings(audit, user)
    rows = [
        IndicatorTrace(row.indicator, row, notes[row.indicator_id], findings[row.indicator_id])
        for row in answers
    ]
    return Trace(
        application=application,
        assessment=assessment,
        audit=audit,
        decision=decision_for(SUBJECT, application.pk),
        certificates=list(Certificate.objects.filter(application=application).order_by("revision")),
        criteria=_by_criterion(rows),
    )


def _answers(assessment: Assessment) -> list[Answer]:
    return list(answers_with_evidence(assessment).select_related("indicator__criterion__principle__edition"))


ENDED = (AuditState.DECLINED, AuditState.CANCELLED)


def _by_criterion(rows: Iterable[IndicatorTrace]) -> list[CriterionTrace]:
    found: dict[UUID, CriterionTrace] = {}
    for row in rows:
        criterion = row.indicator.criterion
        found.setdefault(criterion.pk, CriterionTrace(criterion, [])).rows.append(row)
    return list(found.values())


def _notes(audit: Audit | None, user: User) -> dict[UUID, list[IndicatorNote]]:
    """Ratings by indicator. The agency reads them once the report is final."""
    found: dict[UUID, list[IndicatorNote]] = defaultdict(list)
    if audit is None or (user.is_kind("agency") and audit.state != AuditState.REPORTED):
        return found
    for note in IndicatorNote.objects.filter(audit=audit).select_related("author").order_by("stage"):
        found[note.indicator_id].append(note)
    return found


def _findings(audit: Audit | None, user: User) -> dict[UUID, list[Finding]]:
    found: dict[UUID, list[Finding]] = defaultdict(list)
    if audit is None:
        return found
    rows: QuerySet[Finding] = findings_visible_to(user).filter(audit=audit).order_by("number")
    for row in rows.prefetch_related("actions__files__file", "positions"):
        found[row.indicator_id].append(row)
    return found


def trace_panel(application: Application, user: User) -> Panel | None:
    """The card on a case page that leads to its trace, once something is declared."""
    return (
        Panel("desks/_trace_panel.html", {"application": application}) if application.assessment_id else None
    )


@dataclass(frozen=True)
class PublicCriterion:
    """One criterion for the public: that it was asked, shown and looked at."""

    code: str
    title: str
    url: str
    questions: int
    documents: int
    looked_at: int


@dataclass(frozen=True)
class PublicTrace:
    """What the public may know of how a certificate came about: steps and days, no words and no names of people."""

    certificate: Certificate
    declared_on: date | None
    accepted_on: date | None
    firm: str
    stage1_on: date | None
    stage2_ended_on: date | None
    recommended_on: date | None
    decided_on: date
    criteria: list[PublicCriterion]


def public_trace(certificate: Certificate) -> PublicTrace:
    """The way to a certificate, redacted: no answer, no document's title, no finding, no person."""
    application = certificate.application
    held = Audit.objects.filter(application=application, kind__in=CASE_KINDS)
    audit = held.exclude(state__in=ENDED).first()
    assessment = application.assessment
    looked = (
        set(IndicatorNote.objects.filter(audit=audit).values_list("indicator_id", flat=True))
        if audit
        else set()
    )
    rows = [IndicatorTrace(row.indicator, row) for row in _answers(assessment)] if assessment else []
    return PublicTrace(
        certificate=certificate,
        declared_on=_day(assessment.frozen_at) if assessment else None,
        accepted_on=_day(application.accepted_at),
        firm=certificate.firm_name,
        stage1_on=_day(audit.stage1_closed_at) if audit else None,
        stage2_ended_on=certificate.stage2_ended_on,
        recommended_on=_day(application.recommended_at),
        decided_on=certificate.decided_on,
        criteria=[_public(one, looked) for one in _by_criterion(rows)],
    )


def _public(one: CriterionTrace, looked: set[UUID]) -> PublicCriterion:
    return PublicCriterion(
        code=one.criterion.code,
        title=one.criterion.title,
        url=one.criterion.get_absolute_url(),
        questions=len(one.rows),
        documents=one.documents,
        looked_at=sum(row.indicator.pk in looked for row in one.rows),
    )


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
