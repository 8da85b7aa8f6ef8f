"""What a dashboard gathers from the rooms, through their own selectors only."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.bodies.selectors import todos_for as body_todos
from audits.engagements.selectors import audits_visible_to, objection_todos
from audits.engagements.selectors import todos_for as audit_todos
from audits.findings.selectors import todos_for as finding_todos
from audits.reports.selectors import todos_for as report_todos
from audits.sampling.selectors import todos_for as sampling_todos
from certification.agencies.models import Agency, AgencyName
from certification.agencies.selectors import agencies_visible_to, agency_of
from certification.agencies.selectors import todos_for as agency_todos
from certification.applications.models import Application
from certification.applications.selectors import applications_visible_to
from certification.applications.selectors import todos_for as application_todos
from certification.applications.states import ApplicationState
from certification.assessments.selectors import employer_todos_for
from certification.assessments.selectors import todos_for as assessment_todos
from certification.certificates.models import Certificate
from certification.certificates.selectors import (
    certificate_by_number,
    certificates_visible_to,
    public_certificates,
    running_certificate,
    standing_of,
)
from certification.certificates.selectors import todos_for as certificate_todos
from certification.certificates.states import CertificateState
from certification.corrections.selectors import todos_for as correction_todos
from certification.decisions.selectors import todos_for as decision_todos
from certification.licences.selectors import todos_for as licence_todos
from certification.register.selectors import listed
from certification.repayments.selectors import todos_for as repayment_todos
from certification.training.selectors import todos_for as training_todos
from iris.accounts.models import User
from iris.accounts.selectors import organisations_to_vet
from iris.accounts.states import OrganisationKind, Role
from iris.core import clocks
from iris.core.models import Event
from iris.core.moves import Move, Todo, by_urgency
from iris.developers.selectors import todos_for as developer_todos
from iris.matching import normalise
from supplychain.chains.selectors import todos_for as chain_todos
from supplychain.diligence.selectors import todos_for as diligence_todos
from supplychain.lookups.selectors import lookups_visible_to
from supplychain.screenings.selectors import screenings_visible_to
from supplychain.screenings.selectors import todos_for as screening_todos
from supplychain.watches.selectors import todos_for as watch_todos

SOURCES: tuple[Callable[[User], list[Todo]], ...] = (
    agency_todos,
    assessment_todos,
    employer_todos_for,
    application_todos,
    certificate_todos,
    licence_todos,
    decision_todos,
    correction_todos,
    training_todos,
    audit_todos,
    sampling_todos,
    objection_todos,
    body_todos,
    finding_todos,
    report_todos,
    repayment_todos,
    screening_todos,
    watch_todos,
    diligence_todos,
    chain_todos,
    developer_todos,
)
MOST_TODOS = 25
MOST_HITS = 10


@dataclass(frozen=True)
class Figure:
    """A number with its name, and where it leads."""

    label: str
    value: int
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Hit:
    """One find of the search box."""

    title: str
    url: str
    what: str


def todos_for(user: User) -> list[Todo]:
    """Everything that asks something of the person now, most urgent first."""
    found = [todo for source in SOURCES for todo in source(user)]
    if user.has_role(Role.SCHEME_MANAGER):
        found += _vetting(user)
    unique = {(str(todo.url), str(todo.title)): todo for todo in found}
    return by_urgency(list(unique.values()))


def _vetting(user: User) -> list[Todo]:
    waiting = organisations_to_vet(user).count()
    if not waiting:
        return []
    title = ngettext("Vet %(n)s organisation", "Vet %(n)s organisations", waiting) % {"n": waiting}
    what = _("They applied for access and wait for your answer.")
    return [Todo(title=title, url=reverse("accounts:organisations"), what=what, icon="building-community")]


def move_of_the_day(todos: list[Todo]) -> Move:
    """The banner: the most urgent of a person's own moves, or that there is none."""
    mine = [todo for todo in todos if not todo.waiting]
    if not mine:
        waiting = len(todos)
        text = ngettext("You wait for %(n)s thing.", "You wait for %(n)s things.", waiting) % {"n": waiting}
        return Move(who=_("Nothing to do for you now"), what=text if waiting else "", done=True)
    first = mine[0]
    return Move(
        who=_("Your move: %(title)s") % {"title": _lower_first(str(first.title))},
        what=first.what,
        yours=True,
        due=first.due,
        act_label=_("Go there"),
        act_url=first.url,
    )


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def figures_for(user: User) -> list[Figure]:
    """A few counts that say how things stand, by kind of organisation."""
    if user.is_kind(OrganisationKind.SCHEME):
        return _scheme_figures(user)
    if user.is_kind(OrganisationKind.AUDIT_FIRM):
        running = audits_visible_to(user).exclude(state__in=["reported", "declined", "cancelled"])
        reported = audits_visible_to(user).filter(state="reported")
        url = reverse("engagements:list")
        return [
            Figure(_("Audits under way"), running.count(), url),
            Figure(_("Audits reported"), reported.count(), url),
        ]
    if user.is_kind(OrganisationKind.EMPLOYER, OrganisationKind.GOVERNMENT, OrganisationKind.CASEWORKER):
        return _buyer_figures(user)
    return []


def _scheme_figures(user: User) -> list[Figure]:
    state = ApplicationState
    counts: dict[str, int] = dict(
        Application.objects.values_list("state").annotate(n=Count("pk")).order_by().values_list("state", "n")
    )
    review = (
        counts.get(state.SUBMITTED, 0) + counts.get(state.FEE_PENDING, 0) + counts.get(state.IN_REVIEW, 0)
    )
    audit = counts.get(state.ACCEPTED, 0) + counts.get(state.UNDER_AUDIT, 0)
    queue = reverse("applications:queue")
    certificates = certificates_visible_to(user).aggregate(
        force=Count("pk", filter=Q(state__in=[CertificateState.ACTIVE, CertificateState.CONDITIONAL])),
        suspended=Count("pk", filter=Q(state=CertificateState.SUSPENDED)),
    )
    listed = reverse("certificates:list")
    return [
        Figure(_("In screening"), review, queue),
        Figure(_("Accepted or under audit"), audit, queue),
        Figure(_("Waiting for a decision"), counts.get(state.RECOMMENDED, 0), queue),
        Figure(_("Certificates in force"), certificates["force"], listed, "good"),
        Figure(_("Suspended"), certificates["suspended"], listed, "stop"),
    ]


def _buyer_figures(user: User) -> list[Figure]:
    figures = [Figure(_("Checks kept"), lookups_visible_to(user).count(), reverse("lookups:check"))]
    if not user.is_kind(OrganisationKind.CASEWORKER):
        figures.append(
            Figure(_("Screenings"), screenings_visible_to(user).count(), reverse("screenings:list"))
        )
    certified = public_certificates().filter(
        state__in=[CertificateState.ACTIVE, CertificateState.CONDITIONAL]
    )
    figures.append(
        Figure(_("Agencies certified today"), certified.count(), reverse("register:search"), "good")
    )
    return figures


def certificate_card(user: User) -> dict[str, Any] | None:
    """The agency's certificate, for its dashboard."""
    agency = agency_of(user)
    if agency is None:
        return None
    certificate = running_certificate(agency)
    return {"agency": agency, "standing": standing_of(agency), "certificate": certificate}


def deadlines_of(todos: list[Todo]) -> list[dict[str, Any]]:
    """The dated ones, for the right column."""
    dated = [todo for todo in todos if todo.due]
    return [
        {"label": todo.title, "due": todo.due, "url": todo.url}
        for todo in sorted(dated, key=lambda t: t.due or clocks.today())[:6]
    ]


def lately(user: User, limit: int = 6) -> list[Event]:
    """What people of the same organisation did last."""
    organisation = user.organisation
    if organisation is None:
        return []
    rows = Event.objects.filter(organisation_id=organisation.pk).select_related("payload").order_by("-at")
    return list(rows[:limit])


def landing_figures() -> list[Figure]:
    """Numbers for anyone: how many are certified, suspended, applying."""
    counts = public_certificates().aggregate(
        force=Count("pk", filter=Q(state__in=[CertificateState.ACTIVE, CertificateState.CONDITIONAL])),
        suspended=Count("pk", filter=Q(state=CertificateState.SUSPENDED)),
        countries=Count(
            "country",
            distinct=True,
            filter=Q(state__in=[CertificateState.ACTIVE, CertificateState.CONDITIONAL]),
        ),
    )
    return [
        Figure(_("agencies certified today"), counts["force"]),
        Figure(_("suspended, shown with the reason"), counts["suspended"]),
        Figure(_("countries"), counts["countries"]),
    ]


def search(user: User, text: str) -> list[Hit]:
    """Agencies, cases and certificates the person may see, for the one search box."""
    text = text.replace("\x00", "").strip()[:200]
    if not text:
        return []
    hits = [*_certificates(text), *_applications(user, text), *_agencies(user, text)]
    return list({hit.url: hit for hit in hits}.values())


def _certificates(text: str) -> list[Hit]:
    found: Certificate | None = certificate_by_number(text) if any(char.isdigit() for char in text) else None
    if found is None:
        return []
    url = reverse("register:verify_number", args=[found.number])
    return [Hit(found.number, url, _("Certificate of %(name)s") % {"name": found.legal_name})]


def _applications(user: User, text: str) -> list[Hit]:
    rows = applications_visible_to(user).select_related("agency").filter(number__icontains=text)[:MOST_HITS]
    what = _("Application of %(name)s")
    return [
        Hit(
            row.number,
            reverse("applications:application", args=[row.pk]),
            what % {"name": row.agency.legal_name},
        )
        for row in rows
    ]


def _agencies(user: User, text: str) -> list[Hit]:
    normal = normalise(text)
    if not normal:
        return []
    near = Q(normal__icontains=normal) | Q(normal__trigram_similar=normal) | Q(name__icontains=text)
    names = AgencyName.objects.filter(near).values("agency_id")
    inside = set(agencies_visible_to(user).filter(pk__in=names).values_list("pk", flat=True)[:MOST_HITS])
    known = Q(pk__in=listed().values("pk")) | Q(pk__in=agencies_visible_to(user).values("pk"))
    rows = Agency.objects.filter(known, pk__in=names).order_by("legal_name")[:MOST_HITS]
    return [
        Hit(
            row.legal_name,
            reverse("agencies:agency", args=[row.pk])
            if row.pk in inside
            else reverse("register:agency", args=[row.pk]),
            _("Agency"),
        )
        for row in rows
    ]
