"""Who has which section until when, and what of it is left."""

from __future__ import annotations

from dataclasses import dataclass

from certification.assessments.models import Answer, Assessment, Delegation
from certification.assessments.rules import is_done
from certification.assessments.selectors.reading import answers_with_evidence
from iris.accounts.models import User
from iris.core import clocks


@dataclass(frozen=True)
class Given:
    """One section given to someone: how far it is."""

    delegation: Delegation
    name: str
    done: int
    total: int

    @property
    def finished(self) -> bool:
        """Whether nothing of it is left."""
        return self.done == self.total

    @property
    def late(self) -> bool:
        """Whether its day has passed with something left."""
        return not self.finished and self.delegation.due_on < clocks.today()


def section_of(assessment: Assessment, section: str) -> list[Answer]:
    """The answers of a principle or a criterion, by its code."""
    return [answer for answer in assessment.answers_in_order() if in_section(answer, section)]


def in_section(answer: Answer, section: str) -> bool:
    """Whether an answer stands under this principle or criterion."""
    return section in (answer.indicator.criterion.code, answer.principle_code)


def section_name(assessment: Assessment, section: str) -> str:
    """Code and title of a principle or criterion."""
    answer = next(iter(section_of(assessment, section)), None)
    if answer is None:
        return section
    criterion = answer.indicator.criterion
    return str(criterion if criterion.code == section else criterion.principle)


def sections(assessment: Assessment) -> list[tuple[str, str]]:
    """Every principle with its criteria, as choices; of a reopened one those that were asked about."""
    found: dict[str, str] = {}
    for answer in assessment.answers_in_order():
        if assessment.is_reopened and not answer.flagged:
            continue
        criterion = answer.indicator.criterion
        found.setdefault(criterion.principle.code, f"{criterion.principle}")
        found.setdefault(criterion.code, f"– {criterion}")
    return list(found.items())


def given_sections(assessment: Assessment, person: User | None = None) -> list[Given]:
    """The sections that are with someone now, of one person when named, the first due first."""
    rows = (
        assessment.delegations.filter(ended_at=None).select_related("person", "asked_by").order_by("due_on")
    )
    if person is not None:
        rows = rows.filter(person=person)
    answers = [a for a in assessment.answers_in_order() if a.flagged or not assessment.is_reopened]
    found = []
    for delegation in rows:
        here = [answer for answer in answers if in_section(answer, delegation.section)]
        if not here:
            continue
        criterion = here[0].indicator.criterion
        name = str(criterion if criterion.code == delegation.section else criterion.principle)
        found.append(Given(delegation, name, sum(map(is_done, here)), len(here)))
    return found


def questions_of(assessment: Assessment, person: User) -> list[Answer]:
    """The questions a person was asked, those not done first, by their day."""
    mine = [answer for answer in answers_with_evidence(assessment) if answer.owner_id == person.pk]
    return sorted(mine, key=lambda answer: (is_done(answer), answer.due_on is None, str(answer.due_on)))
