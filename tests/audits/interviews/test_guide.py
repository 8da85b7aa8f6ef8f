"""The guide, the consent and the hotlines as data: complete, linked to the Standard, honest about reviews."""

from __future__ import annotations

import pytest
import yaml

from audits.bodies.states import language_table
from audits.engagements.states import IntervieweeKind
from audits.interviews import rules
from audits.interviews.rules.guide import _DATA
from audits.interviews.states import WORKER_KINDS
from certification.standard.models import Indicator
from iris.core.places import is_country

WRITTEN = ("ar", "bn", "fil", "hi", "id", "ne")


def test_every_kind_of_person_has_questions_with_known_answers() -> None:
    guide = rules.guide()
    for kind in IntervieweeKind:
        assert guide.groups_for(kind), kind
    for question in guide.questions.values():
        assert set(question.answers) <= set(guide.answers)
        assert question.signs | question.against <= set(question.answers), question.id
        assert (question.ilo is None) == (not question.signs), question.id
        assert question.ilo is None or question.ilo in guide.ilo
        assert len(question.id) <= 40


@pytest.mark.django_db
def test_questions_point_at_indicators_of_the_standard() -> None:
    codes = {code for question in rules.guide().questions.values() for code in question.indicators}
    known = set(
        Indicator.objects.filter(criterion__principle__edition__number=1).values_list("code", flat=True)
    )
    assert codes <= known


def test_each_written_language_is_whole_and_says_that_nobody_reviewed_it() -> None:
    assert rules.languages() == ("en", *WRITTEN)
    guide = rules.guide()
    asked = {one.id for kind in WORKER_KINDS for group in guide.groups_for(kind) for one in group.questions}
    groups = {group.id for kind in WORKER_KINDS for group in guide.groups_for(kind)}
    for lang in WRITTEN:
        assert lang in language_table()[0]
        words = yaml.safe_load((_DATA / "languages" / f"{lang}.yaml").read_text(encoding="utf-8"))
        assert words["reviewed"] is False
        assert set(words["questions"]) == asked, lang
        assert set(words["answers"]) == set(guide.answers), lang
        assert set(words["groups"]) == groups, lang
        text = rules.consent(lang)
        assert (text.lang, text.fallback, len(text.points)) == (lang, False, len(rules.consent("en").points))
    assert rules.consent("ar").rtl
    assert not rules.consent("ne").rtl


def test_a_missing_language_falls_back_to_english_and_says_so() -> None:
    text = rules.consent("si")
    assert (text.lang, text.fallback, text.version) == ("en", True, rules.consent("en").version)
    question = rules.guide().questions["paid"]
    said = rules.guide().ask(question, "si")
    assert (said.text, said.fallback) == (question.text, True)
    assert rules.guide().ask(rules.guide().questions["m_price"], "ne").fallback
    assert not rules.consent("../guide").lang.startswith(".")


def test_only_numbers_with_a_source_are_on_file() -> None:
    on_file = rules.hotlines_on_file()
    assert [(one.country, one.number) for one in on_file] == [("LK", "1989")]
    assert all(is_country(one.country) and one.source and not one.reviewed for one in on_file)
    assert rules.hotline_on_file("QA").number == ""
