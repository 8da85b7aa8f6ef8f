"""What an edition of the Standard can be, and the fixed words an indicator is sorted by."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, describe_states


class EditionState(models.TextChoices):
    """The life of an edition. From `issued` on its text is frozen."""

    DRAFT = "draft", _("Draft")
    CONSULTATION = "consultation", _("In consultation")
    ISSUED = "issued", _("In force")
    RETIRING = "retiring", _("Being replaced")
    RETIRED = "retired", _("No longer in force")


OPEN_STATES = (EditionState.DRAFT, EditionState.CONSULTATION)
FROZEN_STATES = (EditionState.ISSUED, EditionState.RETIRING, EditionState.RETIRED)

describe_states(
    EditionState,
    {
        EditionState.DRAFT: StateFacts(
            Owner.SCHEME, _("Draft"), _("Draft"), _("Draft"), tone="work", icon="pencil"
        ),
        EditionState.CONSULTATION: StateFacts(
            Owner.SCHEME,
            _("Open for comments"),
            _("Open for comments"),
            _("Open for comments"),
            tone="care",
            icon="message",
        ),
        EditionState.ISSUED: StateFacts(
            Owner.NOBODY, _("In force"), _("In force"), _("In force"), tone="good", icon="circle-check"
        ),
        EditionState.RETIRING: StateFacts(
            Owner.NOBODY,
            _("Being replaced: use the newer edition"),
            _("Being replaced: certificates still valid"),
            _("Being replaced, certificates still valid"),
            tone="care",
            icon="clock",
        ),
        EditionState.RETIRED: StateFacts(
            Owner.NOBODY,
            _("No longer in force"),
            _("No longer in force"),
            _("No longer in force"),
            tone="past",
            icon="archive",
        ),
    },
)


class Element(models.TextChoices):
    """The five elements of a management system."""

    POLICY = "policy", _("Policies and procedures")
    COMMUNICATION = "communication", _("Communication")
    SKILLS = "skills", _("Skills and training")
    MONITORING = "monitoring", _("Monitoring")
    GOVERNANCE = "governance", _("Governance and improvement")


ELEMENT_ABOUT: dict[Element, Promise] = {
    Element.POLICY: _("What the agency has decided and written down."),
    Element.COMMUNICATION: _("What it tells workers, employers, partners and the public."),
    Element.SKILLS: _("What its people know and can do."),
    Element.MONITORING: _("How it finds out what really happens."),
    Element.GOVERNANCE: _("Who answers for it, what binds others, and what changes as a result."),
}


class Severity(models.TextChoices):
    """The grade usually given when an indicator is not met. An auditor may grade otherwise, with a reason."""

    CRITICAL = "critical", _("Critical")
    MAJOR = "major", _("Major")
    MINOR = "minor", _("Minor")


SEVERITY_ABOUT: dict[Severity, Promise] = {
    Severity.CRITICAL: _("People are harmed or about to be: fees, documents kept, children, forced labour."),
    Severity.MAJOR: _("The system fails to give what it is there to give."),
    Severity.MINOR: _("A gap that does not yet put the result in doubt."),
}


class PublicText(models.TextChoices):
    """How much of an edition anyone may read without signing in; a licence may allow titles only."""

    FULL = "full", _("The whole text")
    TITLES = "titles", _("Codes and titles only")


class OpenCases(models.TextChoices):
    """What a new edition does to self-assessments on the edition before that have not been sent yet."""

    STAY = "stay", _("They may stay until a set day, and move when the agency says so")
    MIGRATE = "migrate", _("They move on the first day")


class SchemeKind(models.TextChoices):
    """What sort of thing a mapping points at."""

    AUDIT = "audit", _("Audit or certification")
    LAW = "law", _("Law")
    PRINCIPLES = "principles", _("Principles or indicators")


class Relation(models.TextChoices):
    """How far an item of another scheme goes towards one of our indicators."""

    FULL = "full", _("Asks the same")
    PARTIAL = "partial", _("Asks part of it")
    RELATED = "related", _("Is related")
