"""What is left to do before a case moves on: each thing by its code, with the way out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from certification.repayments.models.reckoning import reckoning_of
from certification.repayments.rules import (
    WHOLE,
    cohorts_without_ground,
    currencies_without_rate,
    sample_needed,
)
from certification.repayments.states import BreachState, CheckResult
from iris.core import clocks
from iris.core.money import Money

if TYPE_CHECKING:
    from certification.repayments.models.case import RepaymentCase
    from certification.repayments.models.workers import CaseWorker

MOST_NAMED = 10


def no_rate(currency: str, payout: str) -> str:
    """The sentence for a currency without a rate."""
    return _(
        "%(currency)s has no exchange rate to %(payout)s in this case. Enter the rate, its day and its source under "
        "Rates."
    ) % {"currency": currency, "payout": payout}


def to_quantify(case: RepaymentCase) -> list[str]:
    """Somebody to pay, terms chosen, rates for every currency, something to go by in every cohort."""
    left = []
    if not case.rule or not case.currency:
        left.append(_("The rule and the currency are not chosen. Choose them under Terms."))
    if not case.workers.exists():
        left.append(_("No worker is written down. Add one, or import a sheet."))
        return left
    inputs = reckoning_of(case)
    if case.currency:
        left += [no_rate(one, case.currency) for one in currencies_without_rate(inputs)]
    left += [
        _(
            "Cohort %(name)s has no amount to go by. Add a proven cost, a testimony or an estimate for one of its "
            "workers."
        )
        % {"name": name}
        for name in cohorts_without_ground(inputs)
    ]
    return left


def to_agree(case: RepaymentCase) -> list[str]:
    """Workers consulted, and shares that make the whole."""
    left = []
    if not case.consultations.exists():
        left.append(
            _(
                "Nobody was consulted. The agency writes down when and how workers or their representatives were asked."
            )
        )
    given = case.shares.aggregate(all=Sum("weight"))["all"] or 0
    if given != WHOLE:
        left.append(
            _("The shares of the payers come to %(found)s per cent, not to 100. The agency corrects them.")
            % {"found": f"{given / 100:g}"}
        )
    return left


def to_pay(case: RepaymentCase) -> list[str]:
    """A plan that adds up."""
    owed = case.workers.aggregate(all=Sum("due_minor"))["all"] or 0
    planned = case.instalments.aggregate(all=Sum("amount_minor"))["all"]
    if planned is None:
        return [_("There are no instalments. Plan them: one, or a few with their days.")]
    if planned != owed:
        return [_("The instalments do not add up to what is owed. Plan them again.")]
    return []


def to_finish_paying(case: RepaymentCase) -> list[str]:
    """Everybody paid in full, or found to be gone and the money held."""
    rows = (
        case.workers.annotate(got=Sum("payments__amount_minor", filter=Q(payments__undone_because="")))
        .filter(held_on=None)
        .order_by("code")
    )
    open_ = [row for row in rows if (row.got or 0) < (row.due_minor or 0)]
    return _each(
        open_,
        lambda row: (
            _("%(code)s got %(got)s of %(due)s. Enter the payment%(way)s.")
            % {
                "code": row.code,
                "got": Money(row.got or 0, case.currency).text,  # type: ignore[attr-defined] # annotated above
                "due": Money(row.due_minor or 0, case.currency).text,
                "way": "" if row.found else _(", or log the search and hold the money"),
            }
        ),
    )


def to_verify(case: RepaymentCase) -> list[str]:
    """Bank proof for all, the workers' word, a third party's check, no open breach."""
    paid = case.workers.filter(payments__undone_because="").distinct()
    without = (
        case.workers.filter(payments__undone_because="", payments__proof=None).distinct().order_by("code")
    )
    left = _each(
        without,
        lambda row: (
            _("%(code)s has a payment without bank proof. The agency attaches it.") % {"code": row.code}
        ),
    )
    left += _confirmations(case, list(paid.prefetch_related("confirmations", "payments")))
    left += _check(case, paid.count())
    return left + to_close(case)


def _confirmations(case: RepaymentCase, paid: list[CaseWorker]) -> list[str]:
    needed = sample_needed(len(paid), clocks.number("repayment_confirmations_percent"))
    left, asked = [], 0
    for row in paid:
        said = list(row.confirmations.all())
        if not said:
            continue
        asked += 1
        got = sum(one.amount_minor for one in row.payments.all() if not one.undone_because)
        if said[-1].amount_minor < got:
            left.append(
                _("%(code)s confirmed %(said)s of %(got)s. Find out why, pay what is missing and ask again.")
                % {
                    "code": row.code,
                    "said": Money(said[-1].amount_minor, case.currency).text,
                    "got": Money(got, case.currency).text,
                }
            )
    if asked < needed:
        silent = [row.code for row in paid if not row.confirmations.all()][:MOST_NAMED]
        left.append(
            _("%(asked)s of %(needed)s workers have confirmed what they got. Ask the others: %(codes)s.")
            % {"asked": asked, "needed": needed, "codes": ", ".join(silent)}
        )
    return left


def _check(case: RepaymentCase, paid: int) -> list[str]:
    last = case.checks.order_by("created_at").last()
    needed = sample_needed(
        paid, clocks.number("repayment_check_percent"), clocks.number("repayment_check_least")
    )
    if last is None:
        return [
            _("There is no third-party check. Write down who asked which number of workers, and the result.")
        ]
    if last.result != CheckResult.GOOD:
        return [_("The last third-party check found problems. Send the case back, or check again.")]
    if last.sample < needed:
        return [
            _(
                "The third-party check asked %(found)s workers; %(needed)s are needed. Ask more and write it down."
            )
            % {"found": last.sample, "needed": needed}
        ]
    return []


def to_close(case: RepaymentCase) -> list[str]:
    """No breach that is not put right."""
    left = []
    for row in case.breaches.exclude(state=BreachState.SETTLED).select_related("worker"):
        words = {"what": row.get_kind_display(), "code": row.worker.code if row.worker else _("all workers")}
        said = (
            _(
                "%(what)s (%(code)s): answered, and not seen to be put right yet. Settle it or refuse the answer."
            )
            if row.state == BreachState.ANSWERED
            else _("%(what)s (%(code)s): the agency has not answered. It says how it puts this right.")
        )
        left.append(said % words)
    return left


def _each(rows: Iterable[CaseWorker], say: Callable[[CaseWorker], str]) -> list[str]:
    found = list(rows)
    told = [say(row) for row in found[:MOST_NAMED]]
    if len(found) > MOST_NAMED:
        told.append(_("And %(n)s more workers.") % {"n": len(found) - MOST_NAMED})
    return told
