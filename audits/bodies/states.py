"""Ties, reasons against an auditor, threats to impartiality, and the languages of audits."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, describe_states


class TieKind(models.TextChoices):
    """Why an auditor may not be independent of an agency."""

    CONSULTED = "consulted", _("Consulted for the agency")
    TRAINED = "trained", _("Trained the agency")
    EMPLOYED = "employed", _("Worked for the agency")
    FAMILY = "family", _("Family or other close tie")


class ReasonCode(models.TextChoices):
    """What can stand against an auditor on a case; the code never changes, its words may."""

    FIRM_APPROVAL = "firm_approval", _("Approval of the firm")
    APPROVAL = "approval", _("Approval of the auditor")
    MEMBER = "member", _("Membership of the firm")
    LEAD = "lead", _("Approval to lead")
    CORRIDOR = "corridor", _("Corridor")
    LANGUAGE = "language", _("Language")
    SECTOR = "sector", _("Sector")
    TRAINING = "training", _("Scheme training")
    DECLARATION = "declaration", _("Yearly declaration")
    TIE = "tie", _("Tie with the agency")
    BAR = "bar", _("Bar on the agency")
    ROTATION = "rotation", _("Rotation")
    REVENUE = "revenue", _("Share of revenue")
    CALENDAR = "calendar", _("Calendar")
    OBJECTION = "objection", _("Objection of the agency")


# What two people of the scheme may let through with a reason. Approvals, declarations, ties and bars (who decided,
# advised, trained or has an interest) and an objection that was upheld are not here: nobody lets them through.
OVERRIDABLE = (
    ReasonCode.CORRIDOR,
    ReasonCode.LANGUAGE,
    ReasonCode.SECTOR,
    ReasonCode.TRAINING,
    ReasonCode.ROTATION,
    ReasonCode.REVENUE,
    ReasonCode.CALENDAR,
)


class OverrideStanding(models.TextChoices):
    """Whether an override counts."""

    WAITING = "waiting", _("Waits for a second person")
    IN_FORCE = "in_force", _("Let through")
    REFUSED = "refused", _("Not let through")


class BusyKind(models.TextChoices):
    """Why an auditor cannot audit on some days."""

    LEAVE = "leave", _("Leave")
    OTHER_WORK = "other_work", _("Other work")
    TRAINING = "training", _("Training")
    OTHER = "other", _("Something else")


class ThreatKind(models.TextChoices):
    """The four threats to impartiality, as ISO/IEC 17021-1 names them."""

    SELF_INTEREST = "self_interest", _("Self-interest")
    SELF_REVIEW = "self_review", _("Self-review")
    FAMILIARITY = "familiarity", _("Familiarity")
    INTIMIDATION = "intimidation", _("Intimidation")


class ThreatState(models.TextChoices):
    """Where a threat stands."""

    OPEN = "open", _("Open")
    SAFEGUARDED = "safeguarded", _("Safeguarded")
    CLOSED = "closed", _("Closed")


describe_states(
    ThreatState,
    {
        ThreatState.OPEN: StateFacts(
            owner=Owner.SCHEME,
            agency=_("Being looked at"),
            auditor=_("Open, no safeguard"),
            public=_("Being looked at"),
            tone="care",
            icon="alert-triangle",
        ),
        ThreatState.SAFEGUARDED: StateFacts(
            owner=Owner.SCHEME,
            agency=_("Safeguarded"),
            auditor=_("Safeguarded"),
            public=_("Safeguarded"),
            tone="good",
            icon="shield-check",
        ),
        ThreatState.CLOSED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Closed"),
            auditor=_("Closed"),
            public=_("Closed"),
            tone="past",
            icon="circle-check",
        ),
    },
)


@cache
def language_table() -> tuple[dict[str, str], dict[str, list[str]]]:
    """Labels of languages, and the languages of each country's workers."""
    data = yaml.safe_load((Path(__file__).parent / "languages.yaml").read_text(encoding="utf-8"))
    return dict(data["labels"]), {code: list(codes) for code, codes in data["countries"].items()}


def language_choices() -> list[tuple[str, str]]:
    """Languages an auditor can be approved for."""
    return sorted(language_table()[0].items(), key=lambda item: item[1])


def language_name(code: str) -> str:
    """The language in words; the code where it is unknown."""
    return language_table()[0].get(code, code)
