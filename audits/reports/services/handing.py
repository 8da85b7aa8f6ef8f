"""What an audit hands over when its report is final, and to whom: its application, its order, or the scheme."""

from __future__ import annotations

from typing import Literal

from audits.engagements import services as engagements
from audits.engagements.models import Audit
from audits.findings import selectors as findings
from certification.applications import services as applications
from certification.certificates import services as certificates
from certification.certificates.states import OrderState
from iris.accounts.models import User
from iris.core import events

from .. import selectors
from ..models import Report
from ..states import Outcome


def hand_over(audit: Audit, report: Report, actor: User) -> None:
    """An application gets its recommendation; an order what became of it; closed findings speak for themselves."""
    if audit.is_for_case:
        _to_application(audit, report, actor)
        return
    if audit.order is not None:
        _to_order(audit, report, actor)
    engagements.tell_scheme(audit, "audits/ordered_done", advice=str(report.get_outcome_display()))


def _to_application(audit: Audit, report: Report, actor: User) -> None:
    open_ones = findings.blockers(audit)
    assert audit.stage2_ended_on is not None
    outcome: Literal["grant", "refuse"] = "grant" if report.outcome == Outcome.GRANT else "refuse"
    applications.receive_recommendation(
        application_id=audit.application_id,
        actor=actor,
        recommendation=applications.Recommendation(
            outcome=outcome,
            summary=report.recommendation,
            open_critical=len(open_ones.critical),
            open_major=open_ones.open_major,
            audited_by=selectors.team_ids(audit),
            stage2_ended_on=audit.stage2_ended_on,
            firm_id=audit.firm.organisation_id,
            firm_name=audit.firm.organisation.name,
        ),
    )


def _to_order(audit: Audit, report: Report, actor: User) -> None:
    assert audit.order is not None
    assert audit.stage2_ended_on is not None
    if audit.order.state != OrderState.ORDERED:
        # Somebody recorded by hand what came of the order: the report stands, the record is not written twice.
        events.record(audit, act="order_was_settled", actor=actor, data={"state": audit.order.state})
        return
    certificates.record_audit_held(
        order_id=audit.order.pk,
        actor=actor,
        held_on=audit.stage2_ended_on,
        outcome=selectors.order_outcome(audit),
        firm_id=audit.firm.organisation_id,
        note=f"{audit.number}: {report.get_outcome_display()}. {report.recommendation}",
    )
