"""`manage.py load_standard [PATH …]`: bring editions of the Standard from their files into the database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certification.standard import selectors, services
from certification.standard.documents import is_mapping, shipped_documents, shipped_mappings
from certification.standard.rules import missing_for_issue
from iris.core.errors import Conflict
from iris.core.events import SYSTEM, SystemActor

Result = TypeVar("Result")
WORDS = {
    services.Change.CREATED: "loaded",
    services.Change.REPLACED: "replaced",
    services.Change.REFERENCES: "references revised",
    services.Change.LANGUAGES: "languages revised",
    services.Change.UNCHANGED: "unchanged",
}


class Command(BaseCommand):
    """Load editions of the Standard and issue those whose first day has come. Safe to run on every start."""

    help = (
        "Load editions of the Standard from YAML files (all that are shipped when none is named) and issue "
        "those whose first day has come. Loading the same file again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The files, none meaning all that are shipped."""
        parser.add_argument(
            "paths", nargs="*", type=Path, metavar="PATH", help="a YAML file; see standards/README.md"
        )

    def handle(self, *args: Any, paths: list[Path], verbosity: int = 1, **options: Any) -> None:
        """Load each file, then do what the calendar asks for."""
        named = [path for path in paths if not is_mapping(path)]
        mappings = [path for path in paths if is_mapping(path)]
        for path in named or ([] if paths else shipped_documents()):
            loaded = self._refusing(path, services.load_edition)
            if verbosity:
                self.stdout.write(f"{path.name}: edition {loaded.edition.number} {WORDS[loaded.change]}")
        for edition in services.turn_editions():
            if verbosity:
                self.stdout.write(f"edition {edition.number}: {edition.state_member.label}")
        for edition in selectors.editions_due():
            left = " ".join(str(text) for text in missing_for_issue(edition))
            self.stderr.write(f"edition {edition.number} is due but was not issued. {left}")
        for path in mappings or ([] if paths else shipped_mappings()):
            scheme, change = self._refusing(path, services.load_mapping)
            if verbosity:
                self.stdout.write(f"{path.name}: mapping to {scheme.title} {WORDS[change]}")

    def _refusing(self, path: Path, load: Callable[[Path, SystemActor], Result]) -> Result:
        try:
            return load(path, SYSTEM)
        except services.DocumentRefused as refused:
            lines = [f"{path}: {len(refused.problems)} to correct; nothing was changed."]
            lines += [f"  {line}" for line in refused.lines]
            raise CommandError("\n".join(lines)) from refused
        except Conflict as conflict:
            raise CommandError(f"{path}: {conflict.message}") from conflict
