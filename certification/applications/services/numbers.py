"""Numbers of applications: four letters of the scheme, A, the year, a serial."""

from __future__ import annotations

from django.conf import settings

from certification.applications.models import ApplicationSequence
from iris.core import clocks


def next_number() -> str:
    """The next number of this year. The year's row stays locked until the transaction ends, so none comes twice."""
    year = clocks.today().year
    ApplicationSequence.objects.get_or_create(year=year)
    row = ApplicationSequence.objects.select_for_update().get(year=year)
    row.last += 1
    row.save()
    return f"{settings.SCHEME_SHORT_NAME}-A-{year}-{row.last:04d}"
