"""Decisions and appeals, walked to a state by the real services."""

from __future__ import annotations

from uuid import uuid4

from certification.agencies.models import Agency
from certification.decisions import services
from certification.decisions.models import Appeal, Decision
from certification.decisions.states import AppealState, DecisionState
from iris.accounts.models import User
from iris.accounts.selectors import people_with_role
from tests.factories import accounts, agencies
from tests.stock import stocked

LABEL = "test.subject"


def deciders(count: int) -> list[User]:
    """So many deciders of the scheme, the same ones in the same order each time."""
    found = {one.email: one for one in people_with_role("decider")}
    emails = [f"decider{number}@example.org" for number in range(1, count + 1)]
    return [found.get(email) or accounts.person("scheme", "decider", email=email) for email in emails]


def manager() -> User:
    """A scheme manager, the same one each time."""
    found = people_with_role("scheme_manager").order_by("created_at", "id").first()
    return found or accounts.person("scheme", "scheme_manager")


@stocked
def decision(
    state: str = "open",
    agency: Agency | None = None,
    *,
    opener: User | None = None,
    votes_needed: int = 2,
    four_eyes: bool = True,
) -> Decision:
    """A question in that state, opened by the third decider, decided by the first and the second."""
    wanted = DecisionState(state)
    agency = agency or agencies.agency()
    first, second, third = deciders(3)
    made = services.open_decision(
        agency=agency,
        subject_label=LABEL,
        subject_id=uuid4(),
        question="Is it so?",
        facts={"reason": "Complaint 12"},
        actor=opener or third,
        four_eyes=four_eyes,
        votes_needed=votes_needed,
    )
    if wanted == DecisionState.OPEN:
        return made
    voters = [first] if wanted == DecisionState.VOTING else [first, second][:votes_needed]
    for person in voters:
        services.vote(decision_id=made.pk, actor=person, outcome="accept", reasons="I read it all.")
    if wanted not in (DecisionState.VOTING, DecisionState.DECIDED):
        ends = {DecisionState.UPHELD: "dismissed", DecisionState.OVERTURNED: "upheld"}
        appeal(ends.get(wanted, "received"), Decision.objects.get(pk=made.pk))
    return Decision.objects.get(pk=made.pk)


@stocked
def appeal(state: str = "received", against: Decision | None = None) -> Appeal:
    """An appeal in that state against a decision of the first two deciders; the fourth and fifth hear it."""
    wanted = AppealState(state)
    contested = against or decision("decided")
    signatory = agencies.signatory(contested.agency)
    made = services.appeal(
        decision_id=contested.pk, actor=signatory, grounds="The register shows another licence."
    )
    if wanted == AppealState.WITHDRAWN:
        services.withdraw_appeal(appeal_id=made.pk, actor=signatory)
    elif wanted != AppealState.RECEIVED:
        services.acknowledge_appeal(appeal_id=made.pk, actor=manager())
        if wanted != AppealState.IN_HEARING:
            for person in deciders(5)[3:]:
                services.vote_on_appeal(
                    appeal_id=made.pk, actor=person, outcome=wanted.value, reasons="I read it all."
                )
    return Appeal.objects.select_related("decision", "agency__organisation").get(pk=made.pk)
