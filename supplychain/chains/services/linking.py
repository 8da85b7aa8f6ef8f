"""Links: made, replaced, ended, verified. A row is never rewritten; a new one takes its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import Organisation, User
from iris.core import clocks, events, files
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.models import StoredFile
from iris.core.money import Money
from supplychain.chains.models import Link, Party
from supplychain.chains.rules import confidence, day_problem
from supplychain.chains.services.changing import changing, own
from supplychain.chains.services.writing import add_party
from supplychain.chains.states import Claim, FeeTerms, PartyKind, Source

COPIED = (
    "organisation_id",
    "line",
    "upper_id",
    "lower_id",
    "since",
    "until",
    "workers",
    "contract_reference",
    "contract_file_id",
    "fee_terms",
    "fee_minor",
    "fee_currency",
    "claim",
    "source",
    "declared_by",
    "verified_by",
    "verified_how",
    "verified_on",
    "verified_file_id",
)
MOST_WORKERS = 10_000_000


@dataclass(frozen=True)
class Terms:
    """What is said of a link besides its ends and first day."""

    until: date | None = None
    workers: int | None = None
    contract_reference: str = ""
    fee_terms: str = FeeTerms.UNKNOWN
    fee: str = ""
    fee_currency: str = ""

    def fields(self, since: date) -> dict[str, Any]:
        """As columns. Raises BadInput with a sentence for every field that cannot be so."""
        wrong: dict[str, list[str]] = {}
        for name, day in (("since", since), ("until", self.until)):
            if day and (problem := day_problem(day, clocks.today())):
                wrong[name] = [problem]
        if self.until and self.until < since:
            wrong["until"] = [
                _("expected a day from %(since)s on, found %(until)s, fix one of them")
                % {"since": since.isoformat(), "until": self.until.isoformat()}
            ]
        if self.workers is not None and not 0 <= self.workers <= MOST_WORKERS:
            wrong["workers"] = [_("Give the workers of a year as a whole number.")]
        if self.fee_terms not in FeeTerms.values:
            wrong["fee_terms"] = [_("Choose who pays.")]
        minor = None
        if self.fee:
            if not self.fee_currency:
                wrong["fee_currency"] = [_("Say in which currency.")]
            else:
                try:
                    minor = Money.parse(self.fee, self.fee_currency).minor
                except BadInput as error:
                    wrong["fee"] = [str(error.message)]
            if self.fee_terms == FeeTerms.EMPLOYER:
                wrong["fee_terms"] = [
                    _("Workers cannot pay %(fee)s where the employer pays all. Change one of the two.")
                    % {"fee": self.fee}
                ]
        if wrong:
            raise BadInput(fields=wrong)
        return {
            "until": self.until,
            "workers": self.workers,
            "contract_reference": self.contract_reference.strip()[:120],
            "fee_terms": self.fee_terms,
            "fee_minor": minor,
            "fee_currency": self.fee_currency if minor is not None else "",
        }


def replace(link: Link, changes: Mapping[str, Any] | None) -> Link | None:
    """Put a new row in the place of a link in force; with None, nothing: it was a mistake. Inside `changing`."""
    now = clocks.now()
    done = Link.objects.filter(pk=link.pk, replaced_at=None).update(replaced_at=max(now, link.recorded_at))
    if not done:
        raise Conflict(_("Somebody changed this link a moment ago. Reload the page."))
    if changes is None:
        return None
    values = {name: getattr(link, name) for name in COPIED} | dict(changes)
    return Link.objects.create(**values, confidence=confidence_of(values))


def confidence_of(values: Mapping[str, Any]) -> str:
    """How far a link with these columns may be relied on."""
    contract = bool(values.get("contract_reference") or values.get("contract_file_id"))
    return confidence(
        claim=values.get("claim", Claim.DECLARED),
        has_evidence=bool(values.get("verified_file_id")),
        has_contract=contract,
    )


def own_link(line: UUID, organisation: Organisation) -> Link:
    """The row in force of a link. Raises DoesNotExist, NotPermitted."""
    link = Link.objects.select_related("upper", "lower").get(line=line, replaced_at=None)
    if link.organisation_id != organisation.pk:
        raise NotPermitted()
    return link


@transaction.atomic
def add_link(
    *,
    actor: User,
    upper: Party,
    lower: Party,
    since: date,
    workers: int | None = None,
    until: date | None = None,
    terms: Terms | None = None,
    claim: Claim = Claim.DECLARED,
    how: str = "",
    contract: "UploadedFile[Any] | None" = None,
) -> Link:
    """Say that `upper` gets workers through `lower`. Raises NotPermitted, BadInput (another's party, itself, days)."""
    organisation = own(actor)
    if {upper.organisation_id, lower.organisation_id} != {organisation.pk}:
        raise NotPermitted()
    terms = terms or Terms(until=until, workers=workers)
    stored = _kept(contract, organisation, actor, "contract")
    with changing(organisation):
        link, made = place_link(
            organisation,
            upper.pk,
            lower.pk,
            since,
            {
                **terms.fields(since),
                "contract_file_id": stored.pk if stored else None,
                "claim": claim,
                "declared_by": actor.label,
                **(_verified(actor, how, None) if claim == Claim.VERIFIED else {}),
            },
        )
        if made:
            events.record(link, act="added", actor=actor, data={"claim": str(claim)})
    return link


@transaction.atomic
def add_below(
    *,
    actor: User,
    upper: Party,
    kind: PartyKind,
    name: str,
    country: str,
    about: Mapping[str, Any],
    since: date,
    terms: Terms,
    contract: "UploadedFile[Any] | None" = None,
) -> Party:
    """A party and the link that leads down to it: both or, where either cannot be, neither. Raises as the two do."""
    lower = add_party(actor=actor, kind=kind, name=name, country=country, **about)
    add_link(actor=actor, upper=upper, lower=lower, since=since, terms=terms, contract=contract)
    return lower


def place_link(
    organisation: Organisation, upper: UUID, lower: UUID, since: date, values: Mapping[str, Any]
) -> tuple[Link, bool]:
    """The link between two parties from a day, made where it is not there yet. Inside `changing`."""
    if upper == lower:
        raise BadInput(fields={"lower": [_("A party cannot stand below itself. Choose another one.")]})
    return Link.objects.get_or_create(
        upper_id=upper,
        lower_id=lower,
        since=since,
        replaced_at=None,
        defaults={"organisation": organisation, "confidence": confidence_of(values), **values},
    )


def _verified(actor: User, how: str, stored: StoredFile | None) -> dict[str, Any]:
    if not how.strip():
        raise BadInput(fields={"how": [_("Say how it was verified: what was seen, or who was asked.")]})
    return {
        "claim": Claim.VERIFIED,
        "verified_by": actor.label,
        "verified_how": how.strip()[:300],
        "verified_on": clocks.today(),
        "verified_file_id": stored.pk if stored else None,
    }


def _kept(
    upload: "UploadedFile[Any] | None", organisation: Organisation, actor: User, field: str
) -> StoredFile | None:
    if upload is None:
        return None
    return files.store(upload, organisation_id=organisation.pk, actor=actor, field=field)


@transaction.atomic
def change_link(
    *,
    line: UUID,
    actor: User,
    terms: Terms,
    since: date | None = None,
    contract: "UploadedFile[Any] | None" = None,
    reason: str = "",
) -> Link:
    """Say something else of a link. What was said before stays, with the days on which it was held true."""
    organisation = own(actor)
    stored = _kept(contract, organisation, actor, "contract")
    with changing(organisation):
        link = own_link(line, organisation)
        first = since or link.since
        values: dict[str, Any] = {**terms.fields(first), "since": first, "declared_by": actor.label}
        values["source"] = Source.EMPLOYER
        if stored is not None:
            values["contract_file_id"] = stored.pk
        changed = [name for name in values if getattr(link, name) != values[name]]
        if not set(changed) - {"declared_by", "source"}:
            return link
        new = replace(link, values)
        assert new is not None
        events.record(new, act="changed", actor=actor, reason=reason, data={"fields": sorted(changed)})
    return new


def end(link: Link, on: date) -> Link:
    """The same link with a last day. Inside `changing`."""
    new = replace(link, {"until": on})
    assert new is not None
    return new


@transaction.atomic
def end_link(*, line: UUID, actor: User, on: date, reason: str = "") -> Link:
    """No workers come this way after a day."""
    organisation = own(actor)
    with changing(organisation):
        link = own_link(line, organisation)
        if on < link.since:
            raise BadInput(
                fields={
                    "until": [
                        _("expected a day from %(since)s on, found %(until)s, fix the day")
                        % {"since": link.since.isoformat(), "until": on.isoformat()}
                    ]
                }
            )
        new = end(link, on)
        events.record(new, act="ended", actor=actor, reason=reason, data={"on": on.isoformat()})
    return new


@transaction.atomic
def remove_link(*, line: UUID, actor: User, reason: str) -> None:
    """The link was entered by mistake. That it was believed stays readable."""
    organisation = own(actor)
    if not reason.strip():
        raise BadInput(fields={"reason": [_("Say why it was a mistake.")]})
    with changing(organisation):
        link = own_link(line, organisation)
        replace(link, None)
        events.record(link, act="removed", actor=actor, reason=reason)


@transaction.atomic
def verify_link(*, line: UUID, actor: User, how: str, upload: "UploadedFile[Any] | None" = None) -> Link:
    """Somebody has looked: by whom, how, when, and the document that shows it, if there is one."""
    organisation = own(actor)
    stored = _kept(upload, organisation, actor, "upload")
    with changing(organisation):
        link = own_link(line, organisation)
        new = replace(link, _verified(actor, how, stored))
        assert new is not None
        events.record(new, act="verified", actor=actor, data={"evidence": bool(stored)})
    return new
