"""Applications, walked to a state by the real services."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from certification.agencies.models import Agency
from certification.applications import services
from certification.applications.models import Application
from certification.applications.services import Recommendation
from certification.applications.states import ApplicationState as State
from iris.accounts.models import Organisation, User
from iris.accounts.selectors import people_with_role
from iris.core import clocks
from tests.factories import accounts, agencies, assessments
from tests.stock import stocked

# The way to each state: which states are passed before it.
_ROAD = [State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.ACCEPTED, State.UNDER_AUDIT, State.RECOMMENDED]
_BRANCH = {
    State.FEE_PENDING: State.SUBMITTED,
    State.DEFERRED: State.IN_REVIEW,
    State.REJECTED: State.IN_REVIEW,
    State.WITHDRAWN: State.SUBMITTED,
    State.GRANTED: State.RECOMMENDED,
    State.GRANTED_WITH_CONDITIONS: State.RECOMMENDED,
    State.REFUSED: State.RECOMMENDED,
}


def staff(role: str) -> User:
    """Someone of the scheme in that role; the same person each time."""
    return people_with_role(role).order_by("created_at", "id").first() or accounts.person("scheme", role)


def screener() -> User:
    """The scheme's screener."""
    return staff("screener")


@stocked
def audit_firm() -> Organisation:
    """A new audit firm with a lead auditor."""
    firm = accounts.organisation("audit_firm")
    accounts.person(role="lead_auditor", organisation=firm)
    return firm


def lead_of(firm: Organisation) -> User:
    """The firm's lead auditor."""
    return people_with_role("lead_auditor").get(memberships__organisation=firm)


def recommendation(
    application: Application,
    outcome: str = "grant",
    *,
    critical: int = 0,
    major: int = 0,
    by: list[UUID] | None = None,
) -> Recommendation:
    """What the firm that audits would hand over."""
    assert application.firm is not None
    return Recommendation(
        outcome=outcome,  # type: ignore[arg-type]
        summary="The management system works; see the report.",
        open_critical=critical,
        open_major=major,
        audited_by=by or [],
        stage2_ended_on=clocks.today(),
        firm_id=application.firm.pk,
        firm_name=application.firm.name,
    )


@stocked
def application(
    state: str = "draft", agency: Agency | None = None, firm: Organisation | None = None
) -> Application:
    """An application in that state: one step further than one in the state before."""
    wanted = State(state)
    if wanted == State.DRAFT:
        agency = agency or agencies.agency()
        made = services.open_application(agency_id=agency.pk, actor=agencies.signatory(agency))
    elif wanted in _BRANCH:
        made = application(_BRANCH[wanted].value, agency, firm)
        _turn(made.pk, wanted, agencies.signatory(made.agency))
    else:
        made = application(_ROAD[_ROAD.index(wanted) - 1].value, agency, firm)
        _walk(made.pk, wanted, made.agency, firm)
    return Application.objects.select_related("agency__organisation", "firm").get(pk=made.pk)


def _walk(pk: UUID, step: State, agency: Agency, firm: Organisation | None) -> None:
    row = Application.objects.get(pk=pk)
    if step == State.SUBMITTED:
        assessments.complete_assessment(agency)
        services.submit_application(
            application_id=pk, actor=agencies.signatory(agency), declaration=assessments.declaration(agency)
        )
    elif step == State.IN_REVIEW:
        pay(pk)
    elif step == State.ACCEPTED:
        services.accept_application(application_id=pk, actor=screener())
    elif step == State.UNDER_AUDIT:
        services.begin_audit(application_id=pk, actor=staff("scheme_manager"), firm=firm or audit_firm())
    else:
        assert row.firm is not None
        services.receive_recommendation(
            application_id=pk, actor=lead_of(row.firm), recommendation=recommendation(row)
        )


def pay(pk: UUID, on: date | None = None) -> Application:
    """The fee clears."""
    return services.record_fee(
        application_id=pk, actor=screener(), paid_on=on or clocks.today(), invoice_number="INV-2026-31"
    )


def _turn(pk: UUID, wanted: State, signatory: User) -> None:
    if wanted == State.FEE_PENDING:
        services.request_fee(application_id=pk, actor=screener(), invoice_number="INV-2026-31")
    elif wanted == State.DEFERRED:
        services.defer_application(
            application_id=pk, actor=screener(), reason="The copy of your licence is unreadable."
        )
    elif wanted == State.REJECTED:
        services.reject_application(application_id=pk, actor=screener(), reason="The licence was revoked.")
    elif wanted == State.WITHDRAWN:
        services.withdraw_application(
            application_id=pk, actor=signatory, reason="We merge with a sister company."
        )
    else:
        services.record_outcome(
            application_id=pk,
            actor=staff("decider"),
            outcome=wanted.value,  # type: ignore[arg-type]
            reasons="The recommendation is convincing.",
        )
