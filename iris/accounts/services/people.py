"""People: registering and changing their own particulars."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core.errors import BadInput


def clean_email(email: str) -> str:
    """One spelling of an address. Raises BadInput."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as problem:
        raise BadInput(
            fields={"email": [_("Enter an e-mail address such as name@example.org.")]}
        ) from problem
    if len(address) > 254:
        raise BadInput(fields={"email": [_("This address is longer than 254 characters.")]})
    return address


@transaction.atomic
def register_person(
    email: str, full_name: str, password: str | None = None, verified: bool = False, language: str = "en"
) -> User:
    """Make a person with an e-mail address. Raises BadInput when the address is taken or not an address."""
    address = clean_email(email)
    if User.objects.filter(email=address).exists():
        raise BadInput(fields={"email": [_("There is already a person with this address.")]})
    user = User.objects.create_user(address, password, full_name=full_name.strip(), language=language)
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=verified)
    return user


@transaction.atomic
def change_profile(*, user: User, full_name: str, language: str) -> User:
    """Change a person's own name and language."""
    if not full_name.strip():
        raise BadInput(fields={"full_name": [_("Enter your name as colleagues should read it.")]})
    person = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    person.full_name, person.language = full_name.strip(), language
    person.save(update_fields=["full_name", "language"])
    return person


def mark_demo(user: User) -> User:
    """List a person among the demo people. Only the seed of demo data does this."""
    user.demo = True
    user.save(update_fields=["demo"])
    return user
