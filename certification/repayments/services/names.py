"""Opening names: for a purpose, on record, for those who pay or ask the workers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.repayments.models import CaseWorker, RepaymentCase, WorkerAccess
from certification.repayments.models.workers import Identity
from certification.repayments.permissions import reads_names, works_on
from certification.repayments.rules import instalment_parts
from certification.repayments.services.writing import said
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted
from iris.core.fsm import lock

if TYPE_CHECKING:
    from iris.accounts.models import User


@transaction.atomic
def open_worker(*, worker_id: UUID, actor: User, purpose: str) -> Identity:
    """Who a worker is. Writes down who looked, when and what for."""
    worker = CaseWorker.objects.select_related("case__agency").get(pk=worker_id)
    if not reads_names(worker.case, actor):
        raise NotPermitted(_("Names are open to those who pay the workers and those who ask them."))
    _note(worker.case, actor, said(purpose, "purpose", 200), 1, worker)
    return worker.open_identity()


@transaction.atomic
def open_bank_list(
    *, case_id: UUID, actor: User, instalment: int, purpose: str
) -> list[tuple[CaseWorker, Identity, int]]:
    """Everybody an instalment is still to be paid to, with name, bank reference and amount, for the bank."""
    case = lock(RepaymentCase, case_id)
    if not works_on(case, actor):
        raise NotPermitted(_("Only whoever speaks for the agency makes the list for the bank."))
    count = case.instalments.count()
    if not 1 <= instalment <= count:
        raise BadInput(fields={"instalment": [_("There is no such instalment. Plan the payments first.")]})
    why = said(purpose, "purpose", 200)
    paid = case.workers.filter(payments__instalment__number=instalment, payments__undone_because="")
    rows = case.workers.filter(held_on=None).exclude(pk__in=paid.values("pk"))
    found = [
        (row, row.open_identity(), instalment_parts(row.due_minor or 0, count)[instalment - 1])
        for row in rows
    ]
    _note(case, actor, why, len(found))
    return found


def _note(case: RepaymentCase, actor: User, why: str, names: int, worker: CaseWorker | None = None) -> None:
    WorkerAccess.objects.create(
        case=case, worker=worker, person=actor, at=clocks.now(), purpose=why, names=names
    )
    data = {"code": worker.code if worker else "", "names": names}
    events.record(case, act="names_opened", actor=actor, reason=why, data=data)
