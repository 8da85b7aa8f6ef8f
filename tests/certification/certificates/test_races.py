"""Pairs of acts at the same moment, in transactions of their own: at most one of two that exclude each other wins."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg2
import pytest
from django.db import connection

from certification.agencies.models import Licence
from certification.certificates import services
from certification.certificates.models import AuditOrder, Certificate, LicenceReview
from certification.certificates.states import RUNNING
from certification.decisions.models import Decision
from iris.core import clocks
from iris.core.errors import DomainError
from tests.conftest import NOON, _empty_as_owner, _owner_address
from tests.factories import accounts, agencies
from tests.factories import certificates as factory
from tests.figures import Tell

RACES = int(os.environ.get("IRIS_RACES", "1000"))
LATER = datetime(2027, 6, 1, 12, tzinfo=UTC)
TABLES = (
    "certification_certificates_certificatechange",
    "certification_certificates_auditorder",
    "certification_certificates_licencereview",
    "certification_certificates_surveillancewindow",
    "certification_certificates_certificatecondition",
    "certification_certificates_certificatecorridor",
    "certification_certificates_certificate",
    "certification_decisions_vote",
    "certification_decisions_decision",
)
Pair = tuple[Callable[[], Any], Callable[[], Any]]


class Track:
    """One certificate that is put back to where it was before every race."""

    def __init__(self) -> None:
        self.agency = agencies.agency(corridors=[("NP", "MY"), ("NP", "QA")])
        self.row = factory.certificate("active", self.agency)
        self.people = {"manager": factory.manager(), "decider": factory.decider()}
        self.people["second"] = accounts.person("scheme", "decider")
        self.people["signatory"] = agencies.signatory(self.agency)
        self.licence = Licence.objects.get(agency=self.agency).pk
        self.owner = psycopg2.connect(**_owner_address())
        with self.owner, self.owner.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"CREATE TABLE kept_{table} AS TABLE {table}")

    def back(self) -> None:
        """As at the start, by the owner with triggers asleep."""
        with self.owner, self.owner.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(";".join(f"DELETE FROM {table}" for table in TABLES))
            cursor.execute(";".join(f"INSERT INTO {table} TABLE kept_{table}" for table in TABLES))

    def close(self) -> None:
        """Nothing stays."""
        with self.owner, self.owner.cursor() as cursor:
            cursor.execute(";".join(f"DROP TABLE kept_{table}" for table in TABLES))
        self.owner.close()

    # -- pairs of which at most one may happen ----------------------------------------------------------

    def proposed(self, act: str) -> UUID:
        """A proposal that waits."""
        return factory.proposed(self.row, act, by=self.people["manager"]).pk

    def answered(self, decision_id: UUID, outcome: str = "accept", by: str = "decider") -> Callable[[], Any]:
        """The act of a vote."""
        return lambda: services.vote_on_proposal(
            decision_id=decision_id, actor=self.people[by], outcome=outcome, reasons="I read it."
        )

    def given_up(self) -> Any:
        """The agency gives it up."""
        return services.relinquish_certificate(
            certificate_id=self.row.pk, actor=self.people["signatory"], reason="We close."
        )

    def corrected(self) -> Any:
        """The manager corrects it."""
        return services.correct_certificate(
            certificate_id=self.row.pk, actor=self.people["manager"], reason="Moved.", public_note="Moved."
        )

    def two_answers(self) -> Pair:
        asked = self.proposed("suspend")
        return self.answered(asked), self.answered(asked, "reject", "second")

    def withdrawn_or_given_up(self) -> Pair:
        return self.answered(self.proposed("withdraw")), self.given_up

    def given_up_twice(self) -> Pair:
        return self.given_up, self.given_up

    def proposed_twice(self) -> Pair:
        return (lambda: self.proposed("suspend")), (lambda: self.proposed("suspend"))

    def corrected_or_proposed(self) -> Pair:
        return self.corrected, (lambda: self.proposed("suspend"))

    def corrected_or_given_up(self) -> Pair:
        return self.corrected, self.given_up

    def withdrawn_by_rule_or_reinstated(self) -> Pair:
        factory.answer(factory.proposed(self.row, "suspend", by=self.people["manager"]))
        asked = self.proposed("reinstate")
        return services.withdraw_overlong, self.answered(asked)

    def reviewed_twice(self) -> Pair:
        return (lambda: services.licence_lost(licence_id=self.licence, why="revoked"),) * 2

    def ordered_twice(self) -> Pair:
        def order() -> Any:
            return services.order_audit(
                certificate_id=self.row.pk, kind="special", reason="R.", actor=self.people["manager"]
            )

        return order, order


PAIRS = (
    "two_answers",
    "withdrawn_or_given_up",
    "given_up_twice",
    "proposed_twice",
    "corrected_or_proposed",
    "corrected_or_given_up",
    "withdrawn_by_rule_or_reinstated",
    "reviewed_twice",
    "ordered_twice",
)


@pytest.fixture(scope="module")
def track(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Track]:
    """Committed, because racers see only what is committed."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), clocks.freeze(NOON):
        patch.setattr("iris.core.outbox.wake", lambda row_id, queue: None)
        patch.setattr("iris.notify.services.notify", lambda **words: [])
        patch.setattr("django.conf.settings.IRIS_FILES_ROOT", tmp_path_factory.mktemp("races"))
        try:
            made = Track()
            yield made
            made.close()
        finally:
            _empty_as_owner()


def race(pair: Pair) -> tuple[int, list[BaseException]]:
    """Both at once; how many were done, and anything that was no refusal of the product."""
    done: list[Any] = []
    wrong: list[BaseException] = []
    ready = threading.Barrier(2, timeout=20)

    def run(act: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            with clocks.freeze(LATER):
                ready.wait()
                if act():
                    done.append(act)
        except DomainError:
            pass
        except BaseException as error:  # a deadlock or a broken constraint is what this looks for
            wrong.append(error)
        finally:
            connection.close()

    racers = [threading.Thread(target=run, args=(act,)) for act in pair]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(30)
    return len(done), wrong


def _races(track: Track, count: int) -> dict[str, int]:
    won = dict.fromkeys(PAIRS, 0)
    for number in range(count):
        name = PAIRS[number % len(PAIRS)]
        track.back()
        pair = getattr(track, name)()
        winners, wrong = race(pair)
        assert wrong == [], f"{name}: {wrong}"
        assert winners == 1, f"{name}: {winners} winners"
        won[name] += winners
        assert Certificate.objects.filter(agency=track.agency, state__in=RUNNING).count() <= 1
        assert Decision.objects.filter(subject_id=track.row.pk, state="open").count() <= 1
        assert AuditOrder.objects.count() <= 1
        assert LicenceReview.objects.count() <= 1
    track.back()
    return won


def test_a_hundred_races_have_one_winner_each(track: Track, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        assert sum(_races(track, 100).values()) == 100


@pytest.mark.campaign
def test_campaign_of_races(track: Track, django_db_blocker: Any, figures: Tell) -> None:
    with django_db_blocker.unblock():
        won = _races(track, RACES)
    figures("races for a certificate", tried=RACES, won={str(name): count for name, count in won.items()})
    assert sum(won.values()) == RACES
