"""The watching watches itself: a late or failed check raises the alarm without anybody asking."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from certification.certificates.models import Certificate
from iris.accounts.models import User
from iris.core import clocks, health, outbox
from iris.notify.models import Notice
from supplychain.watches import selectors, services
from supplychain.watches.models import Alarm, Digest, Entry, Round, Telling, Watch
from supplychain.watches.rules import last_due
from supplychain.watches.services import checking, digests, rounds
from tests.conftest import NOON
from tests.factories import accounts, certificates

pytestmark = pytest.mark.django_db


def at(**later: int) -> Any:
    return clocks.freeze(NOON + timedelta(**later))


def subjects(person: User) -> list[str]:
    return list(Notice.objects.filter(user=person).order_by("created_at").values_list("subject", flat=True))


def test_round_checks_every_watch_and_writes_what_it_did(watch: Watch, buyer: User) -> None:
    services.watch(actor=buyer, subject_kind="corridor", origin="NP", destination="MY")
    with at(minutes=1):
        done = services.go_on()
    assert done is not None
    assert (done.watches, done.changed, done.failed) == (2, 0, 0)
    assert set(Entry.objects.filter(round=done).values_list("outcome", flat=True)) == {"unchanged"}
    with at(minutes=30):
        assert services.go_on() is None  # not yet an hour
    with at(minutes=61):
        assert services.go_on() is not None


def test_round_that_was_killed_goes_on_where_it_stopped(
    watch: Watch, buyer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.watch(actor=buyer, subject_kind="corridor", origin="NP", destination="MY")
    real, seen = rounds.check_watch, []

    def one_then_die(**given: Any) -> Any:
        if seen:
            raise KeyboardInterrupt
        seen.append(given["watch_id"])
        return real(**given)

    with at(minutes=1), monkeypatch.context() as killed:
        killed.setattr(rounds, "check_watch", one_then_die)
        with pytest.raises(KeyboardInterrupt):
            services.go_on()
    assert Round.objects.get().ended_at is None
    with at(minutes=2):
        done = services.go_on()
    assert done is not None
    assert done.watches == 2
    assert Entry.objects.filter(round=done).count() == 2  # nobody twice, nobody left out


def test_full_check_catches_what_an_act_failed_to_announce(
    watch: Watch, buyer: User, certificate: Certificate
) -> None:
    with outbox.quiet():
        certificates.suspend(certificate)
    outbox.forget("watches.agency_changed", lambda _kwargs: True)
    with at(minutes=5):
        services.go_on()
        outbox.run_all()
    assert any("Suspended" in one for one in subjects(buyer))


def test_late_full_check_alerts_by_itself_and_once(watch: Watch, buyer: User) -> None:
    manager = accounts.person("scheme", "scheme_manager")
    with at(minutes=1):
        services.go_on()
    with at(minutes=90):
        services.look_after()
        assert not Alarm.objects.exists()  # an hour, and half an hour of patience
    with at(minutes=92):
        assert selectors.is_late()
        services.look_after()
        services.look_after()
        outbox.run_all()
    (told,) = [one for one in subjects(buyer) if "late" in one]
    assert told == "The full check of the watches is late"
    assert subjects(manager).count(told) == 1
    assert sorted(one.to[0] for one in mail.outbox if one.subject == told) == sorted(
        {buyer.email, *(one.user.email for one in Notice.objects.filter(subject=told))}
    )
    with at(minutes=95):
        services.go_on()
        services.look_after()
        outbox.run_all()
    assert Alarm.objects.get().ended_at is not None
    assert subjects(buyer)[-1] == "The full check of the watches has caught up"


def test_late_full_check_is_on_the_page_and_in_ready(watch: Watch, buyer: User, client: Any) -> None:
    client.force_login(buyer)
    with at(minutes=1):
        services.go_on()
        page = client.get("/watches/").content.decode()
        assert "Last full check on 21 November 2026, 12:01 UTC." in page
        assert "1 watch checked" in page
        assert selectors.part_of_ready() == ""
    with at(minutes=92):
        assert "The watching is late." in client.get("/watches/").content.decode()
        told = client.get("/health/ready").json()["periodic"]["late"]
        assert "watches.full_check" in told
    assert selectors.part_of_ready in health._checks


def test_failed_check_is_told_to_its_own_people_alone(
    watch: Watch, buyer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = accounts.person("employer", "sourcing_manager")
    services.watch(actor=other, subject_kind="corridor", origin="NP", destination="MY")
    manager = accounts.person("scheme", "scheme_manager")
    real = checking.members_of

    def broken(row: Watch, only: Any = None) -> Any:
        if row.pk == watch.pk:
            raise RuntimeError("no such table")
        return real(row, only)

    monkeypatch.setattr(checking, "members_of", broken)
    with at(minutes=1):
        done = services.go_on()
        services.look_after()
        outbox.run_all()
    assert done is not None
    assert (done.watches, done.failed) == (2, 1)
    assert subjects(buyer) == ["1 watch could not be checked"]
    assert subjects(other) == subjects(manager) == []
    titles = [todo.title for todo in selectors.todos_for(buyer)]
    assert titles == ["Check failed: Himal Overseas Pvt. Ltd.", "Read 1 notice of a watch"]


@pytest.mark.parametrize(
    ("now", "tempo", "due"),
    [
        ("2026-11-21T05:59", "daily", "2026-11-20T06:00"),
        ("2026-11-21T06:00", "daily", "2026-11-21T06:00"),
        ("2026-11-21T23:00", "daily", "2026-11-21T06:00"),
        ("2026-11-21T12:00", "weekly", "2026-11-16T06:00"),  # a Saturday: the Monday before
        ("2026-11-23T05:59", "weekly", "2026-11-16T06:00"),
        ("2026-11-23T06:00", "weekly", "2026-11-23T06:00"),
    ],
)
def test_last_due_of_a_digest(now: str, tempo: str, due: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert last_due(moment, tempo, 6, 0) == datetime.fromisoformat(due).replace(tzinfo=UTC)


def _daily(watch: Watch, buyer: User) -> None:
    settings = services.Settings(watch.title, "", "", (buyer.pk,), "daily", False, False)
    services.change_watch(watch_id=watch.pk, actor=buyer, settings=settings)


def test_digest_is_sent_once_and_proves_that_nothing_changed(watch: Watch, buyer: User) -> None:
    _daily(watch, buyer)
    services.watch(actor=buyer, subject_kind="corridor", origin="NP", destination="MY")  # told at once
    with at(hours=17):
        services.go_on()
    with at(hours=18, minutes=1):  # 06:01 of the next day
        assert services.send_due() == 1
        assert services.send_due() == 0
        outbox.run_all()
    (digest,) = Digest.objects.all()
    assert (digest.changed, digest.unchanged, digest.unchecked, digest.sent) == (0, 1, 0, True)
    assert subjects(buyer) == ["Your watches today: 0 changed, 1 checked and unchanged"]


def test_digest_tells_changes_and_not_at_once(watch: Watch, buyer: User, certificate: Certificate) -> None:
    _daily(watch, buyer)
    with at(hours=1):
        certificates.suspend(certificate)
        outbox.run_all()
    assert subjects(buyer) == []
    with at(hours=18, minutes=1):
        services.send_due()
        outbox.run_all()
    notice = Notice.objects.get(user=buyer)
    assert notice.subject == "Your watches today: 1 changed, 0 checked and unchanged"
    assert "Certification: Certified → Suspended" in notice.body
    with at(hours=42, minutes=1):
        services.send_due()
        outbox.run_all()
    assert len([one for one in subjects(buyer) if "1 changed" in one]) == 1


def test_change_found_while_a_digest_is_made_is_told_by_the_next(
    watch: Watch, buyer: User, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    _daily(watch, buyer)
    real = digests._counts

    def meanwhile(*given: Any) -> Any:
        if not Telling.objects.exists():
            certificates.suspend(certificate)
            services.check_watch(watch_id=watch.pk, cause="act")
        return real(*given)

    monkeypatch.setattr(digests, "_counts", meanwhile)
    with at(hours=18, minutes=1):
        services.send_due()
    assert Telling.objects.get().told_at is None
    with at(hours=42, minutes=1):
        services.send_due()
        outbox.run_all()
    assert [one for one in subjects(buyer) if "1 changed" in one] == [
        "Your watches today: 1 changed, 0 checked and unchanged"
    ]


def test_digest_says_loudly_what_was_not_checked(watch: Watch, buyer: User) -> None:
    _daily(watch, buyer)
    services.set_plan(actor=buyer, hour=6, weekday=0, when_unchanged=False)
    with at(hours=42, minutes=1):  # no run on the second day
        services.send_due()
    (digest,) = Digest.objects.all()
    assert (digest.unchecked, digest.sent) == (1, True)
    assert "1 watch was not checked" in Notice.objects.get(user=buyer).body


def test_digest_of_nothing_is_kept_but_not_sent_when_so_chosen(watch: Watch, buyer: User) -> None:
    _daily(watch, buyer)
    services.set_plan(actor=buyer, hour=6, weekday=0, when_unchanged=False)
    with at(hours=17):
        services.go_on()
    with at(hours=18, minutes=1):
        services.send_due()
    assert Digest.objects.get().sent is False
    assert subjects(buyer) == []
