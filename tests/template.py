"""A database with every table and the Standard, made once for a whole test run and cloned by all that need one.

Each process of the run and each product of the journeys would else migrate an empty database of its own.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from iris import env

ROOT = Path(__file__).resolve().parents[1]
# Two checkouts may share a test server: each keeps to its own templates.
PREFIX = f"iris_template_{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}_"


def made() -> str:
    """The template's name; the first process that asks makes it, and drops those of earlier runs."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"pid{os.getpid()}"
    name = f"{PREFIX}{run[:24]}"
    with (Path(tempfile.gettempdir()) / f"{PREFIX}lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = [row[0] for row in sql(f"SELECT datname FROM pg_database WHERE datname LIKE '{PREFIX}%'")]
        if name not in known:
            for old in known:
                sql(f'DROP DATABASE IF EXISTS "{old}"')
            sql(f'CREATE DATABASE "{name}_making"')
            for command in ("migrate", "load_standard"):
                _manage(f"{name}_making", command, "-v0")
            sql(f'ALTER DATABASE "{name}_making" RENAME TO "{name}"')
    return name


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


def _manage(database: str, *arguments: str) -> None:
    owner = env.text("DATABASE_OWNER_URL").replace("/iris?", f"/{database}?")
    assert f"/{database}?" in owner, f"DATABASE_OWNER_URL does not name the database iris: {owner}"
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": owner, "DATABASE_OWNER_URL": owner},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
