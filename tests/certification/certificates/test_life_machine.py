"""2,000 steps of a certificate's life in every run, 200,000 and more in the campaign (`./dev campaign`)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from certification.agencies.models import Licence
from certification.certificates.models import Certificate
from certification.decisions import services as decisions
from iris.accounts.models import Membership
from iris.core import clocks, events
from tests.certification.certificates.life_machine import Life
from tests.conftest import NOON, _empty_as_owner
from tests.factories import accounts, agencies
from tests.factories import certificates as factory
from tests.figures import Tell

PER_LIFE = 50
CAMPAIGN_STEPS = int(os.environ.get("IRIS_LIFE_STEPS", "200000"))


@pytest.fixture(scope="module")
def one_life(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """One agency with a conditional certificate and, from its last months, a renewal that waits for its decision."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), clocks.freeze(NOON):
        patch.setattr("iris.core.outbox.wake", lambda row_id, queue: None)
        patch.setattr("django.conf.settings.IRIS_FILES_ROOT", tmp_path_factory.mktemp("life"))
        try:
            agency = agencies.agency("Lantangir Overseas House", corridors=[("NP", "MY"), ("NP", "QA")])
            made = factory.certificate("conditional", agency)
            with clocks.freeze(datetime(2029, 6, 1, 9, tzinfo=UTC)):
                agencies.licence(agency)
                Life.renewal_id = factory.recommended(agency).pk
            Life.agency_id = agency.pk
            Life.licence_id = Licence.objects.filter(agency=agency).order_by("created_at")[0].pk
            Life.people = _people(made)
            Life.seen, Life.steps = {}, 0
            yield
        finally:
            _empty_as_owner()


def _people(made: Certificate) -> dict[str, Any]:
    scheme = accounts.organisation("scheme")
    people = {
        "manager": factory.manager(),
        "decider": factory.decider(),
        "signatory": agencies.signatory(made.agency),
        "stranger": agencies.signatory(agencies.agency()),
        **{
            name: accounts.person("scheme", "decider")
            for name in ("second", "hearer", "other hearer", "barred")
        },
        "turncoat": accounts.person("scheme", "scheme_manager"),
    }
    decisions.bar(
        agency=made.agency,
        person=people["barred"],
        kind="trained",
        since=clocks.today(),
        source="L2",
        actor=events.SYSTEM,
    )
    # The turncoat's role was changed since: a manager then, a decider now, but still one person.
    other = type(people["turncoat"]).objects.get(pk=people["turncoat"].pk)
    other.acting = Membership(organisation=scheme, user=other, role="decider", active=True)
    return {**people, "turncoat as decider": other}


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told: writing letters is most of a step's time and other tests look at them."""
    monkeypatch.setattr("iris.notify.services.notify", lambda **words: [])


def _live(lives: int, per_life: int = PER_LIFE, *, same: bool = True) -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=lives,
            stateful_step_count=per_life,
            derandomize=same,
            deadline=None,
            database=None,
            print_blob=True,
            phases=(
                Phase.generate,
            ),  # a life that fails is printed as it was; making it smaller takes too long
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_two_thousand_steps_of_lives(one_life: None, quiet: None) -> None:
    Life.seen, Life.steps = {}, 0
    _live(62)
    print(f"tried {Life.steps}, failed 0: {Life.seen}")
    assert Life.steps >= 2_000
    acts = {"accepted suspend", "accepted reinstate", "correct", "licence lost", "sql refused"}
    assert acts <= set(Life.seen), "the machine no longer reaches what it is for"


@pytest.mark.campaign
@pytest.mark.django_db
def test_campaign_of_lives(one_life: None, quiet: None, figures: Tell) -> None:
    Life.seen, Life.steps = {}, 0
    while Life.steps < CAMPAIGN_STEPS:
        _live(200, same=False)
        print(f"tried {Life.steps}, failed 0", flush=True)
    figures("steps of certificates' lives", tried=Life.steps, breaches=0, acts=dict(Life.seen))
    assert Life.steps >= CAMPAIGN_STEPS
