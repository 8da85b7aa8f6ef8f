"""One world that the tests of this folder share, built once by the real services; each test has its own copy.

Walking an agency to a certificate answers a whole self-assessment, which is most of a test's time. The rows are
committed once for a module and emptied after it; what a test does on top of them is rolled back as ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from certification.applications.models import Application
from certification.certificates.models import Certificate
from iris.core import clocks
from tests import stock
from tests.conftest import NOON, _empty_as_owner
from tests.factories import agencies
from tests.factories import certificates as factory


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[dict[str, Any]]:
    """A certificate in force, one with a condition, and an application that waits for its decision."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), clocks.freeze(NOON):
        patch.setattr("iris.core.outbox.wake", lambda row_id, queue: None)
        patch.setattr("django.conf.settings.IRIS_FILES_ROOT", tmp_path_factory.mktemp("world"))
        agency = agencies.agency(
            "Kalimaru Overseas Services Pvt. Ltd.", corridors=[("NP", "MY"), ("NP", "QA")]
        )
        made = {
            "active": factory.certificate("active", agency).pk,
            "conditional": factory.certificate("conditional").pk,
        }
        made["recommended"] = factory.recommended().pk
        with stock.world():
            yield made
        _empty_as_owner()


@pytest.fixture
def base(world: dict[str, Any], db: None) -> Certificate:
    """A certificate in force, for Nepal to Malaysia and Qatar."""
    return Certificate.objects.select_related("agency__organisation", "application__firm").get(
        pk=world["active"]
    )


@pytest.fixture
def base_conditional(world: dict[str, Any], db: None) -> Certificate:
    """A certificate with one open condition."""
    return Certificate.objects.select_related("agency__organisation").get(pk=world["conditional"])


@pytest.fixture
def waiting(world: dict[str, Any], db: None) -> Application:
    """An application whose recommendation is in: to grant, nothing open."""
    return Application.objects.select_related("agency__organisation", "firm").get(pk=world["recommended"])
