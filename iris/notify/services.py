"""Telling people: one row in their inbox, one e-mail after commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from iris.accounts.models import Organisation, User
from iris.accounts.selectors import people_of
from iris.core import clocks, mail, outbox
from iris.notify.models import Notice
from iris.notify.selectors import scheme_people

__all__ = [
    "mark_all_read",
    "mark_read",
    "notify",
    "notify_roles",
    "scheme_people",
    "send_email",
    "settle_history",
    "tell",
]


@transaction.atomic
def notify(
    *, people: Iterable[User], template: str, context: Mapping[str, Any], url: str = "", key: str = ""
) -> list[Notice]:
    """Tell people something, each once and in their own language; the e-mail goes out after commit.

    `template` names `templates/emails/<template>.txt`. The same `key` tells the same person only once.
    """
    told: list[Notice] = []
    for person in {person.pk: person for person in people if person.is_active}.values():
        if key and Notice.objects.filter(user_id=person.pk, key=key).exists():
            continue
        written = mail.write(template, {**context, "person": person.label}, person.language)
        notice = Notice.objects.create(
            user=person,
            template=template,
            context={name: _plain(value) for name, value in context.items()},
            subject=written.subject[:300],
            body=written.body,
            url=url,
            key=key,
        )
        outbox.enqueue("notify.send_email", notice_id=str(notice.pk))
        told.append(notice)
    return told


def notify_roles(
    *,
    organisation: Organisation,
    roles: Iterable[str],
    template: str,
    context: Mapping[str, Any],
    url: str = "",
    key: str = "",
) -> list[Notice]:
    """Tell everybody who holds one of these roles in an organisation."""
    return notify(
        people=people_of(organisation, *roles), template=template, context=context, url=url, key=key
    )


def tell(*, people: list[str], template: str, context: dict[str, Any], url: str, key: str) -> list[Notice]:
    """The same for rooms below this one, which ask through the outbox; `key` makes a repeat harmless."""
    return notify(
        people=User.objects.filter(pk__in=people), template=template, context=context, url=url, key=key
    )


@transaction.atomic
def send_email(*, notice_id: UUID) -> None:
    """Send the e-mail of a notice, once however often the job runs."""
    notice = (
        Notice.objects.select_for_update(of=("self",)).select_related("user").filter(pk=notice_id).first()
    )
    if notice is None or notice.emailed_at is not None or not notice.user.is_active:
        return
    link = f"\n{settings.IRIS_PUBLIC_URL}{notice.url}\n" if notice.url else ""
    foot = f"\n-- \n{settings.SCHEME_NAME}\n{settings.IRIS_PUBLIC_URL}\n"
    mail.send(
        to=notice.user.email,
        written=mail.Written(notice.subject, f"{notice.body}{link}{foot}"),
        key=f"notice:{notice.pk}",
    )
    notice.emailed_at = clocks.now()
    notice.save(update_fields=["emailed_at"])


def mark_read(*, notice: Notice) -> None:
    """Note that a person has seen it; the first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=clocks.now())


def mark_all_read(*, user: User) -> int:
    """Note that a person has seen everything so far; returns how many were new."""
    return Notice.objects.filter(user_id=user.pk, read_at__isnull=True).update(read_at=clocks.now())


@transaction.atomic
def settle_history(*, before: datetime, unread_days: int = 10) -> int:
    """For imported or seeded history: notices made before a moment count as e-mailed, older ones as read too."""
    past = Notice.objects.filter(created_at__lt=before)
    past.filter(created_at__lt=before - timedelta(days=unread_days), read_at__isnull=True).update(
        read_at=before
    )
    waiting = {str(pk) for pk in past.filter(emailed_at__isnull=True).values_list("pk", flat=True)}
    past.filter(emailed_at__isnull=True).update(emailed_at=before)
    outbox.forget("notify.send_email", lambda kwargs: kwargs.get("notice_id") in waiting)
    return len(waiting)


def _plain(value: Any) -> Any:
    """What of a template's values is kept: JSON as it is, everything else as its words."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    return str(value)
