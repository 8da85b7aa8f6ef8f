"""Versions of a report: kept as they went out, printed once, corrected openly."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from audits.engagements import services as engagements
from audits.engagements.models import Audit
from audits.engagements.states import AuditState
from iris.accounts.models import User
from iris.core import clocks, events, files, outbox, pdf
from iris.core.errors import BadInput, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import lock

from .. import selectors
from ..models import Report, ReportFile, ReportVersion
from ..states import VersionKind
from .texts import ReportText, check_text


def keep_version(
    audit: Audit, report: Report, kind: VersionKind, *, actor: User, reason: str = ""
) -> ReportVersion:
    """Keep what goes out now and ask for its PDF. Runs inside the act's transaction, on its locked audit."""
    content = selectors.content_of(audit, report, kind)
    last = ReportVersion.objects.filter(report=report).order_by("-number").first()
    version = ReportVersion.objects.create(
        report=report,
        number=last.number + 1 if last else 1,
        kind=kind,
        content=content,
        sha256=selectors.fingerprint(content),
        reason=reason.strip(),
        made_at=clocks.now(),
        made_by=actor,
    )
    outbox.enqueue("reports.render_version", queue="pdf", version_id=str(version.pk))
    return version


@transaction.atomic
def correct_report(*, audit_id: UUID, actor: User, reason: str, text: ReportText) -> ReportVersion:
    """Send a corrected final report. What it recommends stays: that is the scheme's to weigh, not ours to rewrite.

    Raises NotPermitted, TransitionRefused before the report is final, ReasonRequired, BadInput (nothing changed).
    """
    audit = lock(Audit, audit_id)
    if not audit.is_led_by(actor):
        raise NotPermitted
    report = Report.objects.select_for_update(of=("self",)).filter(audit=audit).first()
    if report is None or audit.state != AuditState.REPORTED:
        raise TransitionRefused(_("Only a final report is corrected. Until then, change the draft."))
    if not reason.strip():
        raise ReasonRequired(fields={"reason": [_("Say what was wrong. The agency and the scheme read it.")]})
    check_text(audit, text, reason=reason)
    before = (report.summary, report.strengths, report.limits)
    report.summary, report.strengths, report.limits = text.tidy()
    if before == (report.summary, report.strengths, report.limits):
        raise BadInput(
            _("Nothing is different from the report that went out. Change what was wrong, or leave it.")
        )
    report.save()
    version = keep_version(audit, report, VersionKind.CORRECTED, actor=actor, reason=reason)
    events.record(
        audit, act="correct_report", actor=actor, reason=reason.strip(), data={"version": version.number}
    )
    url = reverse("reports:report", args=[audit.pk])
    engagements.tell_agency(audit, "audits/report_corrected", url=url, reason=reason.strip())
    engagements.tell_scheme(audit, "audits/report_corrected", url=url, reason=reason.strip())
    return version


def render_version(*, version_id: UUID) -> ReportFile:
    """Make and keep the PDF of a version. Safe to run twice: the first PDF stays."""
    version = ReportVersion.objects.select_related("report__audit__agency").get(pk=version_id)
    made = ReportFile.objects.filter(version=version).first()
    if made is not None:
        return made
    data = pdf.render("pdf/report.html", selectors.printed(version))
    with transaction.atomic():
        lock(Audit, version.report.audit_id)
        made = ReportFile.objects.filter(version=version).first()
        if made is None:
            stored = files.store_bytes(
                data,
                name=f"{version.report.audit.number}-report-{version.number}.pdf",
                media_type="application/pdf",
                organisation_id=version.report.audit.agency.organisation_id,
                actor=events.SYSTEM,
            )
            made = ReportFile.objects.create(version=version, file=stored)
    return made


@transaction.atomic
def ask_for_pdf(*, version_id: UUID) -> None:
    """Ask for the PDF of a version that has none (again)."""
    if not ReportFile.objects.filter(version_id=version_id).exists():
        outbox.enqueue("reports.render_version", queue="pdf", version_id=str(version_id))
