"""PostgreSQL: trigram GIN on names as written, or canonical key first and trigram GIN on normalised text."""

import io
import sys
import time
from typing import Any

import psycopg2

from tests.bench.peers import common

RAW = """
SELECT id, similarity(name, %(text)s) FROM bench_names WHERE name %% %(text)s ORDER BY 2 DESC, id LIMIT 10
"""
KEYED = """
SELECT id, 1.0 FROM bench_names WHERE key = %(key)s ORDER BY id LIMIT 10
"""
NORMAL = """
SELECT id, similarity(normal, %(normal)s) FROM bench_names WHERE normal %% %(normal)s ORDER BY 2 DESC, id LIMIT 10
"""


def main() -> None:
    """`--keyed` as the first argument takes the second of the two."""
    keyed = "--keyed" in sys.argv
    sys.argv = [one for one in sys.argv if one != "--keyed"]
    options = common.arguments()
    began = time.perf_counter()
    rows = common.register(options.register)
    connection = psycopg2.connect(options.dsn)
    connection.autocommit = True
    cursor = connection.cursor()
    _fill(cursor, rows, keyed)
    build = time.perf_counter() - began
    common.answer(
        common.questions(options.queries, options.sample),
        _keyed(cursor) if keyed else _raw(cursor),
        options.out,
        build,
    )
    cursor.execute("DROP TABLE bench_names")


def _fill(cursor: Any, rows: list[common.Row], keyed: bool) -> None:
    normal = _normaliser() if keyed else (lambda name: ("", ""))
    cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    cursor.execute("DROP TABLE IF EXISTS bench_names")
    cursor.execute("CREATE UNLOGGED TABLE bench_names (id text, name text, normal text, key text)")
    lines = io.StringIO()
    for id_, name, _country in rows:
        cells = (id_, name, *normal(name))
        lines.write("\t".join(cell.replace("\\", "\\\\").replace("\t", " ") for cell in cells) + "\n")
    lines.seek(0)
    cursor.copy_from(lines, "bench_names", null="\\N")
    column = "normal" if keyed else "name"
    cursor.execute(f"CREATE INDEX ON bench_names USING gin ({column} gin_trgm_ops)")
    cursor.execute("CREATE INDEX ON bench_names (key)")
    cursor.execute("ANALYZE bench_names")


def _normaliser() -> Any:
    from iris.matching import key, normalise

    return lambda name: (normalise(name), key(name))


def _raw(cursor: Any) -> common.Ask:
    def ask(text: str, _country: str) -> list[common.Hit]:
        cursor.execute(RAW, {"text": text})
        return [(id_, float(score)) for id_, score in cursor.fetchall()]

    return ask


def _keyed(cursor: Any) -> common.Ask:
    normal = _normaliser()

    def ask(text: str, _country: str) -> list[common.Hit]:
        normalised, key = normal(text)
        cursor.execute(KEYED, {"key": key})
        hits = cursor.fetchall()
        if not hits:
            cursor.execute(NORMAL, {"normal": normalised})
            hits = cursor.fetchall()
        return [(id_, float(score)) for id_, score in hits]

    return ask


if __name__ == "__main__":
    main()
