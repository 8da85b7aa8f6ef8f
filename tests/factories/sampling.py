"""Lists and samples, made by the real services. Names are invented."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from audits.engagements.models import Audit
from audits.sampling import services
from audits.sampling.models import Frame, FrameVersion, Sample
from audits.sampling.states import FrameKind, FrameState
from iris.core import clocks
from tests.factories import audits
from tests.stock import stocked

HEAD = "Reference,Name,Contact,From,To,Employer,Date,Sex,Status"
THINGS_HEAD = "Reference,From,To,Employer,Date"


def people_csv(count: int = 24, *, corridor: str = "NP,QA", first: int = 1) -> str:
    """So many people of one corridor: three employers, two half-years, women and men, all three statuses."""
    rows = []
    for number in range(first, first + count):
        employer = ("Gulf Build", "Palm Hotels", "Desert Cleaning")[number % 3]
        day = ("2025-03-14", "2025-09-02")[number % 2]
        status = ("deployed", "deployed", "deployed", "returned", "in process")[number % 5]
        sex = "f" if number % 4 == 0 else "m"
        contact = f"+977 98000{number:05d}"
        rows.append(f"W-{number},Person Canary {number},{contact},{corridor},{employer},{day},{sex},{status}")
    return "\n".join([HEAD, *rows]) + "\n"


def things_csv(count: int = 12) -> str:
    """So many files, payments or adverts."""
    rows = [
        f"F-{number},NP,QA,{('Gulf Build', 'Palm Hotels')[number % 2]},2025-0{1 + number % 9}-01"
        for number in range(1, count + 1)
    ]
    return "\n".join([THINGS_HEAD, *rows]) + "\n"


def upload(text: str, name: str = "list.csv") -> SimpleUploadedFile:
    """A file as it is sent."""
    return SimpleUploadedFile(name, text.encode(), "text/csv")


def asked(audit: Audit, kind: str = FrameKind.PEOPLE) -> Frame:
    """A list asked for."""
    return services.ask_for_list(
        audit_id=audit.pk, kind=kind, actor=audits.lead_of(audit), due_on=clocks.today()
    )


@stocked
def received(frame: Frame, text: str = "") -> FrameVersion:
    """The agency sends it and confirms."""
    speaker = audits.speaker(frame.audit)
    text = text or (people_csv() if frame.of_people else things_csv())
    draft = services.keep_draft(frame_id=frame.pk, actor=speaker, upload=upload(text))
    return services.confirm_list(draft_id=draft.pk, actor=speaker)


@stocked
def frame(audit: Audit, state: str = FrameState.RECEIVED, kind: str = FrameKind.PEOPLE) -> Frame:
    """A list in that state."""
    made = asked(audit, kind)
    lead = audits.lead_of(audit)
    if state in (FrameState.RECEIVED, FrameState.DRAWN):
        received(made)
    if state == FrameState.DRAWN:
        services.draw_sample(frame_id=made.pk, actor=lead)
    elif state == FrameState.ASIDE:
        services.set_aside(frame_id=made.pk, actor=lead, reason="Nobody is deployed yet.")
    return Frame.objects.get(pk=made.pk)


@stocked
def sample(audit: Audit, text: str = "", kind: str = FrameKind.PEOPLE) -> Sample:
    """A sample drawn from a list that the agency sent."""
    made = asked(audit, kind)
    received(made, text)
    return services.draw_sample(frame_id=made.pk, actor=audits.lead_of(audit))
