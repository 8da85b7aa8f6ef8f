"""One certified agency that the tests of this folder share, made once for a file by the real services."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from certification.certificates.models import Certificate
from iris.accounts.models import User
from iris.core import clocks, outbox
from supplychain.watches import services
from supplychain.watches.models import Watch
from tests import stock
from tests.conftest import NOON, _empty_as_owner
from tests.factories import accounts, agencies, certificates


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Any]:
    """The key of a certificate for Nepal to Malaysia and Qatar. Walking there is most of a test's time."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), clocks.freeze(NOON):
        patch.setattr("iris.core.outbox.wake", lambda row_id, queue: None)
        patch.setattr("django.conf.settings.IRIS_FILES_ROOT", tmp_path_factory.mktemp("world"))
        agency = agencies.agency("Himal Overseas Pvt. Ltd.", corridors=[("NP", "MY"), ("NP", "QA")])
        made = certificates.certificate(agency=agency).pk
        outbox.run_all()
        with stock.world():
            yield made
        _empty_as_owner()


@pytest.fixture
def certificate(world: Any, db: None) -> Certificate:
    """In force, with nothing left to be told."""
    return Certificate.objects.select_related("agency__organisation").get(pk=world)


@pytest.fixture
def buyer(certificate: Certificate) -> User:
    """Who buys for an employer."""
    return accounts.person("employer", "sourcing_manager")


@pytest.fixture
def watch(buyer: User, certificate: Certificate) -> Watch:
    """The buyer watches the agency."""
    return services.watch(actor=buyer, subject_kind="agency", agency_id=certificate.agency_id)
