"""The draw: once from each list, by the rule of the day, with a seed that nobody could choose."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import Conflict
from iris.core.fsm import act, lock

from .. import rules
from ..models import Frame, FrameVersion, Sample, SampleMember, SampleStratum
from ..rules import DrawnStratum
from ..states import MemberState, Way
from .sealing import SEEDS


@transaction.atomic
def draw_sample(*, frame_id: UUID, actor: User) -> Sample:
    """Draw from the list as it came last. Raises Conflict when it was drawn from, or was altered since it came."""
    frame = lock(Frame, frame_id)
    act(frame.draw, actor=actor)
    version = frame.version
    assert version is not None  # missing_for_draw
    units = version.units()
    if rules.frame_hash(units) != version.content_hash:
        raise Conflict(_("The list is not the one that came: its hash differs. Ask for it again."))
    nonce = SEEDS.open(frame.nonce_sealed)
    seed = rules.seed_from(nonce, version.content_hash)
    rule = rules.rule_in_force()
    strata = rules.draw(units, seed, rule)
    sample = Sample.objects.create(
        frame=frame,
        version=version,
        floor=rule.floor,
        share=rule.share,
        cap=rule.cap,
        population=len(units),
        size=sum(one.size for one in strata),
        nonce=nonce,
        commitment=frame.commitment,
        seed=seed,
        drawn_by=actor,
        drawn_at=clocks.now(),
    )
    _keep(sample, version, strata)
    return sample


def _keep(sample: Sample, version: FrameVersion, strata: list[DrawnStratum]) -> None:
    drawn = [key for one in strata for key in one.drawn]
    lines = dict(version.members.filter(key__in=drawn).values_list("key", "pk"))
    rows, members = [], []
    for one in strata:
        origin, destination, status, employer, period, sex = one.cells
        row = SampleStratum(
            sample=sample,
            number=one.number,
            origin=origin,
            destination=destination,
            status=status,
            employer=employer,
            period=period,
            sex=sex,
            population=one.population,
            by_rule=one.size,
            size=one.size,
        )
        rows.append(row)
        members += [
            SampleMember(
                sample=sample,
                stratum=row,
                member_id=lines[key],
                place=place,
                way=Way.RULE,
                state=MemberState.DRAWN,
            )
            for place, key in enumerate(one.drawn, start=1)
        ]
    SampleStratum.objects.bulk_create(rows)
    SampleMember.objects.bulk_create(members)


def next_places(stratum: SampleStratum, count: int) -> list[tuple[int, UUID]]:
    """The next places of a stratum in the order of the draw that are not in it yet: number and line."""
    sample = stratum.sample
    own = dict(zip(rules.COLUMNS[1:], stratum.cells, strict=True))
    lines = dict(sample.version.members.filter(**own).values_list("key", "pk"))
    order = sorted(lines, key=lambda key: (rules.under(sample.seed, key), key))
    taken = stratum.members.count()
    return [(place, lines[key]) for place, key in enumerate(order, start=1)][taken : taken + count]
