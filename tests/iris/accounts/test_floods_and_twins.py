"""What strangers and quick hands do: very many e-mails, a form sent with other words, an invitation too early."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from iris.accounts import services
from iris.accounts.models import ApiClient, Invitation, Membership
from iris.core import clocks
from iris.core.errors import Conflict
from tests.factories.accounts import organisation, person

pytestmark = pytest.mark.django_db


def test_an_employer_that_an_agency_named_can_accept_and_is_told_that_it_waits(sign_in) -> None:
    """Its organisation is not admitted yet, so nobody can act for it: that is no reason to say "not found"."""
    signatory = person("agency", "signatory")
    services.reach_employer(actor=signatory, name="Gulf Builders", country="QA", email="hr@gulf.example")
    found = Invitation.objects.get(email="hr@gulf.example")
    client = sign_in(person(email="hr@gulf.example"))
    answer = client.post(reverse("accounts:invitation", args=[services.token_of(found)]))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("accounts:applied", args=[found.organisation_id])
    assert Membership.objects.filter(organisation=found.organisation, active=True).count() == 1
    assert client.get(answer["Location"]).status_code == 200


def test_a_stranger_cannot_have_us_write_to_the_whole_world() -> None:
    """A developer signs up alone; its name and its person's name stand in the subject of each e-mail."""
    spammer = person("developer", "developer")
    most = clocks.number("invitations_a_day")
    for n in range(most):
        services.invite(spammer.organisation, f"somebody{n}@example.org", "developer", spammer)
    with pytest.raises(Conflict, match="tomorrow"):
        services.invite(spammer.organisation, "onemore@example.org", "developer", spammer)


def test_one_address_is_not_written_to_again_and_again() -> None:
    boss = person("agency", "signatory")
    sent = services.invite(boss.organisation, "asha@example.org", "contributor", boss)
    for _n in range(clocks.number("invitations_a_day") - 1):
        services.resend_invitation(invitation_id=sent.pk, actor=boss)
    with pytest.raises(Conflict, match="tomorrow"):
        services.resend_invitation(invitation_id=sent.pk, actor=boss)


def test_employers_reached_count_as_invitations() -> None:
    signatory = person("agency", "signatory")
    for n in range(clocks.number("invitations_a_day")):
        services.reach_employer(actor=signatory, name=f"Employer {n}", country="QA", email=f"hr@{n}.example")
    with pytest.raises(Conflict, match="tomorrow"):
        services.reach_employer(actor=signatory, name="One more", country="QA", email="hr@more.example")


def test_the_same_form_with_other_words_is_another_key() -> None:
    """Back in the browser, another name, issue: the first key's secret was shown and has to go on."""
    boss, form_key = person("employer", "sourcing_manager"), uuid4()
    first, secret = services.issue_api_key(
        boss.organisation, boss, "Nightly check", ["read:register"], form_key=form_key
    )
    second, other = services.issue_api_key(
        boss.organisation, boss, "Reports", ["read:register", "read:lookups"], form_key=form_key
    )
    assert (first.pk, secret) != (second.pk, other)
    assert (second.name, second.scopes) == ("Reports", ["read:register", "read:lookups"])
    held = ApiClient.objects.get(pk=first.pk)
    assert held.opens_with(services.api_keys.hash_of(secret.partition(".")[2]))


def test_a_key_that_was_revoked_is_not_shown_as_new_again() -> None:
    boss, form_key = person("employer", "sourcing_manager"), uuid4()
    first, _secret = services.issue_api_key(
        boss.organisation, boss, "Nightly check", ["read:register"], form_key=form_key
    )
    services.revoke_api_key(client_id=first.pk, actor=boss)
    with pytest.raises(Conflict):
        services.issue_api_key(boss.organisation, boss, "Nightly check", ["read:register"], form_key=form_key)


def test_a_form_key_of_another_organisation_is_no_crash() -> None:
    one, other, form_key = (
        person("employer", "sourcing_manager"),
        person("employer", "sourcing_manager", organisation("employer")),
        uuid4(),
    )
    services.issue_api_key(one.organisation, one, "Nightly check", ["read:register"], form_key=form_key)
    services.issue_api_key(other.organisation, other, "Nightly check", ["read:register"], form_key=form_key)
