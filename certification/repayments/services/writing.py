"""What every writing service asks first: the locked case, the person, the state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from certification.repayments.models import CaseWorker, RepaymentCase
from certification.repayments.permissions import works_on
from certification.repayments.states import WORKED_OUT, CaseState
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import lock
from iris.core.money import Money

if TYPE_CHECKING:
    from iris.accounts.models import User


def case_for(case_id: UUID, actor: User, states: Sequence[str] = WORKED_OUT) -> RepaymentCase:
    """The locked case, for somebody of the agency, in one of these states."""
    case = lock(RepaymentCase, case_id)
    if not works_on(case, actor):
        raise NotPermitted(_("Only whoever speaks for the agency does this."))
    in_state(case, states)
    return case


def in_state(case: RepaymentCase, states: Sequence[str]) -> None:
    """Raises Conflict when the case has moved on."""
    if case.state not in states:
        words = ", ".join(str(CaseState(one).label) for one in states)
        raise Conflict(
            _("Case %(number)s is “%(state)s”; this is done while it is: %(words)s.")
            % {"number": case.number, "state": CaseState(case.state).label, "words": words}
        )


def worker_for(worker_id: UUID, actor: User, states: Sequence[str] = WORKED_OUT) -> CaseWorker:
    """The locked worker of a locked case."""
    case_id = CaseWorker.objects.values_list("case_id", flat=True).get(pk=worker_id)
    case = case_for(case_id, actor, states)
    worker = lock(CaseWorker, worker_id)
    worker.case = case
    return worker


def said(text: str, field: str, most: int = 2_000) -> str:
    """A text that has to be there."""
    plain = text.strip()
    if not plain:
        raise BadInput(fields={field: [_("Fill this in.")]})
    return plain[:most]


def past(day: date | None, field: str) -> date:
    """A day that has been."""
    if day is None:
        raise BadInput(fields={field: [_("Enter a day, for example 2026-05-03.")]})
    if day > clocks.today():
        raise BadInput(
            fields={
                field: [
                    _("Expected a day until today, found %(found)s. Enter the day on which it happened.")
                    % {"found": day.isoformat()}
                ]
            }
        )
    return day


def money(text: str, currency: str, field: str) -> Money:
    """An amount above zero, or a sentence on its field."""
    try:
        found = Money.parse(text, currency)
    except BadInput as error:
        raise BadInput(fields={field: [str(error.message)]}) from error
    if found.minor <= 0:
        raise BadInput(
            fields={field: [_("Expected an amount above zero, found “%(found)s”.") % {"found": text[:40]}]}
        )
    return found


def decimal(text: str, field: str, digits: int, most: Decimal) -> Decimal:
    """An exact decimal above zero with at most so many digits after the point."""
    plain = text.strip().replace(" ", "").replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation as error:
        raise BadInput(
            fields={field: [_("Expected a number such as 0.0075, found “%(found)s”.") % {"found": text[:40]}]}
        ) from error
    exponent = value.normalize().as_tuple().exponent if value.is_finite() else "x"
    if not isinstance(exponent, int) or value <= 0 or value > most or -exponent > digits:
        raise BadInput(
            fields={
                field: [
                    _(
                        "Expected a number above 0, at most %(most)s, with at most %(digits)s digits after the point, "
                        "found “%(found)s”."
                    )
                    % {"most": f"{most:f}", "digits": digits, "found": text[:40]}
                ]
            }
        )
    return value
