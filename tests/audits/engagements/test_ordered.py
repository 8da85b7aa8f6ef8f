"""Audits that the scheme orders: days, scope, who hears when, what is handed over; closing findings on site."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from audits.engagements import selectors, services
from audits.engagements.models import Audit
from audits.engagements.rules import audit_days
from audits.engagements.services import Refusal, Size
from audits.findings import services as findings
from audits.findings.states import Grade
from audits.reports import services as reports
from audits.reports.models import Report
from certification.applications.models import Application
from certification.assessments.models import Evidence
from certification.certificates import services as certificate_services
from certification.certificates.models import AuditOrder, Certificate
from certification.decisions.selectors import barred
from certification.standard.models import Indicator
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.notify.models import Notice
from tests.audits.world import NOON, AuditCase
from tests.factories import agencies, applications, assessments, audits, certificates


@pytest.mark.parametrize(
    ("staff", "branches", "corridors", "initial", "recertification", "surveillance"),
    [
        # 18 staff: 3 days. Two thirds: 2. One third: 1.
        (18, 0, 1, "3", "2", "1"),
        # 11 staff: 2.5 days. Two thirds: 1.67, up to 2. One third: 0.83, up to 1.
        (11, 0, 1, "2.5", "2", "1"),
        # 30 staff: 4 days. Two thirds: 2.67, up to 3. One third: 1.33, up to 1.5.
        (30, 0, 1, "4", "3", "1.5"),
        # 26 staff, 2 branches, 3 corridors: 4 + 1 + 1 = 6 days. Two thirds: 4. One third: 2.
        (26, 2, 3, "6", "4", "2"),
        # 430 staff, 1 branch, 2 corridors: 11 + 0.5 + 0.5 = 12 days. Two thirds: 8. One third: 4.
        (430, 1, 2, "12", "8", "4"),
    ],
)
def test_days_by_kind(
    staff: int, branches: int, corridors: int, initial: str, recertification: str, surveillance: str
) -> None:
    size = (staff, branches, corridors)

    assert audit_days(*size).total == Decimal(initial)
    assert audit_days(*size, kind="recertification").total == Decimal(recertification)
    assert audit_days(*size, kind="surveillance").total == Decimal(surveillance)
    assert audit_days(*size, kind="special").total == audit_days(*size, kind="closure").total == 0


class OrderCase(AuditCase):
    """A certificate for which audits are ordered."""

    certificate: Certificate
    order: AuditOrder

    @classmethod
    def build(cls) -> None:
        cls.manager = audits.manager()
        cls.certificate = certificates.certificate("active")
        cls.auditor = audits.auditor(name="Ilse Obuya")
        cls.lead = cls.auditor.person
        cls.speaker = agencies.signatory(cls.certificate.agency)
        cls.order = audits.order("surveillance", cls.certificate)

    def offer(self, order: AuditOrder | None = None, **more: object) -> Audit:
        words = {"actor": self.manager, "size": Size(18), "auditor_id": self.auditor.pk, **more}
        return services.offer_ordered_audit(order_id=(order or self.order).pk, **words)  # type: ignore[arg-type]

    def test_surveillance_takes_a_third_and_looks_at_three_principles(self) -> None:
        audit = self.offer()

        assert (audit.kind, audit.days, audit.scope_principles) == ("surveillance", 1, ["A", "B", "1"])
        total = Indicator.objects.filter(
            criterion__principle__edition_id=audit.assessment.edition_id,
            criterion__principle__code__in=["A", "B", "1"],
        ).count()
        assert audit.unrated_count(1) == total > 0

    def test_surveillance_looks_again_where_a_finding_was(self) -> None:
        code = self._earlier_finding()

        audit = self.offer()

        assert audit.scope_indicators == [code]
        principle = next(row for row in selectors.progress(audit, 1) if row.principle.code == "4")
        assert (principle.total, principle.rated) == (1, 0)
        assert audit.indicators_in_scope().filter(code=code).exists()

    def _earlier_finding(self) -> str:
        earlier = audits.ordered("draft_report", audits.order("special", self.certificate), self.auditor)
        one = next(i for i in audits.indicators(earlier) if i.criterion.principle.code == "4")
        audits.finding("issued", earlier, Grade.MINOR, one)
        reports.agree_draft(audit_id=earlier.pk, actor=self.speaker)
        audits.send_final(audits.again(earlier))
        return one.code

    def test_stage_1_reads_the_audit_before_and_what_is_alike_elsewhere(self) -> None:
        self._earlier_finding()
        other = agencies.agency()
        theirs = assessments.evidence(other, "Somebody else's title")
        Evidence.objects.create(
            agency=self.certificate.agency, file=theirs.file, title="Policy on fees", added_by=self.speaker
        )
        audit = audits.ordered("stage1", self.order, self.auditor)
        self.client.force_login(self.lead)

        page = self.client.get(f"/audits/{audit.pk}/stage-1/").content.decode()

        assert "The audit before" in page
        assert "Two of nine sub-agents have no written contract" in page
        assert "Policy on fees" in page
        assert other.legal_name not in page

    def test_offer_is_for_the_manager(self) -> None:
        for person in (applications.screener(), self.lead, self.speaker):
            with pytest.raises(NotPermitted):
                self.offer(actor=person)

    def test_offer_twice_names_who_is_asked(self) -> None:
        self.offer()

        with pytest.raises(Conflict, match="Already offered to Ilse Obuya"):
            self.offer()
        with pytest.raises(IntegrityError), transaction.atomic():
            Audit.objects.create(
                number="X",
                kind="surveillance",
                order=self.order,
                application=self.certificate.application,
                agency=self.certificate.agency,
                firm=self.auditor.firm,
                lead=self.auditor,
                staff=1,
                branches=0,
                corridors=1,
                days_by_table=1,
                days=1,
            )

    def test_kind_and_order_go_together_in_the_database(self) -> None:
        audit = self.offer()

        for wrong in ("initial", "closure"):
            with pytest.raises(IntegrityError), transaction.atomic():
                Audit.objects.filter(pk=audit.pk).update(kind=wrong)

    def test_offer_with_a_principle_the_edition_does_not_have(self) -> None:
        with pytest.raises(BadInput) as refused:
            self.offer(principles=["1", "9"])
        assert "no principle 9" in str(refused.value.fields["principles"][0])

    def test_offer_of_an_order_that_is_over(self) -> None:
        certificate_services.cancel_audit(order_id=self.order.pk, actor=self.manager, reason="Not needed.")

        with pytest.raises(Conflict, match="cancelled"):
            self.offer()

    def test_special_audit_needs_its_days_and_why(self) -> None:
        special = audits.order("special", self.certificate)

        with pytest.raises(BadInput):
            self.offer(special)
        with pytest.raises(ReasonRequired):
            self.offer(special, size=Size(18, Decimal("2")))
        audit = self.offer(special, size=Size(18, Decimal("2"), "Two corridors are in question."))

        assert (audit.kind, audit.days_by_table, audit.days) == ("special", 0, 2)

    def test_orders_wait_until_somebody_is_asked(self) -> None:
        assert [todo.what for todo in selectors.todos_for(self.manager)] == [
            f"Surveillance audit, {self.certificate.number}"
        ]
        audit = self.offer()
        assert list(selectors.orders_to_assign()) == []
        assert selectors.todos_for(self.manager) == []
        services.decline_audit(audit_id=audit.pk, actor=self.lead, refusal=Refusal("No time."))
        assert list(selectors.orders_to_assign()) == [self.order]

    def test_accept_leaves_the_application_alone(self) -> None:
        audit = self.offer()
        before = Application.objects.get(pk=audit.application_id).state

        services.accept_audit(audit_id=audit.pk, actor=self.lead, no_conflict=True, text="No ties.")

        application = Application.objects.get(pk=audit.application_id)
        assert application.state == before == "granted"
        assert application.accesses.filter(organisation=self.auditor.firm.organisation).exists()
        assert not Notice.objects.filter(user=self.speaker, template="audits/named").exists()
        assert selectors.live_audit_of(audit.application_id) is None

    def test_short_notice_audit_is_hidden_until_its_day(self) -> None:
        order = audits.order("short_notice", self.certificate)
        audit = audits.ordered("planned", order, self.auditor)
        self.client.force_login(self.speaker)

        assert audit.told_on == order.told_from
        assert not Notice.objects.filter(user=self.speaker, template__startswith="audits/").exists()
        assert self.client.get(f"/audits/{audit.pk}/").status_code == 404
        assert audit.number not in self.client.get("/audits/").content.decode()

        with clocks.freeze(NOON + (order.told_from - NOON.date())):
            self.client.force_login(self.speaker)
            assert self.client.get(f"/audits/{audit.pk}/").status_code == 200

    def test_cancel_while_the_order_stands(self) -> None:
        audit = audits.ordered("accepted", self.order, self.auditor)

        with pytest.raises(TransitionRefused) as refused:
            services.cancel_audit(audit_id=audit.pk, actor=self.manager, reason="No.")
        assert "missed" in str(refused.value.missing[0])
        certificate_services.record_audit_missed(
            order_id=self.order.pk, actor=self.manager, reason="The agency refused."
        )
        services.cancel_audit(audit_id=audit.pk, actor=self.manager, reason="The agency refused.")
        assert audits.again(audit).state == "cancelled"


class HandOverCase(AuditCase):
    """An ordered audit whose draft report is out."""

    order: AuditOrder

    @classmethod
    def build(cls) -> None:
        cls.manager = audits.manager()
        cls.order = audits.order("surveillance")
        cls.auditor = audits.auditor(name="Ilse Obuya")
        cls.lead = cls.auditor.person
        cls.audit = audits.ordered("draft_report", cls.order, cls.auditor)
        cls.speaker = audits.speaker(cls.audit)

    def final(self, outcome: str) -> Report:
        reports.agree_draft(audit_id=self.audit.pk, actor=self.speaker)
        return reports.send_final(
            audit_id=self.audit.pk, actor=self.lead, outcome=outcome, recommendation="As the findings say."
        )

    def held(self) -> AuditOrder:
        return AuditOrder.objects.get(pk=self.order.pk)

    def test_clear_audit_holds_the_order_and_its_window(self) -> None:
        self.final("keep")

        order = self.held()
        assert (order.state, order.outcome, order.held_on) == ("held", "clear", NOON.date())
        assert order.window is not None
        assert order.window.state == "held"
        assert self.audit.number in order.note
        assert order.firm_id == self.auditor.firm.organisation_id
        assert Application.objects.get(pk=self.audit.application_id).state == "granted"
        assert [bar.kind for bar in barred(self.audit.agency, self.lead)] == ["audited"]
        assert Notice.objects.filter(user=self.manager, template="audits/ordered_done").exists()

    def test_open_minor_means_findings(self) -> None:
        audits.finding("issued", self.audit, Grade.MINOR)

        self.final("keep")

        assert self.held().outcome == "findings"

    def test_critical_cannot_end_with_keep_and_tells_the_scheme(self) -> None:
        audits.finding("issued", self.audit, Grade.CRITICAL)

        with transaction.atomic(), pytest.raises(TransitionRefused) as refused:
            self.final("keep")
        assert refused.value.code == "keep_refused"
        reports.send_final(
            audit_id=self.audit.pk, actor=self.lead, outcome="suspend", recommendation="Workers pay again."
        )

        assert self.held().outcome == "critical"
        assert Notice.objects.filter(user=self.manager, template="certificates/audit_critical").exists()

    def test_grant_is_no_outcome_of_an_ordered_audit(self) -> None:
        with pytest.raises(BadInput) as refused:
            self.final("grant")
        assert "outcome" in refused.value.fields

    def test_order_settled_by_hand_is_not_written_twice(self) -> None:
        certificate_services.record_audit_held(
            order_id=self.order.pk,
            actor=self.manager,
            held_on=NOON.date(),
            outcome="findings",
            note="By phone.",
        )

        self.final("keep")

        assert (self.held().outcome, self.held().note) == ("findings", "By phone.")
        assert audits.again(self.audit).state == "reported"

    def test_previous_audit_is_the_last_one_reported(self) -> None:
        self.final("keep")
        later = audits.ordered("offered", audits.order("special", self.order.certificate), self.auditor)

        assert selectors.previous_audit_of(later) == self.audit
        assert selectors.previous_audit_of(self.audit) is None


class ClosureCase(AuditCase):
    """A major that stays open for months is closed on site by another firm."""

    other: Audit

    @classmethod
    def build(cls) -> None:
        cls.manager = audits.manager()
        cls.auditor = audits.auditor()
        cls.audit = audits.ordered("draft_report", audits.order("special"), cls.auditor)
        cls.finding = audits.finding("evidence_sent", cls.audit, Grade.MAJOR)
        cls.speaker = audits.speaker(cls.audit)
        reports.agree_draft(audit_id=cls.audit.pk, actor=cls.speaker)
        audits.send_final(audits.again(cls.audit))
        cls.closer = audits.auditor(name="Tereza Halvorsen")

    def offer(self) -> Audit:
        return services.offer_closure_audit(
            audit_id=self.audit.pk,
            auditor_id=self.closer.pk,
            actor=self.manager,
            size=Size(18, Decimal("1"), "One office."),
        )

    def test_closure_waits_for_the_time_to_correct(self) -> None:
        with pytest.raises(TransitionRefused, match="21 February 2027"):
            self.offer()

    def test_closure_verifies_and_ends_with_what_was_closed(self) -> None:
        with clocks.freeze(NOON + timedelta(days=100)):
            assert selectors.awaiting_closure() == [self.audit]
            made = self.offer()
            with pytest.raises(Conflict, match="Tereza Halvorsen"):
                self.offer()
            for step in ("accepted", "planned", "stage1", "stage1_closed", "stage2"):
                audits.walk_on(made, step)
            with pytest.raises(NotPermitted):
                self._close(self.speaker)
            self._close(self.closer.person)
            audits.walk_on(made, "draft_report")
            reports.agree_draft(audit_id=made.pk, actor=self.speaker)
            audits.send_final(audits.again(made))

            [row] = Report.objects.get(audit=made).verified
            assert (row["number"], row["closed"]) == (1, True)
            assert selectors.awaiting_closure() == []
            assert made.scope_indicators == [self.finding.indicator.code]
            assert made.unrated_count(2) == 0

    def _close(self, person: object) -> None:
        findings.close_finding(
            finding_id=self.finding.pk,
            actor=person,
            verification="site",
            note="Both contracts seen.",  # type: ignore[arg-type]
        )

    def test_closed_is_refused_while_a_major_is_open(self) -> None:
        with clocks.freeze(NOON + timedelta(days=100)):
            made = self.offer()
            for step in ("accepted", "planned", "stage1", "stage1_closed", "stage2", "draft_report"):
                audits.walk_on(made, step)
            reports.agree_draft(audit_id=made.pk, actor=self.speaker)
            with pytest.raises(TransitionRefused) as refused:
                audits.send_final(audits.again(made), "closed")
            assert refused.value.code == "closed_refused"
            audits.send_final(audits.again(made), "still_open")
            [row] = Report.objects.get(audit=made).verified
            assert row["closed"] is False
