"""What we hold for a dossier, piece by piece, as plain data. Frozen when it is made, counted while it is drafted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q

from iris.accounts.models import Organisation
from iris.core import clocks
from iris.core.places import country_name
from supplychain.chains.models import Party
from supplychain.chains.selectors import Chain, ChainParty, chain_at, findings_of
from supplychain.chains.states import RECRUITERS, PartyKind
from supplychain.diligence.models import Decision, InformationRequest, Nomination, StepNote
from supplychain.diligence.states import DecisionState
from supplychain.dossiers.models import Dossier
from supplychain.dossiers.states import Scope
from supplychain.lookups.models import Lookup
from supplychain.risk.selectors import parties_of, ranking, weights_of
from supplychain.screenings.models import Screening
from supplychain.screenings.selectors import counts_by_result, with_batches
from supplychain.watches.models import Watch
from supplychain.watches.states import Outcome as RunOutcome

MOST_ROWS = 2_000  # of one kind in one dossier; the rest is counted and said

Row = dict[str, Any]


@dataclass(frozen=True)
class Frame:
    """For whom, for which days, and for which part of the chain."""

    organisation: Organisation
    start: date
    end: date
    chosen: frozenset[UUID] | None = None  # parties of the chain, with everything below them
    chain: Chain = field(repr=False, default=None)  # type: ignore[assignment] # set by frame_of

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The first moment, and the one after the last."""
        first = datetime.combine(self.start, time(0), tzinfo=UTC)
        return first, datetime.combine(self.end + timedelta(days=1), time(0), tzinfo=UTC)

    @property
    def parties(self) -> list[ChainParty]:
        """The parties in scope, top down."""
        return [one for one in self.chain.parties if self.chosen is None or one.id in self.chosen]

    @property
    def agencies(self) -> set[UUID]:
        """The agencies of the register that stand in scope."""
        return {one.agency_id for one in self.parties if one.agency_id}

    def covers(self, agency_id: UUID | None) -> bool:
        """Whether something about this agency belongs in: everything, where the whole chain is asked for."""
        return self.chosen is None or agency_id in self.agencies


def frame_of(dossier: Dossier) -> Frame:
    """The frame of a dossier; the chain as it was on its last day, or is today where that is still to come."""
    organisation = dossier.organisation
    chain = chain_at(organisation, min(dossier.period_to, clocks.today()))
    chosen = None
    if dossier.scope == Scope.CHOSEN:
        chosen = frozenset(_with_below(chain, {UUID(one) for one in dossier.suppliers}))
    return Frame(organisation, dossier.period_from, dossier.period_to, chosen, chain)


def _with_below(chain: Chain, tops: set[UUID]) -> set[UUID]:
    below: dict[UUID, list[UUID]] = {}
    for link in chain.links:
        below.setdefault(link.upper, []).append(link.lower)
    seen: set[UUID] = set()
    wait = list(tops)
    while wait:
        one = wait.pop()
        if one not in seen:
            seen.add(one)
            wait += below.get(one, [])
    return seen


def pieces_of(frame: Frame) -> dict[str, list[Row]]:
    """Everything we hold, by kind of piece."""
    return {
        "receipts": _receipts(frame),
        "screenings": _screenings(frame),
        "chain": _chain(frame),
        "links": _links(frame),
        "findings": _findings(frame),
        "certificates": _certificates(frame),
        "risk": _risk(frame),
        "decisions": _decisions(frame),
        "conditions": _conditions(frame),
        "nominations": _nominations(frame),
        "watches": _watches(frame),
        "requests": _requests(frame),
        "steps": _steps(frame),
    }


def _day(moment: datetime | date | None) -> str:
    if moment is None:
        return ""
    return (moment.date() if isinstance(moment, datetime) else moment).isoformat()


def _receipts(frame: Frame) -> list[Row]:
    first, after = frame.moments
    rows = Lookup.objects.filter(
        organisation=frame.organisation, created_at__gte=first, created_at__lt=after
    ).select_related("agency", "person")
    if frame.chosen is not None:
        rows = rows.filter(agency_id__in=frame.agencies)
    return [
        {
            "number": row.number,
            "on": _day(row.created_at),
            "outcome": row.outcome,
            "asked": row.text,
            "agency": row.agency.legal_name if row.agency else "",
            "by": row.person.label,
            "sha256": row.sha256,
        }
        for row in rows.order_by("created_at", "number")[:MOST_ROWS]
    ]


def _screenings(frame: Frame) -> list[Row]:
    first, after = frame.moments
    rows = Screening.objects.filter(
        organisation=frame.organisation, started_at__gte=first, started_at__lt=after
    ).select_related("person", "file")
    found = []
    for row in with_batches(rows).order_by("started_at", "pk")[:MOST_ROWS]:
        results = counts_by_result(row)
        found.append(
            {
                "title": row.title,
                "on": _day(row.started_at),
                "state": str(row.state),
                "rows": row.n_lines,
                **{name: results.get(name, 0) for name in RESULTS},
                "by": row.person.label,
                "file_sha256": row.file.sha256,
                "root": row.rows_root,
            }
        )
    return found


RESULTS = ("certified", "not_certified", "to_resolve", "not_found", "problem")


def _chain(frame: Frame) -> list[Row]:
    commitments = dict(
        Party.objects.filter(organisation=frame.organisation, confidential=True).values_list(
            "pk", "commitment"
        )
    )
    return [_party(one, commitments.get(one.id, "")) for one in frame.parties[:MOST_ROWS]]


def _party(party: ChainParty, commitment: str) -> Row:
    standing = party.standing
    return {
        "ref": str(party.id),
        "kind": party.kind,
        "kind_label": str(PartyKind(party.kind).label),
        "name": party.name,
        "country": party.country,
        "country_name": country_name(party.country) if party.country else "",
        "level": party.level,
        "registered": bool(party.agency_id),
        "confidential": bool(party.confidential),
        "commitment": commitment,
        "standing": str(standing.standing.label) if standing else "",
        "valid": bool(standing and standing.valid),
    }


def _links(frame: Frame) -> list[Row]:
    inside = {one.id for one in frame.parties[:MOST_ROWS]}
    return [
        {
            "upper": str(link.upper),
            "lower": str(link.lower),
            "since": _day(link.since),
            "until": _day(link.until),
            "workers": link.workers,
            "claim": link.claim,
            "fee_terms": link.fee_terms,
            "confidence": link.confidence,
        }
        for link in frame.chain.links
        if link.upper in inside and link.lower in inside
    ]


def _findings(frame: Frame) -> list[Row]:
    inside = {one.id for one in frame.parties}
    return [
        {
            "code": str(one.code),
            "label": str(one.code.label),
            "party": str(one.party.id),
            "name": one.party.name,
            "path": [str(party.id) for party in one.path],
            "why": str(one.why),
        }
        for one in findings_of(frame.organisation, frame.chain.on)
        if one.party.id in inside
    ][:MOST_ROWS]


def _certificates(frame: Frame) -> list[Row]:
    found: dict[UUID, Row] = {}
    for party in frame.parties:
        if party.agency_id is None or party.standing is None or party.agency_id in found:
            continue
        certificate = party.standing.certificate
        found[party.agency_id] = {
            "name": party.name,
            "country": party.country,
            "standing": str(party.standing.standing.label),
            "valid": party.standing.valid,
            "number": certificate.number if certificate else "",
            "expires_on": _day(certificate.expires_on) if certificate else "",
            "corridors": sorted(f"{one.origin}>{one.destination}" for one in certificate.corridors.all())
            if certificate
            else [],
        }
    return sorted(found.values(), key=lambda row: (row["name"], row["number"]))


def _risk(frame: Frame) -> list[Row]:
    weights = weights_of(frame.organisation)
    names = {one.name for one in frame.parties if one.kind in RECRUITERS or one.kind == PartyKind.SUB_AGENT}
    return [
        {
            "name": one.name,
            "points": one.after.points,
            "band": str(one.after.band),
            "weights": one.after.weights_version,
            "unknown": sum(1 for item in one.after.inputs if item.unknown),
            "inputs": len(one.after.inputs),
        }
        for one in ranking(parties_of(frame.organisation), weights, weights)
        if frame.chosen is None or one.name in names
    ][:MOST_ROWS]


def _decision_rows(frame: Frame) -> list[Decision]:
    _first, after = frame.moments
    rows = (
        Decision.objects.filter(organisation=frame.organisation, proposed_at__lt=after)
        .filter(Q(proposed_at__gte=frame.moments[0]) | Q(state=DecisionState.IN_FORCE))
        .select_related("proposed_by", "decided_by", "receipt")
        .prefetch_related("conditions__evidence")
        .order_by("proposed_at", "number")
    )
    return [row for row in rows if frame.covers(row.agency_id)][:MOST_ROWS]


def _decisions(frame: Frame) -> list[Row]:
    return [
        {
            "number": row.number,
            "on": _day(row.proposed_at),
            "name": row.name,
            "registered": bool(row.agency_id),
            "outcome": row.outcome,
            "outcome_label": str(row.get_outcome_display()),
            "state": str(row.state),
            "state_label": str(row.get_state_display()),
            "reason": row.reason,
            "proposed_by": row.proposed_by.label,
            "second_person": row.decided_by.label if row.needs_approval and row.decided_by else "",
            "needed_second_person": row.needs_approval,
            "receipt": row.receipt.number if row.receipt else "",
            "basis_sha256": row.basis_sha256,
        }
        for row in _decision_rows(frame)
    ]


def _conditions(frame: Frame) -> list[Row]:
    return [
        {
            "decision": row.number,
            "name": row.name,
            "registered": bool(row.agency_id),
            "number": one.number,
            "text": one.text,
            "responsible": one.responsible,
            "due_on": _day(one.due_on),
            "state": "overdue" if one.overdue_on(frame.chain.on) else str(one.state),
            "note": one.note,
            "closed_on": _day(one.closed_at),
            "evidence_sha256": one.evidence.sha256 if one.evidence else "",
            "evidence_id": str(one.evidence_id or ""),
        }
        for row in _decision_rows(frame)
        for one in row.conditions.all()
    ][:MOST_ROWS]


def _nominations(frame: Frame) -> list[Row]:
    first, after = frame.moments
    rows = Nomination.objects.filter(
        organisation=frame.organisation, created_at__gte=first, created_at__lt=after, withdrawn_at=None
    ).select_related("nominee")
    return [
        {
            "name": row.name,
            "country": row.country,
            "on": _day(row.created_at),
            "state": str(row.nominee.state),
            "state_label": str(row.nominee.get_state_display()),
        }
        for row in rows.order_by("created_at", "pk")
        if frame.covers(row.nominee.agency_id)
    ]


def _watches(frame: Frame) -> list[Row]:
    first, after = frame.moments
    inside = Q(entries__at__gte=first, entries__at__lt=after)
    runs = {
        name: Count("entries", filter=inside & Q(entries__outcome=outcome))
        for name, outcome in (
            ("n_first", RunOutcome.STARTED),
            ("n_unchanged", RunOutcome.UNCHANGED),
            ("n_changed", RunOutcome.CHANGED),
            ("n_failed", RunOutcome.FAILED),
        )
    }
    rows = Watch.objects.filter(organisation=frame.organisation).annotate(
        last_at=Max("entries__at", filter=inside), **runs
    )
    return [
        {
            "name": row.title,
            "kind": str(row.kind),
            "kind_label": str(row.get_kind_display()),
            "on": _day(row.last_at),
            **{name.removeprefix("n_"): getattr(row, name) for name in runs},
        }
        for row in rows.filter(last_at__isnull=False).order_by("title", "pk")
        if frame.covers(row.agency_id)
    ][:MOST_ROWS]


def _requests(frame: Frame) -> list[Row]:
    rows = (
        InformationRequest.objects.filter(
            organisation=frame.organisation, received_on__gte=frame.start, received_on__lte=frame.end
        )
        .prefetch_related("messages__papers__file")
        .order_by("received_on", "number")[:MOST_ROWS]
    )
    return [
        {
            "number": row.number,
            "on": _day(row.received_on),
            "due_on": _day(row.due),
            "extended": bool(row.extended_to),
            "state": str(row.state),
            "state_label": str(row.get_state_display()),
            "closed_on": _day(row.closed_at),
            "in_time": row.closed_at is not None and row.closed_at.date() <= row.due,
            "ground": row.ground,
            "asker": row.asker,
            "contact": row.contact,
            "messages": [
                {"kind": one.kind, "on": _day(one.at), "text": one.text, "from_asker": one.from_asker}
                for one in row.messages.all()
            ],
        }
        for row in rows
    ]


def _steps(frame: Frame) -> list[Row]:
    _first, after = frame.moments
    found: dict[int, Row] = {}
    rows = StepNote.objects.filter(organisation=frame.organisation, created_at__lt=after)
    for row in rows.order_by("created_at"):
        found[row.step] = {
            "step": row.step,
            "on": _day(row.created_at),
            "note": row.note,
            "owner": row.owner,
            "review_on": _day(row.review_on),
        }
    return [found[step] for step in sorted(found)]
