"""What waits for a decision, and what a case shows of its decision and certificate."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.applications.models import Application
from certification.applications.selectors import Panel, Progress
from certification.applications.states import DECIDED, ApplicationState
from certification.certificates.models import Certificate
from certification.certificates.selectors.rows import certificates_visible_to
from certification.certificates.states import OUTCOME_WORDS
from certification.decisions.selectors import barred, decision_for
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind, Role
from iris.core.moves import Move

SUBJECT = "certification_applications.application"


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
        .prefetch_related(Prefetch("certificates", Certificate.objects.order_by("-revision")))
        .order_by("-closed_at")
    )


def decision_move(application: Application, user: User) -> Move | None:
    """Whose move a recommended application is: a decider's who is not barred."""
    if not user.has_role(Role.DECIDER):
        if user.is_kind(OrganisationKind.SCHEME):
            return Move(
                who=_("Waiting for a decider"),
                what=_("Someone who had no part in the audit decides with reasons."),
            )
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
    shown = (
        certificate
        if certificate and certificates_visible_to(user).filter(pk=certificate.pk).exists()
        else None
    )
    return Panel(
        "certificates/_outcome.html",
        {"decision": decision, "outcome": OUTCOME_WORDS[decision.outcome], "certificate": shown},
    )


def certificate_progress(application: Application) -> Progress | None:
    """When the certificate of a case was issued."""
    issued = (
        Certificate.objects.filter(application=application)
        .order_by("revision")
        .values_list("issued_at", flat=True)
    )
    first = issued.first()
    return Progress(certificate_on=first.date()) if first else None
