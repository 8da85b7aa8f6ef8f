"""Cost ledgers with the employer's word: one job order confirmed, one disputed, one whose price raises an alarm."""

from datetime import datetime, timedelta
from typing import Any

from certification.agencies.models import Agency
from certification.agencies.selectors import signatory
from certification.assessments import services as assessments
from certification.assessments.models import Assessment, EmployerRequest, JobOrder
from certification.assessments.selectors import current_assessment, requests_visible_to, with_lines
from certification.assessments.services import CostLineEntry, Dispute, JobOrderEntry
from iris.accounts.models import User
from iris.core import clocks
from iris.demo.building.scheme import World

CONFIRMED, ALARM = "Kalimaru Overseas Services Pvt. Ltd.", "Coast Baobab Employment Bureau"
CHEAP = (("F1", "Service charge", "9000", "employer"), ("C6", "Air ticket", "31000", "employer"))


def build(world: World, now: datetime) -> None:
    """After the roads: the employer answers on orders that name it."""
    assessments.load_tables()
    employer = world.employers[0][0]
    agency = world.agencies[CONFIRMED]
    orders = list(_current(agency).job_orders_in_order())
    with clocks.freeze(now - timedelta(days=15)):
        asked = [_ask(agency, order, employer) for order in orders[:2]]
    with clocks.freeze(now - timedelta(days=11)):
        _confirm_all(employer, asked[0])
    with clocks.freeze(now - timedelta(days=9)):
        _dispute(employer, asked[1])
    with clocks.freeze(now - timedelta(days=6)):
        _ask(world.agencies[ALARM], _cheap_order(world.agencies[ALARM], employer), employer)


def _current(agency: Agency) -> Assessment:
    found = current_assessment(agency)
    assert found is not None
    return found


def _actor(agency: Agency) -> User:
    found = signatory(agency)
    assert found is not None
    return found


def _ask(agency: Agency, order: JobOrder, employer: User) -> EmployerRequest:
    return assessments.ask_employer(
        assessment_id=order.assessment_id,
        actor=_actor(agency),
        order_id=order.pk,
        email=employer.email,
        country=order.destination,
    )


def _lines(employer: User, request: EmployerRequest) -> list[Any]:
    [asked] = with_lines(requests_visible_to(employer).filter(pk=request.pk))
    return asked.lines


def _confirm_all(employer: User, request: EmployerRequest) -> None:
    prints = {line.pk: line.fingerprint for line in _lines(employer, request)}
    assessments.confirm_lines(request_id=request.pk, actor=employer, fingerprints=prints)


def _dispute(employer: User, request: EmployerRequest) -> None:
    first, *rest = _lines(employer, request)
    prints = {line.pk: line.fingerprint for line in rest[:3]}
    assessments.confirm_lines(request_id=request.pk, actor=employer, fingerprints=prints)
    assessments.dispute_line(
        request_id=request.pk,
        actor=employer,
        line_id=first.pk,
        fingerprint=first.fingerprint,
        dispute=Dispute(
            reason="We paid the service fee for 60 workers, not for all. We have no invoice for the others.",
            own_amount="36000",
            own_currency=first.currency,
        ),
    )


def _cheap_order(agency: Agency, employer: User) -> JobOrder:
    """A price at which nobody can recruit without someone else paying."""
    assert employer.organisation is not None
    key: dict[str, Any] = {"assessment_id": _current(agency).pk, "actor": _actor(agency)}
    entry = JobOrderEntry(
        reference="JO-CHEAP-7",
        origin="KE",
        destination="SA",
        employer_name=employer.organisation.name,
        workers=35,
        currency="KES",
        sector="domestic",
        wage="1500",
        wage_currency="SAR",
    )
    order = assessments.save_job_order(**key, entry=entry)
    for category, label, amount, payer in CHEAP:
        line = CostLineEntry(category=category, label=label, amount=amount, currency="KES", paid_by=payer)
        assessments.save_cost_line(**key, order_id=order.pk, entry=line)
    shares = {"employer": "3000", "worker": "5000"}
    shared = CostLineEntry(
        category="C1", label="Medical test", amount="8000", currency="KES", paid_by="shared", shares=shares
    )
    assessments.save_cost_line(**key, order_id=order.pk, entry=shared)
    return order
