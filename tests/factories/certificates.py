"""Decisions and certificates, walked to a state by the real services."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from certification.agencies.models import Agency
from certification.applications.models import Application
from certification.applications.services import Recommendation
from certification.certificates import services
from certification.certificates.models import Certificate
from certification.certificates.services import ConditionDraft, Wanted, Words
from certification.certificates.states import CertificateState as State
from certification.certificates.states import Outcome
from certification.decisions.models import Decision
from iris.accounts.models import User
from iris.core import clocks
from tests.factories import agencies, applications
from tests.stock import stocked

REASONS = (
    "I read the report, the findings and the frozen self-assessment. The system keeps what the Standard asks."
)


def decider() -> User:
    """A decider of the scheme who has no tie to anyone."""
    return applications.staff("decider")


def manager() -> User:
    """A scheme manager."""
    return applications.staff("scheme_manager")


@stocked
def recommended(agency: Agency | None = None, *, critical: int = 0, major: int = 0) -> Application:
    """An application that waits for its decision, with so many findings open."""
    if not critical and not major:
        return applications.application("recommended", agency=agency)
    made = applications.application("under_audit", agency=agency)
    told = applications.recommendation(made, "refuse", critical=critical, major=major)
    return receive(made, told)


def receive(application: Application, told: Recommendation) -> Application:
    """Hand a recommendation over as the firm's lead auditor."""
    from certification.applications import services as application_services

    assert application.firm is not None
    application_services.receive_recommendation(
        application_id=application.pk, actor=applications.lead_of(application.firm), recommendation=told
    )
    return Application.objects.get(pk=application.pk)


def condition(
    text: str = "Sign written contracts with the two sub-agents that have none.", days: int = 90
) -> ConditionDraft:
    """Something to be done within so many days."""
    return ConditionDraft(text=text, due_on=clocks.today() + timedelta(days=days))


@stocked
def certificate(
    state: str = "active", agency: Agency | None = None, *, name: str | None = None, country: str = "NP"
) -> Certificate:
    """A certificate in that state, whatever way leads there."""
    wanted = State(state)
    agency = agency or agencies.agency(name, country)
    if wanted == State.EXPIRED:
        return _expired(agency)
    made = _granted(agency, conditions=wanted == State.CONDITIONAL)
    if wanted == State.SUSPENDED:
        suspend(made)
    elif wanted == State.WITHDRAWN:
        withdraw(made, reason="Complaint 12 was not put right.")
    elif wanted == State.RELINQUISHED:
        services.relinquish_certificate(
            certificate_id=made.pk, actor=agencies.signatory(agency), reason="We close the agency."
        )
    elif wanted == State.SUPERSEDED:
        revise(made)
    return latest(made)


def _granted(agency: Agency, *, conditions: bool = False) -> Certificate:
    application = recommended(agency)
    services.decide_application(
        application_id=application.pk,
        actor=decider(),
        outcome=Outcome.GRANT_WITH_CONDITIONS if conditions else Outcome.GRANT,
        reasons=REASONS,
        conditions=[condition()] if conditions else [],
    )
    return Certificate.objects.get(application=application, replaced_by=None)


def _expired(agency: Agency) -> Certificate:
    validity = clocks.number("certificate_validity_months")
    then = clocks.add_months(clocks.today(), -validity - 1)
    with clocks.freeze(datetime.combine(then, time(9), tzinfo=UTC)):
        agencies.licence(agency)
        made = _granted(agency)
    services.expire_due()
    return latest(made)


def proposed(certificate: Certificate, act: str, *, by: User | None = None, **more: Any) -> Decision:
    """A scheme manager proposes `suspend`, `withdraw`, `reinstate`, `reduce` or `keep`; nothing has happened yet."""
    words = {
        "reason": "Complaint 12 was upheld.",
        "public_note": "A complaint about fees was upheld.",
        "reason_code": "complaint" if act in ("suspend", "withdraw") else "",
    }
    wanted = more.pop("wanted", None)
    return services.propose(
        certificate_id=certificate.pk,
        act=f"certificate.{act}",
        actor=by or manager(),
        words=Words(**{**words, **more}),
        wanted=wanted,
    )


def answer(decision: Decision, outcome: str = "accept", by: User | None = None) -> Decision:
    """Another person decides on a proposal."""
    return services.vote_on_proposal(
        decision_id=decision.pk, actor=by or decider(), outcome=outcome, reasons=REASONS
    )


def suspend(certificate: Certificate, **more: Any) -> Certificate:
    """Proposed by the manager, accepted by the decider."""
    answer(proposed(certificate, "suspend", **more))
    return latest(certificate)


def withdraw(certificate: Certificate, **more: Any) -> Certificate:
    """Proposed by the manager, accepted by the decider."""
    answer(proposed(certificate, "withdraw", **more))
    return latest(certificate)


def reinstate(certificate: Certificate, **more: Any) -> Certificate:
    """Proposed by the manager, accepted by the decider."""
    words = {"reason": "All was repaid.", "public_note": "The reason was put right.", **more}
    answer(proposed(certificate, "reinstate", **words))
    return latest(certificate)


def reduce(certificate: Certificate, corridors: list[tuple[str, str]], **more: Any) -> Certificate:
    """Only these corridors stay: proposed by the manager, accepted by the decider."""
    row = latest(certificate)
    wanted = Wanted(tuple(corridors), tuple(row.sectors), tuple(str(one["name"]) for one in row.branches))
    answer(proposed(certificate, "reduce", wanted=wanted, **more))
    return Certificate.objects.get(replaces=certificate)


def revise(certificate: Certificate, **more: str) -> Certificate:
    """The next revision with the agency's particulars of today."""
    words = {"reason": "The agency moved.", "public_note": "New address.", **more}
    return services.correct_certificate(certificate_id=certificate.pk, actor=manager(), **words)


def latest(certificate: Certificate) -> Certificate:
    """The row as it is now (a stateful row is read again, never refreshed)."""
    return Certificate.objects.select_related("agency__organisation", "edition").get(pk=certificate.pk)


def with_corridors(*pairs: tuple[str, str], name: str | None = None) -> Agency:
    """An agency with these corridors."""
    return agencies.agency(name, corridors=pairs)
