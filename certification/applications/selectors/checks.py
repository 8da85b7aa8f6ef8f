"""What the screener looks at before answering: facts of this room and of the rooms below, each with its tone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.agencies import selectors as agencies
from certification.applications import states
from certification.applications.models import Application
from certification.assessments import selectors as assessments
from iris.core.places import Corridor


@dataclass(frozen=True)
class Check:
    """One thing to look at. Tone: good (nothing found), care (look at it), stop (it speaks against), unsure."""

    key: str
    tone: str
    title: str
    text: str
    url: str = ""


CheckProvider = Callable[[Application], "Check | None"]
_providers: dict[str, tuple[int, CheckProvider]] = {}


def offer_check(key: str, provider: CheckProvider, order: int = 50) -> None:
    """Add a line to the screener's checklist; the provider returns None where it has nothing to say."""
    _providers[key] = (order, provider)


def checks_for(application: Application) -> list[Check]:
    """The checklist of a case that is being screened; empty otherwise."""
    if application.state not in states.SCREENING:
        return []
    found = [*_enrolment(application), _scope(application), _ledger(application), _declared(application)]
    found += [provider(application) for _order, provider in sorted(_providers.values(), key=_first)]
    return [check for check in found if check is not None]


def _first(entry: tuple[int, CheckProvider]) -> int:
    return entry[0]


def _enrolment(application: Application) -> list[Check]:
    url = reverse("agencies:agency", args=[application.agency_id])
    return [
        Check(f"enrolment.{item.code}", item.tone, str(item.title), str(item.text), url)
        for item in agencies.eligibility(application.agency).items
    ]


def _scope(application: Application) -> Check:
    """What was pinned when it was sent, against the enrolment of today."""
    title = _("Scope as it was sent")
    now, sent = agencies.scope_of(application.agency), application.scope
    names = {
        "corridors": _("corridors"),
        "sectors": _("sectors"),
        "branches": _("branches"),
        "licences": _("licences"),
        "sub_agents": _("sub-agents"),
        "legal_name": _("legal name"),
    }
    changed = [word for key, word in names.items() if sent.get(key) != now.get(key)]
    if changed:
        text = _("Changed since it was sent: %(what)s. The application stands on what was sent.") % {
            "what": ", ".join(changed)
        }
        return Check("scope", "care", title, text)
    corridors = "; ".join(Corridor(*pair).text for pair in sent.get("corridors", [])[:6])
    return Check("scope", "good", title, corridors or _("Nothing has changed since."))


def _ledger(application: Application) -> Check | None:
    if application.assessment is None:
        return None
    title = _("Costs borne by workers")
    url = reverse("assessments:read", args=[application.assessment_id]) + "#ledger"
    borne = len(assessments.worker_borne(application.assessment))
    if not borne:
        return Check("ledger", "good", title, _("The ledger names none."), url)
    text = ngettext(
        "%(n)s cost was borne by workers. Read how it is settled.",
        "%(n)s costs were borne by workers. Read how they are settled.",
        borne,
    ) % {"n": borne}
    return Check("ledger", "care", title, text, url)


def _declared(application: Application) -> Check | None:
    if application.assessment is None:
        return None
    url = reverse("assessments:read", args=[application.assessment_id])
    found = assessments.gaps(application.assessment)
    text = (
        ngettext("%(n)s answer is “no” or “partly”.", "%(n)s answers are “no” or “partly”.", len(found))
        % {"n": len(found)}
        if found
        else _("Every answer is “yes” or does not apply: ask yourself whether that can be.")
    )
    return Check("answers", "good" if found else "care", _("Answers"), text, url)
