"""Who is told what."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from certification.applications.models import Application
from certification.applications.permissions import SCREENERS
from iris.accounts.states import Role
from iris.notify.services import notify, notify_roles, scheme_people


def tell_agency(application: Application, template: str, **context: Any) -> None:
    """The agency's signatory and compliance manager."""
    notify_roles(
        organisation=application.agency.organisation,
        roles=(Role.SIGNATORY, Role.MANAGER),
        template=f"applications/{template}",
        context=_context(application, context),
        url=_url(application),
    )


def tell_scheme(
    application: Application, template: str, *, roles: tuple[Role, ...] = SCREENERS, **context: Any
) -> None:
    """The scheme's screeners and managers, or other roles of the scheme."""
    notify(
        people=scheme_people(roles),
        template=f"applications/{template}",
        context=_context(application, context),
        url=_url(application),
    )


def _context(application: Application, more: dict[str, Any]) -> dict[str, Any]:
    return {"number": application.number, "agency": application.agency.legal_name, **more}


def _url(application: Application) -> str:
    return reverse("applications:application", args=[application.pk])
