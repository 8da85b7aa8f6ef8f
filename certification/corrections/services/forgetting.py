"""Names and addresses of people without an account go some time after the answer (R93)."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from certification.corrections.models import Dispute
from iris.core import clocks, events


@transaction.atomic
def forget_contacts() -> int:
    """Erase them. The dispute itself stays. Returns how many; run again, none."""
    before = clocks.now() - timedelta(days=clocks.number("register_dispute_contact_days"))
    held = ~Q(sender_name="") | ~Q(sender_email="")
    rows = list(Dispute.objects.select_for_update(of=("self",)).filter(held, closed_at__lt=before)[:500])
    for row in rows:
        row.sender_name = row.sender_email = ""
        row.save(update_fields=["sender_name", "sender_email"])
        events.record(row, act="contact_erased", actor=events.SYSTEM, data={"reference": row.reference})
    return len(rows)
