"""What factories answer from stock is what the services made, and only where nothing else can be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import override

from audits.findings.models import Finding
from certification.agencies.models import Agency
from iris.accounts.services import create_organisation
from iris.core import clocks
from iris.core.files import read
from iris.core.models import StoredFile
from tests import stock
from tests.factories import accounts, agencies, audits

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not stock.WANTED, reason="IRIS_TEST_STOCK=0: everything is made for real"),
]


@stock.stocked
def a_finding_with_evidence(tag: str) -> Finding:
    """A state with files, feeds, the event log and some forty tables; nobody else asks for it."""
    assert tag
    return audits.finding("evidence_sent")


@stock.stocked
def a_person(tag: str) -> object:
    """Something small that nobody else asks for."""
    assert tag
    return accounts.person("employer")


def everything() -> dict[str, list[str]]:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')
            found[table] = [row[0] for row in cursor.fetchall()]
    return found


def taken_of(act: Callable[[], object]) -> int:
    """How many times the stock answered during an act."""
    before = sum(stock.STOCK.told.values())
    act()
    return sum(stock.STOCK.told.values()) - before


def test_what_is_taken_is_row_for_row_what_was_made() -> None:
    with transaction.atomic():
        made = a_finding_with_evidence("rows")
        rows = everything()
        files = {one.path: read(one) for one in StoredFile.objects.all()}
        transaction.set_rollback(True)
    assert not Finding.objects.exists()
    for path in files:
        (settings.IRIS_FILES_ROOT / path).unlink(missing_ok=True)

    kept = stock.STOCK.made[(0, f"{__name__}.a_finding_with_evidence", (False, "rows"))]
    assert kept is not None
    again = stock._lay_out(kept)

    assert everything() == rows
    assert sum(map(len, rows.values())) > 500
    assert (again.pk, again.state, again.audit.lead.person) == (made.pk, made.state, made.audit.lead.person)
    assert files
    assert {one.path: read(one) for one in StoredFile.objects.all()} == files
    assert again.audit.agency == Agency.objects.get()


def test_a_row_laid_out_is_guarded_as_ever() -> None:
    made = a_finding_with_evidence("guards")
    with pytest.raises(Exception, match="no act leads"), transaction.atomic():
        Finding.objects.filter(pk=made.pk).update(state="draft")


def test_nothing_is_taken_once_somebody_else_wrote() -> None:
    assert taken_of(lambda: a_person("first")) > 0
    Agency.objects.update(legal_name="Nobody")  # no row: nothing is written
    assert stock._node() is not None
    create_organisation("agency", "Written by a test", "NP")
    assert stock._node() is None
    assert taken_of(lambda: a_person("second")) == 0


def test_nothing_is_taken_after_a_rollback() -> None:
    with transaction.atomic():
        a_person("rolled back")
        transaction.set_rollback(True)
    assert stock._node() is None
    assert taken_of(agencies.agency) == 0


def test_nothing_is_taken_where_something_is_patched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iris.core.money.CURRENCY_CHOICES", [])
    assert taken_of(lambda: a_person("patched")) == 0


def test_nothing_is_taken_under_other_settings(settings: object) -> None:
    assert taken_of(lambda: a_person("set")) == 0


def test_nothing_is_taken_at_another_time() -> None:
    with clocks.freeze(clocks.now() + timedelta(days=1)):
        assert taken_of(lambda: a_person("tomorrow")) == 0


def test_nothing_is_taken_in_another_language() -> None:
    with override("fr"):
        assert taken_of(lambda: a_person("french")) == 0
