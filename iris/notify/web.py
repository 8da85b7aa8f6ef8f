"""The inbox."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from iris.core.policy import signed_in
from iris.core.web import get_or_404, paginate
from iris.notify import services
from iris.notify.selectors import notices_visible_to

PER_PAGE = 30


@signed_in
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What a person was told, unread first."""
    page = paginate(request, notices_visible_to(request.user), PER_PAGE)
    return render(request, "notify/inbox.html", {"page": page})


@signed_in
@require_POST
def open_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Go to what the notice is about, and mark it read."""
    notice = get_or_404(notices_visible_to(request.user), pk=notice_id)
    services.mark_read(notice=notice)
    return redirect(notice.url or "notify:inbox")


@signed_in
@require_POST
def read(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Mark one read and stay."""
    services.mark_read(notice=get_or_404(notices_visible_to(request.user), pk=notice_id))
    return redirect("notify:inbox")


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything read."""
    count = services.mark_all_read(user=request.user)
    if count:
        messages.success(
            request,
            ngettext("%(n)s notice marked as read.", "%(n)s notices marked as read.", count) % {"n": count},
        )
    return redirect("notify:inbox")
