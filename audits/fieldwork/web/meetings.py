"""Opening and closing meetings: recording them, and acknowledging them on a phone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from audits.engagements.models import Audit
from audits.engagements.states import AuditState
from iris.core import clocks
from iris.core.errors import DomainError
from iris.core.pdf import qr_svg
from iris.core.policy import for_kinds, public

from .. import rules, selectors, services
from ..forms import AcknowledgeForm, MeetingForm, ReplyForm
from ..models import Meeting
from ..services import MeetingEntry, Present
from ..states import MeetingKind, Side
from .head import any_audit, desk_audit, page


def _kind(code: str) -> MeetingKind:
    if code not in MeetingKind.values:
        raise Http404
    return MeetingKind(code)


@for_kinds("audit_firm", "scheme", "agency")
def meeting(request: HttpRequest, audit_id: UUID, kind: str) -> HttpResponse:
    """One meeting: recorded by the team, read by everyone of the case, acknowledged by the agency's people."""
    chosen = _kind(kind)
    audit = any_audit(request, audit_id)
    held = selectors.meeting_of(audit, chosen)
    may_record = audit.state == AuditState.STAGE2 and audit.is_worked_by(request.user)
    if held is None and request.user.is_kind("agency"):
        raise Http404
    writes = may_record and (held is None or "correct" in request.GET or request.method == "POST")
    form = _form(request, audit, chosen, held) if writes else None
    sent = form is not None and request.method == "POST" and form.is_valid()
    if form is not None and sent and _recorded(request, audit, chosen, form):
        return redirect("fieldwork:meeting", audit_id=audit.pk, kind=chosen.value)
    return page(
        request,
        "audits/fieldwork/meeting.html",
        audit,
        form,
        kind=chosen,
        held=held,
        seats=_seats(request, audit, held),
        silent=selectors.silent_in(held) if held else [],
        own=selectors.own_seat(held, request.user) if held else None,
        may_record=may_record,
        team=audit.is_worked_by(request.user),
        reply_form=ReplyForm(),
    )


def _form(request: HttpRequest, audit: Audit, kind: MeetingKind, held: Meeting | None) -> MeetingForm:
    if held is not None:
        people = [(one.name, one.function, one.side) for one in selectors.seats_of(held)]
        texts = {row["text"] for row in held.points if row["explained"]}
        initial: dict[str, Any] = {
            "held_at": held.held_at,
            "place": held.place,
            "remote": held.remote,
            "summary": held.summary,
            "explained": [code for code, text in rules.agenda(kind) if text in texts],
        }
    else:
        people = [
            (place.auditor.person.label, str(place.get_role_display()), Side.AUDITORS.value)
            for place in audit.team.all()
        ]
        initial = {"held_at": clocks.now()}
    return MeetingForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        points=rules.agenda(kind),
        people=people,
        correcting=held is not None,
    )


def _recorded(request: HttpRequest, audit: Audit, kind: MeetingKind, form: MeetingForm) -> bool:
    data = form.cleaned_data
    entry = MeetingEntry(
        held_at=data["held_at"],
        place=data["place"],
        remote=data["remote"],
        people=[Present(*one) for one in form.people()],
        explained=data["explained"],
        summary=data["summary"],
        why_replaced=data.get("why_replaced", ""),
    )
    try:
        services.record_meeting(
            audit_id=audit.pk,
            actor=request.user,
            kind=kind,
            entry=entry,
        )
    except DomainError as error:
        form.add_domain_error(error)
        return False
    messages.success(request, _("The meeting is recorded. Let the agency’s people acknowledge it now."))
    return True


def _seats(request: HttpRequest, audit: Audit, held: Meeting | None) -> list[dict[str, Any]]:
    """Who was there; the team gets the link and picture of those who have not acknowledged."""
    if held is None:
        return []
    team = audit.is_worked_by(request.user) and clocks.today() <= held.links_end_on
    rows = []
    for one in selectors.seats_of(held):
        open_now = team and one.signs and not hasattr(one, "acknowledgement")
        url = (
            request.build_absolute_uri(reverse("fieldwork:acknowledge", args=[one.code])) if open_now else ""
        )
        rows.append({"seat": one, "url": url, "qr": qr_svg(url, scale=3) if url else ""})
    return rows


@for_kinds("audit_firm")
@require_POST
def reply(request: HttpRequest, audit_id: UUID, kind: str, acknowledgement_id: UUID) -> HttpResponse:
    """The auditors answer a disagreement."""
    audit = desk_audit(request, audit_id)
    held = selectors.meeting_of(audit, _kind(kind))
    known = (
        {one.acknowledgement.pk for one in held.attendees.all() if hasattr(one, "acknowledgement")}
        if held
        else set()
    )
    if acknowledgement_id not in known:
        raise Http404
    services.reply_to_disagreement(
        acknowledgement_id=acknowledgement_id, actor=request.user, text=request.POST.get("text", "")
    )
    messages.success(request, _("Your answer stands beside the disagreement."))
    return redirect("fieldwork:meeting", audit_id=audit.pk, kind=kind)


@public
@never_cache
def acknowledge(request: HttpRequest, code: str) -> HttpResponse:
    """What one person of the agency was told, and the one thing they are asked. The link is theirs alone."""
    seat = selectors.seat_by_code(code)
    if seat is None or not seat.signs:
        raise Http404
    form = AcknowledgeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.acknowledge(
                code=code,
                agrees=form.cleaned_data["agrees"] == "yes",
                disagreement=form.cleaned_data["disagreement"],
                actor=request.user if request.user.is_authenticated else None,
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("fieldwork:acknowledge", code=code)
    held = seat.meeting
    context = {
        "seat": seat,
        "meeting": held,
        "audit": held.audit,
        "form": form,
        "done": getattr(seat, "acknowledgement", None),
        "replaced": held.is_replaced,
        "late": clocks.today() > held.links_end_on,
    }
    status = 422 if form.is_bound and form.errors else 200
    answer = render(request, "audits/fieldwork/acknowledge.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
