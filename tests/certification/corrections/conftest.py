"""One agency on the register for all tests of a file: walking to a certificate is the slow part."""

from collections.abc import Iterator
from typing import Any

import pytest

from certification.agencies.models import Agency
from iris.core import clocks
from tests import stock
from tests.conftest import NOON, _empty_as_owner
from tests.factories import corrections


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), clocks.freeze(NOON):
        patch.setattr("iris.core.outbox.wake", lambda row_id, queue: None)
        patch.setattr("django.conf.settings.IRIS_FILES_ROOT", tmp_path_factory.mktemp("world"))
        made = corrections.listed("Kalimaru Overseas Services Pvt. Ltd.").pk
        with stock.world():
            yield made
        _empty_as_owner()


@pytest.fixture
def agency(_made: Any, db: None) -> Agency:
    return Agency.objects.get(pk=_made)


@pytest.fixture(autouse=True)
def _no_counts(settings: Any) -> None:
    """Counters of addresses begin anew with each test."""
    from django.core.cache import cache

    cache.clear()
