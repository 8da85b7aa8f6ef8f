"""Requests for information, as the employer and as the asker may read them."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Prefetch, QuerySet
from django.db.models.functions import Coalesce

from iris.accounts.models import Organisation, User
from iris.accounts.states import OrganisationKind
from iris.core import clocks
from supplychain.diligence.models import InformationRequest, RequestMessage, RequestPaper, Settings
from supplychain.diligence.rules import Clock
from supplychain.diligence.states import OPEN_REQUESTS, InboxLaw, MessageKind


def clock_of(organisation: Organisation, day: date) -> Clock:
    """The numbers an employer's inbox runs by on a day."""
    row = Settings.objects.filter(organisation=organisation).first()
    law = row.inbox_law if row else InboxLaw.OWN
    days = clocks.number("request_answer_days", day)
    if row is not None and law == InboxLaw.OWN and row.inbox_days:
        days = row.inbox_days
    return Clock(law, days, clocks.number("request_extended_months", day))


def _rows() -> QuerySet[InformationRequest]:
    messages = RequestMessage.objects.select_related("person").prefetch_related(
        Prefetch("papers", queryset=RequestPaper.objects.select_related("file"))
    )
    return InformationRequest.objects.select_related("organisation").prefetch_related(
        Prefetch("messages", queryset=messages.order_by("at", "created_at"))
    )


def requests_visible_to(user: User) -> QuerySet[InformationRequest]:
    """The requests of the person's own employer."""
    organisation = user.organisation if user.is_authenticated else None
    if organisation is None or not user.is_kind(OrganisationKind.EMPLOYER):
        return InformationRequest.objects.none()
    return _rows().filter(organisation=organisation)


def request_by_code(code: str) -> InformationRequest | None:
    """The request of a code, for whoever asked."""
    asked = code.strip().upper()
    return _rows().filter(code=asked).first() if asked.isprintable() else None


def messages_for_asker(row: InformationRequest) -> list[RequestMessage]:
    """Everything but the employer's own notes."""
    return [one for one in row.messages.all() if one.kind != MessageKind.NOTE]


def papers_of(row: InformationRequest) -> QuerySet[RequestPaper]:
    """The papers of a request."""
    return RequestPaper.objects.filter(message__request=row).select_related("file", "message")


def requests_due(until: date) -> QuerySet[InformationRequest]:
    """Open requests of every employer whose day comes until then: for the sweep."""
    return (
        InformationRequest.objects.filter(state__in=OPEN_REQUESTS)
        .annotate(day=Coalesce(F("extended_to"), F("answer_due")))
        .filter(day__lte=until)
        .select_related("organisation")
        .order_by("day", "pk")
    )


def open_inboxes() -> QuerySet[Settings]:
    """Employers that take requests here."""
    return (
        Settings.objects.filter(inbox_open=True).select_related("organisation").order_by("organisation__name")
    )
