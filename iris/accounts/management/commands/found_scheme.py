"""Set up the scheme and its first manager on an empty machine."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from iris.accounts import services
from iris.core.errors import DomainError


class Command(BaseCommand):
    """`manage.py found_scheme --country CH --email ines@example.org --full-name "Inès Moreau"`."""

    help = (
        "Set up the scheme and its first manager. The manager sets a password by the link for forgotten ones."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Who the first manager is; the name of the scheme comes from the settings."""
        parser.add_argument("--country", required=True, help="two letters, such as CH")
        parser.add_argument("--email", required=True)
        parser.add_argument("--full-name", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses, with the reason, when there is a scheme already."""
        try:
            scheme, person = services.found_scheme(
                name=settings.SCHEME_NAME,
                country=options["country"].upper(),
                email=options["email"],
                full_name=options["full_name"],
            )
        except DomainError as error:
            words = [str(error.message), *(str(text) for texts in error.fields.values() for text in texts)]
            raise CommandError(" ".join(words)) from error
        self.stdout.write(f"{scheme.name} is set up. Its first manager is {person.label} <{person.email}>.")
        self.stdout.write(
            f"They set a password at {settings.IRIS_PUBLIC_URL}{reverse('account_reset_password')}"
        )
