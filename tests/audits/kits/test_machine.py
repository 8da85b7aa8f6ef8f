"""Every state x act x person of a kit, and what plain SQL may do."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from audits.kits import services
from audits.kits.models import Kit
from audits.kits.states import KitState
from iris.core.fsm import act, lock
from tests.audits.world import AuditCase
from tests.factories import kits
from tests.tables import moves_let_through, wrong_rows

pytestmark = pytest.mark.django_db

ALLOWED = {
    ("out", "give_back", "lead"),
    ("returned", "give_back", "lead"),
    ("abandoned", "give_back", "lead"),
    ("returned", "apply", "lead"),
    ("out", "abandon", "lead"),
    ("returned", "abandon", "lead"),
}
MOVES = {
    "out": {"returned", "abandoned"},
    "returned": {"applied", "abandoned"},
    "applied": set[str](),
    "abandoned": {"returned"},
}


def _give_back(kit: Any, person: Any) -> None:
    act(lock(Kit, kit.pk).give_back, actor=person)


def _apply(kit: Any, person: Any) -> None:
    act(lock(Kit, kit.pk).apply, actor=person)


def _abandon(kit: Any, person: Any) -> None:
    services.abandon_kit(kit_id=kit.pk, actor=person, reason="The tablet broke.")


class MachineCase(AuditCase):
    state = "stage2"

    def make(self, state: str) -> Kit:
        kit = kits.kit(self.audit)
        if state in ("returned", "applied"):
            data = kits.filled(kit, Interviews=[("Employer-clients", {"Held": 3 + kit.number})])
            returned = kits.given_back(kit, data)
            if state == "applied":
                services.apply_return(return_id=returned.pk, actor=self.lead)
        elif state == "abandoned":
            _abandon(kit, self.lead)
        return Kit.objects.select_related("audit__lead__person").get(pk=kit.pk)

    def test_table(self) -> None:
        people = {name: lambda kit, who=who: who for name, who in self.people().items()}
        count, wrong = wrong_rows(
            self.make,
            KitState,
            {"give_back": _give_back, "apply": _apply, "abandon": _abandon},
            people,
            ALLOWED,
        )
        assert wrong == []
        assert count == 4 * 3 * 9

    def test_moves_of_plain_sql(self) -> None:
        for state, through in MOVES.items():
            kit = self.make(state)
            # A date constraint refuses a move without its dates, so the dates are given too.
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE audits_kits_kit SET returned_at = now(), applied_at = now(), applied_by_id = made_by_id, "
                    "abandoned_at = now(), abandoned_reason = 'x' WHERE id = %s",
                    [kit.pk],
                )
            assert moves_let_through(kit, KitState) == through, state

    def test_dates_and_reasons_of_plain_sql(self) -> None:
        for state in ("returned", "abandoned"):
            kit = self.make("out")
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("UPDATE audits_kits_kit SET state = %s WHERE id = %s", [state, kit.pk])
