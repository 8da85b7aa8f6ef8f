"""The structure of the database as one text: whole, of today's migrations, and what the models say."""

import shutil
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.commands import migrate as django_migrate
from django.db import connection

from iris.core import structure
from iris.core.management.commands import migrate

ROOMS = ("iris", "certification", "audits", "supplychain")
FAR_BEHIND = 25  # each migration that is not in the text costs everybody a second or more


def test_text_stands_for_the_migrations_as_they_are() -> None:
    found = structure.read()
    late = structure.behind(found)
    assert len(late) <= FAR_BEHIND, f"{len(late)} migrations came later. Type: ./dev structure"


def test_text_changed_by_hand_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "structure.sql"
    text = structure.PATH.read_text(encoding="utf-8")
    path.write_text(text.replace("character varying(16)", "character varying(17)", 1), encoding="utf-8")
    with pytest.raises(structure.Unfit, match="changed by hand"):
        structure.read(path)


def test_text_without_a_seal_or_without_a_file_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "structure.sql"
    with pytest.raises(structure.Unfit, match="there is no"):
        structure.read(path)
    path.write_text("SELECT 1;\n", encoding="utf-8")
    with pytest.raises(structure.Unfit, match="changed by hand"):
        structure.read(path)


@pytest.mark.parametrize(("become", "word"), [("0" * 16, "was changed"), (None, "is gone")])
def test_text_of_other_migrations_is_not_used(
    monkeypatch: pytest.MonkeyPatch, become: str | None, word: str
) -> None:
    present = structure.on_disk()
    name = ("iris_core", "0001_initial")
    changed = {**present, name: become} if become else {k: v for k, v in present.items() if k != name}
    monkeypatch.setattr(structure, "on_disk", lambda: changed)
    with pytest.raises(structure.Unfit, match=rf"iris_core\.0001_initial {word}"):
        structure.read()


def test_composed_text_keeps_statements_and_drops_the_rest() -> None:
    dump = (
        "--\n-- PostgreSQL database dump\n--\n\n\\restrict x\n\nSET row_security = off;\n\n"
        "--\n-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -\n--\n\nCREATE EXTENSION pg_trgm;\n\n\n"
        "SET default_tablespace = '';\n\n"
        "CREATE FUNCTION public.f() RETURNS int\n    LANGUAGE sql AS $$\n-- a comment of ours\nSELECT 1 $$;\n\n"
        "GRANT SELECT ON TABLE public.t TO iris_app;\nGRANT ALL ON FUNCTION public.f() TO iris_app;\n\n"
        "--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict x\n"
    )
    text = structure.compose(dump, {("one", "0001_initial"): "a" * 16})
    assert structure.parsed(text).migrations == {("one", "0001_initial"): "a" * 16}
    lines = [line for line in text.splitlines()[2:-1] if line]
    assert lines == [
        "CREATE EXTENSION pg_trgm;",
        "CREATE FUNCTION public.f() RETURNS int",
        "    LANGUAGE sql AS $$",
        "-- a comment of ours",
        "SELECT 1 $$;",
        "GRANT ALL ON FUNCTION public.f() TO {application_role};",
    ]


@pytest.mark.parametrize(
    ("empty", "options", "loaded"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"walk": True}, False),
        (True, {"app_label": "iris_core"}, False),
        (True, {"plan": True}, False),
        (True, {"fake": True}, False),
    ],
)
def test_only_a_whole_migrate_of_an_empty_database_begins_with_the_text(
    monkeypatch: pytest.MonkeyPatch, empty: bool, options: dict, loaded: bool
) -> None:
    calls: list[str] = []
    monkeypatch.setattr(structure, "is_empty", lambda _connection: empty)
    monkeypatch.setattr(structure, "load", lambda _connection, _found: calls.append("load"))
    monkeypatch.setattr(django_migrate.Command, "handle", lambda _self, *_a, **_k: calls.append("django"))
    call_command(migrate.Command(), verbosity=0, **options)
    assert calls == ["load", "django"] if loaded else calls == ["django"]


def test_unfit_text_means_walking_and_saying_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    calls: list[str] = []
    monkeypatch.setattr(structure, "is_empty", lambda _connection: True)
    monkeypatch.setattr(structure.read, "__defaults__", (tmp_path / "structure.sql",))
    monkeypatch.setattr(django_migrate.Command, "handle", lambda _self, *_a, **_k: calls.append("django"))
    call_command(migrate.Command(), verbosity=0)
    assert calls == ["django"]
    assert "takes minutes: there is no structure.sql" in capsys.readouterr().err


@pytest.mark.django_db
def test_database_has_what_the_models_say() -> None:
    """The test database was made from the text: every column's type and emptiness, every constraint, every index."""
    wrong: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull"
            " FROM information_schema.tables JOIN pg_attribute a ON a.attrelid = quote_ident(table_name)::regclass"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND a.attnum > 0 AND NOT a.attisdropped"
        )
        columns = {(table, name): (kind, null) for table, name, kind, null in cursor.fetchall()}
        cursor.execute(
            "SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class WHERE relkind = 'i'"
        )
        names = {row[0] for row in cursor.fetchall()}
    expected: dict[tuple[str, str], tuple[str, bool]] = {}
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.split(".")[0] not in ROOMS or model._meta.proxy or not model._meta.managed:
            continue
        table = model._meta.db_table
        for field in model._meta.local_concrete_fields:
            expected[table, field.column] = (spelled(str(field.db_type(connection))), field.null)
        named = [one.name for one in (*model._meta.constraints, *model._meta.indexes)]
        wrong += [f"{table} has no {name}" for name in named if name not in names]
    ours = {table for table, _name in expected}
    real = {key: value for key, value in columns.items() if key[0] in ours}
    wrong += [
        f"{key}: {real.get(key)}, not {expected.get(key)}"
        for key in real.keys() | expected.keys()
        if real.get(key) != expected.get(key)
    ]
    assert sorted(wrong) == []


def spelled(kind: str) -> str:
    """A column's type of Django as PostgreSQL's catalogue writes it."""
    begin = kind.split("(")[0]
    names = {"varchar": "character varying", "bool": "boolean", "char": "character"}
    return kind.replace(begin, names.get(begin, begin), 1).replace(", ", ",")


@pytest.mark.campaign
def test_text_is_what_all_migrations_end_in() -> None:
    """Every migration is walked in a database of its own, and both are dumped and compared: two minutes."""
    if not shutil.which("pg_dump"):
        pytest.skip("needs pg_dump on the path; `./dev structure --prove` finds it")
    call_command("structure", prove=True)
