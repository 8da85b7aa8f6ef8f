"""The page of a supplier who was asked: its own part and nothing else. Whoever has the link may fill it in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from iris.core.errors import BadInput, DomainError
from iris.core.policy import public
from supplychain.chains import selectors, services
from supplychain.chains.forms.writing import LineForm
from supplychain.chains.models import Invitation
from supplychain.chains.states import EntryStatus, InvitationState


@public
@never_cache
def part(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, what was written so far, one more line, and sending it."""
    row = selectors.invitation_by_token(token)
    if row is None or row.state == InvitationState.REVOKED:
        raise Http404
    lines = selectors.own_lines(row)
    own = [(str(one.entry.pk), one.name or _("Unknown")) for one in lines]
    you = _("%(name)s (you)") % {"name": row.party.name}
    adding = request.method == "POST" and request.POST.get("act") == "add"
    form = LineForm(request.POST if adding else None, own=own, you=you)
    if request.method == "POST":
        done = _do(request, row, token, form)
        if done is not None:
            return done
    elif row.opened_at is None:
        services.note_opened(invitation_id=row.pk)
    context = {
        "row": row,
        "lines": lines,
        "known": selectors.known_below(row),
        "form": form,
        "drafts": sum(one.entry.status == EntryStatus.DRAFT for one in lines),
        "open": row.is_open,
    }
    answer = render(request, "chains/part.html", context, status=422 if form.errors else 200)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _do(request: HttpRequest, row: Invitation, token: str, form: LineForm) -> HttpResponse | None:
    name = request.POST.get("act", "")
    if name == "add":
        if not form.is_valid():
            return None
        try:
            services.add_entry(token=token, line=_line(form.cleaned_data))
        except DomainError as error:
            form.add_domain_error(error)
            return None
        messages.success(request, _("Written down. Send it when your part is complete."))
    elif name == "drop":
        services.drop_entry(token=token, entry_id=_entry(request, row))
        messages.success(request, _("Taken back."))
    elif name == "open":
        party = services.open_name(token=token, entry_id=_entry(request, row))
        messages.success(request, _("The buyer now reads the name %(name)s.") % {"name": party.name})
    else:
        sent = services.send_part(token=token)
        messages.success(
            request, _("%(n)s lines sent to %(who)s.") % {"n": sent, "who": row.organisation.name}
        )
    return redirect("chains:part", token)


def _line(data: dict[str, Any]) -> services.Line:
    above = data.pop("above", "")
    return services.Line(**data, above=UUID(above) if above else None)


def _entry(request: HttpRequest, row: Invitation) -> UUID:
    try:
        found = row.entries.filter(pk=UUID(request.POST.get("entry", ""))).first()
    except ValueError:
        found = None
    if found is None:
        raise BadInput(_("Choose one of your lines."))
    return found.pk
