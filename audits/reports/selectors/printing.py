"""What the printed report shows: the content of one version, with drawn charts and dates in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from iris.core import charts, days

from ..models import ReportVersion
from ..states import FINAL_KINDS, VersionKind

DAYS = ("stage1_closed_on", "stage2_from", "stage2_to")
FINDING_DAYS = ("issued_on", "contain_due", "plan_due", "evidence_due", "closed_on")


def printed(version: ReportVersion) -> dict[str, Any]:
    """The context of pdf/report.html, from the version alone."""
    content = version.content
    rows = content["principles"]
    return {
        "scheme_name": settings.SCHEME_NAME,
        "version": version,
        "final": version.kind in FINAL_KINDS,
        "corrected": version.kind == VersionKind.CORRECTED,
        "content": content,
        "about": content["audit"] | {name: in_words(content["audit"][name]) for name in DAYS},
        "shares": charts.stacked_bars(rows),
        "columns": charts.columns(content["grades"]),
        "findings": [
            row | {name: in_words(row[name]) for name in FINDING_DAYS} for row in content["findings"]
        ],
        "recommended_on": in_words(content["recommendation"]["sent_on"]) if content["recommendation"] else "",
    }


def in_words(day: str) -> str:
    """An ISO day as people write it; a dash where there is none."""
    return days.in_words(date.fromisoformat(day)) if day else _("not yet")
