"""Applying and vetting."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import IntegrityError
from django.urls import reverse

from iris.accounts import selectors, services
from iris.accounts.models import Organisation, User
from iris.core import clocks, outbox
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired
from iris.core.models import Event
from tests.factories.accounts import join, organisation, person

pytestmark = pytest.mark.django_db


def facts(**changes):
    given = {"kind": "employer", "name": "Oak Foods", "country": "QA", "purpose": "Check the agencies we use"}
    return services.OrganisationFacts(**{**given, **changes})


def applied(**changes):
    user = person()
    return user, services.apply_organisation(actor=user, facts=facts(**changes))


def test_create_agency_is_active_at_once_and_others_wait():
    assert services.create_organisation("agency", "Himal", "NP").state == "active"
    for kind in ("employer", "audit_firm", "government", "training_provider", "caseworker"):
        assert services.create_organisation(kind, "Name", "NP").state == "applied"


def test_apply_makes_the_first_member_and_tells_the_scheme():
    manager = person("scheme", "scheme_manager")
    user, made = applied()
    assert [row.user for row in selectors.members_of(made)] == [user]
    outbox.run_all()
    assert any(sent.to == [manager.email] and "Oak Foods" in sent.subject for sent in mail.outbox)


@pytest.mark.parametrize("kind", ["agency", "scheme", "nonsense"])
def test_apply_other_kinds_is_bad_input(kind):
    with pytest.raises(BadInput):
        applied(kind=kind)


def test_apply_double_click_makes_one_application():
    user, made = applied()
    assert services.apply_organisation(actor=user, facts=facts()) == made
    assert Organisation.objects.filter(name="Oak Foods").count() == 1


def test_apply_again_later_tells_when_it_was_sent():
    user, _made = applied()
    with clocks.freeze(clocks.now().replace(day=23)), pytest.raises(Conflict, match="21 November 2026"):
        services.apply_organisation(actor=user, facts=facts(name="OAK FOODS"))


def test_vet_admits_and_people_can_work():
    user, made = applied()
    services.vet_organisation(made.pk, person("scheme", "scheme_manager"), True)
    assert User.objects.get(pk=user.pk).organisation == made
    outbox.run_all()
    assert any(sent.to == [user.email] and "can start" in sent.subject for sent in mail.outbox)


def test_vet_refuses_with_a_reason_that_the_applicants_read():
    user, made = applied()
    services.vet_organisation(
        made.pk, person("scheme", "scheme_manager"), False, "We could not reach you & yours."
    )
    again = Organisation.objects.get(pk=made.pk)
    assert (again.state, again.refusal_reason) == ("refused", "We could not reach you & yours.")
    assert User.objects.get(pk=user.pk).acting is None
    outbox.run_all()
    assert any(sent.to == [user.email] and "reach you & yours" in sent.body for sent in mail.outbox)


@pytest.mark.parametrize("reason", ["", "   "])
def test_vet_refusal_needs_a_reason(reason):
    _user, made = applied()
    with pytest.raises(ReasonRequired):
        services.vet_organisation(made.pk, person("scheme", "scheme_manager"), False, reason)


def test_vet_twice_tells_who_was_first():
    _user, made = applied()
    first = person("scheme", "scheme_manager", name="Ines First")
    with clocks.freeze(
        clocks.now().replace(hour=13)
    ):  # after the application, so that this is the last change
        services.vet_organisation(made.pk, first, True)
    with pytest.raises(Conflict, match="Ines First"):
        services.vet_organisation(made.pk, person("scheme", "scheme_manager"), False, "too late")


@pytest.mark.parametrize(
    ("kind", "role"), [("scheme", "screener"), ("scheme", "decider"), ("agency", "signatory")]
)
def test_vet_by_others_is_not_permitted(kind, role):
    _user, made = applied()
    with pytest.raises(NotPermitted):
        services.vet_organisation(made.pk, person(kind, role), True)
    assert Organisation.objects.get(pk=made.pk).state == "applied"


def test_vet_own_organisation_is_not_permitted():
    manager = person("scheme", "scheme_manager")
    made = services.apply_organisation(actor=manager, facts=facts())
    with pytest.raises(NotPermitted):
        services.vet_organisation(made.pk, User.objects.get(pk=manager.pk), True)


def test_state_cannot_be_admitted_without_vetting_in_the_database():
    _user, made = applied()
    with pytest.raises(IntegrityError, match="admitted_by_the_scheme"):
        Organisation.objects.filter(pk=made.pk).update(state="active")


def test_state_cannot_be_refused_without_reason_in_the_database():
    _user, made = applied()
    with pytest.raises(IntegrityError, match="refused_with_reason"):
        Organisation.objects.filter(pk=made.pk).update(state="refused", vetted_at=clocks.now())


def test_events_hold_nothing_personal():
    user, made = applied()
    services.vet_organisation(made.pk, person("scheme", "scheme_manager"), False, "No such company")
    text = str(list(Event.objects.filter(subject_id=made.pk).values()))
    assert user.email not in text
    assert user.full_name not in text
    assert "No such company" not in text


def test_page_start_offers_what_to_do(sign_in):
    page = sign_in(person()).get(reverse("accounts:start")).content.decode()
    for kind in ("employer", "audit_firm", "government", "training_provider", "caseworker"):
        assert reverse("accounts:apply", args=[kind]) in page


def test_page_apply_then_wait(sign_in):
    user = person()
    client = sign_in(user)
    address = reverse("accounts:apply", args=["audit_firm"])
    assert client.get(address).status_code == 200
    data = {
        "name": "Clear Audits",
        "country": "IN",
        "website": "clear-audits.example",
        "purpose": "Audit agencies",
        "contact_name": "Asha Rai",
        "contact_email": "asha@example.org",
        "contact_phone": "",
    }
    bad = client.post(address, {**data, "country": "", "purpose": "words that stay"})
    assert "words that stay" in bad.content.decode()
    response = client.post(address, data)
    page = client.get(response.url).content.decode()
    assert "The scheme is looking at your application" in page
    assert client.post(address, data).url == response.url
    assert "Clear Audits" in client.get(reverse("accounts:start")).content.decode()


@pytest.mark.parametrize("kind", ["agency", "scheme", "nonsense"])
def test_page_apply_for_other_kinds_does_not_exist(sign_in, kind):
    assert sign_in(person()).get(reverse("accounts:apply", args=[kind])).status_code == 404


def test_page_applied_of_others_does_not_exist(sign_in):
    _user, made = applied()
    assert sign_in(person()).get(reverse("accounts:applied", args=[made.pk])).status_code == 404


def test_page_applied_shows_the_reason_of_a_refusal(sign_in):
    user, made = applied()
    services.vet_organisation(made.pk, person("scheme", "scheme_manager"), False, "We could not reach you.")
    assert (
        "We could not reach you."
        in sign_in(user).get(reverse("accounts:applied", args=[made.pk])).content.decode()
    )


def test_page_of_the_scheme_lists_filters_and_admits(sign_in):
    _user, made = applied()
    other = organisation("agency", name="Himal Recruiters")
    client = sign_in(person("scheme", "scheme_manager"))
    address = reverse("accounts:organisations")
    page = client.get(address)
    assert next(iter(page.context["page"])) == made  # what waits comes first
    only = client.get(address, {"kind": "agency", "q": "himal"}).context["page"]
    assert list(only) == [other]
    one = reverse("accounts:vet", args=[made.pk])
    assert client.get(one).status_code == 200
    refused = client.post(one, {"outcome": "refuse", "reason": ""})
    assert refused.status_code == 422
    assert client.post(one, {"outcome": "admit", "reason": ""}).status_code == 302
    assert Organisation.objects.get(pk=made.pk).state == "active"


@pytest.mark.parametrize("nonsense", [{"state": "nonsense"}, {"page": "99"}, {"q": "n" * 5000}])
def test_page_of_the_scheme_survives_nonsense(sign_in, nonsense):
    client = sign_in(person("scheme", "screener"))
    assert client.get(reverse("accounts:organisations"), nonsense).status_code == 200


def test_pages_of_the_scheme_do_not_exist_for_others(sign_in):
    _user, made = applied()
    client = sign_in(person("employer", "sourcing_manager"))
    assert client.get(reverse("accounts:organisations")).status_code == 404
    assert client.post(reverse("accounts:vet", args=[made.pk]), {"outcome": "admit"}).status_code == 404


def test_pages_of_the_scheme_do_not_exist_for_a_manager_acting_for_another(sign_in):
    manager = person("scheme", "scheme_manager")
    employer = organisation("employer")
    join(manager, employer, "sourcing_viewer")
    assert sign_in(manager, acting_for=employer).get(reverse("accounts:organisations")).status_code == 404


def test_page_of_the_scheme_costs_a_bounded_number_of_queries(sign_in, django_assert_max_num_queries):
    client = sign_in(person("scheme", "scheme_manager"))
    for _ in range(30):
        organisation("agency")
    client.get(reverse("accounts:organisations"))  # the first page of a session also writes the session's row
    with django_assert_max_num_queries(12):
        client.get(reverse("accounts:organisations"))


def test_found_scheme_once_and_its_manager_can_set_a_password(client):
    from django.core.management import CommandError, call_command

    given = {"country": "ch", "email": "ines@example.org", "full_name": "Inès Moreau", "verbosity": 0}
    call_command("found_scheme", **given)
    manager = User.objects.get(email="ines@example.org")
    assert (manager.kind, manager.role) == ("scheme", "scheme_manager")
    client.post(reverse("account_reset_password"), {"email": manager.email})
    assert any(sent.to == [manager.email] and "/password/reset/" in sent.body for sent in mail.outbox)
    with pytest.raises(CommandError, match="already"):
        call_command("found_scheme", **{**given, "email": "other@example.org"})


def test_create_in_no_country_is_bad_input():
    with pytest.raises(BadInput) as refused:
        services.create_organisation("agency", "Himal", "XX")
    assert "country" in refused.value.fields


def test_take_name_follows_the_agency_only_for_its_own_people():
    boss = person("agency", "signatory")
    renamed = services.take_name(
        organisation_id=boss.organisation.pk, actor=boss, name="New Name", country="IN"
    )
    assert (renamed.name, renamed.country) == ("New Name", "IN")
    employer = person("employer", "sourcing_manager")
    for actor, home in ((employer, employer.organisation), (employer, boss.organisation)):
        with pytest.raises(NotPermitted):
            services.take_name(organisation_id=home.pk, actor=actor, name="Mine now", country="IN")
