"""`manage.py rotate_credential_key --reason "..."`: a new key signs from now on; the old one stays published."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from certification.credentials import services
from certification.credentials.states import KeyUse
from iris.core.errors import DomainError


class Command(BaseCommand):
    """Change the key that signs credentials, or the one that signs documents."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reason", required=True, help="why; it is kept with the key")
        parser.add_argument("--use", choices=KeyUse.values, default=KeyUse.CREDENTIAL.value)

    def handle(self, *args: Any, reason: str, use: str, **options: Any) -> None:
        """Says which key signs now."""
        try:
            key = services.rotate_by_command(use=use, reason=reason)
        except DomainError as error:
            raise CommandError(str(error.message) or "Say why: --reason.") from error
        self.stdout.write(
            f"{key.name} ({key.algorithm}) signs from now on. The key before it stays published."
        )
