"""Whether an agency may apply, item by item in plain words, and whose move enrolment is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from certification.agencies import permissions
from certification.agencies.models import Agency, Licence
from certification.agencies.rules import in_words
from certification.agencies.states import CERTIFIABLE_KINDS, AgencyKind, SanctionsAnswer
from certification.licences.states import LicenceStatus
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from iris.core import clocks
from iris.core.moves import Move
from iris.core.places import country_name

from .licences import LicenceView, licence_views
from .likeness import likenesses_of
from .reading import with_facts
from .structure import sub_agent_warnings
from .words import in_list


@dataclass(frozen=True)
class EligibilityItem:
    """One thing an agency needs before it may apply, in plain words, and the page where it is put right."""

    code: str
    state: Literal["ok", "missing", "warning", "unknown"]
    title: StrOrPromise
    text: StrOrPromise
    url_name: str

    @property
    def tone(self) -> str:
        """For the state tag."""
        return {"ok": "good", "missing": "stop", "warning": "care", "unknown": "unsure"}[self.state]


@dataclass(frozen=True)
class Eligibility:
    """Whether an agency has what enrolment asks for."""

    ready: bool
    items: list[EligibilityItem]

    @property
    def missing(self) -> list[EligibilityItem]:
        """What is still to be done."""
        return [item for item in self.items if item.state == "missing"]


def eligibility(agency: Agency) -> Eligibility:
    """What of enrolment is there and what is missing, item by item."""
    if "licences" not in getattr(agency, "_prefetched_objects_cache", {}):
        agency = with_facts(
            Agency.objects.filter(pk=agency.pk)
        ).get()  # a copy: nothing stale stays on the caller's
    items = [
        _kind_item(agency),
        _contact_item(agency),
        *_licence_items(agency),
        *_register_items(agency),
        _corridor_item(agency),
        _sector_item(agency),
        _owner_item(agency),
        _sub_agent_item(agency),
        _sanctions_item(agency),
    ]
    items.append(_confirmed_item(agency, items))
    return Eligibility(ready=all(item.state != "missing" for item in items), items=items)


def eligibility_for(agency: Agency, user: User) -> Eligibility:
    """The same, with what only the scheme sees."""
    found = eligibility(agency)
    return Eligibility(ready=found.ready, items=[*found.items, *likeness_items(agency, user)])


def missing_for_confirmation(agency: Agency) -> list[str]:
    """What is left before the enrolment can be confirmed."""
    return [str(item.text) for item in eligibility(agency).missing if item.code != "confirmed"]


def _kind_item(agency: Agency) -> EligibilityItem:
    if agency.kind in CERTIFIABLE_KINDS:
        text = _("%(kind)s, registered in %(country)s.") % {
            "kind": AgencyKind(agency.kind).label,
            "country": country_name(agency.country),
        }
        return EligibilityItem("kind", "ok", _("A private agency"), text, "agencies:entity")
    text = _(
        "The scheme certifies private agencies. A public employment service can be listed, but not certified."
    )
    return EligibilityItem("kind", "missing", _("A private agency"), text, "agencies:entity")


def _contact_item(agency: Agency) -> EligibilityItem:
    title = _("Address and contact")
    if agency.address and agency.city and agency.contact_name and agency.email:
        return EligibilityItem(
            "contact", "ok", title, _("An address and a person to ask are given."), "agencies:contact"
        )
    return EligibilityItem(
        "contact",
        "missing",
        title,
        _("Tell us the head office’s address and a person we can ask."),
        "agencies:contact",
    )


def _licence_items(agency: Agency) -> list[EligibilityItem]:
    today = clocks.today()
    country = country_name(agency.country)
    title = _("A valid licence in %(country)s") % {"country": country}
    licences = list(agency.licences.all())
    at_home = [each for each in licences if each.country == agency.country]
    good = [each for each in at_home if each.in_force(today)]
    if good:
        best = max(good, key=lambda each: each.valid_to)
        items = [_licence_in_force(best, title)]
    else:
        items = [
            EligibilityItem(
                "licence", "missing", title, _no_licence_text(at_home, country), "agencies:licences"
            )
        ]
    for each in licences:
        if each.valid_to < today and not (each in at_home and not good):
            text = _(
                "Licence %(number)s of %(country)s ended on %(end)s. Renew it or take it off your list."
            ) % {
                "number": each.number,
                "country": country_name(each.country),
                "end": in_words(each.valid_to),
            }
            items.append(
                EligibilityItem(
                    "licence_ended", "warning", _("A licence has ended"), text, "agencies:licences"
                )
            )
    return items


def _register_items(agency: Agency) -> list[EligibilityItem]:
    """What registers say: a licence taken away at home counts as none; what is not known is said, never called fine."""
    today = clocks.today()
    views = [view for view in licence_views(agency) if view.licence.in_force(today)]
    at_home = [view for view in views if view.licence.country == agency.country]
    carried = any(not view.register.lost for view in at_home)
    items = [_register_item(view, must=view in at_home and not carried) for view in views]
    return [item for item in items if item is not None]


def _register_item(view: LicenceView, *, must: bool) -> EligibilityItem | None:
    said = view.register
    state: Literal["ok", "missing", "warning", "unknown"] = "warning"
    if said.status == LicenceStatus.UNKNOWN:
        if not said.register:
            return None
        state = "unknown"
    elif said.status == LicenceStatus.ACTIVE and not said.note and not view.warnings:
        state = "ok"
    elif said.lost and must:
        state = "missing"
    title = _("The register of %(country)s on licence %(number)s") % {
        "country": country_name(view.licence.country),
        "number": view.licence.number,
    }
    text = " ".join([said.sentence, *(str(warning) for warning in view.warnings)])
    if said.lost:
        text += " " + _("Ask the authority, or add the licence that holds now.")
    return EligibilityItem("register", state, title, text, "agencies:licences")


def _licence_in_force(licence: Licence, title: str) -> EligibilityItem:
    soon = clocks.today() + timedelta(days=clocks.number("licence_warning_days"))
    words = {"number": licence.number, "end": in_words(licence.valid_to)}
    if licence.valid_to <= soon:
        text = _("Licence %(number)s ends soon, on %(end)s. Add its renewal when you have it.") % words
        return EligibilityItem("licence", "warning", title, text, "agencies:licences")
    text = _("Licence %(number)s, valid to %(end)s.") % words
    return EligibilityItem("licence", "ok", title, text, "agencies:licences")


def _no_licence_text(at_home: Iterable[Licence], country: StrOrPromise) -> str:
    today = clocks.today()
    ended = max(
        (each for each in at_home if each.valid_to < today), key=lambda each: each.valid_to, default=None
    )
    coming = min(
        (each for each in at_home if each.valid_from > today), key=lambda each: each.valid_from, default=None
    )
    if coming:
        return _("Licence %(number)s only holds from %(start)s. Until then you need another one.") % {
            "number": coming.number,
            "start": in_words(coming.valid_from),
        }
    if ended:
        return _(
            "Licence %(number)s ended on %(end)s. Add its renewal or another licence that holds now."
        ) % {
            "number": ended.number,
            "end": in_words(ended.valid_to),
        }
    return _("Add your licence to recruit, given by an authority of %(country)s.") % {"country": country}


def _corridor_item(agency: Agency) -> EligibilityItem:
    corridors = list(agency.corridors.all())
    title = _("Corridors")
    if not corridors:
        text = _("Name at least one corridor: the country workers come from and the country they work in.")
        return EligibilityItem("corridors", "missing", title, text, "agencies:corridors")
    return EligibilityItem(
        "corridors", "ok", title, in_list([each.text for each in corridors]), "agencies:corridors"
    )


def _sector_item(agency: Agency) -> EligibilityItem:
    sectors = [str(each) for each in agency.sectors.all()]
    title = _("Sectors")
    if not sectors:
        return EligibilityItem(
            "sectors", "missing", title, _("Name the sectors you recruit for."), "agencies:sectors"
        )
    return EligibilityItem("sectors", "ok", title, in_list(sectors), "agencies:sectors")


def _owner_item(agency: Agency) -> EligibilityItem:
    title = _("Owners and directors")
    today = clocks.today()
    now = [each for each in agency.officers.all() if each.holds(today)]
    if not now:
        text = _("Name who owns and who directs the agency: people or companies. They are not public.")
        return EligibilityItem("owners", "missing", title, text, "agencies:owners")
    text = ngettext("%(count)s named.", "%(count)s named.", len(now)) % {"count": len(now)}
    return EligibilityItem("owners", "ok", title, text, "agencies:owners")


def _sub_agent_item(agency: Agency) -> EligibilityItem:
    title = _("Sub-agents")
    rows = list(agency.sub_agents.all())
    warnings = sub_agent_warnings(agency, rows)
    if warnings:
        return EligibilityItem("sub_agents", "warning", title, warnings[0], "agencies:sub_agents")
    if not rows:
        text = _("None listed. Auditors compare this with what workers say.")
        return EligibilityItem("sub_agents", "ok", title, text, "agencies:sub_agents")
    text = ngettext("%(count)s listed.", "%(count)s listed.", len(rows)) % {"count": len(rows)}
    return EligibilityItem("sub_agents", "ok", title, text, "agencies:sub_agents")


def likeness_items(agency: Agency, user: User) -> list[EligibilityItem]:
    """Open likenesses to other agencies, as warnings for the scheme alone. They never decide by themselves."""
    if not user.is_kind(OrganisationKind.SCHEME):
        return []
    rows = likenesses_of(agency, open_only=True)
    if not rows:
        return []
    text = ngettext(
        "%(count)s likeness to another agency has not been looked at.",
        "%(count)s likenesses to other agencies have not been looked at.",
        len(rows),
    ) % {"count": len(rows)}
    return [EligibilityItem("likeness", "warning", _("Look-alikes"), text, "agencies:likenesses_of")]


def _sanctions_item(agency: Agency) -> EligibilityItem:
    title = _("Declaration about sanctions")
    if not agency.sanctions or agency.sanctions_declared_at is None:
        text = _(
            "Your signatory declares whether the agency, its owners or its directors are under sanctions or bans."
        )
        return EligibilityItem("sanctions", "missing", title, text, "agencies:sanctions")
    when = in_words(agency.sanctions_declared_at.date())
    if agency.sanctions == SanctionsAnswer.SOME:
        text = _("Declared on %(when)s: there is one. The scheme reads it when it screens your application.")
        return EligibilityItem("sanctions", "warning", title, text % {"when": when}, "agencies:sanctions")
    text = _("Declared on %(when)s: none.") % {"when": when}
    return EligibilityItem("sanctions", "ok", title, text, "agencies:sanctions")


def _confirmed_item(agency: Agency, others: Iterable[EligibilityItem]) -> EligibilityItem:
    title = _("Checked and confirmed")
    if agency.enrolled_at:
        text = _("Confirmed on %(when)s.") % {"when": in_words(agency.enrolled_at.date())}
        return EligibilityItem("confirmed", "ok", title, text, "agencies:check")
    left = sum(item.state == "missing" for item in others)
    if left:
        text = ngettext(
            "After the %(count)s thing above you check everything once and confirm it.",
            "After the %(count)s things above you check everything once and confirm it.",
            left,
        ) % {"count": left}
    else:
        text = _("Everything is there. Check it once and confirm it.")
    return EligibilityItem("confirmed", "missing", title, text, "agencies:check")


def enrolment_move(agency: Agency, user: User) -> Move:
    """Whose move it is while an agency enrols, and after."""
    found = eligibility(agency)
    left = [item for item in found.missing if item.code != "confirmed"]
    mine = permissions.may_change(agency, user)
    if agency.enrolled_at and found.ready:
        return Move(
            _("Your agency is eligible"),
            _("Enrolment is confirmed. Next is the self-assessment, then you apply."),
            done=True,
        )
    if left:
        words = ngettext(
            "%(whose)s: %(count)s thing is missing before you are eligible",
            "%(whose)s: %(count)s things are missing before you are eligible",
            len(left),
        )
        whose = _("Your move") if mine else _("Waiting for your signatory or compliance manager")
        url = reverse(left[0].url_name, args=[agency.pk]) if mine else ""
        return Move(
            words % {"whose": whose, "count": len(left)},
            str(left[0].text),
            yours=mine,
            act_label=_("Go to the first") if mine else "",
            act_url=url,
        )
    return Move(
        _("Your move: check and confirm")
        if mine
        else _("Waiting for your signatory or compliance manager: confirm"),
        _("Everything is there. Read it once and confirm it."),
        yours=mine,
        act_label=_("Check and confirm") if mine else "",
        act_url=reverse("agencies:check", args=[agency.pk]) if mine else "",
    )
