"""Make a check and keep its receipt."""

import hashlib
import json
import secrets
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.agencies.selectors import enrolled_agencies
from iris.accounts.models import User
from iris.core import clocks, events, files, outbox, pdf
from iris.core.errors import BadInput, NotPermitted
from iris.core.models import ChainLink
from iris.core.places import check_corridor
from supplychain.lookups.models import LONGEST_QUERY, Lookup, ReceiptPdf
from supplychain.lookups.permissions import may_look_up
from supplychain.lookups.selectors import Found, Similar, answer_for, find, present
from supplychain.lookups.states import How, LookupOutcome, Via

ENGINE = "trigram-1"
RENDER_JOB = "lookups.render_receipt"
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@transaction.atomic
def look_up(
    *,
    actor: User,
    text: str,
    country: str = "",
    origin: str = "",
    destination: str = "",
    sector: str = "",
    via: Via = Via.PAGE,
    chosen: UUID | None = None,
) -> Lookup:
    """Check one agency and keep the dated, hashed record of what was shown.

    `chosen` is a person's pick among names alike. Raises NotPermitted and BadInput (query too long, half a corridor).
    """
    if not may_look_up(actor) or actor.organisation is None:
        raise NotPermitted()
    text = text.strip()
    _check_question(text, origin, destination)
    found = _choose(chosen, text) if chosen else find(text, country)
    query = {"text": text, "country": country, "origin": origin, "destination": destination, "sector": sector}
    return _keep(actor, found, query, via)


def _check_question(text: str, origin: str, destination: str) -> None:
    if not text:
        raise BadInput(fields={"text": [_("Type a name, a licence number or a certificate number.")]})
    if len(text) > LONGEST_QUERY:
        raise BadInput(
            fields={
                "text": [
                    _(
                        "Expected at most %(most)s characters, found %(found)s. Shorten it to the name or number."
                    )
                    % {"most": LONGEST_QUERY, "found": len(text)}
                ]
            }
        )
    if bool(origin) != bool(destination):
        missing = "destination" if origin else "origin"
        raise BadInput(
            fields={missing: [_("A corridor needs both countries. Choose this one too, or clear the other.")]}
        )
    if origin:
        check_corridor(origin, destination)


def _choose(chosen: UUID, text: str) -> Found:
    agency = enrolled_agencies().get(pk=chosen)
    why = _("you chose it for “%(text)s”") % {"text": text[:80]}
    similar = [Similar(agency.pk, agency.legal_name, "legal", agency.country, 1.0, why)]
    return Found(LookupOutcome.FOUND, How.CHOSEN, similar)


def _keep(actor: User, found: Found, query: dict[str, str], via: Via) -> Lookup:
    at = clocks.now()
    number = new_number()
    snapshot = snapshot_of(actor, found, query, number)
    text = canonical(snapshot)
    organisation = actor.organisation
    assert organisation is not None
    lookup = Lookup.objects.create(
        number=number,
        organisation=organisation,
        person=actor,
        via=via,
        text=query["text"],
        outcome=found.outcome,
        how=found.how if found.how and found.agency_id else "",
        agency_id=found.agency_id,
        snapshot=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        created_at=at,
    )
    events.record(
        lookup, act="looked_up", actor=actor, data={"sha256": lookup.sha256, "outcome": lookup.outcome}
    )
    if via == Via.PAGE:
        outbox.enqueue(RENDER_JOB, queue="pdf", lookup_id=str(lookup.pk))
    return lookup


def snapshot_of(actor: User, found: Found, query: dict[str, str], number: str) -> dict[str, Any]:
    """The receipt as data: who asked what, when, of which state of the register, and what was shown."""
    last = ChainLink.objects.order_by("-seq").values_list("seq", flat=True).first()
    organisation = actor.organisation
    assert organisation is not None
    agency = _load(found.agency_id) if found.agency_id else None
    asked = {name: query[name] for name in ("origin", "destination", "sector")}
    return {
        "kind": "iris.lookup/1",
        "scheme": settings.SCHEME_NAME,
        "number": number,
        "at": clocks.now().isoformat(timespec="seconds"),
        "engine": ENGINE,
        "register_events_up_to": last or 0,
        "asked_by": {"organisation": organisation.name, "person": actor.label},
        "query": query,
        "outcome": str(found.outcome),
        "how": str(found.how or ""),
        "matches": [
            {
                "agency_id": str(one.agency_id),
                "name": one.name,
                "kind": one.kind,
                "country": one.country,
                "score": one.score,
                "why": one.why,
            }
            for one in found.similar
        ],
        "answer": answer_for(agency, **asked) if agency else None,
    }


def _load(agency_id: UUID) -> Agency:
    return Agency.objects.prefetch_related("names", "licences", "sub_agents").get(pk=agency_id)


def canonical(snapshot: dict[str, Any]) -> str:
    """Canonical JSON: sorted keys, no spaces, UTF-8. The receipt's hash is SHA-256 of exactly this text."""
    return json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def new_number() -> str:
    """A receipt number that cannot be guessed or mistyped: no 0, O, 1, I, L, U."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(10))
    return f"R-{clocks.today():%y%m}-{drawn[:5]}-{drawn[5:]}"


@transaction.atomic
def render_receipt(*, lookup_id: UUID) -> ReceiptPdf:
    """Make the receipt's PDF from its snapshot alone. Safe to run twice."""
    lookup = Lookup.objects.get(pk=lookup_id)
    known = ReceiptPdf.objects.filter(lookup=lookup).first()
    if known is not None:
        return known
    data = render_receipt_bytes(lookup)
    stored = files.store_bytes(
        data,
        name=f"receipt-{lookup.number}.pdf",
        media_type=files.PDF.media_type,
        organisation_id=lookup.organisation_id,
        actor=events.SYSTEM,
    )
    return ReceiptPdf.objects.create(lookup=lookup, file=stored)


def render_receipt_bytes(lookup: Lookup) -> bytes:
    """The PDF of a receipt, from nothing but its stored snapshot and hash."""
    snapshot = json.loads(lookup.snapshot)
    proof_url = f"{settings.IRIS_PUBLIC_URL}/receipts/{lookup.number}/"
    context = {
        "shown": present(snapshot),
        "sha256": lookup.sha256,
        "proof_url": proof_url,
        "qr": pdf.qr_svg(proof_url),
    }
    return pdf.render("pdf/receipt.html", context)


@transaction.atomic
def ask_for_receipt(*, lookup: Lookup) -> None:
    """Make sure that the PDF is being made."""
    if not ReceiptPdf.objects.filter(lookup=lookup).exists():
        outbox.enqueue(RENDER_JOB, queue="pdf", lookup_id=str(lookup.pk))
