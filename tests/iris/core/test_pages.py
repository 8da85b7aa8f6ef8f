"""Pages of the frame itself: they answer, fill every variable, and stand without a person signed in."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/gallery/", 200),
        ("/accounts/login/", 200),
        ("/accounts/signup/", 200),
        ("/accounts/password/reset/", 200),
        ("/accounts/password/reset/done/", 200),
        ("/accounts/confirm-email/", 200),
        ("/no-such-page/", 404),
    ],
)
def test_page_answers_and_names_no_unknown_variable(address: str, status: int) -> None:
    answer = Client().get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert "UNDEFINED VARIABLE" not in page
    assert page.count("<h1") == 1
    assert " style=" not in page


def test_server_error_page_needs_no_request() -> None:
    page = render_to_string("errors/500.html")
    assert "nothing half-done was kept" in page
    assert "UNDEFINED VARIABLE" not in page


def test_passkey_login_stays_with_the_policy() -> None:
    answer = Client().get("/accounts/login/")
    page = answer.content.decode()
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    # Every script of ours is a file; the one without is data that the browser does not run.
    assert page.count("<script ") == page.count("<script src=") + page.count('type="application/json"')
