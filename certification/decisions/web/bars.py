"""Who may not decide on an agency: read by the scheme, written by hand where no act wrote it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from certification.agencies import selectors as agencies
from certification.decisions import selectors, services
from certification.decisions.forms import BarForm
from iris.accounts.models import User
from iris.accounts.states import Role
from iris.core import clocks
from iris.core.errors import DomainError
from iris.core.policy import for_roles
from iris.core.web import get_or_404


@for_roles(Role.DECIDER, Role.SCHEME_MANAGER)
def bars(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """The bars on one agency, and the form to add one."""
    agency = get_or_404(agencies.agencies_visible_to(request.user), pk=agency_id)
    own_only = not request.user.has_role(Role.SCHEME_MANAGER)
    people = User.objects.filter(pk=request.user.pk) if own_only else selectors.deciders()
    form = BarForm(people, request.POST or None, initial={"person": request.user.pk} if own_only else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.bar_by_hand(agency=agency, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Written down. It holds at once and cannot be taken back."))
            return redirect("decisions:bars", agency.pk)
    context = {
        "agency": agency,
        "bars": list(selectors.bars_ever_on(agency)),
        "today": clocks.today(),
        "months": clocks.number("consultancy_cooloff_months"),
        "form": form,
        "own_only": own_only,
    }
    return render(request, "decisions/bars.html", context, status=422 if form.errors else 200)
