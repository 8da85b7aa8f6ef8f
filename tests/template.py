"""What is made once for a whole test run: a database with every table and the Standard, and the files browsers load.

Each process of the run and each product of the journeys clones the database, and would else migrate one of its own.
"""

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from iris import env

ROOT = Path(__file__).resolve().parents[1]
# Two checkouts may share a test server: each keeps to its own templates.
PREFIX = f"iris_template_{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}_"
# In one process, because starting Django costs more than either.
FILL = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_standard", verbosity=0)
"""


def made() -> str:
    """The template's name; the first process that asks makes it, and drops those of earlier runs."""
    name = f"{PREFIX}{_run()}"
    with _alone():
        known = [row[0] for row in sql(f"SELECT datname FROM pg_database WHERE datname LIKE '{PREFIX}%'")]
        if name not in known:
            for old in known:
                sql(f'DROP DATABASE IF EXISTS "{old}"')
            sql(f'CREATE DATABASE "{name}_making"')
            _run_python("-c", FILL, **_owner_of(f"{name}_making"))
            sql(f'ALTER DATABASE "{name}_making" RENAME TO "{name}"')
    return name


def static() -> Path:
    """The folder of the files that browsers load; the first process that asks collects them."""
    home = Path(env.text("IRIS_HOME")) / "journeys"
    stamp = home / "static-run"
    with _alone():
        if not stamp.exists() or stamp.read_text() != _run():
            home.mkdir(parents=True, exist_ok=True)
            settings = "iris.settings.development"
            collect = ("manage.py", "collectstatic", "--no-input", "-v0")
            _run_python(*collect, IRIS_HOME=str(home), DJANGO_SETTINGS_MODULE=settings)
            stamp.write_text(_run())
    return home / "static"


def _run() -> str:
    return (os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"pid{os.getpid()}")[:24]


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    with (Path(tempfile.gettempdir()) / f"{PREFIX}lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sql(statement: str) -> list[tuple[Any, ...]]:
    """Run one statement as the owner on the server's own database."""
    own = env.database(env.text("DATABASE_OWNER_URL"))
    connection = psycopg2.connect(
        dbname="postgres",
        user=own["USER"],
        password=own["PASSWORD"],
        host=own["HOST"],
        port=own["PORT"] or None,
    )
    try:
        connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def _owner_of(database: str) -> dict[str, str]:
    owner = env.text("DATABASE_OWNER_URL").replace("/iris?", f"/{database}?")
    assert f"/{database}?" in owner, f"DATABASE_OWNER_URL does not name the database iris: {owner}"
    return {"DATABASE_URL": owner, "DATABASE_OWNER_URL": owner}


def _run_python(*arguments: str, **variables: str) -> None:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
