"""Containment, more time, overdue clocks, and both sides of a disagreement."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection, transaction

from audits.findings import selectors, services
from audits.findings.models import Containment, Escalation, Extension, Finding, Position
from audits.findings.states import ExtensionState
from certification.decisions import services as decisions
from certification.decisions.states import BarKind
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.outbox import run_sweep
from iris.notify.models import Notice
from tests.audits.world import NOON, AuditCase
from tests.factories import accounts, audits
from tests.tables import moves_let_through

TODAY = NOON.date()


def later(days: int) -> AbstractContextManager[datetime]:
    return clocks.freeze(NOON + timedelta(days=days))


class TimeCase(AuditCase):
    state = "stage2"

    def finding(self, state: str = "issued", grade: str = "major") -> Finding:
        return audits.finding(state, self.audit, grade)

    def read(self, finding: Finding) -> Finding:
        return Finding.objects.get(pk=finding.pk)

    def ask(self, finding: Finding, clock: str = "plan", days: int = 21, **more: object) -> Extension:
        words = {"actor": self.speaker, "reason": "The branch is closed for a feast.", **more}
        return services.ask_extension(
            finding_id=finding.pk,
            clock=clock,
            wanted=TODAY + timedelta(days=days),
            **words,  # type: ignore[arg-type]
        )

    def grant(self, wish: Extension, **more: object) -> Extension:
        words = {"actor": self.decider, "grant": True, "reason": "The feast is known.", **more}
        return services.decide_extension(extension_id=wish.pk, **words)  # type: ignore[arg-type]

    # containment

    def test_containment_rests_the_clock_until_it_is_sent_back(self) -> None:
        finding = self.finding(grade="critical")
        audits.contain(finding, accepted=False)
        assert list(self.read(finding).running) == ["plan"]

        with pytest.raises(ReasonRequired):
            services.return_containment(finding_id=finding.pk, actor=self.lead, reason=" ")
        services.return_containment(finding_id=finding.pk, actor=self.lead, reason="Nobody was told.")

        assert list(self.read(finding).running) == ["containment", "plan"]
        audits.contain(finding)
        assert list(Containment.objects.values_list("round", "state")) == [(1, "returned"), (2, "accepted")]

    def test_containment_asks_what_and_when(self) -> None:
        finding = self.finding(grade="critical")
        for day in (None, TODAY + timedelta(days=1)):
            with pytest.raises(BadInput) as refused:
                services.record_containment(finding_id=finding.pk, actor=self.speaker, done=" ", done_on=day)
            assert set(refused.value.fields) == {"done", "done_on"}

    def test_containment_is_for_criticals_and_once_at_a_time(self) -> None:
        with pytest.raises(TransitionRefused):
            audits.contain(self.finding())
        finding = self.finding(grade="critical")
        audits.contain(finding, accepted=False)
        with pytest.raises(TransitionRefused, match="with the auditors already"):
            audits.contain(finding)

    def test_a_critical_is_not_closed_before_its_containment_is_accepted(self) -> None:
        finding = self.finding("evidence_sent", "critical")
        audits.contain(finding, accepted=False)

        with pytest.raises(TransitionRefused) as refused:
            services.close_finding(finding_id=finding.pk, actor=self.lead, verification="site", note="Seen.")
        assert "containment" in str(refused.value.missing[0])

    # more time

    def test_more_time_is_asked_granted_and_moves_the_day(self) -> None:
        finding = self.finding()
        wish = self.ask(finding)
        assert [one.url for one in selectors.todos_for(self.decider)] == [
            f"/findings/{finding.pk}/time/{wish.pk}/"
        ]
        assert self.read(finding).plan_due == TODAY + timedelta(days=14)

        self.grant(wish, until=TODAY + timedelta(days=20))

        moved = self.read(finding)
        assert (moved.plan_due, moved.first_plan_due) == (
            TODAY + timedelta(days=20),
            TODAY + timedelta(days=14),
        )
        for person in (self.speaker, self.lead):
            assert Notice.objects.filter(user=person, template="audits/extension_granted").count() == 1
        with pytest.raises(Conflict, match=self.decider.label):
            self.grant(wish)

    def test_more_time_within_what_the_scheme_gives(self) -> None:
        finding = self.finding()
        with pytest.raises(BadInput) as refused:
            self.ask(finding, days=29, reason="")
        assert set(refused.value.fields) == {"wanted", "reason"}
        assert "19 December 2026" in str(refused.value.fields["wanted"][0])
        with pytest.raises(BadInput):
            self.ask(finding, days=14)
        with pytest.raises(TransitionRefused, match="does not run"):
            self.ask(finding, clock="evidence", days=100)
        with later(15), pytest.raises(TransitionRefused, match="5 December 2026"):
            self.ask(finding, days=20)

    def test_more_time_is_granted_twice_at_most(self) -> None:
        finding = self.finding()
        for days in (16, 18):
            wish = self.ask(finding, days=days)
            with pytest.raises(TransitionRefused, match="asked for already"):
                self.ask(finding, days=days)
            self.grant(wish)
        with pytest.raises(TransitionRefused, match="2 times"):
            self.ask(finding, days=20)

    def test_more_time_is_answered_by_a_decider_without_a_tie(self) -> None:
        wish = self.ask(self.finding())
        decisions.bar(
            agency=self.audit.agency,
            person=self.decider,
            kind=BarKind.ADVISED,
            since=TODAY,
            source="Course of 2026",
            actor=self.manager,
        )
        for person in (self.decider, self.manager, self.lead, self.speaker):
            with pytest.raises(NotPermitted):
                self.grant(wish, actor=person)
        assert selectors.todos_for(self.decider) == []
        Extension.objects.update(answer="So be it.", decided_by=self.decider, decided_at=NOON)
        assert moves_let_through(wish, ExtensionState) == {"withdrawn"}

        other = accounts.person("scheme", "decider")
        with pytest.raises(ReasonRequired):
            self.grant(wish, actor=other, reason=" ")
        services.decide_extension(extension_id=wish.pk, actor=other, grant=False, reason="Too vague.")
        assert Extension.objects.get().state == "refused"

    def test_a_wish_falls_away_when_the_step_is_done(self) -> None:
        finding = self.finding()
        wish = self.ask(finding)
        services.answer_finding(finding_id=finding.pk, actor=self.speaker, plan=audits.action_plan())

        assert Extension.objects.get(pk=wish.pk).state == "withdrawn"

    def test_database_keeps_the_day_without_a_granted_wish(self) -> None:
        finding = self.finding()
        wish = self.ask(finding)
        moves = (
            "plan_due = plan_due + 1",
            "evidence_due = evidence_due + 1",
            "first_evidence_due = first_evidence_due + 1",
            "contain_due = plan_due",
        )
        for move in moves:
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE audits_findings_finding SET {move} WHERE id = %s", [finding.pk])
        self.grant(wish)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE audits_findings_finding SET plan_due = plan_due - 3 WHERE id = %s", [finding.pk]
            )
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE audits_findings_finding SET plan_due = plan_due + 4 WHERE id = %s", [finding.pk]
            )
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE audits_findings_extension SET granted_until = granted_until + 9")

    # overdue

    def told(self, template: str) -> int:
        """How often agency, lead auditor and scheme manager were told."""
        people = [self.speaker, self.lead, self.manager]
        return Notice.objects.filter(template=f"audits/{template}", user__in=people).count()

    def test_overdue_tells_both_sides_then_the_scheme_each_once(self) -> None:
        finding = self.finding()  # its plan is due on 5 December
        with later(14):
            assert services.escalate_overdue() == 0
        with later(15):
            run_sweep("findings.overdue")
            run_sweep("findings.overdue")
            assert (self.told("finding_overdue"), self.told("finding_escalated")) == (2, 0)
            assert Escalation.objects.get().state == "warned"
        with later(21):
            assert services.escalate_overdue() == 0
        with later(22):
            run_sweep("findings.overdue")
            run_sweep("findings.overdue")
            assert (self.told("finding_overdue"), self.told("finding_escalated")) == (2, 3)
            assert Notice.objects.get(user=self.manager, template="audits/finding_escalated").url == (
                f"/findings/{finding.pk}/"
            )
            services.answer_finding(finding_id=finding.pk, actor=self.speaker, plan=audits.action_plan())
            assert Escalation.objects.get().state == "ended"
            assert services.escalate_overdue() == 0

    def test_overdue_is_caught_up_after_days_of_rest(self) -> None:
        self.finding()
        with later(40):
            run_sweep("findings.overdue")

        assert (self.told("finding_overdue"), self.told("finding_escalated")) == (2, 3)

    def test_overdue_containment_escalates_beside_the_plan(self) -> None:
        finding = self.finding("answered", "critical")
        with later(8):
            services.escalate_overdue()

        assert list(Escalation.objects.values_list("finding", "clock", "due_on")) == [
            (finding.pk, "containment", date(2026, 11, 28))
        ]

    def test_an_overdue_major_is_handed_to_certification_once_it_is_escalated(self) -> None:
        finding = self.finding()
        with patch("certification.certificates.services.propose_for_finding") as proposed:
            with later(15):
                services.escalate_overdue()
            assert not proposed.called
            with later(22):
                services.escalate_overdue()
        assert proposed.call_args.kwargs["finding_id"] == finding.pk
        assert "due on 5 December 2026" in proposed.call_args.kwargs["reason"]

    def test_due_in_the_database_says_what_the_finding_says(self) -> None:
        made = [
            self.finding(state, grade)
            for state, grade in (
                ("issued", "critical"),
                ("answered", "critical"),
                ("action_agreed", "major"),
                ("returned", "minor"),
                ("closed", "major"),
                ("draft", "major"),
            )
        ]
        rows = {one.pk: one for one in selectors.with_day(Finding.objects.filter(audit=self.audit))}

        assert [rows[one.pk].day for one in made] == [self.read(one).due for one in made]
        assert [self.read(one).due for one in made] == [
            date(2026, 11, 28),
            date(2026, 11, 28),
            date(2027, 2, 19),
            date(2026, 12, 5),
            None,
            None,
        ]

    # both sides

    def test_both_sides_speak_in_turn_and_nothing_is_rewritten(self) -> None:
        finding = self.finding()
        say = {"finding_id": finding.pk, "actor": self.speaker}
        services.disagree(**say, reason="The list is in annex 3.")  # type: ignore[arg-type]
        services.disagree(**say, reason="The list is in annex 3.")  # type: ignore[arg-type]
        with pytest.raises(TransitionRefused, match="auditors answer next"):
            services.disagree(**say, reason="And in annex 4.")  # type: ignore[arg-type]
        services.answer_disagreement(finding_id=finding.pk, actor=self.lead, answer="It is of last year.")
        with pytest.raises(TransitionRefused, match="stays as it is"):
            services.answer_disagreement(finding_id=finding.pk, actor=self.lead, answer="Or older.")
        services.disagree(**say, reason="It was dated by mistake.")  # type: ignore[arg-type]
        with pytest.raises(TransitionRefused, match="last word"):
            services.disagree(**say, reason="Really.")  # type: ignore[arg-type]

        assert list(Position.objects.values_list("turn", "side", "words")) == [
            (1, "agency", "The list is in annex 3."),
            (2, "auditor", "It is of last year."),
            (3, "agency", "It was dated by mistake."),
        ]
        with pytest.raises(DatabaseError), transaction.atomic():
            Position.objects.update(words="Nothing.")
        self.client.force_login(self.speaker)
        assert "It was dated by mistake." in self.client.get(f"/findings/{finding.pk}/").content.decode()

    # pages

    def test_pages_of_time_and_containment(self) -> None:
        finding = self.finding(grade="critical")
        at = f"/findings/{finding.pk}/"
        steps = [
            (self.speaker, "contain/", {"done": "Paid back.", "done_on": TODAY.isoformat()}),
            (self.lead, "return-containment/", {"reason": "To whom?"}),
            (
                self.speaker,
                "contain/",
                {"done": "Paid back to nine.", "done_on": TODAY.isoformat(), "file": audits.a_file()},
            ),
            (self.lead, "accept-containment/", {}),
            (
                self.speaker,
                "more-time/",
                {"clock": "plan", "wanted": (TODAY + timedelta(days=9)).isoformat(), "reason": "A feast."},
            ),
        ]
        for person, name, data in steps:
            self.client.force_login(person)
            assert self.client.get(f"{at}{name}").status_code == 200, name
            assert self.client.post(f"{at}{name}", data).status_code == 302, name
        wish = Extension.objects.get()
        here = f"{at}time/{wish.pk}/"
        for person, status in ((self.other_agency, 404), (self.employer, 404), (self.lead, 403)):
            self.client.force_login(person)
            assert self.client.post(here, {"answer": "grant", "reason": "Yes."}).status_code == status
        self.client.force_login(self.decider)
        assert self.client.post(here, {"answer": "grant"}).status_code == 422
        assert self.client.post(here, {"answer": "grant", "reason": "Yes."}).status_code == 302
        assert self.read(finding).plan_due == TODAY + timedelta(days=9)
        file = Containment.objects.get(round=2)
        for person, status in ((self.speaker, 200), (self.other_agency, 404)):
            self.client.force_login(person)
            assert self.client.get(f"{at}containment/{file.pk}/").status_code == status

    def test_the_agency_takes_its_wish_back(self) -> None:
        finding = self.finding()
        wish = self.ask(finding)
        self.client.force_login(self.speaker)

        assert (
            "Take the wish back"
            in self.client.get(f"/findings/{finding.pk}/time/{wish.pk}/").content.decode()
        )
        self.client.post(f"/findings/{finding.pk}/time/{wish.pk}/", {"act": "take_back"})

        assert Extension.objects.get().state == "withdrawn"

    def test_grades_are_read_by_all_sides_with_sources(self) -> None:
        for person in (self.speaker, self.lead, self.decider):
            self.client.force_login(person)
            page = self.client.get("/findings/grades/").content.decode()
            assert "Qualiopi: five minors make a major" in page
            assert "1.1.3" in page

    def test_list_filters_by_what_stands_in_the_address(self) -> None:
        minor, major = self.finding(grade="minor"), self.finding("answered")
        self.client.force_login(self.lead)
        name = self.audit.agency.legal_name

        def numbers(query: str) -> list[int]:
            page = self.client.get(f"/findings/?{query}")
            return [one.number for one in page.context["page"].object_list]

        assert numbers("grade=minor") == [minor.number]
        assert numbers("turn=auditor") == [major.number]
        assert numbers("turn=agency") == [minor.number]
        assert numbers(f"agency={name}") == [minor.number, major.number]
        assert numbers("agency=nobody") == []
        assert numbers("late=on") == []
        with later(15):
            assert numbers("late=on") == [minor.number]
            assert "Overdue" in self.client.get("/findings/?late=on").content.decode()
