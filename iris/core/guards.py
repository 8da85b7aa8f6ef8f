"""What the database itself refuses, installed after every migrate.

- The application's role owns nothing: it gets SELECT, INSERT, UPDATE, DELETE on the tables and no TRUNCATE.
- Append-only tables lose UPDATE and DELETE too, and a trigger refuses both and TRUNCATE to everyone.
- A row of a stateful model may only be inserted in its first state, and its state may only move along a transition
  that the code declares.
- Changes of what machines follow are noted in their feed (iris.core.feeds).
"""

from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.db import connections, models

from iris.core import feeds
from iris.core.fsm import StateField, transitions_of

_REFUSE = """
CREATE OR REPLACE FUNCTION iris_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Set by the owner's retention function, for its transaction; the application's role has no DELETE here anyway.
  IF TG_OP = 'DELETE' AND current_setting('iris.retention', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
"""
_STATE = """
CREATE OR REPLACE FUNCTION iris_guard_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE col text := TG_ARGV[0]; was text; is_now text;
BEGIN
  is_now := to_jsonb(NEW) ->> col;
  IF TG_OP = 'INSERT' THEN
    IF NOT is_now = ANY (string_to_array(TG_ARGV[1], ',')) THEN
      RAISE EXCEPTION '%: a new row may not begin as %', TG_TABLE_NAME, is_now USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  was := to_jsonb(OLD) ->> col;
  IF was IS DISTINCT FROM is_now AND NOT (was || '>' || is_now) = ANY (string_to_array(TG_ARGV[2], ',')) THEN
    RAISE EXCEPTION '%: no act leads from % to %', TG_TABLE_NAME, was, is_now USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""


def install(using: str = "default") -> None:
    """Bring rights and triggers into agreement with the code. Idempotent."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute(_REFUSE + _STATE)
        for statement in (*_statements(tables), *feeds.statements(tables)):
            cursor.execute(statement)


def _statements(tables: set[str]) -> Iterable[str]:
    role = settings.IRIS_APP_ROLE
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table not in tables or not model._meta.managed:
            continue
        if getattr(model, "append_only", False):
            yield from _append_only(table, role)
        for field in model._meta.local_fields:
            if isinstance(field, StateField):
                yield _state_trigger(model, table, field)


def _append_only(table: str, role: str) -> Iterable[str]:
    yield f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {role}'
    yield (
        f'CREATE OR REPLACE TRIGGER iris_append_only BEFORE UPDATE OR DELETE ON "{table}" '
        "FOR EACH ROW EXECUTE FUNCTION iris_refuse_change()"
    )
    yield (
        f'CREATE OR REPLACE TRIGGER iris_no_truncate BEFORE TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION iris_refuse_change()"
    )


def first_states(model: type[models.Model], field: StateField) -> list[str]:
    """The states a row may begin in: the field's default, or the model's `first_states`."""
    declared = getattr(model, "first_states", None)
    return [str(state) for state in declared] if declared else [str(field.default)]


def _state_trigger(model: type[models.Model], table: str, field: StateField) -> str:
    pairs = ",".join(sorted({f"{source}>{target}" for source, _act, target in transitions_of(model)}))
    firsts = ",".join(first_states(model, field))
    return (
        f'CREATE OR REPLACE TRIGGER iris_state_{field.column} BEFORE INSERT OR UPDATE ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION iris_guard_state('{field.column}', '{firsts}', '{pairs}')"
    )
