"""Grades as data: floors, repeated minors, minors that count as a major, minors still open at the next audit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from audits.engagements.models import Audit
from audits.findings import rules, selectors, services
from audits.findings.models import Escalation, Finding
from audits.findings.rules.grades import _versions
from audits.findings.services import FindingText
from audits.findings.states import (
    ActionState,
    Clock,
    ContainmentState,
    ExtensionState,
    FindingState,
    Grade,
    Verification,
)
from audits.reports.states import Outcome
from certification.standard.models import Indicator
from iris.core import clocks
from iris.core.errors import BadInput, TransitionRefused
from iris.notify.models import Notice
from tests.audits.world import NOON, AuditCase
from tests.factories import audits


class GradingCase(AuditCase):
    state = "stage2"

    def indicator(self, code: str) -> Indicator:
        return next(one for one in audits.indicators(self.audit) if one.code == code)

    def raised(self, code: str, grade: str, reason: str = "") -> Finding:
        return services.raise_finding(
            audit_id=self.audit.pk,
            indicator_id=self.indicator(code).pk,
            actor=self.lead,
            text=FindingText(grade, "A fee", "One worker paid.", "Receipt of 3 November.", reason),
        )

    def test_every_code_of_the_data_is_in_the_edition_it_names(self) -> None:
        codes = {one.code for one in audits.indicators(self.audit)}
        named = {code for floor in rules.terms().floors for code in floor.indicators}

        assert named <= codes
        assert {floor.why for floor in rules.terms().floors} == {
            "Workers paid",
            "Documents are held back",
            "A child may be involved",
            "An indicator of forced labour",
        }

    def test_fees_documents_children_and_force_are_suggested_as_critical(self) -> None:
        for code in ("1.1.3", "2.1.1", "A.3.2", "A.2.2"):
            assert selectors.suggestion_for(self.audit, self.indicator(code)).grade == "critical", code
        assert selectors.suggestion_for(self.audit, self.indicator("4.1.1")).floor is None

    def test_a_lower_grade_needs_a_reason_that_stays(self) -> None:
        with pytest.raises(BadInput) as refused:
            self.raised("1.1.3", "major")
        assert "at least critical (workers paid)" in str(refused.value.fields["grade_reason"][0])

        made = self.raised("1.1.3", "major", "Paid before the agency existed; repaid the same week.")

        assert (made.grade, made.grade_reason[:4]) == ("major", "Paid")
        assert self.raised("4.1.1", "minor", "Needless words.").grade_reason == ""

    def test_good_practice_is_never_below(self) -> None:
        assert self.raised("1.1.3", "good_practice").grade_reason == ""
        with pytest.raises(BadInput):
            self.raised("1.1.3", "observation")

    def test_five_minors_become_an_escalation_that_both_sides_hear_of_and_that_ends(self) -> None:
        minors = [audits.finding("issued", self.audit, "minor") for _n in range(4)]
        assert not Escalation.objects.exists()
        minors.append(audits.finding("issued", self.audit, "minor"))

        row = Escalation.objects.get()
        assert (row.state, row.kind, row.due_on) == ("escalated", "minors", date(2027, 2, 19))
        assert set(row.findings.all()) == set(minors)
        assert selectors.blockers(self.audit).escalated == {minors[0].indicator.criterion.code: 5}
        for person in (self.speaker, self.lead):
            assert Notice.objects.filter(user=person, template="audits/minors_escalated").count() == 1

        services.escalate_overdue()
        services.withdraw_finding(finding_id=minors[0].pk, actor=self.lead, reason="The record was shown.")

        assert Escalation.objects.get().state == "ended"
        assert not selectors.blockers(self.audit).any
        assert Notice.objects.filter(user=self.speaker, template="audits/minors_eased").count() == 1
        audits.finding("issued", self.audit, "minor")
        assert selectors.blockers(self.audit).open_major == 1

    def test_nothing_offers_to_accept_a_risk(self) -> None:
        for texts in (
            FindingState,
            ActionState,
            ContainmentState,
            ExtensionState,
            Verification,
            Outcome,
            Grade,
        ):
            for member in texts:
                assert "risk" not in f"{member.value} {member.label}".lower(), member

    def test_what_is_seen_on_site_is_not_closed_on_the_desk(self) -> None:
        made = audits.finding("evidence_sent", self.audit, "critical")
        audits.contain(made)
        assert made.on_site

        with pytest.raises(BadInput) as refused:
            services.close_finding(finding_id=made.pk, actor=self.lead, verification="desk", note="Seen.")
        assert "on site" in str(refused.value.fields["verification"][0])
        services.close_finding(finding_id=made.pk, actor=self.lead, verification="site", note="Seen.")

    def test_an_auditor_may_ask_to_see_a_major_on_site(self) -> None:
        made = audits.finding("answered", self.audit, "major")

        services.agree_action(finding_id=made.pk, actor=self.lead, on_site=True)

        assert Finding.objects.get(pk=made.pk).on_site


@pytest.fixture
def next_audit(monkeypatch: pytest.MonkeyPatch) -> tuple[Audit, Finding]:
    """An audit of another case whose last audit is said to be the one with an open minor."""
    with clocks.freeze(NOON):
        before = audits.audit("stage2")
        earlier = audits.finding("issued", before, "minor")
        audit = audits.audit("stage2")
    monkeypatch.setattr("audits.findings.selectors.grading.previous_audit_of", lambda of: before)
    return audit, earlier


@pytest.mark.django_db
def test_a_repeated_minor_is_suggested_and_only_issued_as_a_major(next_audit: tuple[Audit, Finding]) -> None:
    audit, earlier = next_audit
    lead = audits.lead_of(audit)
    found = selectors.suggestion_for(audit, earlier.indicator)
    assert (found.grade, found.repeats) == ("major", earlier)

    made = audits.finding("draft", audit, "minor")
    assert made.repeats == earlier
    with pytest.raises(TransitionRefused) as refused:
        services.issue_finding(finding_id=made.pk, actor=lead)
    assert refused.value.code == "repeated_minor"
    assert f"repeats minor 1 of audit {earlier.audit.number}" in str(refused.value.missing[0])

    services.edit_finding(
        finding_id=made.pk, actor=lead, text=FindingText("major", "No list", "No list.", "Visit.")
    )
    issued = services.issue_finding(finding_id=made.pk, actor=lead)
    with pytest.raises(BadInput):
        services.regrade_finding(finding_id=issued.pk, actor=lead, grade="minor", reason="Small.")


@pytest.mark.django_db
def test_an_open_minor_becomes_a_major_of_the_next_audit_and_both_close_together(
    next_audit: tuple[Audit, Finding],
) -> None:
    audit, earlier = next_audit
    lead = audits.lead_of(audit)
    with clocks.freeze(NOON + timedelta(hours=1)):
        [made] = services.carry_open_minors(audit_id=audit.pk, actor=lead)
        assert services.carry_open_minors(audit_id=audit.pk, actor=lead) == []
        assert (made.grade, made.repeats, made.state) == ("major", earlier, "draft")
        carried = Finding.objects.get(pk=earlier.pk)
        assert (carried.carried_to, carried.running) == (made, {})

        services.issue_finding(finding_id=made.pk, actor=lead)
        speaker = audits.speaker(audit)
        services.answer_finding(finding_id=made.pk, actor=speaker, plan=audits.action_plan())
        services.agree_action(finding_id=made.pk, actor=lead)
        services.send_evidence(finding_id=made.pk, actor=speaker, uploads=(audits.a_file(),))
        services.close_finding(finding_id=made.pk, actor=lead, verification="desk", note="Seen.")

    closed = Finding.objects.get(pk=earlier.pk)
    assert (closed.state, closed.verification) == ("closed", "desk")
    assert closed.verification_note == f"Closed with finding 1 of audit {audit.number}."


@pytest.mark.django_db
def test_a_carried_minor_goes_on_when_the_later_finding_is_taken_back(
    next_audit: tuple[Audit, Finding],
) -> None:
    audit, earlier = next_audit
    lead = audits.lead_of(audit)
    [made] = services.carry_open_minors(audit_id=audit.pk, actor=lead)

    services.withdraw_finding(finding_id=made.pk, actor=lead, reason="It was closed by a letter.")

    assert list(Finding.objects.get(pk=earlier.pk).running) == [Clock.PLAN]


def test_terms_are_chosen_by_their_day() -> None:
    assert rules.terms(date(2026, 1, 1)) is _versions()[0]


@pytest.mark.parametrize(
    ("grade", "on", "contain", "plan", "evidence"),
    [
        # 29 January 2028 + 7 = 5 February; + 30 = 28 February, 29 is a leap day that is not reached
        ("critical", date(2028, 1, 29), date(2028, 2, 5), date(2028, 2, 5), date(2028, 2, 28)),
        # 30 January 2028 + 30: two days to the end of January, then 28: 28 + 1 = 29 February, the leap day
        ("critical", date(2028, 1, 30), date(2028, 2, 6), date(2028, 2, 6), date(2028, 2, 29)),
        # 30 January 2027 + 30: no leap day, so 1 March
        ("critical", date(2027, 1, 30), date(2027, 2, 6), date(2027, 2, 6), date(2027, 3, 1)),
        # 31 December 2026 + 14 = 14 January; + 90 = 31 (31 Jan) + 28 (28 Feb) + 31 (31 Mar) = 90: 31 March 2027
        ("major", date(2026, 12, 31), None, date(2027, 1, 14), date(2027, 3, 31)),
        # 31 August 2027 + 180: Sep 30, Oct 31, Nov 30, Dec 31, Jan 31 make 153, 27 more: 27 February 2028
        ("minor", date(2027, 8, 31), None, date(2027, 9, 14), date(2028, 2, 27)),
    ],
)
def test_clocks_over_ends_of_months_and_leap_days(
    grade: str, on: date, contain: date | None, plan: date, evidence: date
) -> None:
    assert rules.contain_due(grade, on) == contain
    assert rules.plan_due(grade, on) == plan
    assert rules.evidence_due(grade, on) == evidence
