"""Keeping the dictionary of disguises: adding, rewording, retiring. A word is never rewritten."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.assessments.models import LabelTerm
from certification.assessments.permissions import may_keep_tables
from certification.assessments.rules import script_of
from certification.assessments.services.dated import check_reason, loaded_first, retire
from certification.assessments.states import Category, DisguiseKind
from iris.accounts.models import User
from iris.core import events
from iris.core.errors import BadInput, NotPermitted

LONGEST = {"term": 120, "why": 1_000, "source": 300}


@dataclass(frozen=True)
class TermEntry:
    """What a person of the scheme wrote about a word."""

    term: str
    lang: str
    kind: str
    why: str
    category: str = ""
    source: str = ""
    reviewed: bool = False


@transaction.atomic
def add_term(*, actor: User, entry: TermEntry) -> LabelTerm:
    """Watch one word more, from now on. Raises BadInput by field, NotPermitted."""
    _may(actor)
    loaded_first()
    made = _make(actor, entry)
    events.record(made, act="term_added", actor=actor, data={"term": made.term, "lang": made.lang})
    return made


@transaction.atomic
def reword_term(*, term_id: UUID, actor: User, entry: TermEntry, reason: str) -> LabelTerm:
    """Put another row in the place of a word, from now on. What was flagged before keeps what it was flagged with."""
    _may(actor)
    check_reason(reason)
    old = retire(LabelTerm, term_id, actor, reason)
    made = _make(actor, entry)
    events.record(
        made,
        act="term_reworded",
        actor=actor,
        reason=reason,
        data={"instead_of": str(old.pk), "term": made.term},
    )
    return made


@transaction.atomic
def retire_term(*, term_id: UUID, actor: User, reason: str) -> LabelTerm:
    """Watch a word no longer. Raises ReasonRequired, Conflict when a colleague retired it first."""
    _may(actor)
    check_reason(reason)
    old = retire(LabelTerm, term_id, actor, reason)
    events.record(old, act="term_retired", actor=actor, reason=reason, data={"term": old.term})
    return old


def _may(actor: User) -> None:
    if not may_keep_tables(actor):
        raise NotPermitted(_("Only the scheme’s manager changes the dictionary."))


def _make(actor: User, entry: TermEntry) -> LabelTerm:
    term = " ".join(entry.term.split())
    wrong = _wrong(entry)
    if (
        not wrong
        and LabelTerm.objects.filter(
            lang=entry.lang, term__iexact=term, kind=entry.kind, retired_at=None
        ).exists()
    ):
        wrong["term"] = [_("This word is watched already in this language and kind.")]
    if wrong:
        raise BadInput(fields=wrong)
    return LabelTerm.objects.create(
        term=term,
        lang=entry.lang,
        script=script_of(term),
        kind=entry.kind,
        category=entry.category,
        why=entry.why.strip(),
        source=entry.source.strip() or _("general knowledge"),
        reviewed=entry.reviewed,
        added_by=actor,
    )


def _wrong(entry: TermEntry) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    if len(entry.term.strip()) < 2:
        wrong["term"] = [_("Write the word or words to watch, at least two letters.")]
    if not entry.lang.strip():
        wrong["lang"] = [_("Choose the language of the word.")]
    if entry.kind not in DisguiseKind.values:
        wrong["kind"] = [_("Choose what it often stands for.")]
    if entry.category and entry.category not in Category.values:
        wrong["category"] = [_("Choose the kind of cost, or none.")]
    if not entry.why.strip():
        wrong["why"] = [
            _("Say in one plain sentence why this word is watched. People read it beside the cost.")
        ]
    for name, most in LONGEST.items():
        found = len(getattr(entry, name))
        if found > most:
            wrong[name] = [
                _("At most %(most)s characters; this has %(found)s.") % {"most": most, "found": found}
            ]
    return wrong
