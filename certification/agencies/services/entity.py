"""The legal entity: enrolling it, changing it, declaring, confirming."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certification.agencies import permissions, selectors
from certification.agencies.models import Agency, AgencyName
from certification.agencies.rules import Check, Contact, LegalEntity, number_key
from certification.agencies.states import ChangeKind, NameKind, SanctionsAnswer
from iris.accounts import services as accounts
from iris.accounts.models import Organisation, User
from iris.accounts.states import OrganisationKind, Role
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from iris.core.fsm import lock

from .names import write_name
from .noting import note
from .own import own


@transaction.atomic
def enrol_agency(*, actor: User, details: LegalEntity, contact: Contact | None = None) -> Agency:
    """Enrol the legal entity of the organisation a person acts for; who acts for nobody yet founds it and signs for it.

    Raises BadInput (also for a number that is already enrolled), NotPermitted, and Conflict when a colleague was first.
    """
    if not permissions.may_enrol(actor):
        raise NotPermitted()
    checked = details.checked(clocks.today())
    organisation = actor.organisation or _found(actor, checked)
    if Agency.objects.filter(organisation_id=organisation.pk).exists():
        raise Conflict(_("A colleague has already enrolled this agency. Open it to go on."))
    agency = Agency(organisation_id=organisation.pk)
    _take(agency, checked)
    if contact is not None:
        _take_contact(agency, contact.checked())
    _save_unique(agency)
    write_name(agency, kind=NameKind.LEGAL, name=agency.legal_name, lang=agency.legal_name_lang)
    events.record(agency, act="enrolled", actor=actor, data=checked.as_data())
    return agency


def _found(actor: User, details: LegalEntity) -> Organisation:
    """The agency as an organisation, with the person who enrols it as its signatory."""
    made = accounts.create_organisation(OrganisationKind.AGENCY, details.legal_name, details.country, actor)
    accounts.add_member(made, actor, Role.SIGNATORY, actor)
    actor.forget_acting()
    return made


@transaction.atomic
def change_details(*, agency_id: UUID, actor: User, details: LegalEntity) -> Agency:
    """Change who the agency is in law. An earlier legal name stays as a former name, so that it is still found."""
    agency = own(agency_id, actor)
    checked = details.checked(clocks.today())
    before = LegalEntity(
        legal_name=agency.legal_name,
        registration_number=agency.registration_number,
        country=agency.country,
        kind=agency.kind,
        legal_name_lang=agency.legal_name_lang,
        founded_on=agency.founded_on,
    )
    if checked == before:
        return agency
    _take(agency, checked)
    _save_unique(agency)
    if (before.legal_name, before.legal_name_lang) != (checked.legal_name, checked.legal_name_lang):
        agency.names.filter(kind=NameKind.LEGAL).delete()
        write_name(agency, kind=NameKind.LEGAL, name=checked.legal_name, lang=checked.legal_name_lang)
        if before.legal_name != checked.legal_name and agency.enrolled_at:
            former = write_name(
                agency, kind=NameKind.FORMER, name=before.legal_name, lang=before.legal_name_lang
            )
            AgencyName.objects.filter(pk=former.pk, used_until=None).update(used_until=clocks.today())
    accounts.take_name(
        organisation_id=agency.organisation_id, actor=actor, name=checked.legal_name, country=checked.country
    )
    data = {"before": before.as_data(), "after": checked.as_data()}
    note(agency, "details_changed", actor, data, change=ChangeKind.CONTROL, compare=True)
    return agency


@transaction.atomic
def change_contact(*, agency_id: UUID, actor: User, contact: Contact) -> Agency:
    """Change where the agency is and who answers for it."""
    agency = own(agency_id, actor)
    place = (agency.address, agency.city)
    _take_contact(agency, contact.checked())
    agency.save()
    if place in ((agency.address, agency.city), ("", "")):
        note(agency, "contact_changed", actor, compare=True)
    else:
        note(agency, "address_changed", actor, change=ChangeKind.CONTROL, compare=True)
    return agency


@transaction.atomic
def declare_sanctions(*, agency_id: UUID, actor: User, answer: str, text: str = "") -> Agency:
    """The signatory says whether the agency, its owners or its directors are under sanctions or bans."""
    agency = lock(Agency, agency_id)
    if not permissions.may_declare(agency, actor):
        raise NotPermitted(_("Only the authorised signatory of the agency may make this declaration."))
    check = Check()
    if answer not in SanctionsAnswer.values:
        check.no("answer", _("Choose one of the two answers."))
    told = check.text("text", text)
    if answer == SanctionsAnswer.SOME and not told:
        check.no("text", _("Say what happened: who, which authority, when, and where it stands now."))
    check.done()
    agency.sanctions = answer
    agency.sanctions_text = told if answer == SanctionsAnswer.SOME else ""
    agency.sanctions_declared_at = clocks.now()
    agency.sanctions_declared_by = actor
    agency.save()
    events.record(agency, act="sanctions_declared", actor=actor, data={"answer": answer})
    return agency


@transaction.atomic
def confirm_enrolment(*, agency_id: UUID, actor: User) -> Agency:
    """Confirm that everything was checked; from then on the public may know the agency is enrolled.

    Raises TransitionRefused with what is missing.
    """
    agency = own(agency_id, actor)
    if agency.enrolled_at:
        return agency
    missing = selectors.missing_for_confirmation(agency)
    if missing:
        raise TransitionRefused(
            _("Your enrolment is not complete yet."), code="enrolment_incomplete", missing=missing
        )
    agency.enrolled_at = clocks.now()
    agency.save()
    note(agency, "confirmed", actor, compare=True)
    return agency


def _take(agency: Agency, details: LegalEntity) -> None:
    agency.legal_name = details.legal_name
    agency.legal_name_lang = details.legal_name_lang
    agency.registration_number = details.registration_number
    agency.registration_key = number_key(details.registration_number)
    agency.country = details.country
    agency.kind = details.kind
    agency.founded_on = details.founded_on


def _take_contact(agency: Agency, contact: Contact) -> None:
    for name in ("address", "city", "contact_name", "email", "phone", "website"):
        setattr(agency, name, getattr(contact, name))


def _save_unique(agency: Agency) -> None:
    """Save, and say it kindly when the number is taken, without telling by whom."""
    try:
        with transaction.atomic():
            agency.save()
    except IntegrityError as error:
        if "agency_registered_once" not in str(error):
            raise Conflict(_("A colleague has already enrolled this agency. Open it to go on.")) from error
        sentence = _(
            "An agency with this registration number is already enrolled in this country. Check the number. "
            "If it is yours, ask your colleagues for an invitation, or write to the scheme."
        )
        raise BadInput(
            _("Some answers need another look."),
            code="already_enrolled",
            fields={"registration_number": [sentence]},
        ) from error
