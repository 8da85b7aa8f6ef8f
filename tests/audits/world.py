"""Test cases that build their audit once per class, under the same frozen clock as every test."""

from __future__ import annotations

from datetime import UTC, datetime

from django.test import TestCase

from audits.bodies.models import Auditor
from audits.engagements.models import Audit
from iris.accounts.models import User
from iris.core import clocks
from tests.factories import accounts, agencies, audits

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class AuditCase(TestCase):
    """One audit in `state`, its people, and people who have no part in it."""

    state = "offered"
    audit: Audit
    auditor: Auditor
    lead: User
    speaker: User
    manager: User
    contributor: User
    firm_manager: User
    other_lead: User
    other_agency: User
    employer: User
    decider: User

    @classmethod
    def setUpTestData(cls) -> None:
        with clocks.freeze(NOON):
            cls.build()

    @classmethod
    def build(cls) -> None:
        """The world of the class; overridden to add to it."""
        cls.manager = audits.manager()
        cls.auditor = audits.auditor(name="Ilse Obuya")
        cls.audit = audits.audit(cls.state, lead=cls.auditor)
        cls.lead = cls.auditor.person
        cls.speaker = audits.speaker(cls.audit)
        cls.contributor = agencies.colleague(cls.audit.agency, "contributor")
        cls.firm_manager = audits.member(cls.audit.firm, "firm_manager")
        cls.other_lead = audits.auditor(name="Tereza Halvorsen").person
        cls.other_agency = accounts.person("agency", "signatory")
        cls.employer = accounts.person("employer", "sourcing_manager")
        cls.decider = accounts.person("scheme", "decider")

    def people(self) -> dict[str, User]:
        """Everyone, by what they are to the audit."""
        return {
            "lead": self.lead,
            "firm_manager": self.firm_manager,
            "other_lead": self.other_lead,
            "speaker": self.speaker,
            "contributor": self.contributor,
            "other_agency": self.other_agency,
            "employer": self.employer,
            "manager": self.manager,
            "decider": self.decider,
        }

    def again(self) -> Audit:
        """The audit as it stands in the database."""
        return audits.again(self.audit)
