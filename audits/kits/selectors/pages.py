"""Kits as the team and the scheme see them."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from audits.engagements.models import Audit
from audits.engagements.selectors import Panel
from audits.engagements.states import AuditState, Readiness
from iris.accounts.models import User

from ..models import Kit, KitReturn, SeenItem
from ..states import HELD, KitState, Verdict

MOST_SHOWN = 40


def kits_of(audit: Audit) -> QuerySet[Kit]:
    """The kits of an audit with what came back, the last first; without what they hold."""
    returns = KitReturn.objects.select_related("by", "file").defer("diff", "choices", "result")
    return (
        Kit.objects.filter(audit=audit)
        .defer("base")
        .select_related("made_by", "applied_by")
        .prefetch_related(Prefetch("returns", queryset=returns))
    )


def may_take(audit: Audit, user: User) -> bool:
    """Whether the person may take a kit along now: in stage 2, or packed ready the day before."""
    open_now = audit.state == AuditState.STAGE2 or (
        audit.state == AuditState.STAGE1_CLOSED and audit.readiness == Readiness.READY
    )
    return open_now and audit.is_worked_by(user)


def superseded_by(kit: Kit) -> Kit | None:
    """The applied kit of the same person that makes this one too old: itself, or one made later."""
    return (
        Kit.objects.filter(
            audit_id=kit.audit_id, made_by_id=kit.made_by_id, state=KitState.APPLIED, number__gte=kit.number
        )
        .defer("base")
        .select_related("applied_by")
        .order_by("number")
        .first()
    )


def current_return(kit: Kit) -> KitReturn | None:
    """The last file of a kit that was read: the one that can be applied."""
    return kit.returns.filter(verdict=Verdict.TAKEN).order_by("-created_at").first()


def waiting_for_file(audit: Audit) -> QuerySet[SeenItem]:
    """Evidence noted on site whose file has not been added."""
    return SeenItem.objects.filter(audit=audit, evidence=None).select_related("indicator", "noted_by")


def stage2_panel(audit: Audit, user: User) -> Panel | None:
    """The card “Work offline” on the page of stage 2."""
    if not user.is_kind("audit_firm", "scheme"):
        return None
    kits = list(kits_of(audit)[:MOST_SHOWN])
    takes = may_take(audit, user)
    if not kits and not takes:
        return None
    context: dict[str, Any] = {
        "held": [kit for kit in kits if kit.state in HELD],
        "mine": next((kit for kit in kits if kit.made_by_id == user.pk and kit.state == KitState.OUT), None),
        "back": [kit for kit in kits if kit.state == KitState.APPLIED],
        "may_take": takes,
    }
    return Panel("audits/kits/_panel.html", context)
