"""What keeps certificates: audits to come, conditions, licence reviews, proposals; and the counts for desks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.applications.models import Application
from certification.applications.selectors import Panel, Running, window_opens_on
from certification.certificates.models import (
    AuditOrder,
    Certificate,
    CertificateCondition,
    CertificateCorridor,
    DecisionDeferral,
    LicenceReview,
    SurveillanceWindow,
)
from certification.certificates.selectors.rows import certificates_visible_to
from certification.certificates.selectors.standing import latest_certificates, with_standing
from certification.certificates.states import (
    RUNNING,
    VALID_STANDINGS,
    OrderState,
    Proposed,
    ReviewState,
    Standing,
    WindowState,
)
from certification.decisions.models import Decision
from certification.decisions.selectors import Subject, agencies_barred_for
from certification.decisions.states import UNDECIDED_STATES, Answer
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind, Role
from iris.core import clocks

_FOR_THE_AGENCY = (Proposed.REINSTATE, Proposed.KEEP)


def open_reviews(certificate: Certificate) -> list[LicenceReview]:
    """Reviews of lost licences that nobody has settled, for any revision of this certificate."""
    return list(LicenceReview.objects.filter(certificate__number=certificate.number, state=ReviewState.OPEN))


def open_proposals(certificate: Certificate) -> QuerySet[Decision]:
    """What is proposed about this revision and not decided."""
    return Decision.objects.filter(
        subject_label__in=Proposed.values, subject_id=certificate.pk, state__in=UNDECIDED_STATES
    ).select_related("opened_by", "agency")


def proposals() -> QuerySet[Decision]:
    """Every proposal about a certificate, decided or not, newest first."""
    return (
        Decision.objects.filter(subject_label__in=Proposed.values)
        .select_related("opened_by", "decided_by", "agency")
        .order_by("-created_at")
    )


def proposals_about(certificate: Certificate) -> QuerySet[Decision]:
    """Every proposal about any revision of a certificate, newest first."""
    numbered = Certificate.objects.filter(number=certificate.number).values("pk")
    return proposals().filter(subject_id__in=numbered)


def waiting_proposals() -> QuerySet[Decision]:
    """Proposals about certificates that still run, the soonest due first."""
    running = Certificate.objects.filter(pk=OuterRef("subject_id"), state__in=RUNNING)
    return (
        proposals()
        .filter(Exists(running), state__in=UNDECIDED_STATES)
        .order_by(F("due_on").asc(nulls_last=True), "created_at")
    )


def proposals_waiting(user: User) -> list[Decision]:
    """Proposals that wait for this person: a decider who did not propose it, is not barred and has not voted."""
    if not user.has_role(Role.DECIDER):
        return []
    rows = list(waiting_proposals().exclude(opened_by=user).exclude(votes__person=user))
    closed = agencies_barred_for([row.agency for row in rows], user)
    return [row for row in rows if row.agency_id not in closed]


def subject_of_proposal(decision: Decision) -> Subject:
    """A proposal in words, for the pages on which it is voted on and appealed."""
    number = Certificate.objects.filter(pk=decision.subject_id).values_list("number", flat=True).first()
    good = Answer.ACCEPT if decision.subject_label in _FOR_THE_AGENCY else Answer.REJECT
    return Subject(
        name=_("Certificate %(number)s: %(what)s")
        % {"number": number, "what": Proposed(decision.subject_label).label},
        url=reverse("certificates:certificate", args=[decision.subject_id]),
        favourable=frozenset({good.value}),
    )


def may_read_proposal(user: User) -> QuerySet[Decision]:
    """The scheme reads every proposal; an agency those about its own certificates that are decided."""
    if user.is_kind(OrganisationKind.SCHEME):
        return proposals()
    if user.is_kind(OrganisationKind.AGENCY):
        mine = certificates_visible_to(user).values("pk")
        return proposals().filter(subject_id__in=mine).exclude(state__in=UNDECIDED_STATES)
    return proposals().none()


def expiring(days: int) -> QuerySet[Certificate]:
    """Running certificates whose last day comes within so many days, soonest first."""
    today = clocks.today()
    return (
        Certificate.objects.filter(
            state__in=RUNNING, expires_on__gte=today, expires_on__lte=today + timedelta(days=days)
        )
        .select_related("agency")
        .order_by("expires_on")
    )


def surveillance_due(days: int) -> QuerySet[SurveillanceWindow]:
    """Surveillance audits to be held within so many days (late ones too), soonest first."""
    return (
        SurveillanceWindow.objects.filter(
            state=WindowState.DUE, due_on__lte=clocks.today() + timedelta(days=days)
        )
        .select_related("agency", "decision")
        .order_by("due_on")
    )


def conditions_late() -> QuerySet[CertificateCondition]:
    """Open conditions past their day, on certificates that run, longest late first."""
    return (
        CertificateCondition.objects.filter(
            met_on__isnull=True, due_on__lt=clocks.today(), certificate__state__in=RUNNING
        )
        .select_related("certificate__agency")
        .order_by("due_on")
    )


def reviews_open() -> QuerySet[LicenceReview]:
    """Lost licences under review, soonest due first."""
    return (
        LicenceReview.objects.filter(state=ReviewState.OPEN)
        .select_related("certificate__agency")
        .order_by("due_on")
    )


def orders_waiting() -> QuerySet[AuditOrder]:
    """Audits that are ordered and not held, soonest due first. Audits rooms read this."""
    return (
        AuditOrder.objects.filter(state=OrderState.ORDERED)
        .select_related("certificate__agency", "window")
        .order_by("due_on")
    )


def orders_visible_to(user: User, rows: QuerySet[AuditOrder] | None = None) -> QuerySet[AuditOrder]:
    """The scheme all; an audit firm those of certificates it audited; an agency its own from the day of notice."""
    rows = AuditOrder.objects.select_related("certificate") if rows is None else rows
    if user.is_kind(OrganisationKind.SCHEME):
        return rows
    seen = rows.filter(certificate__in=certificates_visible_to(user).values("pk"))
    if user.is_kind(OrganisationKind.AGENCY):
        return seen.filter(Q(told_from__lte=clocks.today()) | ~Q(state=OrderState.ORDERED))
    return seen


def renewable(agency: Agency) -> Running | None:
    """The certificate that runs, and from when its renewal may be applied for (R50). It is never extended."""
    row = Certificate.objects.filter(agency=agency, state__in=RUNNING, expires_on__gte=clocks.today()).first()
    if row is None:
        return None
    return Running(
        certificate_id=row.pk,
        number=row.number,
        opens_on=window_opens_on(row.expires_on),
        expires_on=row.expires_on,
    )


def windows_of(certificate: Certificate) -> QuerySet[SurveillanceWindow]:
    """The surveillance audits that this certificate owes or owed, by their day."""
    return SurveillanceWindow.objects.filter(decision_id=certificate.decision_id)


def open_deferral(application_id: UUID) -> DecisionDeferral | None:
    """The questions that a decision on this application still waits for."""
    return (
        DecisionDeferral.objects.filter(
            application_id=application_id, answered_at=None, due_on__gte=clocks.today()
        )
        .select_related("asked_by")
        .last()
    )


def deferrals_for(user: User) -> QuerySet[DecisionDeferral]:
    """Questions of deciders that wait for this person's audit firm."""
    if not user.has_role(Role.LEAD_AUDITOR, Role.FIRM_MANAGER) or user.organisation is None:
        return DecisionDeferral.objects.none()
    return (
        DecisionDeferral.objects.filter(
            application__firm=user.organisation, answered_at=None, due_on__gte=clocks.today()
        )
        .select_related("application__agency", "asked_by")
        .order_by("due_on")
    )


def deferral_panel(application: Application, user: User) -> Panel | None:
    """The questions that wait for an answer, on the page of the case, for the firm that audited it."""
    row = deferrals_for(user).filter(application=application).first()
    return Panel("certificates/_deferral.html", {"deferral": row}) if row else None


@dataclass(frozen=True)
class Statistics:
    """What the public may count: agencies by standing, and certificates in force by corridor and sector."""

    standings: dict[Standing, int]
    corridors: list[tuple[CertificateCorridor, int]]
    sectors: list[tuple[str, int]]


def statistics() -> Statistics:
    """Counts made of live data; the latest certificate of each agency counts once."""
    rows = list(with_standing(latest_certificates()).prefetch_related("corridors"))
    standings = Counter(Standing(row.public_standing) for row in rows)
    valid = [row for row in rows if row.public_standing in VALID_STANDINGS]
    lines = {(one.origin, one.destination): one for row in valid for one in row.corridors.all()}
    corridors = Counter((one.origin, one.destination) for row in valid for one in row.corridors.all())
    sectors = Counter(sector for row in valid for sector in row.sectors)
    return Statistics(
        standings=dict(standings),
        corridors=[
            (lines[key], n) for key, n in sorted(corridors.items(), key=lambda pair: (-pair[1], pair[0]))
        ],
        sectors=sorted(sectors.items(), key=lambda pair: (-pair[1], pair[0])),
    )
