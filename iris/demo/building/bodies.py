"""Independence of the auditors: figures of two firms, a reason let through, an objection, a witness audit, threats."""

from __future__ import annotations

from datetime import datetime, timedelta

from audits.bodies import services as bodies
from audits.bodies.selectors import ineligible_because
from audits.bodies.services import ThreatText
from audits.bodies.states import BusyKind, ThreatKind
from audits.engagements import services as engagements
from audits.engagements.models import Audit
from audits.engagements.states import AuditState, WitnessOutcome
from certification.agencies.models import Agency
from certification.agencies.selectors import signatory
from certification.applications.models import Application
from certification.applications.states import ApplicationState
from iris.core import clocks
from iris.core.money import Money
from iris.demo.building.scheme import World

SMALL_MARKET = (
    "Only this firm speaks Vietnamese at home. The share falls below the limit this year: two new clients."
)
TOO_CLOSE = "She trained together with our manager in 2019 and they still meet. We would rather not be audited by her."
SEEN = "Opened with the interpreter present, let people talk, took no papers out of hands. Closing meeting on time."


def build(world: World, now: datetime) -> None:
    """After the roads: nothing here stands in the way of an audit that was held."""
    with clocks.freeze(now - timedelta(days=20)):
        _figures(world)
        _threats(world)
    with clocks.freeze(now - timedelta(days=2)):
        _let_through(world)
        _calendar(world)
    _objection(now)
    _witness(world, now)


def _figures(world: World) -> None:
    """Each firm's last year; one client of the last firm is above the limit."""
    manager = world.staff["scheme_manager"]
    year = clocks.today().year - 1
    firms = list(dict.fromkeys(one.firm for one in world.auditors))
    heavy = Agency.objects.get(legal_name="Đồi Chè Human Resources")
    clients = list(
        Agency.objects.filter(audits__state=AuditState.REPORTED).distinct().order_by("legal_name")[:3]
    )
    for number, firm in enumerate(firms):
        fees = {one.pk: Money(700_000 + 150_000 * place, "USD") for place, one in enumerate(clients)}
        if number == len(firms) - 1:
            fees[heavy.pk] = Money(5_800_000, "USD")
        bodies.keep_firm_year(
            firm_id=firm.pk,
            actor=manager,
            year=year,
            currency="USD",
            turnover=Money(36_000_000 + 9_000_000 * (len(firms) - 1 - number), "USD"),
            fees=fees,
        )


def _threats(world: World) -> None:
    manager = world.staff["scheme_manager"]
    auditor = world.auditors[0]
    for kind, text, safeguard, days in (
        (
            ThreatKind.FAMILIARITY,
            "The same lead auditor has audited three sister agencies in one city within a year.",
            "Another firm holds the next audit in this city; the scheme watches one of them.",
            60,
        ),
        (
            ThreatKind.INTIMIDATION,
            "An agency told the auditor that it would complain to the ministry if a finding became public.",
            "",
            10,
        ),
    ):
        bodies.record_threat(
            actor=manager,
            threat=ThreatText(
                kind=kind,
                text=text,
                safeguard=safeguard,
                owner_id=manager.pk,
                auditor_id=auditor.pk,
                firm_id=auditor.firm_id,
                review_on=clocks.today() + timedelta(days=days),
            ),
        )


def _let_through(world: World) -> None:
    """The share of revenue against one auditor, let through by the manager and a decider."""
    application = Application.objects.filter(
        agency__legal_name="Đồi Chè Human Resources", state=ApplicationState.ACCEPTED
    ).first()
    if application is None:
        return
    for auditor in reversed(world.auditors):
        reasons = ineligible_because(auditor, application)
        if len(reasons) == 1 and reasons[0].overridable:
            asked = bodies.ask_override(
                auditor_id=auditor.pk,
                application_id=application.pk,
                actor=world.staff["scheme_manager"],
                key=reasons[0].key,
                reason=SMALL_MARKET,
            )
            bodies.answer_override(override_id=asked.pk, actor=world.deciders[0], confirmed=True)
            return


def _calendar(world: World) -> None:
    for place, auditor in enumerate(world.auditors[:3]):
        first = clocks.today() + timedelta(days=12 + 9 * place)
        bodies.add_busy(
            auditor_id=auditor.pk,
            actor=auditor.person,
            first=first,
            last=first + timedelta(days=4),
            kind=BusyKind.LEAVE,
        )


def _objection(now: datetime) -> None:
    """One agency objects to its lead auditor; the scheme has not answered."""
    audit = (
        Audit.objects.filter(state=AuditState.PLANNED, accepted_at__isnull=False)
        .order_by("-accepted_at")
        .first()
    )
    if audit is None or audit.accepted_at is None:
        return
    with clocks.freeze(min(audit.accepted_at + timedelta(days=1), now)):
        speaker = signatory(audit.agency)
        assert speaker is not None
        engagements.object_to(audit_id=audit.pk, auditor_id=audit.lead_id, actor=speaker, reason=TOO_CLOSE)


def _witness(world: World, now: datetime) -> None:
    """Somebody of the scheme watched a lead auditor on site."""
    audit = Audit.objects.filter(state=AuditState.STAGE2).order_by("stage2_started_at").first()
    if audit is None or audit.stage2_started_at is None:
        return
    watcher = world.staff["screener"]
    with clocks.freeze(audit.stage2_started_at):
        row = engagements.plan_witness(
            audit_id=audit.pk,
            auditor_id=audit.lead_id,
            witness_id=watcher.pk,
            planned_on=clocks.today(),
            actor=world.staff["scheme_manager"],
        )
    with clocks.freeze(min(audit.stage2_started_at + timedelta(days=1), now)):
        engagements.record_witness(
            witness_audit_id=row.pk,
            actor=watcher,
            held_on=clocks.today(),
            outcome=WitnessOutcome.SATISFACTORY,
            notes=SEEN,
        )
