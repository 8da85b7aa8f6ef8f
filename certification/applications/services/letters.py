"""Letters: written from a template, edited within bounds, kept as they were sent, printed by a worker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template import Context, Engine
from django.utils import translation
from django.utils.translation import gettext as _

from certification.agencies import selectors as agencies
from certification.applications.models import Application, Letter, LetterFile
from certification.applications.states import LetterKind
from iris.accounts.models import User
from iris.core import clocks, events, files, outbox, pdf
from iris.core.errors import BadInput
from iris.core.fsm import lock

LONGEST_BODY = 6000
SHORTEST_BODY = 20
SUBJECT = "Subject:"
PARTS = "==="
UNFILLED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\[\s*(?:…|\.\.\.|xxx)\s*\]", re.IGNORECASE)


@dataclass(frozen=True)
class Draft:
    """A letter before it goes out. Only `body` may be edited: opening and closing carry dates and rights."""

    kind: LetterKind
    language: str
    addressee: str
    subject: str
    opening: str
    body: str
    closing: str

    @property
    def text(self) -> str:
        """The whole letter."""
        return "\n\n".join(part for part in (self.opening, self.body, self.closing) if part)


def draft_letter(application: Application, kind: LetterKind, **facts: Any) -> Draft:
    """The letter as its template has it, in the language of the agency's signatory."""
    person = agencies.signatory(application.agency)
    known = {code for code, _name in settings.LANGUAGES}
    language = person.language if person and person.language in known else settings.LANGUAGE_CODE
    with translation.override(language):
        values = {
            "number": application.number,
            "agency": application.agency.legal_name,
            "person": person.label if person else application.agency.legal_name,
            "kind": application.get_kind_display(),
            "scheme_name": settings.SCHEME_NAME,
            "today": clocks.today(),
            **facts,
        }
        text = (
            Engine.get_default()
            .get_template(f"letters/{kind.value}.txt")
            .render(Context(values, autoescape=False))
        )
    first, _line, rest = text.strip().partition("\n")
    opening, body, closing = (_tidy(part) for part in rest.split(PARTS))
    return Draft(
        kind=kind,
        language=language,
        addressee=values["person"],
        subject=" ".join(first.removeprefix(SUBJECT).split()),
        opening=opening,
        body=body,
        closing=closing,
    )


def send_letter(
    application: Application, kind: LetterKind, *, actor: Any, body: str = "", **facts: Any
) -> Letter:
    """Keep the letter as it goes out, and ask for its PDF. Runs inside the act's transaction, on its locked case."""
    draft = draft_letter(application, kind, **facts)
    words = edited_body(body) if body.strip() else draft.body
    whole = "\n\n".join(part for part in (draft.opening, words, draft.closing) if part)
    letter = Letter.objects.create(
        application=application,
        number=Letter.objects.filter(application=application).count() + 1,
        kind=kind,
        language=draft.language,
        addressee=draft.addressee[:300],
        subject=draft.subject[:300],
        text=whole,
        edited=words != draft.body,
        sent_at=clocks.now(),
        sent_by_id=actor.id if isinstance(actor, User) else None,
    )
    events.record(
        application, act="letter_sent", actor=actor, data={"letter": str(letter.pk), "kind": str(kind)}
    )
    outbox.enqueue("applications.render_letter", queue="pdf", letter_id=str(letter.pk))
    return letter


def edited_body(body: str) -> str:
    """What a person made of the middle part. Raises BadInput on `letter_body`."""
    words = _tidy(body.replace("\r\n", "\n").replace("\x00", ""))
    problem = ""
    if len(words) < SHORTEST_BODY:
        problem = _(
            "The letter says too little. Write at least a sentence, or empty the field for our words."
        )
    elif len(words) > LONGEST_BODY:
        problem = _("The middle of the letter has %(count)s characters. Shorten it to %(most)s or fewer.") % {
            "count": f"{len(words):,}",
            "most": f"{LONGEST_BODY:,}",
        }
    elif found := UNFILLED.search(words):
        problem = _("“%(what)s” is a gap that nobody filled in. Write what belongs there.") % {
            "what": found.group()[:60]
        }
    if problem:
        raise BadInput(problem, fields={"letter_body": [problem]})
    return words


def render_letter(*, letter_id: UUID) -> LetterFile:
    """Make and keep the PDF of a letter. Safe to run twice: the first PDF stays."""
    letter = Letter.objects.select_related("application__agency", "sent_by").get(pk=letter_id)
    made = LetterFile.objects.filter(letter=letter).first()
    if made is not None:
        return made
    context = {"letter": letter, "application": letter.application, "scheme_name": settings.SCHEME_NAME}
    data = pdf.render("pdf/letter.html", context, lang=letter.language)
    with transaction.atomic():
        lock(Application, letter.application_id)
        made = LetterFile.objects.filter(letter=letter).first()
        if made is None:
            stored = files.store_bytes(
                data,
                name=f"{letter.application.number}-{letter.number}.pdf",
                media_type="application/pdf",
                organisation_id=letter.application.agency.organisation_id,
                actor=events.SYSTEM,
            )
            made = LetterFile.objects.create(letter=letter, file=stored)
    return made


@transaction.atomic
def ask_for_pdf(*, letter_id: UUID) -> None:
    """Ask for the PDF of a letter that has none (again)."""
    if not LetterFile.objects.filter(letter_id=letter_id).exists():
        outbox.enqueue("applications.render_letter", queue="pdf", letter_id=str(letter_id))


def _tidy(text: str) -> str:
    """Without blank lines at its ends and without more than one between paragraphs."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines)
