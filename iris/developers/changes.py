"""The changelog of the API, the newest first. A change that could break a program waits for a new version."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from iris.core.errors import Text


@dataclass(frozen=True)
class Change:
    """What changed on a day."""

    on: date
    version: str
    lines: tuple[Text, ...]


CHANGES = (
    Change(
        date(2026, 11, 22),
        "1.0",
        (
            _(
                "`ended` on agencies, the register and matches, `agency_ended` on what is verified: closed or merged."
            ),
            _(
                "Receipts are of kind `iris.lookup/3` with `answer.ended`; the verdict `ended` is new. Old ones stay."
            ),
            _(
                "Open data has four more columns at the end of agencies: `ended` and who took the company over."
            ),
            _("Disputes of entries, notices of authorities, and lists of licence registers sent by key."),
            _("`disputed_since` and `agency_reply` on an entry of the register."),
            _("The sandbox matches, verifies, reconciles, and has feeds that page."),
            _("Sandbox keys: fixed records for every outcome. Developers sign up by themselves."),
            _("Keys rotate: the old one goes on for the hours you choose."),
            _("`type` of an error is the address of a page that explains it; every code has one."),
            _("`Idempotency-Key` on everything that writes: the same bytes for 24 hours."),
            _("`ETag` with `If-None-Match`; `RateLimit-*` in every answer."),
            _("`changed_since` on agencies and certificates: a feed that misses nothing."),
            _("`ordering` on every list; its cursors stay right however many rows say the same."),
            _("`as_of` in every answer about the register; `Iris-As-Of` in the head of every answer."),
            _("Keys begin with `iris`. Whoever finds one ends it at `/api/v1/keys/revoke/`."),
            _("Developers may add webhook endpoints; guides for webhooks and credentials."),
            _("Unknown fields and filters are refused by name. Before, some were ignored."),
            _("`page_size` out of range is refused. Before, it was cut to 200."),
        ),
    ),
    Change(
        date(2026, 11, 20),
        "0.9",
        (_("First endpoints: agencies, certificates, checks, screenings, chain, watches, risk."),),
    ),
)
