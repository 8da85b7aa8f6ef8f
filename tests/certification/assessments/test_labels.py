"""Watched words: found in many forms and scripts, kept by the scheme, dated so that what was declared stays flagged."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from certification.agencies.models import Agency
from certification.assessments import selectors, services, shipped
from certification.assessments.models import LabelTerm
from certification.assessments.rules import Dictionary
from certification.assessments.services import TermEntry
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired
from tests.factories import accounts, agencies, assessments

WORDS = Dictionary(word.watched for word in shipped.words())


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Bonds for training", "bond"),
        ("dharauti rakam", "bond"),  # Nepali in Latin letters
        ("धरौटीको रकम", "bond"),  # with a case ending
        ("Zwrot kaucji", "bond"),  # Polish genitive
        ("kaucje", "bond"),
        ("Oddanie zastavy", "bond"),  # Ukrainian in Latin letters
        ("заставу за житло", "bond"),  # Ukrainian accusative
        ("Зняття штрафу", "penalty"),
        ("potongan gajinya", "recovery"),
        ("Komisyon", "service"),
        ("ค่าหัวคิว 2 เดือน", "service"),
        ("เงินประกันตัว", "bond"),
        ("报名费用", "investment"),
        ("ضمانت کی رقم", "bond"),
        ("Phí môi giới", "service"),
        ("srážky ze mzdy", "recovery"),
        ("Penalties", "penalty"),
        ("Air ticket Kathmandu to Doha", ""),
        ("Medical test", ""),
        ("Visa stamping", ""),
        ("Vagabond hostel", ""),
    ],
)
def test_find_words_in_their_forms(label: str, kind: str) -> None:
    assert [found.kind for found in WORDS.find(label)][:1] == ([kind] if kind else [])


def test_shipped_words_are_whole() -> None:
    assert {word.watched.lang for word in shipped.words()} >= {
        *(
            "en",
            "ne",
            "hi",
            "bn",
            "ur",
            "ar",
            "id",
            "tl",
            "vi",
            "si",
            "ta",
            "th",
            "my",
            "km",
            "pl",
            "cs",
            "uk",
        ),
        *("es", "zh"),
    }
    for word in shipped.words():
        assert word.watched.kind in {found.kind for found in WORDS.find(word.watched.term)}, word.watched.term


ENTRY = TermEntry(
    term="jumping cost", lang="en", kind="runaway", why="It is a bond by another name.", category="X"
)


@pytest.mark.django_db
def test_add_term_flags_from_now_on_and_brings_the_shipped_words_along() -> None:
    manager = accounts.person("scheme", "scheme_manager")
    services.add_term(actor=manager, entry=ENTRY)
    words = selectors.dictionary_at()
    assert [found.term for found in words.find("Jumping costs")] == ["jumping cost"]
    assert words.find("Training bond")
    assert LabelTerm.objects.count() == len(shipped.words()) + 1


@pytest.mark.django_db
def test_retired_term_still_flags_what_was_declared_before(agency: Agency) -> None:
    manager = accounts.person("scheme", "scheme_manager")
    term = services.add_term(actor=manager, entry=ENTRY)
    declared = clocks.now() + timedelta(days=1)
    with clocks.freeze(clocks.now() + timedelta(days=2)):
        services.retire_term(term_id=term.pk, actor=manager, reason="Too many false alarms.")
        assert not selectors.dictionary_at().find("jumping cost")
        assert selectors.dictionary_at(declared).find("jumping cost")
        with pytest.raises(Conflict) as refusal:
            services.retire_term(term_id=term.pk, actor=manager, reason="Again")
    assert "Too many false alarms" in str(refusal.value.message)


@pytest.mark.django_db
def test_reword_term_is_a_new_row_with_the_reason() -> None:
    manager = accounts.person("scheme", "scheme_manager")
    old = services.add_term(actor=manager, entry=ENTRY)
    made = services.reword_term(
        term_id=old.pk,
        actor=manager,
        entry=TermEntry(**{**ENTRY.__dict__, "term": "jump fee"}),
        reason="Said so",
    )
    old.refresh_from_db()
    assert (old.retired_reason, old.retired_by, made.term) == ("Said so", manager, "jump fee")


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "value"), [("term", "x"), ("kind", "odd"), ("why", " "), ("lang", "")])
def test_add_term_refuses(name: str, value: str) -> None:
    manager = accounts.person("scheme", "scheme_manager")
    with pytest.raises(BadInput) as refusal:
        services.add_term(actor=manager, entry=TermEntry(**{**ENTRY.__dict__, name: value}))
    assert list(refusal.value.fields) == [name]


@pytest.mark.django_db
def test_terms_are_the_scheme_managers_and_never_rewritten() -> None:
    with pytest.raises(NotPermitted):
        services.add_term(actor=accounts.person("scheme", "screener"), entry=ENTRY)
    manager = accounts.person("scheme", "scheme_manager")
    term = services.add_term(actor=manager, entry=ENTRY)
    with pytest.raises(ReasonRequired):
        services.retire_term(term_id=term.pk, actor=manager, reason=" ")
    with pytest.raises(LabelTerm.DoesNotExist):
        services.retire_term(term_id=uuid4(), actor=manager, reason="x")
    for act in (
        lambda: LabelTerm.objects.filter(pk=term.pk).update(why="other"),
        lambda: LabelTerm.objects.filter(pk=term.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


@pytest.mark.django_db
def test_load_tables_twice_brings_nothing_new() -> None:
    first, again = services.load_tables(), services.load_tables()
    assert first.words == len(shipped.words())
    assert (again.words, again.costs, again.rates) == (0, 0, 0)


@pytest.mark.django_db
def test_ledger_shows_warnings_of_the_scheme(agency: Agency) -> None:
    order = assessments.job_order(assessments.draft_assessment(agency))
    assessments.cost_line(order, label="Kaucji zwrot", paid_by="worker")
    [row] = selectors.ledger(order.assessment)
    assert [word.kind for word in row.rows[0].warnings] == ["bond"]
    assert agencies.signatory(agency)
