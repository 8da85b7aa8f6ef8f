"""Audits that the scheme orders while a certificate runs, and audits that close findings on site."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.certificates import selectors as certificates
from certification.certificates.models import AuditOrder
from certification.certificates.states import OrderState
from iris.accounts.models import User
from iris.core import clocks
from iris.core.days import in_words
from iris.core.moves import Fact, Todo

from ..models import Audit
from ..rules import usual_scope as usual_scope
from ..states import ENDED, LIVE, AuditKind, AuditState
from .audits import audits_visible_to, with_context

WeakPoints = Callable[[UUID], set[str]]
OpenPoints = Callable[[Audit], set[str]]
_weak: dict[str, WeakPoints] = {}
_open: dict[str, OpenPoints] = {}


def offer_weak_points(key: str, provider: WeakPoints) -> None:
    """A room above says which indicators of an agency earlier audits found wanting: their codes."""
    _weak[key] = provider


def offer_open_points(key: str, provider: OpenPoints) -> None:
    """A room above says which indicators of an audit still have a critical or major finding open: their codes."""
    _open[key] = provider


def indicators_found_weak(agency_id: UUID) -> set[str]:
    """Codes of the indicators on which an earlier audit of the agency raised a finding."""
    return set().union(*(provider(agency_id) for provider in _weak.values()))


def indicators_still_open(audit: Audit) -> set[str]:
    """Codes of the indicators on which this audit has a critical or major finding open."""
    return set().union(*(provider(audit) for provider in _open.values()))


def closure_opens_on(audit: Audit) -> date | None:
    """From when open findings of an audit may be verified by another one; None while its stage 2 has not ended."""
    if audit.stage2_ended_on is None:
        return None
    return clocks.add_months(audit.stage2_ended_on, clocks.number("closure_audit_months"))


def closure_is_due(audit: Audit) -> bool:
    """Whether a closure audit of this one can be asked for today."""
    opens_on = closure_opens_on(audit)
    if opens_on is None or clocks.today() < opens_on or audit.kind == AuditKind.CLOSURE:
        return False
    at_work = audit.followed_by.filter(state__in=LIVE).exists()
    return not at_work and bool(indicators_still_open(audit))


def orders_to_assign() -> QuerySet[AuditOrder]:
    """Ordered audits that no lead auditor is asked for, the soonest due first."""
    taken = Audit.objects.filter(order__isnull=False).exclude(state__in=ENDED)
    return certificates.orders_waiting().exclude(pk__in=taken.values("order_id"))


def audit_of_order(order_id: UUID) -> Audit | None:
    """The audit at work, or done, for an order."""
    return with_context(Audit.objects.filter(order_id=order_id).exclude(state__in=ENDED)).first()


def purpose_of(audit: Audit) -> str:
    """What an audit is held for, in words that stand after "for"."""
    if audit.order is not None:
        return _("certificate %(number)s, %(kind)s") % {
            "number": audit.order.certificate.number,
            "kind": audit.order.get_kind_display().lower(),
        }
    if audit.follows is not None:
        return _("the findings of audit %s that are open") % audit.follows.number
    return _("application %s") % audit.application.number


def occasion_facts(audit: Audit, user: User) -> list[Fact]:
    """What an audit is held for that no application waits for; the agency does not read the scheme's reason."""
    if audit.is_for_case:
        return []
    facts = []
    if audit.order is not None:
        certificate = audit.order.certificate
        url = reverse("certificates:certificate", args=[certificate.pk])
        facts = [
            Fact(_("Certificate"), certificate.number, url),
            Fact(_("Ordered"), f"{audit.order.get_kind_display()}, {_day(audit.order.ordered_on)}"),
            Fact(_("To be held by"), _day(audit.order.due_on)),
        ]
        if not user.is_kind("agency"):
            facts.append(Fact(_("Reason"), audit.order.reason))
    elif audit.follows is not None:
        earlier = audit.follows
        facts = [Fact(_("Findings of"), earlier.number, reverse("reports:audit", args=[earlier.pk]))]
    facts.append(Fact(_("Looked at"), scope_words(audit)))
    return facts


def scope_words(audit: Audit) -> str:
    """What has to be rated, in words."""
    if not audit.scope_principles and not audit.scope_indicators:
        return _("The whole Standard")
    parts = []
    if audit.scope_principles:
        parts.append(_("Principles %s") % ", ".join(audit.scope_principles))
    if audit.scope_indicators:
        parts.append(_("indicators with a finding: %s") % ", ".join(audit.scope_indicators))
    words = "; ".join(parts)
    return words[:1].upper() + words[1:]


def _day(day: date) -> str:
    return in_words(day)


def order_link(order: AuditOrder, user: User) -> tuple[str, str] | None:
    """Beside an order on the page of its certificate: its audit, or for a manager the way to assign one."""
    found = audits_visible_to(user).filter(order=order).exclude(state__in=ENDED).first()
    if found is not None:
        return found.number, reverse("reports:audit", args=[found.pk])
    manager = user.is_kind("scheme") and user.has_role("scheme_manager")
    if manager and order.state == OrderState.ORDERED:
        return _("Assign an audit firm"), reverse("engagements:assign_ordered", args=[order.pk])
    return None


def order_todos(user: User) -> list[Todo]:
    """Ordered audits that wait for a scheme manager to choose who holds them."""
    if not (user.is_kind("scheme") and user.has_role("scheme_manager")):
        return []
    return [
        Todo(
            title=_("Assign an audit firm: %s") % order.certificate.agency.legal_name,
            url=reverse("engagements:assign_ordered", args=[order.pk]),
            what=f"{order.get_kind_display()}, {order.certificate.number}",
            due=order.due_on,
            icon="user-search",
        )
        for order in orders_to_assign()[:20]
    ]


def awaiting_closure() -> list[Audit]:
    """Audits with a critical or major finding open so long that somebody may look on site."""
    last_day = clocks.add_months(clocks.today(), -clocks.number("closure_audit_months"))
    states = [AuditState.DRAFT_REPORT, AuditState.DISPUTED, AuditState.REPORTED]
    rows = Audit.objects.filter(state__in=states, stage2_ended_on__lte=last_day)
    return [row for row in with_context(rows).order_by("stage2_ended_on")[:50] if closure_is_due(row)]
