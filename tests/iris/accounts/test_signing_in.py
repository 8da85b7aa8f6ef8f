"""Signing up and in: confirmation, no enumeration, second factor, demo people, colours."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse

from iris.accounts import services
from iris.accounts.models import User
from iris.core.errors import BadInput
from tests.factories.accounts import PASSWORD, join, organisation, person

pytestmark = pytest.mark.django_db


def sign_up(client, email="asha@example.org"):
    return client.post(
        reverse("account_signup"),
        {"email": email, "full_name": "Asha Rai", "password1": "a long and plain sentence"},
    )


def test_sign_up_confirms_the_address_then_starts(client):
    response = sign_up(client, "Asha@Example.org")
    assert response.url == reverse("account_email_verification_sent")
    user = User.objects.get(email="asha@example.org")
    assert user.full_name == "Asha Rai"
    assert not EmailAddress.objects.get(user=user).verified
    [message] = mail.outbox
    path = re.search(r"https?://[^/\s]+(/\S+)", message.body).group(1)
    page = client.get(path)
    if page.status_code == 200:
        page = client.post(path)
    assert EmailAddress.objects.get(user=user).verified
    assert page.url == reverse("accounts:start")
    assert client.get(page.url).status_code == 200


def test_sign_up_without_a_name_says_so(client):
    page = client.post(
        reverse("account_signup"), {"email": "asha@example.org", "password1": "a long and plain sentence"}
    )
    assert page.status_code == 200
    assert "full_name" in page.context["form"].errors


def test_sign_up_with_a_taken_address_answers_the_same(client):
    person(email="taken@example.org")
    first, second = sign_up(client, "fresh@example.org"), sign_up(client, "taken@example.org")
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert User.objects.filter(email="taken@example.org").count() == 1
    assert User.objects.get(email="taken@example.org").check_password(PASSWORD)


def test_sign_in_before_confirmation_opens_nothing(client):
    services.register_person("asha@example.org", "Asha", PASSWORD, verified=False)
    client.post(reverse("account_login"), {"login": "asha@example.org", "password": PASSWORD})
    assert client.get(reverse("accounts:start")).status_code == 302


def test_sign_in_wrong_password_and_unknown_address_answer_the_same(client):
    person(email="known@example.org")
    answers = []
    for email in ("known@example.org", "nobody@example.org"):
        page = client.post(reverse("account_login"), {"login": email, "password": "wrong and long enough"})
        text = re.sub(r'value="[^"]*"', "", page.content.decode()).replace(email, "")
        answers.append((page.status_code, page.context["form"].errors.as_text(), len(text)))
    assert answers[0] == answers[1]


def test_password_reset_of_unknown_address_answers_the_same(client):
    person(email="known@example.org")
    answers = [
        client.post(reverse("account_reset_password"), {"email": email}).url
        for email in ("known@example.org", "nobody@example.org")
    ]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(("kind", "landing"), [(None, "/start/"), ("agency", "/today/")])
def test_sign_in_lands_where_the_work_is(client, kind, landing):
    user = person(kind)
    response = client.post(reverse("account_login"), {"login": user.email.upper(), "password": PASSWORD})
    assert response.url == landing


@pytest.mark.parametrize("email", ["", "nonsense", "a@b", "n" * 300 + "@example.org"])
def test_register_with_no_address_is_bad_input(email):
    with pytest.raises(BadInput) as refused:
        services.register_person(email, "Name")
    assert "email" in refused.value.fields


def test_register_same_address_in_capitals_is_bad_input():
    person(email="asha@example.org")
    with pytest.raises(BadInput):
        services.register_person("ASHA@example.org", "Other")


GATED = [
    ("scheme", "screener"),
    ("scheme", "decider"),
    ("audit_firm", "auditor"),
    ("audit_firm", "lead_auditor"),
]


@pytest.mark.parametrize(("kind", "role"), GATED)
def test_second_factor_is_asked_of_those_who_need_it(sign_in, settings, kind, role):
    settings.IRIS_REQUIRE_SECOND_FACTOR = True
    client = sign_in(person(kind, role))
    response = client.get(reverse("accounts:organisation"))
    assert (response.status_code, response.url) == (302, reverse("mfa_index"))
    assert client.post(reverse("accounts:facts"), {}).url == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200


@pytest.mark.parametrize("way", ["totp", "webauthn"])
def test_second_factor_once_set_up_lets_in(sign_in, settings, way):
    settings.IRIS_REQUIRE_SECOND_FACTOR = True
    user = person("scheme", "decider")
    Authenticator.objects.create(user=user, type=way, data={})
    assert sign_in(user).get(reverse("accounts:organisation")).status_code == 200


def test_second_factor_recovery_codes_alone_do_not_count(sign_in, settings):
    settings.IRIS_REQUIRE_SECOND_FACTOR = True
    user = person("scheme", "decider")
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    assert sign_in(user).get(reverse("accounts:organisation")).status_code == 302


@pytest.mark.parametrize(("kind", "role"), [("agency", "signatory"), ("employer", "sourcing_manager")])
def test_second_factor_is_only_offered_to_others(sign_in, settings, kind, role):
    settings.IRIS_REQUIRE_SECOND_FACTOR = True
    page = sign_in(person(kind, role)).get(reverse("accounts:organisation"))
    assert page.status_code == 200
    assert reverse("mfa_index") in page.content.decode().split("<main")[1]


def test_second_factor_is_asked_when_switching_to_the_scheme(sign_in, settings):
    settings.IRIS_REQUIRE_SECOND_FACTOR = True
    agency = organisation("agency")
    user = person("agency", "manager", agency)
    scheme = organisation("scheme")
    join(user, scheme, "decider")
    client = sign_in(user, acting_for=agency)
    assert client.get(reverse("accounts:organisation")).status_code == 200
    client.post(reverse("accounts:switch"), {"organisation": str(scheme.pk)})
    assert client.get(reverse("accounts:organisation")).url == reverse("mfa_index")


@pytest.mark.parametrize(("kind", "role"), GATED)
def test_second_factor_is_not_asked_where_the_setting_is_off(sign_in, settings, kind, role):
    settings.IRIS_REQUIRE_SECOND_FACTOR = False
    assert sign_in(person(kind, role)).get(reverse("accounts:organisation")).status_code == 200


def test_demo_sign_in_signs_in_a_demo_person(client, settings):
    settings.IRIS_DEMO = True
    user = services.mark_demo(person("employer"))
    response = client.post(reverse("demo_sign_in"), {"user": str(user.pk)})
    assert response.url == "/today/"
    assert client.get(reverse("accounts:organisation")).context["user"] == user


@pytest.mark.parametrize("listed", [True, False])
def test_demo_sign_in_never_for_real_people_nor_outside_the_demo(client, settings, listed):
    settings.IRIS_DEMO = not listed
    user = person("scheme", "scheme_manager")
    if listed:
        services.mark_demo(user)
    for data in ({"user": str(user.pk)}, {"email": user.email}, {"user": "nonsense"}, {}):
        assert client.post(reverse("demo_sign_in"), data).status_code == 404
    assert "_auth_user_id" not in client.session


def test_demo_people_are_listed_on_the_sign_in_page_only_in_the_demo(client, settings):
    user = services.mark_demo(person("employer", name="Invented Person"))
    settings.IRIS_DEMO = True
    assert user.full_name in client.get(reverse("account_login")).content.decode()
    settings.IRIS_DEMO = False
    assert user.full_name not in client.get(reverse("account_login")).content.decode()


def test_theme_is_kept_in_a_cookie(client):
    response = client.post(reverse("set_theme"), {"theme": "dark", "next": "/accounts/login/"})
    assert (response.url, response.cookies["theme"].value) == ("/accounts/login/", "dark")
    assert 'data-bs-theme="dark"' in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_theme_leads_nowhere_else_and_knows_its_colours(client, target):
    response = client.post(reverse("set_theme"), {"theme": "<script>", "next": target})
    assert response.url == "/"
    assert "theme" not in response.cookies


def test_profile_changes_the_name_and_keeps_it_when_empty(sign_in):
    user = person("agency")
    client = sign_in(user)
    assert client.get(reverse("accounts:profile")).status_code == 200
    client.post(reverse("accounts:profile"), {"full_name": " ", "language": "en"})
    assert User.objects.get(pk=user.pk).full_name == user.full_name
    client.post(reverse("accounts:profile"), {"full_name": "अशा राई", "language": "en"})
    assert User.objects.get(pk=user.pk).full_name == "अशा राई"


def test_account_emails_speak_for_the_scheme_and_leave_nothing_out(client, settings):
    known = person(email="known@example.org", name="Asha & Sons")
    sign_up(client, "fresh@example.org")
    sign_up(client, known.email)
    for email in (known.email, "nobody@example.org"):
        client.post(reverse("account_reset_password"), {"email": email})
    client.force_login(known, backend="allauth.account.auth_backends.AuthenticationBackend")
    new = {
        "oldpassword": PASSWORD,
        "password1": "another long sentence",
        "password2": "another long sentence",
    }
    client.post(reverse("account_change_password"), new)
    subjects = [sent.subject.removeprefix(f"{settings.SCHEME_SHORT_NAME}: ") for sent in mail.outbox]
    assert subjects[:4] == [
        "Confirm your e-mail address",
        "You already have an account",
        "Set a new password",
        "No account with this address",
    ]
    assert len(mail.outbox) == 5
    for sent in mail.outbox:
        assert settings.SCHEME_NAME in sent.body
        assert "UNDEFINED" not in sent.subject + sent.body
        assert "&amp;" not in sent.body
