"""Snapshots of kind iris.lookup/2 in words. Works on the stored data only, so years later too."""

from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from certification.agencies.states import IdentifierScheme
from iris.core.places import Corridor, country_name, sector_name
from supplychain.lookups.selectors.answers import verdict_of
from supplychain.lookups.states import IDENTIFIED, How, Relationship

UNSURE = frozenset({"name_alike", "entity_unsure"})  # verdicts of an agency that may be another one
FIT = {"yes": ("good", "check"), "no": ("stop", "x"), "ask": ("unsure", "help-circle")}


def present(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Everything a template shows of a snapshot, with dates as dates and codes as words."""
    answer = snapshot["answer"]
    verdict = verdict_of(snapshot)
    return {
        "version": 2,
        "number": snapshot["number"],
        "at": datetime.fromisoformat(snapshot["at"]),
        "scheme": snapshot["scheme"],
        "engine": snapshot["engine"],
        "events_up_to": snapshot["register_events_up_to"],
        "asked_by": snapshot["asked_by"],
        "question": _question(snapshot["query"], snapshot["relationship"]),
        "tone": verdict["tone"],
        "code": verdict["code"],
        "title": _title(verdict["code"], snapshot),
        "text": _text(verdict["code"], snapshot),
        "notes": _notes(snapshot),
        "matches": [_match(row) for row in snapshot["matches"]],
        "reasons": _reasons(snapshot),
        "certain": snapshot["how"] in IDENTIFIED,
        "unsure": snapshot["how"] in (How.NEAR_NAME, How.SAME_NAME, How.CONTACT),
        "remembered": snapshot["how"] in (How.REMEMBERED, How.CHOSEN),
        "answer": _answer(answer, verdict["code"]) if answer else None,
    }


def _question(query: dict[str, str], relationship: str) -> list[tuple[str, str]]:
    rows = [(_("Asked"), query["text"])]
    if query["country"]:
        rows.append((_("In"), country_name(query["country"])))
    if query["origin"]:
        rows.append((_("For the corridor"), Corridor(query["origin"], query["destination"]).text))
    if query["sector"]:
        rows.append((_("For the sector"), sector_name(query["sector"])))
    if query["branch"]:
        rows.append((_("For the office"), query["branch"]))
    if query["on"]:
        rows.append((_("As of"), _words(query["on"])))
    if relationship:
        rows.append((_("Why you asked"), str(Relationship(relationship).label)))
    return rows


def _title(code: str, snapshot: dict[str, Any]) -> str:
    answer = snapshot["answer"]
    if code == "not_valid":
        said = answer["standing"]["label"]
        if snapshot["how"] == How.NEAR_NAME:
            return _("A name like this one: %(standing)s") % {"standing": said}
        return (
            _("Found. On that day: %(standing)s") % {"standing": said}
            if answer["then"]
            else (_("Found: %(standing)s") % {"standing": said})
        )
    if code == "certified" and answer["then"]:
        return _("It was certified on that day")
    if code == "invalid":
        return _PROBLEMS[snapshot["problem"] or "nothing"][0]()
    titles = {
        "certified": _("Certified"),
        "with_conditions": _("Certified with conditions"),
        "name_alike": _("A certified agency has a name like this one"),
        "entity_unsure": _("A certified agency, but perhaps not the one you mean"),
        "other_scope": _("Found, but the certificate does not cover all you asked for"),
        "ambiguous": _("Several agencies could be meant"),
        "possible": _("Perhaps one of these is meant"),
        "not_found": _("Not found on the register"),
    }
    return titles[code]


_PROBLEMS = {
    "nothing": (
        lambda: _("There is nothing to search for"),
        lambda: _("“{}” holds no letter or digit. Type a name or a number."),
    ),
    "one_letter": (
        lambda: _("One letter is too little"),
        lambda: _("“{}” fits too many agencies. Type at least one whole word of the name, or a number."),
    ),
    "legal_form": (
        lambda: _("Only a legal form"),
        lambda: _("“{}” is the legal form of a company and no name. Add the name before it."),
    ),
    "lei": (
        lambda: _("This LEI cannot be right"),
        lambda: _("The check digits of “{}” do not fit the rest of it (ISO 17442). Compare it sign by sign."),
    ),
}


def _text(code: str, snapshot: dict[str, Any]) -> SafeString:
    answer, asked = snapshot["answer"], snapshot["query"]["text"]
    then = bool(answer and answer["then"])
    if code == "invalid":
        return _bold(_PROBLEMS[snapshot["problem"] or "nothing"][1](), asked)
    if code == "not_valid" and not answer["on_register"]:
        return _bold(_("{} was not on this register on that day."), answer["legal_name"])
    sentences = {
        "certified": _(
            "{} held a certificate in force on that day. Ask again without a day before you rely on it."
        )
        if then
        else _("{} holds a certificate in force. Check that the scope below covers your case."),
        "with_conditions": _("{} holds a certificate in force, with conditions it must meet by a date."),
        "name_alike": _("{} is certified. Only the name is alike: make sure that it is the agency you mean."),
        "entity_unsure": _(
            "{} is certified. Read below why it may be another company than the one you mean."
        ),
        "other_scope": _(
            "{} holds a certificate, but not for all you asked. Do not rely on it for the rest."
        ),
        "not_valid": _("{} had no certificate that could be relied on that day.")
        if then
        else _("{} has no certificate that may be relied on today."),
        "shared": _(
            "{} is certified. Offices share phones and addresses: make sure that it is the one you mean."
        ),
        "ambiguous": _("More than one agency fits “{}”. Choose one below, or ask again with a number."),
        "possible": _("No agency fits “{}” well enough. Choose below if one is meant."),
        "not_found": _(
            "No agency on this register is called “{}” or anything near. That says nothing for or against it."
        ),
    }
    if code == "name_alike" and snapshot["how"] == How.CONTACT:
        code = "shared"
    return _bold(sentences[code], answer["legal_name"] if answer else asked)


def _bold(sentence: str, name: str) -> SafeString:
    return format_html(sentence.replace("{}", "<strong><bdi>{}</bdi></strong>"), name)


def _notes(snapshot: dict[str, Any]) -> list[str]:
    """What the reader should know about the search itself."""
    found = []
    for note in snapshot["notes"]:
        if note["code"] == "unseen":
            found.append(
                _("Your text held signs that cannot be seen (%(signs)s). We searched without them.")
                % {"signs": ", ".join(note["signs"])}
            )
        elif note["code"] == "mixed_scripts":
            found.append(
                _(
                    "“%(words)s” mixes letters of different scripts that look alike. That can be a slip, or a way "
                    "to look like another company."
                )
                % {"words": ", ".join(note["words"])}
            )
        elif note["code"] == "cold":
            found.append(
                _(
                    "The fast index was being prepared, so the register itself was searched: slower, and nothing "
                    "is missing."
                )
            )
        elif note["code"] == "near_numbers":
            found.append(
                _("No certificate has this number. Did you mean %(numbers)s?")
                % {"numbers": ", ".join(note["numbers"])}
            )
        elif note["code"] == "public_mail":
            found.append(
                _("Anybody can have an address at %(domain)s, so it was not searched for. Ask for a number.")
                % {"domain": note["domain"]}
            )
    return found


HOW_WORDS = {
    "exact": lambda one: _("the same word"),
    "typo": lambda one: _("a slip away from “%(found)s”") % {"found": one["found"]},
    "prefix": lambda one: _("the beginning of “%(found)s”") % {"found": one["found"]},
    "missing": lambda one: _("not in the name"),
    "extra": lambda one: _("only in the name"),
}


def _match(row: dict[str, Any]) -> dict[str, Any]:
    kinds = {
        "former": _("a former name"),
        "trading": _("a trading name"),
        "local": _("a name in another script"),
    }
    return {
        **row,
        "country_name": country_name(row["country"]),
        "percent": round(row["score"] * 100),
        "kind_words": kinds.get(row["kind"], ""),
        "parts": [_part(one) for one in row["parts"]],
    }


def _part(one: dict[str, Any]) -> dict[str, Any]:
    words = HOW_WORDS.get(one["how"])
    return {
        "word": one["asked"] or one["found"],
        "how": words(one) if words else one["how"],
        "credit": round(one["credit"] * 100),
        "weight": one["weight"],
        "tone": "good"
        if one["how"] == "exact"
        else "stop"
        if one["how"] in ("missing", "extra")
        else "unsure",
    }


def _reasons(snapshot: dict[str, Any]) -> list[str]:
    """Why we think it is this agency, as sentences."""
    if not snapshot["answer"] or not snapshot["matches"]:
        return []
    best, how = snapshot["matches"][0], snapshot["how"]
    if how in IDENTIFIED:
        return [_("It has this %(what)s.") % {"what": best["why"]}]
    if how in (How.CHOSEN, How.REMEMBERED):
        return [best["why"][:1].upper() + best["why"][1:] + "."]
    if how == How.CONTACT:
        return [
            _("It has this %(what)s.") % {"what": best["why"]},
            _("A phone or web address may be shared or out of date. A licence number makes it certain."),
        ]
    rows = [
        _("Name %(percent)s%% alike: “%(asked)s” and “%(name)s”.")
        % {"percent": round(best["score"] * 100), "asked": snapshot["query"]["text"], "name": best["name"]},
    ]
    if best["why"]:
        rows.append(best["why"][:1].upper() + best["why"][1:] + ".")
    if len(snapshot["matches"]) > 1:
        gap = round((best["score"] - snapshot["matches"][1]["score"]) * 100)
        rows.append(_("The next name is %(gap)s points behind.") % {"gap": max(0, gap)})
    rows.append(_("Not confirmed by a number. A licence or certificate number makes it certain."))
    return rows


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _words(text: str) -> str:
    return date_format(date.fromisoformat(text), "j F Y")


def _answer(answer: dict[str, Any], code: str) -> dict[str, Any]:
    """The answer for a template. A standing is green only for an agency that is surely meant (R67)."""
    standing = answer["standing"]
    unsure = code in UNSURE and standing["tone"] == "good"
    certificate = answer["certificate"]
    schemes = dict(IdentifierScheme.choices)
    by_country = answer["sub_agents"]["by_country"]
    return {
        **answer,
        "standing": {**standing, "tone": "unsure"} if unsure else standing,
        "country_name": country_name(answer["country"]),
        "day": _day(answer["on"]),
        "since": _day(answer["standing"]["since"]),
        "certificate": _certificate(certificate) if certificate else None,
        "scope_fit": [
            {**row, "tone": FIT[row["fits"]][0], "icon": FIT[row["fits"]][1]} for row in answer["scope_fit"]
        ],
        "licences": [_licence(row) for row in answer["licences"]],
        "also": [row["name"] for row in answer["names"] if row["kind"] != "legal"],
        "former": [{**row, "until": _day(row["until"])} for row in answer["former_names"]],
        "numbers": [
            {"label": str(schemes.get(row["scheme"], row["scheme"])), "value": row["value"]}
            for row in answer["identifiers"]
        ],
        "sub_agents_words": ", ".join(
            f"{country_name(country)} {count}" for country, count in sorted(by_country.items())
        ),
        "rules": [
            {**row, "country_name": country_name(row["country"]), "day": _day(row["day"])}
            for row in answer["country_rules"]
        ],
    }


def _certificate(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "effective_on": _day(row["effective_on"]),
        "expires_on": _day(row["expires_on"]),
        "corridors": [Corridor(*pair).text for pair in row["corridors"]],
        "sectors": [sector_name(one) for one in row["sectors"]],
        "offices": [one.get("name") or one.get("city", "") for one in row["branches"]],
    }


def _licence(row: dict[str, Any]) -> dict[str, Any]:
    told = {
        "ended": _("the agency told us that it ended"),
        "coming": _("the agency told us that it begins later"),
    }
    at = row["retrieved_at"]
    return {
        **row,
        "country_name": country_name(row["country"]),
        "valid_to": _day(row["valid_to"]),
        "told_words": told.get(row["told"], ""),
        "told_tone": "stop" if row["told"] == "ended" else "care" if row["told"] == "coming" else "",
        "read_at": datetime.fromisoformat(at) if at else None,
    }
