"""The register, row by row, in batches: a fixed number of queries for five hundred rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from certification.agencies.models import Agency
from certification.certificates import selectors as certificates
from certification.opendata.models import Dump, LogEntry
from certification.opendata.rules import records
from certification.opendata.states import DumpKind
from certification.register import selectors as register

BATCH = 500


def _base() -> str:
    return settings.IRIS_PUBLIC_URL.rstrip("/")


def agency_rows() -> Iterator[dict[str, Any]]:
    """Every agency that stands on the register."""
    rows = register.listed().order_by("pk").prefetch_related("names").iterator(BATCH)
    for batch in batches(rows):
        standings = certificates.standings_of(batch)
        ends = certificates.public_endings_of(agency.pk for agency in batch)
        for agency in batch:
            yield records.agency_row(agency, standings[agency.pk], _base(), ends.get(agency.pk))


def certificate_rows() -> Iterator[dict[str, Any]]:
    """Every revision of every certificate."""
    rows = certificates.public_certificates().order_by("number", "revision").iterator(BATCH)
    for row in rows:
        yield records.certificate_row(row, certificates.standing_facts(row), _base())


def log_rows() -> Iterator[dict[str, Any]]:
    """Every line of the log."""
    for row in LogEntry.objects.order_by("index").iterator(BATCH):
        yield {"index": row.index, "text": row.text, "hash": row.hash}


def batches(rows: Iterable[Agency]) -> Iterator[list[Agency]]:
    """Five hundred at a time."""
    held: list[Agency] = []
    for row in rows:
        held.append(row)
        if len(held) == BATCH:
            yield held
            held = []
    if held:
        yield held


def dumps() -> QuerySet[Dump]:
    """The days whose files can be had, newest first."""
    return Dump.objects.filter(end=None).order_by("-as_of", "kind")


def last_full() -> Dump | None:
    """The newest complete files."""
    return dumps().filter(kind=DumpKind.FULL).first()
