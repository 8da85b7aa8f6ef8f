"""What may be written down about an agency. Pure: each check collects sentences that help, field by field."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from certification.agencies.rules.identifiers import ASCII_SIGNS
from certification.agencies.states import LANGUAGES, AgencyKind, NameKind
from iris.core.days import in_words
from iris.core.errors import BadInput
from iris.core.places import country_name, is_country

LONGEST_NAME = 300
LONGEST_KEY = 900
LONGEST_LINE = 200
LONGEST_NUMBER = 80
LONGEST_TEXT = 4000
LATEST_YEAR = 2075
EARLIEST_YEAR = 1900


def number_key(number: str) -> str:
    """A number as registers compare it: letters and digits only, whatever the script, spaces or dashes."""
    if number.isascii():
        return number.lower().translate(ASCII_SIGNS)
    folded = unicodedata.normalize("NFKC", number).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def one_line(text: str) -> str:
    """Text without control characters and with single spaces."""
    plain = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return " ".join(unicodedata.normalize("NFC", plain).split())


class Check:
    """Collects what is wrong with a form, so that a person hears all of it at once."""

    def __init__(self) -> None:
        self.fields: dict[str, list[str]] = {}

    def no(self, field: str, sentence: StrOrPromise) -> None:
        """Note one thing that is wrong."""
        self.fields.setdefault(field, []).append(str(sentence))

    def line(self, field: str, value: str, *, longest: int, empty: StrOrPromise = "") -> str:
        """One line of text; `empty` is the sentence for a missing one, and without it the line may be empty."""
        text = one_line(value)
        if not text and empty:
            self.no(field, empty)
        if len(text) > longest:
            self.no(
                field,
                _("This has %(count)s characters. Shorten it to %(longest)s or fewer.")
                % {"count": f"{len(text):,}", "longest": f"{longest:,}"},
            )
        return text

    def text(self, field: str, value: str, *, longest: int = LONGEST_TEXT, empty: StrOrPromise = "") -> str:
        """Text of several lines."""
        lines = "\n".join(one_line(part) for part in value.replace("\r\n", "\n").split("\n")).strip()
        self.line(field, lines, longest=longest, empty=empty)
        return lines

    def country(self, field: str, value: str, empty: StrOrPromise) -> str:
        """A country of ISO 3166."""
        code = value.strip().upper()
        if not code:
            self.no(field, empty)
        elif not is_country(code):
            self.no(field, _("We do not know this country. Choose one from the list."))
        return code

    def day(self, field: str, value: date | None, empty: StrOrPromise = "") -> date | None:
        """A date whose year is one of the common calendar."""
        if value is None:
            if empty:
                self.no(field, empty)
        elif not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
            sentence = _(
                "The year %(year)s cannot be right here. Enter the date in the common calendar, like 2026."
            )
            self.no(field, sentence % {"year": value.year})
        return value

    def done(self) -> None:
        """Refuse with all that was noted."""
        if self.fields:
            raise BadInput(_("Some answers need another look."), fields=self.fields)


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Answers of one form, compared and logged alike."""

    def as_data(self) -> dict[str, Any]:
        """For the event log: plain JSON."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {
            name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()
        }


@dataclass(frozen=True, kw_only=True)
class LegalEntity(Answers):
    """Who the agency is in law."""

    legal_name: str
    registration_number: str
    country: str
    kind: str = AgencyKind.PRIVATE
    legal_name_lang: str = "en"
    founded_on: date | None = None

    def checked(self, today: date) -> Self:
        """The same, tidied; BadInput says what is wrong."""
        check = Check()
        name = check.line(
            "legal_name",
            self.legal_name,
            longest=LONGEST_NAME,
            empty=_("Enter the legal name as it stands in the company register."),
        )
        if name and not any(letter.isalnum() for letter in name):
            check.no(
                "legal_name",
                _("This name has no letters. Enter the name as it stands in the company register."),
            )
        number = check.line(
            "registration_number",
            self.registration_number,
            longest=LONGEST_NUMBER,
            empty=_("Enter the number under which the company is registered."),
        )
        if number and not number_key(number):
            check.no(
                "registration_number",
                _("This number has neither digits nor letters. Enter it as registered."),
            )
        country = check.country(
            "country", self.country, _("Choose the country where the company is registered.")
        )
        if self.kind not in AgencyKind.values:
            check.no("kind", _("Say whether the agency is private or a public body."))
        if self.legal_name_lang not in LANGUAGES:
            check.no("legal_name_lang", _("Choose the language of the legal name."))
        founded = check.day("founded_on", self.founded_on)
        if founded and founded > today:
            check.no("founded_on", _("This day is still to come. Enter the day the company was founded."))
        check.done()
        return type(self)(
            legal_name=name,
            registration_number=number,
            country=country,
            kind=self.kind,
            legal_name_lang=self.legal_name_lang,
            founded_on=founded,
        )


@dataclass(frozen=True, kw_only=True)
class Contact(Answers):
    """Where the agency is and who answers."""

    address: str
    city: str
    contact_name: str
    email: str
    phone: str = ""
    website: str = ""

    def checked(self) -> Self:
        """The same, tidied; BadInput says what is wrong."""
        check = Check()
        address = check.text("address", self.address, empty=_("Enter the street address of the head office."))
        city = check.line("city", self.city, longest=LONGEST_LINE, empty=_("Enter the town or city."))
        person = check.line(
            "contact_name",
            self.contact_name,
            longest=LONGEST_LINE,
            empty=_("Enter the name of a person we can ask."),
        )
        email = check.line(
            "email", self.email, longest=254, empty=_("Enter an e-mail address we can write to.")
        )
        if email:
            try:
                validate_email(email)
            except ValidationError:
                check.no("email", _("This is not a complete e-mail address. It looks like name@example.org."))
        phone = check.line("phone", self.phone, longest=40)
        if phone and not re.fullmatch(r"[+0-9٠-٩०-९ ()./\-extEXT#]+", phone):
            check.no(
                "phone", _("Enter the phone number in digits, with the country code, like +977 1 5550123.")
            )
        website = check.line("website", self.website, longest=200)
        if website and "://" not in website:
            website = f"https://{website}"
        parts = urlsplit(website)
        if website and (parts.scheme not in ("http", "https") or "." not in parts.netloc):
            check.no("website", _("This is not a web address. It looks like https://www.example.org."))
        check.done()
        return type(self)(
            address=address, city=city, contact_name=person, email=email, phone=phone, website=website
        )


@dataclass(frozen=True, kw_only=True)
class NameAnswers(Answers):
    """One more name of the agency."""

    kind: str
    name: str
    lang: str = "en"
    used_until: date | None = None
    note: str = ""

    def checked(self) -> Self:
        """The same, tidied; BadInput says what is wrong."""
        check = Check()
        name = check.line("name", self.name, longest=LONGEST_NAME, empty=_("Enter the name."))
        if name and not any(letter.isalnum() for letter in name):
            check.no("name", _("This name has no letters. Enter the name as people read it."))
        if self.kind not in NameKind.values or self.kind == NameKind.LEGAL:
            check.no("kind", _("Say what kind of name this is."))
        if self.lang not in LANGUAGES:
            check.no("lang", _("Choose the language of the name."))
        former = self.kind == NameKind.FORMER
        ended = check.day("used_until", self.used_until) if former else None
        note = check.line("note", self.note, longest=LONGEST_LINE) if former else ""
        check.done()
        return type(self)(kind=self.kind, name=name, lang=self.lang, used_until=ended, note=note)


@dataclass(frozen=True, kw_only=True)
class LicenceAnswers(Answers):
    """One licence as its paper states it."""

    country: str
    authority: str
    number: str
    valid_from: date | None
    valid_to: date | None

    def checked(self, today: date, *, unchanged_end: date | None = None) -> Self:
        """The same, tidied. A licence that ended is refused, unless it was kept here before it ended."""
        check = Check()
        country = check.country("country", self.country, _("Choose the country that gave the licence."))
        authority = check.line(
            "authority",
            self.authority,
            longest=LONGEST_LINE,
            empty=_("Enter the authority that gave the licence."),
        )
        number = check.line(
            "number",
            self.number,
            longest=LONGEST_NUMBER,
            empty=_("Enter the number that stands on the licence."),
        )
        if number and not number_key(number):
            check.no(
                "number",
                _("This number has neither digits nor letters. Enter it as it stands on the licence."),
            )
        start = check.day("valid_from", self.valid_from, _("Enter the day from which the licence holds."))
        end = check.day("valid_to", self.valid_to, _("Enter the last day on which the licence holds."))
        if start and end and end < start:
            sentence = _("The licence ends on %(end)s, before it starts on %(start)s. Check both dates.")
            check.no("valid_to", sentence % {"end": in_words(end), "start": in_words(start)})
        elif end and end < today and end != unchanged_end:
            sentence = _("This licence ended on %(end)s. Enter the licence that holds now, or its renewal.")
            check.no("valid_to", sentence % {"end": in_words(end)})
        check.done()
        return type(self)(country=country, authority=authority, number=number, valid_from=start, valid_to=end)


def place(city: str, country: str) -> str:
    """A town and its country in words."""
    return f"{city}, {country_name(country)}" if city else str(country_name(country))
