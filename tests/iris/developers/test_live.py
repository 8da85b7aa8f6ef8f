"""Developers: in by themselves with sandbox keys, live ones when the scheme says so."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from iris.accounts import services as accounts_services
from iris.accounts.models import ApiClient
from iris.core import clocks, outbox
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired
from iris.developers import selectors, services
from iris.developers.models import LiveRequest
from iris.developers.states import LiveRequestState
from tests.factories import accounts
from tests.iris.developers.conftest import client_for

pytestmark = pytest.mark.django_db
PURPOSE = "Shows our customers whether an agency is certified, with the moment we asked."


def developer() -> Any:
    user = accounts.person()
    made = services.sign_up(actor=user, name="Paper Boat Software", country="NP")
    user.forget_acting()
    user.acting = user.memberships.get(organisation=made)
    return user


def asked(user: Any) -> LiveRequest:
    return services.ask(actor=user, purpose=PURPOSE, scopes=["read:register"], calls_a_day=500)


def _issue(user: Any, mode: str, *scopes: str) -> tuple[ApiClient, str]:
    return accounts_services.issue_api_key(
        user.organisation, user, "tool", list(scopes or ("read:register",)), mode=mode
    )


def test_sign_up_by_oneself_is_active_at_once_and_once() -> None:
    user = developer()
    assert (user.kind, user.role, user.organisation.state) == ("developer", "developer", "active")
    assert services.sign_up(actor=user, name="Other", country="NP") == user.organisation


def test_live_keys_need_the_scheme() -> None:
    user, boss = developer(), accounts.person("scheme", "scheme_manager")
    _issue(user, "sandbox")
    with pytest.raises(BadInput) as refused:
        _issue(user, "live")
    assert list(refused.value.fields) == ["mode"]
    row = asked(user)
    services.answer(request_id=row.pk, actor=boss, accept=True)
    assert selectors.opened_to(user.organisation) == ["read:register"]
    assert _issue(user, "live")[0].mode == "live"
    with pytest.raises(BadInput):
        _issue(user, "live", "read:register", "read:lookups")


def test_a_refusal_needs_a_reason_and_is_mailed() -> None:
    user, boss = developer(), accounts.person("scheme", "scheme_manager")
    row = asked(user)
    with pytest.raises(ReasonRequired):
        services.answer(request_id=row.pk, actor=boss, accept=False)
    services.answer(request_id=row.pk, actor=boss, accept=False, reason="Say who your customers are.")
    outbox.run_all()
    told = [one for one in mail.outbox if user.email in one.to]
    assert len(told) == 1
    assert "Say who your customers are." in told[0].body
    with pytest.raises(BadInput):
        _issue(user, "live")
    asked(user)  # and again


def test_one_waits_at_a_time_and_is_answered_once() -> None:
    user, boss = developer(), accounts.person("scheme", "scheme_manager")
    row = asked(user)
    with pytest.raises(Conflict):
        asked(user)
    with pytest.raises(IntegrityError), transaction.atomic():
        LiveRequest.objects.create(
            organisation=user.organisation,
            asked_by=user,
            purpose="x",
            scopes=["read:register"],
            calls_a_day=1,
        )
    services.withdraw(request_id=row.pk, actor=user)
    with pytest.raises(Conflict):
        services.answer(request_id=row.pk, actor=boss, accept=True)
    assert LiveRequest.objects.get().state == LiveRequestState.WITHDRAWN


def test_who_may_not() -> None:
    user, other = developer(), developer()
    row = asked(user)
    for who in (other, accounts.person("scheme", "screener"), accounts.person("employer")):
        with pytest.raises(NotPermitted):
            services.answer(request_id=row.pk, actor=who, accept=True)
        with pytest.raises(NotPermitted):
            services.withdraw(request_id=row.pk, actor=who)
        assert not selectors.requests_visible_to(who).filter(pk=row.pk).exists()
    with pytest.raises(NotPermitted):
        asked(accounts.person("employer", "sourcing_manager"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"purpose": "short"}, "purpose"),
        ({"purpose": "x" * 2_001}, "purpose"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["read:lookups"]}, "scopes"),
        ({"calls_a_day": 0}, "calls_a_day"),
        ({"calls_a_day": 10**9}, "calls_a_day"),
    ],
)
def test_bad_input_names_the_field(change: dict[str, Any], field: str) -> None:
    given = {"purpose": PURPOSE, "scopes": ["read:register"], "calls_a_day": 1, **change}
    with pytest.raises(BadInput) as refused:
        services.ask(actor=developer(), **given)
    assert list(refused.value.fields) == [field]


def test_the_pages_from_sign_up_to_the_answer(sign_in: Any) -> None:
    user = accounts.person()
    browser = sign_in(user)
    answer = browser.post(reverse("developers:sign_up"), {"name": "Paper Boat", "country": "NP"})
    assert answer.url == reverse("accounts:new_key")
    form = browser.get(reverse("accounts:new_key")).context["form"]
    assert form.initial["mode"] == "sandbox"
    assert [key for key, _label in form.fields["scopes"].choices] == ["read:register", "read:lookups"]
    told = {"purpose": PURPOSE, "scopes": ["read:register"], "calls_a_day": "500"}
    assert browser.post(reverse("developers:live"), {**told, "purpose": "x"}).status_code == 422
    assert browser.post(reverse("developers:live"), told).status_code == 302
    assert "The scheme is looking" in browser.get(reverse("developers:live")).content.decode()
    row = LiveRequest.objects.get()
    boss = sign_in(accounts.person("scheme", "scheme_manager"))
    page = reverse("developers:request", args=[row.pk])
    assert PURPOSE in boss.get(page).content.decode()
    assert boss.post(page, {"outcome": "refuse", "reason": ""}).status_code == 422
    assert boss.post(page, {"outcome": "accept"}).status_code == 302
    assert "register is open to you" in browser.get(reverse("developers:live")).content.decode()
    stranger = sign_in(accounts.person("employer", "sourcing_manager"))
    assert stranger.get(page).status_code == 404
    assert stranger.get(reverse("developers:live")).status_code == 404


def test_rotation_overlaps_for_the_hours_chosen() -> None:
    user = accounts.person("employer", "sourcing_manager")
    old = client_for(user)
    key, start = old.key, clocks.now()  # type: ignore[attr-defined]
    _client, secret = accounts_services.rotate_api_key(client_id=key.pk, actor=user, hours=24)
    new = client_for(user)
    new.credentials(HTTP_AUTHORIZATION=f"Api-Key {secret}")
    assert (old.get("/api/v1/agencies/").status_code, new.get("/api/v1/agencies/").status_code) == (200, 200)
    with clocks.freeze(start + timedelta(hours=23, minutes=59)):
        assert old.get("/api/v1/agencies/").status_code == 200
    with clocks.freeze(start + timedelta(hours=24)):
        assert old.get("/api/v1/agencies/").status_code == 401
        assert new.get("/api/v1/agencies/").status_code == 200
    _client, third = accounts_services.rotate_api_key(client_id=key.pk, actor=user, hours=0)
    assert new.get("/api/v1/agencies/").status_code == 401
    accounts_services.revoke_api_key(client_id=key.pk, actor=user)
    new.credentials(HTTP_AUTHORIZATION=f"Api-Key {third}")
    assert new.get("/api/v1/agencies/").status_code == 401
    with pytest.raises(Conflict):
        accounts_services.rotate_api_key(client_id=key.pk, actor=user, hours=1)


def test_rotation_by_others_is_refused(sign_in: Any) -> None:
    user = accounts.person("employer", "sourcing_manager")
    key = client_for(user).key  # type: ignore[attr-defined]
    other = accounts.person("employer", "sourcing_manager")
    with pytest.raises(NotPermitted):
        accounts_services.rotate_api_key(client_id=key.pk, actor=other, hours=1)
    with pytest.raises(BadInput):
        accounts_services.rotate_api_key(client_id=key.pk, actor=user, hours=5)
    page = reverse("accounts:rotate_key", args=[key.pk])
    assert sign_in(other).get(page).status_code == 404
    shown = sign_in(user).post(page, {"hours": "24"})
    assert "no-store" in shown["Cache-Control"]
    assert shown.context["secret"].startswith(key.prefix)


def test_today_of_a_developer_names_the_next_step() -> None:
    user, boss = developer(), accounts.person("scheme", "scheme_manager")

    def next_step() -> tuple[str, str, bool]:
        (one,) = selectors.todos_for(user)
        return str(one.title), one.url, one.waiting

    assert next_step() == ("Issue your first sandbox key", reverse("accounts:new_key"), False)
    key, _secret = _issue(user, "sandbox")
    assert next_step() == ("Make the first call", reverse("developers:landing"), False)
    ApiClient.objects.filter(pk=key.pk).update(last_used_at=clocks.now())
    assert next_step() == ("Ask for live keys when it works", reverse("developers:live"), False)
    row = asked(user)
    assert next_step() == ("Live keys", reverse("developers:live"), True)
    services.answer(request_id=row.pk, actor=boss, accept=True)
    assert next_step() == ("Issue your first live key", reverse("accounts:new_key"), False)
    _issue(user, "live")
    assert selectors.todos_for(user) == selectors.todos_for(boss) == []


def test_form_of_a_key_offers_what_can_be_had(sign_in: Any) -> None:
    user, boss = developer(), accounts.person("scheme", "scheme_manager")
    browser, path = sign_in(user), reverse("accounts:new_key")
    form = browser.get(path).context["form"]
    assert [one for one, _label in form.fields["mode"].choices] == ["sandbox"]
    sent = {"name": "x", "scopes": ["read:register"], "months": "12", "mode": "live"}
    refused = browser.post(path, {**sent, "form_key": str(form["form_key"].value())})
    assert "Ask for live keys first." in refused.content.decode()
    services.answer(request_id=asked(user).pk, actor=boss, accept=True)
    form = browser.get(path).context["form"]
    assert (form["mode"].value(), form["scopes"].value()) == ("live", ["read:register"])
