"""Integrity signals of one agency, for those who audit it: what is alike, never with whom."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.db.models.functions import Length

from audits.engagements.models import Audit
from audits.engagements.selectors import Panel
from certification.assessments.models import Answer, Evidence
from iris.accounts.models import User
from iris.core import clocks

from .signals import DECLARED

MOST_SHOWN = 10


def likeness_panel(audit: Audit, user: User) -> Panel | None:
    """Documents and long comments of the audited agency that another agency shows too. The other is not named."""
    if user.is_kind("agency"):
        return None
    others = Evidence.objects.filter(file__sha256=OuterRef("file__sha256")).exclude(agency=audit.agency_id)
    shared = Evidence.objects.filter(Exists(others), agency=audit.agency_id).order_by("title")
    long_ones = Answer.objects.annotate(letters=Length("comment")).filter(
        letters__gte=clocks.number("signal_same_text_characters"), assessment__state__in=DECLARED
    )
    same = long_ones.filter(comment=OuterRef("comment")).exclude(assessment__agency=audit.agency_id)
    copied = long_ones.filter(Exists(same), assessment=audit.assessment.pk).select_related("indicator")
    context = {
        "documents": list(shared.values_list("title", flat=True).distinct()[:MOST_SHOWN]),
        "answers": sorted(copied.values_list("indicator__code", flat=True)[:MOST_SHOWN]),
    }
    return Panel("desks/_likeness_panel.html", context)
