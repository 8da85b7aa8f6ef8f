"""The description of a day's files: a Frictionless Data Package, and the manifest that is signed. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from certification.opendata.rules.records import AGENCY_FIELDS, CERTIFICATE_FIELDS, Field

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
GUARD = (
    "In the CSV files a cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage "
    "return) has an apostrophe before it. The JSONL files hold every value as it is."
)
ABOUT = (
    "The public register of certified recruitment agencies as of one moment. What a certificate is worth may have "
    "changed since: ask the register at the address in the row before you rely on it."
)


def data_package(*, name: str, title: str, as_of: str, base: str, rows: dict[str, int]) -> dict[str, Any]:
    """datapackage.json (Data Package 1.0): what each table holds, under which licence, from where, as of when."""
    return {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "description": f"{ABOUT} {GUARD}",
        "homepage": f"{base}/open-data/",
        "created": as_of,
        "asOf": as_of,
        "licenses": [LICENCE],
        "sources": [{"title": title, "path": f"{base}/register/"}],
        "resources": [
            _resource("agencies", AGENCY_FIELDS, rows["agencies"], []),
            _resource(
                "certificates",
                CERTIFICATE_FIELDS,
                rows["certificates"],
                [{"fields": "agency_id", "reference": {"resource": "agencies", "fields": "id"}}],
            ),
        ],
    }


def _resource(name: str, fields: tuple[Field, ...], rows: int, foreign: list[Any]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "rows": rows,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": {
            "fields": [_field(*one) for one in fields],
            "primaryKey": "id",
            "missingValues": [""],
            **({"foreignKeys": foreign} if foreign else {}),
        },
    }


def _field(name: str, kind: str, about: str) -> dict[str, Any]:
    told: dict[str, Any] = {"name": name, "type": kind}
    if about:
        told["description"] = about
    if kind == "datetime":
        told["format"] = "%Y-%m-%dT%H:%M:%SZ"
    if name == "id":
        told["constraints"] = {"required": True, "unique": True}
    return told


def kept(day: date, today: date, days: int) -> bool:
    """Whether the files of a day stay: of the last days, and of the last day of every month."""
    return (today - day).days < days or (day + timedelta(days=1)).day == 1
