"""Invitations: one use, one address, a limited time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from iris.accounts import services
from iris.accounts.models import Invitation, Membership, User
from iris.core import clocks, outbox
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from iris.core.models import OutboxRow
from tests.factories.accounts import organisation, person

pytestmark = pytest.mark.django_db


def invited(email="asha@example.org", role="contributor"):
    boss = person("agency", "signatory")
    return boss, services.invite(boss.organisation, email, role, boss)


def test_accept_makes_a_member():
    boss, invitation = invited()
    asha = person(email="asha@example.org")
    services.accept_invitation(services.token_of(invitation), asha)
    again = User.objects.get(pk=asha.pk)
    assert again.organisation == boss.organisation
    assert again.role == "contributor"
    assert Invitation.objects.get(pk=invitation.pk).state == "accepted"


def test_accept_again_by_the_same_person_changes_nothing():
    _boss, invitation = invited()
    asha = person(email="asha@example.org")
    first = services.accept_invitation(services.token_of(invitation), asha)
    assert services.accept_invitation(services.token_of(invitation), asha) == first
    assert Membership.objects.filter(user=asha).count() == 1


def test_accept_again_after_being_removed_is_refused():
    boss, invitation = invited()
    asha = person(email="asha@example.org")
    membership = services.accept_invitation(services.token_of(invitation), asha)
    services.remove_member(membership_id=membership.pk, actor=boss)
    with pytest.raises(Conflict):
        services.accept_invitation(services.token_of(invitation), asha)
    assert not Membership.objects.get(pk=membership.pk).active


def test_accept_with_another_address_is_not_permitted():
    _boss, invitation = invited()
    with pytest.raises(NotPermitted, match="another e-mail address"):
        services.accept_invitation(services.token_of(invitation), person(email="other@example.org"))


def test_accept_with_an_unconfirmed_address_is_not_permitted():
    _boss, invitation = invited()
    claims = services.register_person(
        "asha@example.org", "Not Asha", "a long and plain password", verified=False
    )
    with pytest.raises(NotPermitted):
        services.accept_invitation(services.token_of(invitation), claims)


def test_accept_after_its_time_is_refused():
    _boss, invitation = invited()
    asha = person(email="asha@example.org")
    with (
        clocks.freeze(invitation.expires_at),
        pytest.raises(TransitionRefused, match="valid until 5 December 2026"),
    ):
        services.accept_invitation(services.token_of(invitation), asha)
    with clocks.freeze(invitation.expires_at - timedelta(seconds=1)):
        services.accept_invitation(services.token_of(invitation), asha)


def test_accept_after_it_was_taken_back_is_refused():
    boss, invitation = invited()
    asha = person(email="asha@example.org")
    services.revoke_invitation(invitation_id=invitation.pk, actor=boss)
    with pytest.raises(Conflict):
        services.accept_invitation(services.token_of(invitation), asha)


@pytest.mark.parametrize("token", ["", "nonsense", "A" * 43])
def test_accept_unknown_token_is_refused(token):
    with pytest.raises(TransitionRefused):
        services.accept_invitation(token, person())


def test_resend_replaces_the_link():
    boss, invitation = invited()
    old = services.token_of(invitation)
    asha = person(email="asha@example.org")
    with clocks.freeze(clocks.now() + timedelta(days=3)):
        again = services.resend_invitation(invitation_id=invitation.pk, actor=boss)
        assert services.token_of(again) != old
        with pytest.raises(TransitionRefused):
            services.accept_invitation(old, asha)
        services.accept_invitation(services.token_of(again), asha)


def test_invite_the_same_address_twice_tells_who_did():
    boss, _invitation = invited()
    other = person("agency", "manager", boss.organisation)
    with pytest.raises(Conflict, match=boss.full_name):
        services.invite(boss.organisation, "Asha@Example.org", "contributor", other)


def test_invite_double_click_sends_one_email():
    boss, invitation = invited()
    assert services.invite(boss.organisation, "asha@example.org", "contributor", boss) == invitation
    assert OutboxRow.objects.filter(job="accounts.send_invitation").count() == 1


def test_invite_a_member_is_bad_input():
    boss = person("agency", "signatory")
    helper = person("agency", "contributor", boss.organisation)
    with pytest.raises(BadInput) as refused:
        services.invite(boss.organisation, helper.email.upper(), "contributor", boss)
    assert "email" in refused.value.fields


def test_invite_as_signatory_needs_a_signatory():
    agency = organisation("agency")
    person("agency", "signatory", agency)
    manager = person("agency", "manager", agency)
    with pytest.raises(NotPermitted):
        services.invite(agency, "asha@example.org", "signatory", manager)


def test_invite_by_contributor_or_stranger_is_not_permitted():
    boss = person("agency", "signatory")
    for actor in (person("agency", "contributor", boss.organisation), person("agency", "signatory")):
        with pytest.raises(NotPermitted):
            services.invite(boss.organisation, "asha@example.org", "contributor", actor)


def test_email_carries_a_working_link_and_no_row_holds_the_token(client):
    boss, invitation = invited()
    token = services.token_of(invitation)
    assert token not in str(list(OutboxRow.objects.values())) + str(list(Invitation.objects.values()))
    outbox.run_all()
    [message] = [sent for sent in mail.outbox if sent.to == ["asha@example.org"]]
    address = reverse("accounts:invitation", args=[token])
    assert address in message.body
    assert boss.organisation.name in message.body
    page = client.get(address)
    assert page.status_code == 200
    assert boss.organisation.name in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_email_is_not_sent_when_it_was_taken_back():
    boss, invitation = invited()
    services.revoke_invitation(invitation_id=invitation.pk, actor=boss)
    outbox.run_all()
    assert [sent for sent in mail.outbox if sent.to == ["asha@example.org"]] == []


def test_page_accepts_for_the_right_person(sign_in):
    boss, invitation = invited()
    asha = person(email="asha@example.org")
    client = sign_in(asha)
    address = reverse("accounts:invitation", args=[services.token_of(invitation)])
    assert "Accept the invitation" in client.get(address).content.decode()
    response = client.post(address)
    assert response.url == reverse("accounts:organisation")
    assert client.get(response.url).context["organisation"] == boss.organisation
    assert client.post(address).status_code == 302  # pressed twice


def test_page_for_another_person_says_so_and_refuses(sign_in):
    _boss, invitation = invited()
    client = sign_in(person())
    address = reverse("accounts:invitation", args=[services.token_of(invitation)])
    page = client.get(address).content.decode()
    assert "for another address" in page
    assert "Accept the invitation" not in page
    assert client.post(address).status_code == 403


def test_page_signed_out_leads_to_account_and_back(client):
    _boss, invitation = invited()
    address = reverse("accounts:invitation", args=[services.token_of(invitation)])
    page = client.get(address).content.decode()
    assert f"{reverse('account_signup')}?next={address}" in page
    assert client.post(address).url.startswith(reverse("account_login"))


def test_page_of_unknown_token_is_not_found(client):
    response = client.get(reverse("accounts:invitation", args=["nonsense"]))
    assert response.status_code == 404
    assert "does not exist" in response.content.decode()


def test_start_lists_and_accepts_without_the_link(sign_in):
    boss, invitation = invited()
    client = sign_in(person(email="asha@example.org"))
    assert boss.organisation.name in client.get(reverse("accounts:start")).content.decode()
    client.post(reverse("accounts:accept", args=[invitation.pk]))
    assert Membership.objects.filter(organisation=boss.organisation, user__email="asha@example.org").exists()


def test_start_accepts_no_invitation_of_others(sign_in):
    _boss, invitation = invited()
    client = sign_in(person())
    assert client.post(reverse("accounts:accept", args=[invitation.pk])).status_code == 404


@pytest.mark.parametrize("name", ["accounts:resend", "accounts:take_back"])
def test_pages_of_another_organisations_invitation_do_not_exist(sign_in, name):
    _boss, invitation = invited()
    client = sign_in(person("agency", "signatory"))
    assert client.post(reverse(name, args=[invitation.pk])).status_code == 404
    assert Invitation.objects.get(pk=invitation.pk).state == "open"


def test_page_invites_and_reports_a_wrong_address(sign_in):
    boss = person("agency", "signatory")
    client = sign_in(boss)
    address = reverse("accounts:invite")
    page = client.post(address, {"email": "not an address", "role": "contributor"})
    assert page.status_code == 200
    assert "not an address" in page.content.decode()
    assert client.post(address, {"email": "asha@example.org", "role": "contributor"}).status_code == 302
    assert Invitation.objects.get().invited_by == boss
