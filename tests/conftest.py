"""One test database: made by its owner, then used by the role that owns nothing.

Transactional tests are cleaned by the owner, because the application's role may not truncate and the append-only
tables refuse to be emptied by anyone.
"""

import gc
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import override_settings, setup_databases, teardown_databases

from iris import env
from iris.core import clocks
from tests import stock, template
from tests.figures import figures, pytest_terminal_summary

__all__ = ["figures", "pytest_terminal_summary"]
SHARED = Path(settings.BASE_DIR).parent / "shared"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
# Tables a transactional test leaves alone: the edition of the Standard that every test reads.
KEPT_PREFIXES = ("certification_standard_", "django_migrations", "django_content_type", "auth_permission")
# Tables that anything was ever written to. Most were not, and truncating all of them takes a second.
WRITTEN_TO = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0
"""


def pytest_configure(config: pytest.Config) -> None:
    """The two marks that take a test out of this file's safeguards."""
    config.addinivalue_line("markers", "real_time: not under the frozen clock")
    config.addinivalue_line("markers", "real_broker: jobs are sent to the broker")


def pytest_collection_finish() -> None:
    """What is there once all tests are known stays until the end: the collector need not walk it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    stock.STOCK.noon, stock.STOCK.closed = NOON, False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys first: they are the longest, and one process should have them all."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def _owner_address() -> dict[str, Any]:
    own = env.database(env.text("DATABASE_OWNER_URL"))
    return {
        "dbname": connection.settings_dict["NAME"],
        "user": own["USER"],
        "password": own["PASSWORD"],
        "host": own["HOST"],
        "port": own["PORT"] or None,
    }


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_keepdb: bool, request: Any
) -> Iterator[None]:
    """Clone the run's template as its owner, then step down to the application's role.

    With `--reuse-db` the database of the run before is brought up to date and kept (for narrow runs at one's desk).
    """
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    if worker:
        settings.DATABASES["default"]["TEST"]["NAME"] += f"_{worker}"
        connection.settings_dict["TEST"]["NAME"] = settings.DATABASES["default"]["TEST"]["NAME"]
    if not django_db_keepdb:
        connection.settings_dict["TEST"]["TEMPLATE"] = template.made()
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, keepdb=django_db_keepdb)
        owner = dict(connection.settings_dict)
        stock.install(settings.IRIS_APP_ROLE)
        if django_db_keepdb:
            call_command("load_standard", verbosity=0)
        connection.close()
        connection.settings_dict["USER"] = settings.IRIS_APP_ROLE
        connection.settings_dict["PASSWORD"] = ""
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict.update(owner)
        teardown_databases(made, verbosity=0, keepdb=django_db_keepdb)


def _empty_as_owner() -> None:
    """Empty every table but the kept ones with triggers asleep; only a superuser of the test server can."""
    connection.close()
    with psycopg2.connect(**_owner_address()) as owner, owner.cursor() as cursor:
        cursor.execute(WRITTEN_TO)
        tables = [name for (name,) in cursor.fetchall() if not name.startswith(KEPT_PREFIXES)]
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("".join(f'DELETE FROM "{table}";' for table in tables) + "SELECT 1")
    owner.close()


@pytest.fixture(autouse=True, scope="session")
def _owner_empties() -> Iterator[None]:
    """Replace Django's flush, which runs as the application's role and would rightly be refused."""
    was = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: _empty_as_owner()  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = was  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def frozen_clock(request: pytest.FixtureRequest) -> Iterator[datetime]:
    """Every test runs at noon UTC on 21 November 2026, unless it is marked `real_time`."""
    if request.node.get_closest_marker("real_time"):
        yield datetime.now(UTC)
        return
    with clocks.freeze(NOON) as at:
        yield at


@pytest.fixture(autouse=True)
def _private_files(tmp_path: Path) -> Iterator[None]:
    """Stored files of a test live in its own folder."""
    with override_settings(IRIS_FILES_ROOT=tmp_path / "files"):
        yield


@pytest.fixture(autouse=True)
def _no_broker(request: pytest.FixtureRequest) -> Iterator[None]:
    """Jobs wait in their rows; a test runs them with outbox.run_all()."""
    with pytest.MonkeyPatch.context() as patch:
        if not request.node.get_closest_marker("real_broker"):
            patch.setattr("iris.core.outbox.wake", lambda row_id, queue: None)
        yield


@pytest.fixture
def monkeypatch(_no_broker: None) -> Iterator[pytest.MonkeyPatch]:
    """pytest's own, known to the stock: what is made while something is patched is made for real.

    After `_no_broker`, so that what both patched is put back in order.
    """
    with pytest.MonkeyPatch.context() as patch, stock.beside(patch):
        yield patch


@pytest.fixture(autouse=True)
def _stock(request: pytest.FixtureRequest) -> Iterator[None]:
    """Factories may answer from stock (tests.stock) where a test patches nothing.

    What processes keep by the key of a thing begins empty: things of the same key come back.
    """
    cache.clear()
    if "supplychain.chains.selectors.arrays" in sys.modules:
        sys.modules["supplychain.chains.selectors.arrays"].forget()
    with stock.usual(changed="settings" in request.fixturenames):
        yield


@pytest.fixture
def shared() -> Path:
    """The folder with outside oracles and real input; the test is skipped, saying so, in a clone that lacks it."""
    if not SHARED.is_dir():
        pytest.skip(
            "needs ../shared (outside oracles and real input), which this clone does not have beside it"
        )
    return SHARED
