"""What these tests share: somebody with a key."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from iris.accounts import services
from tests.factories import accounts
from tests.iris.accounts.conftest import sign_in

__all__ = ["client_with", "sign_in"]


def client_for(person: Any, *scopes: str) -> APIClient:
    """A client with a fresh key of this person's organisation."""
    key, secret = services.issue_api_key(
        person.organisation, person, "tool", list(scopes or ("read:register",))
    )
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Api-Key {secret}")
    client.key = key
    return client


@pytest.fixture
def client_with() -> Callable[..., APIClient]:
    """Make a client of a new employer's key."""
    return lambda *scopes: client_for(accounts.person("employer", "sourcing_manager"), *scopes)
