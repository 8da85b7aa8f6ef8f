"""`manage.py openapi`: write docs/openapi.yaml from the code; `--check` fails when the file tells something else."""

import io
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Generate or compare the OpenAPI document."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare only")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        """Write or compare."""
        target = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"
        out = io.StringIO()
        call_command("spectacular", format="openapi", validate=False, fail_on_warn=check, stdout=out)
        text = out.getvalue().strip() + "\n"
        if not check:
            target.write_text(text, encoding="utf-8")
            self.stdout.write(f"Wrote {target.relative_to(settings.BASE_DIR)}")
        elif not target.exists() or target.read_text(encoding="utf-8") != text:
            raise CommandError("docs/openapi.yaml is not what the code says. Type: ./dev shell openapi")
