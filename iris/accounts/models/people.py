"""People who sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from iris.accounts.states import OrganisationState
from iris.core.models import Record

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from iris.accounts.models.organisations import Membership, Organisation


class UserManager(BaseUserManager["User"]):
    """Makes people; e-mail addresses are kept in small letters so that one address is one person."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make a person who can sign in."""
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Find a person by e-mail, however it is capitalised."""
        return self.get(email=(username or "").strip().lower())


class User(Record, AbstractBaseUser, PermissionsMixin):
    """One person. What they may do comes from the membership they are acting under, never from this row."""

    email = models.EmailField(_("e-mail address"), unique=True, max_length=254)
    full_name = models.CharField(_("full name"), max_length=200)
    language = models.CharField(_("language"), max_length=12, default="en")
    is_active = models.BooleanField(_("can sign in"), default=True)
    demo = models.BooleanField(_("demo person"), default=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["full_name", "email"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_user_email_small_letters"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Keep one spelling of an address."""
        self.email = self.email.strip().lower()

    @property
    def label(self) -> str:
        """Name to show."""
        return self.full_name or self.email

    @cached_property
    def open_memberships(self) -> list[Membership]:
        """The memberships this person may act under, the oldest first."""
        return list(self.memberships_to_act())

    def memberships_to_act(self) -> QuerySet[Membership]:
        """The active memberships in organisations that may act here, the oldest first."""
        return (
            self.memberships.filter(active=True, organisation__state=OrganisationState.ACTIVE)
            .select_related("organisation")
            .order_by("created_at", "id")
        )

    @cached_property
    def acting(self) -> Membership | None:
        """The membership under which this person acts now.

        Middleware sets it to the one chosen in the session; elsewhere it is the first active one. Only
        memberships in organisations that may act here count, so a person of one that is still being
        vetted acts for nobody.
        """
        return self.open_memberships[0] if self.open_memberships else None

    def forget_acting(self) -> None:
        """Look the membership up again when it is next asked for (after memberships changed)."""
        self.__dict__.pop("acting", None)
        self.__dict__.pop("open_memberships", None)

    @property
    def organisation(self) -> Organisation | None:
        """The organisation this person acts for now."""
        return self.acting.organisation if self.acting else None

    @property
    def kind(self) -> str:
        """Kind of the acting organisation, or an empty string."""
        return self.acting.organisation.kind if self.acting else ""

    @property
    def role(self) -> str:
        """Role in the acting organisation, or an empty string."""
        return self.acting.role if self.acting else ""

    def is_kind(self, *kinds: str) -> bool:
        """Whether the acting organisation is of one of these kinds."""
        return self.kind in kinds and bool(self.kind)

    def has_role(self, *roles: str) -> bool:
        """Whether the person holds one of these roles in the acting organisation."""
        return self.role in roles and bool(self.role)
