"""Two people at once: one wins, and nothing is left half done."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from iris.accounts import services
from iris.accounts.models import Membership, User
from iris.core import clocks
from iris.core.errors import DomainError
from tests.factories.accounts import organisation, person

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run acts in threads that start together; each answers `done` or the code of its refusal."""
    gate, answers, now = threading.Barrier(len(acts)), [""] * len(acts), clocks.now()

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            with clocks.freeze(now):
                gate.wait()
                act()
            answers[place] = "done"
        except DomainError as refusal:
            answers[place] = refusal.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(answers)


def test_two_signatories_who_remove_each_other_leave_one():
    for _ in range(5):
        agency = organisation("agency")
        first, second = person("agency", "signatory", agency), person("agency", "signatory", agency)
        answers = at_once(
            lambda second=second, first=first: services.remove_member(
                membership_id=second.acting.pk, actor=User.objects.get(pk=first.pk)
            ),
            lambda second=second, first=first: services.remove_member(
                membership_id=first.acting.pk, actor=User.objects.get(pk=second.pk)
            ),
        )
        assert answers.count("done") == 1, answers
        assert Membership.objects.filter(organisation=agency, active=True).count() == 1


def test_two_vetters_have_one_outcome():
    user = person()
    facts = services.OrganisationFacts(kind="employer", name="Oak Foods", country="QA", purpose="check")
    made = services.apply_organisation(actor=user, facts=facts)
    vetters = [person("scheme", "scheme_manager") for _ in range(2)]
    answers = at_once(
        lambda: services.vet_organisation(made.pk, vetters[0], True),
        lambda: services.vet_organisation(made.pk, vetters[1], False, "No such company"),
    )
    assert answers == ["conflict", "done"]


def test_one_invitation_makes_one_membership():
    boss = person("agency", "signatory")
    invitation = services.invite(boss.organisation, "asha@example.org", "contributor", boss)
    token, asha = services.token_of(invitation), person(email="asha@example.org")
    answers = at_once(
        *[lambda: services.accept_invitation(token, User.objects.get(pk=asha.pk)) for _ in range(3)]
    )
    assert answers == ["done", "done", "done"]
    assert Membership.objects.filter(user=asha).count() == 1
