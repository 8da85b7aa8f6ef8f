"""What may be written down about owners, related companies, identifiers, offices and sub-agents. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from django.utils.translation import gettext as _

from certification.agencies.rules.answers import (
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_NUMBER,
    Answers,
    Check,
    number_key,
)
from certification.agencies.rules.identifiers import COUNTRY_OF, lei_problem
from certification.agencies.states import IdentifierScheme, OfficerKind, OfficerRole, RelationKind
from iris.core.days import in_words

OLDEST_PERSON = 110
PHONE = re.compile(r"[+0-9٠-٩०-९ ()./\-extEXT#]+")


def phone(check: Check, field: str, value: str) -> str:
    """A phone number in digits; empty is fine."""
    text = check.line(field, value, longest=40)
    if text and not PHONE.fullmatch(text):
        check.no(field, _("Enter the phone number in digits, with the country code, like +977 1 5550123."))
    return text


def period(check: Check, since: date | None, until: date | None) -> tuple[date | None, date | None]:
    """Two days in order; both may be unknown."""
    start, end = check.day("since", since), check.day("until", until)
    if start and end and end < start:
        sentence = _("This ends on %(end)s, before it starts on %(start)s. Check both dates.")
        check.no("until", sentence % {"end": in_words(end), "start": in_words(start)})
    return start, end


@dataclass(frozen=True, kw_only=True)
class OfficerAnswers(Answers):
    """One owner or director. `identity` is compared and not kept."""

    kind: str
    name: str
    role: str
    country: str
    share: Decimal | None = None
    birth_year: int | None = None
    identity: str = ""
    since: date | None = None
    until: date | None = None

    def checked(self, today: date) -> Self:
        """The same, tidied; BadInput says what is wrong."""
        check = Check()
        name = check.line("name", self.name, longest=LONGEST_NAME, empty=_("Enter the name."))
        if name and not any(letter.isalnum() for letter in name):
            check.no("name", _("This name has no letters. Enter the name as it stands in the register."))
        if self.kind not in OfficerKind.values:
            check.no("kind", _("Say whether this is a person or a company."))
        if self.role not in OfficerRole.values:
            check.no("role", _("Say what the person or company is to your agency."))
        country = check.country(
            "country", self.country, _("Choose the nationality, or the country of the company.")
        )
        if self.share is not None and not 0 < self.share <= 100:
            check.no("share", _("Enter the share in percent, above 0 and up to 100, like 51."))
        born = self.birth_year
        if self.kind == OfficerKind.COMPANY:
            born = None
        elif born is not None and not today.year - OLDEST_PERSON <= born <= today.year - 16:
            check.no(
                "birth_year", _("This year cannot be right for an owner or director. Enter four digits.")
            )
        identity = check.line("identity", self.identity, longest=LONGEST_NUMBER)
        since, until = period(check, self.since, self.until)
        check.done()
        return type(self)(
            kind=self.kind,
            name=name,
            role=self.role,
            country=country,
            share=self.share,
            birth_year=born,
            identity=identity,
            since=since,
            until=until,
        )


def shares_problem(shares: list[Decimal | None]) -> str:
    """What is wrong with the shares of those who own today; empty when they fit into one whole."""
    total = sum((share for share in shares if share is not None), Decimal(0))
    if total > 100:
        return _(
            "The shares add up to %(total)s percent. Correct one of them, or say until when it was held."
        ) % {"total": f"{total.normalize():f}"}
    return ""


@dataclass(frozen=True, kw_only=True)
class RelatedAnswers(Answers):
    """One other legal entity of the family."""

    kind: str
    name: str
    country: str
    registration_number: str = ""
    since: date | None = None
    until: date | None = None

    def checked(self) -> Self:
        """The same, tidied; BadInput says what is wrong."""
        check = Check()
        name = check.line("name", self.name, longest=LONGEST_NAME, empty=_("Enter the company’s legal name."))
        if self.kind not in RelationKind.values:
            check.no("kind", _("Say how the company belongs to your agency."))
        country = check.country("country", self.country, _("Choose the country where it is registered."))
        number = check.line("registration_number", self.registration_number, longest=LONGEST_NUMBER)
        if number and not number_key(number):
            check.no("registration_number", _("This number has neither digits nor letters."))
        since, until = period(check, self.since, self.until)
        check.done()
        return type(self)(
            kind=self.kind,
            name=name,
            country=country,
            registration_number=number,
            since=since,
            until=until,
        )


@dataclass(frozen=True, kw_only=True)
class IdentifierAnswers(Answers):
    """One number of a register."""

    scheme: str
    value: str
    country: str = ""

    def checked(self) -> Self:
        """The same, tidied. Only an LEI whose check digits fail is refused; other oddities are shown as a warning."""
        check = Check()
        value = check.line("value", self.value, longest=LONGEST_NUMBER, empty=_("Enter the number."))
        if value and not number_key(value):
            check.no("value", _("This number has neither digits nor letters."))
        country = self.country.strip().upper()
        if self.scheme not in IdentifierScheme.values:
            check.no("scheme", _("Say which register gave the number."))
        elif IdentifierScheme(self.scheme) in COUNTRY_OF:
            country = COUNTRY_OF[IdentifierScheme(self.scheme)]
        else:
            country = check.country("country", self.country, _("Choose the country whose register it is."))
        if self.scheme == IdentifierScheme.LEI and value and (problem := lei_problem(value)):
            check.no("value", problem)
        check.done()
        return type(self)(scheme=self.scheme, value=value, country=country)


@dataclass(frozen=True, kw_only=True)
class BranchAnswers(Answers):
    """One office besides the head office."""

    name: str
    country: str
    city: str
    address: str = ""
    responsible: str = ""
    phone: str = ""
    authority_reference: str = ""

    def checked(self) -> Self:
        """The same, tidied; BadInput says what is wrong."""
        check = Check()
        answers = type(self)(
            name=check.line(
                "name", self.name, longest=LONGEST_NAME, empty=_("Enter the name of the branch.")
            ),
            country=check.country("country", self.country, _("Choose the country of the branch.")),
            city=check.line("city", self.city, longest=LONGEST_LINE, empty=_("Enter the town or city.")),
            address=check.text("address", self.address),
            responsible=check.line("responsible", self.responsible, longest=LONGEST_LINE),
            phone=phone(check, "phone", self.phone),
            authority_reference=check.line(
                "authority_reference", self.authority_reference, longest=LONGEST_NUMBER
            ),
        )
        check.done()
        return answers


@dataclass(frozen=True, kw_only=True)
class BranchPersonAnswers(Answers):
    """One person who may act for a branch."""

    branch: UUID | None
    name: str
    role: str
    phone: str = ""
    authority_reference: str = ""
    since: date | None = None
    until: date | None = None

    def checked(self) -> Self:
        """The same, tidied; BadInput says what is wrong."""
        check = Check()
        if self.branch is None:
            check.no("branch", _("Choose the branch. Add it first when it is not on the list."))
        name = check.line("name", self.name, longest=LONGEST_LINE, empty=_("Enter the person’s name."))
        role = check.line(
            "role", self.role, longest=LONGEST_LINE, empty=_("Enter what the person may do there.")
        )
        telephone = phone(check, "phone", self.phone)
        reference = check.line("authority_reference", self.authority_reference, longest=LONGEST_NUMBER)
        since, until = period(check, self.since, self.until)
        check.done()
        return type(self)(
            branch=self.branch,
            name=name,
            role=role,
            phone=telephone,
            authority_reference=reference,
            since=since,
            until=until,
        )


@dataclass(frozen=True, kw_only=True)
class SubAgentAnswers(Answers):
    """One person or firm that finds workers for the agency or for another sub-agent."""

    name: str
    country: str
    city: str
    licence_number: str = ""
    parent: UUID | None = None
    district: str = ""
    identity_number: str = ""
    agreement_on: date | None = None
    fee_terms: str = ""
    since: date | None = None
    until: date | None = None

    def checked(self, today: date | None = None) -> Self:
        """The same, tidied; BadInput says what is wrong."""
        check = Check()
        values: dict[str, Any] = {
            "name": check.line(
                "name", self.name, longest=LONGEST_NAME, empty=_("Enter the name of the sub-agent.")
            ),
            "country": check.country(
                "country", self.country, _("Choose the country where the sub-agent works.")
            ),
            "city": check.line(
                "city", self.city, longest=LONGEST_LINE, empty=_("Enter the town or village.")
            ),
            "district": check.line("district", self.district, longest=LONGEST_LINE),
            "licence_number": check.line("licence_number", self.licence_number, longest=LONGEST_NUMBER),
            "identity_number": check.line("identity_number", self.identity_number, longest=LONGEST_NUMBER),
            "fee_terms": check.text("fee_terms", self.fee_terms),
        }
        agreed = check.day("agreement_on", self.agreement_on)
        if agreed and today and agreed > today:
            check.no("agreement_on", _("This day is still to come. Enter the day the agreement was signed."))
        since, until = period(check, self.since, self.until)
        check.done()
        return type(self)(parent=self.parent, agreement_on=agreed, since=since, until=until, **values)
