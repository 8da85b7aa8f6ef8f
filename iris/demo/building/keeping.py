"""What becomes of certificates: proposals with four eyes, an ordered audit, a misuse of the mark."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from certification.agencies.selectors import signatory
from certification.certificates import selectors, services
from certification.certificates.models import Certificate
from certification.certificates.services import Wanted, Words
from certification.certificates.states import IN_FORCE, OrderKind, Proposed, ReasonCode
from certification.decisions.models import Decision
from iris.core import clocks

if TYPE_CHECKING:
    from iris.demo.building.roads import Road
    from iris.demo.building.scheme import World

SUSPENSION = Words(
    reason="The short-notice audit was refused twice.",
    public_note="The agency did not allow an audit.",
    reason_code=ReasonCode.SURVEILLANCE_MISSED,
)
WITHDRAWAL = Words(
    reason="Fees were taken again after the repayment.",
    public_note="Workers paid fees after the certificate was granted.",
    reason_code=ReasonCode.COMPLAINT,
)
REDUCTION = Words(
    reason="The agency no longer sends workers to the second country.",
    public_note="The agency gave up its second corridor.",
)
COMPLAINT = Words(
    reason="Three workers on one job order paid for their medical test; the agency has not answered in time.",
    public_note="A complaint about fees was upheld.",
    reason_code=ReasonCode.COMPLAINT,
)


def afterwards(road: Road, made: Certificate) -> None:
    """How the road goes on after the certificate is issued."""
    if road.kind == "suspended":
        _decided(road, _proposed(road.world, made, Proposed.SUSPEND, SUSPENSION))
    elif road.kind == "withdrawn":
        _decided(road, _proposed(road.world, made, Proposed.WITHDRAW, WITHDRAWAL))
    elif road.kind == "relinquished":
        services.relinquish_certificate(
            certificate_id=made.pk, actor=road.signatory, reason="We close this line of business."
        )
    elif road.kind == "revised":
        first = road.row["corridors"][0].split("-")
        wanted = Wanted(((first[0], first[1]),), tuple(road.row["sectors"]))
        _decided(road, _proposed(road.world, made, Proposed.REDUCE, REDUCTION, wanted))


def _proposed(
    world: World, made: Certificate, what: Proposed, words: Words, wanted: Wanted | None = None
) -> Decision:
    return services.propose(
        certificate_id=made.pk, act=what, actor=world.staff["scheme_manager"], words=words, wanted=wanted
    )


def _decided(road: Road, asked: Decision) -> None:
    services.vote_on_proposal(
        decision_id=asked.pk,
        actor=road.world.deciders[(road.number + 1) % len(road.world.deciders)],
        outcome="accept",
        reasons="I read the file and heard the agency. The facts are as the proposal says.",
    )


def build(world: World, now: datetime) -> None:
    """A proposal that waits, a surveillance audit ordered, a mark given and a misuse of one reported."""
    rows = list(Certificate.objects.filter(state__in=IN_FORCE, replaced_by=None).order_by("expires_on")[:4])
    manager = world.staff["scheme_manager"]
    with clocks.freeze(now - timedelta(days=4)):
        _proposed(world, rows[1], Proposed.SUSPEND, COMPLAINT)
        services.order_audit(
            certificate_id=rows[0].pk,
            kind=OrderKind.SURVEILLANCE,
            reason="The yearly audit. Look at the branch that opened since, and at ten receipts of repaid fees.",
            actor=manager,
        )
        person = signatory(rows[2].agency)
        assert person is not None
        version = selectors.mark_terms().version
        services.accept_mark_terms(certificate_id=rows[2].pk, actor=person, version=version)
        buyer = world.employers[0][0]
        case = services.report_misuse(
            agency_id=rows[2].agency_id,
            actor=buyer,
            what="A flyer of the agency says that every job it offers is certified.",
            where="Flyer handed out at the job fair, hall 3",
        )
        services.check_misuse(case_id=case.pk, actor=manager)
