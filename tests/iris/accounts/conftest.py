"""A client that is signed in as somebody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from iris.accounts.models import Organisation, User
from iris.accounts.selectors import acting_memberships
from iris.accounts.services import SESSION_KEY

SignIn = Callable[..., Client]


@pytest.fixture
def sign_in() -> SignIn:
    """`sign_in(user)` or `sign_in(user, acting_for=organisation)`."""

    def make(user: User, acting_for: Organisation | None = None) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        if acting_for is not None:
            session = client.session
            session[SESSION_KEY] = str(acting_memberships(user).get(organisation=acting_for).pk)
            session.save()
        return client

    return make
