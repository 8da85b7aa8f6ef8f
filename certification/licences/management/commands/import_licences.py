"""`manage.py import_licences REGISTER FILE`: bring the list of a national register in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_date, parse_datetime

from certification.licences import selectors, services
from iris.core.errors import BadInput


class Command(BaseCommand):
    """Read a file as the list of a register. A file that cannot be read is kept as a failed attempt."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Register, file, and what is not in the file itself."""
        codes = ", ".join(spec.code for spec in selectors.registers())
        parser.add_argument("register", metavar="REGISTER", help=f"one of {codes}")
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV, XLSX, a saved web page, or JSON")
        parser.add_argument(
            "--retrieved-at", default="", help="when it was had (2026-05-03 or 2026-05-03T14:00Z)"
        )
        parser.add_argument(
            "--source", default="", help="where it was had; the register's address by default"
        )
        parser.add_argument(
            "--partial", action="store_true", help="the file holds only a part of the register"
        )
        parser.add_argument("--accept-shrunk", action="store_true", help="take a list that lost most entries")

    def handle(self, *args: Any, register: str, file: Path, **options: Any) -> None:
        """Read it in and say what it changed."""
        spec = selectors.register(register)
        if spec is None:
            known = ", ".join(one.code for one in selectors.registers())
            raise CommandError(f"REGISTER: expected one of {known}; found {register!r}.")
        if not file.is_file():
            raise CommandError(f"{file}: there is no such file.")
        source = options["source"] or spec.address
        at = _moment(options["retrieved_at"])
        try:
            snapshot = services.import_snapshot(
                code=spec.code,
                data=file.read_bytes(),
                name=file.name,
                source=source,
                actor=None,
                retrieved_at=at,
                complete=False if options["partial"] else None,
                accept_shrunk=options["accept_shrunk"],
            )
        except BadInput as error:
            sentences = [str(text) for texts in error.fields.values() for text in texts]
            why = " ".join(sentences) or str(error.message)
            services.record_failure(code=spec.code, source=source, why=why)
            raise CommandError(f"{file}: {why}") from error
        changes = ", ".join(f"{count} {kind}" for kind, count in snapshot.changes.items())
        self.stdout.write(f"{spec.code}: {snapshot.held} licences from {snapshot.rows} rows ({changes}).")
        for sentence in snapshot.sentences:
            self.stdout.write(f"  {sentence}")
        if snapshot.more_problems:
            self.stdout.write(f"  and {snapshot.more_problems} more.")


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = parse_datetime(text)
        day = parse_date(text[:10])
    except ValueError:
        moment = day = None
    if moment is None and day is None:
        raise CommandError(f"--retrieved-at: expected a day like 2026-05-03, found {text!r}.")
    found = moment or datetime.combine(day, datetime.min.time())  # type: ignore[arg-type] # one of the two is there
    return found if found.tzinfo else found.replace(tzinfo=UTC)
