"""Who sees a case, whose move it is, what is left to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.agencies.selectors.offers import Panel
from certification.repayments.models import Breach, CaseWorker, RepaymentCase
from certification.repayments.permissions import agrees, opens, verifies, works_on
from certification.repayments.states import ROAD, BreachState, CaseState
from iris.accounts.states import OrganisationKind
from iris.core.errors import Text
from iris.core.fsm import missing
from iris.core.money import Money
from iris.core.moves import Move, Step, Todo

if TYPE_CHECKING:
    from certification.agencies.models import Agency
    from iris.accounts.models import User

MOST_SHOWN = 10


def cases_visible_to(user: User) -> QuerySet[RepaymentCase]:
    """The agency its own; the scheme all; a third party what it verifies or audits. Nobody else any."""
    rows = RepaymentCase.objects.all()
    if not getattr(user, "is_authenticated", False) or user.organisation is None:
        return rows.none()
    if user.is_kind(OrganisationKind.SCHEME):
        return rows
    own = user.organisation.pk
    if user.is_kind(OrganisationKind.AGENCY):
        return rows.filter(agency__organisation_id=own)
    if user.is_kind(OrganisationKind.AUDIT_FIRM):
        reads = RepaymentCase.objects.filter(agency__readers__organisation_id=own).values("pk")
        return rows.filter(Q(verifier_id=own) | Q(pk__in=reads))
    if user.is_kind(OrganisationKind.CASEWORKER):
        return rows.filter(verifier_id=own)
    return rows.none()


def with_context(rows: QuerySet[RepaymentCase]) -> QuerySet[RepaymentCase]:
    """With what every page shows."""
    return rows.select_related("agency__organisation", "verifier")


def cases_list(user: User, *, closed: bool) -> QuerySet[RepaymentCase]:
    """The list, newest first, with how many workers and how much."""
    rows = with_context(cases_visible_to(user))
    rows = rows if closed else rows.exclude(state=CaseState.CLOSED)
    return rows.annotate(people=Count("workers"), owed=Sum("workers__due_minor")).order_by("-created_at")


@dataclass(frozen=True)
class Progress:
    """How far the money has come."""

    workers: int
    paid: int
    held: int
    owed: int
    got: int
    currency: str

    @property
    def owed_money(self) -> Money:
        """What is owed in all."""
        return Money(self.owed, self.currency)

    @property
    def got_money(self) -> Money:
        """What the workers have."""
        return Money(self.got, self.currency)


def payment_progress(case: RepaymentCase) -> Progress:
    """Workers and money, paid and held."""
    rows = case.workers.annotate(
        got=Sum("payments__amount_minor", filter=Q(payments__undone_because=""))
    ).values_list("due_minor", "got", "held_on")
    found = [(due or 0, got or 0, held) for due, got, held in rows]
    return Progress(
        workers=len(found),
        paid=sum(1 for due, got, _held in found if got >= due and got),
        held=sum(1 for due, got, held in found if held and got < due),
        owed=sum(due for due, _got, _held in found),
        got=sum(got for _due, got, _held in found),
        currency=case.currency,
    )


def _next(case: RepaymentCase) -> Callable[..., None] | None:
    return {
        CaseState.OPEN: case.quantify,
        CaseState.QUANTIFIED: case.agree,
        CaseState.AGREED: case.begin_paying,
        CaseState.PAYING: case.finish_paying,
        CaseState.PAID: case.verify,
        CaseState.VERIFIED: case.close,
    }.get(CaseState(case.state))


def left_to_do(case: RepaymentCase) -> list[Text]:
    """What stands between the case and its next state."""
    method = _next(case)
    return missing(method) if method else []


def move_for(case: RepaymentCase, user: User) -> Move:
    """Whose move it is."""
    if case.state == CaseState.CLOSED:
        return Move(
            who=_("Closed"),
            what=_("The money is with the workers, or held for those who are still looked for."),
            done=True,
        )
    own, what, who = {
        CaseState.OPEN: (
            works_on,
            _("Write down workers and costs, then fix the amounts."),
            case.agency.legal_name,
        ),
        CaseState.QUANTIFIED: (
            agrees,
            _("Read the amounts, then agree to them or send them back."),
            _("the scheme"),
        ),
        CaseState.AGREED: (works_on, _("Plan the instalments and begin to pay."), case.agency.legal_name),
        CaseState.PAYING: (
            works_on,
            _("Pay, attach bank proof, look for those who left."),
            case.agency.legal_name,
        ),
        CaseState.PAID: (verifies, _("Check bank proof and ask workers, then verify."), _verifier(case)),
        CaseState.VERIFIED: (agrees, _("Everything agrees: close the case."), _("the scheme")),
    }[CaseState(case.state)]
    yours = own(case, user)
    due = None
    if case.state == CaseState.PAYING:
        reached = case.workers.filter(held_on=None, found=True).count()
        done = Count("payments", filter=Q(payments__undone_because="", payments__worker__found=True))
        plan = case.instalments.annotate(done=done).order_by("number")
        due = next((row.due_on for row in plan if row.done < reached), None)
    return Move(
        who=_("Your move") if yours else _("%(who)s moves next") % {"who": who},
        what=what,
        yours=yours,
        due=due,
    )


def _verifier(case: RepaymentCase) -> str:
    return case.verifier.name if case.verifier else _("the firm that audits the agency")


def steps_for(case: RepaymentCase) -> list[Step]:
    """The road of the case."""
    now = ROAD.index(CaseState(case.state))
    last = len(ROAD) - 1
    return [
        Step(state.label, "done" if place < now or now == last else "now" if place == now else "todo")
        for place, state in enumerate(ROAD)
    ]


def todos_for(user: User) -> list[Todo]:
    """What repayments ask of a person now."""
    if not user.is_kind("agency", "scheme", "audit_firm", "caseworker"):
        return []
    rows = list(with_context(cases_visible_to(user)).exclude(state=CaseState.CLOSED)[:50])
    found = []
    for case in rows:
        move = move_for(case, user)
        if move.yours:
            title = _("Repayment %(number)s: %(title)s") % {"number": case.number, "title": case.title}
            found.append(Todo(title=title, url=_url(case), what=move.what, due=move.due, icon="cash"))
    return found + _breach_todos(user)


def _breach_todos(user: User) -> list[Todo]:
    wanted = (
        BreachState.REPORTED
        if user.is_kind(OrganisationKind.AGENCY)
        else BreachState.ANSWERED
        if user.is_kind(OrganisationKind.SCHEME)
        else None
    )
    if wanted is None:
        return []
    rows = Breach.objects.filter(state=wanted, case__in=cases_visible_to(user)).select_related("case")[:20]
    cases = {row.case_id: row.case for row in rows}
    said = (
        _("Repayment %(number)s: answer a breach")
        if wanted == BreachState.REPORTED
        else _("Repayment %(number)s: a breach is answered")
    )
    what = _("Nothing closes until it is put right.")
    return [
        Todo(title=said % {"number": case.number}, url=_url(case), what=what, icon="alert-octagon")
        for case in cases.values()
    ]


def agency_panel(agency: Agency, user: User) -> Panel | None:
    """Its cases on the page of an agency, for the scheme, the agency and its auditors."""
    rows = list(
        cases_visible_to(user)
        .filter(agency=agency)
        .annotate(people=Count("workers"), owed=Sum("workers__due_minor"))
        .order_by("-created_at")[:MOST_SHOWN]
    )
    may_open = opens(agency, user)
    if not rows and not (may_open and user.is_kind("scheme")):
        return None
    return Panel("repayments/_agency.html", {"cases": rows, "may_open": may_open})


def untraced(case: RepaymentCase) -> QuerySet[CaseWorker]:
    """Workers who left and are still to be found."""
    return case.workers.filter(found=False).order_by(F("code"))


def _url(case: RepaymentCase) -> str:
    return reverse("repayments:case", args=[case.pk])
