"""Finding cases and what their pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.agencies import selectors as agencies
from certification.agencies.models import Agency
from certification.applications import rules, states
from certification.applications.models import Application
from certification.applications.states import ApplicationState
from certification.assessments import selectors as assessments
from certification.assessments.models import Assessment
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from iris.core.moves import Fact
from iris.core.places import Corridor, sector_name

from .appeals import under_appeal
from .offers import without_taken

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def applications_visible_to(user: User | AnonymousUser) -> QuerySet[Application]:
    """The agency's own; every one that was sent, to the scheme; to an audit firm those it was given access to."""
    if not isinstance(user, User) or user.organisation is None:
        return Application.objects.none()
    if user.is_kind(OrganisationKind.SCHEME):
        return Application.objects.exclude(submitted_at=None)
    if user.is_kind(OrganisationKind.AGENCY):
        return Application.objects.filter(agency__organisation_id=user.organisation.pk)
    if user.is_kind(OrganisationKind.AUDIT_FIRM):
        return Application.objects.filter(accesses__organisation_id=user.organisation.pk)
    return Application.objects.none()


def waiting_for_audit() -> QuerySet[Application]:
    """Accepted applications that no firm audits yet and none is asked to, those accepted longest ago first."""
    return (
        without_taken(Application.objects.filter(state=ApplicationState.ACCEPTED, firm=None))
        .select_related("agency", "agency__organisation")
        .order_by("accepted_at", "id")
    )


def case_of(user: User | AnonymousUser) -> QuerySet[Application]:
    """Cases a person may see, with what their pages show."""
    return applications_visible_to(user).select_related(
        "agency",
        "agency__organisation",
        "assessment",
        "assessment__edition",
        "firm",
        "opened_by",
        "submitted_by",
        "accepted_by",
        "case_owner",
    )


def current_application(agency: Agency) -> Application | None:
    """The agency's open application, else its latest."""
    return (
        Application.objects.filter(agency=agency)
        .order_by(Case(When(state__in=[str(s) for s in states.OPEN], then=0), default=1), "-created_at")
        .first()
    )


def open_application_of(agency_id: UUID) -> Application | None:
    """The one application of an agency that is not closed."""
    return Application.objects.filter(agency_id=agency_id, state__in=[str(s) for s in states.OPEN]).first()


def may_apply_again(application: Application) -> bool:
    """Whether it ended without a certificate."""
    return ApplicationState(application.state) in states.CLOSED and application.state not in states.GRANTS


@dataclass(frozen=True)
class Readiness:
    """Whether an application can be sent: enrolment and self-assessment, item by item."""

    ready: bool
    eligibility: agencies.Eligibility
    assessment: Assessment | None
    assessment_missing: list[object]
    assessment_text: str


def readiness(agency: Agency) -> Readiness:
    """What of enrolment and self-assessment is still missing before the agency can send its application."""
    found = agencies.eligibility(agency)
    assessment = assessments.open_assessment(agency)
    left = rules.missing_of_assessment(agency)
    if assessment is None:
        text = _("Not started yet.")
    elif left:
        text = ngettext("%(count)s thing is left.", "%(count)s things are left.", len(left)) % {
            "count": len(left)
        }
    else:
        text = _("Everything is answered.")
    return Readiness(
        ready=found.ready and not left,
        eligibility=found,
        assessment=assessment,
        assessment_missing=left,
        assessment_text=text,
    )


def missing_for_opening(agency: Agency) -> list[str]:
    """What beside enrolment stands against opening an application now: a certificate that runs, training, an appeal."""
    running = rules.running_of(agency)
    left = rules.missing_for_kind(running, rules.kind_for(running)) + rules.missing_of_training(agency)
    heard = under_appeal(agency)
    if heard is not None:
        left.append(_("Your appeal on application %(number)s is being heard.") % {"number": heard.number})
    return left


def missing_for_submit(application: Application) -> list[str]:
    """What is left before this application can be sent."""
    return rules.missing_for_submit(application)


def facts_for(application: Application, user: User) -> list[Fact]:
    """The facts of a case: scope as it was sent, licence, sites, fee, edition."""
    scope = application.scope or agencies.scope_of(application.agency)
    corridors = ", ".join(Corridor(*pair).text for pair in scope["corridors"])
    sectors = ", ".join(str(sector_name(code)).lower() for code in scope["sectors"])
    facts = [Fact(_("Scope"), "; ".join(part for part in (corridors, sectors) if part) or _("Not named yet"))]
    facts += [
        Fact(
            _("Licence"),
            _("%(number)s, valid to %(end)s")
            % {"number": each["number"], "end": agencies.in_words(date.fromisoformat(each["valid_to"]))},
        )
        for each in scope["licences"][:3]
    ]
    branches, subs = len(scope["branches"]), scope["sub_agents"]
    sites = [_("head office")]
    if branches:
        sites.append(ngettext("%(n)s branch", "%(n)s branches", branches) % {"n": branches})
    if subs:
        sites.append(ngettext("%(n)s sub-agent", "%(n)s sub-agents", subs) % {"n": subs})
    facts.append(Fact(_("Sites"), ", ".join(sites)))
    if application.assessment is not None:
        edition = _("Edition %(number)s") % {"number": application.assessment.edition.number}
        facts.append(Fact(_("Standard"), edition))
    if application.renews_number:
        facts.append(Fact(_("Renews"), application.renews_number))
    fee = _fee_in_words(application)
    if fee and not user.is_kind(OrganisationKind.AUDIT_FIRM):
        facts.append(Fact(_("Fee"), fee))
    url = reverse("agencies:agency", args=[application.agency_id])
    facts.append(Fact(_("Agency"), application.agency.legal_name, url))
    return facts


def _fee_in_words(application: Application) -> str:
    """Amount, invoice, and whether it was paid or waived."""
    if application.fee_waived_on is not None:
        return _("waived on %(day)s") % {"day": agencies.in_words(application.fee_waived_on)}
    if not application.invoice_number:
        return ""
    words = {"invoice": application.invoice_number}
    if application.fee_paid_on:
        words["day"] = agencies.in_words(application.fee_paid_on)
        said = _("invoice %(invoice)s, paid on %(day)s") % words
    else:
        said = _("invoice %(invoice)s, not paid yet") % words
    return f"{application.fee.text}, {said}" if application.fee else said


@dataclass(frozen=True)
class PersonOnCase:
    """A person and what they are in this case."""

    name: str
    part: str


def people_on(application: Application) -> list[PersonOnCase]:
    """Who is who on a case, as far as it is known here."""
    people: list[PersonOnCase] = []
    if application.case_owner is not None:
        people.append(PersonOnCase(application.case_owner.label, _("case owner, scheme")))
    if application.submitted_by is not None:
        people.append(PersonOnCase(application.submitted_by.label, _("signatory, agency")))
    elif application.opened_by is not None:
        people.append(PersonOnCase(application.opened_by.label, _("opened it, agency")))
    if application.firm is not None:
        people.append(PersonOnCase(application.firm.name, _("audit firm")))
    return people
