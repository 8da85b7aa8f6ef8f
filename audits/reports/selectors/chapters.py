"""What a whole case consists of, chapter by chapter, for one reader and with no more than that reader may see.

Every piece starts at the `visible_to` selector of its room. Rooms above add theirs by `offer_chapter`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from audits.bodies import selectors as bodies
from audits.engagements import selectors as engagements
from audits.engagements.models import Audit
from audits.engagements.states import AuditState
from audits.findings import selectors as findings
from audits.findings.models import Finding
from certification.applications import selectors as applications
from certification.applications.models import Application, Deferral
from certification.assessments import selectors as assessments
from certification.assessments.models import Assessment
from certification.certificates import selectors as certificates
from certification.decisions import selectors as decisions
from iris.accounts.models import User
from iris.core import events, files
from iris.core.models import StoredFile
from iris.core.sheets import harmless

from ..models import ReportVersion
from .content import canonical
from .reporting import reports_visible_to


@dataclass(frozen=True)
class Piece:
    """One file of the archive: where it lies, what it is, and its bytes or the stored file that has them."""

    path: str
    title: str
    data: bytes = b""
    stored: StoredFile | None = None

    def read(self) -> bytes:
        """The bytes."""
        return files.read(self.stored) if self.stored else self.data

    @property
    def size(self) -> int:
        """How many bytes."""
        return int(self.stored.size) if self.stored else len(self.data)


ChapterProvider = Callable[[Application, User], Iterable[Piece]]
_offered: dict[str, ChapterProvider] = {}


def offer_chapter(key: str, provider: ChapterProvider) -> None:
    """Called in AppConfig.ready() of a room above that has something to add to the archive of a case."""
    _offered[key] = provider


def pieces_of(application: Application, user: User) -> Iterator[Piece]:
    """Everything of a case for this reader, in the order of the case."""
    yield from _application(application, user)
    yield from _assessment(application, user)
    for audit in engagements.with_plan(engagements.audits_visible_to(user)).filter(application=application):
        if audit.state not in (AuditState.DECLINED, AuditState.CANCELLED):
            yield from _audit(audit, user)
    yield from _outcome(application, user)
    yield from _messages(application, user)
    for provider in _offered.values():
        yield from provider(application, user)


def as_json(value: Any) -> bytes:
    """Readable JSON: two spaces, days as ISO text."""
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2, default=str).encode()


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte-order mark; no cell that a spreadsheet would run."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        writer.writerow([harmless("" if cell is None else cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _application(application: Application, user: User) -> Iterator[Piece]:
    facts = {
        "number": application.number,
        "agency": application.agency.legal_name,
        "kind": application.kind,
        "state": str(application.state),
        "submitted_at": application.submitted_at,
        "fee_paid_on": application.fee_paid_on,
        "accepted_at": application.accepted_at,
        "closed_at": application.closed_at,
        "scope": application.scope,
        "reasons": application.outcome_reasons,
    }
    yield Piece("1-application/application.json", _("The application"), as_json(facts))
    for letter in applications.letters_visible_to(user).filter(application=application).order_by("number"):
        kept = getattr(letter, "file_row", None)
        name = f"1-application/letters/{letter.number:02d}"
        if kept is not None:
            yield Piece(f"{name}.pdf", letter.subject, stored=kept.file)
        else:
            yield Piece(f"{name}.txt", letter.subject, f"{letter.subject}\n\n{letter.text}\n".encode())


def _assessment(application: Application, user: User) -> Iterator[Piece]:
    found = assessments.assessments_visible_to(user).filter(applications=application).first()
    if found is None:
        return
    answers = list(
        assessments.answers_with_evidence(found).select_related("indicator__criterion__principle__edition")
    )
    rows = [
        (
            one.indicator.code,
            one.indicator.question,
            one.value,
            one.maturity,
            one.comment,
            one.reason,
            "; ".join(item.file.sha256 for item in one.evidence.all()),
        )
        for one in answers
    ]
    head = ("indicator", "question", "answer", "maturity", "comment", "reason", "documents_sha256")
    yield Piece("2-self-assessment/answers.csv", _("Answers"), as_csv(head, rows))
    yield Piece("2-self-assessment/ledger.csv", _("Cost ledger"), assessments.as_csv(found))
    yield Piece("2-self-assessment/declaration.json", _("Declaration"), as_json(_declaration(found)))
    shown = {item.pk: item for one in answers for item in one.evidence.all()}
    for number, item in enumerate(sorted(shown.values(), key=lambda one: (one.title, str(one.pk))), start=1):
        path = f"2-self-assessment/evidence/{number:03d}-{item.file.name}"
        yield Piece(path, item.title, stored=item.file)


def _declaration(assessment: Assessment) -> dict[str, Any]:
    return {
        "edition": assessment.edition.number,
        "frozen_at": assessment.frozen_at,
        "sha256": assessment.content_hash,
        "state": str(assessment.state),
    }


def _audit(audit: Audit, user: User) -> Iterator[Piece]:
    root = f"3-audits/{audit.number}"
    team = [
        {
            "name": place.auditor.person.label,
            "role": place.role,
            "declared_at": place.declaration.declared_at if place.declaration else None,
        }
        for place in engagements.team_of(audit)
    ]
    facts = {
        "number": audit.number,
        "state": str(audit.state),
        "firm": audit.firm.organisation.name,
        "team": team,
    }
    yield Piece(f"{root}/audit.json", _("The audit and its team"), as_json(facts))
    if user.is_kind("scheme"):
        title = _("Overrides and objections: who let what through, and why")
        yield Piece(f"{root}/independence.json", title, as_json(_independence(audit)))
    versions = ReportVersion.objects.filter(report__in=reports_visible_to(user), report__audit=audit)
    for version in versions.select_related("printed__file").order_by("number"):
        title = _("Report, version %(n)s: %(kind)s") % {
            "n": version.number,
            "kind": version.get_kind_display(),
        }
        yield Piece(f"{root}/report-{version.number}.json", title, canonical(version.content))
        printed = getattr(version, "printed", None)
        if printed is not None:
            yield Piece(f"{root}/report-{version.number}.pdf", title, stored=printed.file)
    rows = findings.in_order(findings.findings_of(audit, user))
    yield Piece(f"{root}/findings.csv", _("Findings"), _findings_csv(rows))
    for finding in rows:
        for action in finding.actions.all():
            for number, kept in enumerate(action.files.all(), start=1):
                path = f"{root}/finding-{finding.number}/plan-{action.round}/{number:02d}-{kept.file.name}"
                yield Piece(path, kept.title, stored=kept.file)


def _independence(audit: Audit) -> dict[str, Any]:
    team = [place.auditor for place in engagements.team_of(audit)]
    overrides = [
        {
            "auditor": one.auditor.person.label,
            "what_stood_against": one.sentence,
            "reason": one.reason,
            "given_by": one.given_by.label,
            "confirmed": one.answer.confirmed if hasattr(one, "answer") else None,
            "answered_by": one.answer.person.label if hasattr(one, "answer") else None,
        }
        for one in bodies.overrides_for(team, audit.application)
    ]
    objections = [
        {
            "auditor": one.auditor.person.label,
            "state": str(one.state),
            "reason": one.reason,
            "answer": one.answer,
            "answered_at": one.answered_at,
        }
        for one in audit.objections.select_related("auditor__person").order_by("created_at")
    ]
    return {"overrides": overrides, "objections": objections}


FINDING_HEAD = (
    "number",
    "grade",
    "state",
    "indicator",
    "title",
    "statement",
    "evidence",
    "issued_at",
    "plan_due",
    "evidence_due",
    "closed_at",
    "verification",
    "verification_note",
)


def _findings_csv(rows: Iterable[Finding]) -> bytes:
    cells = (
        [row.indicator.code if name == "indicator" else getattr(row, name) for name in FINDING_HEAD]
        for row in rows
    )
    return as_csv(FINDING_HEAD, cells)


def _outcome(application: Application, user: User) -> Iterator[Piece]:
    rows = decisions.decisions_visible_to(user).filter(
        subject_label=certificates.SUBJECT, subject_id=application.pk
    )
    taken = [
        {
            "question": one.question,
            "state": str(one.state),
            "outcome": one.outcome,
            "reasons": one.reasons,
            "decided_by": one.decided_by.label if one.decided_by else None,
            "decided_at": one.decided_at,
        }
        for one in rows.order_by("created_at")
    ]
    if taken:
        yield Piece("4-decision/decisions.json", _("Decisions"), as_json(taken))
    issued = certificates.certificates_visible_to(user).filter(application=application)
    for one in issued.select_related("pdf").order_by("revision"):
        if one.pdf is not None:
            path = f"4-decision/{one.number}-r{one.revision}.pdf"
            yield Piece(path, _("Certificate %s") % one.number, stored=one.pdf)


def _messages(application: Application, user: User) -> Iterator[Piece]:
    rows: list[tuple[Any, ...]] = []
    for one in Deferral.objects.filter(application=application).select_related("asked_by", "answered_by"):
        if user.is_kind("agency", "scheme"):
            rows.append((one.asked_at, one.asked_by.label, _("Information asked for"), one.missing))
            if one.answered_at:
                rows.append(
                    (
                        one.answered_at,
                        one.answered_by.label if one.answered_by else "",
                        _("Answer"),
                        one.answer,
                    )
                )
    shown = findings.findings_visible_to(user).filter(audit__application=application)
    for found in shown.prefetch_related("positions__said_by"):
        for turn in found.positions.all():
            who = turn.said_by.label if turn.said_by else str(turn.get_side_display())
            rows.append((turn.created_at, who, _("Finding %s") % found.number, turn.words))
    rows.sort(key=lambda row: str(row[0]))
    yield Piece("5-messages/messages.csv", _("Messages"), as_csv(("at", "from", "about", "text"), rows))
    if not user.is_kind("agency"):
        yield Piece("5-messages/events.csv", _("What was done, by whom, when"), _events(application, user))


def _events(application: Application, user: User) -> bytes:
    subjects: list[Any] = [application]
    subjects += engagements.audits_visible_to(user).filter(application=application)
    lines = [
        (
            event.at,
            str(subject),
            str(event.label),
            event.actor_label,
            event.from_state,
            event.to_state,
            event.reason,
        )
        for subject in subjects
        for event in events.events_of(subject)
    ]
    lines.sort(key=lambda line: line[0])
    return as_csv(("at", "about", "act", "by", "from", "to", "reason"), lines)
