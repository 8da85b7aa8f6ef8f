"""What rooms above call: the audit begins, its recommendation comes in, the outcome is recorded."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.services import let_read as let_read_agency
from certification.applications.models import Application, CaseAccess
from certification.applications.states import LetterKind
from certification.assessments.services import let_read as let_read_assessment
from iris.accounts.models import Organisation, User
from iris.accounts.states import OrganisationKind, Role
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted
from iris.core.fsm import act, lock

from .letters import send_letter
from .telling import tell_agency, tell_scheme
from .texts import reason_given


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """What an audit hands over: its advice, what is still open, and who may therefore not decide."""

    outcome: Literal["grant", "refuse"]
    summary: str
    open_critical: int
    open_major: int
    stage2_ended_on: date
    firm_id: UUID
    firm_name: str
    audited_by: list[UUID] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Plain JSON, as it is kept."""
        return {
            **asdict(self),
            "stage2_ended_on": self.stage2_ended_on.isoformat(),
            "firm_id": str(self.firm_id),
            "audited_by": [str(person) for person in self.audited_by],
        }


@transaction.atomic
def give_access(*, application_id: UUID, organisation: Organisation, actor: User) -> None:
    """Let an audit firm read the case, its agency and its frozen self-assessment."""
    application = lock(Application, application_id)
    if not (actor.is_kind(OrganisationKind.SCHEME) or actor.organisation == organisation):
        raise NotPermitted()
    _row, made = CaseAccess.objects.get_or_create(application=application, organisation=organisation)
    if not made:
        return
    let_read_agency(agency_id=application.agency_id, organisation=organisation, actor=actor)
    if application.assessment_id is not None:
        let_read_assessment(assessment_id=application.assessment_id, organisation=organisation, actor=actor)
    events.record(application, act="access_given", actor=actor, data={"organisation": str(organisation.pk)})


@transaction.atomic
def begin_audit(*, application_id: UUID, actor: User, firm: Organisation) -> Application:
    """A firm took the audit on: from here it is the firm's move."""
    application = lock(Application, application_id)
    if firm.kind != OrganisationKind.AUDIT_FIRM:
        raise BadInput(fields={"firm": [_("Only an audit firm can audit.")]})
    if actor.is_kind(OrganisationKind.AUDIT_FIRM) and actor.organisation != firm:
        raise NotPermitted()
    act(application.begin_audit, actor=actor, data={"firm": str(firm.pk)}, firm_id=firm.pk)
    give_access(application_id=application.pk, organisation=firm, actor=actor)
    tell_agency(application, "under_audit", firm=firm.name)
    return application


@transaction.atomic
def receive_recommendation(
    *, application_id: UUID, actor: User, recommendation: Recommendation
) -> Application:
    """The audit ended. "Grant" is no possible advice while a critical or major finding is open."""
    application = lock(Application, application_id)
    if recommendation.outcome == "grant" and (recommendation.open_critical or recommendation.open_major):
        raise BadInput(
            _("A critical or major finding is still open: the audit cannot recommend a grant."),
            code="open_findings",
        )
    if recommendation.firm_id != application.firm_id:
        raise NotPermitted()
    data = recommendation.as_data()
    act(application.recommend, actor=actor, data=data, recommendation=data)
    tell_scheme(
        application,
        "recommended",
        roles=(Role.DECIDER, Role.SCHEME_MANAGER),
        outcome=recommendation.outcome,
        firm=recommendation.firm_name,
    )
    tell_agency(application, "to_decide", firm=recommendation.firm_name)
    return application


@transaction.atomic
def record_outcome(
    *,
    application_id: UUID,
    actor: User,
    outcome: Literal["granted", "granted_with_conditions", "refused"],
    reasons: str,
) -> Application:
    """Write down what was decided. Who may decide, decisions hold; certificates tell the agency."""
    application = lock(Application, application_id)
    why = reason_given(reasons, _("Give the reasons of the decision."), field="reasons")
    methods = {
        "granted": application.grant,
        "granted_with_conditions": application.grant_with_conditions,
        "refused": application.refuse,
    }
    if outcome not in methods:
        raise BadInput(
            fields={"outcome": [_("Choose the outcome: grant, grant with conditions, or refuse.")]}
        )
    act(methods[outcome], actor=actor, reason=why, reasons=why)
    granted = outcome != "refused"
    send_letter(
        application,
        LetterKind.GRANT if granted else LetterKind.REFUSAL,
        actor=actor,
        reason=why,
        conditions=outcome == "granted_with_conditions",
        appeal_until=clocks.deadline(clocks.today(), "appeal_days"),
    )
    return application
