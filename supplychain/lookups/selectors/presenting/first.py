"""Snapshots of kind iris.lookup/1 (2026) in words. Kept as they were, so that old receipts can be printed again."""

from datetime import date, datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iris.core.places import Corridor, country_name, sector_name
from supplychain.lookups.selectors.answers import verdict_of
from supplychain.lookups.states import How

FIT = {"yes": ("good", "check"), "no": ("stop", "x"), "ask": ("unsure", "help-circle")}


def present(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Everything a template shows of a snapshot, with dates as dates and codes as words."""
    answer = snapshot["answer"]
    verdict = verdict_of(snapshot)
    shown: dict[str, Any] = {
        "version": 1,
        "notes": [],
        "number": snapshot["number"],
        "at": datetime.fromisoformat(snapshot["at"]),
        "scheme": snapshot["scheme"],
        "engine": snapshot["engine"],
        "events_up_to": snapshot["register_events_up_to"],
        "asked_by": snapshot["asked_by"],
        "question": _question(snapshot["query"]),
        "tone": verdict["tone"],
        "code": verdict["code"],
        "title": _title(verdict["code"], answer),
        "text": _text(verdict["code"], snapshot),
        "matches": [_match(row) for row in snapshot["matches"]],
        "reasons": _reasons(snapshot),
        "answer": _answer(answer) if answer else None,
    }
    return shown


def _question(query: dict[str, str]) -> list[tuple[str, str]]:
    rows = [(_("Asked"), query["text"])]
    if query["origin"]:
        rows.append((_("For the corridor"), Corridor(query["origin"], query["destination"]).text))
    if query["sector"]:
        rows.append((_("For the sector"), sector_name(query["sector"])))
    return rows


def _title(code: str, answer: dict[str, Any] | None) -> str:
    titles = {
        "certified": _("Certified"),
        "with_conditions": _("Certified with conditions"),
        "name_alike": _("A certified agency has a name like this one"),
        "other_scope": _("Found, but the certificate does not cover what you asked for"),
        "ambiguous": _("Several agencies could be meant"),
        "possible": _("Perhaps one of these is meant"),
        "not_found": _("Not found on the register"),
        "invalid": _("There is nothing to search for"),
    }
    if code == "not_valid" and answer:
        return _("Found: %(standing)s") % {"standing": answer["standing"]["label"]}
    return titles[code]


def _text(code: str, snapshot: dict[str, Any]) -> SafeString:
    answer = snapshot["answer"]
    name = answer["legal_name"] if answer else snapshot["query"]["text"]
    sentences = {
        "certified": _("{} holds a certificate in force. Check that the scope below covers your case."),
        "with_conditions": _("{} holds a certificate in force, with conditions it must meet by a date."),
        "name_alike": _("{} is certified. Only the name is alike: make sure that it is the agency you mean."),
        "other_scope": _(
            "{} holds a certificate, but not for all you asked. Do not rely on it for the rest."
        ),
        "not_valid": _("{} has no certificate that may be relied on today."),
        "ambiguous": _("More than one agency fits “{}”. Choose one below, or ask again with a number."),
        "possible": _("No agency fits “{}” well enough. Choose below if one is meant."),
        "not_found": _(
            "No agency on this register is called “{}” or anything near. That says nothing for or against it."
        ),
        "invalid": _("“{}” holds no letter or digit. Type a name or a number."),
    }
    return format_html(sentences[code].replace("{}", "<strong><bdi>{}</bdi></strong>"), name)


def _match(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "country_name": country_name(row["country"]), "percent": round(row["score"] * 100)}


def _reasons(snapshot: dict[str, Any]) -> list[str]:
    """Why we think it is this agency, as sentences."""
    if not snapshot["answer"] or not snapshot["matches"]:
        return []
    best = snapshot["matches"][0]
    how = snapshot["how"]
    if how in {How.CERTIFICATE, How.LICENCE, How.REGISTRATION, How.CONTACT}:
        return [_("It has this %(what)s.") % {"what": best["why"]}]
    if how == How.CHOSEN:
        return [best["why"][:1].upper() + best["why"][1:] + "."]
    rows = [
        _("Name %(percent)s%% alike: “%(asked)s” and “%(name)s”.")
        % {"percent": round(best["score"] * 100), "asked": snapshot["query"]["text"], "name": best["name"]},
    ]
    if best["why"]:
        rows.append(best["why"][:1].upper() + best["why"][1:] + ".")
    if len(snapshot["matches"]) > 1:
        gap = round((best["score"] - snapshot["matches"][1]["score"]) * 100)
        rows.append(_("The next name is %(gap)s points behind.") % {"gap": gap})
    rows.append(_("Not confirmed by a number. A licence or certificate number makes it certain."))
    return rows


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _answer(answer: dict[str, Any]) -> dict[str, Any]:
    certificate = answer["certificate"]
    return {
        **answer,
        "country_name": country_name(answer["country"]),
        "since": _day(answer["standing"]["since"]),
        "certificate": _certificate(certificate) if certificate else None,
        "scope_fit": [
            {**row, "tone": FIT[row["fits"]][0], "icon": FIT[row["fits"]][1]} for row in answer["scope_fit"]
        ],
        "licences": [_licence(row) for row in answer["licences"]],
    }


def _certificate(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "effective_on": _day(row["effective_on"]),
        "expires_on": _day(row["expires_on"]),
        "corridors": [Corridor(*pair).text for pair in row["corridors"]],
        "sectors": [sector_name(one) for one in row["sectors"]],
    }


def _licence(row: dict[str, Any]) -> dict[str, Any]:
    words = {
        "declared": ("unsure", _("Not checked with the state")),
        "ended": ("stop", _("Ended")),
        "not_yet": ("care", _("Not yet valid")),
    }
    tone, word = words[row["state"]]
    return {
        **row,
        "tone": tone,
        "word": word,
        "country_name": country_name(row["country"]),
        "valid_to": _day(row["valid_to"]),
        "told_on": _day(row["retrieved_at"]),
    }
