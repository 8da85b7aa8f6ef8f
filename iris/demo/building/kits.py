"""Auditors on site: a kit that came back with a conflict, and one that is still out."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from audits.engagements import services as engagements
from audits.engagements.models import Audit
from audits.engagements.services import IndicatorRating
from audits.engagements.states import AuditState, Rating, Stage
from audits.kits import selectors, services
from audits.kits.models import Kit
from iris.core import clocks, files

if TYPE_CHECKING:
    from iris.demo.building.scheme import World


def build(world: World, now: datetime) -> None:
    """On the audits whose stage 2 is open."""
    audits = list(Audit.objects.filter(state=AuditState.STAGE2).select_related("lead__person")[:2])
    if audits:
        _came_back(audits[0], now)
    for audit in audits[1:]:
        with clocks.freeze(now - timedelta(hours=5)):
            services.make_kit(audit_id=audit.pk, actor=audit.lead.person)


def _came_back(audit: Audit, now: datetime) -> None:
    lead = audit.lead.person
    first, second = selectors.indicators_of(audit)[:2]
    key: dict[str, Any] = {"audit_id": audit.pk, "actor": lead}
    with clocks.freeze(now - timedelta(hours=30)):
        _rate(key, first.pk, "The register of sub-agents was asked for.")
        kit = services.make_kit(**key)
    with clocks.freeze(now - timedelta(hours=20)):
        _rate(key, first.pk, "The register came by e-mail: seven sub-agents.")
    said = {
        first.code: ("partly", "The register on site lists nine sub-agents, contracts exist for seven."),
        second.code: ("meets", "Seen on site: the licence hangs in the front office."),
    }
    with clocks.freeze(now - timedelta(hours=3)):
        book = SimpleUploadedFile("kit-from-site.xlsx", _filled(kit, said), files.XLSX.media_type)
        services.give_back(**key, upload=book)
        services.make_kit(**key)


def _rate(key: dict[str, Any], indicator_id: Any, note: str) -> None:
    ratings = [IndicatorRating(indicator_id, Rating.PARTLY, note)]
    engagements.rate_indicators(**key, stage=Stage.SITE, ratings=ratings)


def _filled(kit: Kit, said: dict[str, tuple[str, str]]) -> bytes:
    book = load_workbook(io.BytesIO(selectors.workbook(kit)))
    for row in book["Ratings"].iter_rows(min_row=4):
        code = str(row[1].value)
        if code in said:
            row[-2].value, row[-1].value = said[code]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
