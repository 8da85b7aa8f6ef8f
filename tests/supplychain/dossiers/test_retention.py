"""Records go after seven years and not a day before, never under a hold, and only through the one function."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import NotPermitted, ReasonRequired
from supplychain.diligence import services as diligence
from supplychain.diligence.models import Decision, InformationRequest
from supplychain.dossiers import selectors, services
from supplychain.dossiers.models import Tombstone
from supplychain.dossiers.states import RecordClass
from supplychain.lookups import services as lookups
from supplychain.lookups.models import Lookup
from tests.factories import accounts

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2015, 3, 1, 9, tzinfo=UTC)
SEVEN = datetime(2022, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def pair() -> tuple[User, User]:
    first = accounts.person("employer", "sourcing_manager")
    return first, accounts.person("employer", "sourcing_manager", organisation=first.organisation)


def _check(by: User, at: datetime, text: str = "Harbour Hands") -> Lookup:
    with clocks.freeze(at):
        return lookups.look_up(actor=by, text=text)


def test_a_receipt_goes_the_day_after_seven_years(pair: tuple[User, User]) -> None:
    kept = _check(pair[0], LONG_AGO)
    sha256 = kept.sha256
    line = f"{kept.number} {sha256}\n"
    with clocks.freeze(SEVEN):  # ended 1 March 2015, 9:00: on 1 March 2022 it is not yet past
        assert services.delete_expired() == 0
    with clocks.freeze(SEVEN + timedelta(days=1)):
        assert services.delete_expired() == 1
        assert services.delete_expired() == 0
    assert not Lookup.objects.exists()
    stone = Tombstone.objects.get()
    assert (stone.kind, stone.count, stone.years) == ("receipts", 1, 7)
    assert stone.sha256 == hashlib.sha256(line.encode()).hexdigest()
    events.sequence()
    assert events.verify_chain() == []


def test_plain_sql_cannot_delete_a_receipt_and_the_function_asks_its_own_clock(
    pair: tuple[User, User],
) -> None:
    young = _check(pair[0], clocks.now())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM supplychain_lookups_lookup")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL iris.retention = 'on'; DELETE FROM supplychain_lookups_lookup")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT iris_retention_delete('receipts', %s::uuid[])", [[str(young.pk)]])
    with clocks.freeze(clocks.now() + timedelta(days=4_000)):
        assert services.delete_expired() == 0, "a clock that runs ahead deletes nothing"
    assert Lookup.objects.filter(pk=young.pk).exists()


@pytest.mark.parametrize("kind", ["", "receipts"])
def test_a_hold_keeps_what_it_covers(pair: tuple[User, User], kind: str) -> None:
    row = _check(pair[0], LONG_AGO)
    hold = services.place_hold(actor=pair[0], reason="Case 7 O 12/26", kind=kind)
    assert services.delete_expired() == 0
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT iris_retention_delete('receipts', %s::uuid[])", [[str(row.pk)]])
    kept = next(one for one in selectors.kept_by(row.organisation) if one.kind == RecordClass.RECEIPTS)
    assert (kept.due, kept.held) == (0, 1)
    services.release_hold(hold_id=hold.pk, actor=pair[1], reason="Settled")
    assert services.delete_expired() == 1


def test_a_hold_on_another_class_or_employer_keeps_nothing(pair: tuple[User, User]) -> None:
    _check(pair[0], LONG_AGO)
    services.place_hold(actor=pair[0], reason="r", kind="dossiers")
    services.place_hold(actor=accounts.person("employer", "sourcing_manager"), reason="r")
    assert services.delete_expired() == 1


def test_a_hold_ends_with_its_day(pair: tuple[User, User]) -> None:
    _check(pair[0], LONG_AGO)
    with clocks.freeze(SEVEN):
        services.place_hold(actor=pair[0], reason="r", until=SEVEN.date() + timedelta(days=30))
    with clocks.freeze(SEVEN + timedelta(days=30)):
        assert services.delete_expired() == 0
    with clocks.freeze(SEVEN + timedelta(days=31)):
        assert services.delete_expired() == 1


def test_who_placed_a_hold_does_not_release_it(pair: tuple[User, User]) -> None:
    hold = services.place_hold(actor=pair[0], reason="r")
    with pytest.raises(NotPermitted):
        services.release_hold(hold_id=hold.pk, actor=pair[0], reason="r")
    with pytest.raises(NotPermitted):
        services.release_hold(
            hold_id=hold.pk, actor=accounts.person("employer", "sourcing_manager"), reason="r"
        )
    with pytest.raises(ReasonRequired):
        services.release_hold(hold_id=hold.pk, actor=pair[1], reason=" ")


def test_a_decision_in_force_stays_and_keeps_its_receipt(pair: tuple[User, User]) -> None:
    receipt = _check(pair[0], LONG_AGO)
    with clocks.freeze(LONG_AGO):
        first = diligence.decide(
            actor=pair[0], name="Harbour Hands", outcome="stop", reason="r", receipt_number=receipt.number
        )
    assert services.delete_expired() == 0
    with clocks.freeze(datetime(2016, 1, 1, tzinfo=UTC)):
        diligence.decide(actor=pair[0], name="Harbour Hands", outcome="stop", reason="again")
    with clocks.freeze(
        datetime(2022, 3, 3, tzinfo=UTC)
    ):  # the replaced one is past its years, then its receipt
        assert services.delete_expired() == 2
    assert not Decision.objects.filter(pk=first.pk).exists()
    assert Decision.objects.count() == 1


def test_a_request_goes_seven_years_after_it_was_closed(pair: tuple[User, User]) -> None:
    organisation = pair[0].organisation
    assert organisation is not None
    diligence.change_inbox(actor=pair[0], is_open=True, law="own", days=21)
    row = diligence.ask(organisation=organisation, entry=diligence.RequestEntry("What do workers pay?"))
    assert services.delete_expired() == 0, "an open one is never due"
    diligence.answer(request_id=row.pk, actor=pair[0], text="Nothing.")
    assert services.delete_expired() == 0
    InformationRequest.objects.update(closed_at=LONG_AGO)
    assert services.delete_expired() == 1
    assert not InformationRequest.objects.exists()


def test_the_page_shows_what_goes_when(client, pair: tuple[User, User]) -> None:  # type: ignore[no-untyped-def]
    _check(pair[0], clocks.now())
    client.force_login(pair[0])
    client.post(reverse("dossiers:hold_add"), {"kind": "", "reason": "Inquiry of the authority", "until": ""})
    page = client.get(reverse("dossiers:retention")).content.decode()
    assert "Inquiry of the authority" in page
    assert "7 years" in page
    client.force_login(accounts.person("employer", "sourcing_manager"))
    assert "Inquiry" not in client.get(reverse("dossiers:retention")).content.decode()
