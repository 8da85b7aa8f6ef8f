"""The vault: sealed apart, opened for a purpose, erased in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from audits.engagements.models import Audit
from audits.interviews import selectors, services, tasks
from audits.interviews.models import (
    EmploymentCheck,
    Identity,
    IdentityAccess,
    Interview,
    SafeguardCase,
    Statement,
    VaultErasure,
)
from audits.interviews.rules import KnownPerson, found_in
from audits.interviews.selectors.vault import VAULT
from audits.interviews.services import IdentityInput
from iris.core import clocks
from iris.core.errors import BadInput, NotPermitted
from iris.core.models import Event
from iris.core.vault import Vault, VaultClosed
from iris.notify.models import Notice
from tests.audits.world import NOON, AuditCase
from tests.factories import audits, interviews

SITA = IdentityInput("Sita Gurung", "+977 9841122334", "S-0171")


def _reported(audit: Audit) -> None:
    """As if the report had gone out today: the dates the vault counts from."""
    Audit.objects.filter(pk=audit.pk).update(reported_at=clocks.now(), stage2_ended_on=clocks.today())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audits_engagements_audit SET state = 'draft_report' WHERE id = %s", [audit.pk])
        cursor.execute("UPDATE audits_engagements_audit SET state = 'reported' WHERE id = %s", [audit.pk])


class VaultTest(AuditCase):
    state = "stage2"

    def test_what_is_sealed_points_at_no_interview(self) -> None:
        one = interviews.interview("planned", self.audit, person=SITA)
        row = Identity.objects.get()
        plain = " ".join(str(getattr(row, field.attname)) for field in Identity._meta.concrete_fields)
        plain += bytes(row.sealed).decode()
        for told in (one.pk, self.audit.pk, "Sita", "9841122334", "S-0171"):
            assert str(told) not in plain
        assert not [field for field in Identity._meta.get_fields() if field.is_relation]
        with pytest.raises(VaultClosed):
            Vault("audits.other").open(row.sealed)
        assert "Sita Gurung" in VAULT.open(row.sealed)

    def test_the_same_person_twice_is_sealed_once(self) -> None:
        one = interviews.interview("planned", self.audit, person=SITA)
        services.name_person(interview_id=one.pk, actor=self.lead, person=SITA)
        assert Identity.objects.count() == 1
        with pytest.raises(BadInput):
            services.name_person(interview_id=one.pk, actor=self.lead, person=IdentityInput("Asha Rai"))
        services.name_person(
            interview_id=one.pk, actor=self.lead, person=IdentityInput("Nabin Thapa"), role="interpreter"
        )
        assert Identity.objects.count() == 2

    def test_only_the_team_opens_and_every_opening_is_kept(self) -> None:
        one = interviews.interview("planned", self.audit, person=SITA)
        key: dict[str, Any] = {"audit_id": self.audit.pk, "purpose": "contact", "reason": "The day moves."}
        for name, person in self.people().items():
            if name != "lead":
                with pytest.raises(NotPermitted):
                    services.open_vault(actor=person, **key)
        opened = services.open_vault(actor=self.lead, interview_id=one.pk, **key)
        assert [(row.name, row.contact, row.reference) for row in opened] == [
            ("Sita Gurung", "+977 9841122334", "S-0171")
        ]
        row = IdentityAccess.objects.get()
        assert (row.actor, row.purpose, row.reason, row.shown, row.at) == (
            self.lead,
            "contact",
            "The day moves.",
            1,
            NOON,
        )
        event = Event.objects.get(act="vault_opened")
        assert event.data == {"purpose": "contact", "shown": 1}

    def test_no_opening_without_purpose_and_reason(self) -> None:
        for purpose, reason in (("curiosity", "Just to see."), ("contact", " ")):
            with pytest.raises(BadInput):
                services.open_vault(audit_id=self.audit.pk, actor=self.lead, purpose=purpose, reason=reason)
        assert not IdentityAccess.objects.exists()

    def test_the_log_is_never_changed(self) -> None:
        services.open_vault(audit_id=self.audit.pk, actor=self.lead, purpose="contact", reason="Day moves.")
        for statement in ("UPDATE {} SET reason = 'x'", "DELETE FROM {}", "TRUNCATE {}"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement.format(IdentityAccess._meta.db_table))

    def test_after_the_report_the_lead_alone_and_for_ninety_days(self) -> None:
        interviews.interview("held", self.audit, person=SITA)
        _reported(self.audit)
        key: dict[str, Any] = {
            "audit_id": self.audit.pk,
            "actor": self.lead,
            "purpose": "rights",
            "reason": "Asked to see.",
        }
        assert len(services.open_vault(**key)) == 1
        with clocks.freeze(NOON + timedelta(days=90)):
            assert len(services.open_vault(**key)) == 1
        with clocks.freeze(NOON + timedelta(days=91)), pytest.raises(NotPermitted):
            services.open_vault(**key)

    def test_identities_are_erased_when_their_time_is_over_and_their_number_stays(self) -> None:
        interviews.interview("held", self.audit, person=SITA)
        _reported(self.audit)
        with clocks.freeze(NOON + timedelta(days=540)):
            assert services.erase_due() == 0
        with clocks.freeze(NOON + timedelta(days=541)):
            tasks.erase_identities()
            tasks.erase_identities()
        assert not Identity.objects.exists()
        assert list(VaultErasure.objects.values_list("audit", "erased", "due")) == [(self.audit.pk, 1, True)]
        assert selectors.erasures_of(self.audit) == 1
        assert Statement.objects.exists()

    def test_sealing_again_keeps_what_is_inside(self) -> None:
        interviews.interview("planned", self.audit, person=SITA)
        before = bytes(Identity.objects.get().sealed)
        assert services.reseal() == 1
        after = Identity.objects.get()
        assert bytes(after.sealed) != before
        assert "Sita Gurung" in VAULT.open(after.sealed)

    def test_a_case_tells_the_scheme_once_and_without_a_word(self) -> None:
        one = interviews.interview("consented", self.audit, person=SITA)
        for immediate in (False, False, True, True):
            services.safeguard(interview_id=one.pk, actor=self.lead, immediate=immediate)
        case = SafeguardCase.objects.get()
        assert (case.immediate, case.opened_by, interviews.get(one).stop_reason) == (
            True,
            self.lead,
            "safeguard",
        )
        told = Notice.objects.filter(user=self.manager, template__startswith="audits/safeguard")
        assert sorted(told.values_list("template", flat=True)) == ["audits/safeguard", "audits/safeguard_now"]
        for notice in told:
            assert "Sita" not in f"{notice.subject}{notice.body}{notice.context}"
            assert one.label not in f"{notice.subject}{notice.body}"
        assert not Notice.objects.filter(user=self.speaker, template__startswith="audits/safeguard").exists()


class EmploymentTest(AuditCase):
    """The next audit looks whether those who spoke kept their jobs (R59)."""

    state = "stage2"
    before: Audit

    @classmethod
    def build(cls) -> None:
        super().build()
        cls.before = audits.audit("stage2", lead=cls.auditor)
        for name in ("Asha", "Bina", "Chandra", "Dipak", "Elina", "Fulmaya", "Gopal"):
            interviews.interview("held", cls.before, person=IdentityInput(f"{name} Limbu"))
        interviews.interview("held", cls.before, kind="management", person=IdentityInput("Hari Boss"))
        _reported(cls.before)

    def setUp(self) -> None:
        for module in ("selectors", "services"):
            patched = patch(f"audits.interviews.{module}.vault.previous_audit_of", return_value=self.before)
            self.addCleanup(patched.stop)
            patched.start()

    def test_workers_of_the_audit_before_are_looked_up_and_only_counted(self) -> None:
        assert selectors.may_check_employment(self.audit, self.lead)
        opened = services.open_earlier(audit_id=self.audit.pk, actor=self.lead, reason="Yearly look.")
        assert [one.name for one in opened][:2] == ["Asha Limbu", "Bina Limbu"]
        assert len(opened) == 7
        assert IdentityAccess.objects.get().audit == self.before
        outcomes = {one.id: "still" for one in opened[:6]} | {opened[6].id: "dismissed"}
        for _turn in range(2):
            services.check_employment(audit_id=self.audit.pk, actor=self.lead, outcomes=outcomes)
        assert EmploymentCheck.objects.count() == 7
        # 6 still and 1 dismissed: 7 - 6 would give the one, so neither is shown.
        assert dict(selectors.employment_counts(self.audit)) == {
            "still": None,
            "left": 0,
            "dismissed": None,
            "unknown": 0,
        }
        told = Notice.objects.filter(template="audits/interviewee_dismissed")
        assert {notice.user for notice in told} >= {self.lead, self.manager}
        assert all("Gopal" not in f"{notice.subject}{notice.body}" for notice in told)

    def test_nobody_outside_the_team_looks_and_nobody_unknown_is_kept(self) -> None:
        for name, person in self.people().items():
            if name != "lead":
                with pytest.raises(NotPermitted):
                    services.open_earlier(audit_id=self.audit.pk, actor=person, reason="Curious.")
                with pytest.raises(NotPermitted):
                    services.check_employment(audit_id=self.audit.pk, actor=person, outcomes={})
        with pytest.raises(BadInput, match="not among those interviewed"):
            services.check_employment(
                audit_id=self.audit.pk, actor=self.lead, outcomes={str(self.audit.pk): "still"}
            )

    def test_the_page_opens_with_a_reason_and_keeps_numbers(self) -> None:
        client = Client()
        client.force_login(self.lead)
        url = reverse("interviews:earlier", args=[self.audit.pk])
        assert "Asha" not in client.get(url).text
        page = client.post(url, {"step": "open", "reason": "Yearly look."})
        assert "Asha Limbu" in page.text
        row = Identity.objects.filter(audit_mark=VAULT.mark(f"audit:{self.before.pk}")).first()
        assert row is not None
        assert client.post(url, {"step": "keep", f"o-{row.pk}-outcome": "left"}).status_code == 302
        assert EmploymentCheck.objects.get().outcome == "left"
        assert client.get(reverse("interviews:list", args=[self.audit.pk])).status_code == 200


def test_names_of_every_script_are_found_and_everyday_words_are_not() -> None:
    people = [KnownPerson("Joy Will Santos", "joy@example.org"), KnownPerson("محمد علي")]
    assert found_in("They will pay with joy.", people) is None
    assert found_in("Joy paid.", people) == "name"
    assert found_in("santos", people) == "name"
    assert found_in("Write to joy@EXAMPLE.org", people) == "contact"
    assert found_in("قال محمد ذلك", people) == "name"
    assert found_in("", people) is None


def test_an_interview_holds_no_way_to_its_identity() -> None:
    names = {field.name for field in Interview._meta.get_fields()}
    assert not names & {"identity", "identities", "name", "contact", "person"}
    assert not {field.name for field in EmploymentCheck._meta.get_fields()} & {"interview", "identity"}


pytestmark = pytest.mark.django_db
