"""A NUL in what an address asks is answered with a page, never with an error of ours."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.accounts import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["/search/?q=A%00B", "/scheme/words/?label=A%00B&kind=%00", "/scheme/costs/?corridor=N%00P-QA"],
)
def test_a_nul_in_a_query_is_no_error_of_ours(address: str) -> None:
    client = Client()
    manager = person("scheme", "scheme_manager")
    client.force_login(manager, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(address).status_code == 200
