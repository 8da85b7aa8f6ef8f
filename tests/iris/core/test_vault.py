"""What is sealed: opens for its purpose, with any listed key, and never when altered."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from iris.core.vault import Vault, VaultClosed

OLD, NEW = "o" * 40, "n" * 40


@pytest.fixture(autouse=True)
def _keys(settings: pytest.FixtureRequest) -> None:
    settings.IRIS_VAULT_KEYS = [OLD]  # type: ignore[attr-defined] # pytest-django's settings


def test_seal_opens_again_and_hides_the_text() -> None:
    vault = Vault("tests.names")
    sealed = vault.seal("नमस्ते Sunita")
    assert b"Sunita" not in sealed
    assert vault.seal("नमस्ते Sunita") != sealed
    assert vault.open(sealed) == "नमस्ते Sunita"


def test_open_refuses_another_purpose_and_a_changed_byte() -> None:
    sealed = Vault("tests.names").seal("Sunita")
    with pytest.raises(VaultClosed):
        Vault("tests.phones").open(sealed)
    changed = sealed[:20] + (b"A" if sealed[20:21] != b"A" else b"B") + sealed[21:]
    with pytest.raises(VaultClosed):
        Vault("tests.names").open(changed)


def test_reseal_moves_to_the_newest_key(settings: pytest.FixtureRequest) -> None:
    vault = Vault("tests.names")
    sealed, mark = vault.seal("Sunita"), vault.mark("Sunita")
    settings.IRIS_VAULT_KEYS = [NEW, OLD]  # type: ignore[attr-defined]
    assert vault.open(sealed) == "Sunita"
    assert vault.mark("Sunita") == mark
    moved = vault.reseal(sealed)
    settings.IRIS_VAULT_KEYS = [NEW]  # type: ignore[attr-defined]
    assert vault.open(moved) == "Sunita"
    with pytest.raises(VaultClosed):
        vault.open(sealed)


def test_seal_refuses_to_work_without_a_real_key(settings: pytest.FixtureRequest) -> None:
    settings.IRIS_VAULT_KEYS = ["short"]  # type: ignore[attr-defined]
    with pytest.raises(ImproperlyConfigured, match="keys of 32"):
        Vault("tests.names").seal("x")
