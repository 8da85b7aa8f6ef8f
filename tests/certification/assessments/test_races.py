"""Two people at the same moment: an answer saved while the signatory declares is in the hash, or is refused."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from certification.assessments import selectors, services
from certification.assessments.models import Answer, Assessment
from certification.assessments.services import AnswerEntry
from iris.core.errors import Conflict
from tests.factories import agencies, assessments

pytestmark = [pytest.mark.django_db(transaction=True)]


def in_thread(act: Callable[[], Any]) -> tuple[threading.Thread, list[BaseException]]:
    """Run an act in a thread with a connection of its own; what it raised is in the list."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            act()
        except (Conflict, DatabaseError) as error:
            raised.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, raised


def test_save_waits_for_a_declaration_under_way_and_is_refused() -> None:
    agency = agencies.agency()
    signatory = agencies.signatory(agency)
    assessment = assessments.complete_assessment(agency)
    answer = assessment.answers.get(indicator__code="A.1.2")
    entry = AnswerEntry(answer.indicator_id, answer.version, "no", 1)
    raw = Answer.objects.filter(pk=answer.pk)

    with transaction.atomic():
        services.freeze_assessment(assessment.pk, signatory, assessments.declaration(agency))
        by_service, told = in_thread(
            lambda: services.save_answer(assessment_id=assessment.pk, actor=signatory, entry=entry)
        )
        by_hand, refused = in_thread(lambda: raw.update(value="no"))
        by_service.join(1)
        by_hand.join(1)
        assert by_service.is_alive()
        assert by_hand.is_alive()
    by_service.join(20)
    by_hand.join(20)

    assert isinstance(told[0], Conflict)
    assert "frozen" in str(refused[0])
    found = Assessment.objects.get(pk=assessment.pk)
    assert raw.get().value == "yes"
    assert selectors.still_matches(found)
