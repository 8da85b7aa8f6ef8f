"""What every act here asks first: the person's organisation, texts that are there, the next number."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _

from iris.accounts.models import Organisation, User
from iris.core import clocks
from iris.core.errors import BadInput, NotPermitted
from supplychain.diligence.models import NumberSequence
from supplychain.diligence.permissions import may_work

LONGEST_TEXT = 5_000


def own(actor: User) -> Organisation:
    """The employer the person works for as a sourcing manager."""
    if not may_work(actor) or actor.organisation is None:
        raise NotPermitted(_("Only sourcing managers of an employer do this."))
    return actor.organisation


def said(text: str, field: str, sentence: str, most: int = LONGEST_TEXT) -> str:
    """A text that has to be there, and not be a book."""
    plain = text.strip()
    if not plain:
        raise BadInput(fields={field: [sentence]})
    if len(plain) > most:
        raise BadInput(
            fields={
                field: [
                    _("Expected at most %(most)s characters, found %(found)s. Shorten it.")
                    % {"most": most, "found": len(plain)}
                ]
            }
        )
    return plain


def next_number(letter: str) -> str:
    """ "D-2026-0001": one series for each letter and year."""
    series = f"{letter}-{clocks.today().year}"
    NumberSequence.objects.get_or_create(series=series)
    row = NumberSequence.objects.select_for_update().get(series=series)
    row.last += 1
    row.save()
    return f"{series}-{row.last:04d}"


def canonical(data: dict[str, Any]) -> str:
    """Canonical JSON, as receipts have it: sorted keys, no spaces, UTF-8."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()
