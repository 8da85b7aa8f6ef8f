"""The decision log and its conditions."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from iris.accounts.models import Organisation, User
from iris.accounts.states import OrganisationKind
from supplychain.diligence.models import Condition, Decision, Settings
from supplychain.diligence.states import ConditionState, DecisionState


def settings_of(organisation: Organisation) -> Settings:
    """The employer's settings; unsaved defaults where it never chose."""
    return Settings.objects.filter(organisation=organisation).first() or Settings(organisation=organisation)


def _rows() -> QuerySet[Decision]:
    conditions = Condition.objects.select_related("closed_by", "evidence").order_by("number")
    return Decision.objects.select_related(
        "organisation", "agency", "receipt", "proposed_by", "decided_by", "approver", "replaced_by"
    ).prefetch_related(Prefetch("conditions", queryset=conditions))


def decisions_visible_to(user: User) -> QuerySet[Decision]:
    """The decisions of the person's own employer. Nobody else's, the scheme's staff included."""
    organisation = user.organisation if user.is_authenticated else None
    if organisation is None or not user.is_kind(OrganisationKind.EMPLOYER):
        return Decision.objects.none()
    return decisions_of(organisation)


def decisions_of(organisation: Organisation) -> QuerySet[Decision]:
    """Every decision of an employer, newest first, with its conditions."""
    return _rows().filter(organisation=organisation)


def decision_about(organisation: Organisation, agency_id: UUID) -> Decision | None:
    """The decision in force about an agency."""
    return decisions_of(organisation).filter(agency_id=agency_id, state=DecisionState.IN_FORCE).first()


def history_of(decision: Decision) -> QuerySet[Decision]:
    """Every decision of the same employer about the same recruiter, newest first."""
    return _rows().filter(organisation_id=decision.organisation_id, key=decision.key)


def conditions_in_force() -> QuerySet[Condition]:
    """Open conditions of decisions in force, of every employer: for the sweep."""
    return (
        Condition.objects.filter(state=ConditionState.OPEN, decision__state=DecisionState.IN_FORCE)
        .select_related("decision__organisation")
        .order_by("due_on", "pk")
    )


def conditions_visible_to(user: User) -> QuerySet[Condition]:
    """Every condition of the decisions of the person's own employer."""
    rows = Condition.objects.filter(decision__in=decisions_visible_to(user).order_by().values("pk"))
    return rows.select_related("decision__organisation")


def open_conditions(organisation: Organisation) -> QuerySet[Condition]:
    """What an employer still waits for, by day: `.overdue` where the day has passed."""
    return conditions_in_force().filter(decision__organisation=organisation)


def reasons_in_words(decision: Decision) -> list[str]:
    """Why a second person was asked, as sentences."""
    words = {
        "every": _("Your organisation asks for two people on every decision."),
        "not_certified": _("The register knew no certificate in force when this was proposed."),
        "suspended": _("Your supply chain showed a suspended recruiter."),
        "unlicensed": _("Your supply chain showed a recruiter without a licence."),
        "cycle": _("Your supply chain showed links that run in a circle."),
        "unknown_hop": _("Your supply chain showed a step that nobody named."),
        "shared_with_withdrawn": _("Your supply chain showed a recruiter shared with a withdrawn one."),
    }
    return [words.get(code, code) for code in decision.why_approval]
