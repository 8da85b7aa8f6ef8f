"""The scheme manager's desk, and the health of the periodic work."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from iris.core import clocks, outbox
from iris.core.health import sweeps_health
from iris.core.models import OutboxRow
from iris.core.policy import for_roles
from iris.desks import selectors

MOST_FAILED = 50


@for_roles("scheme_manager", "screener")
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Overdue clocks, where cases stand, what ends soon, signals, audit firms beside each other."""
    context = {
        "today": clocks.today(),
        "overdue": selectors.overdue(),
        "pipeline": selectors.pipeline(),
        "expiring": list(selectors.expiring()[:12]),
        "expiring_days": clocks.number("expiring_days"),
        "signals": selectors.signals(),
        "firms": selectors.firms(),
        "troubled": [one for one in sweeps_health() if one.word in {"failing", "late"}],
    }
    return render(request, "desks/scheme.html", context)


@for_roles("scheme_manager")
@require_GET
def work(request: HttpRequest) -> HttpResponse:
    """Periodic work with its last good end, and jobs that were given up."""
    failed = OutboxRow.objects.filter(status=OutboxRow.State.FAILED).order_by("-due_at")[:MOST_FAILED]
    return render(
        request, "desks/work.html", {"sweeps": sweeps_health(), "failed": failed, "now": clocks.now()}
    )


@for_roles("scheme_manager")
@require_POST
def retry(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Let a job that was given up try again."""
    if outbox.retry(row_id):
        messages.success(request, _("It will be tried again now."))
    else:
        messages.info(request, _("It is no longer among the jobs that were given up."))
    return redirect("desks:work")
