"""A line of the log goes out to whoever subscribed to the acts of the register."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from certification.opendata.models import LogEntry
from iris.webhooks import services as webhooks


def announce(*, index: int) -> int:
    """One message to every endpoint that asked for it; returns how many. The same line again sends nothing."""
    row = LogEntry.objects.select_related("certificate__agency__organisation").get(index=index)
    told = row.told
    base = settings.IRIS_PUBLIC_URL.rstrip("/")
    return webhooks.broadcast(
        topic=f"certificate.{row.kind}",
        data={
            **{name: value for name, value in told.items() if name != "v"},
            "log_index": row.index,
            "verify_url": base + reverse("register:verify_number", args=[row.certificate.number]),
        },
        key=f"log:{row.index}",
        since=row.at,
        owner=row.certificate.agency.organisation,
    )
