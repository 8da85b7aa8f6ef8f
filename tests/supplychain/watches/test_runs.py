"""Runs of a watch: the ledger of every look, changes told once, and the traps of "already checked"."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction

from certification.agencies import services as agency_services
from certification.agencies.services.registers import lose
from certification.agencies.states import LicenceLoss
from certification.certificates.models import Certificate
from iris.accounts import services as account_services
from iris.accounts.models import User
from iris.core import clocks, outbox
from iris.core.errors import BadInput
from iris.core.models import OutboxRow
from iris.notify.models import Notice
from supplychain.watches import services
from supplychain.watches.models import Change, Entry, Telling, Watch
from supplychain.watches.services import checking, telling
from tests.factories import accounts, agencies, certificates

pytestmark = pytest.mark.django_db


def outcomes(watch: Watch) -> list[str]:
    return [entry.outcome for entry in watch.entries.order_by("at", "created_at")]


def notices(person: User) -> Any:
    return Notice.objects.filter(user=person, template="watches/changed")


def check(watch: Watch) -> Entry:
    entry = services.check_watch(watch_id=watch.pk, cause="round")
    assert entry is not None
    return entry


def test_first_look_is_written_and_told_to_nobody(watch: Watch, buyer: User) -> None:
    outbox.run_all()
    (entry,) = watch.entries.all()
    assert (entry.outcome, entry.cause, entry.agencies) == ("started", "started", 1)
    assert entry.hash_before == ""
    assert len(entry.hash_after) == 64
    assert not notices(buyer).exists()


def test_run_without_a_change_writes_checked_unchanged(watch: Watch) -> None:
    entry = check(watch)
    assert entry.outcome == "unchanged"
    assert entry.hash_before == entry.hash_after == watch.facts_hash
    assert not entry.changes.exists()


def test_suspension_is_told_before_and_after_through_the_act(
    watch: Watch, buyer: User, certificate: Certificate
) -> None:
    certificates.suspend(certificate)
    outbox.run_all()
    entry = watch.entries.get(outcome="changed")
    (change,) = entry.changes.all()
    assert (change.kind, change.before["standing"], change.after["standing"]) == (
        "standing",
        "certified",
        "suspended",
    )
    assert entry.hash_before == watch.facts_hash != entry.hash_after
    (notice,) = notices(buyer)
    assert notice.subject == "Himal Overseas Pvt. Ltd.: Certified → Suspended"
    assert "Stop new recruitment" in notice.body
    assert "Since 21 November 2026" in notice.body
    sent = [one for one in mail.outbox if one.subject == notice.subject]
    assert len(sent) == 1
    assert sent[0].to == [buyer.email]


@pytest.mark.parametrize(
    ("act", "kinds"),
    [
        (lambda one: certificates.withdraw(one), ["standing", "note"]),
        (lambda one: certificates.reduce(one, [("NP", "QA")]), ["standing", "scope", "certificate"]),
        (lambda one: certificates.revise(one), ["certificate"]),
    ],
)
def test_acts_on_a_certificate_reach_the_watch(
    watch: Watch, buyer: User, certificate: Certificate, act: Any, kinds: list[str]
) -> None:
    act(certificate)
    outbox.run_all()
    (change,) = watch.changes.all()
    assert change.kinds == kinds
    assert notices(buyer).count() == 1


def test_new_name_reaches_the_watch(watch: Watch, buyer: User, certificate: Certificate) -> None:
    agency = certificate.agency
    details = agencies.legal_entity(
        "Himal Global Pvt. Ltd.", registration_number=agency.registration_number, kind=agency.kind
    )
    agency_services.change_details(agency_id=agency.pk, actor=agencies.signatory(agency), details=details)
    outbox.run_all()
    (change,) = watch.changes.all()
    assert change.kind == "name"
    assert change.after["former"] == ["Himal Overseas Pvt. Ltd."]
    assert notices(buyer).get().subject.startswith("Himal Global")


def test_trap_change_and_change_back_between_runs_is_told(
    watch: Watch, buyer: User, certificate: Certificate
) -> None:
    with outbox.quiet():
        certificates.suspend(certificate)
        certificates.reinstate(certificate)
    entry = check(watch)  # the first look since: the standing is as before
    (change,) = entry.changes.all()
    assert change.kind == "between"
    assert change.before["standing"] == change.after["standing"] == "certified"
    assert change.after["acts"] - change.before["acts"] == 2
    outbox.run_all()
    (notice,) = notices(buyer)
    assert "Suspended; 21 November 2026 Reinstated" in notice.body


def test_trap_run_that_died_after_the_ledger_before_the_notice(
    watch: Watch, buyer: User, certificate: Certificate
) -> None:
    certificates.suspend(certificate)
    OutboxRow.objects.filter(job="watches.agency_changed").update(status="done")
    entry = check(watch)
    assert entry.outcome == "changed"
    assert not notices(buyer).exists()
    assert check(watch).outcome == "unchanged"  # seen already, and still not told
    assert Telling.objects.get(entry=entry).told_at is None
    outbox.run_all()
    assert notices(buyer).count() == 1


def test_trap_notice_job_given_up_is_asked_for_again(
    watch: Watch, buyer: User, certificate: Certificate
) -> None:
    certificates.suspend(certificate)
    check(watch)
    OutboxRow.objects.exclude(status="done").delete()  # whatever was to tell it is gone
    with clocks.freeze(clocks.now() + timedelta(minutes=6)):
        assert len(services.tell_again()) == 1
        outbox.run_all()
        assert services.tell_again() == []
    assert notices(buyer).count() == 1


def test_trap_a_notice_that_keeps_failing_is_not_asked_for_again_each_minute(
    watch: Watch, certificate: Certificate
) -> None:
    certificates.suspend(certificate)
    check(watch)
    OutboxRow.objects.exclude(status="done").delete()
    for minute in range(6, 10):
        with clocks.freeze(clocks.now() + timedelta(minutes=minute)):
            services.tell_again()
    assert OutboxRow.objects.filter(job="watches.tell").count() == 1


def test_trap_run_that_died_before_commit_leaves_nothing(
    watch: Watch, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificates.suspend(certificate)
    seen = watch.sights.get().facts_hash

    def die(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("duplicate key value, DETAIL: Key (email)=(someone@example.org)")

    with monkeypatch.context() as broken:
        broken.setattr(checking, "_order_telling", die)
        entry = check(watch)
    assert entry.outcome == "failed"
    assert "fault on our side (RuntimeError)" in entry.note
    for told in (entry.note, Watch.objects.get(pk=watch.pk).failure):
        assert "example.org" not in told  # the words of a database are no news for its tenants
    assert watch.sights.get().facts_hash == seen
    assert not Change.objects.exists()
    assert check(watch).outcome == "changed"  # the next run finds it as if the first had never been


def test_trap_opening_the_page_counts_as_nothing(
    watch: Watch, buyer: User, certificate: Certificate, client: Any
) -> None:
    certificates.suspend(certificate)
    before = watch.sights.get().facts_hash
    client.force_login(buyer)
    for address in ("/watches/", f"/watches/{watch.pk}/", f"/watches/{watch.pk}/ledger.csv"):
        assert client.get(address).status_code == 200
    assert watch.sights.get().facts_hash == before
    assert check(watch).outcome == "changed"


def test_trap_an_act_and_the_round_tell_one_change_once(
    watch: Watch, buyer: User, certificate: Certificate
) -> None:
    certificates.suspend(certificate)
    check(watch)
    outbox.run_all()  # the act's own job runs late
    check(watch)
    telling.tell(entry_id=watch.entries.get(outcome="changed").pk)  # and a job runs twice
    outbox.run_all()
    assert outcomes(watch).count("changed") == 1
    assert notices(buyer).count() == 1
    assert len([one for one in mail.outbox if "Certified → Suspended" in one.subject]) == 1


def test_paused_watch_is_not_run_and_tells_the_pause_when_it_goes_on(
    watch: Watch, buyer: User, certificate: Certificate
) -> None:
    services.pause_watch(watch_id=watch.pk, actor=buyer)
    certificates.suspend(certificate)
    outbox.run_all()
    assert services.check_watch(watch_id=watch.pk, cause="round") is None
    assert outcomes(watch) == ["started"]
    services.resume_watch(watch_id=watch.pk, actor=buyer)
    outbox.run_all()
    assert outcomes(watch) == ["started", "changed"]
    assert notices(buyer).count() == 1


def test_people_who_left_the_organisation_are_not_told(
    watch: Watch, buyer: User, certificate: Certificate
) -> None:
    manager = accounts.person(role="sourcing_manager", organisation=buyer.organisation)
    assert buyer.acting is not None
    account_services.remove_member(membership_id=buyer.acting.pk, actor=manager)
    certificates.suspend(certificate)
    outbox.run_all()
    assert outcomes(watch)[-1] == "changed"
    assert not notices(buyer).exists()
    assert not Telling.objects.exists()


def test_corridor_tells_who_leaves_and_who_joins(buyer: User, certificate: Certificate) -> None:
    malaysia = services.watch(actor=buyer, subject_kind="corridor", origin="NP", destination="MY")
    assert malaysia.size == 1
    certificates.reduce(certificate, [("NP", "QA")])
    outbox.run_all()
    (change,) = malaysia.changes.all()
    assert (change.kind, change.kinds[-1]) == ("standing", "left")
    assert Watch.objects.get(pk=malaysia.pk).size == 0


def test_search_tells_who_joins(buyer: User, certificate: Certificate) -> None:
    suspended = services.watch(actor=buyer, subject_kind="filter", wanted={"status": "suspended"})
    assert (suspended.title, suspended.size) == ("Suspended", 0)
    certificates.suspend(certificate)
    outbox.run_all()
    (change,) = suspended.changes.all()
    assert (change.kinds, change.before) == (["joined"], None)
    assert notices(buyer).get().subject == "Himal Overseas Pvt. Ltd.: New in this watch (Suspended)"


def test_lost_licence_reaches_the_watch(watch: Watch, buyer: User, certificate: Certificate) -> None:
    licence = certificate.agency.licences.get()
    with transaction.atomic():
        lose(certificate.agency, licence, LicenceLoss.REVOKED)
    outbox.run_all()
    (change,) = watch.changes.all()
    assert change.kind == "licence"
    assert change.after["licences"][0][2] == "revoked"
    assert "Check the licence with the authority" in notices(buyer).get().body


def test_filter_too_wide_is_refused_and_grown_too_wide_fails_loudly(
    buyer: User, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = services.watch(actor=buyer, subject_kind="filter", wanted={"country": "NP"})
    numbers = clocks.number
    monkeypatch.setattr(
        clocks, "number", lambda key, on=None: 0 if key == "watch_most_agencies" else numbers(key, on)
    )
    entry = check(watch)
    assert entry.outcome == "failed"
    assert "at most" in entry.note
    assert "at most" in Watch.objects.get(pk=watch.pk).failure


def test_organisation_keeps_so_many_watches_and_no_more(
    watch: Watch, buyer: User, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = clocks.number
    monkeypatch.setattr(
        clocks, "number", lambda key, on=None: 2 if key == "watch_most_of_organisation" else numbers(key, on)
    )
    other = accounts.person("employer", "sourcing_manager")
    services.watch(actor=other, subject_kind="chain")  # of another organisation: it counts for itself
    second = services.watch(actor=buyer, subject_kind="chain")
    with pytest.raises(BadInput, match="keeps 2 watches, which is the most it can"):
        services.watch(actor=buyer, subject_kind="filter", wanted={"country": "NP"})
    held = services.watch(actor=buyer, subject_kind="agency", agency_id=certificate.agency_id)
    assert held == watch, "the same subject gives the watch there is"
    services.end_watch(watch_id=second.pk, actor=buyer)
    assert services.watch(actor=buyer, subject_kind="filter", wanted={"country": "NP"}).state == "active"


@pytest.mark.parametrize("table", ["entry", "change", "digest"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET created_at = now()", "DELETE FROM {}", "TRUNCATE {}"])
def test_database_refuses_to_change_the_ledger(watch: Watch, table: str, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(f"supplychain_watches_{table}"))
