"""Pages without an account: say that an entry is wrong, and see what came of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from rest_framework.throttling import BaseThrottle

from certification.agencies.models import Agency
from certification.corrections import selectors, services
from certification.corrections.forms import DisputeForm
from certification.corrections.models import Dispute
from certification.corrections.permissions import SPEAKING
from iris.accounts.models import User
from iris.core import clocks
from iris.core.days import in_words
from iris.core.errors import DomainError
from iris.core.moves import Move
from iris.core.policy import public
from iris.core.web import get_or_404

SHOWN_OF_A_NUMBER = 40


@public
@require_http_methods(["GET", "POST"])
def dispute(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """Say that the entry of an agency is wrong."""
    agency = get_or_404(selectors.disputable(), pk=agency_id)
    person = request.user if isinstance(request.user, User) else None
    mine = person.organisation if person else None
    ours = mine is not None and mine.pk == agency.organisation_id
    speaks = ours and person is not None and person.has_role(*SPEAKING)
    initial = {"certificate_number": request.GET.get("certificate", "")[:SHOWN_OF_A_NUMBER]}
    known = request.user.is_authenticated
    form = DisputeForm(request.POST or None, initial=initial, known=known, ours=speaks)
    if request.method == "POST" and form.is_valid():
        if form.by_a_machine:
            return redirect("register:agency", agency.pk)
        try:
            made = _take(request, agency, form)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            text = _("Your dispute has arrived: %(reference)s. It is answered by %(day)s at the latest.")
            day = in_words(made.due_on)
            messages.success(request, text % {"reference": made.reference, "day": day})
            if known:
                return redirect("corrections:dispute", made.pk)
            return redirect("corrections:follow", made.code)
    context = {
        "agency": agency,
        "form": form,
        "ours": ours,
        "days": clocks.number("register_dispute_days"),
        "known": known,
    }
    return render(request, "corrections/begin.html", context, status=422 if form.errors else 200)


def _take(request: HttpRequest, agency: Agency, form: DisputeForm) -> Dispute:
    if request.user.is_authenticated:
        return services.dispute_as(agency_id=agency.pk, entry=form.entry(), actor=request.user)
    address = BaseThrottle().get_ident(request)
    return services.dispute_publicly(agency_id=agency.pk, entry=form.entry(), address=str(address or ""))


@public
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """The sender's way back: where it stands, the answer, and taking it back."""
    row = selectors.dispute_by_code(code)
    if row is None or row.sender_id is not None:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            services.withdraw_by_code(code=row.code)
        except DomainError as error:
            problem = str(error)
        else:
            messages.success(request, _("Your dispute is taken back."))
            return redirect("corrections:follow", row.code)
    context = {"row": row, "move": _move(row), "problem": problem}
    return render(request, "corrections/follow.html", context, status=409 if problem else 200)


def _move(row: Dispute) -> Move | None:
    if not row.is_open:
        return None
    return Move(
        who=_("The scheme looks at it"),
        what=_("You read the answer with its reasons on this page."),
        due=row.due_on,
    )
