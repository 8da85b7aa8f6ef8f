"""The first employer's lists: one of last quarter that is done, and this quarter's with rows to resolve."""

from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from certification.agencies.models import Agency
from iris.accounts.models import User
from iris.core import clocks
from iris.demo.building.buyers import supplier_list
from iris.demo.building.scheme import World
from supplychain.screenings import selectors, services
from supplychain.screenings.models import Screening

RESOLVED_LAST_TIME = 8
RESOLVED_THIS_TIME = 3


def build(world: World, now: datetime) -> None:
    """Two screenings with the same columns, so that the second shows what has changed."""
    user = world.employers[0][0]
    pool = list(world.agencies.values())
    with clocks.freeze(now - timedelta(days=93)):
        older = _screened(user, "suppliers-2026-q3.xlsx", pool[4:26])
        for _turn in range(RESOLVED_LAST_TIME):
            _resolve_one(user, older)
    with clocks.freeze(now - timedelta(days=2)):
        newer = _screened(user, "suppliers-2026-q4.xlsx", pool[:30])
        for _turn in range(RESOLVED_THIS_TIME):
            _resolve_one(user, newer)


def _screened(user: User, name: str, pool: list[Agency]) -> Screening:
    made = services.upload_list(actor=user, upload=SimpleUploadedFile(name, supplier_list(pool)))
    services.map_columns(screening_id=made.pk, actor=user, mapping=made.mapping)
    services.start_screening(screening_id=made.pk, actor=user)
    services.work(screening_id=made.pk)
    return Screening.objects.get(pk=made.pk)


def _resolve_one(user: User, screening: Screening) -> None:
    line = selectors.question_of(screening)
    proposals = selectors.proposals_for(line) if line is not None else []
    if line is not None and proposals:
        services.resolve_row(
            screening_id=screening.pk, number=line.number, actor=user, agency_id=proposals[0].agency_id
        )
