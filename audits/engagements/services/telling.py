"""Who hears of an act of an audit, and who may not decide because of it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from certification.decisions import services as decisions
from certification.decisions.states import BarKind
from iris.accounts.models import User
from iris.accounts.states import Role
from iris.core import clocks
from iris.notify import services as notify

from .. import selectors
from ..models import Audit


def audit_url(audit: Audit) -> str:
    """The page of an audit."""
    return reverse("reports:audit", args=[audit.pk])


def facts_for_mail(audit: Audit) -> dict[str, Any]:
    """What every message about an audit may say."""
    return {
        "number": audit.number,
        "agency": audit.agency.legal_name,
        "firm": audit.firm.organisation.name,
        "lead": audit.lead.person.label,
        "case": audit.application.number,
        "purpose": selectors.purpose_of(audit),
    }


def tell_agency(audit: Audit, template: str, *, url: str = "", **more: Any) -> None:
    """Tell the people who may answer for the agency, unless the agency may not know of the audit yet."""
    if audit.is_hidden:
        return
    notify.notify_roles(
        organisation=audit.agency.organisation,
        roles=(Role.SIGNATORY, Role.MANAGER),
        template=template,
        context=facts_for_mail(audit) | more,
        url=url or audit_url(audit),
    )


def tell_team(audit: Audit, template: str, *, url: str = "", **more: Any) -> None:
    """Tell the lead auditor."""
    notify.notify(
        people=[audit.lead.person],
        template=template,
        context=facts_for_mail(audit) | more,
        url=url or audit_url(audit),
    )


def tell_scheme(audit: Audit, template: str, *, url: str = "", **more: Any) -> None:
    """Tell the scheme's managers."""
    notify.notify(
        people=notify.scheme_people((Role.SCHEME_MANAGER,)),
        template=template,
        context=facts_for_mail(audit) | more,
        url=url or audit_url(audit),
    )


def bar_team(audit: Audit, actor: User) -> None:
    """Whoever audits an agency does not decide on it. Said again, it is kept once."""
    for place in audit.team.select_related("auditor__person"):
        decisions.bar(
            agency=audit.agency,
            person=place.auditor.person,
            kind=BarKind.AUDITED,
            since=clocks.today(),
            source=audit.number,
            actor=actor,
        )
