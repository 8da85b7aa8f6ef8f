"""Audit firms and auditors as their readers may see them."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from iris.accounts.models import Membership, Organisation, User
from iris.accounts.states import OrganisationKind, OrganisationState
from iris.core import clocks

from ..models import AuditFirm, Auditor
from ..permissions import may_read_bodies


def firms_visible_to(user: User) -> QuerySet[AuditFirm]:
    """All for the scheme, their own for a firm's people, none for others."""
    firms = AuditFirm.objects.select_related("organisation")
    if may_read_bodies(user):
        return firms
    organisation = user.organisation
    if user.is_kind("audit_firm") and organisation is not None:
        return firms.filter(organisation=organisation)
    return firms.none()


def firms_list(user: User) -> QuerySet[AuditFirm]:
    """Firms with how many auditors are approved today."""
    today = clocks.today()
    at_work = Q(auditors__approved_from__lte=today) & (
        Q(auditors__approved_until__isnull=True) | Q(auditors__approved_until__gte=today)
    )
    return (
        firms_visible_to(user)
        .annotate(
            auditors_now=Count("auditors", filter=at_work, distinct=True),
            leads_now=Count("auditors", filter=at_work & Q(auditors__lead=True), distinct=True),
        )
        .order_by("organisation__name")
    )


def organisations_to_approve() -> QuerySet[Organisation]:
    """Vetted audit firms that have no approval yet."""
    return Organisation.objects.filter(
        kind=OrganisationKind.AUDIT_FIRM, state=OrganisationState.ACTIVE, audit_firm__isnull=True
    ).order_by("name")


def members_to_approve(firm: AuditFirm) -> QuerySet[User]:
    """Members of the firm who are not auditors yet."""
    members = Membership.objects.filter(organisation_id=firm.organisation_id, active=True)
    return User.objects.filter(pk__in=members.values("user_id"), auditor__isnull=True).order_by("full_name")


def auditors_of(firm: AuditFirm) -> QuerySet[Auditor]:
    """A firm's auditors with their ties."""
    return (
        Auditor.objects.filter(firm=firm)
        .select_related("person", "firm__organisation")
        .prefetch_related("ties__agency")
        .order_by("-lead", "person__full_name")
    )


def auditor_of(user: User) -> Auditor | None:
    """The auditor's record of a person, if there is one."""
    return Auditor.objects.filter(person=user).select_related("firm__organisation").first()


def auditors_visible_to(user: User) -> QuerySet[Auditor]:
    """All for the scheme, the firm's own for its people."""
    return Auditor.objects.filter(firm__in=firms_visible_to(user)).select_related(
        "person", "firm__organisation"
    )
