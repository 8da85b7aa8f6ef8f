"""Snapshots of kind iris.lookup/3 in words: those of kind 2, and how the company ended where it did."""

from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from supplychain.lookups.selectors.answers import verdict_of
from supplychain.lookups.selectors.presenting import second


def present(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Everything a template shows of a snapshot, with dates as dates and codes as words."""
    answer = snapshot["answer"]
    if not answer:
        return {**second.present(snapshot), "version": 3}
    ended = answer["ended"]
    # What kind 2 would have said of it; the end is laid over that.
    goes_on = {key: value for key, value in answer.items() if key != "ended"}
    shown = {**second.present({**snapshot, "answer": goes_on}), "version": 3}
    shown["answer"]["ended"] = _ended(ended) if ended else None
    if ended:
        shown["notes"] = [ended["sentence"], *shown["notes"]]
    verdict = verdict_of(snapshot)
    if verdict["code"] == "ended":
        title = (
            _("Certified, but the company has closed")
            if ended["successor"] is None
            else _("Certified, but the company is now part of another")
        )
        said = _("{} holds a certificate, and is no more. Do not rely on it until the scheme has decided.")
        text = format_html(said.replace("{}", "<strong><bdi>{}</bdi></strong>"), answer["legal_name"])
        shown |= {**verdict, "title": title, "text": text}
    return shown


def _ended(told: dict[str, Any]) -> dict[str, Any]:
    """The end as the receipt has it, in the words of the day on which it was made."""
    return {**told, "on": date.fromisoformat(told["on"])}
