"""For whom a person acts, and that nothing else shows through."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from iris.accounts import permissions, selectors
from iris.accounts.middleware import acting_user
from iris.accounts.models import Membership, User
from iris.accounts.services import SESSION_KEY, remove_member
from iris.core import clocks
from tests.factories.accounts import join, organisation, person

pytestmark = pytest.mark.django_db


def test_acting_answers_for_one_membership():
    user = person("employer", "sourcing_viewer")
    assert (user.kind, user.role) == ("employer", "sourcing_viewer")
    assert user.is_kind("scheme", "employer")
    assert not user.is_kind("scheme")
    assert user.has_role("sourcing_viewer")
    assert not user.has_role("sourcing_manager", "decider")


def test_acting_without_membership_is_nobody():
    user = person()
    assert user.acting is None
    assert (user.kind, user.role, user.organisation) == ("", "", None)
    assert not user.is_kind("")
    assert not user.has_role("")


def test_acting_default_is_looked_up_afresh_elsewhere():
    made = person("agency", "manager")
    again = User.objects.get(pk=made.pk)
    assert again.acting == made.acting


def test_acting_ignores_organisations_that_are_not_admitted():
    from iris.accounts import services

    user = person()
    facts = services.OrganisationFacts(
        kind="employer", name="Oak Foods", country="QA", purpose="check agencies"
    )
    services.apply_organisation(actor=user, facts=facts)
    assert User.objects.get(pk=user.pk).acting is None


def test_acting_for_the_employer_a_decider_has_no_power_of_the_scheme():
    decider = person("scheme", "decider")
    scheme, employer = decider.organisation, organisation("employer")
    join(decider, employer, "sourcing_viewer")
    assert decider.kind == "employer"
    assert not decider.has_role("decider")
    assert not decider.is_kind("scheme")
    assert list(selectors.organisations_visible_to(decider)) == [employer]
    assert not permissions.may_read_organisation(scheme, decider)


def test_switch_sets_who_acts_until_switched_back(sign_in):
    employer, agency = organisation("employer"), organisation("agency")
    user = person("employer", "sourcing_manager", employer)
    join(user, agency, "contributor")
    client = sign_in(user, acting_for=employer)
    assert client.get(reverse("accounts:organisation")).context["organisation"] == employer
    response = client.post(reverse("accounts:switch"), {"organisation": str(agency.pk)})
    assert response.status_code == 302
    page = client.get(reverse("accounts:organisation"))
    assert page.context["organisation"] == agency
    assert page.context["user"].role == "contributor"
    assert employer.name not in page.content.decode().split("<main")[1]


@pytest.mark.parametrize("wanted", ["", "nonsense", "8a1c0d0e-0000-4000-8000-000000000000"])
def test_switch_to_what_is_not_yours_does_not_exist(sign_in, wanted):
    client = sign_in(person("agency"))
    assert client.post(reverse("accounts:switch"), {"organisation": wanted}).status_code == 404


def test_switch_to_another_peoples_organisation_does_not_exist(sign_in):
    other = organisation("employer")
    client = sign_in(person("agency"))
    assert client.post(reverse("accounts:switch"), {"organisation": str(other.pk)}).status_code == 404
    assert SESSION_KEY not in client.session


def test_switch_needs_a_post(sign_in):
    assert sign_in(person("agency")).get(reverse("accounts:switch")).status_code == 405


def test_acting_ends_in_the_session_when_the_membership_ends(sign_in):
    agency = organisation("agency")
    boss = person("agency", "signatory", agency)
    user = person("agency", "contributor", agency)
    client = sign_in(user, acting_for=agency)
    assert client.get(reverse("accounts:organisation")).status_code == 200
    remove_member(membership_id=user.acting.pk, actor=boss)
    assert client.get(reverse("accounts:organisation")).status_code == 404


def test_acting_takes_no_membership_of_someone_else_from_the_session():
    victim, thief = person("scheme", "decider"), person("agency", "contributor")
    request = RequestFactory().get("/")
    request.session = {SESSION_KEY: str(victim.acting.pk)}
    assert acting_user(request, User.objects.get(pk=thief.pk)).kind == "agency"


def test_acting_visitor_answers_every_question_with_no():
    request = RequestFactory().get("/")
    request.session = {}
    visitor = acting_user(request, AnonymousUser())
    assert visitor.acting is None
    assert not visitor.is_kind("scheme")
    assert not visitor.has_role("decider")
    assert not selectors.organisations_visible_to(visitor).exists()


def test_membership_end_and_flag_agree_in_the_database():
    from django.db import IntegrityError

    membership = person("agency").acting
    with pytest.raises(IntegrityError, match="accounts_membership_end_agrees"):
        Membership.objects.filter(pk=membership.pk).update(ended_at=clocks.now())
