"""Make a check and keep its receipt."""

import hashlib
import json
import secrets
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.selectors import day_problem, enrolled_agencies
from certification.certificates.selectors import numbers_like
from iris.accounts.models import User
from iris.core import clocks, events, files, outbox, pdf
from iris.core.errors import BadInput, NotPermitted
from iris.core.models import OutboxRow
from iris.core.places import SECTORS, check_corridor, is_country
from supplychain.lookups.models import LONGEST_QUERY, Lookup, ReceiptPdf
from supplychain.lookups.permissions import may_look_up
from supplychain.lookups.rules import PUBLIC_MAIL, Asked, clean, email_of, mixed_scripts, unseen
from supplychain.lookups.selectors import (
    KIND,
    Found,
    Similar,
    answer_for,
    facts_for,
    find,
    last_event,
    pdf_template,
    present,
    verdict_of,
)
from supplychain.lookups.states import How, LookupOutcome, Relationship, Via
from supplychain.names import selectors as names
from supplychain.names import services as remembering
from supplychain.names.states import Verdict

RENDER_JOB = "lookups.render_receipt"
LONGEST_BRANCH = 200
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
    branch: str = "",
    on: date | None = None,
    relationship: str = "",
    via: Via = Via.PAGE,
    chosen: UUID | None = None,
    refused: UUID | None = None,
) -> Lookup:
    """Check one agency and keep the dated, hashed record of what was shown.

    `chosen` is a person's pick among names alike, `refused` the one that is not meant; both are remembered for the
    organisation. Raises NotPermitted and BadInput (nothing asked, too long, half a corridor, a day that is not there).
    """
    organisation = actor.organisation
    if not may_look_up(actor) or organisation is None:
        raise NotPermitted()
    typed = storable(text.strip())
    asked = Asked(clean(text), country, origin, destination, sector, clean(branch), on)
    _check_question(typed, asked, relationship)
    if refused:
        _remember(actor, asked, Verdict.NOT_SAME, refused)
    if chosen:
        _remember(actor, asked, Verdict.SAME, chosen)
        found = _choose(chosen, asked.text)
    else:
        found = find(asked.text, country, organisation=organisation)
    return _keep(actor, found, asked, typed, relationship, via)


def _remember(actor: User, asked: Asked, verdict: Verdict, agency_id: UUID) -> None:
    """Keep the person's word, where the text holds a name that it can be kept under."""
    if actor.organisation is not None and names.key_of(asked.text)[0]:
        remembering.remember(
            organisation=actor.organisation,
            actor=actor,
            text=asked.text,
            country=asked.country,
            verdict=verdict,
            agency_id=agency_id,
        )


def storable(text: str) -> str:
    """The text as typed, but for what PostgreSQL and UTF-8 cannot hold: NUL and halves of a character."""
    return text.replace("\x00", "\N{SYMBOL FOR NULL}").encode("utf-8", "replace").decode()


def _check_question(typed: str, asked: Asked, relationship: str) -> None:
    wrong: dict[str, list[str]] = {}
    if not typed:
        wrong["text"] = [_("Type a name, a licence number or a certificate number.")]
    elif len(typed) > LONGEST_QUERY:
        said = _("Expected at most %(most)s characters, found %(found)s. Shorten it to the name or number.")
        wrong["text"] = [said % {"most": f"{LONGEST_QUERY:,}", "found": f"{len(typed):,}"}]
    if len(asked.branch) > LONGEST_BRANCH:
        wrong["branch"] = [_("Name the office in at most %(most)s characters.") % {"most": LONGEST_BRANCH}]
    if asked.country and not is_country(asked.country):
        wrong["country"] = [
            _("Expected a country as two letters, like NP, found “%(found)s”.")
            % {"found": asked.country[:20]}
        ]
    if asked.sector and asked.sector not in SECTORS:
        said = _("We do not know the sector “%(found)s”. Use one of: %(known)s.")
        wrong["sector"] = [said % {"found": asked.sector[:40], "known": ", ".join(SECTORS)}]
    if relationship and relationship not in Relationship.values:
        said = _("We do not know the relationship “%(found)s”. Use one of: %(known)s.")
        wrong["relationship"] = [said % {"found": relationship[:40], "known": ", ".join(Relationship.values)}]
    if bool(asked.origin) != bool(asked.destination):
        missing = "destination" if asked.origin else "origin"
        wrong[missing] = [_("A corridor needs both countries. Choose this one too, or clear the other.")]
    if asked.on is not None and (problem := day_problem(asked.on)):
        wrong["on"] = [problem]
    if wrong:
        raise BadInput(_("Some answers need another look."), fields=wrong)
    if asked.origin:
        check_corridor(asked.origin, asked.destination)


def _choose(chosen: UUID, text: str) -> Found:
    agency = enrolled_agencies().get(pk=chosen)
    why = _("you chose it for “%(text)s”") % {"text": text[:80]}
    similar = [Similar(agency.pk, agency.legal_name, "legal", agency.country, 1.0, why)]
    return Found(LookupOutcome.FOUND, How.CHOSEN, similar)


def _keep(actor: User, found: Found, asked: Asked, typed: str, relationship: str, via: Via) -> Lookup:
    number = new_number()
    snapshot = snapshot_of(actor, found, asked, typed, relationship, number)
    text = canonical(snapshot)
    organisation = actor.organisation
    assert organisation is not None
    lookup = Lookup.objects.create(
        number=number,
        organisation=organisation,
        person=actor,
        via=via,
        text=typed,
        outcome=found.outcome,
        how=found.how if found.how and found.agency_id else "",
        agency_id=found.agency_id,
        relationship=relationship,
        asked_for=asked.on,
        verdict=verdict_of(snapshot)["code"],
        snapshot=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        created_at=clocks.now(),
    )
    events.record(
        lookup, act="looked_up", actor=actor, data={"sha256": lookup.sha256, "outcome": lookup.outcome}
    )
    if via == Via.PAGE:
        outbox.enqueue(RENDER_JOB, queue="pdf", lookup_id=str(lookup.pk))
    return lookup


def snapshot_of(
    actor: User, found: Found, asked: Asked, typed: str, relationship: str, number: str
) -> dict[str, Any]:
    """The receipt as data: who asked what, when, of which state of the register, and what was shown."""
    organisation = actor.organisation
    assert organisation is not None
    facts = facts_for([found.agency_id], on=asked.on).get(found.agency_id) if found.agency_id else None
    return {
        "kind": KIND,
        "scheme": settings.SCHEME_NAME,
        "number": number,
        "at": clocks.now().isoformat(timespec="seconds"),
        "engine": found.engine,
        "register_events_up_to": last_event(),
        "asked_by": {"organisation": organisation.name, "person": actor.label},
        "relationship": relationship,
        "query": {
            "text": typed,
            "country": asked.country,
            "origin": asked.origin,
            "destination": asked.destination,
            "sector": asked.sector,
            "branch": asked.branch,
            "on": asked.on.isoformat() if asked.on else "",
        },
        "outcome": str(found.outcome),
        "problem": found.problem,
        "how": str(found.how or ""),
        "notes": _notes(found, asked, typed),
        "matches": [_match(one) for one in found.similar],
        "answer": answer_for(facts, asked, found) if facts else None,
    }


def _match(one: Similar) -> dict[str, Any]:
    return {
        "agency_id": str(one.agency_id),
        "name": one.name,
        "kind": one.kind,
        "country": one.country,
        "score": one.score,
        "why": one.why,
        "parts": list(one.parts),
    }


def _notes(found: Found, asked: Asked, typed: str) -> list[dict[str, Any]]:
    """What the reader should know about the search itself, as codes."""
    notes: list[dict[str, Any]] = []
    if signs := unseen(typed.replace("\N{SYMBOL FOR NULL}", "\x00")):
        notes.append({"code": "unseen", "signs": signs[:10]})
    if words := mixed_scripts(asked.text):
        notes.append({"code": "mixed_scripts", "words": words[:10]})
    if found.engine == names.COLD:
        notes.append({"code": "cold"})
    unfound = found.outcome in (LookupOutcome.NOT_FOUND, LookupOutcome.POSSIBLE)
    numbered = unfound and any(map(str.isdigit, asked.text))
    if numbered and (near := numbers_like(asked.text)):
        notes.append({"code": "near_numbers", "numbers": near})
    mail = email_of(asked.text)
    if mail and mail[1] in PUBLIC_MAIL and not found.agency_id:
        notes.append({"code": "public_mail", "domain": mail[1]})
    return notes


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
    return pdf.render(pdf_template(snapshot), context)


@transaction.atomic
def ask_for_receipt(*, lookup: Lookup) -> None:
    """Make sure that the PDF is being made; whoever asks again and again asks for it once."""
    waiting = OutboxRow.objects.filter(
        job=RENDER_JOB, kwargs__lookup_id=str(lookup.pk), status=OutboxRow.State.WAITING
    )
    if not ReceiptPdf.objects.filter(lookup=lookup).exists() and not waiting.exists():
        outbox.enqueue(RENDER_JOB, queue="pdf", lookup_id=str(lookup.pk))
