"""API keys: what opens, what does not."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from iris.accounts import services
from iris.accounts.api_auth import ApiKeyAuthentication
from iris.accounts.models import ApiClient, User
from iris.core import clocks, events
from iris.core.drf import Scoped
from iris.core.errors import BadInput, Conflict, NotPermitted
from tests.factories.accounts import join, organisation, person

pytestmark = pytest.mark.django_db


def issued(scopes=("read:register",)):
    boss = person("employer", "sourcing_manager")
    client, secret = services.issue_api_key(boss.organisation, boss, "Nightly check", list(scopes))
    return boss, client, secret


def authenticate(header):
    request = APIView().initialize_request(
        APIRequestFactory().get("/api/v1/agencies/", HTTP_AUTHORIZATION=header)
    )
    return ApiKeyAuthentication().authenticate(request)


def test_key_opens_as_its_issuer_acting_for_the_organisation():
    boss, client, secret = issued()
    join(boss, organisation("agency"), "contributor")
    user, auth = authenticate(f"Api-Key {secret}")
    assert user == boss
    assert auth == client
    assert user.kind == "employer"
    assert user.organisation == client.organisation


def test_key_secret_is_kept_nowhere():
    _boss, client, secret = issued()
    row = ApiClient.objects.filter(pk=client.pk).values().get()
    assert secret.partition(".")[2] not in str(row)
    assert len(secret.partition(".")[2]) >= 43


@pytest.mark.parametrize(
    "spoil", [lambda key: key[:-1], lambda key: key + "x", lambda key: "x" + key, lambda key: ""]
)
def test_key_altered_is_refused(spoil):
    _boss, _client, secret = issued()
    with pytest.raises(AuthenticationFailed):
        authenticate(f"Api-Key {spoil(secret)}")


@pytest.mark.parametrize("header", ["", "Bearer abc", "Basic abc"])
def test_key_other_schemes_are_left_to_others(header):
    assert authenticate(header) is None


def test_key_expired_is_refused():
    _boss, client, secret = issued()
    with clocks.freeze(client.expires_at), pytest.raises(AuthenticationFailed, match="expired"):
        authenticate(f"Api-Key {secret}")
    with clocks.freeze(client.expires_at - timedelta(seconds=1)):
        assert authenticate(f"Api-Key {secret}")


def test_key_revoked_is_refused():
    boss, client, secret = issued()
    services.revoke_api_key(client_id=client.pk, actor=boss)
    with pytest.raises(AuthenticationFailed, match="revoked"):
        authenticate(f"Api-Key {secret}")
    with pytest.raises(Conflict):
        services.revoke_api_key(client_id=client.pk, actor=boss)


def test_key_stops_when_its_issuer_left():
    boss, client, secret = issued()
    other = person("employer", "sourcing_manager", client.organisation)
    services.remove_member(membership_id=boss.acting.pk, actor=other)
    with pytest.raises(AuthenticationFailed):
        authenticate(f"Api-Key {secret}")


def test_key_stops_when_its_issuer_can_no_longer_sign_in():
    boss, _client, secret = issued()
    User.objects.filter(pk=boss.pk).update(is_active=False)
    with pytest.raises(AuthenticationFailed):
        authenticate(f"Api-Key {secret}")


def test_key_scope_opens_only_what_it_names():
    _boss, client, _secret = issued(["read:lookups"])
    request = type("Request", (), {"auth": client})()
    register = type("View", (), {"required_scope": "read:register"})()
    lookups = type("View", (), {"required_scope": "read:lookups"})()
    assert not Scoped().has_permission(request, register)
    assert Scoped().has_permission(request, lookups)
    assert client.allows("read:lookups")
    assert not client.allows("read:register")


def test_key_use_is_noted_at_most_once_a_minute(django_assert_num_queries):
    _boss, client, secret = issued()
    start = clocks.now()
    authenticate(f"Api-Key {secret}")
    assert ApiClient.objects.get(pk=client.pk).last_used_at == start
    with clocks.freeze(start + timedelta(seconds=59)):
        authenticate(f"Api-Key {secret}")
        assert ApiClient.objects.get(pk=client.pk).last_used_at == start
    with clocks.freeze(start + timedelta(seconds=60)):
        authenticate(f"Api-Key {secret}")
        assert ApiClient.objects.get(pk=client.pk).last_used_at == start + timedelta(seconds=60)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "n" * 101}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["write:everything"]}, "scopes"),
        ({"months": 0}, "months"),
        ({"months": 25}, "months"),
    ],
)
def test_issue_bad_input_names_the_field(change, field):
    boss = person("employer", "sourcing_manager")
    given = {"name": "Check", "scopes": ["read:register"], "months": 12, **change}
    with pytest.raises(BadInput) as refused:
        services.issue_api_key(boss.organisation, boss, **given)
    assert list(refused.value.fields) == [field]
    assert not ApiClient.objects.exists()


def test_issue_by_others_is_not_permitted():
    boss = person("employer", "sourcing_manager")
    for actor in (
        person("employer", "sourcing_viewer", boss.organisation),
        person("employer", "sourcing_manager"),
    ):
        with pytest.raises(NotPermitted):
            services.issue_api_key(boss.organisation, actor, "Check", ["read:register"])


def test_issue_form_sent_twice_makes_one_key_whose_second_secret_works():
    boss = person("employer", "sourcing_manager")
    form_key = uuid4()
    made = [
        services.issue_api_key(boss.organisation, boss, "Check", ["read:register"], form_key=form_key)
        for _ in range(2)
    ]
    assert ApiClient.objects.count() == 1
    assert [event.act for event in events.events_of(boss.organisation)].count("api_key_issued") == 1
    assert authenticate(f"Api-Key {made[1][1]}")
    with pytest.raises(AuthenticationFailed):
        authenticate(f"Api-Key {made[0][1]}")


def test_issue_form_sent_again_after_use_is_refused():
    boss = person("employer", "sourcing_manager")
    form_key = uuid4()
    _client, secret = services.issue_api_key(
        boss.organisation, boss, "Check", ["read:register"], form_key=form_key
    )
    authenticate(f"Api-Key {secret}")
    with pytest.raises(Conflict):
        services.issue_api_key(boss.organisation, boss, "Check", ["read:register"], form_key=form_key)


def test_page_shows_the_secret_once_with_a_command(sign_in):
    boss = person("employer", "sourcing_manager")
    browser = sign_in(boss)
    form_key = browser.get(reverse("accounts:new_key")).context["form"]["form_key"].value()
    data = {
        "name": "Check",
        "scopes": ["read:register"],
        "months": "12",
        "mode": "live",
        "form_key": str(form_key),
    }
    page = browser.post(reverse("accounts:new_key"), data)
    secret = page.context["secret"]
    assert f"export KEY={secret}" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert secret.partition(".")[2] not in browser.get(reverse("accounts:organisation")).content.decode()
    assert authenticate(f"Api-Key {secret}")


def test_page_of_another_organisations_key_does_not_exist(sign_in):
    _boss, client, secret = issued()
    browser = sign_in(person("employer", "sourcing_manager"))
    assert browser.get(reverse("accounts:revoke_key", args=[client.pk])).status_code == 404
    assert browser.post(reverse("accounts:revoke_key", args=[client.pk])).status_code == 404
    assert client.name not in browser.get(reverse("accounts:organisation")).content.decode()
    assert authenticate(f"Api-Key {secret}")


def test_page_revokes_after_asking(sign_in):
    boss, client, secret = issued()
    browser = sign_in(boss)
    assert browser.get(reverse("accounts:revoke_key", args=[client.pk])).status_code == 200
    assert authenticate(f"Api-Key {secret}")
    assert browser.post(reverse("accounts:revoke_key", args=[client.pk])).status_code == 302
    with pytest.raises(AuthenticationFailed):
        authenticate(f"Api-Key {secret}")


def test_page_of_a_new_key_asks_for_the_password_again_in_production(sign_in, settings):
    settings.IRIS_REQUIRE_SECOND_FACTOR = True
    browser = sign_in(person("employer", "sourcing_manager"))
    response = browser.get(reverse("accounts:new_key"))
    assert response.status_code == 302
    assert reverse("account_reauthenticate") in response.url
