"""Who hears of lists and samples."""

from __future__ import annotations

from django.urls import reverse

from audits.engagements.models import Audit
from iris.accounts.states import Role
from iris.core.days import in_words
from iris.notify import services as notify

from ..models import Frame, FrameVersion, Sample


def _facts(audit: Audit) -> dict[str, str]:
    return {
        "number": audit.number,
        "agency": audit.agency.legal_name,
        "firm": audit.firm.organisation.name,
        "lead": audit.lead.person.label,
    }


def _tell_agency(frame: Frame, template: str, url: str, **more: object) -> None:
    notify.notify_roles(
        organisation=frame.audit.agency.organisation,
        roles=(Role.SIGNATORY, Role.MANAGER),
        template=template,
        context=_facts(frame.audit) | {"what": frame.get_kind_display()} | more,
        url=url,
    )


def tell_asked(frame: Frame, reason: str = "") -> None:
    """The agency hears which list is needed and until when."""
    _tell_agency(
        frame,
        "audits/list_asked",
        reverse("sampling:send", args=[frame.audit_id, frame.pk]),
        due=in_words(frame.due_on),
        note=frame.note,
        reason=reason,
    )


def tell_received(frame: Frame, version: FrameVersion) -> None:
    """The lead auditor hears that a list has come."""
    notify.notify(
        people=[frame.audit.lead.person],
        template="audits/list_received",
        context=_facts(frame.audit) | {"what": frame.get_kind_display(), "rows": version.rows},
        url=reverse("sampling:list", args=[frame.audit_id, frame.pk]),
    )


def tell_released(sample: Sample) -> None:
    """The agency hears which files, payments or adverts to have ready."""
    frame = sample.frame
    _tell_agency(
        frame,
        "audits/references_released",
        reverse("sampling:sample", args=[frame.audit_id, sample.pk]),
        count=sample.size,
    )
