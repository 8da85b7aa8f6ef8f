"""Whose move it is, in words for the person who reads; the steps of a case; deadlines; what now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.agencies import selectors as agencies
from certification.applications import permissions, states
from certification.applications.models import Application
from certification.applications.states import ApplicationState
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind, Role
from iris.core import clocks
from iris.core.days import short
from iris.core.moves import Move, Step, Todo, by_urgency

from .cases import applications_visible_to, readiness, waiting_for_audit
from .offers import move_offered, progress_of

State = ApplicationState
MANY = 20
MoveMaker = Callable[[Application, User], Move]


def move_for(application: Application, user: User) -> Move:
    """Who acts next, what happens, and until when."""
    offered = move_offered(application, user)
    return offered if offered is not None else _MOVES[State(application.state)](application, user)


def _url(application: Application, page: str) -> str:
    return reverse(f"applications:{page}", args=[application.pk])


def _of_agency(user: User) -> bool:
    return user.is_kind(OrganisationKind.AGENCY)


def _draft(application: Application, user: User) -> Move:
    if not _of_agency(user):
        return Move(
            _("Waiting for the agency: it has not sent its application"), _("Nothing to do for you now.")
        )
    found = readiness(application.agency)
    if not found.ready:
        left = len(found.eligibility.missing) + len(found.assessment_missing)
        return Move(
            _("Your move: %(count)s left before you can send") % {"count": left},
            _("The list on this page says what is missing, and where to put it right."),
            yours=permissions.may_answer(application, user),
        )
    if not permissions.may_sign(application, user):
        return Move(
            _("Waiting for your signatory: declare and send"),
            _(
                "Everything is there. Only the authorised signatory of your agency can declare it true and send it."
            ),
        )
    return Move(
        _("Your move: declare and send your application"),
        _("Everything is there. You check it once more, declare it true, and send it to the scheme."),
        yours=True,
        act_label=_("Check and declare"),
        act_url=_url(application, "declare"),
    )


def _submitted(application: Application, user: User) -> Move:
    if permissions.may_screen(application, user):
        return _held_by_another(application, user) or Move(
            _("Your move: ask for the fee"),
            _(
                "The agency gets the invoice’s number by e-mail. The review’s clock starts when the fee has cleared."
            ),
            yours=True,
            due=application.fee_due,
            act_label=_("Ask for the fee"),
            act_url=_url(application, "request_fee"),
        )
    return Move(
        _("Waiting for the scheme: invoice for the application fee"),
        _("Nothing to do for you now. When the invoice is there we write to you."),
    )


def _fee_pending(application: Application, user: User) -> Move:
    if _of_agency(user):
        return Move(
            _("Your move: pay invoice %(invoice)s") % {"invoice": application.invoice_number},
            _("Pay it as the invoice says. The scheme starts its review on the day the fee has cleared."),
            yours=permissions.may_answer(application, user),
            due=application.fee_due,
        )
    move = Move(
        _("Waiting for the agency: pay invoice %(invoice)s") % {"invoice": application.invoice_number},
        _("When the fee has cleared, record it: the review’s clock starts on that day."),
        due=application.fee_due,
    )
    if permissions.may_screen(application, user):
        return Move(
            move.who,
            move.what,
            due=move.due,
            act_label=_("Record the fee"),
            act_url=_url(application, "record_fee"),
        )
    return move


def _held_by_another(application: Application, user: User) -> Move | None:
    """For a screener: a colleague has the case."""
    holder, since = application.case_owner, application.claimed_at
    if holder is None or since is None or holder.pk == user.pk:
        return None
    return Move(
        _("Waiting for %(who)s: they have this case") % {"who": holder.label},
        _("Since %(day)s. They, or a scheme manager, can release it.")
        % {"day": agencies.in_words(since.date())},
        due=application.due,
    )


def _in_review(application: Application, user: User) -> Move:
    if permissions.may_screen(application, user):
        held = _held_by_another(application, user)
        if held is not None:
            return held
        what = (
            _(
                "It came back from a deferral: look at what changed. The agency hears of your answer by e-mail."
            )
            if application.is_returned
            else _(
                "Read the declaration, the scope and the self-assessment. The agency hears of your answer by e-mail."
            )
        )
        return Move(_("Your move: accept, defer or reject"), what, yours=True, due=application.review_due)
    return Move(
        _("Waiting for the scheme: it screens the application"),
        _("Nothing to do for you now. The scheme accepts it, asks for what is missing, or says why not."),
        due=application.review_due,
    )


def _deferred(application: Application, user: User) -> Move:
    until = application.deferred_until
    over = until is not None and until < clocks.today()
    if _of_agency(user):
        mine = permissions.may_answer(application, user)
        return Move(
            _("Your move: send what is missing")
            if mine
            else _("Waiting for your signatory or compliance manager"),
            _("The scheme asks: %(what)s") % {"what": application.deferral_reason},
            yours=mine,
            due=until,
            act_label=_("Send what is missing") if mine else "",
            act_url=_url(application, "information") if mine else "",
        )
    if over and permissions.may_screen(application, user):
        again = application.deferral_extended_at is not None
        return _held_by_another(application, user) or Move(
            _("Your move: reject, or wait") if again else _("Your move: reject, or give more time once"),
            _("The time to send what is missing is over. The agency was told; it can still send it."),
            yours=True,
            due=until,
        )
    return Move(
        _("Waiting for the agency: it sends what is missing"),
        _("Nothing to do for you now. If nothing comes by then the scheme decides whether to reject."),
        due=until,
    )


def _accepted(application: Application, user: User) -> Move:
    if permissions.may_assign(application, user):
        return Move(
            _("Your move: assign an audit firm and a lead auditor"),
            _("Choose one who knows the corridor and the language and has no conflict with this agency."),
            yours=True,
        )
    if user.is_kind(OrganisationKind.SCHEME):
        return Move(
            _("Waiting for the scheme manager: assign an audit firm"), _("Nothing to do for you now.")
        )
    return Move(
        _("Waiting for the scheme: it assigns an audit firm"),
        _("Nothing to do for you now. You will read who audits you; write to the scheme if you object."),
    )


def _under_audit(application: Application, user: User) -> Move:
    firm = application.firm.name if application.firm else ""
    if user.organisation is not None and user.organisation.pk == application.firm_id:
        return Move(
            _("Your firm’s move: audit and recommend"),
            _("The audit has a page of its own with its plan, notes and findings."),
            yours=True,
        )
    what = (
        _("Answer the auditors’ questions and findings when they come; each has its own date.")
        if _of_agency(user)
        else _("Nothing to do for you now. The audit ends with a recommendation.")
    )
    return Move(_("Waiting for the audit firm %(firm)s: audit and recommendation") % {"firm": firm}, what)


def _recommended(application: Application, user: User) -> Move:
    if permissions.may_decide(application, user):
        return Move(
            _("Your move: decide, if you may"),
            _("Whoever audited, trained or advised this agency is barred. The decision needs reasons."),
            yours=True,
        )
    return Move(
        _("Waiting for the scheme: it decides"),
        _(
            "Nothing to do for you now. Someone who had no part in the audit reads everything and decides with reasons."
        ),
    )


def _closed(application: Application, user: User) -> Move:
    mine = _of_agency(user)
    again = _("You can apply again when what was missing is put right.") if mine else _("The case is closed.")
    words = {
        State.REJECTED: (_("Closed: rejected"), application.rejection_reason, again),
        State.WITHDRAWN: (_("Closed: the agency withdrew it"), application.withdrawal_reason, again),
        State.REFUSED: (_("Closed: certification refused"), application.outcome_reasons, again),
        State.GRANTED: (_("Closed: certified"), "", _("The certificate has a page of its own.")),
        State.GRANTED_WITH_CONDITIONS: (
            _("Closed: certified with conditions"),
            application.outcome_reasons,
            _("The certificate has a page of its own."),
        ),
    }
    who, why, then = words[State(application.state)]
    return Move(who, f"{why} {then}".strip(), done=True)


_MOVES: dict[ApplicationState, MoveMaker] = {
    State.DRAFT: _draft,
    State.SUBMITTED: _submitted,
    State.FEE_PENDING: _fee_pending,
    State.IN_REVIEW: _in_review,
    State.DEFERRED: _deferred,
    State.ACCEPTED: _accepted,
    State.UNDER_AUDIT: _under_audit,
    State.RECOMMENDED: _recommended,
    **dict.fromkeys(states.CLOSED, _closed),
}


def steps_for(application: Application) -> list[Step]:
    """Applied, screened, stage 1, stage 2, findings closed, decision, certificate: done, now or to come."""
    state = State(application.state)
    progress = progress_of(application)
    recommended = application.recommended_at.date() if application.recommended_at else None
    decided = application.closed_at.date() if application.closed_at and state in states.DECIDED else None
    reached: list[tuple[str, date | None]] = [
        (_("Applied"), application.submitted_at.date() if application.submitted_at else None),
        (_("Screened"), application.accepted_at.date() if application.accepted_at else None),
        (_("Stage 1"), progress.stage1_on or recommended),
        (_("Stage 2"), progress.stage2_on or recommended),
        (_("Findings closed"), progress.findings_closed_on or recommended),
        (_("Decision"), decided),
        (_("Certificate"), progress.certificate_on or (decided if state in states.GRANTS else None)),
    ]
    ended = state in states.CLOSED
    now = next((index for index, (_label, day) in enumerate(reached) if day is None), len(reached))
    return [
        Step(label, "done" if day else "now" if index == now and not ended else "todo", _short(day))
        for index, (label, day) in enumerate(reached)
    ]


def _short(day: date | None) -> str:
    return short(day) if day else ""


@dataclass(frozen=True)
class Deadline:
    """A date on which something of a case is due, and whose it is."""

    label: str
    who: str
    due: date


def deadlines_for(application: Application) -> list[Deadline]:
    """The dates that run on a case now."""
    words = {
        State.SUBMITTED: (_("Invoice for the fee"), _("scheme")),
        State.FEE_PENDING: (_("Pay the fee"), _("agency")),
        State.IN_REVIEW: (_("Screening"), _("scheme")),
        State.DEFERRED: (_("Send what is missing"), _("agency")),
    }
    found = words.get(State(application.state))
    return [Deadline(*found, application.due)] if found and application.due else []


def todos_for(user: User) -> list[Todo]:
    """What applications ask of a person now, and what they wait for."""
    if user.is_kind(OrganisationKind.AGENCY):
        return _todos_of_agency(user)
    if user.is_kind(OrganisationKind.SCHEME) and user.has_role(*permissions.SCREENERS):
        return _todos_of_screener(user)
    return []


def _todos_of_agency(user: User) -> list[Todo]:
    agency = agencies.agency_of(user)
    if agency is None or not agency.enrolled_at:
        return []
    rows = applications_visible_to(user).filter(state__in=[str(state) for state in states.OPEN])
    application = rows.select_related("agency", "agency__organisation", "firm").first()
    if application is None:
        found = readiness(agency)
        ever = applications_visible_to(user).exists()
        if found.ready and not ever and user.has_role(Role.SIGNATORY, Role.MANAGER):
            url = reverse("applications:start")
            return [
                Todo(_("Apply for certification"), url, _("Everything is there. The signatory sends it."))
            ]
        return []
    move = move_for(application, user)
    url = move.act_url or _url(application, "application")
    title = str(move.who).removeprefix(_("Your move: ")).capitalize() if move.yours else str(move.who)
    icon = "send" if move.yours else "hourglass"
    return [Todo(title, url, move.what, due=move.due, icon=icon, waiting=not move.yours)]


def _todos_of_screener(user: User) -> list[Todo]:
    mine = (State.SUBMITTED, State.IN_REVIEW)
    rows = (
        applications_visible_to(user)
        .filter(
            Q(state__in=[str(state) for state in mine])
            | Q(state=State.DEFERRED, deferred_until__lt=clocks.today())
        )
        .filter(Q(case_owner=None) | Q(case_owner=user))
        .select_related("agency", "agency__organisation")
        .order_by("review_due", "submitted_at")[:MANY]
    )
    words = {
        State.SUBMITTED: _("Ask for the fee: %(agency)s"),
        State.IN_REVIEW: _("Screen the application: %(agency)s"),
        State.DEFERRED: _("Nothing came in time: %(agency)s"),
    }
    icons = {State.SUBMITTED: "receipt", State.IN_REVIEW: "zoom-check", State.DEFERRED: "hourglass"}
    todos = [
        Todo(
            words[State(row.state)] % {"agency": row.agency.legal_name},
            _url(row, "application"),
            _("Application %(number)s.") % {"number": row.number},
            due=row.due,
            icon=icons[State(row.state)],
        )
        for row in rows
    ]
    return by_urgency([*todos, *_todos_to_assign(user)])


def _todos_to_assign(user: User) -> list[Todo]:
    """Accepted cases where the next act is this person's; an offer an auditor still thinks about is not."""
    if not user.has_role(Role.SCHEME_MANAGER):
        return []
    found = [(row, move_for(row, user)) for row in waiting_for_audit()[:MANY]]
    return [
        Todo(
            _("Assign an audit: %(agency)s") % {"agency": row.agency.legal_name},
            move.act_url or _url(row, "application"),
            _("Application %(number)s.") % {"number": row.number},
            icon="users",
        )
        for row, move in found
        if move.yours
    ]
