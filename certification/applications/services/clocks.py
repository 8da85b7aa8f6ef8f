"""What the clock does: deferrals run out, overdue reviews are told."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from certification.applications.models import Application
from certification.applications.states import ApplicationState
from iris.core import clocks, events
from iris.core.events import SYSTEM
from iris.core.fsm import lock

from .telling import tell_agency, tell_scheme


def tell_of_deferrals_over() -> int:
    """Tell the screeners and the agency, once, of every deferral that ran out; returns how many.

    Nothing is rejected by the clock: a person of the scheme rejects, or gives more time once.
    """
    rows = Application.objects.filter(
        state=ApplicationState.DEFERRED, deferred_until__lt=clocks.today(), deferral_over_told_at=None
    )
    return sum(_tell_deferral_over(pk) for pk in rows.values_list("pk", flat=True))


def tell_of_overdue_reviews() -> int:
    """Tell the screeners, once, of every review that is past its day; returns how many."""
    rows = Application.objects.filter(
        state=ApplicationState.IN_REVIEW, review_due__lt=clocks.today(), review_overdue_told_at=None
    )
    return sum(_tell_overdue(pk) for pk in rows.values_list("pk", flat=True))


@transaction.atomic
def _tell_deferral_over(application_id: UUID) -> int:
    application = lock(Application, application_id)
    over = application.deferred_until is not None and application.deferred_until < clocks.today()
    if application.state != ApplicationState.DEFERRED or not over or application.deferral_over_told_at:
        return 0
    application.deferral_over_told_at = clocks.now()
    application.save()
    events.record(application, act="deferral_over", actor=SYSTEM)
    extended = application.deferral_extended_at is not None
    tell_scheme(application, "deferral_over", due=application.deferred_until, extended=extended)
    tell_agency(application, "deferral_over_agency", due=application.deferred_until)
    return 1


@transaction.atomic
def _tell_overdue(application_id: UUID) -> int:
    application = lock(Application, application_id)
    if application.state != ApplicationState.IN_REVIEW or application.review_overdue_told_at:
        return 0
    application.review_overdue_told_at = clocks.now()
    application.save()
    events.record(application, act="review_overdue", actor=SYSTEM)
    tell_scheme(application, "review_overdue", due=application.review_due)
    return 1
