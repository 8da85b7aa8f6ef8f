"""Audits while certificates run: a surveillance audit at work, an unannounced one to come, one that is reported."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from audits.bodies.models import Auditor
from audits.bodies.selectors import ineligible_because
from audits.bodies.states import language_table
from audits.engagements import services as engagements
from audits.engagements.models import Audit
from audits.engagements.services import Heard, IndicatorRating, PlanInput, Size, Visit
from audits.engagements.states import IntervieweeKind, Notice, PriorSource, Rating, Readiness, Stage
from audits.reports import services as reports
from audits.reports.services import ReportText
from certification.agencies.selectors import signatory
from certification.certificates import services as certificates
from certification.certificates.models import AuditOrder, Certificate
from certification.certificates.states import IN_FORCE, OrderKind, OrderState
from iris.core import clocks
from iris.demo.building.fieldwork import hold_meeting

if TYPE_CHECKING:
    from iris.demo.building.scheme import World

PRINCIPLES = ["1", "5"]


def build(world: World, now: datetime) -> None:
    """Three ordered audits on certificates that have nothing else open."""
    free = [row for row in _quiet() if _lead(world, row) is not None][:3]
    for row, begun, walk in zip(free, (2, 1, 30), (_at_work, _unannounced, _reported), strict=False):
        with clocks.freeze(now - timedelta(days=begun)):
            walk(world, row)


def _quiet() -> list[Certificate]:
    rows = Certificate.objects.filter(state__in=IN_FORCE, replaced_by=None).exclude(
        orders__state=OrderState.ORDERED
    )
    return list(rows.select_related("application__agency").order_by("-decided_on")[:12])


def _lead(world: World, row: Certificate) -> Auditor | None:
    return next((one for one in world.auditors if not ineligible_because(one, row.application)), None)


def _order(world: World, row: Certificate, kind: OrderKind, reason: str) -> AuditOrder:
    return certificates.order_audit(
        certificate_id=row.pk, kind=kind, reason=reason, actor=world.staff["scheme_manager"]
    )


def _accepted(world: World, row: Certificate, order: AuditOrder) -> Audit:
    lead = _lead(world, row)
    assert lead is not None
    audit = engagements.offer_ordered_audit(
        order_id=order.pk,
        auditor_id=lead.pk,
        actor=world.staff["scheme_manager"],
        size=Size(24, Decimal("2"), "The occasion: two principles and the branch."),
        principles=PRINCIPLES,
    )
    return engagements.accept_audit(
        audit_id=audit.pk, actor=lead.person, no_conflict=True, text="No work, money or family ties."
    )


def _plan(audit: Audit, notice: Notice, days: int) -> None:
    first = clocks.today() + timedelta(days=days)
    agency = audit.agency
    by_country = language_table()[1]
    spoken = [by_country.get(one.origin, []) for one in agency.corridors.all()[:1]]
    plan = PlanInput(
        objectives="See whether what was promised at the grant is done a year later.",
        scope="Fees and repayment, grievances; head office and one branch.",
        criteria="Edition 1 of the Standard and the agency's declarations.",
        sites="",
        languages=["en"],
        stage1_on=clocks.today(),
        stage2_from=first,
        stage2_to=first + timedelta(days=1),
        notice=notice,
        notice_reason="A complaint asks that nobody prepares for the visit.",
        interview_languages=[codes[0] for codes in spoken if codes],
        remote=True,
        clash_reason="The other audit's days are moved.",
        visits=[
            Visit(
                place="Head office",
                address=agency.address,
                city=agency.city,
                country=agency.country,
                last_day=first,
            ),
            Visit(
                place="Training centre",
                city=agency.city,
                country=agency.country,
                first_day=first + timedelta(days=1),
            ),
        ],
    )
    engagements.plan_audit(audit_id=audit.pk, actor=audit.lead.person, plan=plan)


def _stage1(audit: Audit) -> None:
    key: dict[str, Any] = {"audit_id": audit.pk, "actor": audit.lead.person}
    engagements.start_stage1(**key)
    heard = Heard(
        PriorSource.UNION,
        clocks.today(),
        "Two returnees spoke of a deposit before departure.",
        confidential=True,
    )
    engagements.note_prior(**key, heard=heard)
    ratings = [IndicatorRating(one.pk, Rating.MEETS) for one in audit.indicators_in_scope()]
    engagements.rate_indicators(**key, stage=Stage.DESK, ratings=ratings)


def _at_work(world: World, row: Certificate) -> None:
    order = _order(world, row, OrderKind.SURVEILLANCE, "The yearly audit.")
    audit = _accepted(world, row, order)
    _plan(audit, Notice.ANNOUNCED, clocks.number("audit_notice_days") + 2)
    _stage1(audit)


def _unannounced(world: World, row: Certificate) -> None:
    order = _order(
        world, row, OrderKind.SHORT_NOTICE, "Two complaints about deposits at the training centre."
    )
    audit = _accepted(world, row, order)
    _plan(audit, Notice.UNANNOUNCED, 16)


def _reported(world: World, row: Certificate) -> None:
    order = _order(world, row, OrderKind.SPECIAL, "The agency reported a new owner.")
    audit = _accepted(world, row, order)
    _plan(audit, Notice.SHORT, 0)
    _stage1(audit)
    key: dict[str, Any] = {"audit_id": audit.pk, "actor": audit.lead.person}
    engagements.close_stage1(**key, readiness=Readiness.READY, text="The new owner's papers are in order.")
    engagements.start_stage2(**key)
    hold_meeting(audit.pk, audit.lead, "opening")
    counts = {str(kind): (6, "") for kind in IntervieweeKind}
    engagements.count_interviews(**key, counts=counts)
    hold_meeting(audit.pk, audit.lead, "closing")
    text = ReportText(summary="The new owner kept the system as it was; nobody was charged.")
    reports.send_draft(**key, text=text, ended_on=clocks.today())
    person = signatory(audit.agency)
    assert person is not None
    reports.agree_draft(audit_id=audit.pk, actor=person)
    reports.send_final(**key, outcome="keep", recommendation="Nothing puts the certificate in doubt.")
