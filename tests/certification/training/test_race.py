"""The last seat, asked for at the same moment: one gets it, one waits."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

import pytest
from django.db import connections

from certification.training import services
from certification.training.models import Seat
from iris.core import clocks
from tests.factories import agencies, training

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_seat_goes_to_one(frozen_clock: datetime) -> None:
    made = training.course(seats=1)
    askers = [agencies.signatory(agencies.agency()) for _ in range(4)]
    gate = threading.Barrier(len(askers))
    told: list[Any] = []

    def ask(person: Any) -> None:
        try:
            with clocks.freeze(frozen_clock):
                gate.wait(10)
                told.append(str(services.enrol(course_id=made.pk, actor=person, person_id=person.pk).state))
        finally:
            connections.close_all()

    racers = [threading.Thread(target=ask, args=(person,)) for person in askers]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(20)
    assert sorted(told) == ["booked", "waiting", "waiting", "waiting"]
    assert Seat.objects.filter(state="booked").count() == 1
