"""`manage.py appoint EMAIL NAME ROLE`: the first people of a scheme, before anyone can invite them."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from iris.accounts import services
from iris.accounts.selectors import scheme_organisation
from iris.accounts.states import ROLES_OF_KIND, OrganisationKind
from iris.core.errors import DomainError

ROLES = [str(role) for role in ROLES_OF_KIND[OrganisationKind.SCHEME]]


class Command(BaseCommand):
    """Make a person of the scheme's office; the password is asked for, or read from standard input."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("role", choices=ROLES)
        parser.add_argument("--office", default="Scheme office", help="name of the scheme's office, when it is new")
        parser.add_argument("--country", default="CH", help="its country, when it is new")

    @transaction.atomic
    def handle(self, *args: Any, email: str, name: str, role: str, office: str, country: str, **options: Any) -> None:
        """Create the office when there is none, the person, and the membership."""
        password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
        if len(password) < 12:
            raise CommandError(f"The password: expected at least 12 characters, found {len(password)}.")
        try:
            scheme = scheme_organisation() or services.create_organisation(OrganisationKind.SCHEME, office, country)
            person = services.register_person(email, name, password, verified=True)
            services.add_member(scheme, person, role)
        except DomainError as error:
            texts = [str(text) for texts in error.fields.values() for text in texts]
            raise CommandError("; ".join(texts) or str(error.message)) from error
        self.stdout.write(f"{name} may sign in as {role} of {scheme.name}.")
