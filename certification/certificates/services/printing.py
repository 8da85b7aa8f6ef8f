"""The certificate as a PDF: made once for each revision, by a worker, from what the revision itself holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.certificates.models import Certificate
from certification.certificates.rules import RIGHT_TO_LEFT, join_words, script_lang
from certification.certificates.services.telling import tell_agency
from iris.core import events, files, pdf
from iris.core.days import for_the_record
from iris.core.fsm import lock
from iris.core.places import country_name

SHOWN = 24  # corridors and places that one page can hold; the rest stands on the status page
LONG, LONGER, LONGEST = 44, 90, 200
DENSE = 420


Attach = Callable[[Certificate], Sequence[pdf.PdfAttachment]]
Seal = Callable[[bytes, Certificate], bytes]
_attach: list[Attach] = []
_seal: list[Seal] = []


def offer_sealing(attach: Attach, seal: Seal) -> None:
    """A room above says in AppConfig.ready() what the PDF carries, and puts its signature on it, last of all."""
    _attach.append(attach)
    _seal.append(seal)


def render_pdf(*, certificate_id: UUID) -> Certificate:
    """Make and keep the PDF of a revision. Safe to run twice: the first PDF stays."""
    certificate = Certificate.objects.select_related("edition", "agency__organisation").get(pk=certificate_id)
    if certificate.pdf_id is not None:
        return certificate
    attachments = [one for attach in _attach for one in attach(certificate)]
    data = pdf.render("pdf/certificate.html", certificate_context(certificate), attachments=attachments)
    for seal in _seal:
        data = seal(data, certificate)
    with transaction.atomic():
        certificate = lock(Certificate, certificate_id)
        if certificate.pdf_id is not None:
            return certificate
        certificate.pdf = files.store_bytes(
            data,
            name=f"{certificate.number}-r{certificate.revision}.pdf",
            media_type="application/pdf",
            organisation_id=certificate.agency.organisation_id,
            actor=events.SYSTEM,
        )
        certificate.save(update_fields=["pdf"])
        tell_agency(
            certificate.agency,
            "certificates/ready",
            {"certificate": certificate, "status_url": status_url(certificate)},
            reverse("certificates:certificate", args=[certificate.pk]),
        )
        events.record(
            certificate, act="pdf_made", actor=events.SYSTEM, data={"sha256": certificate.pdf.sha256}
        )
    return certificate


def status_url(certificate: Certificate) -> str:
    """The absolute address where anyone reads the certificate's state of today."""
    return str(settings.IRIS_PUBLIC_URL).rstrip("/") + reverse(
        "register:verify_number", args=[certificate.number]
    )


def certificate_context(certificate: Certificate) -> dict[str, Any]:
    """What the page shows. Nothing in it can change later without a new revision."""
    scope = _scope(certificate)
    holder = _named(certificate.legal_name, certificate.legal_name_lang)
    local = [_named(str(row["name"]), str(row.get("lang", ""))) for row in certificate.other_names]
    other_script = [name for name in local if name["lang"] != holder["lang"]] or local
    label = _("QR code of the status page")
    code = pdf.qr_svg(f"{status_url(certificate)}?revision={certificate.revision}")
    lengths = (
        sum(len(row["value"]) for row in scope) + len(certificate.legal_name) + 60 * len(other_script[:4])
    )
    return {
        "certificate": certificate,
        "scheme_name": settings.SCHEME_NAME,
        "holder": holder,
        "holder_size": _size(len(certificate.legal_name)),
        "local_names": other_script[:4],
        "address": _address(certificate),
        "scope": scope,
        "density": "dense" if lengths > DENSE else "",
        "qr": mark_safe(code.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)),  # noqa: S308 - our own SVG
        "address_of_status": status_url(certificate).split("://", 1)[-1],
    }


def _named(name: str, lang: str) -> dict[str, str]:
    code = script_lang(name, lang)
    return {
        "name": name,
        "lang": code,
        "dir": "rtl" if code in RIGHT_TO_LEFT else "ltr",
        "size": "holder-local-long" if len(name) > LONGER else "",
    }


def _size(length: int) -> str:
    if length > LONGEST:
        return "holder-longest"
    if length > LONGER:
        return "holder-longer"
    return "holder-long" if length > LONG else ""


def _address(certificate: Certificate) -> str:
    place = ", ".join(part for part in (certificate.address, certificate.city) if part)
    where = ", ".join(part for part in (_short(place, 140), country_name(certificate.country)) if part)
    return _("%(where)s. Registration %(number)s") % {
        "where": where,
        "number": certificate.registration_number,
    }


def _scope(certificate: Certificate) -> list[dict[str, str]]:
    rows = [
        {"label": _("Corridors"), "value": _corridors(certificate)},
        {
            "label": _("Sectors"),
            "value": _few([certificate.sector_names[0], *map(_lower, certificate.sector_names[1:])]),
        },
        {"label": _("Sites"), "value": _sites(certificate)},
    ]
    if certificate.sub_agents:
        told = ngettext(
            "%(n)s, declared by the agency", "%(n)s, declared by the agency", certificate.sub_agents
        )
        rows.append({"label": _("Sub-agents"), "value": told % {"n": certificate.sub_agents}})
    audited = _short(certificate.firm_name, 120)
    if certificate.stage2_ended_on:
        day = for_the_record(certificate.stage2_ended_on)
        audited = _("%(firm)s, stage 2 closed %(day)s") % {"firm": audited, "day": day}
    rows.append({"label": _("Audited by"), "value": audited})
    return rows


def _corridors(certificate: Certificate) -> str:
    rows = list(certificate.corridors.all())
    if len(rows) <= 6:
        return "; ".join(row.text for row in rows)
    parts = []
    for origin, group in groupby(rows[:SHOWN], key=lambda row: row.origin):
        places = join_words(country_name(row.destination) for row in group)
        parts.append(_("%(origin)s to %(places)s") % {"origin": country_name(origin), "places": places})
    return "; ".join(parts) + _rest(len(rows))


def _sites(certificate: Certificate) -> str:
    head = _("Head office %(city)s") % {"city": certificate.city} if certificate.city else _("Head office")
    cities = list(dict.fromkeys(str(row.get("city") or row.get("name")) for row in certificate.branches))
    if not cities:
        return head
    branches = ngettext("branch %(cities)s", "branches %(cities)s", len(cities)) % {
        "cities": _few(cities, ", ")
    }
    return f"{head}; {branches}"


def _few(words: list[str], between: str = "; ") -> str:
    return between.join(words[:SHOWN]) + _rest(len(words))


def _rest(count: int) -> str:
    more = count - SHOWN
    if more <= 0:
        return ""
    return " " + ngettext(
        "and %(n)s more, on the status page", "and %(n)s more, on the status page", more
    ) % {"n": more}


def _lower(word: str) -> str:
    return word[:1].lower() + word[1:]


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
