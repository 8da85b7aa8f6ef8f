"""API clients of the tests: a key issued by the real service, in the hands of a test client."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from rest_framework.test import APIClient

from iris.accounts.models import User
from iris.accounts.services.api_keys import issue_api_key
from iris.accounts.states import MANAGING_ROLES, ApiScope
from tests.factories import accounts


class Machine(APIClient):
    """A test client each of whose calls is a transaction of its own: a refusal rolls back itself alone."""

    def request(self, **kwargs: Any) -> Any:
        """One call."""
        with transaction.atomic():
            return super().request(**kwargs)


def machine(person: User, *scopes: str, every: bool = False) -> Machine:
    """A client with a key of the person's organisation; `every` gives it all scopes there are."""
    assert person.organisation is not None
    wanted = [str(one) for one in ApiScope] if every else list(scopes)
    issuer = person
    if person.role not in MANAGING_ROLES[person.organisation.kind]:
        role = MANAGING_ROLES[person.organisation.kind][0]
        issuer = accounts.person(person.organisation.kind, role, organisation=person.organisation)
    _key, secret = issue_api_key(person.organisation, issuer, "tool", wanted)
    client = Machine()
    client.credentials(HTTP_AUTHORIZATION=f"Api-Key {secret}")
    return client
