"""Writing many rows of one table in one statement."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, models
from psycopg2.sql import SQL, Identifier  # type: ignore[import-untyped] # has no stubs


def write_rows(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Update these fields of these rows: `UPDATE … FROM (VALUES …)`.

    Does what bulk_update does, about ten times faster for a hundred rows: that one builds a CASE of every row for every
    field.
    """
    if not rows:
        return
    model = type(rows[0])
    fields = [model._meta.get_field(name) for name in names]
    assert all(isinstance(field, models.Field) for field in fields)
    concrete = [field for field in (model._meta.pk, *fields) if isinstance(field, models.Field)]
    types = [f.rel_db_type(connection) if f.is_relation else f.db_type(connection) for f in concrete]
    one = SQL("({})").format(SQL(", ").join(SQL("%s::" + str(t)) for t in types))
    columns = [Identifier(f.column) for f in concrete]
    statement = SQL(
        "UPDATE {table} SET {sets} FROM (VALUES {rows}) AS v({columns}) WHERE {table}.{key} = v.{key}"
    ).format(
        table=Identifier(model._meta.db_table),
        sets=SQL(", ").join(SQL("{0} = v.{0}").format(column) for column in columns[1:]),
        rows=SQL(", ").join([one] * len(rows)),
        columns=SQL(", ").join(columns),
        key=columns[0],
    )
    values = [f.get_db_prep_save(getattr(row, f.attname), connection) for row in rows for f in concrete]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
