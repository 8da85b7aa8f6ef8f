"""What the pages of this room share: finding the thing, the head of an assessment, the people of the agency."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from certification.agencies import selectors as agencies
from certification.agencies.models import Agency
from certification.assessments import permissions, selectors
from certification.assessments.models import Assessment, Evidence
from iris.accounts.models import User
from iris.accounts.selectors import members_of
from iris.core.web import get_or_404


def person_of(request: HttpRequest) -> User:
    """The signed-in person; the page's policy has let nobody else in."""
    return request.user


def assessment_or_404(request: HttpRequest, assessment_id: UUID) -> Assessment:
    """An assessment this person may read."""
    return get_or_404(selectors.assessments_visible_to(person_of(request)), pk=assessment_id)


def own_or_404(request: HttpRequest, assessment_id: UUID) -> Assessment:
    """An assessment of the person's own agency that can be worked on."""
    assessment = assessment_or_404(request, assessment_id)
    if not permissions.works_for(assessment.agency, person_of(request)):
        raise Http404
    return assessment


def agency_or_404(request: HttpRequest) -> Agency:
    """The agency the person acts for."""
    agency = agencies.agency_of(person_of(request))
    if agency is None:
        raise Http404
    return agency


def library_of(agency: Agency) -> list[Evidence]:
    """The agency's documents by title."""
    return list(Evidence.objects.filter(agency=agency).select_related("file").order_by("title", "created_at"))


def people_of(agency: Agency) -> list[User]:
    """Everyone who acts for the agency, by name."""
    return [membership.user for membership in members_of(agency.organisation)]


def head(request: HttpRequest, assessment: Assessment) -> dict[str, Any]:
    """What every page of one assessment shows on top."""
    person = person_of(request)
    own = permissions.works_for(assessment.agency, person)
    return {
        "assessment": assessment,
        "agency": assessment.agency,
        "edition": assessment.edition,
        "state": assessment.state_member,  # type: ignore[attr-defined] # StateField gives it to the class
        "audience": "agency" if own else "auditor",
        "own": own,
        "may_write": own and assessment.is_open,
    }
