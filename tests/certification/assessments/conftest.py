"""An agency with its people, and a client signed in as each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from certification.agencies.models import Agency
from iris.accounts.models import User
from tests.factories import agencies


@pytest.fixture
def agency(db: None) -> Agency:
    return agencies.agency("Kalimaru Overseas Services")


@pytest.fixture
def signatory(agency: Agency) -> User:
    return agencies.signatory(agency)


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    def make(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make
