"""Letters of a case, for those who may read them: the agency and the scheme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from certification.applications.models import Application, Letter, LetterFile
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind

from .cases import applications_visible_to

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True)
class LetterLine:
    """A letter in a list, and whether its PDF is made."""

    letter: Letter
    has_pdf: bool


def letters_visible_to(user: User | AnonymousUser) -> QuerySet[Letter]:
    """The agency's own and the scheme's; an audit firm reads none of them."""
    if not isinstance(user, User) or not user.is_kind(OrganisationKind.AGENCY, OrganisationKind.SCHEME):
        return Letter.objects.none()
    return Letter.objects.filter(
        application__in=applications_visible_to(user).order_by().values("pk")
    ).select_related("application__agency", "sent_by", "file_row__file")


def letters_of(application: Application, user: User) -> list[LetterLine]:
    """The letters of one case, newest first."""
    rows = letters_visible_to(user).filter(application=application).order_by("-number")
    made = set(LetterFile.objects.filter(letter__application=application).values_list("letter_id", flat=True))
    return [LetterLine(row, row.pk in made) for row in rows]
