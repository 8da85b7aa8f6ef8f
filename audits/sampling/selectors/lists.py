"""Lists and samples of an audit. Whoever asks has been let at the audit already; names are in none of these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from audits.engagements.selectors import audits_visible_to
from iris.accounts.models import User
from iris.core.moves import Todo
from iris.core.places import Corridor

from ..models import Frame, FrameDraft, IdentityOpened, Sample
from ..rules import Unit
from ..states import OPEN, FrameKind, FrameState, PersonStatus, Sex


def frames_of(audit: Audit) -> list[Frame]:
    """The lists of an audit in the order of their kinds, with what came and what was drawn."""
    frames = list(audit.frames.prefetch_related("versions", "samples"))
    for frame in frames:
        frame.audit = audit
    order = list(FrameKind.values)
    return sorted(frames, key=lambda frame: order.index(frame.kind))


def frame_of(audit: Audit, frame_id: UUID) -> Frame | None:
    """One list of an audit."""
    return next((frame for frame in frames_of(audit) if frame.pk == frame_id), None)


def unasked_kinds(audit: Audit) -> list[FrameKind]:
    """Kinds of list that nobody has asked for yet."""
    asked = set(audit.frames.values_list("kind", flat=True))
    return [kind for kind in FrameKind if kind not in asked]


def draft_of(frame: Frame, user: User) -> FrameDraft | None:
    """What this person sent and has not confirmed yet."""
    return frame.drafts.filter(made_by=user).order_by("-created_at").first()


def samples_of(audit: Audit) -> list[Sample]:
    """The samples that hold, one for each kind that was drawn; earlier draws stand behind them."""
    samples = _with_strata(Sample.objects.filter(frame__audit=audit))
    last: dict[UUID, Sample] = {}
    for sample in samples.order_by("created_at"):
        sample.frame.audit = audit
        last[sample.frame_id] = sample
    order = list(FrameKind.values)
    return sorted(last.values(), key=lambda sample: order.index(sample.frame.kind))


def _with_strata(samples: QuerySet[Sample]) -> QuerySet[Sample]:
    return samples.select_related("frame", "version", "drawn_by").prefetch_related("strata__raises")


def sample_of(audit: Audit, sample_id: UUID) -> Sample | None:
    """One sample of an audit, also an earlier one."""
    found = _with_strata(Sample.objects.filter(frame__audit=audit, pk=sample_id)).first()
    if found is not None:
        found.frame.audit = audit
    return found


def openings_of(sample: Sample) -> QuerySet[IdentityOpened]:
    """Who opened a name of this sample, when and what for; the last first."""
    rows = IdentityOpened.objects.filter(member__sample=sample)
    return rows.select_related("actor", "member__member", "member__stratum").order_by("-created_at")


def list_facts(units: Iterable[Unit]) -> list[tuple[str, list[tuple[str, int]]]]:
    """What a list holds, counted by corridor, status, sex and employer; for whoever sent it and for the team."""
    rows = list(units)
    by_corridor = Counter(Corridor(*unit.corridor).text for unit in rows)
    by_status = Counter(str(PersonStatus(unit.status).label) for unit in rows if unit.status)
    by_sex = Counter(
        str(Sex(unit.sex).label) if unit.sex else _("Sex not given") for unit in rows if unit.status
    )
    by_employer = Counter(unit.employer or _("No employer named") for unit in rows)
    counted = (
        (_("Corridors"), by_corridor),
        (_("Status"), by_status),
        (_("Sex"), by_sex),
        (_("Employers"), by_employer),
    )
    return [(name, found.most_common(20)) for name, found in counted if found]


def not_on_the_list(units: Iterable[Unit], kind: str) -> list[str]:
    """Of people: statuses and sexes of which nobody is on the list; an audit looks at all of them (R28, R106)."""
    if kind != FrameKind.PEOPLE:
        return []
    rows = list(units)
    statuses, sexes = {unit.status for unit in rows}, {unit.sex for unit in rows}
    found = [str(one.label) for one in PersonStatus if one not in statuses]
    return found + [str(one.label) for one in (Sex.FEMALE, Sex.MALE) if one not in sexes]


def script_text() -> str:
    """The script that draws a sample again, as it is handed out."""
    return (Path(__file__).resolve().parents[1] / "verify_sample.py").read_text(encoding="utf-8")


def missing_for_report(audit: Audit) -> list[str]:
    """Before the draft report: a list of people that was asked for is drawn from, or set aside with a reason."""
    frame = audit.frames.filter(kind=FrameKind.PEOPLE).first()
    if frame is None or frame.state in (FrameState.DRAWN, FrameState.ASIDE):
        return []
    if frame.state == FrameState.ASKED:
        return [
            _("The list of people was asked for and has not come. Ask again, or set it aside with a reason.")
        ]
    return [
        _("A list of people has come and no sample is drawn from it. Draw it, or set it aside with a reason.")
    ]


def todos_for(user: User) -> list[Todo]:
    """Lists to send, and lists to draw from."""
    if user.is_kind("agency") and user.has_role("signatory", "manager"):
        return [_to_send(frame) for frame in _waiting(user, FrameState.ASKED)]
    if user.is_kind("audit_firm"):
        frames = _waiting(user, FrameState.RECEIVED).filter(audit__lead__person=user)
        return [_to_draw(frame) for frame in frames]
    return []


def _waiting(user: User, state: FrameState) -> QuerySet[Frame]:
    audits = audits_visible_to(user).filter(state__in=OPEN)
    return (
        Frame.objects.filter(audit__in=audits, state=state).select_related("audit__agency").order_by("due_on")
    )


def _to_send(frame: Frame) -> Todo:
    return Todo(
        title=_("Send a list for the audit: %s") % frame.get_kind_display(),
        url=reverse("sampling:send", args=[frame.audit_id, frame.pk]),
        what=frame.audit.number,
        due=frame.due_on,
        icon="list-check",
    )


def _to_draw(frame: Frame) -> Todo:
    return Todo(
        title=_("Draw the sample: %s") % frame.audit.agency.legal_name,
        url=reverse("sampling:list", args=[frame.audit_id, frame.pk]),
        what=f"{frame.audit.number}, {frame.get_kind_display()}",
        icon="list-check",
    )
