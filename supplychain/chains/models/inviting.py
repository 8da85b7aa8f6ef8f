"""A supplier is asked for its part: who was asked, and the lines that came back."""

from typing import Any

from django.db import models

from iris.core import clocks
from iris.core.fsm import Actor, StateField, transition
from iris.core.models import Record
from iris.core.money import CURRENCY_CHOICES
from iris.core.places import COUNTRY_CHOICES
from supplychain.chains.models.parties import NAME_LENGTH, Party
from supplychain.chains.permissions import may_answer, may_look_through
from supplychain.chains.states import EntryStatus, FeeTerms, InvitationState, PartyKind


class Invitation(Record):
    """A link by e-mail with which a supplier, without an account, fills in what stands below itself."""

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    contact = models.CharField(max_length=120, blank=True)
    message = models.TextField(blank=True)
    state = StateField(InvitationState, default=InvitationState.SENT)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=clocks.now)
    ends_on = models.DateField()
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "id"]

    def __str__(self) -> str:
        return f"{self.party_id} {self.email}"

    @property
    def label(self) -> str:
        """Who acts when the supplier acts: there is no account behind it."""
        return self.contact or self.email

    @property
    def is_open(self) -> bool:
        """Whether the link still works."""
        return self.state in {InvitationState.SENT, InvitationState.ANSWERED} and not self.has_ended

    @property
    def has_ended(self) -> bool:
        """Whether its last day has passed."""
        return clocks.today() > self.ends_on

    @transition(
        field=state,
        source=[InvitationState.SENT, InvitationState.ANSWERED],
        target=InvitationState.ANSWERED,
        permission=may_answer,
    )
    def answer(self, *, by: Actor, at: Any) -> None:
        """The supplier sends what it has written."""
        self.answered_at = at

    @transition(
        field=state,
        source=[InvitationState.ANSWERED],
        target=InvitationState.CLOSED,
        permission=may_look_through,
    )
    def close(self, *, by: Actor, at: Any) -> None:
        """Every line was taken in or not."""
        self.closed_at = at

    @transition(
        field=state,
        source=[InvitationState.SENT, InvitationState.ANSWERED],
        target=InvitationState.REVOKED,
        permission=may_look_through,
    )
    def revoke(self, *, by: Actor, at: Any) -> None:
        """The link stops working."""
        self.closed_at = at


class Entry(Record):
    """One party a supplier names below itself, or below another line of its own."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="entries")
    above = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="below")
    kind = models.CharField(max_length=22, choices=PartyKind.choices)
    name = models.CharField(max_length=NAME_LENGTH)  # "Confidential recruiter" where the name is sealed
    country = models.CharField(max_length=2, choices=COUNTRY_CHOICES, blank=True)
    number = models.CharField(max_length=80, blank=True)
    since = models.DateField()
    workers = models.PositiveIntegerField(null=True, blank=True)
    fee_terms = models.CharField(max_length=13, choices=FeeTerms.choices, default=FeeTerms.UNKNOWN)
    fee_minor = models.PositiveBigIntegerField(null=True, blank=True)
    fee_currency = models.CharField(max_length=3, choices=CURRENCY_CHOICES, blank=True)
    confidential = models.BooleanField(default=False)
    sealed = models.BinaryField(null=True, blank=True)  # {"name", "number", "salt"}
    commitment = models.CharField(max_length=64, blank=True)
    hidden_agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=8, choices=EntryStatus.choices, default=EntryStatus.DRAFT)
    reason = models.CharField(max_length=300, blank=True)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")

    class Meta:
        ordering = ["created_at"]
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confidential=False)
                | (models.Q(sealed__isnull=False) & ~models.Q(commitment="")),
                name="chain_entry_confidential_sealed",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=EntryStatus.ACCEPTED) | models.Q(party__isnull=False),
                name="chain_entry_accepted_is_a_party",
            ),
        ]

    def __str__(self) -> str:
        return self.name
