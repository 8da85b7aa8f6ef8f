"""Giving the scheme's orders to an audit firm, and having open findings closed on site."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.applications.models import Application
from certification.certificates.models import AuditOrder
from certification.certificates.states import OrderKind, OrderState
from certification.standard.models import Principle
from iris.accounts.models import User
from iris.core import clocks
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from iris.core.fsm import lock

from .. import selectors
from ..models import Audit
from ..states import LIVE, AuditKind, AuditState
from .making import Occasion, Size, eligible_lead, propose_and_offer

KIND_OF_ORDER = {
    OrderKind.SURVEILLANCE: AuditKind.SURVEILLANCE,
    OrderKind.SHORT_NOTICE: AuditKind.SPECIAL,
    OrderKind.SPECIAL: AuditKind.SPECIAL,
}


@transaction.atomic
def offer_ordered_audit(
    *, order_id: UUID, auditor_id: UUID, actor: User, size: Size, principles: Sequence[str] = ()
) -> Audit:
    """Offer an ordered audit to an eligible lead auditor. The agency hears as the order says.

    `principles` are what is looked at; none means what is usual for the kind. Indicators with an earlier finding
    come on top of a surveillance audit. Raises NotPermitted, Conflict (offered, held or cancelled meanwhile),
    TransitionRefused (why the auditor may not take it), BadInput.
    """
    _require_manager(actor)
    order = lock(AuditOrder, order_id)
    application = order.certificate.application
    _require_waiting(order)
    auditor = eligible_lead(auditor_id, application)
    kind = KIND_OF_ORDER[OrderKind(order.kind)]
    chosen = _principles(application, principles or selectors.usual_scope(kind))
    surveillance = kind == AuditKind.SURVEILLANCE
    occasion = Occasion(
        kind=kind,
        application=application,
        order=order,
        principles=chosen,
        indicators=sorted(selectors.indicators_found_weak(application.agency_id))
        if surveillance and chosen
        else (),
        told_on=order.told_from if order.told_from > clocks.today() else None,
    )
    return propose_and_offer(occasion, auditor, size, actor)


@transaction.atomic
def offer_closure_audit(*, audit_id: UUID, auditor_id: UUID, actor: User, size: Size) -> Audit:
    """Have the open findings of an earlier audit verified on site. It looks at nothing else."""
    _require_manager(actor)
    earlier = lock(Audit, audit_id)
    other = earlier.followed_by.filter(state__in=LIVE).select_related("lead__person").first()
    if other is not None:
        raise Conflict(_("%s is asked to close these findings already.") % other.lead.person.label)
    opens_on = selectors.closure_opens_on(earlier)
    weak = sorted(selectors.indicators_still_open(earlier))
    if not weak or opens_on is None:
        raise TransitionRefused(_("This audit has no open major or critical finding to close on site."))
    if clocks.today() < opens_on:
        raise TransitionRefused(
            _("The agency has until %s to correct and send evidence; a closure audit comes after that.")
            % in_words(opens_on)
        )
    auditor = eligible_lead(auditor_id, earlier.application)
    occasion = Occasion(
        kind=AuditKind.CLOSURE, application=earlier.application, follows=earlier, indicators=weak
    )
    return propose_and_offer(occasion, auditor, size, actor)


def _require_manager(actor: User) -> None:
    if not (actor.is_kind("scheme") and actor.has_role("scheme_manager")):
        raise NotPermitted


def _require_waiting(order: AuditOrder) -> None:
    if order.state != OrderState.ORDERED:
        raise Conflict(_("This order is over: %s.") % str(OrderState(order.state).label).lower())
    other = (
        order.audits.exclude(state__in=[AuditState.DECLINED, AuditState.CANCELLED])
        .select_related("lead__person", "firm__organisation")
        .first()
    )
    if other is not None:
        raise Conflict(
            _("Already offered to %(lead)s of %(firm)s. Take that offer back first to choose someone else.")
            % {"lead": other.lead.person.label, "firm": other.firm.organisation.name}
        )


def _principles(application: Application, wanted: Sequence[str]) -> list[str]:
    assert application.assessment is not None
    known = list(
        Principle.objects.filter(edition_id=application.assessment.edition_id)
        .order_by("order")
        .values_list("code", flat=True)
    )
    foreign = [code for code in wanted if code not in known]
    if foreign:
        raise BadInput(
            fields={
                "principles": [
                    _("The audited edition has no principle %(code)s. Choose from: %(known)s.")
                    % {"code": ", ".join(foreign), "known": ", ".join(known)}
                ]
            }
        )
    return [code for code in known if code in wanted]
