"""A finding from its draft to its end, and its pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audits.findings import selectors, services
from audits.findings.models import CorrectiveAction, Finding
from audits.findings.services import FindingText
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.notify.models import Notice
from tests.audits.world import NOON, AuditCase
from tests.factories import audits

TODAY = NOON.date()
TEXT = FindingText(
    grade="major", title="No list", statement="There is no list.", evidence="Visit of 3 November."
)


class FindingCase(AuditCase):
    state = "stage2"

    def finding(self, state: str = "draft", grade: str = "major") -> Finding:
        return audits.finding(state, self.audit, grade)

    def read(self, finding: Finding) -> Finding:
        return Finding.objects.select_related("audit").get(pk=finding.pk)

    def test_raise_numbers_per_audit(self) -> None:
        assert [self.finding().number, self.finding().number] == [1, 2]

    def test_raise_by_people_outside_the_team(self) -> None:
        indicator = audits.indicators(self.audit)[0]
        for name, person in self.people().items():
            if name != "lead":
                with pytest.raises(NotPermitted):
                    services.raise_finding(
                        audit_id=self.audit.pk, indicator_id=indicator.pk, actor=person, text=TEXT
                    )

    def test_raise_without_words(self) -> None:
        with pytest.raises(BadInput) as refused:
            services.raise_finding(
                audit_id=self.audit.pk,
                indicator_id=audits.indicators(self.audit)[0].pk,
                actor=self.lead,
                text=FindingText(grade="", title="", statement=" ", evidence=""),
            )
        assert set(refused.value.fields) == {"grade", "title", "statement", "evidence"}

    def test_issue_starts_the_clocks_and_tells_the_agency(self) -> None:
        finding = self.finding("issued", "critical")

        assert (finding.plan_due, finding.contain_due, finding.evidence_due) == (
            TODAY + timedelta(days=7),
            TODAY + timedelta(days=7),
            TODAY + timedelta(days=30),
        )
        assert (
            Notice.objects.get(user=self.speaker, template="audits/finding_issued").url
            == f"/findings/{finding.pk}/"
        )

    def test_issue_of_good_practice_notes_it(self) -> None:
        finding = self.finding(grade="good_practice")

        services.issue_finding(finding_id=finding.pk, actor=self.lead)

        noted = self.read(finding)
        assert (noted.state, noted.plan_due, noted.is_noted) == ("closed", None, True)

    def test_edit_is_for_drafts(self) -> None:
        finding = self.finding("issued")

        with pytest.raises(TransitionRefused):
            services.edit_finding(finding_id=finding.pk, actor=self.lead, text=TEXT)

    def test_answer_without_a_plan_points_at_every_field(self) -> None:
        finding = self.finding("issued")

        with pytest.raises(BadInput) as refused:
            services.answer_finding(
                finding_id=finding.pk,
                actor=self.speaker,
                plan=audits.action_plan(
                    root_cause="", correction="", action="", prevention="", owner="", due_on=None
                ),
            )
        assert len(refused.value.fields) == 6
        assert self.read(finding).state == "issued"

    def test_answer_with_a_day_after_the_evidence_is_due(self) -> None:
        finding = self.finding("issued")
        assert finding.evidence_due is not None

        with pytest.raises(BadInput) as refused:
            services.answer_finding(
                finding_id=finding.pk,
                actor=self.speaker,
                plan=audits.action_plan(due_on=finding.evidence_due + timedelta(days=1)),
            )
        assert "19 February 2027" in str(refused.value.fields["due_on"][0])

    def test_answer_by_a_contributor(self) -> None:
        finding = self.finding("issued")

        with pytest.raises(NotPermitted):
            services.answer_finding(finding_id=finding.pk, actor=self.contributor, plan=audits.action_plan())
        assert not CorrectiveAction.objects.exists()

    def test_answer_twice_tells_who_was_first(self) -> None:
        finding = self.finding("issued")
        with clocks.freeze(NOON + timedelta(hours=1)):
            services.answer_finding(finding_id=finding.pk, actor=self.speaker, plan=audits.action_plan())

        with pytest.raises(Conflict, match=self.speaker.label):
            services.answer_finding(finding_id=finding.pk, actor=self.speaker, plan=audits.action_plan())

    def test_return_answer_needs_a_reason_and_keeps_both_rounds(self) -> None:
        finding = self.finding("answered")
        with pytest.raises(ReasonRequired):
            services.return_answer(finding_id=finding.pk, actor=self.lead, reason="")

        services.return_answer(finding_id=finding.pk, actor=self.lead, reason="The cause is not named.")
        services.answer_finding(finding_id=finding.pk, actor=self.speaker, plan=audits.action_plan())

        states = list(CorrectiveAction.objects.order_by("round").values_list("state", "rejected_reason"))
        assert states == [("rejected", "The cause is not named."), ("planned", "")]
        assert self.read(finding).returned_reason == ""

    def test_database_refuses_a_return_without_a_reason(self) -> None:
        self.finding("returned")

        with pytest.raises(IntegrityError, match="finding_returned_with_reason"), transaction.atomic():
            Finding.objects.update(returned_reason="")
        with pytest.raises(IntegrityError, match="action_rejected_with_reason"), transaction.atomic():
            CorrectiveAction.objects.update(rejected_reason="")

    def test_evidence_before_the_plan_is_agreed(self) -> None:
        finding = self.finding("returned")

        with pytest.raises(TransitionRefused):
            services.send_evidence(finding_id=finding.pk, actor=self.speaker, uploads=(audits.a_file(),))

    def test_evidence_without_a_file(self) -> None:
        finding = self.finding("action_agreed")

        with pytest.raises(TransitionRefused) as refused:
            services.send_evidence(finding_id=finding.pk, actor=self.speaker)
        assert "at least one file" in str(refused.value.missing[0])

    def test_evidence_of_a_wrong_kind(self) -> None:
        finding = self.finding("action_agreed")
        program = SimpleUploadedFile("run.exe", b"MZ\x00\x01" * 20)

        with pytest.raises(BadInput):
            services.send_evidence(finding_id=finding.pk, actor=self.speaker, uploads=(program,))
        assert self.read(finding).state == "action_agreed"

    def test_evidence_sent_back_needs_a_new_file(self) -> None:
        finding = self.finding("evidence_sent")
        with pytest.raises(ReasonRequired):
            services.return_evidence(finding_id=finding.pk, actor=self.lead, reason=" ")
        services.return_evidence(finding_id=finding.pk, actor=self.lead, reason="One contract is unsigned.")

        with clocks.freeze(NOON + timedelta(hours=1)):
            with pytest.raises(TransitionRefused):
                services.send_evidence(finding_id=finding.pk, actor=self.speaker)
            services.send_evidence(finding_id=finding.pk, actor=self.speaker, uploads=(audits.a_file(),))
        assert self.read(finding).state == "evidence_sent"

    def test_close_says_how_it_was_verified(self) -> None:
        finding = self.finding("evidence_sent")
        with pytest.raises(BadInput) as refused:
            services.close_finding(finding_id=finding.pk, actor=self.lead, verification="", note="")
        assert set(refused.value.fields) == {"verification", "note"}

        services.close_finding(
            finding_id=finding.pk, actor=self.lead, verification="site", note="Seen on site."
        )

        assert CorrectiveAction.objects.get().state == "verified"
        with pytest.raises(IntegrityError, match="finding_closed_says_how_verified"), transaction.atomic():
            Finding.objects.update(verification="")

    def test_withdraw_needs_a_reason(self) -> None:
        finding = self.finding("issued")
        with pytest.raises(ReasonRequired):
            services.withdraw_finding(finding_id=finding.pk, actor=self.lead, reason="")

        services.withdraw_finding(finding_id=finding.pk, actor=self.lead, reason="The list was shown.")

        with pytest.raises(IntegrityError, match="finding_withdrawn_with_reason"), transaction.atomic():
            Finding.objects.update(withdrawn_reason="")

    def test_disagreement_keeps_both_sides(self) -> None:
        finding = self.finding("issued")
        services.disagree(finding_id=finding.pk, actor=self.speaker, reason="The list is in annex 3.")
        with pytest.raises(ReasonRequired):
            services.answer_disagreement(finding_id=finding.pk, actor=self.lead, answer="")
        services.answer_disagreement(
            finding_id=finding.pk, actor=self.lead, answer="Annex 3 is of last year."
        )

        kept = self.read(finding)
        assert (kept.disagreement, kept.disagreement_answer) == (
            "The list is in annex 3.",
            "Annex 3 is of last year.",
        )
        assert kept.state == "issued"

    def test_regrade_counts_the_clocks_anew_with_a_reason(self) -> None:
        finding = self.finding("issued", "major")
        with pytest.raises(ReasonRequired):
            services.regrade_finding(finding_id=finding.pk, actor=self.lead, grade="critical", reason="")

        services.regrade_finding(
            finding_id=finding.pk, actor=self.lead, grade="critical", reason="Workers paid."
        )

        assert self.read(finding).evidence_due == TODAY + timedelta(days=30)

    def test_late_is_derived_from_the_date(self) -> None:
        finding = self.finding("issued")

        assert not finding.is_late
        with clocks.freeze(NOON + timedelta(days=15)):
            assert self.read(finding).is_late

    def test_blockers_are_open_criticals_and_majors(self) -> None:
        for grade, state in (
            ("critical", "issued"),
            ("major", "draft"),
            ("major", "closed"),
            ("minor", "issued"),
        ):
            self.finding(state, grade)

        found = selectors.blockers(self.audit)

        assert ([one.number for one in found.critical], [one.number for one in found.major]) == ([1], [2])

    def test_five_minors_on_one_criterion_block(self) -> None:
        for _number in range(4):
            self.finding("issued", "minor")
        assert not selectors.blockers(self.audit).any
        self.finding("issued", "minor")

        assert selectors.blockers(self.audit).open_major == 1

    def test_pages_are_for_both_sides_and_the_scheme(self) -> None:
        draft, issued = self.finding(), self.finding("issued")
        for name, person in self.people().items():
            self.client.force_login(person)
            seen = [self.client.get(f"/findings/{one.pk}/").status_code for one in (draft, issued)]
            expected = {
                "lead": [200, 200],
                "firm_manager": [200, 200],
                "manager": [200, 200],
                "decider": [200, 200],
                "speaker": [404, 200],
                "contributor": [404, 200],
            }.get(name, [404, 404])
            assert seen == expected, name

    def test_act_pages_are_offered_to_those_who_may(self) -> None:
        finding = self.finding("issued")
        for person, word in ((self.speaker, "answer"), (self.lead, "withdraw")):
            self.client.force_login(person)
            page = self.client.get(f"/findings/{finding.pk}/").content.decode()
            assert f"/findings/{finding.pk}/{word}/" in page
        self.client.force_login(self.contributor)
        assert (
            f"/findings/{finding.pk}/answer/"
            not in self.client.get(f"/findings/{finding.pk}/").content.decode()
        )

    def test_answer_page_keeps_what_was_typed(self) -> None:
        finding = self.finding("issued")
        self.client.force_login(self.speaker)

        answer = self.client.post(f"/findings/{finding.pk}/answer/", {"root_cause": "Nobody kept the list."})

        assert answer.status_code == 422
        assert "Nobody kept the list." in answer.content.decode()

    def test_answer_page_after_a_return_holds_the_last_answer(self) -> None:
        finding = self.finding("returned")
        self.client.force_login(self.speaker)

        page = self.client.get(f"/findings/{finding.pk}/answer/").content.decode()

        assert "Nobody was responsible for the list of sub-agents.</textarea>" in page
        assert "The cause is not named." in page

    def test_pages_walk_a_finding_to_its_end(self) -> None:
        finding = self.finding()
        at = f"/findings/{finding.pk}/"
        plan = {
            "root_cause": "a",
            "correction": "b",
            "action": "c",
            "prevention": "d",
            "owner": "e",
            "due_on": TODAY.isoformat(),
        }
        steps = [
            (self.lead, "issue", {}, "issued"),
            (self.speaker, "answer", plan, "answered"),
            (self.lead, "agree", {}, "action_agreed"),
            (self.speaker, "send-evidence", {"file": audits.a_file()}, "evidence_sent"),
            (self.lead, "return-evidence", {"reason": "Unsigned."}, "returned"),
            (self.speaker, "answer", plan, "answered"),
            (self.lead, "return", {"reason": "Again the same."}, "returned"),
            (self.speaker, "answer", plan, "answered"),
            (self.lead, "agree", {}, "action_agreed"),
            (self.speaker, "send-evidence", {"file": audits.a_file()}, "evidence_sent"),
            (self.lead, "close", {"verification": "desk", "note": "Signed."}, "closed"),
        ]
        for person, name, data, state in steps:
            self.client.force_login(person)
            assert self.client.get(f"{at}{name}/").status_code == 200, name
            assert self.client.post(f"{at}{name}/", data).status_code == 302, name
            assert self.read(finding).state == state

    def test_files_are_for_those_who_see_the_finding(self) -> None:
        finding = self.finding("evidence_sent")
        file = CorrectiveAction.objects.get().files.get()
        for person, status in (
            (self.lead, 200),
            (self.speaker, 200),
            (self.employer, 404),
            (self.other_agency, 404),
        ):
            self.client.force_login(person)
            assert self.client.get(f"/findings/{finding.pk}/files/{file.pk}/").status_code == status

    def test_list_needs_as_many_queries_for_four_as_for_one(self) -> None:
        self.finding("answered")
        self.client.force_login(self.speaker)
        with CaptureQueriesContext(connection) as one:
            self.client.get("/findings/")
        for _number in range(3):
            self.finding("answered")
        with CaptureQueriesContext(connection) as four:
            self.client.get("/findings/")

        assert len(four) <= len(one) <= 20

    def test_todos_are_of_those_whose_move_it_is(self) -> None:
        self.finding("issued")
        answered = self.finding("answered")

        assert [todo.url for todo in selectors.todos_for(self.lead)] == [f"/findings/{answered.pk}/"]
        assert len(selectors.todos_for(self.speaker)) == 1
        assert selectors.todos_for(self.contributor) == []
