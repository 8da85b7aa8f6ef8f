"""An employer, an agency and an audit firm with one of everything that the API can name; made once for a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from audits.bodies import services as bodies
from certification.agencies.selectors import agency_of
from iris.accounts.models import User
from iris.core import clocks, outbox
from iris.webhooks import services as webhooks
from supplychain.diligence import services as diligence
from supplychain.dossiers import services as dossiers
from supplychain.dossiers.rules.laws import laws
from supplychain.dossiers.selectors import copies_of
from supplychain.lookups import services as lookups
from supplychain.watches import services as watches
from tests import stock
from tests.conftest import NOON, _empty_as_owner
from tests.factories import accounts, audits, chains, corrections, repayments, screenings


@dataclass
class World:
    """Who owns what: arguments of each owned route, by the kind of its owner."""

    buyer: User
    speaker: User
    lead: User
    authority: User
    args: dict[str, tuple[str, dict[str, Any]]]
    files: Path

    @property
    def people(self) -> dict[str, User]:
        """Who owns what, by kind."""
        return {
            "employer": self.buyer,
            "agency": self.speaker,
            "audit_firm": self.lead,
            "government": self.authority,
        }


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """Built by the services; emptied after the file."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), clocks.freeze(NOON):
        patch.setattr("iris.core.outbox.wake", lambda row_id, queue: None)
        patch.setattr("iris.webhooks.services.outgoing.check", lambda url: None)
        files = tmp_path_factory.mktemp("world")
        patch.setattr("django.conf.settings.IRIS_FILES_ROOT", files)
        buyer = chains.buyer()
        authority = corrections.authority()
        args = {**_employers(buyer), **_audited(), **_authorities(authority)}
        speaker, lead = args.pop("people")[1]["both"]
        args |= _disputes(buyer, speaker)
        with stock.world():
            yield World(buyer, speaker, lead, authority, args, files)
        _empty_as_owner()


@pytest.fixture
def world(made: World, db: None, settings: Any, _private_files: None) -> World:
    settings.IRIS_FILES_ROOT = made.files
    return made


def _employers(buyer: User) -> dict[str, tuple[str, dict[str, Any]]]:
    site = chains.party(buyer, "site", "Canary Plant", "PL")
    owl = chains.party(buyer, "recruiter_origin", "Canary Owl", "NP")
    chains.link(buyer, site, owl, workers=5)
    lookup = lookups.look_up(actor=buyer, text="Canary Nobody")
    done = screenings.done(buyer)
    watch = watches.watch(actor=buyer, subject_kind="chain")
    entry = diligence.ConditionEntry("Tell the fees.", clocks.today() + timedelta(days=30), "Canary")
    decision = diligence.decide(
        actor=buyer,
        name="Canary Owl",
        country="NP",
        outcome="conditions",
        reason="Canary.",
        conditions=[entry],
    )
    nomination = diligence.nominate(actor=buyer, name="Canary Owl", country="NP")
    asked = diligence.record_request(
        actor=buyer, entry=diligence.RequestEntry(text="Canary question?", channel="letter")
    )
    draft = dossiers.draft_dossier(
        actor=buyer,
        entry=dossiers.DossierEntry(
            law=next(iter(laws())), title="Canary", period_from=clocks.today(), period_to=clocks.today()
        ),
    )
    dossiers.make_dossier(dossier_id=draft.pk, actor=buyer, profiles=["public"])
    _second_of_each(buyer)
    outbox.run_all()
    endpoint, _secret = webhooks.add_endpoint(actor=buyer, name="Canary", url="https://hooks.example.org/in")
    message = webhooks.ping(endpoint_id=endpoint.pk, actor=buyer)
    hook = {"endpoint_id": endpoint.pk}
    copy = copies_of(draft).get()
    one: dict[str, Any] = {"screening_id": done.pk}
    row = {**one, "number": done.rows.order_by("number")[0].number}
    files = {"dossier_id": draft.pk, "copy_id": copy.pk}
    named: dict[str, dict[str, Any]] = {
        "chain_party": {"party_id": owl.pk},
        "risk_recruiter": {"party_id": owl.pk},
        "condition_met": {"condition_id": decision.conditions.get().pk},
        **{key: {"decision_id": decision.pk} for key in ("decision", "decision_withdrawal")},
        **{key: {"dossier_id": draft.pk} for key in ("dossier", "dossier_making", "dossier_revision")},
        **dict.fromkeys(("dossier_pdf", "dossier_zip"), files),
        **{key: {"lookup_id": lookup.pk} for key in ("lookup", "receipt_json", "receipt_pdf")},
        "nomination": {"nomination_id": nomination.pk},
        "request": {"request_id": asked.pk},
        **dict.fromkeys(("screening", "screening_acts", "screening_csv", "screening_differences"), one),
        **dict.fromkeys(("screening_mapping", "screening_rows", "screening_xlsx"), one),
        **dict.fromkeys(("screening_proof", "screening_resolution"), row),
        **{f"webhook{part}": hook for part in ("", "_messages", "_pause", "_ping", "_resume", "_secret")},
        "webhook_replay": {**hook, "delivery_id": message.pk},
        **{key: {"watch_id": watch.pk} for key in ("watch", "watch_acts", "watches_ledger")},
    }
    return {name: ("employer", given) for name, given in named.items()}


def _disputes(buyer: User, speaker: User) -> dict[str, tuple[str, dict[str, Any]]]:
    agency = agency_of(speaker)
    assert agency is not None
    given = {"dispute_id": corrections.dispute(agency=agency, sender=buyer).pk}
    return dict.fromkeys(("dispute", "dispute_withdrawal"), ("employer", given))


def _authorities(authority: User) -> dict[str, tuple[str, dict[str, Any]]]:
    corrections.notice(by=authority, agency_name="Canary Kite")
    notice = corrections.notice(by=authority, agency_name="Canary Owl")
    given = {"notice_id": notice.pk}
    return dict.fromkeys(("authority_notice", "authority_notice_withdrawal"), ("government", given))


def _second_of_each(buyer: User) -> None:
    """A list of one row does not show what a row costs."""
    lookups.look_up(actor=buyer, text="Canary Somebody")
    screenings.done(buyer, "Supplier,Ctry,Licence no\nCanary Three,Nepal,\n", "more.csv")
    watches.watch(actor=buyer, subject_kind="corridor", origin="NP", destination="QA")
    more = [diligence.ConditionEntry(f"Canary {n}.", clocks.today() + timedelta(days=9)) for n in (1, 2)]
    diligence.decide(
        actor=buyer, name="Canary Kite", country="NP", outcome="conditions", reason="Canary.", conditions=more
    )
    diligence.nominate(actor=buyer, name="Canary Kite", country="NP")
    diligence.record_request(
        actor=buyer, entry=diligence.RequestEntry(text="Canary again?", channel="letter")
    )
    entry = dossiers.DossierEntry(next(iter(laws())), "Canary too", clocks.today(), clocks.today())
    dossiers.draft_dossier(actor=buyer, entry=entry)


def _audited() -> dict[str, tuple[str, dict[str, Any]]]:
    finding = audits.finding("issued")
    audit = finding.audit
    audits.finding("answered", audit, indicator=audits.indicators(audit)[1])
    speaker, lead = audits.speaker(audit), audits.lead_of(audit)
    case = repayments.case(agency=audit.agency)
    first = clocks.today() + timedelta(days=200)
    busy = bodies.add_busy(auditor_id=audit.lead_id, actor=lead, first=first, last=first, kind="leave")
    assessment = audit.application.assessment
    assert assessment is not None
    of_agency: dict[str, dict[str, Any]] = {
        "application": {"application_id": audit.application_id},
        **{key: {"assessment_id": assessment.pk} for key in ("assessment", "assessment_answers")},
        "assessment_answer": {
            "assessment_id": assessment.pk,
            "indicator": assessment.answers.select_related("indicator").all()[0].indicator.code,
        },
        "audit": {"audit_id": audit.pk},
        "repayment": {"case_id": case.pk},
        **{
            key: {"finding_id": finding.pk}
            for key in ("finding", "finding_containment", "finding_evidence", "finding_plan")
        },
    }
    of_firm: dict[str, dict[str, Any]] = {
        "auditor_busy": {"auditor_id": audit.lead_id},
        "auditor_busy_period": {"auditor_id": audit.lead_id, "busy_id": busy.pk},
    }
    found = {name: ("agency", given) for name, given in of_agency.items()}
    found |= {name: ("audit_firm", given) for name, given in of_firm.items()}
    return {**found, "people": ("", {"both": (speaker, lead)})}


def stranger(kind: str) -> User:
    """Somebody of another organisation of that kind, who may do there whatever can be done."""
    if kind == "audit_firm":
        return audits.auditor(name="Tereza Halvorsen").person
    return accounts.person(kind)
