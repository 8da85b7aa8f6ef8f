"""`manage.py openapi`: write docs/openapi.yaml and the page of endpoints; `--check` fails when they are not true."""

import io
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from iris.core.endpoint_tables import endpoint_page


class Command(BaseCommand):
    """Generate or compare the OpenAPI document."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare only")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        """Write or compare."""
        docs = Path(settings.BASE_DIR) / "docs"
        out = io.StringIO()
        call_command("spectacular", format="openapi", validate=False, fail_on_warn=check, stdout=out)
        text = out.getvalue().strip() + "\n"
        page = endpoint_page(yaml.safe_load(text))
        for target, told in ((docs / "openapi.yaml", text), (docs / "guides" / "api-endpoints.md", page)):
            if not check:
                target.write_text(told, encoding="utf-8")
                self.stdout.write(f"Wrote {target.relative_to(settings.BASE_DIR)}")
            elif not target.exists() or target.read_text(encoding="utf-8") != told:
                name = target.relative_to(settings.BASE_DIR)
                raise CommandError(f"{name} is not what the code says. Type: ./dev shell openapi")
