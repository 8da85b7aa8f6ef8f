"""Every answer in words: short, and why it matters. Words that ask; none that judge."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iris.core.errors import Text

UNKNOWN_WORD: Text = _("Unknown")
NO_CERTIFICATE: Text = _("Nobody independent has looked at how it recruits.")
ENDED: Text = _("What was once certified is not in force.")
LEVELS: dict[tuple[str, str], tuple[Text, Text]] = {
    ("certificate", "certified"): (_("Certified"), _("A certificate is in force.")),
    ("certificate", "certified_with_conditions"): (
        _("Certified with conditions"),
        _("In force, with promises still to keep."),
    ),
    ("certificate", "reduced_scope"): (
        _("Certified, scope reduced"),
        _("In force for less than before; ask what was taken out."),
    ),
    ("certificate", "not_yet_valid"): (_("Not valid yet"), _("The certificate begins on a later day.")),
    ("certificate", "applicant"): (_("Applicant"), _("Has applied; nothing is decided.")),
    ("certificate", "enrolled"): (_("Not certified"), NO_CERTIFICATE),
    ("certificate", "superseded"): (_("Replaced"), ENDED),
    ("certificate", "left"): (_("Gave it up"), ENDED),
    ("certificate", "expired"): (_("Expired"), ENDED),
    ("certificate", "suspended"): (_("Suspended"), _("The scheme has suspended it; the register says why.")),
    ("certificate", "withdrawn"): (_("Withdrawn"), _("The scheme has withdrawn it; the register says why.")),
    ("scope", "inside"): (_("Inside"), _("Certified for this corridor and sector.")),
    ("scope", "sector_outside"): (
        _("Sector not named"),
        _("Certified for this corridor, but not for this sector."),
    ),
    ("scope", "outside"): (_("Outside"), _("No certificate in force covers this corridor.")),
    ("licence", "active"): (_("Licensed"), _("The authority's register says so.")),
    ("licence", "conditional"): (
        _("Licensed with conditions"),
        _("The authority watches it or has set conditions."),
    ),
    ("licence", "pending"): (_("Asked for"), _("Not licensed while the authority has not decided.")),
    ("licence", "expired"): (_("Expired"), _("By the register its licence has ended.")),
    ("licence", "not_found"): (_("Not on the register"), _("The authority's list does not name it.")),
    ("licence", "suspended"): (_("Suspended"), _("The authority has suspended its licence.")),
    ("licence", "revoked"): (_("Revoked"), _("The authority has taken its licence away.")),
    ("critical", "no"): (_("None open"), _("No critical finding is open in public.")),
    ("critical", "yes"): (
        _("One is open"),
        _("A critical finding is open in public; ask what is being done."),
    ),
    ("fees", "employer"): (_("Employer pays"), _("The employer bears the costs of recruitment.")),
    ("fees", "below_cost"): (
        _("Paid less than it costs"),
        _("The fee the employer pays is lower than the costs; ask who pays the rest."),
    ),
    ("fees", "shared"): (_("Workers pay a part"), _("Workers bear a part of the costs.")),
    ("fees", "worker"): (
        _("Workers pay"),
        _("Workers bear costs of their recruitment; ask about repayment."),
    ),
    ("sub_agents", "none"): (_("None"), _("Finds workers itself.")),
    ("sub_agents", "declared"): (_("Declared"), _("Sub-agents are named on its list.")),
    ("sub_agents", "undeclared"): (
        _("Not declared"),
        _("Somebody finds workers for it who is not on its list."),
    ),
    ("ties", "no"): (_("None known"), _("Shares nothing we know of with a withdrawn agency.")),
    ("ties", "yes"): (
        _("Shares a party"),
        _("A party it works through also works for an agency that was withdrawn."),
    ),
    ("claim", "verified"): (_("Verified"), _("Somebody has checked that this link exists.")),
    ("claim", "declared"): (_("Declared"), _("Told by one side and not checked.")),
}
UNKNOWN_REASON: dict[str, Text] = {
    "certificate": _("Not found on the register."),
    "scope": _("The corridor or sector is not known, so nobody can say whether a certificate covers it."),
    "licence": _("No register has answered for its licence. Unknown is never clean."),
    "critical": _("Nothing is published either way."),
    "fees": _("Nobody has said who pays. Ask for the fee terms of the contract."),
    "sub_agents": _("Nobody has said who finds the workers. Ask for the list."),
    "hops": _("How many stand between it and the workers is not known."),
    "ties": _("Not looked into."),
    "claim": _("No source is named for this link."),
    "checked": _("You have not checked it yet."),
    "corridor": _("Where workers come from and go to is not known."),
    "sector": _("The sector is not known."),
}
TREATY: Text = _("The state promised to bring law and practice into line; that is not proof of practice.")
BASE_LEVELS: dict[tuple[str, str], tuple[Text, Text]] = {
    ("worker_fees", "forbidden"): (
        _("Forbidden"),
        _("The law lets nobody charge a worker. Law is not practice."),
    ),
    ("worker_fees", "partly"): (
        _("Forbidden in part"),
        _("Forbidden for some workers, places or costs only."),
    ),
    ("worker_fees", "capped"): (
        _("Allowed up to an amount"),
        _("Lawful there is not the same as employer pays."),
    ),
    ("worker_fees", "allowed"): (_("Allowed"), _("Lawful there is not the same as employer pays.")),
    ("c181", "yes"): (_("Ratified"), TREATY),
    ("c181", "no"): (_("Not ratified"), _("The state has not bound itself.")),
    ("p29", "yes"): (_("Ratified"), TREATY),
    ("p29", "no"): (_("Not ratified"), _("The state has not bound itself.")),
    ("permit", "free"): (_("May change employer"), _("A worker can leave without losing the right to stay.")),
    ("permit", "conditions"): (
        _("Under conditions"),
        _("A worker can leave an employer only in some cases or within short times."),
    ),
    ("permit", "tied"): (
        _("Tied to the employer"),
        _("A worker who leaves may lose the right to stay, and so puts up with more."),
    ),
    ("estimates", "yes"): (_("Named"), _("Among the sectors where forced labour was found most.")),
    ("estimates", "no"): (_("Not named"), _("Not among them; that is not proof of absence.")),
    ("goods", "yes"): (_("Listed"), _("Goods of the sector stand on the list, for some countries.")),
    ("goods", "no"): (_("Not listed"), _("No goods of the sector stand on the list.")),
    ("goods", "none"): (_("Makes no goods"), _("Such a list cannot name it.")),
    ("isolation", "yes"): (_("Yes"), _("Workers are out of sight of inspectors, colleagues and neighbours.")),
    ("isolation", "partly"): (_("In part"), _("Some of the work is out of sight.")),
    ("isolation", "no"): (_("No"), _("Most of the work is in sight of others.")),
    ("own_rules", "yes"): (_("Yes"), _("Hours, pay or inspection often follow other rules.")),
    ("own_rules", "partly"): (
        _("In part"),
        _("Hours, pay or inspection follow other rules in some countries."),
    ),
    ("own_rules", "no"): (_("No"), _("General labour law mostly applies.")),
}
NOT_READ: Text = _("We hold no source. That is no good news: it counts as risk.")
BASE_UNKNOWN: dict[str, Text] = {
    "worker_fees": _("We hold no source on the law there. It counts as risk until somebody has looked."),
    "cost_months": _("No published survey of this corridor is known to us."),
    "c181": _("Not on the list we could read, which may lack some."),
    "p29": _("Not on the list we could read, which may lack some."),
    "permit": NOT_READ,
    "estimates": NOT_READ,
    "goods": NOT_READ,
    "isolation": NOT_READ,
    "own_rules": NOT_READ,
}
