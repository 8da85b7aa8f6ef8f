"""Suppliers asked for their part: ask, list, look through."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from iris.core import clocks, events
from iris.core.errors import BadInput, DomainError
from iris.core.policy import for_kinds, for_roles
from iris.core.web import get_or_404, paginate
from supplychain.chains import selectors, services
from supplychain.chains.forms.writing import InviteForm
from supplychain.chains.models import Invitation
from supplychain.chains.selectors.drawing import parties_visible_to


def _mine(request: HttpRequest, invitation_id: UUID) -> Invitation:
    return get_or_404(selectors.invitations_visible_to(request.user), pk=invitation_id)


@for_kinds("employer")
@require_GET
def suppliers(request: HttpRequest) -> HttpResponse:
    """Who was asked, and what came in."""
    rows = selectors.invitations_visible_to(request.user)
    context = {"page": paginate(request, rows), "tab": "suppliers", "today": clocks.today()}
    return render(request, "chains/suppliers.html", context)


@for_roles("sourcing_manager")
def invite(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """Ask a supplier for what stands below it."""
    party = get_or_404(parties_visible_to(request.user), pk=party_id)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.invite_supplier(actor=request.user, party_id=party.pk, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("%(email)s gets a link by e-mail.") % {"email": made.email})
            return redirect("chains:supplier", made.pk)
    context = {
        "form": form,
        "party": party,
        "title": _("Ask %(name)s for its part") % {"name": party.name},
        "intro": _(
            "The person gets a link that works without an account. It shows nothing of your chain but what stands"
            " directly below this party. You look through what comes in before it is taken into the chain."
        ),
        "button": _("Send the link"),
        "danger": False,
        "after": "",
        "search": None,
    }
    return render(request, "chains/act.html", context, status=422 if form.errors else 200)


@for_kinds("employer")
@require_GET
def supplier(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """What one supplier sent, line by line."""
    row = _mine(request, invitation_id)
    entries = list(row.entries.exclude(status="draft").select_related("above", "party", "above__party"))
    context = {
        "row": row,
        "entries": entries,
        "waiting": [one for one in entries if one.status == "sent"],
        "events": events.events_of(row, limit=12),
        "manages": request.user.has_role("sourcing_manager"),
    }
    return render(request, "chains/supplier.html", context)


@for_roles("sourcing_manager")
@require_POST
def act(request: HttpRequest, invitation_id: UUID, name: str) -> HttpResponse:
    """Take lines in, refuse one, send the link again, revoke it."""
    if name not in {"accept", "refuse", "again", "revoke"}:
        raise Http404
    row = _mine(request, invitation_id)
    if name == "accept":
        one = request.POST.get("entry", "")
        wanted = [_uuid(one)] if one else None
        taken = services.accept_entries(invitation_id=row.pk, actor=request.user, entry_ids=wanted)
        messages.success(request, _("%(n)s lines taken into the chain.") % {"n": taken})
    elif name == "refuse":
        services.refuse_entry(
            entry_id=get_or_404(row.entries.all(), pk=_uuid(request.POST.get("entry", ""))).pk,
            actor=request.user,
            reason=request.POST.get("reason", ""),
        )
        messages.success(request, _("Not taken in. The supplier sees why."))
    elif name == "again":
        services.send_again(invitation_id=row.pk, actor=request.user)
        messages.success(request, _("A new link is on its way; the old one no longer works."))
    else:
        services.revoke_invitation(invitation_id=row.pk, actor=request.user)
        messages.success(request, _("The link no longer works."))
    return redirect("chains:supplier", row.pk)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise BadInput(_("Choose one of the lines.")) from error
