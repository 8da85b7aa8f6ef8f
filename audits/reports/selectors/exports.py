"""Archives of cases that were asked for."""

from __future__ import annotations

from django.db.models import QuerySet

from certification.applications.models import Application
from certification.applications.selectors import Panel
from iris.accounts.models import User

from .. import permissions
from ..models import CaseExport


def exports_visible_to(user: User) -> QuerySet[CaseExport]:
    """Those that one's own organisation asked for, the newest first: another's holds what another may see."""
    if user.organisation is None:
        return CaseExport.objects.none()
    rows = CaseExport.objects.filter(organisation=user.organisation)
    return rows.select_related("application__agency", "asked_by", "file").order_by("-created_at")


def export_panel(application: Application, user: User) -> Panel | None:
    """The way from a case to its exports, for those who may ask for one."""
    if not permissions.may_export(application, user):
        return None
    return Panel("audits/reports/_export_panel.html", {"application": application})
