"""Who hears of a decision and its conditions. Never the agency."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from iris.accounts.models import User
from iris.accounts.states import Role
from iris.notify import services as notify
from supplychain.diligence.models import Condition, Decision


def tell_of(row: Decision, template: str, people: Iterable[User], **more: Any) -> None:
    """Colleagues of the same employer."""
    notify.notify(
        people=people,
        template=f"diligence/{template}",
        context={
            "number": row.number,
            "name": row.name,
            "outcome": str(row.get_outcome_display()),
            "proposed_by": row.proposed_by.label,
            **more,
        },
        url=reverse("diligence:decision", args=[row.pk]),
    )


def tell_of_condition(row: Condition, template: str) -> int:
    """The employer's sourcing managers, once for each condition and occasion."""
    decision = row.decision
    told = notify.notify_roles(
        organisation=decision.organisation,
        roles=[Role.SOURCING_MANAGER],
        template=f"diligence/{template}",
        context={
            "number": decision.number,
            "name": decision.name,
            "text": row.text,
            "responsible": row.responsible,
            "due": row.due_on.isoformat(),
        },
        url=reverse("diligence:decision", args=[decision.pk]),
        key=f"{template}:{row.pk}",
    )
    return len(told)
