"""Many rows at once: what COPY is given comes back as it was, and facts are sent once."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from iris.core import clocks
from supplychain.screenings.models import RowOutcome, ScreeningFact
from supplychain.screenings.services import records
from supplychain.screenings.services.bulk import copy
from supplychain.screenings.services.records import OUTCOME, fact_of, keep_facts
from tests.factories import accounts, agencies
from tests.factories import screenings as made

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def line(number: int, why: str, similar: list[Any], agency_id: Any = None) -> tuple[Any, ...]:
    return (
        uuid4(), number, None, "not_found", "not_found", "", agency_id, None, 0.1, why, similar, AT, b"\x00\\\xff",
        "not_found", "", [],
    )  # fmt: skip


def test_copy_brings_every_sign_back() -> None:
    agency_id = UUID("5c7a1a3e-0d0b-4d0e-9d53-1f0c6f9b2a11")
    nasty = "tab\there, line\nend\r, back\\slash, \\N, “äöü”, 東方, \u2028"
    copy(RowOutcome, OUTCOME, iter([line(1, nasty, [{"name": nasty, "score": 0.5}], agency_id)]))
    row = RowOutcome.objects.get(number=1)
    assert (row.why, row.similar) == (nasty, [{"name": nasty, "score": 0.5}])
    assert (row.agency_id, row.score, row.checked_at, bytes(row.leaf or b"")) == (
        agency_id,
        0.1,
        AT,
        b"\x00\\\xff",
    )
    assert (row.same_as, row.fact_id, row.decisions) == (None, None, [])


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 450])
def test_copy_takes_every_row_of_a_stream(count: int) -> None:
    copy(RowOutcome, OUTCOME, (line(number, "", []) for number in range(1, count + 1)))
    assert list(RowOutcome.objects.order_by("number").values_list("number", flat=True)) == [
        *range(1, count + 1)
    ]


def test_copy_keeps_nothing_of_a_stream_that_breaks() -> None:
    def rows() -> Any:
        yield line(1, "", [])
        raise RuntimeError("the second row cannot be made")

    with pytest.raises(Exception, match="the second row cannot be made"), transaction.atomic():
        copy(RowOutcome, OUTCOME, rows())
    assert not RowOutcome.objects.exists()


def test_facts_are_sent_again_until_they_are_committed(django_capture_on_commit_callbacks: Any) -> None:
    one = made.upload(accounts.person("employer", "sourcing_manager"))
    agency = agencies.agency()
    fact = fact_of(one.pk, agency.pk, {"standing": {"valid": True}, "since": clocks.today().isoformat()})
    with django_capture_on_commit_callbacks() as waiting:
        keep_facts(one.pk, [fact])
    assert fact.id.bytes not in records._kept
    for callback in waiting:
        callback()
    assert fact.id.bytes in records._kept
    with connection.execute_wrapper(_no_statement):
        keep_facts(one.pk, [fact])
    assert ScreeningFact.objects.get(pk=fact.id).facts["standing"] == {"valid": True}


def _no_statement(*_given: Any) -> Any:
    raise AssertionError("facts that are committed were sent again")
