"""The one type and the properties of it: those that refine a question, and those that can be fetched as columns."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from iris.core.errors import Text
from supplychain.lookups.states import How

TYPE_ID = "agency"


@dataclass(frozen=True)
class Property:
    """One property: whether a question may carry it, whether it can be fetched, and by what number it finds."""

    id: str
    name: Text
    description: Text
    asked: bool = False
    given: bool = False
    finds: frozenset[How] = frozenset()

    def as_json(self) -> dict[str, str]:
        """As suggest and propose services show it."""
        return {"id": self.id, "name": str(self.name), "description": str(self.description)}


NUMBERS = frozenset({How.CERTIFICATE, How.LICENCE, How.REGISTRATION, How.LEI, How.NUMBER})

_ALL = (
    Property(
        "country",
        _("Country"),
        _("Where the agency is established, as a code such as NP or an English name."),
        asked=True,
        given=True,
    ),
    Property(
        "licence_number",
        _("Licence number"),
        _("A national recruitment licence. As a column: each number with its country and standing."),
        asked=True,
        given=True,
        finds=frozenset({How.LICENCE}),
    ),
    Property(
        "registration_number",
        _("Registration number"),
        _("The number in the company register."),
        asked=True,
        given=True,
        finds=frozenset({How.REGISTRATION}),
    ),
    Property(
        "certificate_number",
        _("Certificate number"),
        _("The number on a certificate of this scheme."),
        asked=True,
        given=True,
        finds=frozenset({How.CERTIFICATE}),
    ),
    Property(
        "lei", _("LEI"), _("Legal Entity Identifier, 20 signs."), asked=True, finds=frozenset({How.LEI})
    ),
    Property(
        "identifier",
        _("Any number"),
        _("A column that holds numbers of several kinds: licence, registration, certificate, tax."),
        asked=True,
        finds=NUMBERS,
    ),
    Property(
        "contact",
        _("Phone or web address"),
        _("Finds an agency, but never makes it certain: offices share phones."),
        asked=True,
        finds=frozenset({How.CONTACT}),
    ),
    Property(
        "corridor",
        _("Corridor"),
        _("From which country to which, such as NP-QA. Counts towards the score, never hides an agency."),
        asked=True,
    ),
    Property("status", _("Status"), _("The standing in words, read at that moment."), given=True),
    Property("in_force", _("Certificate in force"), _("yes or no, read at that moment."), given=True),
    Property("since", _("Since"), _("The day from which the status holds."), given=True),
    Property(
        "ended",
        _("Company ended"),
        _(
            "Closed, or part of whom, and since when; empty where it goes on. Its certificate is decided by itself."
        ),
        given=True,
    ),
    Property("ended_on", _("Company ended on"), _("The day on which it was merged or closed."), given=True),
    Property("expires", _("Expires"), _("The last day of the certificate."), given=True),
    Property("corridors", _("Certified corridors"), _("One value for each corridor."), given=True),
    Property("sectors", _("Certified sectors"), _("One value for each sector."), given=True),
    Property("training", _("Training level"), _("Training is not certification."), given=True),
    Property(
        "open_critical",
        _("Open critical finding"),
        _("published, or none_published: silence is not a clean record."),
        given=True,
    ),
    Property("sub_agents", _("Sub-agents declared"), _("How many the agency declared."), given=True),
    Property("legal_name", _("Legal name"), _("As the register has it."), given=True),
    Property("certificate_link", _("Certificate link"), _("The public page of the certificate."), given=True),
    Property("register_link", _("Register link"), _("The public page of the agency."), given=True),
    Property("as_of", _("Read at"), _("The moment at which these columns were read."), given=True),
)
PROPERTIES = {one.id: one for one in _ALL}
ASKED = {one.id: one for one in _ALL if one.asked}
GIVEN = {one.id: one for one in _ALL if one.given}
IDENTIFIERS = {one.id: one for one in _ALL if one.finds}
TYPE = Property(TYPE_ID, _("Recruitment agency"), _("Every agency of the public register, certified or not."))


def like(rows: Iterable[Property], prefix: str) -> list[Property]:
    """Those whose id or name begins with what was typed, then those with a word that does."""
    typed = prefix.strip().casefold()
    first, then = [], []
    for one in rows:
        words = [one.id, str(one.name).casefold()]
        if any(word.startswith(typed) for word in words):
            first.append(one)
        elif any(part.startswith(typed) for word in words for part in word.replace("_", " ").split()):
            then.append(one)
    return first + then
