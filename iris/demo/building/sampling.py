"""Lists of people and of worker files for an audit in stage 2, and what was drawn from them. Names are invented."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from audits.engagements.models import Audit
from audits.engagements.states import AuditState
from audits.sampling import services
from audits.sampling.models import Sample
from audits.sampling.states import FrameKind, ItemResult, WhyReplaced
from certification.agencies.selectors import signatory
from iris.accounts.models import User
from iris.core import clocks
from iris.demo.building.scheme import World

EMPLOYERS = ("Al Noor Facilities", "Blue Gulf Hotels", "Marisol Care Homes", "Northline Assembly")
PEOPLE = "Reference,Name,Contact,From,To,Employer,Date,Sex,Status"
THINGS = "Reference,From,To,Employer,Date"


def build(world: World, now: datetime) -> None:
    """Samples for the first audit that is in stage 2."""
    audit = (
        Audit.objects.filter(state=AuditState.STAGE2)
        .select_related("lead__person", "agency__organisation", "firm__organisation")
        .order_by("number")
        .first()
    )
    if audit is None or audit.stage2_started_at is None:
        return
    speaker = signatory(audit.agency)
    assert speaker is not None
    dice = random.Random(29)
    corridors = [(one.origin, one.destination) for one in audit.agency.corridors.all()] or [("NP", "QA")]
    began = audit.stage2_started_at
    people = _people(world, dice, corridors, now)
    with clocks.freeze(began + timedelta(minutes=20)):
        sample = _drawn(audit, FrameKind.PEOPLE, people, speaker)
        first = sample.members.all()[0]
        services.open_member(first.pk, audit.lead.person, "To arrange the interviews of the first day.")
        _replace_one(sample, audit.lead.person)
    with clocks.freeze(began + timedelta(minutes=40)):
        files = _drawn(audit, FrameKind.FILES, _files(dice, corridors, now), speaker)
        services.release_references(sample_id=files.pk, actor=audit.lead.person)
        for number, member in enumerate(files.members.all()[:6]):
            result = ItemResult.NOT_IN_ORDER if number == 4 else ItemResult.IN_ORDER
            note = "The receipt of the medical test is missing." if number == 4 else ""
            services.mark_item(member_id=member.pk, actor=audit.lead.person, result=result, note=note)
        services.ask_for_list(
            audit_id=audit.pk,
            kind=FrameKind.ADVERTS,
            actor=audit.lead.person,
            due_on=clocks.today() + timedelta(days=4),
            note="Every advert of the last twelve months, on paper and online.",
        )


def _drawn(audit: Audit, kind: FrameKind, text: str, speaker: User) -> Sample:
    lead = audit.lead.person
    frame = services.ask_for_list(audit_id=audit.pk, kind=kind, actor=lead, due_on=clocks.today())
    upload = SimpleUploadedFile(f"{kind}.csv", text.encode(), "text/csv")
    draft = services.keep_draft(frame_id=frame.pk, actor=speaker, upload=upload)
    services.confirm_list(draft_id=draft.pk, actor=speaker)
    return services.draw_sample(frame_id=frame.pk, actor=lead)


def _replace_one(sample: Sample, lead: User) -> None:
    """One place given up, in a stratum that has others left."""
    for stratum in sample.strata.all():
        if 0 < stratum.size < stratum.population:
            member = stratum.members.all()[0]
            services.replace_member(
                member_id=member.pk,
                actor=lead,
                reason=WhyReplaced.UNREACHABLE,
                note="Called on three days at different hours.",
            )
            return


def _days_back(dice: random.Random, now: datetime) -> date:
    return (now - timedelta(days=dice.randrange(20, 700))).date()


def _people(world: World, dice: random.Random, corridors: Sequence[tuple[str, str]], now: datetime) -> str:
    rows = [PEOPLE]
    for number in range(1, 141):
        origin, destination = corridors[number % len(corridors)]
        status = dice.choices(("deployed", "in process", "returned"), (7, 2, 1))[0]
        joined = "" if status == "in process" else _days_back(dice, now)
        employer = "" if status == "in process" else dice.choice(EMPLOYERS[:2])
        rows.append(
            f"W-{number:04d},{world.a_name(number * 5 + 3)},+000 555 {number:04d},{origin},{destination},"
            f"{employer},{joined},{dice.choice('ffmmm')},{status}"
        )
    return "\n".join(rows) + "\n"


def _files(dice: random.Random, corridors: Sequence[tuple[str, str]], now: datetime) -> str:
    rows = [THINGS]
    for number in range(1, 71):
        origin, destination = corridors[number % len(corridors)]
        rows.append(
            f"File {number:04d},{origin},{destination},{dice.choice(EMPLOYERS)},{_days_back(dice, now)}"
        )
    return "\n".join(rows) + "\n"
