"""Questions about certificates. Pages, register, lookups and API all start here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, CharField, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.agencies import selectors as agencies_read
from certification.agencies.models import Agency
from certification.applications.models import Application
from certification.applications.selectors import Panel, Progress
from certification.applications.states import DECIDED, ApplicationState
from certification.certificates.models import Certificate
from certification.certificates.rules import alike_key, near_keys, plain_number, standing_on
from certification.certificates.states import (
    RUNNING,
    VALID_STANDINGS,
    CertificateState,
    Outcome,
    ScopeChange,
    Standing,
)
from certification.decisions.selectors import agencies_barred_for, barred, decision_for
from iris.accounts.states import OrganisationKind, Role
from iris.core import clocks
from iris.core.moves import Move, Todo
from iris.core.states import StateFacts, facts_of

if TYPE_CHECKING:
    from iris.accounts.models import User

SUBJECT = "certification_applications.application"
# From acceptance to the decision: what makes an agency without a certificate an applicant in public.
APPLYING = (ApplicationState.ACCEPTED, ApplicationState.UNDER_AUDIT, ApplicationState.RECOMMENDED)


@dataclass(frozen=True)
class StandingFacts:
    """What an agency is today, the certificate that makes it so, and since when."""

    standing: Standing
    certificate: Certificate | None = None
    since: date | None = None

    @property
    def facts(self) -> StateFacts:
        """Words, tone and icon."""
        return facts_of(self.standing)

    @property
    def valid(self) -> bool:
        """Whether a certificate may be relied on today, within its scope."""
        return self.standing in VALID_STANDINGS


# -- reading rights -----------------------------------------------------------------------------------


def certificates_visible_to(user: User) -> QuerySet[Certificate]:
    """The scheme sees all, an agency its own, an audit firm those it audited. The public has the register."""
    rows = Certificate.objects.select_related("agency", "agency__organisation", "edition", "pdf")
    organisation = user.organisation if user.is_authenticated else None
    if organisation is None:
        return rows.none()
    if user.is_kind(OrganisationKind.SCHEME):
        return rows
    if user.is_kind(OrganisationKind.AGENCY):
        return rows.filter(agency__organisation=organisation)
    if user.is_kind(OrganisationKind.AUDIT_FIRM):
        return rows.filter(firm_id=organisation.pk)
    return rows.none()


def public_certificates() -> QuerySet[Certificate]:
    """Every revision of every certificate, for the register: all of them are public, whatever their state."""
    return Certificate.objects.select_related("agency", "edition").prefetch_related("corridors", "changes")


def with_parts(rows: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """The same rows with everything a page shows, in a fixed number of queries."""
    return rows.prefetch_related("corridors", "conditions", "changes")


# -- one certificate ------------------------------------------------------------------------------------


def certificate_by_number(text: str) -> Certificate | None:
    """The latest revision of the certificate of this number; spaces, dashes and small letters do not count."""
    plain = plain_number(text)
    if not plain:
        return None
    return public_certificates().filter(number_plain=plain).order_by("-revision").first()


def revisions_of(certificate: Certificate) -> QuerySet[Certificate]:
    """Every revision of the same number, latest first."""
    return public_certificates().filter(number=certificate.number).order_by("-revision")


def numbers_like(text: str, most: int = 3) -> list[str]:
    """Numbers that somebody may have meant: look-alike letters and digits, one slip, or two swapped."""
    key = alike_key(text)
    if len(key) < 6:
        return []
    rows = Certificate.objects.filter(revision=1)
    same = list(rows.filter(number_alike=key).values_list("number", flat=True)[:most])
    if same:
        return same
    return list(rows.filter(number_alike__regex=near_keys(key)).values_list("number", flat=True).order_by("number")[:most])


def running_certificate(agency: Agency) -> Certificate | None:
    """The one revision of the agency's that has not ended (it may be suspended)."""
    return Certificate.objects.filter(agency=agency, state__in=RUNNING).first()


# -- standing -------------------------------------------------------------------------------------------


def latest_certificates() -> QuerySet[Certificate]:
    """For each agency the certificate that speaks for it: the one issued last."""
    latest = Certificate.objects.order_by("agency_id", "-issued_at", "-revision").distinct("agency_id")
    return Certificate.objects.filter(pk__in=latest.values("pk"))


def with_standing(rows: QuerySet[Certificate], on: date | None = None) -> QuerySet[Certificate]:
    """The same rows with `public_standing`: rules.standing_on in SQL, for filters and counts."""
    day = on or clocks.today()
    state = CertificateState
    return rows.annotate(
        public_standing=Case(
            When(state=state.WITHDRAWN, then=Value(Standing.WITHDRAWN.value)),
            When(state=state.RELINQUISHED, then=Value(Standing.LEFT.value)),
            When(state=state.SUPERSEDED, then=Value(Standing.SUPERSEDED.value)),
            When(Q(state=state.EXPIRED) | Q(expires_on__lt=day), then=Value(Standing.EXPIRED.value)),
            When(state=state.SUSPENDED, then=Value(Standing.SUSPENDED.value)),
            When(effective_on__gt=day, then=Value(Standing.NOT_YET_VALID.value)),
            When(state=state.CONDITIONAL, then=Value(Standing.CERTIFIED_WITH_CONDITIONS.value)),
            When(scope_change=ScopeChange.REDUCED, then=Value(Standing.REDUCED_SCOPE.value)),
            default=Value(Standing.CERTIFIED.value),
            output_field=CharField(),
        )
    )


def applying() -> QuerySet[Application]:
    """Applications that make an agency an applicant in public: accepted, not yet decided."""
    return Application.objects.filter(state__in=APPLYING)


def agencies_with_standing(agencies: QuerySet[Agency], standing: str) -> QuerySet[Agency]:
    """Of these agencies, the ones that stand so today."""
    certified = Exists(Certificate.objects.filter(agency=OuterRef("pk")))
    asking = Exists(applying().filter(agency=OuterRef("pk")))
    if standing == Standing.APPLICANT:
        return agencies.filter(asking).exclude(certified)
    if standing == Standing.ENROLLED:
        return agencies.exclude(certified).exclude(asking)
    rows = with_standing(latest_certificates()).filter(public_standing=standing)
    return agencies.filter(pk__in=rows.values("agency_id"))


def standings_of(agencies: Iterable[Agency], on: date | None = None) -> dict[UUID, StandingFacts]:
    """What each of these agencies is today. Three queries, however many there are."""
    keys = [agency.pk for agency in agencies]
    day = on or clocks.today()
    rows = latest_certificates().filter(agency_id__in=keys).prefetch_related("corridors")
    found = {row.agency_id: _facts(row, day) for row in rows}
    asking = dict(
        applying().filter(agency_id__in=[key for key in keys if key not in found]).values_list("agency_id", "accepted_at")
    )
    for key in keys:
        if key in asking:
            since = asking[key]
            found[key] = StandingFacts(Standing.APPLICANT, since=since.date() if since else None)
        else:
            found.setdefault(key, StandingFacts(Standing.ENROLLED))
    return found


def standing_of(agency: Agency, on: date | None = None) -> StandingFacts:
    """What one agency is today."""
    return standings_of([agency], on)[agency.pk]


def standing_facts(certificate: Certificate, on: date | None = None) -> StandingFacts:
    """What one revision is worth on a day."""
    return _facts(certificate, on or clocks.today())


def _facts(certificate: Certificate, day: date) -> StandingFacts:
    standing = standing_on(certificate, day)
    since = {
        Standing.EXPIRED: certificate.expires_on,
        Standing.NOT_YET_VALID: certificate.effective_on,
    }.get(standing, certificate.state_since)
    if standing in VALID_STANDINGS:
        since = max(since, certificate.effective_on)
    return StandingFacts(standing, certificate, since)


def for_list(
    rows: QuerySet[Certificate],
    *,
    q: str = "",
    standing: str = "",
    country: str = "",
    sector: str = "",
    ends_within: int | None = None,
) -> QuerySet[Certificate]:
    """The scheme's list: the latest revision of each number, filtered, soonest end first."""
    rows = with_standing(rows.filter(replaced_by=None))
    if q:
        found = agencies_read.found_by(Agency.objects.all(), q)
        rows = rows.filter(Q(number_plain__contains=plain_number(q) or "-") | Q(agency__in=found))
    if standing:
        rows = rows.filter(public_standing=standing)
    if country:
        rows = rows.filter(country=country)
    if sector:
        rows = rows.filter(sectors__contains=[sector])
    if ends_within:
        last = clocks.add_months(clocks.today(), ends_within)
        rows = rows.filter(state__in=RUNNING, expires_on__lte=last, expires_on__gte=clocks.today())
    return rows.prefetch_related("corridors").order_by("-issued_at", "number")


def counts_by_standing(rows: QuerySet[Certificate]) -> dict[Standing, int]:
    """How many certificates stand how, in one query."""
    counted = (
        with_standing(rows.filter(replaced_by=None).select_related(None))
        .order_by()
        .values("public_standing")
        .annotate(n=Count("pk"))
        .values_list("public_standing", "n")
    )
    return {Standing(standing): n for standing, n in counted}


# -- deciding ---------------------------------------------------------------------------------------------


def open_findings(application: Application) -> tuple[int, int]:
    """How many critical and major findings the recommendation says are open."""
    told = application.recommendation or {}
    return int(told.get("open_critical", 0)), int(told.get("open_major", 0))


def waiting_for_decision() -> QuerySet[Application]:
    """Recommended applications, longest waiting first."""
    return (
        Application.objects.filter(state=ApplicationState.RECOMMENDED)
        .select_related("agency", "assessment__edition")
        .order_by("recommended_at")
    )


def decided_applications() -> QuerySet[Application]:
    """Applications that were decided, latest first."""
    return (
        Application.objects.filter(state__in=DECIDED)
        .select_related("agency")
        .prefetch_related(Prefetch("certificates", Certificate.objects.order_by("revision")))
        .order_by("-closed_at")
    )


# -- whose move, what now ---------------------------------------------------------------------------------


def move_for(certificate: Certificate, user: User) -> Move:
    """Whose move it is on a certificate."""
    ours = user.is_kind(OrganisationKind.AGENCY)
    scheme = user.has_role(Role.SCHEME_MANAGER)
    today = clocks.today()
    if certificate.state == CertificateState.CONDITIONAL:
        return _conditions_move(certificate, ours)
    if certificate.state == CertificateState.SUSPENDED:
        ends = clocks.add_months(certificate.suspended_on or today, clocks.number("suspension_months"))
        return Move(
            who=_("Suspended: the scheme decides what follows"),
            what=_("It may not be shown to anyone until it is reinstated. After the day on the right it is withdrawn."),
            yours=scheme,
            due=ends,
        )
    if certificate.state not in RUNNING or certificate.expires_on < today:
        return Move(who=_("Nothing to do"), what=_("This certificate has ended. The register shows how and when."), done=True)
    opens = clocks.add_months(certificate.expires_on, -clocks.number("recertification_window_months"))
    if opens <= today:
        return Move(
            who=_("Your move: apply again") if ours else _("Waiting for the agency: its next application"),
            what=_("Without a new decision the certificate ends on its last day. It is not extended."),
            yours=ours,
            due=certificate.expires_on,
        )
    return Move(
        who=_("Nothing to do now"),
        what=_("The certificate is in force. The next application can be made from %(day)s.")
        % {"day": f"{opens.day} {opens:%B %Y}"},
        done=True,
    )


def _conditions_move(certificate: Certificate, ours: bool) -> Move:
    left = [row for row in certificate.conditions.all() if row.met_on is None]
    count = ngettext("%(n)s condition", "%(n)s conditions", len(left)) % {"n": len(left)}
    return Move(
        who=(_("Your move: meet %(count)s") if ours else _("Waiting for the agency: %(count)s")) % {"count": count},
        what=_("Send the scheme the proof of each. The scheme notes what is met; after the last one they are gone."),
        yours=ours,
        due=min((row.due_on for row in left), default=None),
    )


def todos_for(user: User) -> list[Todo]:
    """What certificates and decisions ask of a person now."""
    if user.has_role(Role.DECIDER):
        return _decider_todos(user)
    if user.has_role(Role.SCHEME_MANAGER):
        return _manager_todos()
    if user.is_kind(OrganisationKind.AGENCY):
        return _agency_todos(user)
    return []


def _decider_todos(user: User) -> list[Todo]:
    waiting = list(waiting_for_decision())
    closed = agencies_barred_for([row.agency for row in waiting], user)
    return [
        Todo(
            title=_("Decide on %(agency)s") % {"agency": row.agency.legal_name},
            url=reverse("certificates:decide", args=[row.pk]),
            what=_("Application %(number)s; the auditors' recommendation is in.") % {"number": row.number},
            icon="gavel",
        )
        for row in waiting
        if row.agency_id not in closed
    ]


def _manager_todos() -> list[Todo]:
    today = clocks.today()
    limit = clocks.add_months(today, -clocks.number("suspension_months"))
    rows = with_parts(
        Certificate.objects.filter(
            Q(state=CertificateState.SUSPENDED, suspended_on__lte=limit)
            | Q(state=CertificateState.CONDITIONAL, conditions__met_on__isnull=True, conditions__due_on__lt=today)
        ).distinct()
    )
    todos = []
    for row in rows:
        late = [one.due_on for one in row.conditions.all() if one.late]
        suspended = row.state == CertificateState.SUSPENDED
        what = _("Suspended for longer than a suspension may last.") if suspended else _("A condition is past its day.")
        due = row.suspended_on and clocks.add_months(row.suspended_on, clocks.number("suspension_months"))
        todos.append(
            Todo(
                title=_("Settle certificate %(number)s") % {"number": row.number},
                url=reverse("certificates:certificate", args=[row.pk]),
                what=what,
                due=due if suspended else min(late),
                icon="certificate",
            )
        )
    return todos


def _agency_todos(user: User) -> list[Todo]:
    todos = []
    for row in with_parts(certificates_visible_to(user).filter(state__in=RUNNING)):
        url = reverse("certificates:certificate", args=[row.pk])
        for condition in row.conditions.all():
            if condition.met_on is None:
                title = _("Meet condition %(place)s of your certificate") % {"place": condition.position}
                todos.append(Todo(title=title, url=url, what=condition.text, due=condition.due_on, icon="certificate"))
        opens = clocks.add_months(row.expires_on, -clocks.number("recertification_window_months"))
        if opens <= clocks.today() <= row.expires_on:
            what = _("Certificate %(number)s ends on its last day; it is not extended.") % {"number": row.number}
            todos.append(Todo(title=_("Apply for the next certificate"), url=url, what=what, due=row.expires_on))
    return todos


# -- what the case page shows of this room ------------------------------------------------------------------


def decision_move(application: Application, user: User) -> Move | None:
    """Whose move a recommended application is: a decider's who is not barred."""
    if not user.has_role(Role.DECIDER):
        if user.is_kind(OrganisationKind.SCHEME):
            return Move(who=_("Waiting for a decider"), what=_("Someone who had no part in the audit decides with reasons."))
        return None
    if barred(application.agency, user):
        return Move(
            who=_("Waiting for another decider"),
            what=_("You may not decide on this agency; the decision page says why."),
            act_label=_("See why"),
            act_url=reverse("certificates:decide", args=[application.pk]),
        )
    return Move(
        who=_("Your move: decide"),
        what=_("Read the recommendation, the findings and the self-assessment, and decide with reasons."),
        yours=True,
        act_label=_("Read and decide"),
        act_url=reverse("certificates:decide", args=[application.pk]),
    )


def outcome_panel(application: Application, user: User) -> Panel | None:
    """The decision and its certificate, on the page of the case."""
    decision = decision_for(SUBJECT, application.pk)
    if decision is None or decision.decided_at is None:
        return None
    certificate = Certificate.objects.filter(application=application).order_by("-revision").first()
    shown = certificate if certificate and certificates_visible_to(user).filter(pk=certificate.pk).exists() else None
    return Panel(
        "certificates/_outcome.html",
        {"decision": decision, "outcome": Outcome(decision.outcome).label, "certificate": shown},
    )


def certificate_progress(application: Application) -> Progress | None:
    """When the certificate of a case was issued."""
    issued = Certificate.objects.filter(application=application).order_by("revision").values_list("issued_at", flat=True)
    first = issued.first()
    return Progress(certificate_on=first.date()) if first else None
