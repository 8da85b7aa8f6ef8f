"""Who hears of an act on a finding."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from audits.engagements import services as engagements
from audits.engagements.models import Audit
from iris.core.days import in_words

from ..models import Finding


def finding_url(finding: Finding) -> str:
    """The page of a finding."""
    return reverse("findings:finding", args=[finding.pk])


def _own(finding: Finding) -> dict[str, Any]:
    return {
        "finding": finding.number,
        "title": finding.title,
        "grade": str(finding.get_grade_display()),
        "plan_due": in_words(finding.plan_due) if finding.plan_due else "",
        "evidence_due": in_words(finding.evidence_due) if finding.evidence_due else "",
        "needs_answer": finding.plan_due is not None,
    }


def facts_of(finding: Finding) -> dict[str, Any]:
    """Everything a message about a finding may say, also to people outside the audit."""
    return engagements.facts_for_mail(finding.audit) | _own(finding)


def tell_both(audit: Audit, template: str, **more: Any) -> None:
    """Tell agency and lead auditor about several findings of an audit."""
    engagements.tell_agency(audit, template, **more)
    engagements.tell_team(audit, template, **more)


def tell_scheme(finding: Finding, template: str, **more: Any) -> None:
    """Tell the scheme's managers."""
    engagements.tell_scheme(finding.audit, template, url=finding_url(finding), **(_own(finding) | more))


def tell_agency(finding: Finding, template: str, **more: Any) -> None:
    """Tell the people who answer for the agency."""
    engagements.tell_agency(finding.audit, template, url=finding_url(finding), **(_own(finding) | more))


def tell_team(finding: Finding, template: str, **more: Any) -> None:
    """Tell the lead auditor."""
    engagements.tell_team(finding.audit, template, url=finding_url(finding), **(_own(finding) | more))
