"""A key that leaked ends at once, by whoever notices: its owner, the scheme, or somebody who holds it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from rest_framework.test import APIClient

from iris.accounts import services
from iris.accounts.models import ApiClient, User
from iris.core import clocks, events, outbox
from iris.core.errors import Conflict, NotPermitted, ReasonRequired
from iris.notify.models import Notice
from tests.factories.accounts import organisation, person
from tests.tables import moves_let_through, wrong_rows

pytestmark = pytest.mark.django_db
FOUND, MINE, ME = "/api/v1/keys/revoke/", "/api/v1/me/key/", "/api/v1/me/"
# As the guide tells those who scan for secrets.
LIKE_A_KEY = re.compile(r"\biris[0-9a-f]{12}\.[A-Za-z0-9_-]{43}")


def issued(mode: str = "live") -> tuple[User, ApiClient, str]:
    boss = person("employer", "sourcing_manager")
    client, secret = services.issue_api_key(boss.organisation, boss, "Nightly", ["read:register"], mode=mode)
    return boss, client, secret


def works(secret: str) -> bool:
    return signed(secret).get(ME).status_code == 200


def signed(secret: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Api-Key {secret}")
    return client


def told(template: str) -> set[Any]:
    outbox.run_all()
    return {notice.user_id for notice in Notice.objects.filter(template=template)}


def found(key: str) -> tuple[int, Any]:
    answer = APIClient().post(FOUND, {"key": key}, format="json")
    return answer.status_code, answer.json()


def test_a_key_is_known_when_it_is_seen() -> None:
    _boss, _client, secret = issued()
    assert LIKE_A_KEY.fullmatch(secret)
    assert LIKE_A_KEY.search(f'key = "{secret}"  # to do')


def test_whoever_finds_a_key_ends_it_and_its_owners_are_told() -> None:
    boss, client, secret = issued()
    other = person("employer", "sourcing_manager", boss.organisation)
    person("employer", "sourcing_viewer", boss.organisation)
    assert works(secret)
    assert found(f"  {secret}\n") == (200, {"received": True})
    assert not works(secret)
    client = ApiClient.objects.get(pk=client.pk)
    assert (client.state, client.revoked_at) == ("revoked", clocks.now())
    last = events.events_of(client)[0]
    assert (last.act, last.actor_label) == ("revoke", "System")
    assert "held the key" in last.reason
    shown = events.events_of(boss.organisation)[0]
    assert (shown.act, shown.reason) == ("api_key_ended", "Nightly")
    assert told("accounts/key_given_up") == {boss.pk, other.pk}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda key: key[:-1],
        lambda key: key + "x",
        lambda key: key.partition(".")[0] + ".",
        lambda key: "iris000000000000." + key.partition(".")[2],
        lambda key: key.partition(".")[2],
        lambda key: "nonsense",
    ],
)
def test_what_is_no_key_gets_the_same_answer_and_ends_nothing(spoil: Any) -> None:
    _boss, _client, secret = issued()
    assert found(spoil(secret)) == (200, {"received": True})
    assert works(secret)
    assert not told("accounts/key_given_up")


def test_a_key_that_ended_before_gets_the_same_answer() -> None:
    _boss, client, secret = issued()
    with clocks.freeze(client.expires_at):
        assert found(secret) == (200, {"received": True})
    client = ApiClient.objects.get(pk=client.pk)
    assert client.state == "issued"
    found(secret)
    assert found(secret) == (200, {"received": True})
    assert [event.act for event in events.events_of(client)] == ["revoke"]


def test_the_answer_counts_against_the_address(settings: Any) -> None:
    settings.IRIS_API_RATE = "2/min"
    cache.clear()
    assert [found("nonsense")[0] for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(
    "body", [{}, {"key": ""}, {"key": "x" * 201}, {"key": 1.5, "more": 1}, {"key": ["a"]}]
)
def test_a_body_without_a_key_is_refused(body: dict[str, Any]) -> None:
    answer = APIClient().post(FOUND, body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def test_after_a_rotation_the_old_secret_ends_alone() -> None:
    boss, client, old = issued()
    _client, new = services.rotate_api_key(client_id=client.pk, actor=boss, hours=24)
    assert found(old) == (200, {"received": True})
    assert (works(old), works(new)) == (False, True)
    assert events.events_of(client)[0].act == "old_key_given_up"
    assert told("accounts/old_key_given_up") == {boss.pk}
    assert found(new)[0] == 200
    assert not works(new)


@pytest.mark.parametrize("mode", ["live", "sandbox"])
def test_a_key_gives_itself_up_and_no_other(mode: str) -> None:
    boss, client, secret = issued(mode)
    _other, beside = services.issue_api_key(boss.organisation, boss, "Another", ["read:register"])
    assert signed(secret).delete(MINE).status_code == 204
    assert signed(secret).delete(MINE).status_code == 401
    client = ApiClient.objects.get(pk=client.pk)
    assert client.state == "revoked"
    assert works(beside)
    assert told("accounts/key_given_up") == {boss.pk}


def test_an_owner_revokes_and_the_others_are_told() -> None:
    boss, client, secret = issued()
    other = person("employer", "sourcing_manager", boss.organisation)
    services.revoke_api_key(client_id=client.pk, actor=boss)
    assert not works(secret)
    assert told("accounts/key_revoked") == {other.pk}


def test_the_scheme_ends_a_key_with_a_reason_that_its_owner_reads() -> None:
    boss, client, secret = issued()
    manager = person("scheme", "scheme_manager")
    with pytest.raises(ReasonRequired):
        services.revoke_api_key(client_id=client.pk, actor=manager, reason=" ")
    assert works(secret)
    services.revoke_api_key(client_id=client.pk, actor=manager, reason="Seen in a public repository.")
    assert not works(secret)
    assert told("accounts/key_revoked") == {boss.pk}
    assert events.events_of(boss.organisation)[0].reason == "Nightly: Seen in a public repository."
    assert "Seen in a public repository." in Notice.objects.get(template="accounts/key_revoked").body
    with pytest.raises(Conflict):
        services.revoke_api_key(client_id=client.pk, actor=manager, reason="Again.")


def test_nobody_else_revokes_and_the_scheme_rotates_none() -> None:
    _boss, client, secret = issued()
    for who in (
        person("scheme", "screener"),
        person("employer", "sourcing_manager"),
        person("agency", "signatory"),
    ):
        with pytest.raises(NotPermitted):
            services.revoke_api_key(client_id=client.pk, actor=who, reason="Mine now.")
    with pytest.raises(NotPermitted):
        services.rotate_api_key(client_id=client.pk, actor=person("scheme", "scheme_manager"), hours=0)
    assert works(secret)


def test_the_page_of_the_scheme_ends_it(sign_in: Any) -> None:
    boss, client, secret = issued()
    manager = sign_in(person("scheme", "scheme_manager"))
    about = reverse("accounts:vet", args=[boss.organisation.pk])
    page = reverse("accounts:end_key", args=[boss.organisation.pk, client.pk])
    assert page in manager.get(about).content.decode()
    assert "opens nothing" not in manager.get(page).content.decode()
    assert manager.post(page, {"reason": ""}).status_code == 422
    assert works(secret)
    assert manager.post(page, {"reason": "Seen in public."}).url == about
    assert not works(secret)
    assert page not in manager.get(about).content.decode()
    assert manager.get(page).status_code == 404


def test_the_page_of_the_scheme_is_for_its_managers(sign_in: Any) -> None:
    boss, client, secret = issued()
    page = reverse("accounts:end_key", args=[boss.organisation.pk, client.pk])
    elsewhere = reverse("accounts:end_key", args=[organisation("agency").pk, client.pk])
    for who in (person("scheme", "screener"), boss, person("agency", "signatory")):
        assert sign_in(who).post(page, {"reason": "Mine."}).status_code == 404
    assert sign_in(person("scheme", "scheme_manager")).post(elsewhere, {"reason": "x"}).status_code == 404
    assert (
        page
        not in sign_in(person("scheme", "screener"))
        .get(reverse("accounts:vet", args=[boss.organisation.pk]))
        .content.decode()
    )
    assert works(secret)


ALLOWED = {
    ("issued", "revoke", "own_manager"),
    ("issued", "rotate", "own_manager"),
    ("issued", "revoke", "scheme_manager"),
}
OTHERS = {
    "scheme_manager": "scheme",
    "screener": "scheme",
    "decider": "scheme",
    "signatory": "agency",
    "firm_manager": "audit_firm",
    "sourcing_manager": "employer",
    "reader": "government",
    "trainer": "training_provider",
    "caseworker": "caseworker",
    "developer": "developer",
}


def in_state(state: str) -> ApiClient:
    boss, client, _secret = issued()
    if state == "revoked":
        services.revoke_api_key(client_id=client.pk, actor=boss)
    return ApiClient.objects.select_related("organisation").get(pk=client.pk)


def test_every_state_act_and_role() -> None:
    others = {role: person(kind, role) for role, kind in OTHERS.items()}
    people: dict[str, Any] = {role: (lambda key, who=who: who) for role, who in others.items()}
    people["own_manager"] = lambda key: person("employer", "sourcing_manager", key.organisation)
    people["own_viewer"] = lambda key: person("employer", "sourcing_viewer", key.organisation)
    acts = {
        "revoke": lambda key, who: services.revoke_api_key(client_id=key.pk, actor=who, reason="Leaked."),
        "rotate": lambda key, who: services.rotate_api_key(client_id=key.pk, actor=who, hours=0),
    }
    tried, wrong = wrong_rows(in_state, ["issued", "revoked"], acts, people, ALLOWED)
    assert (tried, wrong) == (2 * 2 * 12, [])


def test_plain_sql_brings_no_key_back() -> None:
    key = in_state("revoked")
    assert moves_let_through(key, ["issued", "revoked"]) == set()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE iris_accounts_apiclient SET state = 'issued', revoked_at = NULL WHERE id = %s", [key.pk]
        )
