"""The agency objects to a person of the team; the scheme answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audits.bodies.models import Auditor
from audits.bodies.selectors import LedAudit, calendar_clashes, ineligible_because, offers
from audits.engagements import selectors, services
from audits.engagements.models import Objection
from audits.engagements.selectors.independence import led_audits
from audits.engagements.states import AuditState, ObjectionState, TeamRole
from certification.applications.states import ApplicationState
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from tests.audits.world import NOON, AuditCase
from tests.factories import agencies, applications, audits
from tests.tables import moves_let_through, wrong_rows

S = ObjectionState
WHY = "She worked for our competitor until last year."


class ObjectionCase(AuditCase):
    """A planned audit with a lead and three auditors."""

    colleagues: list[Auditor]

    @classmethod
    def build(cls) -> None:
        cls.manager = audits.manager()
        cls.auditor = audits.auditor(name="Ilse Obuya")
        cls.audit = audits.audit("accepted", lead=cls.auditor)
        cls.lead = cls.auditor.person
        cls.speaker = audits.speaker(cls.audit)
        cls.contributor = agencies.colleague(cls.audit.agency, "contributor")
        cls.agency_manager = agencies.colleague(cls.audit.agency, "manager")
        cls.firm_manager = audits.member(cls.audit.firm, "firm_manager")
        cls.colleagues = [audits.auditor(cls.audit.firm, lead=number < 3) for number in range(4)]
        services.plan_audit(
            audit_id=cls.audit.pk,
            actor=cls.lead,
            plan=audits.plan(cls.audit, team=[one.pk for one in cls.colleagues]),
        )

    agency_manager: User

    def object(
        self, auditor: Auditor | None = None, actor: User | None = None, reason: str = WHY
    ) -> Objection:
        return services.object_to(
            audit_id=self.audit.pk,
            auditor_id=(auditor or self.auditor).pk,
            actor=actor or self.speaker,
            reason=reason,
        )

    def make(self, state: str) -> Objection:
        """Each state on another member of the team, so that the lead stays."""
        made = self.object(self.colleagues[list(S.values).index(state)])
        if state == S.UPHELD:
            services.uphold_objection(objection_id=made.pk, actor=self.manager, answer="True.")
        elif state == S.DISMISSED:
            services.dismiss_objection(objection_id=made.pk, actor=self.manager, answer="Long ago.")
        elif state == S.WITHDRAWN:
            services.withdraw_objection(objection_id=made.pk, actor=self.speaker)
        return Objection.objects.get(pk=made.pk)

    def test_table(self) -> None:
        acts = {
            "uphold": lambda one, who: services.uphold_objection(
                objection_id=one.pk, actor=who, answer="True."
            ),
            "dismiss": lambda one, who: services.dismiss_objection(
                objection_id=one.pk, actor=who, answer="Long ago."
            ),
            "withdraw": lambda one, who: services.withdraw_objection(objection_id=one.pk, actor=who),
        }
        people = {
            name: (lambda _, person=person: person)
            for name, person in {
                "manager": self.manager,
                "speaker": self.speaker,
                "agency_manager": self.agency_manager,
                "contributor": self.contributor,
                "lead": self.lead,
                "firm_manager": self.firm_manager,
            }.items()
        }
        allowed = {
            ("open", "uphold", "manager"),
            ("open", "dismiss", "manager"),
            ("open", "withdraw", "speaker"),
        }

        count, wrong = wrong_rows(self.make, S.values, acts, people, allowed)
        assert (count, wrong) == (72, [])

    def test_plain_sql_follows_the_arrows_only(self) -> None:
        assert moves_let_through(self.make(S.OPEN), S.values) == {
            "withdrawn"
        }  # an answer needs person and words
        for state in (S.UPHELD, S.DISMISSED, S.WITHDRAWN):
            assert moves_let_through(self.make(state), S.values) == set()

    def test_objecting_is_for_the_signatory(self) -> None:
        for person in (self.agency_manager, self.contributor, self.lead, self.manager, self.firm_manager):
            with pytest.raises(NotPermitted):
                self.object(actor=person)
        with pytest.raises(ReasonRequired):
            self.object(reason=" ")
        with pytest.raises(BadInput):
            self.object(audits.auditor())

    def test_objecting_in_time(self) -> None:
        # The lead was named at noon on 21 November: the seventh day after is 28 November.
        with clocks.freeze(NOON + timedelta(days=8)), pytest.raises(BadInput) as late:
            self.object()
        assert "ended on 28 November 2026" in late.value.fields["auditor"][0]
        with clocks.freeze(NOON + timedelta(days=7)):
            assert self.object().answer_due == NOON.date() + timedelta(days=14)

    def test_objecting_twice(self) -> None:
        first = self.object()
        with pytest.raises(Conflict):
            self.object()
        services.withdraw_objection(objection_id=first.pk, actor=self.speaker)
        again = self.object()
        services.dismiss_objection(objection_id=again.pk, actor=self.manager, answer="Long ago.")
        with pytest.raises(Conflict):
            self.object()

    def test_stage_1_waits_for_the_answer(self) -> None:
        made = self.object()
        self._declare_all()
        with pytest.raises(TransitionRefused) as held:
            services.start_stage1(audit_id=self.audit.pk, actor=self.lead)
        assert held.value.missing == ["The scheme has to answer the agency's objection to Ilse Obuya."]
        services.dismiss_objection(objection_id=made.pk, actor=self.manager, answer="Long ago.")

        assert services.start_stage1(audit_id=self.audit.pk, actor=self.lead).state == AuditState.STAGE1

    def _declare_all(self) -> None:
        for one in self.colleagues:
            services.declare_no_conflict(
                audit_id=self.audit.pk, actor=one.person, no_conflict=True, text="Nothing."
            )

    def test_member_who_was_rightly_objected_to_leaves_and_does_not_come_back(self) -> None:
        gone = self.colleagues[0]
        made = self.object(gone)
        services.uphold_objection(objection_id=made.pk, actor=self.manager, answer="True.")

        assert not self.audit.team.filter(auditor=gone).exists()
        assert [str(one) for one in ineligible_because(gone, self.audit.application)] == [
            "The agency's objection was upheld on 21 November 2026."
        ]
        with pytest.raises(BadInput):
            services.plan_audit(
                audit_id=self.audit.pk, actor=self.lead, plan=audits.plan(self.audit, team=[gone.pk])
            )

    def test_lead_who_was_rightly_objected_to_is_replaced_at_once(self) -> None:
        made = self.object()
        new = self.colleagues[1]
        services.uphold_objection(
            objection_id=made.pk, actor=self.manager, answer="True.", new_lead_id=new.pk
        )

        audit = self.again()
        assert audit.lead == new
        assert audit.team.get(auditor=new).role == TeamRole.LEAD
        assert not audit.team.filter(auditor=self.auditor).exists()
        with pytest.raises(NotPermitted):
            services.start_stage1(audit_id=audit.pk, actor=self.lead)

    def test_lead_who_was_rightly_objected_to_holds_the_audit_until_replaced(self) -> None:
        made = self.object()
        self._declare_all()
        services.uphold_objection(objection_id=made.pk, actor=self.manager, answer="True.")
        with pytest.raises(TransitionRefused) as held:
            services.start_stage1(audit_id=self.audit.pk, actor=self.lead)
        assert "has to name another lead auditor" in held.value.missing[0]
        assert [todo.title for todo in selectors.objection_todos(self.manager)] == [
            f"Name another lead auditor: {self.audit.agency.legal_name}"
        ]
        new = self.colleagues[1]
        services.change_lead(audit_id=self.audit.pk, auditor_id=new.pk, actor=self.manager, reason="Upheld.")

        assert services.start_stage1(audit_id=self.audit.pk, actor=new.person).state == AuditState.STAGE1

    def test_another_lead_who_may_not_lead(self) -> None:
        words = {"audit_id": self.audit.pk, "actor": self.manager}
        with pytest.raises(TransitionRefused) as refused:
            services.change_lead(auditor_id=self.colleagues[3].pk, reason="Ill.", **words)  # type: ignore[arg-type]
        assert refused.value.missing == ["Not approved to lead an audit."]
        with pytest.raises(BadInput):
            services.change_lead(auditor_id=audits.auditor().pk, reason="Ill.", **words)  # type: ignore[arg-type]
        with pytest.raises(ReasonRequired):
            services.change_lead(auditor_id=self.colleagues[0].pk, reason=" ", **words)  # type: ignore[arg-type]
        with pytest.raises(NotPermitted):
            services.change_lead(
                audit_id=self.audit.pk,
                auditor_id=self.colleagues[0].pk,
                actor=self.speaker,
                reason="We like him.",
            )

    def test_planned_days_stand_in_the_calendar_of_the_team(self) -> None:
        today = NOON.date()
        found = calendar_clashes(self.colleagues[0], today, today)
        assert [one.what for one in found] == [
            f"Stage 1, {self.audit.number}",
            f"Stage 2, {self.audit.number}",
        ]
        assert calendar_clashes(self.colleagues[0], today, today, except_audit=self.audit) == []

    def test_pages(self) -> None:
        self.client.force_login(self.speaker)
        page = self.client.get(f"/audits/{self.audit.pk}/")
        assert "until 28 November 2026" in page.content.decode()
        url = f"/audits/{self.audit.pk}/objections/new/"
        assert self.client.get(url).status_code == 200
        assert self.client.post(url, {"auditor": str(self.auditor.pk), "reason": ""}).status_code == 422
        assert self.client.post(url, {"auditor": str(self.auditor.pk), "reason": WHY}).status_code == 302
        made = Objection.objects.get()
        answer = f"/objections/{made.pk}/"
        for person, status in ((self.speaker, 404), (self.lead, 404), (self.manager, 200)):
            self.client.force_login(person)
            assert self.client.get(answer).status_code == status
        self.client.force_login(self.lead)
        assert WHY not in self.client.get(f"/audits/{self.audit.pk}/").content.decode()
        self.client.force_login(self.manager)
        data = {"outcome": "uphold", "answer": "True.", "new_lead": str(self.colleagues[0].pk)}
        assert self.client.post(answer, data).status_code == 302
        assert self.again().lead == self.colleagues[0]


class RotationCase(AuditCase):
    """Three audits of one agency, reported in the past, led by one person."""

    state = "accepted"

    def test_whoever_led_three_in_a_row_pauses_as_lead_only(self) -> None:
        # Plain rows stand for the three reports: the rule reads agency, lead and last day only.
        days = [NOON.date() - timedelta(days=number * 360 + 30) for number in range(3)]
        rows = [(self.auditor.pk, day) for day in days]
        application = applications.application(ApplicationState.ACCEPTED)
        known = dict(offers._led)
        try:
            offers._led["audits"] = lambda agency: [LedAudit(who, on) for who, on in rows]
            [reason] = ineligible_because(self.auditor, application)
            assert (
                reason
                == "Led the last audits of this agency in a row: may lead it again after 22 October 2028."
            )
            assert ineligible_because(self.auditor, application, as_lead=False) == []
            assert ineligible_because(audits.auditor(self.audit.firm), application) == []
        finally:
            offers._led.update(known)

    def test_an_audit_that_was_never_reported_does_not_count(self) -> None:
        assert led_audits(self.audit.agency_id) == []
