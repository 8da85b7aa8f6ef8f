"""Members: roles, the last one, tenancy."""

from __future__ import annotations

import pytest
from django.urls import reverse

from iris.accounts import selectors, services
from iris.accounts.models import Membership, User
from iris.core import events
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from tests.factories.accounts import join, organisation, person

pytestmark = pytest.mark.django_db


def test_remove_last_signatory_is_refused():
    agency = organisation("agency")
    boss = person("agency", "signatory", agency)
    person("agency", "manager", agency)
    with pytest.raises(TransitionRefused, match="last authorised signatory"):
        services.remove_member(membership_id=boss.acting.pk, actor=boss)
    assert Membership.objects.get(pk=boss.acting.pk).active


def test_change_role_of_last_signatory_is_refused():
    agency = organisation("agency")
    boss = person("agency", "signatory", agency)
    with pytest.raises(TransitionRefused):
        services.change_role(membership_id=boss.acting.pk, role="manager", actor=boss)


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("audit_firm", "firm_manager"),
        ("employer", "sourcing_manager"),
        ("scheme", "scheme_manager"),
        ("government", "reader"),
        ("training_provider", "trainer"),
        ("caseworker", "caseworker"),
    ],
)
def test_remove_last_manager_of_every_kind_is_refused(kind, role):
    home = organisation(kind)
    Membership.objects.filter(organisation=home, active=True).exclude(user__email="").update(
        active=False, ended_at=home.created_at
    )
    boss = person(kind, role, home)
    with pytest.raises(TransitionRefused):
        services.remove_member(membership_id=boss.acting.pk, actor=boss)


def test_remove_works_once_there_is_another_signatory():
    agency = organisation("agency")
    first, second = person("agency", "signatory", agency), person("agency", "signatory", agency)
    services.remove_member(membership_id=first.acting.pk, actor=second)
    assert User.objects.get(pk=first.pk).acting is None
    assert [row.user for row in selectors.members_of(agency)] == [second]
    assert [event.act for event in events.events_of(agency)].count("member_removed") == 1


def test_remove_twice_tells_that_it_was_done():
    agency = organisation("agency")
    boss, colleague = person("agency", "signatory", agency), person("agency", "contributor", agency)
    services.remove_member(membership_id=colleague.acting.pk, actor=boss)
    with pytest.raises(Conflict, match="no longer belongs"):
        services.remove_member(membership_id=colleague.acting.pk, actor=boss)


def test_remove_does_not_count_a_signatory_who_cannot_sign_in():
    agency = organisation("agency")
    first, second = person("agency", "signatory", agency), person("agency", "signatory", agency)
    User.objects.filter(pk=first.pk).update(is_active=False)
    with pytest.raises(TransitionRefused):
        services.remove_member(membership_id=second.acting.pk, actor=second)


@pytest.mark.parametrize("role", ["contributor", "manager"])
def test_change_role_manager_makes_nobody_signatory(role):
    agency = organisation("agency")
    person("agency", "signatory", agency)
    manager, colleague = person("agency", "manager", agency), person("agency", role, agency)
    with pytest.raises(NotPermitted):
        services.change_role(membership_id=colleague.acting.pk, role="signatory", actor=manager)
    with pytest.raises(NotPermitted):
        services.change_role(membership_id=manager.acting.pk, role="signatory", actor=manager)


def test_remove_manager_does_not_remove_a_signatory():
    agency = organisation("agency")
    first, _second = person("agency", "signatory", agency), person("agency", "signatory", agency)
    manager = person("agency", "manager", agency)
    with pytest.raises(NotPermitted):
        services.remove_member(membership_id=first.acting.pk, actor=manager)


def test_change_role_by_contributor_is_not_permitted():
    agency = organisation("agency")
    boss, helper = person("agency", "signatory", agency), person("agency", "contributor", agency)
    with pytest.raises(NotPermitted):
        services.change_role(membership_id=helper.acting.pk, role="manager", actor=helper)
    services.change_role(membership_id=helper.acting.pk, role="manager", actor=boss)
    assert Membership.objects.get(pk=helper.acting.pk).role == "manager"


def test_change_role_to_one_of_another_kind_is_bad_input():
    agency = organisation("agency")
    boss, helper = person("agency", "signatory", agency), person("agency", "contributor", agency)
    with pytest.raises(BadInput):
        services.change_role(membership_id=helper.acting.pk, role="decider", actor=boss)


def test_change_role_in_another_organisation_is_not_permitted():
    stranger, helper = person("agency", "signatory"), person("agency", "contributor")
    with pytest.raises(NotPermitted):
        services.change_role(membership_id=helper.acting.pk, role="manager", actor=stranger)


def test_change_role_needs_acting_for_that_organisation():
    agency, employer = organisation("agency"), organisation("employer")
    boss, helper = person("agency", "signatory", agency), person("agency", "contributor", agency)
    join(boss, employer, "sourcing_manager")
    with pytest.raises(NotPermitted):
        services.change_role(membership_id=helper.acting.pk, role="manager", actor=boss)


def test_add_member_who_left_comes_back_once():
    agency = organisation("agency")
    boss, helper = person("agency", "signatory", agency), person("agency", "contributor", agency)
    services.remove_member(membership_id=helper.acting.pk, actor=boss)
    services.add_member(agency, helper, "manager", boss)
    assert Membership.objects.filter(user=helper, organisation=agency).count() == 1
    assert User.objects.get(pk=helper.pk).role == "manager"


def test_add_member_by_a_stranger_is_not_permitted():
    agency, stranger = organisation("agency"), person()
    person("agency", "signatory", agency)
    with pytest.raises(NotPermitted):
        services.add_member(agency, stranger, "signatory", stranger)


@pytest.mark.parametrize("name", ["accounts:member", "accounts:remove"])
def test_pages_of_another_organisations_member_do_not_exist(sign_in, name):
    helper = person("agency", "contributor")
    client = sign_in(person("agency", "signatory"))
    address = reverse(name, args=[helper.acting.pk])
    assert client.post(address, {"role": "manager"}).status_code == 404
    assert Membership.objects.get(pk=helper.acting.pk).role == "contributor"
    assert Membership.objects.get(pk=helper.acting.pk).active


@pytest.mark.parametrize("name", ["accounts:invite", "accounts:facts", "accounts:new_key"])
def test_pages_of_managers_do_not_exist_for_others(sign_in, name):
    assert sign_in(person("agency", "contributor")).get(reverse(name)).status_code == 404


def test_page_of_organisation_shows_people_and_hides_acts_from_contributors(sign_in):
    agency = organisation("agency", name="Himal Recruiters")
    boss, helper = person("agency", "signatory", agency), person("agency", "contributor", agency)
    seen = sign_in(boss).get(reverse("accounts:organisation")).content.decode()
    assert reverse("accounts:member", args=[helper.acting.pk]) in seen
    assert "Invite a colleague" in seen
    seen = sign_in(helper).get(reverse("accounts:organisation")).content.decode()
    assert boss.full_name in seen
    assert "Invite a colleague" not in seen
    assert "API keys" not in seen


def test_page_of_member_changes_the_role(sign_in):
    agency = organisation("agency")
    boss, helper = person("agency", "signatory", agency), person("agency", "contributor", agency)
    address = reverse("accounts:member", args=[helper.acting.pk])
    client = sign_in(boss)
    assert client.get(address).status_code == 200
    assert client.post(address, {"role": "manager"}).status_code == 302
    assert Membership.objects.get(pk=helper.acting.pk).role == "manager"


def test_page_of_member_says_why_the_last_signatory_stays(sign_in):
    boss = person("agency", "signatory")
    response = sign_in(boss).post(reverse("accounts:member", args=[boss.acting.pk]), {"role": "contributor"})
    assert "Give someone else this role first" in response.content.decode()
    assert sign_in(boss).post(reverse("accounts:remove", args=[boss.acting.pk])).status_code == 409


def test_page_of_organisation_costs_a_bounded_number_of_queries(sign_in, django_assert_max_num_queries):
    agency = organisation("agency")
    boss = person("agency", "signatory", agency)
    for _ in range(12):
        person("agency", "contributor", agency)
    client = sign_in(boss)
    client.get(reverse("accounts:organisation"))  # the first page of a session also writes the session's row
    with django_assert_max_num_queries(15):
        client.get(reverse("accounts:organisation"))


def test_facts_change_only_by_managers():
    agency = organisation("agency")
    boss, helper = person("agency", "signatory", agency), person("agency", "contributor", agency)
    given = {
        "website": "https://example.org",
        "contact_name": "Asha",
        "contact_email": "a@example.org",
        "contact_phone": "",
    }
    with pytest.raises(NotPermitted):
        services.change_facts(organisation_id=agency.pk, actor=helper, **given)
    assert services.change_facts(organisation_id=agency.pk, actor=boss, **given).contact_name == "Asha"


def test_changes_are_told_to_the_person_concerned_but_not_to_oneself():
    from django.core import mail

    from iris.core import outbox

    agency = organisation("agency", name="Himal")
    boss, helper = person("agency", "signatory", agency), person("agency", "contributor", agency)
    second = person("agency", "signatory", agency)
    services.change_role(membership_id=helper.acting.pk, role="manager", actor=boss)
    services.remove_member(membership_id=helper.acting.pk, actor=boss)
    services.remove_member(membership_id=second.acting.pk, actor=second)
    outbox.run_all()
    told = [(sent.to[0], sent.subject) for sent in mail.outbox]
    assert (helper.email, "Your role at Himal is now: Compliance manager") in told
    assert (helper.email, "You no longer work for Himal here") in told
    assert second.email not in [to for to, _subject in told]


def test_other_managers_are_told_of_a_new_key():
    from iris.core import outbox
    from iris.notify.models import Notice

    agency = organisation("agency")
    boss, manager = person("agency", "signatory", agency), person("agency", "manager", agency)
    person("agency", "contributor", agency)
    services.issue_api_key(agency, boss, "Check", ["read:register"])
    outbox.run_all()
    assert [notice.user for notice in Notice.objects.filter(template="accounts/key_issued")] == [manager]
