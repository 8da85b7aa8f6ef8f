"""Audit firms, audits and findings, walked to a state by the real services."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from audits.bodies import services as bodies
from audits.bodies.models import AuditFirm, Auditor
from audits.bodies.states import language_table
from audits.engagements import services as engagements
from audits.engagements.models import Audit
from audits.engagements.services import IndicatorRating, PlanInput, Refusal, Size
from audits.engagements.states import AuditState, IntervieweeKind, Notice, Rating, Readiness, Stage
from audits.fieldwork import services as fieldwork
from audits.fieldwork.services import MeetingEntry, Present
from audits.fieldwork.states import MeetingKind, Side
from audits.findings import services as findings
from audits.findings.models import Finding
from audits.findings.services import ActionPlan, FindingText
from audits.findings.states import FindingState, Grade, Verification
from audits.reports import services as reports
from audits.reports.selectors import best_outcome
from audits.reports.services import ReportText
from certification.applications.models import Application
from certification.applications.states import ApplicationState
from certification.certificates import services as certificate_services
from certification.certificates.models import AuditOrder, Certificate
from certification.standard.models import Indicator
from iris.accounts.models import User
from iris.accounts.selectors import people_with_role
from iris.core import clocks
from iris.core.places import COUNTRY_CHOICES, SECTORS
from tests.factories import accounts, agencies, applications, certificates, numbers
from tests.stock import stocked

_numbers = numbers()
EVERYWHERE = [code for code, _name in COUNTRY_CHOICES]


def manager() -> User:
    """The scheme's manager."""
    return applications.staff("scheme_manager")


@stocked
def firm(name: str | None = None) -> AuditFirm:
    """An approved audit firm with a firm manager."""
    organisation = accounts.organisation("audit_firm", name)
    accounts.person(role="firm_manager", organisation=organisation)
    return bodies.approve_firm(organisation_id=organisation.pk, actor=manager(), approved_from=clocks.today())


def member(of: AuditFirm, role: str) -> User:
    """A member of the firm in that role, acting for it."""
    found = people_with_role(role).filter(memberships__organisation=of.organisation).first()
    return found or accounts.person(role=role, organisation=of.organisation)


@stocked
def auditor(
    of: AuditFirm | None = None, *, lead: bool = True, name: str | None = None, **more: object
) -> Auditor:
    """An auditor for every country, sector and language, trained and declared (`fit`), unless told otherwise."""
    of = of or firm()
    person = accounts.person(
        role="lead_auditor" if lead else "auditor", organisation=of.organisation, name=name
    )
    words: dict[str, object] = {
        "lead": lead,
        "languages": list(language_table()[0]),
        "countries": EVERYWHERE,
        "sectors": list(SECTORS),
    }
    approved_from = more.pop("approved_from", clocks.today())
    approved_until = more.pop("approved_until", None)
    fit = bool(more.pop("fit", True))
    made = bodies.approve_auditor(
        firm_id=of.pk,
        person_id=person.pk,
        actor=manager(),
        competence=bodies.Competence(**{**words, **more}),  # type: ignore[arg-type]
        approved_from=approved_from,  # type: ignore[arg-type]
        approved_until=approved_until,  # type: ignore[arg-type]
    )
    if fit:
        make_fit(made)
    return made


def make_fit(auditor: Auditor) -> None:
    """Scheme training and a yearly declaration of today."""
    bodies.record_training(
        auditor_id=auditor.pk, actor=manager(), course="Lead auditor course", passed_on=clocks.today()
    )
    bodies.declare_interests(
        auditor_id=auditor.pk, actor=auditor.person, text="No work, money or family ties with any agency."
    )


_ROAD = [
    AuditState.OFFERED,
    AuditState.ACCEPTED,
    AuditState.PLANNED,
    AuditState.STAGE1,
    AuditState.STAGE1_CLOSED,
    AuditState.STAGE2,
    AuditState.DRAFT_REPORT,
    AuditState.REPORTED,
]
_BRANCH = {
    AuditState.DECLINED: AuditState.OFFERED,
    AuditState.CANCELLED: AuditState.OFFERED,
    AuditState.DISPUTED: AuditState.DRAFT_REPORT,
}


@stocked
def audit(
    state: str = "offered",
    application: Application | None = None,
    lead: Auditor | None = None,
    readiness: str = Readiness.READY,
) -> Audit:
    """An audit in that state, for an accepted application: one step further than one in the state before."""
    wanted = AuditState(state)
    if wanted == AuditState.OFFERED:
        application = application or applications.application(ApplicationState.ACCEPTED)
        lead = lead or auditor()
        made = engagements.offer_audit(
            application_id=application.pk, auditor_id=lead.pk, staff=18, actor=manager()
        )
    elif wanted in _BRANCH:
        made = audit(_BRANCH[wanted].value, application, lead, readiness)
        _turn(made, wanted)
    else:
        made = audit(_ROAD[_ROAD.index(wanted) - 1].value, application, lead, readiness)
        _walk(made, wanted, readiness)
    return again(made)


@stocked
def order(kind: str = "surveillance", certificate: Certificate | None = None, **more: object) -> AuditOrder:
    """An audit that the scheme ordered for a running certificate."""
    certificate = certificate or certificates.certificate("active")
    words: dict[str, object] = {"reason": "The yearly look at the fee ledger.", "actor": manager(), **more}
    return certificate_services.order_audit(certificate_id=certificate.pk, kind=kind, **words)  # type: ignore[arg-type]


@stocked
def ordered(
    state: str = "offered",
    of: AuditOrder | None = None,
    lead: Auditor | None = None,
    principles: Iterable[str] = ("5",),
) -> Audit:
    """An ordered audit in that state; it looks at one short principle unless told otherwise."""
    of = of or order()
    made = engagements.offer_ordered_audit(
        order_id=of.pk,
        auditor_id=(lead or auditor()).pk,
        actor=manager(),
        size=Size(18, Decimal("1.5"), "The occasion."),
        principles=list(principles),
    )
    for step in _ROAD[1 : _ROAD.index(AuditState(state)) + 1]:
        _walk(again(made), step, Readiness.READY)
    return again(made)


def again(audit: Audit) -> Audit:
    """The same audit, read anew."""
    return Audit.objects.select_related("lead__person", "agency__organisation", "firm__organisation").get(
        pk=audit.pk
    )


def lead_of(audit: Audit) -> User:
    """Its lead auditor, acting for the firm."""
    return audit.lead.person


def speaker(audit: Audit) -> User:
    """The agency's signatory."""
    return agencies.signatory(audit.agency)


def plan(audit: Audit, **more: object) -> PlanInput:
    """A plan that starts today at short notice, unless told otherwise."""
    words: dict[str, object] = {
        "objectives": "See whether the agency's management system keeps workers from paying.",
        "scope": "All corridors of the application, head office and branches.",
        "criteria": "Edition 1 of the Standard, the law of origin and destination, the agency's declarations.",
        "sites": "Head office",
        "languages": ["ne", "en"],
        "stage1_on": clocks.today(),
        "stage2_from": clocks.today(),
        "stage2_to": clocks.today(),
        "notice": Notice.SHORT,
        "notice_reason": "The agency asked for the earliest day.",
        "clash_reason": "Both fit into the same day.",
    }
    return PlanInput(**{**words, **more})  # type: ignore[arg-type]


def indicators(audit: Audit) -> list[Indicator]:
    """The indicators of the audited edition in their order."""
    return list(
        Indicator.objects.filter(criterion__principle__edition_id=audit.application.assessment.edition_id)  # type: ignore[union-attr]
        .select_related("criterion")
        .order_by("criterion__principle__order", "criterion__order", "order")
    )


def rate_all(audit: Audit, stage: int, rating: str = Rating.MEETS, note: str = "") -> None:
    """The same rating on every indicator that has to be rated."""
    engagements.rate_indicators(
        audit_id=audit.pk,
        actor=lead_of(audit),
        stage=stage,
        ratings=[IndicatorRating(one.pk, rating, note) for one in audit.indicators_in_scope()],
    )


def count_all(audit: Audit) -> None:
    """Three interviews of each kind."""
    engagements.count_interviews(
        audit_id=audit.pk, actor=lead_of(audit), counts={str(kind): (3, "") for kind in IntervieweeKind}
    )


def walk_on(audit: Audit, step: str, readiness: str = Readiness.READY) -> None:
    """One step further on the road."""
    _walk(again(audit), AuditState(step), readiness)


def hold_meetings(audit: Audit) -> None:
    """The opening and the closing meeting, one person of each side."""
    people = [
        Present("Sabina Tharu", "Managing director", Side.AGENCY),
        Present(audit.lead.person.label, "Lead auditor", Side.AUDITORS),
    ]
    for kind in MeetingKind:
        entry = MeetingEntry(
            held_at=clocks.now(), place="Head office", people=people, explained=["scope", "findings"]
        )
        fieldwork.record_meeting(audit_id=audit.pk, actor=lead_of(audit), kind=kind, entry=entry)


def _walk(audit: Audit, step: AuditState, readiness: str) -> None:
    lead = lead_of(audit)
    if step == AuditState.ACCEPTED:
        engagements.accept_audit(
            audit_id=audit.pk, actor=lead, no_conflict=True, text="No work, money or family ties."
        )
    elif step == AuditState.PLANNED:
        engagements.plan_audit(audit_id=audit.pk, actor=lead, plan=plan(audit))
    elif step == AuditState.STAGE1:
        engagements.start_stage1(audit_id=audit.pk, actor=lead)
    elif step == AuditState.STAGE1_CLOSED:
        rate_all(audit, Stage.DESK)
        engagements.close_stage1(
            audit_id=audit.pk, actor=lead, readiness=readiness, text="The documents are in order."
        )
    elif step == AuditState.STAGE2:
        engagements.start_stage2(audit_id=audit.pk, actor=lead)
        hold_meetings(audit)
    elif step == AuditState.DRAFT_REPORT:
        count_all(audit)
        send_draft(audit)
    else:
        reports.agree_draft(audit_id=audit.pk, actor=speaker(audit))
        send_final(audit)


def _turn(audit: Audit, wanted: AuditState) -> None:
    if wanted == AuditState.DECLINED:
        engagements.decline_audit(
            audit_id=audit.pk, actor=lead_of(audit), refusal=Refusal("No capacity this quarter.")
        )
    elif wanted == AuditState.CANCELLED:
        engagements.cancel_audit(
            audit_id=audit.pk, actor=manager(), reason="The agency objected to the auditor."
        )
    else:
        disputed = finding("issued", audit)
        reports.dispute_draft(
            audit_id=audit.pk, actor=speaker(audit), disputes={disputed.pk: "The record exists; see annex 3."}
        )


def send_draft(audit: Audit) -> None:
    """The draft report goes to the agency."""
    reports.send_draft(
        audit_id=audit.pk,
        actor=lead_of(audit),
        text=ReportText(summary="The system works; the records of two branches are thin."),
        ended_on=clocks.today(),
    )


def send_final(audit: Audit, outcome: str = "") -> None:
    """The final report goes to the scheme; the best that can be recommended unless told otherwise."""
    outcome = outcome or best_outcome(audit)
    reports.send_final(
        audit_id=audit.pk,
        actor=lead_of(audit),
        outcome=outcome,
        recommendation="All that was found is corrected.",
    )


_FINDING_ROAD = [
    FindingState.DRAFT,
    FindingState.ISSUED,
    FindingState.ANSWERED,
    FindingState.ACTION_AGREED,
    FindingState.EVIDENCE_SENT,
    FindingState.CLOSED,
]
_FINDING_BRANCH = {FindingState.RETURNED: FindingState.ANSWERED, FindingState.WITHDRAWN: FindingState.ISSUED}


@stocked
def finding(
    state: str = "draft",
    of: Audit | None = None,
    grade: str = Grade.MAJOR,
    indicator: Indicator | None = None,
) -> Finding:
    """A finding in that state, on an audit in stage 2 unless one is given: one step further than the state before."""
    wanted = FindingState(state)
    if wanted == FindingState.DRAFT:
        of = of or audit(AuditState.STAGE2)
        made = _raised(of, grade, indicator)
    else:
        before = _FINDING_BRANCH.get(wanted) or _FINDING_ROAD[_FINDING_ROAD.index(wanted) - 1]
        made = finding(before.value, of, grade, indicator)
        _walk_finding(made, made.audit, wanted)
    return Finding.objects.select_related("audit__lead__person", "indicator__criterion").get(pk=made.pk)


def _raised(of: Audit, grade: str, indicator: Indicator | None) -> Finding:
    return findings.raise_finding(
        audit_id=of.pk,
        indicator_id=(indicator or indicators(of)[0]).pk,
        actor=lead_of(of),
        text=FindingText(
            grade=grade,
            title="Two of nine sub-agents have no written contract",
            statement="The list names nine sub-agents; contracts exist for seven.",
            evidence="Sub-agent list of 3 November, seven contracts, interviews with two partners.",
        ),
    )


def _walk_finding(made: Finding, of: Audit, step: FindingState) -> None:
    if step == FindingState.ISSUED:
        findings.issue_finding(finding_id=made.pk, actor=lead_of(of))
    elif step == FindingState.ANSWERED:
        findings.answer_finding(finding_id=made.pk, actor=speaker(of), plan=action_plan())
    elif step == FindingState.ACTION_AGREED:
        findings.agree_action(finding_id=made.pk, actor=lead_of(of))
    elif step == FindingState.EVIDENCE_SENT:
        findings.send_evidence(finding_id=made.pk, actor=speaker(of), uploads=(a_file(),))
    elif step == FindingState.RETURNED:
        findings.return_answer(finding_id=made.pk, actor=lead_of(of), reason="The cause is not named.")
    elif step == FindingState.WITHDRAWN:
        findings.withdraw_finding(finding_id=made.pk, actor=lead_of(of), reason="The contracts were shown.")
    else:
        critical = made.grade == Grade.CRITICAL
        if critical:
            contain(made)
        findings.close_finding(
            finding_id=made.pk,
            actor=lead_of(of),
            verification=Verification.SITE if critical else Verification.DESK,
            note="Both contracts are signed.",
        )


def contain(of: Finding, *, accepted: bool = True) -> None:
    """What the agency did at once, and that the auditor accepted it."""
    findings.record_containment(
        finding_id=of.pk,
        actor=speaker(of.audit),
        done="Both sub-agents take no jobs until they signed.",
        done_on=clocks.today(),
    )
    if accepted:
        findings.accept_containment(finding_id=of.pk, actor=lead_of(of.audit))


def action_plan(**more: object) -> ActionPlan:
    """A complete answer to a finding."""
    words: dict[str, object] = {
        "root_cause": "Nobody was responsible for the list of sub-agents.",
        "correction": "Both sub-agents signed the contract.",
        "action": "The compliance manager approves every sub-agent before the first job order.",
        "prevention": "The list is compared with payments every month.",
        "owner": "Compliance manager",
        "due_on": clocks.today(),
    }
    return ActionPlan(**{**words, **more})  # type: ignore[arg-type]


def a_file(name: str = "contract.txt") -> SimpleUploadedFile:
    """A small document."""
    return SimpleUploadedFile(name, f"Contract number {next(_numbers)}.\n".encode(), "text/plain")


@stocked
def reported_audit(
    application: Application | None = None, outcome: str = "grant", grades: Iterable[str] = ()
) -> Audit:
    """An audit that is done: its application is recommended. `grades` leaves findings of these grades open."""
    made = audit(AuditState.DRAFT_REPORT, application)
    for grade in grades:
        finding("issued", made, grade)
    reports.agree_draft(audit_id=made.pk, actor=speaker(made))
    send_final(made, outcome)
    return again(made)
