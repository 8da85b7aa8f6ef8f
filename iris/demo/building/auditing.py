"""The audit of one agency: offered, planned, two stages, findings, report, recommendation."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from audits.bodies.models import Auditor
from audits.engagements import services as engagements
from audits.engagements.models import Audit
from audits.engagements.services import IndicatorRating, PlanInput, Refusal
from audits.engagements.states import IntervieweeKind, Notice, Rating, Readiness, Stage
from audits.findings import services as findings
from audits.findings.models import Finding
from audits.findings.services import ActionPlan, FindingText
from audits.findings.states import Verification
from audits.reports import services as reports
from audits.reports.services import ReportText
from certification.standard.models import Indicator
from iris.accounts.models import User
from iris.core import clocks
from iris.demo.building.fieldwork import hold_meeting

if TYPE_CHECKING:
    from iris.demo.building.roads import Road

FINDINGS = (
    (
        "major",
        "B",
        "Two of nine sub-agents have no written contract",
        "The list names nine sub-agents; contracts exist for seven.",
    ),
    (
        "minor",
        "4",
        "Retention period missing from the consent form",
        "The form says what is kept but not for how long.",
    ),
    (
        "observation",
        "3",
        "Contracts are filed by month, not by worker",
        "A worker's papers took eleven minutes to find.",
    ),
    (
        "good_practice",
        "3",
        "Contracts read aloud and recorded before signing",
        "Recordings exist for every worker of the sample.",
    ),
)
CRITICAL = (
    "critical",
    "1",
    "Workers paid for the medical test",
    "Nine of twelve workers paid the clinic; four still had receipts.",
)


class Auditing:
    """One audit's walk, on the road of its agency."""

    def __init__(self, road: "Road") -> None:
        self.road = road
        self.manager = road.world.staff["scheme_manager"]
        auditors = road.world.auditors
        self.lead: Auditor = auditors[road.number % len(auditors)]
        self.auditor: User = self.lead.person
        self.agency: User = road.signatory

    def walk(self) -> None:
        """As far as the road goes."""
        road = self.road
        with road.day(6):
            audit = engagements.offer_audit(
                application_id=road.application_id,
                auditor_id=self.lead.pk,
                staff=12 + road.seed % 40,
                actor=self.manager,
            )
            self.audit_id = audit.pk
        if road.kind == "declined":
            with road.day(6, hours=20):
                refusal = Refusal("No capacity before the spring.")
                engagements.decline_audit(audit_id=self.audit_id, actor=self.auditor, refusal=refusal)
        if road.length >= 7:
            self._plan()
        if road.length >= 8:
            self._stage1()
        if road.length >= 9:
            self._stage2()
        if road.length >= 10:
            self._findings()
        if road.length >= 11:
            self._report()
        if road.length >= 12:
            self._recommend()

    def _key(self) -> dict[str, Any]:
        return {"audit_id": self.audit_id, "actor": self.auditor}

    def _plan(self) -> None:
        with self.road.day(6.5):
            engagements.accept_audit(
                **self._key(), no_conflict=True, text="No work, money or family ties with the agency."
            )
        with self.road.day(7):
            today = clocks.today()
            plan = PlanInput(
                objectives="See whether the agency's management system keeps workers from paying.",
                scope="All corridors of the application, head office and branches.",
                criteria="Edition 1 of the Standard, the law of origin and destination, the agency's declarations.",
                sites="Head office and training branch",
                languages=["en"],
                stage1_on=today + timedelta(days=1),
                stage2_from=today + timedelta(days=2),
                stage2_to=today + timedelta(days=4),
                notice=Notice.SHORT,
                notice_reason="The agency asked for the earliest day.",
                interview_languages=["ne", "en"],
                clash_reason="The days were changed with the other agency.",
            )
            engagements.plan_audit(**self._key(), plan=plan)

    def _stage1(self) -> None:
        with self.road.day(8):
            engagements.start_stage1(**self._key())
            if self.road.length >= 9:
                self._rate(Stage.DESK)
                engagements.close_stage1(
                    **self._key(), readiness=Readiness.READY, text="The documents are in order."
                )

    def _indicators(self) -> list[Indicator]:
        rows = Indicator.objects.filter(criterion__principle__edition=self.road.latest_assessment().edition)
        return list(
            rows.select_related("criterion__principle").order_by(
                "criterion__principle__order", "criterion__order", "order"
            )
        )

    def _rate(self, stage: int) -> None:
        ratings = [IndicatorRating(one.pk, Rating.MEETS, "") for one in self._indicators()]
        engagements.rate_indicators(**self._key(), stage=stage, ratings=ratings)

    def _stage2(self) -> None:
        with self.road.day(9):
            engagements.start_stage2(**self._key())
            counts = {str(kind): (2 + (self.road.seed + i) % 9, "") for i, kind in enumerate(IntervieweeKind)}
            engagements.count_interviews(**self._key(), counts=counts)
            hold_meeting(self.audit_id, self.lead, "opening")

    def _findings(self) -> None:
        road = self.road
        chosen = [FINDINGS[i] for i in range(4) if (road.seed >> i) % 2 or i == 1]
        if road.kind in {"under_findings", "refused"}:
            chosen = [CRITICAL, *FINDINGS]
        with road.day(9.5):
            self.raised = [self._raise(*one) for one in chosen]
            findings.issue_all(**self._key())
        for index, finding in enumerate(self.raised):
            if finding.grade in {"critical", "major", "minor"} and not self._left_open(index):
                self._correct(finding, closes=not (road.kind == "under_findings" and index == 1))

    def _left_open(self, index: int) -> bool:
        """Findings that stay open: the story of an agency under findings, and of one that is refused."""
        return self.road.kind in {"under_findings", "refused"} and index in {0, 3}

    def _raise(self, grade: str, principle: str, title: str, statement: str) -> Finding:
        indicator = next(one for one in self._indicators() if one.criterion.principle.code == principle)
        text = FindingText(
            grade=grade,
            title=title,
            statement=statement,
            evidence="Papers seen on site and interviews of the sample.",
        )
        return findings.raise_finding(**self._key(), indicator_id=indicator.pk, text=text)

    def _correct(self, finding: Finding, *, closes: bool) -> None:
        key: dict[str, Any] = {"finding_id": finding.pk}
        with self.road.day(10):
            plan = ActionPlan(
                root_cause="Nobody was responsible for this record.",
                correction="The record was completed for every worker and partner.",
                action="The compliance manager checks it before the first job order.",
                prevention="The list is compared with payments every month.",
                owner=self.agency.full_name,
                due_on=clocks.today() + timedelta(days=20),
            )
            findings.answer_finding(**key, actor=self.agency, plan=plan)
        with self.road.day(10.3):
            findings.agree_action(**key, actor=self.auditor)
        if closes:
            with self.road.day(10.6):
                paper = SimpleUploadedFile(
                    "proof.txt", b"Proof of correction. A document of the demonstration.\n", "text/plain"
                )
                findings.send_evidence(**key, actor=self.agency, uploads=(paper,))
            with self.road.day(10.9):
                note = "Both contracts are signed; the list is complete."
                findings.close_finding(**key, actor=self.auditor, verification=Verification.DESK, note=note)

    def _report(self) -> None:
        with self.road.day(11):
            hold_meeting(self.audit_id, self.lead, "closing")
            text = ReportText(
                summary="The system works; the records of two branches are thin.",
                strengths="Contracts are read aloud.",
            )
            reports.send_draft(**self._key(), text=text, ended_on=clocks.today())
        if self.road.kind == "disputed":
            with self.road.day(11, hours=30):
                disputed = {self.raised[0].pk: "The record exists; see annex 3 of the handbook."}
                reports.dispute_draft(audit_id=self.audit_id, actor=self.agency, disputes=disputed)

    def _recommend(self) -> None:
        with self.road.day(11.5):
            reports.agree_draft(audit_id=self.audit_id, actor=self.agency)
        with self.road.day(12):
            refuse = self.road.kind == "refused"
            words = (
                "Not yet: workers paid and were not repaid." if refuse else "All that was found is corrected."
            )
            reports.send_final(**self._key(), outcome="refuse" if refuse else "grant", recommendation=words)

    def audit(self) -> Audit:
        """The audit as it is now."""
        return Audit.objects.get(pk=self.audit_id)
