"""A tiny index of a test's own: its folder, and a process that has loaded nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg2
import pytest
from django.db import connection

from iris import env
from supplychain.names import index, services
from supplychain.names.folder import Manifest
from tests.bench import filling


@pytest.fixture
def own_folder(tmp_path: Path, settings: Any, db: None) -> Iterator[Path]:
    """The index of this test lies in its own folder; what the process held before and after is forgotten."""
    settings.IRIS_HOME = tmp_path
    index.forget()
    index.take_as_warm()
    yield tmp_path
    index.forget()


@pytest.fixture
def build(own_folder: Path) -> Callable[[], Manifest]:
    """Builds the base."""
    return services.build_base


@pytest.fixture
def register() -> Callable[..., list[UUID]]:
    """Enrols agencies of these names by plain SQL, "Name" or ("Name", "NP"); returns their numbers."""

    def fill(*names: str | tuple[str, str]) -> list[UUID]:
        lines = [(str(uuid4()), *((one, "NP") if isinstance(one, str) else one)) for one in names]
        filling.fill_lines(lines)
        return [filling.agency_id_of(number) for number, _name, _country in lines]

    return fill


@pytest.fixture
def sessions() -> Iterator[Callable[[], Any]]:
    """Opens sessions of their own to the test database; the rows that they commit to the feed are taken out again."""
    opened: list[Any] = []
    own = env.database(env.text("DATABASE_OWNER_URL"))

    def open_one() -> Any:
        session = psycopg2.connect(
            dbname=connection.settings_dict["NAME"],
            user=own["USER"],
            password=own["PASSWORD"],
            host=own["HOST"],
            port=own["PORT"] or None,
        )
        opened.append(session)
        return session

    yield open_one
    for session in opened:
        session.rollback()
    last = open_one()
    with last, last.cursor() as cursor:
        cursor.execute("DELETE FROM supplychain_names_namechange")
    for session in opened:
        session.close()
