"""Offering, accepting, declining, cancelling."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from audits.bodies import services as bodies
from audits.bodies.models import Auditor
from audits.bodies.states import TieKind
from audits.engagements import services
from audits.engagements.models import Audit, ConflictDeclaration
from audits.engagements.rules import audit_days
from audits.engagements.services import Refusal
from certification.applications.models import Application
from certification.applications.selectors import applications_visible_to, waiting_for_audit
from certification.decisions.selectors import barred
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.notify.models import Notice
from tests.audits.world import NOON, AuditCase
from tests.factories import applications, audits


class OfferCase(AuditCase):
    """Before anything is offered."""

    application: Application

    @classmethod
    def build(cls) -> None:
        cls.manager = audits.manager()
        cls.application = applications.application("accepted")
        cls.auditor = audits.auditor()

    def offer(self, auditor: Auditor | None = None, **more: object) -> Audit:
        words = {"staff": 18, "actor": self.manager, **more}
        return services.offer_audit(
            application_id=self.application.pk,
            auditor_id=(auditor or self.auditor).pk,
            **words,  # type: ignore[arg-type]
        )

    def test_offer_tells_the_lead_auditor_until_when(self) -> None:
        audit = self.offer()

        assert audit.state == "offered"
        assert str(audit.answer_due) == "2026-11-28"
        notice = Notice.objects.get(user=self.auditor.person, template="audits/offered")
        assert notice.url == f"/audits/{audit.pk}/offer/"

    def test_offer_by_someone_else_than_the_manager(self) -> None:
        for person in (applications.screener(), self.auditor.person):
            with pytest.raises(NotPermitted):
                self.offer(actor=person)

    def test_offer_to_an_ineligible_auditor(self) -> None:
        unfit = audits.auditor(languages=["en"], sectors=["garment"])

        with pytest.raises(TransitionRefused) as refused:
            self.offer(unfit)
        assert len(refused.value.missing) == 2
        assert not Audit.objects.exists()

    def test_offer_to_a_tied_auditor(self) -> None:
        bodies.add_tie(
            auditor_id=self.auditor.pk,
            agency_id=self.application.agency_id,
            kind=TieKind.TRAINED,
            since="2026-01-01",  # type: ignore[arg-type]
            until=None,
            note="",
            actor=self.manager,
        )

        with pytest.raises(TransitionRefused, match="may not take"):
            self.offer()

    def test_offer_twice(self) -> None:
        self.offer()

        with pytest.raises(Conflict, match="Already offered to"):
            self.offer(audits.auditor())

    def test_offer_for_an_application_in_review(self) -> None:
        early = applications.application("in_review")

        with pytest.raises(TransitionRefused, match="accepted application"):
            services.offer_audit(
                application_id=early.pk, auditor_id=self.auditor.pk, staff=3, actor=self.manager
            )

    def test_offer_with_other_days_needs_a_reason(self) -> None:
        with pytest.raises(ReasonRequired):
            self.offer(days=Decimal("2"))

        audit = self.offer(days=Decimal("2"), days_reason="One office, no branches.")

        assert (audit.days_by_table, audit.days, audit.days_reason) == (
            Decimal("3"),
            Decimal("2"),
            "One office, no branches.",
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            Audit.objects.update(days_reason="")

    def test_offered_application_waits_for_nobody_until_it_is_declined(self) -> None:
        assert list(waiting_for_audit()) == [self.application]
        audit = self.offer()
        assert list(waiting_for_audit()) == []
        services.decline_audit(audit_id=audit.pk, actor=self.auditor.person, refusal=Refusal("No time."))
        assert list(waiting_for_audit()) == [self.application]

    def test_offer_after_a_decline(self) -> None:
        first = self.offer()
        services.decline_audit(audit_id=first.pk, actor=self.auditor.person, refusal=Refusal("No time."))

        second = self.offer(audits.auditor())

        assert second.number != first.number

    def test_assign_page_offers_only_the_eligible_and_says_why_not(self) -> None:
        unfit = audits.auditor(languages=["en"], name="Unfit Person")
        self.client.force_login(self.manager)

        page = self.client.get(f"/applications/{self.application.pk}/assign/").content.decode()

        assert f'value="{self.auditor.pk}"' in page
        assert f'value="{unfit.pk}"' not in page
        assert "Unfit Person" in page
        assert "Speaks no language of workers from Nepal" in page

    def test_assign_page_works_out_the_days_and_offers(self) -> None:
        self.client.force_login(self.manager)
        url = f"/applications/{self.application.pk}/assign/"

        quoted = self.client.post(url, {"staff": "30", "auditor": str(self.auditor.pk), "quote": "1"})
        assert "The table gives 4" in quoted.content.decode()
        assert not Audit.objects.exists()

        self.client.post(url, {"staff": "30", "auditor": str(self.auditor.pk)})
        assert Audit.objects.get().lead == self.auditor

    def test_assign_page_without_a_choice(self) -> None:
        self.client.force_login(self.manager)

        answer = self.client.post(f"/applications/{self.application.pk}/assign/", {"staff": "30"})

        assert answer.status_code == 422
        assert "Choose a lead auditor" in answer.content.decode()


def test_days_grow_with_staff_branches_and_corridors() -> None:
    assert audit_days(1, 0, 1).total == Decimal("1.5")
    assert audit_days(25, 0, 1).total == Decimal("3")
    assert audit_days(26, 0, 1).total == Decimal("4")
    assert audit_days(26, 2, 3).total == Decimal("6.0")
    assert audit_days(5000, 0, 0).total == Decimal("11")


class AnswerCase(AuditCase):
    """An audit that is offered."""

    def accept(self, actor: User | None = None, no_conflict: bool = True, text: str = "No ties.") -> Audit:
        return services.accept_audit(
            audit_id=self.audit.pk, actor=actor or self.lead, no_conflict=no_conflict, text=text
        )

    def test_accept_begins_the_audit_and_opens_the_case_to_the_firm(self) -> None:
        assert not applications_visible_to(self.lead).exists()

        self.accept()

        application = Application.objects.get(pk=self.audit.application_id)
        assert application.state == "under_audit"
        assert application.firm_id == self.audit.firm.organisation_id
        assert applications_visible_to(self.lead).get() == application
        assert Notice.objects.filter(user=self.speaker, template="audits/named").exists()

    def test_accept_bars_the_auditor_from_deciding(self) -> None:
        self.accept()

        [bar] = barred(self.audit.agency, self.lead)
        assert (bar.kind, bar.until) == ("audited", None)

    def test_accept_without_declaring(self) -> None:
        for no_conflict, text, field in ((False, "No ties.", "no_conflict"), (True, " ", "text")):
            with pytest.raises(BadInput) as refused:
                self.accept(no_conflict=no_conflict, text=text)
            assert field in refused.value.fields
        assert self.again().state == "offered"

    def test_accept_by_anyone_but_the_lead(self) -> None:
        for name, person in self.people().items():
            if name != "lead":
                with pytest.raises(NotPermitted):
                    self.accept(actor=person)

    def test_accept_when_no_longer_eligible(self) -> None:
        Auditor.objects.filter(pk=self.auditor.pk).update(sectors=["fishing"])

        with pytest.raises(TransitionRefused) as refused:
            self.accept()
        assert "sector" in str(refused.value.missing[0])

    def test_decline_needs_a_reason(self) -> None:
        with pytest.raises(ReasonRequired):
            services.decline_audit(audit_id=self.audit.pk, actor=self.lead, refusal=Refusal(" "))

        services.decline_audit(
            audit_id=self.audit.pk, actor=self.firm_manager, refusal=Refusal("No capacity.")
        )

        assert Notice.objects.filter(user=self.manager, template="audits/declined").exists()
        with pytest.raises(IntegrityError), transaction.atomic():
            Audit.objects.update(declined_reason="")

    def test_decline_with_a_conflict_bars(self) -> None:
        services.decline_audit(
            audit_id=self.audit.pk, actor=self.lead, refusal=Refusal("My brother works there.", conflict=True)
        )

        assert [bar.kind for bar in barred(self.audit.agency, self.lead)] == ["conflict"]
        assert ConflictDeclaration.objects.get().clear is False

    def test_second_answer_names_the_first(self) -> None:
        with clocks.freeze(NOON + timedelta(hours=1)):
            self.accept()

        with pytest.raises(Conflict, match=self.lead.label):
            services.decline_audit(audit_id=self.audit.pk, actor=self.lead, refusal=Refusal("Too late."))

    def test_cancel_before_acceptance(self) -> None:
        with pytest.raises(ReasonRequired):
            services.cancel_audit(audit_id=self.audit.pk, actor=self.manager, reason="")
        services.cancel_audit(audit_id=self.audit.pk, actor=self.manager, reason="The agency objected.")

        assert self.again().state == "cancelled"

    def test_cancel_while_the_application_is_under_audit(self) -> None:
        self.accept()

        with pytest.raises(TransitionRefused) as refused:
            services.cancel_audit(audit_id=self.audit.pk, actor=self.manager, reason="Changed our mind.")
        assert "withdraws" in str(refused.value.missing[0])

    def test_offer_page_accepts_and_declines(self) -> None:
        self.client.force_login(self.lead)
        page = self.client.get(f"/audits/{self.audit.pk}/offer/")
        assert "Accept the audit" in page.content.decode()

        empty = self.client.post(f"/audits/{self.audit.pk}/accept/", {"text": "No ties."})
        assert empty.status_code == 422
        assert "No ties." in empty.content.decode()

        self.client.post(f"/audits/{self.audit.pk}/accept/", {"no_conflict": "on", "text": "No ties."})
        assert self.again().state == "accepted"

    def test_agency_does_not_see_an_offer(self) -> None:
        self.client.force_login(self.speaker)

        assert self.client.get(f"/audits/{self.audit.pk}/").status_code == 404
        assert self.audit.number not in self.client.get("/audits/").content.decode()
