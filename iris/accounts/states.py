"""Kinds, states and roles: what organisations and people can be here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, describe_states

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class OrganisationKind(models.TextChoices):
    """What an organisation is here for; it never changes."""

    AGENCY = "agency", _("Recruitment agency")
    AUDIT_FIRM = "audit_firm", _("Audit firm")
    EMPLOYER = "employer", _("Employer")
    SCHEME = "scheme", _("Certification scheme")
    GOVERNMENT = "government", _("Government body")
    TRAINING_PROVIDER = "training_provider", _("Training provider")
    CASEWORKER = "caseworker", _("Caseworker organisation")
    DEVELOPER = "developer", _("Software developer")


class OrganisationState(models.TextChoices):
    """Whether an organisation may act here."""

    APPLIED = "applied", _("Applied")
    ACTIVE = "active", _("Active")
    REFUSED = "refused", _("Refused")


class InvitationState(models.TextChoices):
    """What became of an invitation; that its time is over is derived from its date."""

    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    REVOKED = "revoked", _("Taken back")


class ApiClientState(models.TextChoices):
    """Whether an API key opens anything."""

    ISSUED = "issued", _("Issued")
    REVOKED = "revoked", _("Revoked")


class ApiMode(models.TextChoices):
    """What a key opens: fixed records to build against, or the register as it is."""

    SANDBOX = "sandbox", _("Sandbox: fixed records, no effects")
    LIVE = "live", _("Live: the register as it is")


# How every key of ours begins. Keys from before begin with their digits; they go on.
KEY_WORD = "iris"


class Role(models.TextChoices):
    """What one person may do for one organisation."""

    SIGNATORY = "signatory", _("Authorised signatory")
    MANAGER = "manager", _("Compliance manager")
    CONTRIBUTOR = "contributor", _("Contributor")
    FIRM_MANAGER = "firm_manager", _("Audit firm manager")
    LEAD_AUDITOR = "lead_auditor", _("Lead auditor")
    AUDITOR = "auditor", _("Auditor")
    SCHEME_MANAGER = "scheme_manager", _("Scheme manager")
    SCREENER = "screener", _("Screener")
    DECIDER = "decider", _("Decider")
    SOURCING_MANAGER = "sourcing_manager", _("Sourcing manager")
    SOURCING_VIEWER = "sourcing_viewer", _("Sourcing viewer")
    READER = "reader", _("Reader")
    TRAINER = "trainer", _("Trainer")
    CASEWORKER = "caseworker", _("Caseworker")
    DEVELOPER = "developer", _("Developer")


class ApiScope(models.TextChoices):
    """What an API key may do."""

    READ_REGISTER = "read:register", _("Read agencies and certificates of the public register")
    READ_LOOKUPS = "read:lookups", _("Check agencies and read your organisation's checks")
    READ_CHAINS = "read:chains", _("Read your organisation's supply chain and its findings")
    WRITE_CHAINS = "write:chains", _("Send links into your organisation's supply chain")
    READ_WATCHES = "read:watches", _("Read your organisation's watches, their ledgers and changes")
    WRITE_WATCHES = "write:watches", _("Begin, change and end watches for your organisation")
    READ_DILIGENCE = (
        "read:diligence",
        _("Read your organisation's risks, decisions, conditions, nominations and requests"),
    )
    WRITE_DILIGENCE = "write:diligence", _("Propose decisions, meet conditions, nominate, set risk weights")
    READ_DOSSIERS = "read:dossiers", _("Read and download your organisation's dossiers")
    WRITE_DOSSIERS = "write:dossiers", _("Have dossiers made for your organisation")
    READ_CERTIFICATION = (
        "read:certification",
        _("Read your agency's applications, self-assessments, certificates, repayments and training"),
    )
    WRITE_CERTIFICATION = (
        "write:certification",
        _("Write drafts of your agency's answers; declaring stays yours"),
    )
    READ_AUDITS = (
        "read:audits",
        _("Read audits and findings of your agency or audit firm, as you may see them"),
    )
    WRITE_AUDITS = "write:audits", _("Send plans and evidence for findings; keep auditors' calendars")
    READ_WEBHOOKS = "read:webhooks", _("Read your organisation's webhook endpoints and their messages")
    WRITE_WEBHOOKS = "write:webhooks", _("Add, change and remove webhook endpoints; send messages again")
    WRITE_DECISIONS = "write:decisions", _("Remember which agency a name means, for your organisation")
    READ_CORRECTIONS = (
        "read:corrections",
        _("Read the disputes and the notices that your organisation sent, and their answers"),
    )
    WRITE_CORRECTIONS = (
        "write:corrections",
        _("Dispute entries of the register; as an authority, file notices"),
    )
    WRITE_LICENCES = "write:licences", _("As an authority, send the list of your country's licence register")
    RECONCILE = "reconcile", _("Match tables against the register from OpenRefine and tools like it")


ROLES_OF_KIND: dict[str, tuple[Role, ...]] = {
    OrganisationKind.AGENCY: (Role.SIGNATORY, Role.MANAGER, Role.CONTRIBUTOR),
    OrganisationKind.AUDIT_FIRM: (Role.FIRM_MANAGER, Role.LEAD_AUDITOR, Role.AUDITOR),
    OrganisationKind.EMPLOYER: (Role.SOURCING_MANAGER, Role.SOURCING_VIEWER),
    OrganisationKind.SCHEME: (Role.SCHEME_MANAGER, Role.SCREENER, Role.DECIDER),
    OrganisationKind.GOVERNMENT: (Role.READER,),
    OrganisationKind.TRAINING_PROVIDER: (Role.TRAINER,),
    OrganisationKind.CASEWORKER: (Role.CASEWORKER,),
    OrganisationKind.DEVELOPER: (Role.DEVELOPER,),
}

# The people who look after their organisation's members and keys. An active organisation always keeps one.
MANAGING_ROLES: dict[str, tuple[Role, ...]] = {
    OrganisationKind.AGENCY: (Role.SIGNATORY, Role.MANAGER),
    OrganisationKind.AUDIT_FIRM: (Role.FIRM_MANAGER,),
    OrganisationKind.EMPLOYER: (Role.SOURCING_MANAGER,),
    OrganisationKind.SCHEME: (Role.SCHEME_MANAGER,),
    OrganisationKind.GOVERNMENT: (Role.READER,),
    OrganisationKind.TRAINING_PROVIDER: (Role.TRAINER,),
    OrganisationKind.CASEWORKER: (Role.CASEWORKER,),
    OrganisationKind.DEVELOPER: (Role.DEVELOPER,),
}

# Roles of which an organisation may never lose the last one, because nobody else could do their act.
IRREPLACEABLE_ROLES: dict[str, tuple[Role, ...]] = {
    OrganisationKind.AGENCY: (Role.SIGNATORY,),
    OrganisationKind.SCHEME: (Role.SCHEME_MANAGER,),
}

# The role of the person who brings an organisation here.
FIRST_ROLE: dict[str, Role] = {kind: roles[0] for kind, roles in ROLES_OF_KIND.items()}

# Kinds that a person enrols or applies for; the scheme itself is set up by its operator.
# Developers come in by themselves too: all they get is sandbox keys, until the scheme accepts their request.
SELF_ENROLLED_KINDS: tuple[str, ...] = (
    OrganisationKind.AGENCY,
    OrganisationKind.SCHEME,
    OrganisationKind.DEVELOPER,
)
# What a developer may ask the scheme to open with live keys: what the public may read anyway.
ASKABLE_SCOPES: tuple[ApiScope, ...] = (ApiScope.READ_REGISTER,)
# What a developer's keys can be of use for: the endpoints of the sandbox.
SANDBOX_SCOPES: tuple[ApiScope, ...] = (ApiScope.READ_REGISTER, ApiScope.READ_LOOKUPS)
APPLYING_KINDS: tuple[str, ...] = (
    OrganisationKind.EMPLOYER,
    OrganisationKind.AUDIT_FIRM,
    OrganisationKind.GOVERNMENT,
    OrganisationKind.TRAINING_PROVIDER,
    OrganisationKind.CASEWORKER,
)

ROLE_DESCRIPTIONS: dict[str, StrOrPromise] = {
    Role.SIGNATORY: _(
        "Speaks for the agency: declares the self-assessment true, applies, manages people and keys."
    ),
    Role.MANAGER: _(
        "Runs the certification work day to day: answers, evidence, corrections, people and keys."
    ),
    Role.CONTRIBUTOR: _("Answers questions and adds evidence. Cannot send anything to the scheme."),
    Role.FIRM_MANAGER: _("Accepts audits for the firm and manages its auditors, people and keys."),
    Role.LEAD_AUDITOR: _("Leads audits: plans, grades findings, verifies corrections and signs the report."),
    Role.AUDITOR: _("Works in an audit team: reads answers, interviews, records notes and findings."),
    Role.SCHEME_MANAGER: _(
        "Runs the scheme: vets organisations, assigns audits, suspends and reinstates, manages people."
    ),
    Role.SCREENER: _("Checks new applications and accepts, defers or rejects them."),
    Role.DECIDER: _("Decides on certification. Never on an agency they audited, trained or advised."),
    Role.SOURCING_MANAGER: _(
        "Checks agencies, screens supplier lists, keeps the receipts, manages people and keys."
    ),
    Role.SOURCING_VIEWER: _(
        "Reads checks and receipts and makes single checks. Cannot change lists or people."
    ),
    Role.READER: _("Reads what the scheme shares with governments and manages the body's people and keys."),
    Role.TRAINER: _(
        "Records training that agencies took. Barred from auditing or deciding on them afterwards."
    ),
    Role.CASEWORKER: _("Handles workers' cases that are assigned to this organisation."),
    Role.DEVELOPER: _("Builds software on the API: issues keys, asks the scheme for live ones."),
}

KIND_DESCRIPTIONS: dict[str, StrOrPromise] = {
    OrganisationKind.AGENCY: _("We recruit workers for employers abroad and want to be certified."),
    OrganisationKind.EMPLOYER: _("We engage workers through agencies and want to check them."),
    OrganisationKind.AUDIT_FIRM: _("We audit agencies for the scheme."),
    OrganisationKind.GOVERNMENT: _("We license or oversee labour recruitment."),
    OrganisationKind.TRAINING_PROVIDER: _("We train agencies in fair recruitment."),
    OrganisationKind.CASEWORKER: _("We help workers with complaints and repayment."),
    OrganisationKind.DEVELOPER: _("We build software that reads the register. Sandbox keys at once."),
}

describe_states(
    OrganisationState,
    {
        OrganisationState.APPLIED: StateFacts(
            owner=Owner.SCHEME,
            agency=_("Waiting for the scheme"),
            auditor=_("To be vetted"),
            public=_("Not yet admitted"),
            tone="work",
            icon="clock",
        ),
        OrganisationState.ACTIVE: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Active"),
            auditor=_("Active"),
            public=_("Active"),
            tone="good",
            icon="circle-check",
        ),
        OrganisationState.REFUSED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Not admitted"),
            auditor=_("Not admitted"),
            public=_("Not admitted"),
            tone="past",
            icon="ban",
        ),
    },
)

describe_states(
    InvitationState,
    {
        InvitationState.OPEN: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Waiting for an answer"),
            auditor=_("Waiting for an answer"),
            public=_("Open"),
            tone="work",
            icon="clock",
        ),
        InvitationState.ACCEPTED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Accepted"),
            auditor=_("Accepted"),
            public=_("Accepted"),
            tone="good",
            icon="circle-check",
        ),
        InvitationState.REVOKED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Taken back"),
            auditor=_("Taken back"),
            public=_("Taken back"),
            tone="past",
            icon="ban",
        ),
    },
)

describe_states(
    ApiClientState,
    {
        ApiClientState.ISSUED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Working"),
            auditor=_("Working"),
            public=_("Working"),
            tone="good",
            icon="circle-check",
        ),
        ApiClientState.REVOKED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Revoked"),
            auditor=_("Revoked"),
            public=_("Revoked"),
            tone="past",
            icon="ban",
        ),
    },
)
